// Suggestions: names that are the text, then those that begin with it, then those with a word that does, then the rest.

export const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** `entries` are { node, names, weight }: the first name is shown, the others are aliases. */
export class Search {
  constructor(entries) {
    this.entries = [];
    this.add(entries);
  }

  add(entries) {
    for (const entry of entries) this.entries.push({ ...entry, folded: entry.names.map(fold) });
  }

  suggest(text, most = 10) {
    const wanted = fold(text.trim());
    if (!wanted) return [];
    const ranked = [];
    for (const entry of this.entries) {
      let best = 9,
        matched = 0;
      entry.folded.forEach((name, place) => {
        const at = name.indexOf(wanted);
        if (at < 0) return;
        const rank = name === wanted ? 0 : at === 0 ? 1 : /[\p{L}\p{N}]/u.test(name[at - 1]) ? 3 : 2;
        if (rank < best) [best, matched] = [rank, place];
      });
      if (best < 9)
        ranked.push({
          node: entry.node,
          rank: best,
          weight: entry.weight,
          name: entry.names[0],
          matched: entry.names[matched],
        });
    }
    return ranked.sort((a, b) => a.rank - b.rank || b.weight - a.weight || a.node - b.node).slice(0, most);
  }
}
