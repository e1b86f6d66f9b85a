// From the page's events to the acts of the app.

import { isNarrow } from "./camera.js";
import { $, $$buttons, $details, $dialog, $input } from "./dom.js";
import { finder } from "./finder.js";
import { wireKeys } from "./keys.js";
import { savePng, saveSvg } from "./picture.js";

/** @import { App } from "./app.js" */
/** @import { Stage } from "./stage.js" */

const NEARER = 1.5;
const prefersDark = matchMedia("(prefers-color-scheme: dark)");

/**
 * Wire all that can be pressed, typed, pointed at.
 * @param {App} app
 */
export function wire(app) {
  wireTheme(app);
  wireSearch(app);
  wireButtons(app);
  wireKeys(app);
  wireStage(app);
}

/** @param {boolean} dark */
function setTheme(dark) {
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  $("#theme").setAttribute("aria-pressed", String(dark));
}

/** Before anything is drawn: the theme that the system prefers, and the filters out of the way of a narrow map. */
export function prepare() {
  setTheme(prefersDark.matches);
  $details("#filters").open = !isNarrow();
}

/**
 * The theme follows the system until a person sets it.
 * @param {App} app
 */
function wireTheme({ stage }) {
  let isSet = false;
  prefersDark.addEventListener("change", () => {
    if (isSet) return;
    setTheme(prefersDark.matches);
    stage.recolour();
  });
  $("#theme").addEventListener("click", () => {
    isSet = true;
    setTheme(document.documentElement.dataset.theme !== "dark");
    stage.recolour();
  });
}

/** @param {App} app */
function wireSearch(app) {
  finder($input("#search"), $("#suggestions"), {
    suggest: (text) => app.search.suggest(text),
    kindOf: (node) => app.graph.kind(node),
    pick: (node) => app.choose(node, { move: true, depth: 0 }),
  });
}

/** @param {App} app */
function wireButtons(app) {
  const { stage } = app;
  const { camera } = stage;
  /** @param {string} selector @param {() => void} act */
  const onClick = (selector, act) => $(selector).addEventListener("click", act);
  onClick("#as-table", () => app.setTable(!app.showsTable));
  onClick("#fit", () => camera.fit());
  onClick("#nearer", () => camera.zoom(NEARER));
  onClick("#farther", () => camera.zoom(1 / NEARER));
  onClick("#png", () => download(stage, savePng));
  onClick("#svg", () => download(stage, saveSvg));
  onClick("#show-help", () => $dialog("#help").showModal());
  $("#filters").addEventListener("toggle", () => stage.makeRoom());
}

/** @param {Stage} stage @param {typeof savePng} save */
function download({ painter, renderer, look }, save) {
  const caption = `${document.title.replace(/ · kg$/, "")}: ${$("#shown").textContent.replace(" shown", "")}`;
  if (renderer && look) save(painter, renderer.camera(), look, caption);
}

/** @param {App} app */
function wireStage(app) {
  const { stage } = app;
  const { element, renderer } = stage;
  if (!renderer) {
    for (const button of $$buttons("#fit, #png, #svg, #as-table")) button.disabled = true;
    return;
  }
  for (const event of ["focus", "blur"]) element.addEventListener(event, () => renderer.redraw());
  renderer.onPick((node) => app.choose(node));
  renderer.onHover((node) => stage.hover(node));
  whenResized(element, () => stage.resize());
}

/**
 * An observer reports once at the start, when nothing has changed.
 * @param {HTMLElement} element
 * @param {() => void} act
 */
function whenResized(element, act) {
  const sizeNow = () => `${element.clientWidth} ${element.clientHeight}`;
  let size = sizeNow();
  new ResizeObserver(() => {
    if ($("#stage").hidden || sizeNow() === size) return;
    size = sizeNow();
    act();
  }).observe(element);
}

/**
 * Back, Forward, and an address that a person edits.
 * @param {App} app
 */
export function wireAddress(app) {
  for (const event of ["hashchange", "popstate"]) {
    addEventListener(event, () => {
      if (!app.isAtAddress) app.follow();
    });
  }
}
