// The same graph as text: what is visible, as two tables that can be read, searched and printed.

import { el, plural, swatch } from "./dom.js";

const STEP = 200; // rows at a time

export class Table {
  /** `app`: { graph, titleOf, choose }. */
  constructor(element, app) {
    this.element = element;
    this.app = app;
    this.kind = "entities";
    this.rows = STEP;
  }

  show(kind = this.kind, rows = STEP) {
    const { graph } = this.app;
    this.kind = kind;
    this.rows = rows;
    const first = kind === "entities" ? 0 : graph.entities,
      last = kind === "entities" ? graph.entities : graph.size;
    const nodes = [];
    for (let node = first; node < last; node++) if (graph.visible[node]) nodes.push(node);
    if (kind === "papers") nodes.sort((a, b) => (graph.date(b) ?? "").localeCompare(graph.date(a) ?? "") || a - b);
    const tab = (value, text) =>
      el(
        "button",
        {
          type: "button",
          "aria-pressed": String(kind === value),
          onclick: () => {
            this.show(value);
            this.element.querySelector(`[aria-pressed=true]`).focus();
          },
        },
        text,
      );
    const heads = kind === "entities" ? ["Name", "Type", "Papers"] : ["Title", "Date", "Names"];
    this.element.replaceChildren(
      el(
        "div",
        { class: "tabs", role: "group", "aria-label": "What to list" },
        tab("entities", "Entities"),
        tab("papers", "Papers"),
      ),
      el(
        "table",
        {},
        el(
          "caption",
          {},
          `${plural(nodes.length, kind === "entities" ? "entity" : "paper")} in this view, ${kind === "entities" ? "the most named" : "the newest"} first`,
        ),
        el(
          "thead",
          {},
          el(
            "tr",
            {},
            heads.map((head, place) => el("th", { scope: "col", class: place === 2 ? "number" : null }, head)),
          ),
        ),
        el(
          "tbody",
          {},
          nodes.slice(0, rows).map((node) => this.row(node)),
        ),
      ),
      nodes.length > rows
        ? el(
            "button",
            { type: "button", class: "more", onclick: () => this.more() },
            `Show ${Math.min(STEP, nodes.length - rows)} more of ${nodes.length - rows}`,
          )
        : "",
    );
  }

  more() {
    const rows = this.rows;
    this.show(this.kind, rows + STEP);
    this.element.querySelectorAll("tbody .link")[rows].focus();
  }

  row(node) {
    const { graph, titleOf, choose } = this.app,
      isEntity = graph.isEntity(node);
    const name = el(
      "button",
      { type: "button", class: "link", onclick: () => choose(node, { move: true, focus: true }) },
      titleOf(node),
    );
    const number = isEntity ? graph.scene.entities.papers[node] : [...graph.neighbours(node)].length;
    return el(
      "tr",
      {},
      el("th", { scope: "row" }, name),
      el("td", {}, isEntity ? [swatch(graph.kind(node)), ` ${graph.kind(node)}`] : (graph.date(node) ?? "")),
      el("td", { class: "number" }, String(number)),
    );
  }
}
