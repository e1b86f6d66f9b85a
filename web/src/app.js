// The page: one state, and what follows from it. The renderer draws discs and ties; all else is the same for each.

import { readAddress, writeAddress } from "./address.js";
import { Camera, isNarrow } from "./camera.js";
import { Controls } from "./controls.js";
import { decode } from "./decode.js";
import { $, $$, plural, say } from "./dom.js";
import { finder } from "./finder.js";
import { Graph } from "./graph.js";
import { makeLook, readColours } from "./look.js";
import { Painter, papersShow } from "./painter.js";
import { Panel } from "./panel.js";
import { savePng, saveSvg } from "./picture.js";
import { Search } from "./search.js";
import { Table } from "./table.js";

const calm = matchMedia("(prefers-reduced-motion: reduce)");
const prefersDark = matchMedia("(prefers-color-scheme: dark)");

/** Build the page around a renderer: `createRenderer(container, graph, network, calm)`. */
export function start(createRenderer) {
  build(createRenderer).catch((error) => {
    $("#no-picture").hidden = false;
    $("#no-picture").textContent =
      `This page could not be shown: ${error.message}. It needs a browser of 2023 or later.`;
    throw error;
  });
}

async function build(createRenderer) {
  const scene = await decode("scene"),
    graph = new Graph(scene);
  const state = {
    chosen: null,
    hovered: null,
    cursor: null,
    lit: null,
    path: null,
    pathTo: null,
    depth: 0,
    papersOn: papersShow(graph, 0),
    threads: [],
  };
  const ground = $("#ground"),
    overlay = $("#overlay"),
    stage = $("#graph");
  const painter = new Painter(graph, document.createElement("canvas").getContext("2d"));
  let colors = {},
    look = null,
    texts = null,
    waiting = null,
    opened = false,
    themed = false;
  const titleOf = (node) =>
    graph.isEntity(node) ? scene.entities.label[node] : (texts?.titles[node - graph.entities] ?? "…");

  // Theme, before anything is drawn

  function setTheme(dark) {
    document.documentElement.dataset.theme = dark ? "dark" : "light";
    $("#theme").setAttribute("aria-pressed", String(dark));
    colors = readColours(scene);
    if (renderer) paint();
  }
  let renderer = null;
  setTheme(prefersDark.matches);
  prefersDark.addEventListener("change", () => themed || setTheme(prefersDark.matches));
  $("#theme").addEventListener("click", () => {
    themed = true;
    setTheme(document.documentElement.dataset.theme !== "dark");
  });

  $("#filters").open = !isNarrow();

  // The picture

  try {
    renderer = createRenderer(stage, graph, scene.network, calm.matches);
  } catch (error) {
    console.info(error.message);
    $("#no-picture").hidden = false;
  }

  function paint() {
    look = makeLook(graph, state, colors, titleOf);
    renderer?.paint(look);
  }

  function sharpen(canvas, { width, height }) {
    const ratio = devicePixelRatio || 1,
      context = canvas.getContext("2d");
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    return context;
  }

  let repainting = 0;
  function frame() {
    if (!look) return;
    const view = renderer.camera();
    if (!view.width) return;
    if (papersShow(graph, view.scale) !== state.papersOn && !repainting) {
      repainting = requestAnimationFrame(() => {
        repainting = 0;
        state.papersOn = papersShow(graph, renderer.camera().scale);
        paint();
      });
    }
    const below = sharpen(ground, view);
    painter.ground(below, view, look);
    painter.threads(below, view, look);
    const above = sharpen(overlay, view);
    painter.rings(above, view, { ...look, cursor: document.activeElement === stage ? look.cursor : null });
    page.labels = painter.labels(above, view, { ...look, covered: camera.cards });
  }

  const shownNodes = () => [...graph.visible.keys()].filter((node) => look.shown(node));
  const camera = new Camera(stage, graph, renderer, shownNodes, calm);

  // What is chosen, and what that lights

  function light() {
    const { chosen, path, depth } = state;
    state.lit = path
      ? new Set(path)
      : chosen === null
        ? null
        : depth > 0
          ? graph.around(chosen, depth)
          : new Set([chosen, ...graph.neighbours(chosen)]);
    if (state.lit && !path && depth === 0 && graph.isEntity(chosen))
      for (const paper of graph.neighbours(chosen)) for (const node of graph.neighbours(paper)) state.lit.add(node);
    state.threads = [];
    if (path) for (let i = 1; i < path.length; i++) state.threads.push(graph.linkBetween(path[i - 1], path[i]));
    else if (chosen !== null && depth === 0)
      state.threads = [...graph.linksOf(chosen)].filter((link) => graph.linkVisible[link]);
    else if (chosen !== null) {
      const links = new Set();
      for (const node of state.lit)
        if (!graph.isEntity(node))
          for (const link of graph.linksOf(node))
            if (graph.linkVisible[link] && state.lit.has(graph.entityOf[link])) links.add(link);
      state.threads = [...links];
    }
  }

  function refresh() {
    light();
    paint();
  }

  /** Choose a node, or nothing: from the picture, the search, the table, the panel, the address. */
  function choose(node, { move = false, focus = false, depth = state.depth, pathTo = null, record = true } = {}) {
    if (texts === null) return void (waiting = [node, { move, focus, depth, pathTo, record }]);
    if (node === state.chosen && node !== null && pathTo === state.pathTo && depth === state.depth && !move)
      return void (focus && focusOn(node));
    const before = state.chosen;
    if (node !== null && !graph.visible[node]) controls.reset(); // it was asked for: nothing may hide it
    Object.assign(state, {
      chosen: node,
      depth: node === null ? 0 : depth,
      pathTo: node === null ? null : pathTo,
      hovered: null,
    });
    state.path = state.pathTo === null ? null : graph.path(node, state.pathTo);
    if (node !== null) state.cursor = node;
    if (record) remember();
    light();
    panel.show(node);
    paint();
    if (node !== null) bring(node, { move });
    if (focus) focusOn(node);
    camera.measureCards();
    renderer?.redraw();
    if (node !== null && node !== before) say(`${titleOf(node)}, ${graph.kind(node)}, opened`);
  }

  /** The camera follows what was chosen: its path, what is near it, or itself. */
  function bring(node, { move = true, animate = true } = {}) {
    if (state.path) camera.frame(state.path, animate);
    else if (state.depth > 0) camera.fit(animate);
    else if (move) camera.moveTo(node, animate);
    else camera.keepInSight(node, animate);
  }

  function focusOn(node) {
    const target = node !== null ? $("#panel h2") : $("#stage").hidden ? $("#table") : stage;
    target.focus({ preventScroll: true });
  }

  function setDepth(depth) {
    choose(state.chosen, { depth, move: depth === 0 });
    $(`#panel input[name=depth][value="${depth}"]`).focus({ preventScroll: true });
    if (depth) say(`${plural(state.lit.size, "node")} within ${plural(depth, "step")}`);
  }

  const pathInWords = () => (state.path ? `A path of ${plural(state.path.length - 1, "step")}` : "No path");

  function findPath(to) {
    choose(state.chosen, { pathTo: to, depth: 0, move: true });
    say(to === null ? "Path cleared" : pathInWords());
    (to === null ? $("#path-to") : $("#path button")).focus({ preventScroll: true });
  }

  /** The path as the filters now leave it, and told anew if that is another one. */
  function repath() {
    const before = state.path;
    state.path = graph.path(state.chosen, state.pathTo);
    if (String(before) === String(state.path)) return;
    panel.show(state.chosen);
    say(pathInWords());
  }

  // Address and history

  const address = () => writeAddress(graph, state);

  function remember() {
    if (location.hash !== address())
      history[opened ? "pushState" : "replaceState"](null, "", address() || location.pathname + location.search);
  }

  function follow() {
    const { node, depth, pathTo } = readAddress(graph, location.hash);
    if (node === undefined) say("That node is not part of this view.");
    choose(node ?? null, { move: true, depth, pathTo, record: false });
  }

  // Wiring

  const entries = [...Array(graph.entities).keys()].map((node) => ({
    node,
    names: [scene.entities.label[node], ...scene.entities.aliases[node]],
    weight: scene.entities.papers[node],
  }));
  const search = new Search(entries);
  const app = { graph, state, search, titleOf, choose, setDepth, findPath, texts: null };
  const panel = new Panel($("#panel"), app),
    table = new Table($("#table"), app);
  const controls = new Controls(graph, (filters) => {
    graph.filter(filters);
    if (state.chosen !== null && !graph.visible[state.chosen]) choose(null);
    if (state.pathTo !== null) repath();
    refresh();
    if (!$("#table").hidden) table.show(table.kind);
  });
  const page = { app, graph, state, renderer, choose, labels: [], ready: false };
  window.kgView = page; // for the console, and for tests

  finder($("#search"), $("#suggestions"), {
    suggest: (text) => search.suggest(text),
    kindOf: (node) => graph.kind(node),
    pick: (node) => choose(node, { move: true, depth: 0 }),
  });

  function setTable(on) {
    $("#table").hidden = !on;
    $("#stage").hidden = on;
    $("#as-table").setAttribute("aria-pressed", String(on));
    if (on) table.show();
    else {
      renderer?.resize();
      camera.measureCards();
      if (state.chosen !== null) bring(state.chosen, { animate: false });
    }
  }
  $("#as-table").addEventListener("click", () => setTable($("#table").hidden));
  $("#fit").addEventListener("click", () => camera.fit());
  $("#nearer").addEventListener("click", () => camera.zoom(1.5));
  $("#farther").addEventListener("click", () => camera.zoom(1 / 1.5));
  const caption = () => `${document.title.replace(/ · kg$/, "")}: ${$("#shown").textContent.replace(" shown", "")}`;
  $("#png").addEventListener("click", () => savePng(painter, renderer.camera(), look, caption()));
  $("#svg").addEventListener("click", () => saveSvg(painter, renderer.camera(), look, caption()));
  const help = $("#help");
  $("#show-help").addEventListener("click", () => help.showModal());
  $("#filters").addEventListener("toggle", () => {
    camera.measureCards();
    renderer?.redraw();
  });

  function step(dx, dy) {
    const first = shownNodes()[0];
    if (first === undefined) return;
    state.cursor =
      state.cursor !== null && look.shown(state.cursor)
        ? (graph.towards(state.cursor, dx, dy, look.shown) ?? state.cursor)
        : first;
    paint();
    camera.keepInSight(state.cursor);
    const node = state.cursor;
    say(`${titleOf(node)}, ${graph.kind(node)}, ${plural(graph.linksOf(node).length, "link")}`);
  }
  const keys = {
    ArrowLeft: () => step(-1, 0),
    ArrowRight: () => step(1, 0),
    ArrowUp: () => step(0, -1),
    ArrowDown: () => step(0, 1),
    Enter: () => state.cursor !== null && choose(state.cursor, { focus: true }),
    0: () => camera.fit(),
    "+": () => camera.zoom(1.3),
    "=": () => camera.zoom(1.3),
    "-": () => camera.zoom(1 / 1.3),
    "/": () => $("#search").focus(),
    "?": () => help.showModal(),
  };
  stage.addEventListener("keydown", (event) => {
    if (!renderer || event.ctrlKey || event.metaKey || event.altKey || !(event.key in keys)) return;
    event.preventDefault();
    keys[event.key]();
  });
  for (const event of ["focus", "blur"]) stage.addEventListener(event, () => renderer?.redraw());
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !help.open && state.chosen !== null) choose(null, { focus: true });
  });

  if (renderer) {
    renderer.onFrame(frame);
    renderer.onPick((node) => choose(node));
    renderer.onHover((node) => {
      stage.style.cursor = node === null ? "" : "pointer";
      state.hovered = node;
      look = makeLook(graph, state, colors, titleOf);
      renderer.redraw();
    });
    let size = `${stage.clientWidth} ${stage.clientHeight}`;
    new ResizeObserver(() => {
      // it reports once at the start, when nothing has changed
      const now = `${stage.clientWidth} ${stage.clientHeight}`;
      if ($("#stage").hidden || now === size) return;
      size = now;
      renderer.resize();
      camera.measureCards();
    }).observe(stage);
    paint();
    camera.fit(false);
  } else {
    for (const button of $$("#fit, #png, #svg, #as-table")) button.disabled = true;
    paint();
    setTable(true);
  }
  page.drawn = performance.now();

  // Texts come after the first picture: they are most of the data, and nothing of the picture needs them.
  await new Promise((resolve) => setTimeout(resolve));
  texts = app.texts = await decode("texts");
  search.add(texts.titles.map((title, paper) => ({ node: graph.entities + paper, names: [title], weight: 0 })));
  if (!$("#table").hidden) table.show();
  if (waiting) choose(...waiting);
  else if (location.hash) follow();
  else if (scene.focus !== null) choose(scene.focus, { move: false });
  if (scene.focus !== null && !location.hash.includes("&")) camera.fit(false);
  addEventListener("hashchange", () => {
    if (location.hash !== address()) follow();
  });
  addEventListener("popstate", () => {
    if (location.hash !== address()) follow();
  });
  opened = page.ready = true;
  requestAnimationFrame(() => {
    page.interactive = performance.now();
  });
  document.documentElement.dataset.ready = "";
}
