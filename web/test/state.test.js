import assert from "node:assert/strict";
import { test } from "node:test";
import { State } from "../src/state.js";
import { small } from "./scene.js";

/** A state of the small graph, its parts by name. */
function fresh() {
  const { graph, at, names } = small();
  const state = new State(graph);
  return {
    graph,
    at,
    state,
    lit: () => names(state.lit),
    path: () => names(state.path),
    shown: () => names(state.shownNodes()),
    threads: () =>
      state.threads.map((link) => `${graph.ids[graph.paperOf[link]]}-${graph.ids[graph.entityOf[link]]}`).join(" "),
  };
}

test("where nothing is chosen all entities are shown, papers when one is near, and nothing stands out", () => {
  const { state, shown, threads, lit } = fresh();
  assert.equal(shown(), "a b c d");
  state.papersOn = true;
  assert.equal(shown(), "a b c d p1 p2 p3");
  assert.equal(lit(), null);
  assert.equal(threads(), "");
  assert.ok(!state.faded(0));
});

test("an entity stands out with its papers and all that they name, by its own links", () => {
  const { state, at, lit, threads, shown } = fresh();
  state.choose(at("c"));
  assert.equal(lit(), "c p2 a b");
  assert.equal(threads(), "p2-c");
  assert.equal(shown(), "a b c d p2");
  assert.ok(state.faded(at("d")));
  assert.ok(!state.faded(at("p2")));
});

test("a paper stands out with what it names", () => {
  const { state, at, lit, threads } = fresh();
  state.choose(at("p1"));
  assert.equal(lit(), "p1 a b");
  assert.equal(threads(), "p1-a p1-b");
});

test("with a depth nothing else is drawn, and all links within it are", () => {
  const { state, at, shown, threads } = fresh();
  state.papersOn = true;
  state.choose(at("c"), { depth: 1 });
  assert.ok(state.alone);
  assert.equal(shown(), "a b c p2");
  assert.equal(threads(), "p2-a p2-b p2-c");
});

test("a path is all that is drawn", () => {
  const { state, at, path, shown, threads } = fresh();
  state.choose(at("p1"), { pathTo: at("c") });
  assert.equal(path(), "p1 a p2 c");
  assert.equal(shown(), "a c p1 p2");
  assert.equal(threads(), "p1-a p2-a p2-c");
});

test("where no path leads, the node stands out as without one", () => {
  const { state, at, path, lit } = fresh();
  state.choose(at("a"), { pathTo: at("d") });
  assert.equal(path(), null);
  assert.equal(lit(), "a p1 p2 b c");
  assert.ok(!state.alone);
});

test("nothing chosen is no depth and no path, and leaves the keyboard where it was", () => {
  const { state, at } = fresh();
  state.choose(at("a"), { depth: 2, pathTo: at("b") });
  state.hovered = at("c");
  state.choose(null, { depth: 2, pathTo: at("b") });
  const { chosen, depth, pathTo, path, lit, hovered, cursor } = state;
  assert.deepEqual(
    { chosen, depth, pathTo, path, lit, hovered },
    {
      chosen: null,
      depth: 0,
      pathTo: null,
      path: null,
      lit: null,
      hovered: null,
    },
  );
  assert.equal(cursor, at("a"));
});

test("a choice is made already only if depth and path are the same", () => {
  const { state, at } = fresh();
  state.choose(at("a"), { depth: 1 });
  assert.ok(state.isAt(at("a"), { depth: 1, pathTo: null }));
  assert.ok(!state.isAt(at("a"), { depth: 2, pathTo: null }));
  assert.ok(!state.isAt(at("a"), { depth: 1, pathTo: at("b") }));
  assert.ok(!state.isAt(at("b"), { depth: 1, pathTo: null }));
  state.choose(null);
  assert.ok(!state.isAt(null, { depth: 0, pathTo: null }));
});

test("filters are followed, and a path that they cut is another one", () => {
  const { graph, state, at, path, lit, threads } = fresh();
  state.choose(at("p1"), { pathTo: at("c") });
  assert.ok(!state.update());
  graph.filter({ ...graph.everything(), types: new Set(["task"]) });
  assert.ok(state.update());
  assert.equal(path(), null);
  assert.equal(lit(), "p1 b");
  assert.equal(threads(), "p1-b");
});

test("what filters hide is not shown, lit or not", () => {
  const { graph, state, at, shown } = fresh();
  state.choose(at("c"));
  graph.filter({ ...graph.everything(), least: 2 });
  assert.equal(shown(), "a b p2");
});

test("the keyboard begins at the first that is shown, then goes on, and stays where nothing follows", () => {
  const { state, at } = fresh();
  assert.equal(state.step(1, 0), at("a"));
  assert.equal(state.step(1, 0), at("b"));
  assert.equal(state.step(-1, 0), at("a"));
  assert.equal(state.step(-1, 0), at("a"));
});

test("the keyboard begins anew where its node is hidden, and nowhere where all are", () => {
  const { graph, state, at } = fresh();
  state.cursor = at("a");
  graph.filter({ ...graph.everything(), types: new Set(["task"]) });
  assert.equal(state.step(1, 0), at("b"));
  graph.filter({ ...graph.everything(), types: new Set(), papers: false });
  assert.equal(state.step(1, 0), null);
});
