// Where one looks: from what shall be seen, and what the cards leave free, to the camera of the renderer.

import { $, $details } from "./dom.js";

/** @import { Box, Node, Renderer, ScreenView, View } from "./types.js" */
/** @import { Graph } from "./graph.js" */

const EDGE = 48; // pixels between the picture and the window's edge
const SIGHT = 20; // pixels between the edge and what counts as seen
const BUTTONS = 44; // pixels at the top of a narrow window, where the filters' card lies
const GLIDE = 320; // milliseconds
const NEAR = 1.05; // a scale at which names are read
const NEAREST = 1.4; // a scale at which a few nodes fill the window well enough
const CARDS = ["#filters", "#panel", "#zoom"];

/** @typedef {{ left: number, right: number, top: number, bottom: number, width: number, height: number }} Room */

export const isNarrow = () => innerWidth <= 760;

export class Camera {
  /** @type {Box[]} The parts of the stage that cards lie on, where a name would not be seen. */
  cards = [];
  #glide = 0;

  /**
   * @param {HTMLElement} stage
   * @param {Graph} graph
   * @param {Renderer | null} renderer null where nothing can be drawn
   * @param {() => Node[]} shown the nodes that are drawn
   * @param {{ matches: boolean }} calm whether nothing may glide
   */
  constructor(stage, graph, renderer, shown, calm) {
    this.stage = stage;
    this.graph = graph;
    this.renderer = renderer;
    this.shown = shown;
    this.calm = calm;
    for (const event of ["pointerdown", "wheel"]) {
      stage.addEventListener(event, () => cancelAnimationFrame(this.#glide), { capture: true, passive: true });
    }
  }

  /**
   * Go where `aim(now)` says, or stay where it says null: at once, or in a glide that takes its time whatever the
   * frames, and yields to the pointer.
   * @param {(now: ScreenView) => View | null} aim
   */
  go(aim, animate = true) {
    const { renderer } = this;
    if (!renderer || $("#stage").hidden) return; // a stage without a size has no camera, and would lose the one it had
    const from = renderer.camera();
    const to = aim(from);
    if (to === null) return;
    cancelAnimationFrame(this.#glide);
    if (animate && !this.calm.matches) this.#glideTo(renderer, from, to);
    else renderer.setCamera(to);
  }

  /**
   * @param {Renderer} renderer
   * @param {View} from
   * @param {View} to
   */
  #glideTo(renderer, from, to) {
    const start = performance.now();
    /** @param {number} now */
    const step = (now) => {
      const passed = Math.min(1, Math.max(0, now - start) / GLIDE);
      renderer.setCamera(between(from, to, passed * passed * (3 - 2 * passed)));
      if (passed < 1) this.#glide = requestAnimationFrame(step);
    };
    this.#glide = requestAnimationFrame(step);
  }

  /**
   * Show some nodes, all of them.
   * @param {Node[]} nodes
   */
  frame(nodes, animate = true) {
    this.go(() => this.framing(nodes), animate);
  }

  /** Show all that is drawn. */
  fit(animate = true) {
    const nodes = this.shown();
    const land = isNarrow() ? nodes.filter((node) => this.graph.regionOf(node) >= 0) : nodes;
    if (nodes.length) this.frame(land.length > nodes.length / 2 ? land : nodes, animate);
  }

  /**
   * Bring a node to the middle of the free part, near enough to read.
   * @param {Node} node
   */
  moveTo(node, animate = true) {
    this.go((now) => this.centred(node, now), animate);
  }

  /**
   * The same, unless it can be seen already.
   * @param {Node} node
   */
  keepInSight(node, animate = true) {
    this.go((now) => (this.inSight(node, now) ? null : this.centred(node, now)), animate);
  }

  /** @param {number} factor */
  zoom(factor) {
    this.go(({ x, y, scale }) => ({ x, y, scale: scale * factor }));
  }

  measureCards() {
    const box = this.stage.getBoundingClientRect();
    this.cards = CARDS.map((selector) => $(selector))
      .filter((card) => !card.hidden)
      .map((card) => card.getBoundingClientRect())
      .map((card) => [card.left - box.left, card.top - box.top, card.right - box.left, card.bottom - box.top]);
  }

  /**
   * The free part of the stage: what no card covers.
   * @returns {Room}
   */
  free() {
    this.measureCards();
    const box = this.stage.getBoundingClientRect();
    const panel = $("#panel").hidden ? null : $("#panel").getBoundingClientRect();
    const inset = { left: 0, right: 0, top: 0, bottom: 0 };
    if (isNarrow()) {
      inset.top = BUTTONS;
      if (panel) inset.bottom = box.bottom - panel.top;
    } else {
      if ($details("#filters").open) inset.left = $("#filters").getBoundingClientRect().right - box.left;
      if (panel) inset.right = box.right - panel.left;
    }
    return { ...inset, width: box.width - inset.left - inset.right, height: box.height - inset.top - inset.bottom };
  }

  /**
   * The camera that shows some nodes, at most so near.
   * @param {Node[]} nodes
   */
  framing(nodes, nearest = NEAREST) {
    const room = this.free();
    const [left, right] = extent(nodes, this.graph.x);
    const [top, bottom] = extent(nodes, this.graph.y);
    const edge = Math.min(EDGE, room.width / 8);
    const across = (room.width - 2 * edge) / Math.max(right - left, 1);
    const down = (room.height - 2 * edge) / Math.max(bottom - top, 1);
    // On a phone the picture may reach beyond the screen, as maps do: it would be too small else.
    const scale = Math.min(nearest, isNarrow() ? Math.min(down, Math.sqrt(across * down)) : Math.min(across, down));
    return around((left + right) / 2, (top + bottom) / 2, scale, room);
  }

  /**
   * @param {Node} node
   * @param {View} now
   */
  centred(node, { scale }) {
    return around(this.graph.x[node], this.graph.y[node], Math.max(scale, NEAR), this.free());
  }

  /**
   * @param {Node} node
   * @param {ScreenView} now
   */
  inSight(node, { x, y, scale, width, height }) {
    const room = this.free();
    const across = (this.graph.x[node] - x) * scale + width / 2 - room.left;
    const down = (this.graph.y[node] - y) * scale + height / 2 - room.top;
    return across > SIGHT && down > SIGHT && across < room.width - SIGHT && down < room.height - SIGHT;
  }
}

/**
 * The camera with a place in the middle of the free part.
 * @param {number} x
 * @param {number} y
 * @param {number} scale
 * @param {Room} room
 * @returns {View}
 */
function around(x, y, scale, room) {
  return { x: x - (room.left - room.right) / 2 / scale, y: y - (room.top - room.bottom) / 2 / scale, scale };
}

/**
 * On the way from one view to another.
 * @param {View} from
 * @param {View} to
 * @param {number} part
 */
function between(from, to, part) {
  return {
    x: from.x + (to.x - from.x) * part,
    y: from.y + (to.y - from.y) * part,
    scale: from.scale * (to.scale / from.scale) ** part,
  };
}

/**
 * The least and the greatest of a column.
 * @param {Node[]} nodes
 * @param {Float32Array} column
 */
function extent(nodes, column) {
  let [least, most] = [Infinity, -Infinity];
  for (const node of nodes) {
    least = Math.min(least, column[node]);
    most = Math.max(most, column[node]);
  }
  return [least, most];
}
