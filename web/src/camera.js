// Where one looks: from what shall be seen, and what the cards leave free, to the camera of the renderer.

import { $ } from "./dom.js";

const EDGE = 48; // pixels between the picture and the window's edge
const GLIDE = 320; // milliseconds
const NEAR = 1.05; // a scale at which names are read
const CARDS = ["#filters", "#panel", "#zoom"];

export const isNarrow = () => innerWidth <= 760;

export class Camera {
  /** `renderer` is null where nothing can be drawn; `shown()` gives the nodes that are; nothing glides for the calm. */
  constructor(stage, graph, renderer, shown, calm) {
    Object.assign(this, { stage, graph, renderer, shown, calm });
    this.cards = []; // the parts of the stage that cards lie on, where a name would not be seen
    this.glide = 0;
    for (const event of ["pointerdown", "wheel"])
      stage.addEventListener(event, () => cancelAnimationFrame(this.glide), { capture: true, passive: true });
  }

  /**
   * Go where `aim(now)` says, or stay where it says null: at once, or in a glide that takes its time whatever the
   * frames, and yields to the pointer.
   */
  go(aim, animate = true) {
    if (!this.renderer || $("#stage").hidden) return; // a stage without a size has no camera, and would lose the one it had
    const from = this.renderer.camera(),
      to = aim(from);
    if (to === null) return;
    cancelAnimationFrame(this.glide);
    if (!animate || this.calm.matches) return void this.renderer.setCamera(to);
    const start = performance.now();
    const step = (now) => {
      const passed = Math.min(1, Math.max(0, now - start) / GLIDE),
        eased = passed * passed * (3 - 2 * passed);
      const between = (name) => from[name] + (to[name] - from[name]) * eased;
      this.renderer.setCamera({
        x: between("x"),
        y: between("y"),
        scale: from.scale * (to.scale / from.scale) ** eased,
      });
      if (passed < 1) this.glide = requestAnimationFrame(step);
    };
    this.glide = requestAnimationFrame(step);
  }

  /** Show some nodes, all of them. */
  frame(nodes, animate = true) {
    this.go(() => this.framing(nodes), animate);
  }

  /** Show all that is drawn. */
  fit(animate = true) {
    const nodes = this.shown(),
      land = isNarrow() ? nodes.filter((node) => this.graph.regionOf(node) >= 0) : nodes;
    if (nodes.length) this.frame(land.length > nodes.length / 2 ? land : nodes, animate);
  }

  /** Bring a node to the middle of the free part, near enough to read. */
  moveTo(node, animate = true) {
    this.go((now) => this.centred(node, now), animate);
  }

  /** The same, unless it can be seen already. */
  keepInSight(node, animate = true) {
    this.go((now) => (this.inSight(node, now) ? null : this.centred(node, now)), animate);
  }

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

  /** The free part of the stage: what no card covers. */
  free() {
    this.measureCards();
    const narrow = isNarrow(),
      box = this.stage.getBoundingClientRect(),
      inset = { left: 0, right: 0, top: 0, bottom: 0 };
    if (!narrow && $("#filters").open) inset.left = $("#filters").getBoundingClientRect().right - box.left;
    if (!$("#panel").hidden)
      narrow
        ? (inset.bottom = box.bottom - $("#panel").getBoundingClientRect().top)
        : (inset.right = box.right - $("#panel").getBoundingClientRect().left);
    if (narrow) inset.top = 44;
    return { ...inset, width: box.width - inset.left - inset.right, height: box.height - inset.top - inset.bottom };
  }

  /** The camera that shows some nodes, at most so near. */
  framing(nodes, nearest = 1.4) {
    const { graph } = this,
      room = this.free(),
      sorted = (column) => nodes.map((node) => column[node]).sort((a, b) => a - b);
    const xs = sorted(graph.x),
      ys = sorted(graph.y),
      [left, right, top, bottom] = [xs[0], xs.at(-1), ys[0], ys.at(-1)];
    const edge = Math.min(EDGE, room.width / 8);
    const across = (room.width - 2 * edge) / Math.max(right - left, 1),
      down = (room.height - 2 * edge) / Math.max(bottom - top, 1);
    // On a phone the picture may reach beyond the screen, as maps do: it would be too small else.
    const scale = Math.min(nearest, isNarrow() ? Math.min(down, Math.sqrt(across * down)) : Math.min(across, down));
    return this.around((left + right) / 2, (top + bottom) / 2, scale, room);
  }

  centred(node, { scale }) {
    return this.around(this.graph.x[node], this.graph.y[node], Math.max(scale, NEAR), this.free());
  }

  /** The camera with a place in the middle of the free part. */
  around(x, y, scale, room) {
    return { x: x - (room.left - room.right) / 2 / scale, y: y - (room.top - room.bottom) / 2 / scale, scale };
  }

  inSight(node, { x, y, scale, width, height }) {
    const { graph } = this,
      room = this.free();
    const at = [(graph.x[node] - x) * scale + width / 2, (graph.y[node] - y) * scale + height / 2];
    return (
      at[0] > room.left + 20 &&
      at[1] > room.top + 20 &&
      at[0] < room.left + room.width - 20 &&
      at[1] < room.top + room.height - 20
    );
  }
}
