// What a person can do with the page: each act changes the state, then shows it on the map, in the panel, in the
// address, and tells it.

import { readAddress, writeAddress } from "./address.js";
import { Controls } from "./controls.js";
import { $, plural, say } from "./dom.js";
import { Panel } from "./panel.js";
import { Search } from "./search.js";
import { Stage } from "./stage.js";
import { State } from "./state.js";
import { Table } from "./table.js";

/** @import { Choice, CreateRenderer, Filters, Node, Texts } from "./types.js" */
/** @import { Graph } from "./graph.js" */

export class App {
  /** @type {Texts | null} Null until they are read: they come after the first picture. */
  texts = null;
  /** @type {[Node | null, Choice] | null} What was chosen before the texts had come. */
  #waiting = null;
  /** Whether the page shows what its address asked for: from then on, choices are steps of the history. */
  #opened = false;

  /**
   * @param {Graph} graph
   * @param {CreateRenderer} createRenderer
   */
  constructor(graph, createRenderer) {
    this.graph = graph;
    this.state = new State(graph);
    this.stage = new Stage($("#graph"), graph, this.state, (node) => this.titleOf(node), createRenderer);
    this.search = new Search(entries(graph));
    this.panel = new Panel($("#panel"), this);
    this.table = new Table($("#table"), this);
    this.controls = new Controls(graph, (filters) => this.narrow(filters));
  }

  /** @param {Node} node */
  titleOf(node) {
    const { graph } = this;
    return graph.isEntity(node) ? graph.scene.entities.label[node] : (this.texts?.titles[node - graph.entities] ?? "…");
  }

  /**
   * What became of a paper; most stand.
   * @param {Node} node
   */
  statusOf(node) {
    const { graph } = this;
    return graph.isEntity(node) ? null : (this.texts?.bylines.status[node - graph.entities] ?? null);
  }

