// Everything around the discs: countries, lines that were asked for, rings, names; and the discs, for pictures that no
// renderer draws. It draws on whatever has the few methods of a 2D context that it needs, so that the page, the PNG
// and the SVG look the same.

import { Lettering } from "./lettering.js";
import { isOnScreen, project } from "./screen.js";

/** @import { Context, Look, ScreenView } from "./types.js" */
/** @import { Graph } from "./graph.js" */

const MOST_LINES = 4000;
const COAST = 1.2; // pixels
const BEHIND = 0.45; // the opacity of countries behind what stands out
export const FADED = 0.15; // the opacity of discs behind what stands out
const MARGIN = 50; // pixels beyond the edge from where a disc reaches in
const SPECK = 2.5; // pixels: a disc too small for an outline

export class Painter {
  /** @type {Map<number, Path2D>} */
  #outlines = new Map();
  /** @type {Map<number, number[][]>} The rings of all countries of a tint. */
  #countries = new Map();

  /**
   * @param {Graph} graph
   * @param {CanvasRenderingContext2D} measure a context to measure text with
   */
  constructor(graph, measure) {
    this.graph = graph;
    this.lettering = new Lettering(graph, measure);
    for (const { tint, rings } of graph.scene.regions) {
      this.#countries.set(tint, [...(this.#countries.get(tint) ?? []), ...rings]);
    }
  }

  /**
   * Countries below all else.
   * @param {Context} context
   * @param {ScreenView} camera
   * @param {Look} look
   */
  ground(context, camera, look) {
    context.lineJoin = "round";
    context.globalAlpha = look.focused ? BEHIND : 1;
    if ("setTransform" in context) this.#groundAtOnce(context, camera, look);
    else this.#groundByPoints(context, camera, look);
    context.globalAlpha = 1;
  }

