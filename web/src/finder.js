// A text field that suggests nodes as one types: a combobox as the ARIA Authoring Practices describe it.

import { el, plural, say } from "./dom.js";

/** @import { Node, Suggestion } from "./types.js" */

/**
 * Wires a field and its list.
 * @param {HTMLInputElement} input
 * @param {HTMLElement} list
 * @param {object} how
 * @param {(text: string) => Suggestion[]} how.suggest
 * @param {(node: Node) => string} how.kindOf
 * @param {(node: Node) => void} how.pick is called with what was chosen
 * @param {boolean} [how.clear] whether the field is empty afterwards
 */
export function finder(input, list, { suggest, kindOf, pick, clear = false }) {
  /** @type {Suggestion[]} */
  let found = [];

  const selected = () => [...list.children].findIndex((item) => item.getAttribute("aria-selected") === "true");

  /** @param {boolean} isOpen */
  function open(isOpen) {
    list.hidden = !isOpen;
    input.setAttribute("aria-expanded", String(isOpen));
    const active = isOpen && list.querySelector("[aria-selected=true]");
    if (active) input.setAttribute("aria-activedescendant", active.id);
    else input.removeAttribute("aria-activedescendant");
  }

  /** @param {number} place */
  function choose(place) {
    const { node, name } = found[place];
    input.value = clear ? "" : name;
    open(false);
    pick(node);
  }

  /** @param {Suggestion} suggestion @param {number} place */
  function option({ node, name, matched }, place) {
    /** @param {Event} event */
    const onpointerdown = (event) => {
      event.preventDefault();
      choose(place);
    };
    return el(
      "li",
      { role: "option", id: `${list.id}-${place}`, "aria-selected": String(place === 0), onpointerdown },
      name,
      el("small", {}, `${matched === name ? "" : `${matched}, `}${kindOf(node)}`),
    );
  }

  /** @param {number} step */
  function move(step) {
    const items = [...list.children];
    const next = list.hidden ? selected() : (selected() + items.length + step) % items.length;
    for (const [place, item] of items.entries()) item.setAttribute("aria-selected", String(place === next));
    open(true);
    items[next].scrollIntoView({ block: "nearest" });
  }

  input.addEventListener("input", () => {
    found = suggest(input.value);
    list.replaceChildren(...found.map(option));
    open(found.length > 0);
    say(!input.value.trim() ? "" : found.length ? plural(found.length, "suggestion") : "Nothing is called that");
  });
  input.addEventListener("blur", () => open(false));
  input.addEventListener("keydown", (event) => {
    const some = list.children.length > 0;
    if (event.key === "Escape" && !list.hidden) {
      open(false);
      event.stopPropagation();
    } else if (event.key === "Enter" && some && !list.hidden) choose(selected());
    else if (event.key === "ArrowDown" && some) move(1);
    else if (event.key === "ArrowUp" && some) move(-1);
    else return;
    event.preventDefault();
  });
}
