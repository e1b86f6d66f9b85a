// A text field that suggests nodes as one types: a combobox as the ARIA Authoring Practices describe it.

import { el, plural, say } from "./dom.js";

/** Wires `input` and its `list`; `pick(node)` is called with what was chosen. `suggest(text)` gives suggestions. */
export function finder(input, list, { suggest, kindOf, pick, clear = false }) {
  let found = [];

  function open(isOpen) {
    list.hidden = !isOpen;
    input.setAttribute("aria-expanded", String(isOpen));
    const active = isOpen && list.querySelector("[aria-selected=true]");
    active ? input.setAttribute("aria-activedescendant", active.id) : input.removeAttribute("aria-activedescendant");
  }

  function choose(place) {
    const { node, name } = found[place];
    input.value = clear ? "" : name;
    open(false);
    pick(node);
  }

  input.addEventListener("input", () => {
    found = suggest(input.value);
    list.replaceChildren(
      ...found.map(({ node, name, matched }, place) =>
        el(
          "li",
          {
            role: "option",
            id: `${list.id}-${place}`,
            "aria-selected": String(place === 0),
            onpointerdown: (event) => {
              event.preventDefault();
              choose(place);
            },
          },
          name,
          el("small", {}, `${matched === name ? "" : `${matched}, `}${kindOf(node)}`),
        ),
      ),
    );
    open(found.length > 0);
    say(!input.value.trim() ? "" : found.length ? plural(found.length, "suggestion") : "Nothing is called that");
  });
  input.addEventListener("blur", () => open(false));
  input.addEventListener("keydown", (event) => {
    const items = [...list.children],
      at = items.findIndex((item) => item.getAttribute("aria-selected") === "true");
    if (event.key === "Escape" && !list.hidden) {
      open(false);
      event.stopPropagation();
    } else if (event.key === "Enter" && items.length && !list.hidden) choose(at);
    else if (["ArrowDown", "ArrowUp"].includes(event.key) && items.length) {
      const next = list.hidden ? at : (at + (event.key === "ArrowDown" ? 1 : items.length - 1)) % items.length;
      items.forEach((item, place) => item.setAttribute("aria-selected", String(place === next)));
      open(true);
      items[next].scrollIntoView({ block: "nearest" });
    } else return;
    event.preventDefault();
  });
}
