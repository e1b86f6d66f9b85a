// The map on the screen: the renderer's discs and ties, and around them two canvases, of which one lies below with
// countries and links, the other above with rings and names.

import { Camera } from "./camera.js";
import { $canvas } from "./dom.js";
import { makeLook, readColours } from "./look.js";
import { Painter } from "./painter.js";
import { context2d, papersShow } from "./screen.js";

/** @import { CreateRenderer, Look, Node, Renderer, ScreenView } from "./types.js" */
/** @import { Graph } from "./graph.js" */
/** @import { State } from "./state.js" */

const calm = matchMedia("(prefers-reduced-motion: reduce)");

export class Stage {
  /** @type {Renderer | null} */
  renderer = null;
  /** @type {Look | null} Null until it is painted for the first time. */
  look = null;
  /** @type {Node[]} What is named on the screen. */
  labels = [];
  #repainting = 0;

  /**
   * @param {HTMLElement} element
   * @param {Graph} graph
   * @param {State} state
   * @param {(node: Node) => string} titleOf
   * @param {CreateRenderer} createRenderer
   */
  constructor(element, graph, state, titleOf, createRenderer) {
    this.element = element;
    this.graph = graph;
    this.state = state;
    this.titleOf = titleOf;
    this.painter = new Painter(graph, context2d(document.createElement("canvas")));
    this.colors = readColours(graph.scene);
    try {
      this.renderer = createRenderer(element, graph, graph.scene.network, calm.matches);
    } catch (error) {
      console.info(/** @type {Error} */ (error).message);
    }
    this.camera = new Camera(element, graph, this.renderer, () => state.shownNodes(), calm);
    state.papersOn = papersShow(graph, 0);
  }

  /** Draw the state for the first time, and from now on whenever the renderer draws. */
  open() {
    this.renderer?.onFrame(() => this.#frame());
    this.paint();
    this.camera.fit(false);
  }

  /** Draw the state as it is now. */
  paint() {
    this.look = this.#lookNow();
    this.renderer?.paint(this.look);
  }

  /** The theme is another. */
  recolour() {
    this.colors = readColours(this.graph.scene);
    if (this.renderer) this.paint();
  }

  /** @param {Node | null} node what the pointer rests on */
  hover(node) {
    this.element.style.cursor = node === null ? "" : "pointer";
    this.state.hovered = node;
    this.look = this.#lookNow();
    this.renderer?.redraw();
  }

  /** The cards have changed: names make room for them. */
  makeRoom() {
    this.camera.measureCards();
    this.renderer?.redraw();
  }

  /** The stage has another size. */
  resize() {
    this.renderer?.resize();
    this.camera.measureCards();
  }

  #lookNow() {
    return makeLook(this.graph, this.state, this.colors, this.titleOf);
  }

  #frame() {
    const { look, renderer, painter } = this;
    if (!look || !renderer) return;
    const view = renderer.camera();
    if (!view.width) return;
    if (papersShow(this.graph, view.scale) !== this.state.papersOn) this.#repaintSoon(renderer);
    const below = sharpen($canvas("#ground"), view);
    painter.ground(below, view, look);
    painter.threads(below, view, look);
    const above = sharpen($canvas("#overlay"), view);
    const hasKeyboard = document.activeElement === this.element;
    painter.rings(above, view, { ...look, cursor: hasKeyboard ? look.cursor : null });
    this.labels = painter.labels(above, view, { ...look, covered: this.camera.cards });
  }

  /**
   * Papers come or go; within a frame nothing may be painted, so the next one does.
   * @param {Renderer} renderer
   */
  #repaintSoon(renderer) {
    this.#repainting ||= requestAnimationFrame(() => {
      this.#repainting = 0;
      this.state.papersOn = papersShow(this.graph, renderer.camera().scale);
      this.paint();
    });
  }
}

/**
 * A canvas of that size, empty, with as many pixels as the screen has.
 * @param {HTMLCanvasElement} canvas
 * @param {ScreenView} view
 */
function sharpen(canvas, { width, height }) {
  const ratio = devicePixelRatio || 1;
  const context = context2d(canvas);
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}
