// Which labels fit: the important first, none over another.

const CELL = 64;

/** A board on which rectangles are put down where nothing lies yet. */
export class Board {
  constructor() {
    this.cells = new Map();
  }

  /** The rectangle is taken, unless something overlaps it; says whether it was. */
  take(left, top, right, bottom, force = false) {
    const touched = [];
    for (let column = Math.floor(left / CELL); column <= Math.floor(right / CELL); column++) {
      for (let row = Math.floor(top / CELL); row <= Math.floor(bottom / CELL); row++) {
        const key = column * 4096 + row,
          cell = this.cells.get(key);
        if (!force && cell?.some((other) => left < other[2] && other[0] < right && top < other[3] && other[1] < bottom))
          return false;
        touched.push(key);
      }
    }
    const box = [left, top, right, bottom];
    for (const key of touched) this.cells.has(key) ? this.cells.get(key).push(box) : this.cells.set(key, [box]);
    return true;
  }
}

/** A label in at most two short lines. */
export function wrap(text, width = 18) {
  if (text.length <= width + 2) return [text];
  const lines = [""];
  for (const word of text.split(/\s+/)) {
    if (lines.at(-1) && lines.at(-1).length + word.length >= width) {
      if (lines.length === 2) {
        lines[1] += " …";
        break;
      }
      lines.push("");
    }
    lines[lines.length - 1] += (lines.at(-1) ? " " : "") + word;
  }
  return lines.map((line) => (line.length > width + 6 ? line.slice(0, width + 4) + "…" : line));
}
