import assert from "node:assert/strict";
import { test } from "node:test";
import { readAddress, writeAddress } from "../src/address.js";

const ids = ["method/grpo", "model/a&b=c#d%", "paper/doi/10.1/x y"];
const graph = { ids, indexOf: new Map(ids.map((id, index) => [id, index])) };

test("an address leads back to its state, whatever the names hold", () => {
  for (const node of ids.keys()) {
    for (const state of [
      { depth: 0, pathTo: null },
      { depth: 2, pathTo: null },
      { depth: 0, pathTo: (node + 1) % 3 },
    ]) {
      const { depth, pathTo } = state;
      assert.deepEqual(readAddress(graph, writeAddress(graph, { chosen: node, depth, pathTo })), {
        node,
        depth,
        pathTo,
      });
    }
  }
});

test("nothing chosen is no address", () => {
  assert.equal(writeAddress(graph, { chosen: null, depth: 0, pathTo: null }), "");
  assert.deepEqual(readAddress(graph, ""), { node: null, depth: 0, pathTo: null });
});

test("what no address of ours says is passed over", () => {
  assert.deepEqual(readAddress(graph, "#node=method/grpo&depth=9&to=nobody&&=&x"), { node: 0, depth: 0, pathTo: null });
  assert.deepEqual(readAddress(graph, "#node=method/grpo&to=method/grpo"), { node: 0, depth: 0, pathTo: null });
  assert.deepEqual(readAddress(graph, "#to=method/grpo"), { node: null, depth: 0, pathTo: 0 });
  assert.deepEqual(readAddress(graph, "#node=%E0%A4%A"), { node: undefined, depth: 0, pathTo: null });
});