  /**
   * A canvas scales whole paths.
   * @param {CanvasRenderingContext2D} context
   * @param {ScreenView} camera
   * @param {Look} look
   */
  #groundAtOnce(context, { x, y, scale, width, height }, look) {
    context.save();
    context.translate(width / 2 - x * scale, height / 2 - y * scale);
    context.scale(scale, scale);
    for (const [tint, rings] of this.#countries) {
      const path = this.#outline(tint, rings);
      tinted(context, look, tint, COAST / scale);
      context.fill(path, "evenodd");
      context.stroke(path);
    }
    context.restore();
  }

  /**
   * SVG gets them point by point.
   * @param {Context} context
   * @param {ScreenView} camera
   * @param {Look} look
   */
  #groundByPoints(context, camera, look) {
    const at = project(camera);
    for (const [tint, rings] of this.#countries) {
      context.beginPath();
      trace(context, rings, at);
      tinted(context, look, tint, COAST);
      context.fill("evenodd");
      context.stroke();
    }
  }

  /**
   * The coasts of all countries of a tint, in units of the map.
   * @param {number} tint
   * @param {number[][]} rings
   */
  #outline(tint, rings) {
    let outline = this.#outlines.get(tint);
    if (!outline) {
      outline = new Path2D();
      trace(outline, rings, (x, y) => [x, y]);
      this.#outlines.set(tint, outline);
    }
    return outline;
  }

  /**
   * The links of what was asked for, in the colours of their relations.
   * @param {Context} context
   * @param {ScreenView} camera
   * @param {Look} look
   */
  threads(context, camera, look) {
    const { graph } = this;
    const at = project(camera);
    for (const [name, links] of graph.byRelation(look.threads.slice(0, MOST_LINES))) {
      context.beginPath();
      for (const link of links) {
        context.moveTo(...at(graph.x[graph.paperOf[link]], graph.y[graph.paperOf[link]]));
        context.lineTo(...at(graph.x[graph.entityOf[link]], graph.y[graph.entityOf[link]]));
      }
      context.strokeStyle = look.colors[name];
      context.globalAlpha = Math.min(0.75, 6 / Math.sqrt(look.threads.length)); // the more, the fainter
      context.lineWidth = look.strong ? 3 : 1.4;
      context.stroke();
    }
    context.globalAlpha = 1;
  }

  /**
   * As many names as fit; returns the nodes that have one.
   * @param {Context} context
   * @param {ScreenView} camera
   * @param {Look} look
   */
  labels(context, camera, look) {
    return this.lettering.write(context, camera, look);
  }

  /**
   * Rings around what is chosen and what the keyboard is at.
   * @param {Context} context
   * @param {ScreenView} camera
   * @param {Look} look
   */
  rings(context, camera, look) {
    const at = project(camera);
    for (const { node, colour, gap, line } of [
      { node: look.chosen, colour: look.colors.text, gap: 2.5, line: 2 },
      { node: look.hovered, colour: look.colors.text, gap: 1.5, line: 2 },
      { node: look.cursor, colour: look.colors.focus, gap: 5, line: 3 },
    ]) {
      if (node === null || !look.shown(node)) continue;
      context.beginPath();
      context.arc(...at(this.graph.x[node], this.graph.y[node]), look.radius(node, camera.scale) + gap, 0, 2 * Math.PI);
      context.strokeStyle = colour;
      context.lineWidth = line;
      context.stroke();
    }
  }

  /**
   * Ties and discs.
   * @param {Context} context
   * @param {ScreenView} camera
   * @param {Look} look
   */
  discs(context, camera, look) {
    this.#ties(context, camera, look);
    const { graph } = this;
    const at = project(camera);
    // The large last, which puts them on top.
    for (let node = graph.size - 1; node >= 0; node--) {
      const place = at(graph.x[node], graph.y[node]);
      if (!look.shown(node) || !isOnScreen(camera, place, MARGIN)) continue;
      const outline = graph.isEntity(node) ? look.colors.outline : null;
      const alpha = look.faded(node) ? FADED : 1;
      disc(context, ...place, look.radius(node, camera.scale), look.colors[graph.kind(node)], outline, alpha);
    }
    context.globalAlpha = 1;
  }

  /** @param {Context} context @param {ScreenView} camera @param {Look} look */
  #ties(context, camera, look) {
    const { graph } = this;
    const at = project(camera);
    const { one, other, weight } = graph.scene.ties;
    for (let tie = 0; tie < one.length; tie++) {
      const alpha = look.tie(one[tie], other[tie], weight[tie]);
      if (!alpha) continue;
      context.beginPath();
      context.moveTo(...at(graph.x[one[tie]], graph.y[one[tie]]));
      context.lineTo(...at(graph.x[other[tie]], graph.y[other[tie]]));
      context.globalAlpha = alpha;
      context.strokeStyle = look.colors.edge;
      context.lineWidth = 1;
      context.stroke();
    }
  }

  /**
   * The whole picture, from the sea to the rings.
   * @param {Context} context
   * @param {ScreenView} camera
   * @param {Look} look
   */
  all(context, camera, look) {
    this.ground(context, camera, look);
    this.threads(context, camera, look);
    this.discs(context, camera, look);
    this.rings(context, camera, look);
    this.labels(context, camera, look);
  }
}

/**
 * The colours of a country.
 * @param {Context} context
 * @param {Look} look
 * @param {number} tint
 * @param {number} coast
 */
function tinted(context, look, tint, coast) {
  context.fillStyle = look.colors[`tint-${tint}`];
  context.strokeStyle = look.colors[`coast-${tint}`];
  context.lineWidth = coast;
}

/**
 * @param {{ moveTo(x: number, y: number): void, lineTo(x: number, y: number): void, closePath(): void }} path
 * @param {number[][]} rings
 * @param {(x: number, y: number) => [number, number]} at
 */
function trace(path, rings, at) {
  for (const ring of rings) {
    for (let i = 0; i < ring.length; i += 2) path[i ? "lineTo" : "moveTo"](...at(ring[i], ring[i + 1]));
    path.closePath();
  }
}

/**
 * @param {Context} context
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 * @param {string} fill
 * @param {string | null} outline
 * @param {number} alpha
 */
export function disc(context, x, y, radius, fill, outline, alpha) {
  context.globalAlpha = alpha;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = fill;
  context.fill();
  if (outline && radius > SPECK) {
    context.strokeStyle = outline;
    context.lineWidth = 1;
    context.stroke();
  }
}
