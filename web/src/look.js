// How each thing looks now: the state of the page and the theme's colours, as a few functions of a node.

import { screenRadius } from "./painter.js";

const NAMES = ["ground", "text", "quiet", "outline", "focus", "edge", "paper"];

/** The colours of the style sheet in the current theme. */
export function readColours(scene) {
  const style = getComputedStyle(document.documentElement),
    colors = {};
  const tints = [0, 1, 2, 3, 4, 5].flatMap((tint) => [`tint-${tint}`, `coast-${tint}`, `name-${tint}`]);
  for (const name of [...NAMES, ...scene.types, ...scene.relations, ...tints])
    colors[name] = style.getPropertyValue(`--${name}`).trim();
  return colors;
}

/**
 * `state`: { chosen, hovered, cursor, lit, path, depth, papersOn }. `lit` are the nodes that what is chosen stands out
 * with; with a depth above 0 or a path nothing else is drawn.
 */
export function makeLook(graph, state, colors, titleOf) {
  const { lit } = state,
    only = lit !== null && (state.depth > 0 || state.path !== null);
  const shown = (node) =>
    graph.visible[node] === 1 &&
    (only ? lit.has(node) : graph.isEntity(node) || state.papersOn || (lit !== null && lit.has(node)));
  const faded = (node) => lit !== null && !lit.has(node);
  const size = (node) => (node === state.chosen ? Math.max(graph.radius[node], 9) : graph.radius[node]);
  return {
    colors,
    shown,
    faded,
    size,
    radius: (node, scale) => screenRadius(size(node), scale),
    title: titleOf,
    focused: lit !== null,
    depth: state.depth,
    strong: state.path !== null,
    lit,
    chosen: state.chosen,
    hovered: state.hovered,
    cursor: state.cursor,
    covered: [],
    first: [...new Set([state.hovered, state.chosen, state.cursor, ...(state.path ?? [])])].filter(
      (node) => node !== null && shown(node),
    ),
    threads: state.threads,
    tie(one, other, weight) {
      if (!shown(one) || !shown(other) || lit !== null) return 0;
      return Math.min(0.55, 0.2 + 0.6 * weight) * (graph.size > 4000 ? 0.6 : 1);
    },
  };
}
