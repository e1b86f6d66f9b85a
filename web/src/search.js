// Suggestions: names that are the text, then those that begin with it, then those with a word that does, then the rest.

/** @import { Entry, Suggestion } from "./types.js" */

/** @param {string} text */
export const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

const NOT = 4; // a rank behind all that are found

/**
 * How well a name answers: the name itself, its beginning, the beginning of a word, within a word.
 * @param {string} name
 * @param {string} wanted
 * @returns {number}
 */
function rankOf(name, wanted) {
  const at = name.indexOf(wanted);
  if (at < 0) return NOT;
  if (name === wanted) return 0;
  if (at === 0) return 1;
  return /[\p{L}\p{N}]/u.test(name[at - 1]) ? 3 : 2;
}

export class Search {
  /** @type {(Entry & { folded: string[] })[]} */
  entries = [];

  /** @param {Entry[]} entries */
  constructor(entries) {
    this.add(entries);
  }

  /** @param {Entry[]} entries */
  add(entries) {
    for (const entry of entries) this.entries.push({ ...entry, folded: entry.names.map(fold) });
  }

  /**
   * @param {string} text
   * @returns {Suggestion[]}
   */
  suggest(text, most = 10) {
    const wanted = fold(text.trim());
    if (!wanted) return [];
    const found = [];
    for (const { node, names, weight, folded } of this.entries) {
      const ranks = folded.map((name) => rankOf(name, wanted));
      const rank = Math.min(...ranks);
      if (rank < NOT) found.push({ node, rank, weight, name: names[0], matched: names[ranks.indexOf(rank)] });
    }
    return found.sort((a, b) => a.rank - b.rank || b.weight - a.weight || a.node - b.node).slice(0, most);
  }
}
