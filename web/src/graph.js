// The graph behind the picture: nodes by index (entities, then papers), links between them, and what is visible now.

/** @import { Filters, Link, Node, Scene } from "./types.js" */

const NONE = -1;
const PAPER_RADIUS = 4; // as in kg/view/layout.py

/**
 * The month of a date; a date may be a year alone, which counts as its January, or missing or no date at all: null.
 * @param {string | null} date
 */
export function monthOf(date) {
  const found = /^(\d{4})(?:-(0[1-9]|1[0-2]))?/.exec(date ?? "");
  return found && `${found[1]}-${found[2] ?? "01"}`;
}

/**
 * Offsets and members of each node's links, as one flat list: link numbers, for 100,000 links a few milliseconds.
 * @param {number} count
 * @param {Node[][]} ends
 */
function incidence(count, ends) {
  const start = new Uint32Array(count + 1);
  for (const column of ends) for (const node of column) start[node + 1]++;
  for (let i = 0; i < count; i++) start[i + 1] += start[i];
  const next = start.slice();
  const list = new Uint32Array(start[count]);
  const links = ends[0].length;
  for (let link = 0; link < links; link++) for (const column of ends) list[next[column[link]]++] = link;
  return { start, list };
}

export class Graph {
  /** @param {Scene} scene */
  constructor(scene) {
    this.scene = scene;
    this.entities = scene.entities.id.length;
    this.papers = scene.papers.id.length;
    this.size = this.entities + this.papers;
    this.ids = [...scene.entities.id, ...scene.papers.id];
    this.indexOf = new Map(this.ids.map((id, index) => [id, index]));
    this.x = Float32Array.from([...scene.entities.x, ...scene.papers.x]);
    this.y = Float32Array.from([...scene.entities.y, ...scene.papers.y]);
    this.radius = new Float32Array(this.size).fill(PAPER_RADIUS);
    this.radius.set(scene.entities.radius);
    this.paperOf = scene.links.paper.map((paper) => paper + this.entities);
    this.entityOf = scene.links.entity;
    this.links = this.entityOf.length;
    this.incidence = incidence(this.size, [this.paperOf, this.entityOf]);
    this.visible = new Uint8Array(this.size).fill(1);
    this.linkVisible = new Uint8Array(this.links).fill(1);
    this.monthOfPaper = scene.papers.date.map(monthOf);
    this.months = [...new Set(this.monthOfPaper.filter((month) => month !== null))].sort();
    this.filters = this.everything();
  }

  /**
   * The filters that hide nothing.
   * @returns {Filters}
   */
  everything() {
    const { types, relations } = this.scene;
    return { types: new Set(types), relations: new Set(relations), papers: true, least: 1, from: null, to: null };
  }

  // What a node is

  /** @param {Node} node */
  isEntity(node) {
    return node < this.entities;
  }

  /** @param {Node} node */
  kind(node) {
    return this.isEntity(node) ? this.scene.types[this.scene.entities.type[node]] : "paper";
  }

  /** @param {Node} node */
  regionOf(node) {
    return this.isEntity(node) ? this.scene.entities.region[node] : this.scene.papers.region[node - this.entities];
  }

  /** @param {Node} node */
  date(node) {
    return this.isEntity(node) ? null : this.scene.papers.date[node - this.entities];
  }

  // What it is linked to

  /** @param {Link} link */
  relation(link) {
    return this.scene.relations[this.scene.links.relation[link]];
  }

  /** @param {Node} node */
  linksOf(node) {
    return this.incidence.list.subarray(this.incidence.start[node], this.incidence.start[node + 1]);
  }

  /** @param {Node} node */
  visibleLinks(node) {
    return [...this.linksOf(node)].filter((link) => this.linkVisible[link]);
  }

  /**
   * The visible links that have both their ends among some nodes.
   * @param {Set<Node>} nodes
   */
  linksAmong(nodes) {
    return [...nodes]
      .filter((node) => !this.isEntity(node))
      .flatMap((paper) => this.visibleLinks(paper).filter((link) => nodes.has(this.entityOf[link])));
  }

  /**
   * Links by the names of their relations.
   * @param {Iterable<Link>} links
   */
  byRelation(links) {
    /** @type {Map<string, Link[]>} */
    const found = new Map();
    for (const link of links) {
      const name = this.relation(link);
      const group = found.get(name);
      if (group) group.push(link);
      else found.set(name, [link]);
    }
    return found;
  }

  /**
   * The other end of a link.
   * @param {Link} link
   * @param {Node} node
   */
  across(link, node) {
    return this.paperOf[link] === node ? this.entityOf[link] : this.paperOf[link];
  }

  /** @param {Node} node */
  *neighbours(node) {
    for (const link of this.linksOf(node)) if (this.linkVisible[link]) yield this.across(link, node);
  }

