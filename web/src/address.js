// What stands after the # of the address: the node that is open, and the steps around it or the path from it.

/** @import { Node } from "./types.js" */
/** @import { Graph } from "./graph.js" */

const STEPS = [1, 2, 3];

/**
 * A state as an address; empty where nothing is chosen.
 * @param {Pick<Graph, "ids">} graph
 * @param {{ chosen: Node | null, depth: number, pathTo: Node | null }} state
 */
export function writeAddress(graph, { chosen, depth, pathTo }) {
  /** @param {Node} node */
  const name = (node) => encodeURIComponent(graph.ids[node]).replaceAll("%2F", "/");
  if (chosen === null) return "";
  return `#node=${name(chosen)}${depth ? `&depth=${depth}` : ""}${pathTo === null ? "" : `&to=${name(pathTo)}`}`;
}

/**
 * What an address asks for: `node` is null where it names none, and undefined where the view has none of that name.
 * @param {Pick<Graph, "indexOf">} graph
 * @param {string} hash
 */
export function readAddress(graph, hash) {
  const named = parts(hash);
  const node = named.node === undefined ? null : graph.indexOf.get(named.node);
  const to = named.to === undefined ? null : (graph.indexOf.get(named.to) ?? null);
  return {
    node,
    depth: STEPS.includes(Number(named.depth)) ? Number(named.depth) : 0,
    pathTo: to === node ? null : to,
  };
}

/** @param {string} hash */
function parts(hash) {
  /** @type {Record<string, string>} */
  const named = {};
  for (const part of hash.slice(1).split("&")) {
    const [key, ...value] = part.split("=");
    try {
      named[key] = decodeURIComponent(value.join("="));
    } catch {
      named[key] = value.join("=");
    }
  }
  return named;
}
