import assert from "node:assert/strict";
import { test } from "node:test";
import { monthOf } from "../src/graph.js";
import { small } from "./scene.js";

test("a step goes over papers to all that they name", () => {
  const { graph, at, names } = small();
  assert.equal(names(graph.around(at("c"), 1)), "c p2 a b");
  assert.equal(names(graph.around(at("c"), 2)), "c p2 a b p1");
  assert.equal(names(graph.around(at("p1"), 1)), "p1 a b");
});

test("a shortest path alternates between entities and papers", () => {
  const { graph, at, names } = small();
  assert.equal(names(graph.path(at("p1"), at("c"))), "p1 a p2 c");
  assert.equal(graph.path(at("a"), at("d")), null);
  assert.equal(names(graph.path(at("a"), at("a"))), "a");
  assert.equal(graph.relation(graph.linkBetween(at("p2"), at("b"))), "mentions");
});

test("filters hide what they leave without links", () => {
  const { graph, names } = small();
  const visible = () => names([...graph.visible.keys()].filter((node) => graph.visible[node]));
  graph.filter({ ...graph.everything(), types: new Set(["task"]) });
  assert.equal(visible(), "b p1 p2");
  graph.filter({ ...graph.everything(), relations: new Set(["mentions"]) });
  assert.equal(visible(), "b p2");
  graph.filter({ ...graph.everything(), least: 2 });
  assert.equal(visible(), "a b p1 p2");
  graph.filter({ ...graph.everything(), papers: false });
  assert.equal(visible(), "a b c d");
  graph.filter(graph.everything());
  assert.equal(visible(), "a b c d p1 p2 p3");
});

test("a stretch of time leaves out what is undated or outside it", () => {
  const { graph, names } = small();
  graph.filter({ ...graph.everything(), from: "2024-01", to: "2024-12" });
  assert.equal(names([...graph.visible.keys()].filter((node) => graph.visible[node])), "a b c p2");
  assert.deepEqual(graph.months, ["2023-05", "2024-01"]);
});

test("hidden links lead nowhere", () => {
  const { graph, at, names } = small();
  graph.filter({ ...graph.everything(), relations: new Set(["mentions"]) });
  assert.equal(graph.path(at("a"), at("b")), null);
  assert.deepEqual(graph.visibleLinks(at("a")), []);
  assert.equal(names(graph.neighbours(at("b"))), "p2");
});

test("links among some nodes have both their ends there", () => {
  const { graph, at, names } = small();
  const links = graph.linksAmong(new Set([at("p1"), at("a"), at("c")]));
  assert.equal(names(links.map((link) => graph.paperOf[link])), "p1");
  assert.equal(names(links.map((link) => graph.entityOf[link])), "a");
});

test("links are told apart by relation", () => {
  const { graph, at } = small();
  const found = graph.byRelation(graph.linksOf(at("b")));
  assert.deepEqual(
    [...found].map(([name, links]) => [name, links.length]),
    [
      ["uses", 1],
      ["mentions", 1],
    ],
  );
});

test("the arrow keys go to the nearest node in their direction", () => {
  const { graph, at } = small();
  const right = graph.towards(at("a"), 1, 0, (node) => graph.isEntity(node));
  assert.equal(right, at("b"));
  assert.equal(graph.towards(at("a"), -1, 0), null);
});

test("counts are of what is visible", () => {
  const { graph } = small();
  assert.deepEqual(graph.counts(), { method: 3, task: 1, paper: 3 });
  assert.deepEqual(graph.relationCounts(), { uses: 5, mentions: 1 });
});

test("months of dates of any precision", () => {
  assert.equal(monthOf("2024-06-30"), "2024-06");
  assert.equal(monthOf("2024"), "2024-01");
  assert.equal(monthOf("soon"), null);
  assert.equal(monthOf(null), null);
});
