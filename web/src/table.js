// The same graph as text: what is visible, as two tables that can be read, searched and printed.

import { $, $$, button, el, plural, swatch, warning } from "./dom.js";

/** @import { Node } from "./types.js" */
/** @import { App } from "./app.js" */

const STEP = 200; // rows at a time

/** @typedef {"entities" | "papers"} Kind */

export class Table {
  /** @type {Kind} */
  kind = "entities";
  rows = STEP;

  /**
   * @param {HTMLElement} element
   * @param {App} app
   */
  constructor(element, app) {
    this.element = element;
    this.app = app;
  }

  /** @param {Kind} kind */
  show(kind = this.kind, rows = STEP) {
    this.kind = kind;
    this.rows = rows;
    const nodes = this.#nodes();
    const left = nodes.length - rows;
    this.element.replaceChildren(
      el("div", { class: "tabs", role: "group", "aria-label": "What to list" }, this.#tabs()),
      el("table", {}, this.#caption(nodes.length), this.#head(), this.#body(nodes.slice(0, rows))),
      left > 0 ? button({ class: "more" }, `Show ${Math.min(STEP, left)} more of ${left}`, () => this.more()) : "",
    );
  }

  more() {
    const rows = this.rows;
    this.show(this.kind, rows + STEP);
    $$("tbody .link", this.element)[rows].focus();
  }

  /** The visible nodes of this kind: entities as they are numbered, papers the newest first. */
  #nodes() {
    const { graph } = this.app;
    const isEntity = this.kind === "entities";
    const nodes = [...graph.visible.keys()].filter((node) => graph.visible[node] && graph.isEntity(node) === isEntity);
    if (isEntity) return nodes;
    return nodes.sort((a, b) => (graph.date(b) ?? "").localeCompare(graph.date(a) ?? "") || a - b);
  }

  #tabs() {
    /** @param {Kind} kind @param {string} text */
    const tab = (kind, text) =>
      button({ "aria-pressed": String(kind === this.kind) }, text, () => {
        this.show(kind);
        $("[aria-pressed=true]", this.element).focus();
      });
    return [tab("entities", "Entities"), tab("papers", "Papers")];
  }

  /** @param {number} count */
  #caption(count) {
    const [noun, order] = this.kind === "entities" ? ["entity", "the most named"] : ["paper", "the newest"];
    return el("caption", {}, `${plural(count, noun)} in this view, ${order} first`);
  }

  #head() {
    const heads = this.kind === "entities" ? ["Name", "Type", "Papers"] : ["Title", "Date", "Names"];
    const cells = heads.map((head, place) => el("th", { scope: "col", class: place === 2 ? "number" : null }, head));
    return el("thead", {}, el("tr", {}, cells));
  }

  /** @param {Node[]} nodes */
  #body(nodes) {
    const rows = nodes.map((node) => this.#row(node));
    return el("tbody", {}, rows);
  }

  /** @param {Node} node */
  #row(node) {
    const { app } = this;
    const { graph } = app;
    const isEntity = graph.isEntity(node);
    const choose = () => app.choose(node, { move: true, focus: true });
    const warned = warning(app.statusOf(node));
    const number = isEntity ? graph.scene.entities.papers[node] : [...graph.neighbours(node)].length;
    return el(
      "tr",
      {},
      el("th", { scope: "row" }, button({ class: "link" }, app.titleOf(node), choose), warned && [" ", warned]),
      el("td", {}, isEntity ? [swatch(graph.kind(node)), ` ${graph.kind(node)}`] : (graph.date(node) ?? "")),
      el("td", { class: "number" }, String(number)),
    );
  }
}