  /**
   * The texts have come: show what waited for them, or what the address or the command asked for.
   * @param {Texts} texts
   */
  open(texts) {
    const { graph, search, stage } = this;
    const { focus } = graph.scene;
    this.texts = texts;
    search.add(texts.titles.map((title, paper) => ({ node: graph.entities + paper, names: [title], weight: 0 })));
    if (this.showsTable) this.table.show();
    if (this.#waiting) this.choose(...this.#waiting);
    else if (location.hash) this.follow();
    else if (focus !== null) this.choose(focus);
    if (focus !== null && !location.hash.includes("&")) stage.camera.fit(false);
    this.#opened = true;
  }

  /**
   * Choose a node, or nothing: from the picture, the search, the table, the panel, the address.
   * @param {Node | null} node
   * @param {Choice} choice
   */
  choose(node, { move = false, focus = false, depth = this.state.depth, pathTo = null, record = true } = {}) {
    const { state, stage } = this;
    if (this.texts === null) {
      this.#waiting = [node, { move, focus, depth, pathTo, record }];
      return;
    }
    if (!move && state.isAt(node, { depth, pathTo })) {
      if (focus) this.#focusOn(node);
      return;
    }
    const before = state.chosen;
    if (node !== null && !this.graph.visible[node]) this.controls.reset(); // it was asked for: nothing may hide it
    state.choose(node, { depth, pathTo });
    if (record) this.#remember();
    this.panel.show(node);
    stage.paint();
    if (node !== null) this.#bring(node, { move });
    if (focus) this.#focusOn(node);
    stage.makeRoom();
    if (node !== null && node !== before) say(`${this.titleOf(node)}, ${this.graph.kind(node)}, opened`);
  }

  /**
   * Draw only what lies within so many steps of what is chosen; 0 draws all.
   * @param {number} depth
   */
  setDepth(depth) {
    const { state } = this;
    this.choose(state.chosen, { depth, move: depth === 0 });
    $(`#panel input[name=depth][value="${depth}"]`).focus({ preventScroll: true });
    if (depth) say(`${plural(state.lit?.size ?? 0, "node")} within ${plural(depth, "step")}`);
  }

  /**
   * Show a shortest path from what is chosen; null clears it.
   * @param {Node | null} to
   */
  findPath(to) {
    this.choose(this.state.chosen, { pathTo: to, depth: 0, move: true });
    say(to === null ? "Path cleared" : this.#pathInWords());
    (to === null ? $("#path-to") : $("#path button")).focus({ preventScroll: true });
  }

  #pathInWords() {
    const { path } = this.state;
    return path ? `A path of ${plural(path.length - 1, "step")}` : "No path";
  }

  /**
   * Show what the filters leave; a path that they cut is told anew.
   * @param {Filters} filters
   */
  narrow(filters) {
    const { graph, state } = this;
    graph.filter(filters);
    if (state.chosen !== null && !graph.visible[state.chosen]) this.choose(null);
    if (state.update()) {
      this.panel.show(state.chosen);
      say(this.#pathInWords());
    }
    this.stage.paint();
    if (this.showsTable) this.table.show();
  }

  /**
   * The keyboard goes from node to node.
   * @param {number} dx
   * @param {number} dy
   */
  step(dx, dy) {
    const node = this.state.step(dx, dy);
    if (node === null) return;
    this.stage.paint();
    this.stage.camera.keepInSight(node);
    say(`${this.titleOf(node)}, ${this.graph.kind(node)}, ${plural(this.graph.linksOf(node).length, "link")}`);
  }

  /** Open what the keyboard is at. */
  enter() {
    if (this.state.cursor !== null) this.choose(this.state.cursor, { focus: true });
  }

  /** Close what is open. */
  escape() {
    if (this.state.chosen !== null) this.choose(null, { focus: true });
  }

  // Table or map

  get showsTable() {
    return !$("#table").hidden;
  }

  /** @param {boolean} on */
  setTable(on) {
    const { chosen } = this.state;
    $("#table").hidden = !on;
    $("#stage").hidden = on;
    $("#as-table").setAttribute("aria-pressed", String(on));
    if (on) {
      this.table.show();
      return;
    }
    this.stage.resize();
    if (chosen !== null) this.#bring(chosen, { animate: false });
  }

  // Where the camera and the keyboard go

  /**
   * The camera follows what was chosen: its path, what is near it, or itself.
   * @param {Node} node
   * @param {{ move?: boolean, animate?: boolean }} how
   */
  #bring(node, { move = true, animate = true } = {}) {
    const { camera } = this.stage;
    if (this.state.path) camera.frame(this.state.path, animate);
    else if (this.state.depth > 0) camera.fit(animate);
    else if (move) camera.moveTo(node, animate);
    else camera.keepInSight(node, animate);
  }

  /** @param {Node | null} node */
  #focusOn(node) {
    const target = node !== null ? $("#panel h2") : this.showsTable ? $("#table") : this.stage.element;
    target.focus({ preventScroll: true });
  }

  // Address and history

  /** Whether the address says what is shown. */
  get isAtAddress() {
    return location.hash === writeAddress(this.graph, this.state);
  }

  #remember() {
    if (this.isAtAddress) return;
    const address = writeAddress(this.graph, this.state) || location.pathname + location.search;
    history[this.#opened ? "pushState" : "replaceState"](null, "", address);
  }

  /** Go where the address says. */
  follow() {
    const { node, depth, pathTo } = readAddress(this.graph, location.hash);
    if (node === undefined) say("That node is not part of this view.");
    this.choose(node ?? null, { move: true, depth, pathTo, record: false });
  }
}

/**
 * What the search knows before the titles have come.
 * @param {Graph} graph
 */
function entries({ scene }) {
  const { label, aliases, papers } = scene.entities;
  return label.map((name, node) => ({ node, names: [name, ...aliases[node]], weight: papers[node] }));
}
