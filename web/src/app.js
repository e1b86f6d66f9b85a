// The page: one state, and what follows from it. The renderer draws discs and ties; all else is the same for each.

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

const EDGE = 48; // pixels between the picture and the window's edge
const NARROW = 760;
const GLIDE = 320; // milliseconds
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const prefersDark = matchMedia("(prefers-color-scheme: dark)");

/** Build the page around a renderer: `createRenderer(container, graph, network, calm)`. */
export function start(createRenderer) {
  build(createRenderer).catch((error) => {
    $("#no-picture").hidden = false;
    $("#no-picture").textContent = `This page could not be shown: ${error.message}. It needs a browser of 2023 or later.`;
    throw error;
  });
}

async function build(createRenderer) {
  const scene = await decode("scene"), graph = new Graph(scene);
  const state = { chosen: null, hovered: null, cursor: null, lit: null, path: null, pathTo: null, depth: 0, papersOn: papersShow(graph, 0), threads: [] };
  const ground = $("#ground"), overlay = $("#overlay"), stage = $("#graph");
  const painter = new Painter(graph, document.createElement("canvas").getContext("2d"));
  let colors = {}, look = null, texts = null, waiting = null, opened = false, themed = false;
  const titleOf = (node) => (graph.isEntity(node) ? scene.entities.label[node] : texts?.titles[node - graph.entities] ?? "…");

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
  $("#theme").addEventListener("click", () => { themed = true; setTheme(document.documentElement.dataset.theme !== "dark"); });

  $("#filters").open = innerWidth > NARROW;

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
    const ratio = devicePixelRatio || 1, context = canvas.getContext("2d");
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
    const camera = renderer.camera();
    if (!camera.width) return;
    if (papersShow(graph, camera.scale) !== state.papersOn && !repainting) {
      repainting = requestAnimationFrame(() => { repainting = 0; state.papersOn = papersShow(graph, renderer.camera().scale); paint(); });
    }
    const below = sharpen(ground, camera);
    painter.ground(below, camera, look);
    painter.threads(below, camera, look);
    const above = sharpen(overlay, camera);
    painter.rings(above, camera, { ...look, cursor: document.activeElement === stage ? look.cursor : null });
    page.labels = painter.labels(above, camera, { ...look, covered: cards });
  }

  /** Go to a camera: at once, or in a glide that takes its time whatever the frames, and yields to the pointer. */
  let glide = 0;
  function go(camera, animate = true) {
    if (!renderer || $("#stage").hidden) return; // a stage of no size has no camera: it would be lost for good
    cancelAnimationFrame(glide);
    if (!animate || calm.matches) return renderer.setCamera(camera);
    const from = renderer.camera(), start = performance.now();
    glide = requestAnimationFrame(function step(now) {
      const passed = Math.min(1, Math.max(0, now - start) / GLIDE), eased = passed * passed * (3 - 2 * passed);
      const between = (name) => from[name] + (camera[name] - from[name]) * eased;
      renderer.setCamera({ x: between("x"), y: between("y"), scale: from.scale * (camera.scale / from.scale) ** eased });
      if (passed < 1) glide = requestAnimationFrame(step);
    });
  }
  for (const event of ["pointerdown", "wheel"]) stage.addEventListener(event, () => cancelAnimationFrame(glide), { capture: true, passive: true });

  let cards = []; // the parts of the stage that cards lie on, where a name would not be seen
  function measureCards() {
    const box = stage.getBoundingClientRect();
    cards = ["#filters", "#panel", "#zoom"].map((selector) => $(selector)).filter((card) => !card.hidden).map((card) => card.getBoundingClientRect())
      .map((card) => [card.left - box.left, card.top - box.top, card.right - box.left, card.bottom - box.top]);
  }

  /** The free part of the stage: what no card covers. */
  function free() {
    measureCards();
    const wide = innerWidth > NARROW, box = stage.getBoundingClientRect(), inset = { left: 0, right: 0, top: 0, bottom: 0 };
    if (wide && $("#filters").open) inset.left = $("#filters").getBoundingClientRect().right - box.left;
    if (!$("#panel").hidden) wide ? (inset.right = box.right - $("#panel").getBoundingClientRect().left) : (inset.bottom = box.bottom - $("#panel").getBoundingClientRect().top);
    if (!wide) inset.top = 44;
    return { ...inset, width: box.width - inset.left - inset.right, height: box.height - inset.top - inset.bottom };
  }

  /** The camera that shows some nodes, at most so near. */
  function framing(nodes, nearest = 1.4) {
    const room = free(), xs = [...nodes].map((node) => graph.x[node]).sort((a, b) => a - b), ys = [...nodes].map((node) => graph.y[node]).sort((a, b) => a - b);
    const [left, right, top, bottom] = [xs[0], xs.at(-1), ys[0], ys.at(-1)], edge = Math.min(EDGE, room.width / 8);
    const across = (room.width - 2 * edge) / Math.max(right - left, 1), down = (room.height - 2 * edge) / Math.max(bottom - top, 1);
    // On a phone the picture may reach beyond the screen, as maps do: it would be too small else.
    const scale = Math.min(nearest, innerWidth > NARROW ? Math.min(across, down) : Math.min(down, Math.sqrt(across * down)));
    const x = (left + right) / 2 - (room.left - room.right) / 2 / scale, y = (top + bottom) / 2 - (room.top - room.bottom) / 2 / scale;
    return { x, y, scale };
  }

  const shownNodes = () => [...graph.visible.keys()].filter((node) => look.shown(node));
  function fit(animate = true) {
    const nodes = shownNodes(), land = innerWidth > NARROW ? nodes : nodes.filter((node) => graph.regionOf(node) >= 0);
    if (nodes.length) go(framing(land.length > nodes.length / 2 ? land : nodes), animate);
  }

  /** Bring a node to the middle of the free part, near enough to read. */
  function moveTo(node, animate = true) {
    const room = free(), { scale: now } = renderer.camera(), scale = Math.max(now, 1.05);
    go({ x: graph.x[node] - (room.left - room.right) / 2 / scale, y: graph.y[node] - (room.top - room.bottom) / 2 / scale, scale }, animate);
  }

  function inSight(node) {
    const room = free(), { x, y, scale, width, height } = renderer.camera();
    const at = [(graph.x[node] - x) * scale + width / 2, (graph.y[node] - y) * scale + height / 2];
    return at[0] > room.left + 20 && at[1] > room.top + 20 && at[0] < room.left + room.width - 20 && at[1] < room.top + room.height - 20;
  }

  function zoom(factor) {
    const { x, y, scale } = renderer.camera();
    go({ x, y, scale: scale * factor });
  }

  // What is chosen, and what that lights

  function light() {
    const { chosen, path, depth } = state;
    state.lit = path ? new Set(path) : chosen === null ? null : depth > 0 ? graph.around(chosen, depth) : new Set([chosen, ...graph.neighbours(chosen)]);
    if (state.lit && !path && depth === 0 && graph.isEntity(chosen)) for (const paper of graph.neighbours(chosen)) for (const node of graph.neighbours(paper)) state.lit.add(node);
    state.threads = [];
    if (path) for (let i = 1; i < path.length; i++) state.threads.push(graph.linkBetween(path[i - 1], path[i]));
    else if (chosen !== null && depth === 0) state.threads = [...graph.linksOf(chosen)].filter((link) => graph.linkVisible[link]);
    else if (chosen !== null) {
      const links = new Set();
      for (const node of state.lit) if (!graph.isEntity(node)) for (const link of graph.linksOf(node)) if (graph.linkVisible[link] && state.lit.has(graph.entityOf[link])) links.add(link);
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
    if (node === state.chosen && node !== null && pathTo === state.pathTo && depth === state.depth && !move) return void (focus && focusOn(node));
    const before = state.chosen;
    if (node !== null && !graph.visible[node]) controls.reset(); // it was asked for: nothing may hide it
    Object.assign(state, { chosen: node, depth: node === null ? 0 : depth, pathTo: node === null ? null : pathTo, hovered: null });
    state.path = state.pathTo === null ? null : graph.path(node, state.pathTo);
    if (node !== null) state.cursor = node;
    if (record) remember();
    light();
    panel.show(node);
    paint();
    if (renderer && node !== null && !$("#stage").hidden) bring(node, { move });
    if (focus) focusOn(node);
    measureCards();
    renderer?.redraw();
    if (node !== null && node !== before) say(`${titleOf(node)}, ${graph.kind(node)}, opened`);
  }

  /** The camera follows what was chosen: its path, what is near it, or itself. */
  function bring(node, { move = true, animate = true } = {}) {
    if (state.path) go(framing(state.path), animate);
    else if (state.depth > 0) fit(animate);
    else if (move || !inSight(node)) moveTo(node, animate);
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

  function address() {
    const name = (node) => encodeURIComponent(graph.ids[node]).replaceAll("%2F", "/");
    if (state.chosen === null) return "";
    return `#node=${name(state.chosen)}${state.depth ? `&depth=${state.depth}` : ""}${state.pathTo === null ? "" : `&to=${name(state.pathTo)}`}`;
  }

  function remember() {
    if (location.hash !== address()) history[opened ? "pushState" : "replaceState"](null, "", address() || location.pathname + location.search);
  }

  function readAddress() {
    const named = {};
    for (const part of location.hash.slice(1).split("&")) {
      const [key, ...value] = part.split("=");
      try { named[key] = decodeURIComponent(value.join("=")); } catch { named[key] = value.join("="); }
    }
    return named;
  }

  function follow({ move = true } = {}) {
    const named = readAddress(), depth = [1, 2, 3].includes(Number(named.depth)) ? Number(named.depth) : 0;
    if (named.node === undefined) return choose(null, { record: false });
    const node = graph.indexOf.get(named.node), to = graph.indexOf.get(named.to) ?? null;
    if (node === undefined) { choose(null, { record: false }); return say("That node is not part of this view."); }
    choose(node, { move, depth, pathTo: to === node ? null : to, record: false });
  }

  // Wiring

  const entries = [...Array(graph.entities).keys()].map((node) => ({ node, names: [scene.entities.label[node], ...scene.entities.aliases[node]], weight: scene.entities.papers[node] }));
  const search = new Search(entries);
  const app = { graph, state, search, titleOf, choose, setDepth, findPath, texts: null };
  const panel = new Panel($("#panel"), app), table = new Table($("#table"), app);
  const controls = new Controls(graph, (filters) => {
    graph.filter(filters);
    if (state.chosen !== null && !graph.visible[state.chosen]) choose(null);
    if (state.pathTo !== null) repath();
    refresh();
    if (!$("#table").hidden) table.show(table.kind);
  });
  const page = { app, graph, state, renderer, choose, fit, labels: [], ready: false };
  window.kgView = page; // for the console, and for tests

  finder($("#search"), $("#suggestions"), { suggest: (text) => search.suggest(text), kindOf: (node) => graph.kind(node), pick: (node) => choose(node, { move: true, depth: 0 }) });

  function setTable(on) {
    $("#table").hidden = !on;
    $("#stage").hidden = on;
    $("#as-table").setAttribute("aria-pressed", String(on));
    if (on) table.show();
    else { renderer?.resize(); measureCards(); if (state.chosen !== null) bring(state.chosen, { animate: false }); }
  }
  $("#as-table").addEventListener("click", () => setTable($("#table").hidden));
  $("#fit").addEventListener("click", () => fit());
  $("#nearer").addEventListener("click", () => zoom(1.5));
  $("#farther").addEventListener("click", () => zoom(1 / 1.5));
  const caption = () => `${document.title.replace(/ · kg$/, "")}: ${$("#shown").textContent.replace(" shown", "")}`;
  $("#png").addEventListener("click", () => savePng(painter, renderer.camera(), look, caption()));
  $("#svg").addEventListener("click", () => saveSvg(painter, renderer.camera(), look, caption()));
  const help = $("#help");
  $("#show-help").addEventListener("click", () => help.showModal());
  $("#filters").addEventListener("toggle", () => { measureCards(); renderer?.redraw(); });

  function step(dx, dy) {
    const first = shownNodes()[0];
    if (first === undefined) return;
    state.cursor = state.cursor !== null && look.shown(state.cursor) ? graph.towards(state.cursor, dx, dy, look.shown) ?? state.cursor : first;
    paint();
    if (!inSight(state.cursor)) moveTo(state.cursor);
    const node = state.cursor;
    say(`${titleOf(node)}, ${graph.kind(node)}, ${plural(graph.linksOf(node).length, "link")}`);
  }
  const keys = {
    ArrowLeft: () => step(-1, 0), ArrowRight: () => step(1, 0), ArrowUp: () => step(0, -1), ArrowDown: () => step(0, 1),
    Enter: () => state.cursor !== null && choose(state.cursor, { focus: true }), 0: () => fit(), "+": () => zoom(1.3), "=": () => zoom(1.3), "-": () => zoom(1 / 1.3),
    "/": () => $("#search").focus(), "?": () => help.showModal(),
  };
  stage.addEventListener("keydown", (event) => {
    if (!renderer || event.ctrlKey || event.metaKey || event.altKey || !(event.key in keys)) return;
    event.preventDefault();
    keys[event.key]();
  });
  for (const event of ["focus", "blur"]) stage.addEventListener(event, () => renderer?.redraw());
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && !help.open && state.chosen !== null) choose(null, { focus: true }); });

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
    new ResizeObserver(() => { // it reports once at the start, when nothing has changed
      const now = `${stage.clientWidth} ${stage.clientHeight}`;
      if ($("#stage").hidden || now === size) return;
      size = now;
      renderer.resize();
      measureCards();
    }).observe(stage);
    paint();
    fit(false);
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
  if (scene.focus !== null && !location.hash.includes("&")) fit(false);
  addEventListener("hashchange", () => { if (location.hash !== address()) follow(); });
  addEventListener("popstate", () => { if (location.hash !== address()) follow(); });
  opened = page.ready = true;
  requestAnimationFrame(() => { page.interactive = performance.now(); });
  document.documentElement.dataset.ready = "";

}
