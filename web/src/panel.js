// All about one node: names, family, papers by relation with their evidence, results, links to the outside.

import { $, el, plural, swatch, words } from "./dom.js";
import { finder } from "./finder.js";

const MOST = 60; // items of one relation before one asks for the rest

/** A sentence with the mention marked. */
export function quote(texts, sentence, start, end) {
  if (sentence < 0) return null;
  const text = texts.sentences[sentence];
  return el("blockquote", {}, text.slice(0, start), el("mark", {}, text.slice(start, end)), text.slice(end));
}

export class Panel {
  /** `app`: { graph, texts, titleOf, choose, setDepth, findPath, clearPath, search, state }. */
  constructor(element, app) {
    this.element = element;
    this.app = app;
  }

  show(node) {
    const { element, app } = this;
    element.hidden = node === null;
    element.replaceChildren();
    if (node === null) return;
    element.append(
      el(
        "button",
        {
          type: "button",
          class: "close",
          "aria-label": "Close the details",
          onclick: () => app.choose(null, { focus: true }),
        },
        "✕",
      ),
      el("h2", { tabindex: "-1" }, app.titleOf(node)),
      ...(app.graph.isEntity(node) ? this.entity(node) : this.paper(node)),
      this.tools(node),
      ...this.links(node),
      ...this.results(node),
    );
    this.wire(node);
    element.scrollTop = 0;
  }

  goTo(node, text = this.app.titleOf(node)) {
    return el(
      "button",
      { type: "button", class: "link", onclick: () => this.app.choose(node, { move: true, focus: true }) },
      text,
    );
  }

  entity(node) {
    const { graph, texts } = this.app,
      { scene } = graph,
      papers = scene.entities.papers[node],
      here = graph.linksOf(node).length;
    const goOrName = ([id, label]) =>
      graph.indexOf.has(id) ? this.goTo(graph.indexOf.get(id), label) : el("span", {}, label);
    const line = (name, parts) =>
      parts.length
        ? el(
            "p",
            {},
            el("span", { class: "quiet" }, `${name} `),
            parts.flatMap((part, i) => (i ? [" · ", part] : [part])),
          )
        : null;
    const web = texts.links[node];
    return [
      el(
        "p",
        { class: "quiet" },
        swatch(graph.kind(node)),
        ` ${graph.kind(node)} · named by ${plural(papers, "paper")}${here < papers ? `, ${here} of them in this view` : ""}`,
      ),
      line("Also called", scene.entities.aliases[node]),
      line("Part of", texts.broader[node].map(goOrName)),
      line("Includes", texts.narrower[node].map(goOrName)),
      line(
        "Elsewhere",
        web.map((href) =>
          el("a", { href, rel: "noreferrer noopener", target: "_blank" }, href.replace(/^https?:\/\/(www\.)?/, "")),
        ),
      ),
    ].filter(Boolean);
  }

