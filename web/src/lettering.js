// What is written on the map: names of countries, of towns, of papers that were asked for; as many as fit.

import { Board, wrap } from "./labels.js";
import { isOnScreen, project, screenRadius } from "./screen.js";

/** @import { Context, Look, Node, Region, ScreenView } from "./types.js" */
/** @import { Graph } from "./graph.js" */

/**
 * What one picture is written on.
 * @typedef {object} Sheet
 * @property {Context} context
 * @property {ScreenView} camera
 * @property {Look} look
 * @property {(x: number, y: number) => [number, number]} at
 * @property {Board} board
 * @property {Node[]} written
 */

const FONT = "system-ui, -apple-system, 'Segoe UI', sans-serif";
const LABEL_ROOM = 9000; // square pixels of picture for each label
const LEAST_LABELS = 24; // that any picture has room for
const MARGIN = 60; // pixels beyond the edge from where a label reaches in
const LEGIBLE = 3.1; // the radius on the screen of a disc whose name helps
const MANY = 300; // nodes, of which the rare are named only when they are near
const NEAR_ENOUGH = 0.8; // a scale at which the rare are
const FEW_LIT = 150; // that are all named, however small
const SOME_LIT = 400; // among which papers are named too
const COUNTRIES = 1.5; // a scale beyond which one is within a country
const ENTITY_WIDTH = 18; // characters in a line
const PAPER_WIDTH = 30;
const COUNTRY_WIDTH = 20;
const LEADING = 1.15; // heights of a line
const COUNTRY_LEADING = 1.2;

export class Lettering {
  /** @type {Map<string, number>} */
  #widths = new Map();
  /** @type {Map<Node, string[]>} */
  #lines = new Map();
  /** @type {Map<Region, number>} */
  #reaches = new Map();

  /**
   * @param {Graph} graph
   * @param {CanvasRenderingContext2D} measure a context to measure text with
   */
  constructor(graph, measure) {
    this.graph = graph;
    this.measure = measure;
    // The large first, in towns as in countries: what comes later finds less room.
    this.towns = Uint32Array.from({ length: graph.entities }, (_, i) => i).sort(
      (a, b) => graph.radius[b] - graph.radius[a] || a - b,
    );
    this.countries = [...graph.scene.regions].sort((a, b) => b.nodes - a.nodes);
  }

  /**
   * Write what fits; returns the nodes that are named.
   * @param {Context} context
   * @param {ScreenView} camera
   * @param {Look} look
   */
  write(context, camera, look) {
    /** @type {Sheet} */
    const sheet = { context, camera, look, at: project(camera), board: new Board(), written: [] };
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    for (const box of look.covered) sheet.board.take(...box, true);
    for (const node of look.first) this.#label(sheet, node, true);
    if (!look.focused && camera.scale < COUNTRIES) for (const each of this.countries) this.#country(sheet, each);
    const most = Math.max(LEAST_LABELS, (camera.width * camera.height) / LABEL_ROOM);
    for (const node of this.#wanted(sheet)) {
      if (sheet.written.length >= most) break;
      this.#label(sheet, node, false);
    }
    return sheet.written;
  }

  /**
   * Which nodes shall be named, the most important first.
   * @param {Sheet} sheet
   */
  *#wanted({ camera, look, at }) {
    const { graph } = this;
    const { lit } = look;
    const done = new Set(look.first);
    /** @param {Node} node */
    const inSight = (node) => isOnScreen(camera, at(graph.x[node], graph.y[node]), MARGIN);
    for (const node of this.towns) {
      if (!inSight(node) || done.has(node) || !look.shown(node) || look.faded(node)) continue;
      if ((lit !== null && lit.size < FEW_LIT) || this.#isLegible(node, camera.scale)) yield node;
    }
    if (lit === null || lit.size >= SOME_LIT) return;
    for (const node of lit)
      if (!graph.isEntity(node) && !done.has(node) && look.shown(node) && inSight(node)) yield node;
  }

