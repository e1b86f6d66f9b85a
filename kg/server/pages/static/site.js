// The little script of the pages: search as one types, and keys. Without it all is there: the search is a form.

const field = document.querySelector("#q");
const list = document.querySelector("#suggestions");
const told = document.querySelector("#told");
let chosen = -1;
let asked = 0;
let timer = 0;

field.setAttribute("role", "combobox");
field.setAttribute("aria-controls", "suggestions");
field.setAttribute("aria-expanded", "false");
field.setAttribute("aria-autocomplete", "list");

function close() {
  list.hidden = true;
  chosen = -1;
  field.setAttribute("aria-expanded", "false");
  field.removeAttribute("aria-activedescendant");
}

function element(name, text, className) {
  const made = document.createElement(name);
  made.textContent = text; // never as markup: names come from anywhere
  if (className) made.className = className;
  return made;
}

function line(row, number) {
  const item = document.createElement("li");
  item.id = `suggestion-${number}`;
  item.setAttribute("role", "option");
  item.setAttribute("aria-selected", "false");
  item.dataset.address = row.address;
  const dot = element("span", "", `dot c-${row.kind}`);
  const about = row.kind === "paper" ? (row.also ?? "paper") : row.also ? `${row.kind}, also ${row.also}` : row.kind;
  item.append(dot, element("span", row.name), element("small", about));
  return item;
}

async function suggest() {
  const text = field.value.trim();
  const mine = ++asked;
  if (!text) return close();
  const answer = await fetch(`/suggest?q=${encodeURIComponent(text)}`).catch(() => null);
  if (!answer?.ok || mine !== asked) return;
  const rows = await answer.json();
  if (mine !== asked || document.activeElement !== field) return;
  close();
  list.replaceChildren(...rows.map(line));
  list.hidden = rows.length === 0;
  field.setAttribute("aria-expanded", String(rows.length > 0));
  told.textContent = rows.length ? `${rows.length} suggestions` : "no suggestions";
}

function choose(step) {
  const items = [...list.children];
  if (list.hidden || !items.length) return;
  items[chosen]?.setAttribute("aria-selected", "false");
  chosen = (chosen + step + items.length + (chosen < 0 && step < 0 ? 1 : 0)) % items.length;
  items[chosen].setAttribute("aria-selected", "true");
  items[chosen].scrollIntoView({ block: "nearest" });
  field.setAttribute("aria-activedescendant", items[chosen].id);
}

field.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(suggest, 80);
});
field.addEventListener("blur", () => setTimeout(close, 150));
field.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown") choose(1);
  else if (event.key === "ArrowUp") choose(-1);
  else if (event.key === "Escape") close();
  else if (event.key === "Enter" && chosen >= 0) location.assign(list.children[chosen].dataset.address);
  else return;
  if (event.key !== "Escape") event.preventDefault();
});
list.addEventListener("mousedown", (event) => {
  const item = event.target.closest("li");
  if (item) location.assign(item.dataset.address);
});

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    field.focus();
    field.select();
  }
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.id === "query") {
    event.target.form.requestSubmit();
  }
});

// A form in the address leaves out what nobody filled in, so that addresses stay short.
for (const form of document.querySelectorAll("form.filters:not([method=post])")) {
  form.addEventListener("submit", () => {
    for (const input of form.elements) if (input.name && !input.value) input.disabled = true;
    setTimeout(() => {
      for (const input of form.elements) input.disabled = false;
    });
  });
}
