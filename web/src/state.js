// What a person has chosen, and what follows from it: what stands out, by which links, and what is drawn at all.

/** @import { Link, Node } from "./types.js" */
/** @import { Graph } from "./graph.js" */

export class State {
  /** @type {Node | null} What is open. */
  chosen = null;
  /** How many steps around it are drawn; 0 draws all. */
  depth = 0;
  /** @type {Node | null} Where a path shall lead. */
  pathTo = null;
  /** @type {Node | null} What the pointer rests on. */
  hovered = null;
  /** @type {Node | null} What the keyboard is at. */
  cursor = null;
  /** Whether one is near enough for papers. */
  papersOn = false;

  // What follows

  /** @type {Node[] | null} The path; null where none is asked for, or none leads there. */
  path = null;
  /** @type {Set<Node> | null} What stands out; null where nothing is chosen. */
  lit = null;
  /** @type {Link[]} The links that are drawn in the colours of their relations. */
  threads = [];

  /** @param {Graph} graph */
  constructor(graph) {
    this.graph = graph;
  }

  /**
   * Whether this is chosen already.
   * @param {Node | null} node
   * @param {{ depth: number, pathTo: Node | null }} how
   */
  isAt(node, { depth, pathTo }) {
    return node !== null && node === this.chosen && depth === this.depth && pathTo === this.pathTo;
  }

  /**
   * Choose a node, or nothing.
   * @param {Node | null} node
   * @param {{ depth?: number, pathTo?: Node | null }} how
   */
  choose(node, { depth = 0, pathTo = null } = {}) {
    this.chosen = node;
    this.depth = node === null ? 0 : depth;
    this.pathTo = node === null ? null : pathTo;
    this.hovered = null;
    if (node !== null) this.cursor = node;
    this.update();
  }

  /** Draw the conclusions, under the filters of now; says whether the path is another one than before. */
  update() {
    const { graph, chosen, pathTo } = this;
    const before = this.path;
    this.path = chosen === null || pathTo === null ? null : graph.path(chosen, pathTo);
    this.lit = this.#lit();
    this.threads = this.#threads();
    return String(before) !== String(this.path);
  }

  #lit() {
    if (this.path) return new Set(this.path);
    return this.chosen === null ? null : this.graph.around(this.chosen, Math.max(this.depth, 1));
  }

  /** @returns {Link[]} */
  #threads() {
    const { graph, chosen, path, lit } = this;
    if (path) return path.slice(1).map((node, place) => graph.linkBetween(path[place], node));
    if (chosen === null || lit === null) return [];
    return this.depth === 0 ? graph.visibleLinks(chosen) : graph.linksAmong(lit);
  }

  /** Whether nothing is drawn but what is lit. */
  get alone() {
    return this.lit !== null && (this.depth > 0 || this.path !== null);
  }

  /** @param {Node} node */
  shown(node) {
    if (this.graph.visible[node] !== 1) return false;
    const isLit = this.lit?.has(node) ?? false;
    return isLit || (!this.alone && (this.graph.isEntity(node) || this.papersOn));
  }

  /** @param {Node} node */
  faded(node) {
    return this.lit !== null && !this.lit.has(node);
  }

  /** All that is shown. */
  shownNodes() {
    return [...this.graph.visible.keys()].filter((node) => this.shown(node));
  }

  /**
   * The keyboard goes to the next node in a direction, or to the first; null where nothing is shown.
   * @param {number} dx
   * @param {number} dy
   */
  step(dx, dy) {
    const next = this.#next(dx, dy);
    if (next !== null) this.cursor = next;
    return next;
  }

  /** @param {number} dx @param {number} dy */
  #next(dx, dy) {
    const { cursor, graph } = this;
    if (cursor === null || !this.shown(cursor)) return this.shownNodes()[0] ?? null;
    return graph.towards(cursor, dx, dy, (node) => this.shown(node)) ?? cursor;
  }
}
