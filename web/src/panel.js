// All about one node: names, family, papers by relation with their evidence, results, links to the outside.

import { $, $input, button, el, plural, swatch, warning, words } from "./dom.js";
import { finder } from "./finder.js";

/** @import { Link, Node, Result, Texts } from "./types.js" */
/** @import { Child } from "./dom.js" */
/** @import { App } from "./app.js" */

const MOST = 60; // items of one relation before one asks for the rest

/**
 * A sentence with the mention marked.
 * @param {Texts} texts
 * @param {number} sentence
 * @param {number} start
 * @param {number} end
 */
function quote(texts, sentence, start, end) {
  if (sentence < 0) return null;
  const text = texts.sentences[sentence];
  return el("blockquote", {}, text.slice(0, start), el("mark", {}, text.slice(start, end)), text.slice(end));
}

/**
 * A link to the outside, named by its address without what says little.
 * @param {string} href
 * @param {RegExp} without
 */
const outside = (href, without) =>
  el("a", { href, rel: "noreferrer noopener", target: "_blank" }, href.replace(without, ""));

export class Panel {
  /**
   * @param {HTMLElement} element
   * @param {App} app
   */
  constructor(element, app) {
    this.element = element;
    this.app = app;
  }

  /** Nothing is opened before they have come. */
  get texts() {
    return /** @type {Texts} */ (this.app.texts);
  }

  /** @param {Node | null} node */
  show(node) {
    const { element, app } = this;
    element.hidden = node === null;
    element.replaceChildren();
    if (node === null) return;
    const close = { class: "close", "aria-label": "Close the details" };
    const parts = [
      button(close, "✕", () => app.choose(null, { focus: true })),
      el("h2", { tabindex: "-1" }, app.titleOf(node)),
      ...(app.graph.isEntity(node) ? this.#entity(node) : this.#paper(node)),
      this.#tools(),
      ...this.#links(node),
      ...this.#results(node),
    ];
    element.append(...parts.filter((part) => part !== null));
    this.#wire(node);
    element.scrollTop = 0;
  }

  /** @param {Node} node */
  #goTo(node, text = this.app.titleOf(node)) {
    return button({ class: "link" }, text, () => this.app.choose(node, { move: true, focus: true }));
  }

  // What it is

