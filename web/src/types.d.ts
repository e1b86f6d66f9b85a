// The values that pass between the modules. `Scene` and `Texts` are what kg/view/scene.py and kg/view/details.py write.

import type { Graph } from "./graph.js";
import type { SvgContext } from "./svg.js";

/** An index: entities first, then papers. */
export type Node = number;
/** An index into the columns of `Scene.links`. */
export type Link = number;

export interface Region {
  name: string;
  x: number;
  y: number;
  tint: number;
  nodes: number;
  /** Closed lines: x, y, x, y ... */
  rings: number[][];
}

export interface Ties {
  one: Node[];
  other: Node[];
  /** Up to 1. */
  weight: number[];
}

export interface Scene {
  types: string[];
  relations: string[];
  entities: {
    id: string[];
    label: string[];
    aliases: string[][];
    type: number[];
    papers: number[];
    radius: number[];
    region: number[];
    x: number[];
    y: number[];
  };
  papers: { id: string[]; date: (string | null)[]; region: number[]; x: number[]; y: number[] };
  /** `paper` counts from the first paper, not from the first node. `confidence` is in percent. */
  links: { paper: number[]; entity: Node[]; relation: number[]; confidence: number[] };
  ties: Ties;
  regions: Region[];
  focus: Node | null;
  /** What pyvis built, where it draws. */
  network?: Network;
}

export interface Network {
  nodes: { id: Node }[];
  edges: { id: number; from: Node; to: Node; weight: number }[];
  options: object;
}

export interface Result {
  paper: number;
  entities: Node[];
  text: string;
  sentence: number;
  start: number;
  end: number;
}

export interface Texts {
  titles: string[];
  /** By paper; `more` counts the authors that are not named. */
  bylines: {
    authors: string[][];
    more: number[];
    venue: (string | null)[];
    type: (string | null)[];
    status: (string | null)[];
    /** Addresses of the web. */
    code: string[][];
  };
  sentences: string[];
  hrefs: (string | null)[];
  links: string[][];
  /** Pairs of an id, which need not be in the view, and its label. */
  broader: [string, string][][];
  narrower: [string, string][][];
  /** For each link. A sentence of -1 is none. */
  evidence: { sentence: number[]; start: number[]; end: number[] };
  results: Result[];
}

export interface Filters {
  types: Set<string>;
  relations: Set<string>;
  papers: boolean;
  /** Papers that name an entity, at least. */
  least: number;
  /** Months, both or neither. */
  from: string | null;
  to: string | null;
}

/** Where one looks: the middle, in units of the map, and pixels for a unit. */
export interface View {
  x: number;
  y: number;
  scale: number;
}

/** A view, and the size of the screen in pixels. */
export interface ScreenView extends View {
  width: number;
  height: number;
}

/** Left, top, right, bottom, in pixels. */
export type Box = [number, number, number, number];

export type Colors = Record<string, string>;

/** How each thing looks now. */
export interface Look {
  colors: Colors;
  shown(node: Node): boolean;
  faded(node: Node): boolean;
  size(node: Node): number;
  /** In pixels. */
  radius(node: Node, scale: number): number;
  title(node: Node): string;
  /** The opacity of a tie; 0 is none. */
  tie(one: Node, other: Node, weight: number): number;
  /** Whether something stands out. */
  focused: boolean;
  /** Whether its links are drawn thick. */
  strong: boolean;
  lit: Set<Node> | null;
  chosen: Node | null;
  hovered: Node | null;
  cursor: Node | null;
  /** What lies over the picture. */
  covered: Box[];
  /** Nodes that are named before all others. */
  first: Node[];
  threads: Link[];
}

/** What draws discs and ties. */
export interface Renderer {
  camera(): ScreenView;
  setCamera(view: View): void;
  paint(look: Look): void;
  redraw(): void;
  resize(): void;
  onFrame(draws: () => void): void;
  onPick(picked: (node: Node | null) => void): void;
  onHover(hovered: (node: Node | null) => void): void;
}

export type CreateRenderer = (
  container: HTMLElement,
  graph: Graph,
  network: Network | undefined,
  calm: boolean,
) => Renderer;

/** What the painter draws on. */
export type Context = CanvasRenderingContext2D | SvgContext;

/** What the search knows of a node: its first name is shown, the others are aliases. */
export interface Entry {
  node: Node;
  names: string[];
  weight: number;
}

export interface Suggestion {
  node: Node;
  name: string;
  /** The name that was found: an alias, or the name itself. */
  matched: string;
}

export interface Choice {
  /** Move there even if it can be seen. */
  move?: boolean;
  /** Take the keyboard along. */
  focus?: boolean;
  /** Draw only what lies within so many steps; 0 draws all. */
  depth?: number;
  pathTo?: Node | null;
  /** Leave a step in the history. */
  record?: boolean;
}
