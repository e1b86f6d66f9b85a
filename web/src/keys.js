// The keyboard: on the map, and the one key that works everywhere.

import { $, $dialog } from "./dom.js";

/** @import { App } from "./app.js" */

const NEARER = 1.3;

/** @param {App} app @returns {Record<string, () => void>} */
const keysOfTheMap = (app) => {
  const { camera } = app.stage;
  return {
    ArrowLeft: () => app.step(-1, 0),
    ArrowRight: () => app.step(1, 0),
    ArrowUp: () => app.step(0, -1),
    ArrowDown: () => app.step(0, 1),
    Enter: () => app.enter(),
    0: () => camera.fit(),
    "+": () => camera.zoom(NEARER),
    "=": () => camera.zoom(NEARER), // the key of the plus, without Shift
    "-": () => camera.zoom(1 / NEARER),
    "/": () => $("#search").focus(),
    "?": () => $dialog("#help").showModal(),
  };
};

/** @param {App} app */
export function wireKeys(app) {
  const { element, renderer } = app.stage;
  const keys = keysOfTheMap(app);
  element.addEventListener("keydown", (event) => {
    if (!renderer || event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    keys[event.key]();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !$dialog("#help").open) app.escape();
  });
}