  /**
   * The link between two that are neighbours.
   * @param {Node} one
   * @param {Node} other
   */
  linkBetween(one, other) {
    return /** @type {Link} */ (this.linksOf(one).find((link) => this.across(link, one) === other));
  }

  // What is visible

  /**
   * Apply the filters: a link needs its relation, type and date; an entity so many links; a paper at least one.
   * @param {Filters} filters
   */
  filter(filters) {
    this.filters = filters;
    const { scene } = this;
    const degree = new Uint32Array(this.size);
    const allowed = this.#allowedBy(filters);
    for (let link = 0; link < this.links; link++) {
      this.linkVisible[link] = allowed(link) ? 1 : 0;
      if (this.linkVisible[link]) degree[this.entityOf[link]]++;
    }
    // The slider counts papers as the panel does: in the whole graph, unless other filters take some of them away.
    const whole = filters.from === null && filters.relations.size === scene.relations.length;
    for (let entity = 0; entity < this.entities; entity++) {
      const papers = whole ? Math.max(degree[entity], degree[entity] && scene.entities.papers[entity]) : degree[entity];
      this.visible[entity] = papers >= filters.least ? 1 : 0;
    }
    for (let link = 0; link < this.links; link++) {
      if (!this.visible[this.entityOf[link]]) this.linkVisible[link] = 0;
      if (this.linkVisible[link]) degree[this.paperOf[link]]++;
    }
    for (let paper = this.entities; paper < this.size; paper++) {
      this.visible[paper] = filters.papers && degree[paper] ? 1 : 0;
    }
  }

  /**
   * Whether a link has the relation, its entity the type and its paper the date that the filters leave.
   * @param {Filters} filters
   */
  #allowedBy({ types, relations, from, to }) {
    const { scene } = this;
    const type = scene.types.map((name) => types.has(name));
    const relation = scene.relations.map((name) => relations.has(name));
    const inTime = this.monthOfPaper.map(
      (month) => from === null || to === null || (month !== null && month >= from && month <= to),
    );
    /** @param {Link} link */
    return (link) =>
      relation[scene.links.relation[link]] &&
      type[scene.entities.type[this.entityOf[link]]] &&
      inTime[scene.links.paper[link]];
  }

  /** How many visible nodes there are of each kind. */
  counts() {
    /** @type {Record<string, number>} */
    const counts = {};
    for (let node = 0; node < this.size; node++) {
      if (this.visible[node]) counts[this.kind(node)] = (counts[this.kind(node)] ?? 0) + 1;
    }
    return counts;
  }

  /** How many links of each relation there are, whatever the filters. */
  relationCounts() {
    const counts = Object.fromEntries(this.scene.relations.map((name) => [name, 0]));
    for (let link = 0; link < this.links; link++) counts[this.relation(link)]++;
    return counts;
  }

  // Ways

  /**
   * What lies around a node. One step goes from an entity over its papers to all that these name; a paper's first step
   * ends at what it names.
   * @param {Node} node
   * @param {number} depth
   */
  around(node, depth) {
    const found = new Set([node]);
    const hops = 2 * depth - (this.isEntity(node) ? 0 : 1);
    let edge = [node];
    for (let hop = 0; hop < hops; hop++) {
      const fresh = [];
      for (const each of edge) {
        for (const next of this.neighbours(each)) {
          if (found.has(next)) continue;
          found.add(next);
          fresh.push(next);
        }
      }
      edge = fresh;
    }
    return found;
  }

  /**
   * A shortest path over visible links, as nodes; null where there is none.
   * @param {Node} from
   * @param {Node} to
   */
  path(from, to) {
    const before = new Int32Array(this.size).fill(NONE);
    before[from] = from;
    let edge = [from];
    while (edge.length && before[to] === NONE) {
      const fresh = [];
      for (const each of edge) {
        for (const next of this.neighbours(each)) {
          if (before[next] !== NONE) continue;
          before[next] = each;
          fresh.push(next);
        }
      }
      edge = fresh;
    }
    if (before[to] === NONE) return null;
    const path = [to];
    while (path[0] !== from) path.unshift(before[path[0]]);
    return path;
  }

  /**
   * The nearest visible node in a direction, for the arrow keys; null where there is none.
   * @param {Node} node
   * @param {number} dx
   * @param {number} dy
   * @param {(node: Node) => boolean} among
   */
  towards(node, dx, dy, among = () => true) {
    /** @type {Node | null} */
    let best = null;
    let least = Infinity;
    for (let other = 0; other < this.size; other++) {
      if (other === node || !this.visible[other] || !among(other)) continue;
      const x = this.x[other] - this.x[node];
      const y = this.y[other] - this.y[node];
      const along = x * dx + y * dy;
      const aside = Math.abs(x * dy) + Math.abs(y * dx);
      const far = along + 2 * aside; // what lies straight ahead is nearer than what lies aside
      if (along > 0 && aside <= 2 * along && far < least) [best, least] = [other, far];
    }
    return best;
  }
}
