// Elements from values. Texts become text nodes: nothing here can turn a title into markup.

/**
 * The first element; the template has all that are asked for.
 * @param {string} selector
 * @param {ParentNode} within
 */
export const $ = (selector, within = document) => /** @type {HTMLElement} */ (within.querySelector(selector));

/** @param {string} selector */
export const $input = (selector) => /** @type {HTMLInputElement} */ ($(selector));
/** @param {string} selector */
export const $canvas = (selector) => /** @type {HTMLCanvasElement} */ ($(selector));
/** @param {string} selector */
export const $details = (selector) => /** @type {HTMLDetailsElement} */ ($(selector));
/** @param {string} selector */
export const $dialog = (selector) => /** @type {HTMLDialogElement} */ ($(selector));

/**
 * All elements.
 * @param {string} selector
 * @param {ParentNode} within
 */
export const $$ = (selector, within = document) =>
  /** @type {HTMLElement[]} */ ([...within.querySelectorAll(selector)]);

/** @param {string} selector */
export const $$inputs = (selector) => /** @type {HTMLInputElement[]} */ ($$(selector));
/** @param {string} selector */
export const $$buttons = (selector) => /** @type {HTMLButtonElement[]} */ ($$(selector));

/** @typedef {Node | string | null | undefined} Child */

/**
 * An element: attributes that are false or missing stay out, and so do missing children; `onclick` and its like are
 * listeners.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, unknown>} attributes
 * @param {(Child | Child[])[]} children
 */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, String(value));
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/**
 * A button.
 * @param {Record<string, unknown>} attributes
 * @param {string} text
 * @param {() => void} act
 */
export const button = (attributes, text, act) => el("button", { type: "button", ...attributes, onclick: act }, text);

/** @param {string} relation */
export const words = (relation) => relation.replaceAll("_", " ");

/**
 * @param {number} count
 * @param {string} noun
 */
export const plural = (count, noun) =>
  `${count.toLocaleString("en")} ${count === 1 ? noun : noun === "entity" ? "entities" : `${noun}s`}`;

/**
 * A coloured disc (a type) or bar (a relation); colours are the style sheet's.
 * @param {string} kind
 * @param {"dot" | "bar"} shape
 */
export const swatch = (kind, shape = "dot") => el("span", { class: `${shape} c-${kind}` });

/**
 * What became of a paper, where that is bad news.
 * @param {string | null} status
 */
export const warning = (status) => status && el("strong", { class: "warning" }, status.toUpperCase());

/**
 * Tell a screen reader, politely.
 * @param {string} text
 */
export const say = (text) => {
  $("#status").textContent = text;
};
