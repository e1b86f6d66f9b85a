// Elements from values. Texts become text nodes: nothing here can turn a title into markup.

export const $ = (selector, within = document) => within.querySelector(selector);
export const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];

export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

export const words = (relation) => relation.replaceAll("_", " ");
export const plural = (count, noun) =>
  `${count.toLocaleString("en")} ${count === 1 ? noun : noun === "entity" ? "entities" : `${noun}s`}`;

/** A coloured disc (a type) or bar (a relation); colours are the style sheet's. */
export const swatch = (kind, shape = "dot") => el("span", { class: `${shape} c-${kind}` });

/** Tell a screen reader, politely. */
export const say = (text) => {
  $("#status").textContent = text;
};
