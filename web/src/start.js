// How the page opens: the picture first, its texts after, then the address.

import { App } from "./app.js";
import { decode } from "./decode.js";
import { $ } from "./dom.js";
import { Graph } from "./graph.js";
import { prepare, wire, wireAddress } from "./wiring.js";

/** @import { CreateRenderer } from "./types.js" */

/**
 * Build the page around a renderer.
 * @param {CreateRenderer} createRenderer
 */
export function start(createRenderer) {
  open(createRenderer).catch((error) => {
    $("#no-picture").hidden = false;
    $("#no-picture").textContent =
      `This page could not be shown: ${error.message}. It needs a browser of 2023 or later.`;
    throw error;
  });
}

/** @param {CreateRenderer} createRenderer */
async function open(createRenderer) {
  const graph = new Graph(await decode("scene"));
  prepare();
  const app = new App(graph, createRenderer);
  const page = expose(app);
  wire(app);
  app.stage.open();
  if (!app.stage.renderer) {
    $("#no-picture").hidden = false;
    app.setTable(true);
  }
  page.drawn = performance.now();

  // Texts come after the first picture: they are most of the data, and nothing of the picture needs them.
  await new Promise((resolve) => setTimeout(resolve));
  app.open(await decode("texts"));
  wireAddress(app);
  page.ready = true;
  requestAnimationFrame(() => {
    page.interactive = performance.now();
  });
  document.documentElement.dataset.ready = "";
}

/**
 * What the console finds as `kgView`, and tests do.
 * @param {App} app
 */
function expose(app) {
  const page = {
    app,
    graph: app.graph,
    state: app.state,
    renderer: app.stage.renderer,
    choose: app.choose.bind(app),
    get labels() {
      return app.stage.labels;
    },
    drawn: 0,
    interactive: 0,
    ready: false,
  };
  Object.assign(window, { kgView: page });
  return page;
}
