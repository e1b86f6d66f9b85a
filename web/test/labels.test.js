import assert from "node:assert/strict";
import { test } from "node:test";
import { Board, wrap } from "../src/labels.js";

test("what overlaps is refused", () => {
  const board = new Board();
  assert.ok(board.take(0, 0, 100, 20));
  assert.ok(!board.take(50, 10, 150, 30));
  assert.ok(board.take(0, 21, 100, 40));
  assert.ok(board.take(50, 10, 150, 30, true), "unless it is forced");
});

test("of many random rectangles none that lie overlap", () => {
  const board = new Board();
  const lying = [];
  let seed = 7;
  /** @param {number} most */
  const random = (most) => {
    seed = (seed * 16807) % 2147483647;
    return seed % most;
  };
  for (let i = 0; i < 2000; i++) {
    const left = random(1500) - 100;
    const top = random(1000) - 100;
    /** @type {[number, number, number, number]} */
    const box = [left, top, left + 20 + random(150), top + 10 + random(30)];
    if (board.take(...box)) lying.push(box);
  }
  assert.ok(lying.length > 50);
  for (const [i, a] of lying.entries()) {
    for (const b of lying.slice(i + 1)) assert.ok(!(a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]));
  }
});

test("labels are at most two short lines", () => {
  assert.deepEqual(wrap("GRPO"), ["GRPO"]);
  assert.deepEqual(wrap("reward hacking mitigation"), ["reward hacking", "mitigation"]);
  assert.equal(wrap("a very long name of a thing that goes on and on and on").length, 2);
  assert.ok(wrap("x".repeat(400))[0].length < 40);
});
