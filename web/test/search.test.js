import assert from "node:assert/strict";
import { test } from "node:test";
import { Search } from "../src/search.js";

const search = new Search([
  { node: 0, names: ["GSM8K", "Grade School Math 8K"], weight: 5 },
  { node: 1, names: ["GSM8K-Platinum"], weight: 9 },
  { node: 2, names: ["Platinum GSM8K"], weight: 1 },
  { node: 3, names: ["Évaluation"], weight: 1 },
]);
/** @param {string} text */
const nodes = (text) => search.suggest(text).map((each) => each.node);

test("the name itself comes first, then beginnings, then words within", () =>
  assert.deepEqual(nodes("gsm8k"), [0, 1, 2]));
test("an alias finds its node and says so", () =>
  assert.equal(search.suggest("grade school")[0].matched, "Grade School Math 8K"));
test("accents and case do not matter", () => assert.deepEqual(nodes("evaluation"), [3]));
test("nothing is suggested for nothing", () => assert.deepEqual(nodes("  "), []));
test("no more than asked for", () => assert.equal(search.suggest("g", 1).length, 1));
test("text is no pattern", () => assert.deepEqual(nodes("(.*"), []));
