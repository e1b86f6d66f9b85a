// How each thing looks now: the state of the page and the theme's colours, as a few functions of a node.

import { screenRadius } from "./screen.js";

/** @import { Colors, Look, Node, Scene } from "./types.js" */
/** @import { Graph } from "./graph.js" */
/** @import { State } from "./state.js" */

const NAMES = ["ground", "text", "quiet", "outline", "focus", "edge", "paper"];
const CHOSEN_RADIUS = 9; // of what is chosen, at least: a paper would be lost
const MANY = 4000; // nodes, whose ties would cover all else if they were not fainter

/**
 * The colours of the style sheet in the current theme.
 * @param {Scene} scene
 */
export function readColours(scene) {
  const style = getComputedStyle(document.documentElement);
  const tints = [0, 1, 2, 3, 4, 5].flatMap((tint) => [`tint-${tint}`, `coast-${tint}`, `name-${tint}`]);
  /** @type {Colors} */
  const colors = {};
  for (const name of [...NAMES, ...scene.types, ...scene.relations, ...tints]) {
    colors[name] = style.getPropertyValue(`--${name}`).trim();
  }
  return colors;
}

/**
 * @param {Graph} graph
 * @param {State} state
 * @param {Colors} colors
 * @param {(node: Node) => string} titleOf
 * @returns {Look}
 */
export function makeLook(graph, state, colors, titleOf) {
  const { chosen, hovered, cursor, lit, path, threads } = state;
  /** @param {Node} node */
  const shown = (node) => state.shown(node);
  /** @param {Node} node */
  const size = (node) => (node === chosen ? Math.max(graph.radius[node], CHOSEN_RADIUS) : graph.radius[node]);
  const asked = [hovered, chosen, cursor, ...(path ?? [])];
  return {
    colors,
    shown,
    faded: (node) => state.faded(node),
    size,
    radius: (node, scale) => screenRadius(size(node), scale),
    title: titleOf,
    focused: lit !== null,
    strong: path !== null,
    lit,
    chosen,
    hovered,
    cursor,
    covered: [],
    first: [...new Set(asked)].filter((node) => node !== null).filter(shown),
    threads,
    tie(one, other, weight) {
      if (lit !== null || !shown(one) || !shown(other)) return 0;
      return Math.min(0.55, 0.2 + 0.6 * weight) * (graph.size > MANY ? 0.6 : 1);
    },
  };
}