  paper(node) {
    const { graph, texts } = this.app,
      href = texts.hrefs[node - graph.entities],
      date = graph.date(node);
    return [
      el("p", { class: "quiet" }, swatch("paper"), ` paper${date ? ` · ${date}` : ""}`),
      href &&
        el("p", {}, el("a", { href, rel: "noreferrer noopener", target: "_blank" }, href.replace(/^https?:\/\//, ""))),
    ];
  }

  tools(node) {
    const { app } = this,
      { depth, path } = app.state;
    const radio = (value, text) =>
      el(
        "label",
        {},
        el("input", {
          type: "radio",
          name: "depth",
          value,
          checked: depth === value && path === null,
          onchange: () => app.setDepth(value),
        }),
        text,
      );
    return el(
      "div",
      { class: "tools" },
      el(
        "fieldset",
        { class: "depth" },
        el("legend", {}, "Draw only what is near"),
        radio(0, "off"),
        radio(1, "1 step"),
        radio(2, "2"),
        radio(3, "3"),
      ),
      el(
        "div",
        { class: "finder" },
        el("input", {
          id: "path-to",
          type: "text",
          role: "combobox",
          autocomplete: "off",
          spellcheck: "false",
          placeholder: "Shortest path to …",
          "aria-label": "Shortest path to",
          "aria-controls": "path-list",
          "aria-expanded": "false",
          "aria-autocomplete": "list",
        }),
        el("ul", { id: "path-list", class: "suggestions", role: "listbox", "aria-label": "Suggestions", hidden: true }),
      ),
      this.path(),
    );
  }

  path() {
    const { app } = this,
      { path, pathTo } = app.state;
    if (pathTo === null) return null;
    const clear = el("button", { type: "button", onclick: () => app.findPath(null) }, "Clear the path");
    if (path === null) return el("div", { id: "path" }, el("p", {}, `No path leads to ${app.titleOf(pathTo)}.`), clear);
    const steps = path.map((each, place) => {
      const link = place ? app.graph.linkBetween(path[place - 1], each) : null;
      return el(
        "li",
        {},
        link === null ? null : el("span", { class: "quiet" }, `${words(app.graph.relation(link))} `),
        swatch(app.graph.kind(each)),
        " ",
        this.goTo(each),
      );
    });
    return el(
      "div",
      { id: "path" },
      el("p", { class: "quiet" }, `${plural(path.length - 1, "step")} to ${app.titleOf(pathTo)}`),
      el("ol", {}, steps),
      clear,
    );
  }

  wire(node) {
    const { app } = this;
    finder($("#path-to"), $("#path-list"), {
      suggest: (text) => app.search.suggest(text).filter((each) => each.node !== node),
      kindOf: (each) => app.graph.kind(each),
      pick: (to) => app.findPath(to),
      clear: true,
    });
  }

  links(node) {
    const { graph } = this.app,
      isEntity = graph.isEntity(node),
      byRelation = new Map();
    for (const link of graph.linksOf(node)) {
      const name = graph.relation(link);
      if (!byRelation.has(name)) byRelation.set(name, []);
      byRelation.get(name).push(link);
    }
    const rank = isEntity // newest papers, surest links first
      ? (a, b) => (graph.date(graph.paperOf[b]) ?? "").localeCompare(graph.date(graph.paperOf[a]) ?? "") || a - b
      : (a, b) => graph.scene.links.confidence[b] - graph.scene.links.confidence[a] || a - b;
    return graph.scene.relations
      .filter((name) => byRelation.has(name))
      .flatMap((name) => {
        const found = byRelation.get(name).sort(rank);
        return [
          el("h3", {}, swatch(name, "bar"), `${words(name)} (${found.length})`),
          this.list(found.map((link) => () => this.link(link, node))),
        ];
      });
  }

  /** A list that makes its first items, and the rest when asked to. */
  list(makers) {
    const list = el(
      "ul",
      {},
      makers.slice(0, MOST).map((make) => make()),
    );
    if (makers.length <= MOST) return list;
    const more = el(
      "button",
      {
        type: "button",
        onclick: () => {
          more.remove();
          list.append(...makers.slice(MOST).map((make) => make()));
        },
      },
      `Show all ${makers.length}`,
    );
    return el("div", {}, list, more);
  }

  link(link, node) {
    const { graph, texts } = this.app,
      other = graph.across(link, node);
    const about = [
      graph.isEntity(other) ? graph.kind(other) : graph.date(other),
      `${graph.scene.links.confidence[link]}% sure`,
    ]
      .filter(Boolean)
      .join(", ");
    const { sentence, start, end } = texts.evidence;
    return el(
      "li",
      {},
      this.goTo(other),
      el("span", { class: "quiet" }, ` ${about}`),
      quote(texts, sentence[link], start[link], end[link]),
    );
  }

  results(node) {
    const { graph, texts } = this.app,
      isEntity = graph.isEntity(node);
    const found = texts.results.filter((result) =>
      isEntity ? result.entities.includes(node) : result.paper === node - graph.entities,
    );
    if (!found.length) return [];
    const make = (result) => () =>
      el(
        "li",
        {},
        el("strong", {}, result.text),
        " ",
        isEntity ? this.goTo(graph.entities + result.paper) : null,
        quote(texts, result.sentence, result.start, result.end),
      );
    return [el("h3", {}, `results (${found.length})`), this.list(found.map(make))];
  }
}
