import assert from "node:assert/strict";
import { test } from "node:test";
import { span } from "../src/controls.js";

test("all months between two", () =>
  assert.deepEqual(span("2023-11", "2024-02"), ["2023-11", "2023-12", "2024-01", "2024-02"]));
test("one month", () => assert.deepEqual(span("2023-11", "2023-11"), ["2023-11"]));
