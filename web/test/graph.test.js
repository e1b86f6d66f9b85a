import assert from "node:assert/strict";
import { test } from "node:test";
import { Graph, monthOf } from "../src/graph.js";

// Two papers name "a" and "b", one of them "c" too; a third names "d" alone.
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
});
const names = (graph, nodes) =>
  [...nodes]
    .map((node) => graph.ids[node])
    .sort()
    .join(" ");
const visible = (graph) =>
  names(
    graph,
    [...graph.visible.keys()].filter((node) => graph.visible[node]),
  );

test("a step goes over papers to all that they name", () => {
  const graph = new Graph(scene());
  assert.equal(names(graph, graph.around(graph.indexOf.get("c"), 1)), "a b c p2");
  assert.equal(names(graph, graph.around(graph.indexOf.get("c"), 2)), "a b c p1 p2");
  assert.equal(names(graph, graph.around(graph.indexOf.get("p1"), 1)), "a b p1");
});

test("a shortest path alternates between entities and papers", () => {
  const graph = new Graph(scene()),
    at = (id) => graph.indexOf.get(id);
  assert.deepEqual(
    graph.path(at("p1"), at("c")).map((node) => graph.ids[node]),
    ["p1", "a", "p2", "c"],
  );
  assert.equal(graph.path(at("a"), at("d")), null);
  assert.deepEqual(graph.path(at("a"), at("a")), [at("a")]);
  assert.equal(graph.relation(graph.linkBetween(at("p2"), at("b"))), "mentions");
});

test("filters hide what they leave without links", () => {
  const graph = new Graph(scene());
  graph.filter({ ...graph.everything(), types: new Set(["task"]) });
  assert.equal(visible(graph), "b p1 p2");
  graph.filter({ ...graph.everything(), relations: new Set(["mentions"]) });
  assert.equal(visible(graph), "b p2");
  graph.filter({ ...graph.everything(), least: 2 });
  assert.equal(visible(graph), "a b p1 p2");
  graph.filter({ ...graph.everything(), papers: false });
  assert.equal(visible(graph), "a b c d");
  graph.filter(graph.everything());
  assert.equal(visible(graph), "a b c d p1 p2 p3");
});

test("a stretch of time leaves out what is undated or outside it", () => {
  const graph = new Graph(scene());
  graph.filter({ ...graph.everything(), from: "2024-01", to: "2024-12" });
  assert.equal(visible(graph), "a b c p2");
  assert.deepEqual(graph.months, ["2023-05", "2024-01"]);
});

test("hidden links lead nowhere", () => {
  const graph = new Graph(scene());
  graph.filter({ ...graph.everything(), relations: new Set(["mentions"]) });
  assert.equal(graph.path(graph.indexOf.get("a"), graph.indexOf.get("b")), null);
});

test("the arrow keys go to the nearest node in their direction", () => {
  const graph = new Graph(scene()),
    at = (id) => graph.indexOf.get(id);
  assert.equal(
    graph.towards(at("a"), 1, 0, (node) => graph.isEntity(node)),
    at("b"),
  );
  assert.equal(graph.towards(at("a"), -1, 0), null);
});

test("counts are of what is visible", () => {
  const graph = new Graph(scene());
  assert.deepEqual(graph.counts(), { method: 3, task: 1, paper: 3 });
  assert.deepEqual(graph.relationCounts(), { uses: 5, mentions: 1 });
});

test("months of dates of any precision", () => {
  assert.equal(monthOf("2024-06-30"), "2024-06");
  assert.equal(monthOf("2024"), "2024-01");
  assert.equal(monthOf("soon"), null);
  assert.equal(monthOf(null), null);
});
