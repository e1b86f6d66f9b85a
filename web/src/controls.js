// The filters: types with their counts (the legend), relations, papers at least, a stretch of time.

import { $, $$, $$inputs, $input, el, plural, swatch, words } from "./dom.js";

/** @import { Filters } from "./types.js" */
/** @import { Graph } from "./graph.js" */

const STEPS = [1, 2, 3, 5, 8, 12, 20, 30, 50, 80, 120, 200, 300, 500, 1000];

export class Controls {
  /** @type {string[]} From the first to the last; empty where there is no stretch of time. */
  months = [];

  /**
   * @param {Graph} graph
   * @param {(filters: Filters) => void} changed is called when a person changes something
   */
  constructor(graph, changed) {
    this.graph = graph;
    this.changed = changed;
    const most = Math.max(1, ...graph.scene.entities.papers);
    this.steps = STEPS.filter((step) => step <= most);
    this.#legend();
    this.#least();
    this.#timeline();
    $("#reset").addEventListener("click", () => this.reset());
    this.#tell();
  }

  #legend() {
    const { scene } = this.graph;
    const nodes = this.graph.counts();
    const links = this.graph.relationCounts();
    const types = [...scene.types, "paper"].filter((kind) => nodes[kind]);
    const relations = scene.relations.filter((name) => links[name]);
    $("#types").append(...types.map((kind) => this.#check("type", kind, nodes[kind], swatch(kind))));
    $("#relations").append(...relations.map((name) => this.#check("relation", name, links[name], swatch(name, "bar"))));
  }

  /** @param {string} group @param {string} value @param {number} count @param {HTMLElement} mark */
  #check(group, value, count, mark) {
    return el(
      "label",
      {},
      el("input", { type: "checkbox", name: group, value, checked: true, onchange: () => this.#read() }),
      mark,
      el("span", {}, words(value)),
      el("span", { class: "count" }, count.toLocaleString("en")),
    );
  }

  #least() {
    const least = $input("#least");
    least.max = String(this.steps.length - 1);
    least.addEventListener("input", () => this.#read());
    const group = least.closest("fieldset");
    if (group && this.steps.length < 2) group.hidden = true;
  }

  #timeline() {
    const { months, monthOfPaper } = this.graph;
    if (months.length < 2) {
      $("#time").hidden = true;
      return;
    }
    this.months = span(months[0], months[months.length - 1]);
    const counts = new Map(this.months.map((month) => [month, 0]));
    for (const month of monthOfPaper) if (month) counts.set(month, (counts.get(month) ?? 0) + 1);
    const most = Math.max(...counts.values());
    $("#histogram").append(
      ...this.months.map((month) => {
        const bar = el("i");
        bar.style.height = `${(100 * (counts.get(month) ?? 0)) / most}%`;
        return bar;
      }),
    );
    this.#slider("#from", 0);
    this.#slider("#to", this.months.length - 1);
  }

  /** @param {string} selector @param {number} value */
  #slider(selector, value) {
    const input = $input(selector);
    input.max = String(this.months.length - 1);
    input.value = String(value);
    input.addEventListener("input", () => this.#read(input));
  }

  reset() {
    for (const box of $$inputs("#filters input[type=checkbox]")) box.checked = true;
    $input("#least").value = "0";
    if (this.months.length) {
      $input("#from").value = "0";
      $input("#to").value = String(this.months.length - 1);
    }
    this.#read();
  }

  /** @param {HTMLInputElement | null} moved the slider that was moved, which the other yields to */
  #read(moved = null) {
    const types = checked("type");
    const relations = checked("relation");
    const all = $$("#filters input[name=relation]:not(:checked)").length === 0;
    const filters = this.graph.everything();
    filters.types = new Set(types);
    filters.papers = types.includes("paper");
    if (!all) filters.relations = new Set(relations);
    filters.least = this.steps[Number($input("#least").value)] ?? 1;
    if (this.months.length) Object.assign(filters, this.#stretch(moved));
    this.changed(filters);
    this.#tell();
  }

  /**
   * The stretch of time; all of it is no filter.
   * @param {HTMLInputElement | null} moved
   */
  #stretch(moved) {
    const from = $input("#from");
    const to = $input("#to");
    if (Number(from.value) > Number(to.value)) {
      if (moved === to) from.value = to.value;
      else to.value = from.value;
    }
    const [first, last] = [Number(from.value), Number(to.value)];
    return first > 0 || last < this.months.length - 1 ? { from: this.months[first], to: this.months[last] } : {};
  }

  /** Say what the filters leave. */
  #tell() {
    const { filters, scene } = this.graph;
    const counts = this.graph.counts();
    const entities = scene.types.reduce((sum, type) => sum + (counts[type] ?? 0), 0);
    const least = filters.least === 1 ? "1 paper or more" : `${filters.least} papers or more`;
    $("#shown").textContent = `${plural(entities, "entity")} and ${plural(counts.paper ?? 0, "paper")} shown`;
    $("#least-value").textContent = least;
    $("#least").setAttribute("aria-valuetext", least);
    for (const box of $$inputs("#types input")) {
      const count = box.checked ? (counts[box.value] ?? 0) : 0;
      $(".count", /** @type {HTMLElement} */ (box.parentElement)).textContent = count.toLocaleString("en");
    }
    if (this.months.length) this.#tellTime();
  }

  #tellTime() {
    const { filters, monthOfPaper } = this.graph;
    const [first, last] = [Number($input("#from").value), Number($input("#to").value)];
    const [from, to] = [this.months[first], this.months[last]];
    const undated = monthOfPaper.filter((month) => !month).length;
    const apart = undated ? `, ${filters.from ? "without " : ""}${undated} undated` : "";
    $("#time-value").textContent = `${from} to ${to}${apart}`;
    $("#from").setAttribute("aria-valuetext", from);
    $("#to").setAttribute("aria-valuetext", to);
    for (const [place, bar] of $$("#histogram i").entries()) {
      bar.classList.toggle("out", place < first || place > last);
    }
  }
}

/**
 * What is checked of a group.
 * @param {string} name
 */
const checked = (name) => $$inputs(`#filters input[name=${name}]:checked`).map((box) => box.value);

/**
 * All months from one to another.
 * @param {string} first
 * @param {string} last
 */
export function span(first, last) {
  const months = [];
  let [year, month] = first.split("-").map(Number);
  for (;;) {
    const name = `${year}-${String(month).padStart(2, "0")}`;
    months.push(name);
    if (name >= last) return months;
    month += 1;
    if (month > 12) [year, month] = [year + 1, 1];
  }
}