  /** @param {Node} node */
  #entity(node) {
    const { graph } = this.app;
    const { aliases } = graph.scene.entities;
    const { broader, narrower, links } = this.texts;
    /** @param {[string, string]} relative */
    const goOrName = ([id, label]) => {
      const relative = graph.indexOf.get(id);
      return relative === undefined ? el("span", {}, label) : this.#goTo(relative, label);
    };
    return [
      this.#summary(node),
      line("Also called", aliases[node]),
      line("Part of", broader[node].map(goOrName)),
      line("Includes", narrower[node].map(goOrName)),
      line(
        "Elsewhere",
        links[node].map((href) => outside(href, /^https?:\/\/(www\.)?/)),
      ),
    ];
  }

  /** @param {Node} node */
  #summary(node) {
    const { graph } = this.app;
    const papers = graph.scene.entities.papers[node];
    const here = graph.linksOf(node).length;
    const part = here < papers ? `, ${here} of them in this view` : "";
    const kind = graph.kind(node);
    return el("p", { class: "quiet" }, swatch(kind), ` ${kind} · named by ${plural(papers, "paper")}${part}`);
  }

  /** @param {Node} node */
  #paper(node) {
    const { app } = this;
    const paper = node - app.graph.entities;
    const { authors, more, venue, type, code } = this.texts.bylines;
    const href = this.texts.hrefs[paper];
    const warned = warning(app.statusOf(node));
    const facts = [type[paper]?.replace("-", " ") ?? "paper", venue[paper], app.graph.date(node)];
    return [
      warned && el("p", {}, warned),
      byline(authors[paper], more[paper]),
      el("p", { class: "quiet" }, swatch("paper"), ` ${facts.filter(Boolean).join(" · ")}`),
      href ? el("p", {}, outside(href, /^https?:\/\//)) : null,
      line(
        "Code",
        code[paper].map((address) => outside(address, /^https?:\/\/(www\.)?/i)),
      ),
    ];
  }

  // What one can do with it

  #tools() {
    return el("div", { class: "tools" }, this.#depth(), this.#pathFinder(), this.#path());
  }

  #depth() {
    const { app } = this;
    const { depth, path } = app.state;
    const radios = ["off", "1 step", "2", "3"].map((text, value) => {
      const checked = depth === value && path === null;
      const onchange = () => app.setDepth(value);
      return el("label", {}, el("input", { type: "radio", name: "depth", value, checked, onchange }), text);
    });
    return el("fieldset", { class: "depth" }, el("legend", {}, "Draw only what is near"), radios);
  }

  #pathFinder() {
    return el(
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
    );
  }

  /** The path that was asked for, step by step. */
  #path() {
    const { app } = this;
    const { path, pathTo } = app.state;
    if (pathTo === null) return null;
    const clear = button({}, "Clear the path", () => app.findPath(null));
    if (path === null) return el("div", { id: "path" }, el("p", {}, `No path leads to ${app.titleOf(pathTo)}.`), clear);
    const steps = path.map((each, place) => this.#step(place ? path[place - 1] : null, each));
    const length = `${plural(path.length - 1, "step")} to ${app.titleOf(pathTo)}`;
    return el("div", { id: "path" }, el("p", { class: "quiet" }, length), el("ol", {}, steps), clear);
  }

  /** @param {Node | null} before @param {Node} node */
  #step(before, node) {
    const { graph } = this.app;
    const relation = before === null ? null : words(graph.relation(graph.linkBetween(before, node)));
    const how = relation && el("span", { class: "quiet" }, `${relation} `);
    return el("li", {}, how, swatch(graph.kind(node)), " ", this.#goTo(node));
  }

  /** @param {Node} node */
  #wire(node) {
    const { app } = this;
    finder($input("#path-to"), $("#path-list"), {
      suggest: (text) => app.search.suggest(text).filter((each) => each.node !== node),
      kindOf: (each) => app.graph.kind(each),
      pick: (to) => app.findPath(to),
      clear: true,
    });
  }

  // What it is linked to

  /** @param {Node} node */
  #links(node) {
    const { graph } = this.app;
    const found = graph.byRelation(graph.linksOf(node));
    return graph.scene.relations.flatMap((name) => {
      const links = found.get(name)?.sort(this.#order(node));
      if (!links) return [];
      const head = el("h3", {}, swatch(name, "bar"), `${words(name)} (${links.length})`);
      return [head, list(links.map((link) => () => this.#link(link, node)))];
    });
  }

  /**
   * An entity's newest papers first, a paper's surest links.
   * @param {Node} node
   * @returns {(a: Link, b: Link) => number}
   */
  #order(node) {
    const { graph } = this.app;
    const { confidence } = graph.scene.links;
    /** @param {Link} link */
    const date = (link) => graph.date(graph.paperOf[link]) ?? "";
    return graph.isEntity(node)
      ? (a, b) => date(b).localeCompare(date(a)) || a - b
      : (a, b) => confidence[b] - confidence[a] || a - b;
  }

  /** @param {Link} link @param {Node} node */
  #link(link, node) {
    const { graph } = this.app;
    const other = graph.across(link, node);
    const what = graph.isEntity(other) ? graph.kind(other) : graph.date(other);
    const about = [what, `${graph.scene.links.confidence[link]}% sure`].filter(Boolean).join(", ");
    const { sentence, start, end } = this.texts.evidence;
    const proof = quote(this.texts, sentence[link], start[link], end[link]);
    const warned = warning(this.app.statusOf(other));
    return el("li", {}, this.#goTo(other), warned && [" ", warned], el("span", { class: "quiet" }, ` ${about}`), proof);
  }

  /** @param {Node} node */
  #results(node) {
    const { graph } = this.app;
    const isEntity = graph.isEntity(node);
    const found = this.texts.results.filter((result) =>
      isEntity ? result.entities.includes(node) : result.paper === node - graph.entities,
    );
    if (!found.length) return [];
    const items = found.map((result) => () => this.#result(result, isEntity));
    return [el("h3", {}, `results (${found.length})`), list(items)];
  }

  /** @param {Result} result @param {boolean} withPaper */
  #result({ paper, text, sentence, start, end }, withPaper) {
    const source = withPaper ? this.#goTo(this.app.graph.entities + paper) : null;
    return el("li", {}, el("strong", {}, text), " ", source, quote(this.texts, sentence, start, end));
  }
}

/**
 * Who wrote a paper: the first of them by name, the others by their number.
 * @param {string[]} named
 * @param {number} more
 */
function byline(named, more) {
  if (!named.length) return more ? el("p", {}, plural(more, "author")) : null;
  return el("p", { class: "byline" }, named.join(", "), more ? ` and ${more.toLocaleString("en")} more` : "");
}

/**
 * A name and what has it, with dots between; nothing of nothing.
 * @param {string} name
 * @param {Child[]} parts
 */
function line(name, parts) {
  if (!parts.length) return null;
  const dotted = parts.flatMap((part, i) => (i ? [" · ", part] : [part]));
  return el("p", {}, el("span", { class: "quiet" }, `${name} `), dotted);
}

/**
 * A list that makes its first items, and the rest when asked to.
 * @param {(() => HTMLElement)[]} makers
 */
function list(makers) {
  /** @param {(() => HTMLElement)[]} some */
  const make = (some) => some.map((each) => each());
  const items = el("ul", {}, make(makers.slice(0, MOST)));
  if (makers.length <= MOST) return items;
  const more = button({}, `Show all ${makers.length}`, () => {
    more.remove();
    items.append(...make(makers.slice(MOST)));
  });
  return el("div", {}, items, more);
}
