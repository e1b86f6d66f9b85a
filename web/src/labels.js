// Which labels fit: the important first, none over another.

/** @import { Box } from "./types.js" */

const CELL = 64;

/** @param {Box} one @param {Box} other */
const overlap = (one, other) => one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];

/** A board on which rectangles are put down where nothing lies yet. */
export class Board {
  /** @type {Map<number, Box[]>} What touches each cell of the board. */
  cells = new Map();

  /**
   * The rectangle is taken, unless something overlaps it; says whether it was.
   * @param {number} left
   * @param {number} top
   * @param {number} right
   * @param {number} bottom
   */
  take(left, top, right, bottom, force = false) {
    /** @type {Box} */
    const box = [left, top, right, bottom];
    const touched = [];
    for (let column = Math.floor(left / CELL); column <= Math.floor(right / CELL); column++) {
      for (let row = Math.floor(top / CELL); row <= Math.floor(bottom / CELL); row++) {
        const key = column * 4096 + row;
        if (!force && this.cells.get(key)?.some((other) => overlap(box, other))) return false;
        touched.push(key);
      }
    }
    for (const key of touched) {
      const cell = this.cells.get(key);
      if (cell) cell.push(box);
      else this.cells.set(key, [box]);
    }
    return true;
  }
}

/**
 * A label in at most two short lines.
 * @param {string} text
 */
export function wrap(text, width = 18) {
  if (text.length <= width + 2) return [text];
  const lines = [""];
  for (const word of text.split(/\s+/)) {
    const last = lines[lines.length - 1];
    if (!last || last.length + word.length < width) lines[lines.length - 1] += (last ? " " : "") + word;
    else if (lines.length < 2) lines.push(word);
    else {
      lines[1] += " …";
      break;
    }
  }
  return lines.map((line) => (line.length > width + 6 ? `${line.slice(0, width + 4)}…` : line));
}
