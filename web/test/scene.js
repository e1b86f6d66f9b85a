// A scene to test with: two papers name "a" and "b", one of them "c" too; a third names "d" alone.

import { Graph } from "../src/graph.js";

/** @import { Scene } from "../src/types.js" */

/** @returns {Scene} */
const scene = () => ({
  types: ["method", "task"],
  relations: ["uses", "mentions"],
  entities: {
    id: ["a", "b", "c", "d"],
    label: ["A", "B", "C", "D"],
    aliases: [[], [], [], []],
    type: [0, 1, 0, 0],
    papers: [2, 2, 1, 1],
    radius: [9, 9, 5, 5],
    region: [0, 0, 0, -1],
    x: [0, 10, 20, 90],
    y: [0, 0, 0, 0],
  },
  papers: {
    id: ["p1", "p2", "p3"],
    date: ["2023-05-01", "2024", null],
    region: [0, 0, -1],
    x: [5, 15, 95],
    y: [5, 5, 5],
  },
  links: {
    paper: [0, 0, 1, 1, 1, 2],
    entity: [0, 1, 0, 1, 2, 3],
    relation: [0, 0, 0, 1, 0, 0],
    confidence: [90, 90, 90, 90, 90, 90],
  },
  ties: { one: [0], other: [1], weight: [1] },
  regions: [],
  focus: null,
});

/** The graph, a way from ids to nodes, and the way back. */
export function small() {
  const graph = new Graph(scene());
  return {
    graph,
    /** @param {string} id */
    at(id) {
      const node = graph.indexOf.get(id);
      if (node === undefined) throw new Error(`nothing is called ${id}`);
      return node;
    },
    /** @param {Iterable<number> | null} nodes */
    names: (nodes) => nodes && [...nodes].map((node) => graph.ids[node]).join(" "),
  };
}