  /**
   * Whether a town is worth a name at a scale.
   * @param {Node} node
   * @param {number} scale
   */
  #isLegible(node, scale) {
    const { graph } = this;
    const isRare = graph.scene.entities.papers[node] < 2 && graph.size > MANY;
    return screenRadius(graph.radius[node], scale) >= LEGIBLE && !(isRare && scale < NEAR_ENOUGH);
  }

  /**
   * @param {Sheet} sheet
   * @param {Region} region
   */
  #country({ context, camera, look, at, board }, region) {
    const [x, y] = at(region.x, region.y);
    const room = this.#reach(region) * camera.scale;
    const size = Math.round(Math.min(18, 7 + room / 26));
    if (size < 10) return;
    const font = `700 ${size}px ${FONT}`;
    /** @param {string} line */
    const wide = (line) => this.#width(line, font) * 1.09; // with the space between letters
    const lines = region.name
      .toUpperCase()
      .split(" · ")
      .flatMap((name) => wrap(name, COUNTRY_WIDTH))
      .filter((line, place) => place === 0 || wide(line) < 1.15 * room)
      .slice(0, 3);
    const leading = size * COUNTRY_LEADING;
    const width = Math.max(...lines.map(wide));
    const height = lines.length * leading;
    if (width > 1.6 * room) return;
    if (!board.take(x - width / 2 - 4, y - height / 2 - 2, x + width / 2 + 4, y + height / 2 + 2)) return;
    context.font = font;
    if ("letterSpacing" in context) context.letterSpacing = "0.08em";
    context.strokeStyle = look.colors[`tint-${region.tint}`];
    context.lineWidth = 5;
    context.fillStyle = look.colors[`name-${region.tint}`];
    for (const [i, line] of lines.entries()) write(context, line, x, y + (i - (lines.length - 1) / 2) * leading);
    if ("letterSpacing" in context) context.letterSpacing = "0px";
  }

  /**
   * @param {Sheet} sheet
   * @param {Node} node
   * @param {boolean} force whether it is named wherever it lies
   */
  #label({ context, camera, look, at, board, written }, node, force) {
    const { graph } = this;
    const isEntity = graph.isEntity(node);
    const [x, y] = at(graph.x[node], graph.y[node]);
    const radius = screenRadius(graph.radius[node], camera.scale);
    const size = isEntity ? Math.round(Math.min(19, 10.5 + 0.3 * radius)) : 11.5;
    const font = `${force || radius > 14 ? 600 : isEntity ? 500 : 400} ${size}px ${FONT}`;
    const lines = this.#wrapped(node, look.title(node));
    const height = lines.length * size * LEADING;
    const width = Math.max(...lines.map((line) => this.#width(line, font)));
    const middle = height / 2;
    // Below the disc; where something lies there already, above it, or beside it.
    const places = [
      [x, y + radius + 2 + middle],
      [x, y - radius - 2 - middle],
      [x + radius + 5 + width / 2, y],
      [x - radius - 5 - width / 2, y],
    ];
    const place = places.find(
      ([left, top], turn) =>
        (turn === 0 || radius > 5 || force) &&
        board.take(left - width / 2 - 3, top - middle - 1, left + width / 2 + 3, top + middle + 1),
    );
    if (radius > 6) board.take(x - radius, y - radius, x + radius, y + radius, true);
    if (!place && !force) return;
    const [left, top] = place ?? places[0];
    context.font = font;
    context.strokeStyle = look.colors.ground;
    context.lineWidth = 3.5;
    context.fillStyle = isEntity ? look.colors.text : look.colors.quiet;
    for (const [i, line] of lines.entries()) {
      write(context, line, left, top - middle + (i + 0.5) * size * LEADING);
    }
    written.push(node);
  }

  // What is measured once

  /**
   * How wide a country is.
   * @param {Region} region
   */
  #reach(region) {
    let reach = this.#reaches.get(region);
    if (reach === undefined) {
      const xs = region.rings[0].filter((_, i) => i % 2 === 0);
      reach = Math.max(...xs) - Math.min(...xs);
      this.#reaches.set(region, reach);
    }
    return reach;
  }

  /** @param {string} text @param {string} font */
  #width(text, font) {
    const key = font + text;
    let width = this.#widths.get(key);
    if (width === undefined) {
      this.measure.font = font;
      width = this.measure.measureText(text).width;
      this.#widths.set(key, width);
    }
    return width;
  }

  /** @param {Node} node @param {string} text */
  #wrapped(node, text) {
    let lines = this.#lines.get(node);
    if (!lines) {
      lines = wrap(text, this.graph.isEntity(node) ? ENTITY_WIDTH : PAPER_WIDTH);
      this.#lines.set(node, lines);
    }
    return lines;
  }
}

/** @param {Context} context @param {string} text @param {number} x @param {number} y */
function write(context, text, x, y) {
  context.strokeText(text, x, y);
  context.fillText(text, x, y);
}
