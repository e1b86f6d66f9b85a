// The filters: types with their counts (the legend), relations, papers at least, a stretch of time.

import { $, $$, el, plural, swatch, words } from "./dom.js";

const STEPS = [1, 2, 3, 5, 8, 12, 20, 30, 50, 80, 120, 200, 300, 500, 1000];

export class Controls {
  /** `changed(filters)` is called when a person changes something. */
  constructor(graph, changed) {
    this.graph = graph;
    this.changed = changed;
    const { scene } = graph,
      total = graph.counts(),
      relations = graph.relationCounts();
    const most = Math.max(1, ...scene.entities.papers);
    this.steps = STEPS.filter((step) => step <= most);
    const check = (group, value, text, count, mark) =>
      el(
        "label",
        {},
        el("input", { type: "checkbox", name: group, value, checked: true, onchange: () => this.read() }),
        mark,
        el("span", {}, text),
        el("span", { class: "count" }, count.toLocaleString("en")),
      );
    $("#types").append(
      ...[...scene.types, "paper"]
        .filter((kind) => total[kind])
        .map((kind) => check("type", kind, kind, total[kind], swatch(kind))),
    );
    $("#relations").append(
      ...scene.relations
        .filter((name) => relations[name])
        .map((name) => check("relation", name, words(name), relations[name], swatch(name, "bar"))),
    );
    const least = $("#least");
    least.max = this.steps.length - 1;
    least.addEventListener("input", () => this.read());
    if (this.steps.length < 2) least.closest("fieldset").hidden = true;
    this.timeline();
    $("#reset").addEventListener("click", () => this.reset());
    this.tell();
  }

  timeline() {
    const { months } = this.graph;
    if (months.length < 2) return void ($("#time").hidden = true);
    const years = span(months[0], months.at(-1));
    this.months = years;
    const counts = new Map(years.map((month) => [month, 0]));
    for (const month of this.graph.monthOfPaper) if (month) counts.set(month, counts.get(month) + 1);
    const most = Math.max(...counts.values());
    $("#histogram").append(
      ...years.map((month) => {
        const bar = el("i", {});
        bar.style.height = `${(100 * counts.get(month)) / most}%`;
        return bar;
      }),
    );
    for (const [id, value] of [
      ["#from", 0],
      ["#to", years.length - 1],
    ]) {
      const input = $(id);
      input.max = years.length - 1;
      input.value = value;
      input.addEventListener("input", () => this.read(input));
    }
  }

  reset() {
    for (const box of $$("#filters input[type=checkbox]")) box.checked = true;
    $("#least").value = 0;
    if (this.months) {
      $("#from").value = 0;
      $("#to").value = this.months.length - 1;
    }
    this.read();
  }

  read(moved = null) {
    const checked = (name) => $$(`#filters input[name=${name}]:checked`).map((box) => box.value);
    const filters = this.graph.everything(),
      types = checked("type");
    filters.types = new Set(types);
    filters.papers = types.includes("paper");
    filters.relations = new Set(checked("relation"));
    if ($$("#filters input[name=relation]:not(:checked)").length === 0)
      filters.relations = new Set(this.graph.scene.relations);
    filters.least = this.steps[Number($("#least").value)] ?? 1;
    if (this.months) {
      const from = $("#from"),
        to = $("#to");
      if (Number(from.value) > Number(to.value)) (moved === to ? from : to).value = (moved === to ? to : from).value;
      if (Number(from.value) > 0 || Number(to.value) < this.months.length - 1)
        [filters.from, filters.to] = [this.months[from.value], this.months[to.value]];
    }
    this.changed(filters);
    this.tell();
  }

  tell() {
    const { filters, scene } = this.graph,
      counts = this.graph.counts();
    const entities = scene.types.reduce((sum, type) => sum + (counts[type] ?? 0), 0);
    $("#shown").textContent = `${plural(entities, "entity")} and ${plural(counts.paper ?? 0, "paper")} shown`;
    $("#least-value").textContent = filters.least === 1 ? "1 paper or more" : `${filters.least} papers or more`;
    $("#least").setAttribute("aria-valuetext", $("#least-value").textContent);
    for (const box of $$("#types input"))
      box.parentElement.querySelector(".count").textContent = (
        box.checked ? (counts[box.value] ?? 0) : 0
      ).toLocaleString("en");
    if (this.months) {
      const [from, to] = ["#from", "#to"].map((id) => this.months[Number($(id).value)]);
      const undated = this.graph.monthOfPaper.filter((month) => !month).length;
      $("#time-value").textContent =
        `${from} to ${to}${undated ? (filters.from ? `, without ${undated} undated` : `, ${undated} undated`) : ""}`;
      $("#from").setAttribute("aria-valuetext", from);
      $("#to").setAttribute("aria-valuetext", to);
      $$("#histogram i").forEach((bar, place) =>
        bar.classList.toggle("out", place < Number($("#from").value) || place > Number($("#to").value)),
      );
    }
  }
}

/** All months from one to another. */
export function span(first, last) {
  const months = [];
  for (let [year, month] = first.split("-").map(Number); ; month === 12 ? (year++, (month = 1)) : month++) {
    months.push(`${year}-${String(month).padStart(2, "0")}`);
    if (months.at(-1) >= last) return months;
  }
}
