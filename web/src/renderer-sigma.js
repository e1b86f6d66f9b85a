// Thousands of nodes by WebGL: sigma draws discs and ties, and knows what lies under the pointer.

import { createNodeBorderProgram } from "@sigma/node-border";
import Graphology from "graphology";
import Sigma from "sigma";
import { FADED } from "./painter.js";
import { growth } from "./screen.js";

/** @import { Colors, Look, Network, Renderer } from "./types.js" */
/** @import { Graph } from "./graph.js" */

const Disc = createNodeBorderProgram({
  borders: [
    { size: { value: 2, mode: "pixels" }, color: { attribute: "borderColor" } },
    { size: { fill: true }, color: { attribute: "color" } },
  ],
});

const CROWD = 3000; // nodes, among which outlines of specks would be all that one sees
const SPECK = 6; // a radius
const SHADES = 20; // of ties, from nothing to full colour
const CLEAR = "rgba(0, 0, 0, 0)";
const STILL = { zoomDuration: 1, inertiaRatio: 0, doubleClickZoomingDuration: 1 };

/**
 * A colour as WebGL blends it here: each part multiplied by the alpha already.
 * @param {string} hex
 * @param {number} alpha
 */
const translucent = (hex, alpha) =>
  `rgba(${[1, 3, 5].map((at) => Math.round(parseInt(hex.slice(at, at + 2), 16) * alpha)).join(", ")}, ${alpha})`;

/**
 * The graph as sigma wants it.
 * @param {Graph} graph
 */
function toGraphology(graph) {
  const { one, other } = graph.scene.ties;
  const drawn = new Graphology({ type: "undirected", multi: false, allowSelfLoops: false });
  // The large last, which puts them on top.
  for (let node = graph.size - 1; node >= 0; node--) {
    drawn.addNode(node, { x: graph.x[node], y: -graph.y[node], size: graph.radius[node] });
  }
  for (let tie = 0; tie < one.length; tie++) drawn.addEdgeWithKey(tie, one[tie], other[tie], { size: 1.4 });
  return drawn;
}

/**
 * @param {HTMLElement} container
 * @param {Graph} graph
 * @param {Network | undefined} _network
 * @param {boolean} calm
 * @returns {Renderer & { sigma: Sigma }}
 */
export function createSigma(container, graph, _network, calm) {
  const { one, other, weight } = graph.scene.ties;
  const crowded = graph.size > CROWD;
  /** @type {Look | null} */
  let look = null;
  let unit = 1;
  let width = 0;
  let height = 0;
  /** @type {string[]} */
  let tieColours = [];
  /** @type {Colors} */
  let faint = {};
  const sigma = new Sigma(toGraphology(graph), container, {
    allowInvalidContainer: true,
    renderLabels: false,
    renderEdgeLabels: false,
    enableEdgeEvents: false,
    stagePadding: 0,
    defaultNodeType: "disc",
    nodeProgramClasses: { disc: Disc },
    defaultDrawNodeHover: () => {},
    minEdgeThickness: 0.9,
    zoomToSizeRatioFunction: (ratio) => 1 / growth(unit / ratio),
    itemSizesReference: "screen",
    doubleClickZoomingRatio: 1.8,
    ...(calm ? STILL : {}),
    nodeReducer(node, data) {
      const index = Number(node);
      if (!look?.shown(index)) return { ...data, hidden: true };
      const faded = look.faded(index);
      const color = faded ? faint[graph.kind(index)] : look.colors[graph.kind(index)];
      const bare = !graph.isEntity(index) || (crowded && graph.radius[index] < SPECK);
      return {
        ...data,
        color,
        borderColor: bare ? color : faded ? CLEAR : look.colors.outline,
        size: look.size(index),
      };
    },
    edgeReducer(edge, data) {
      const tie = Number(edge);
      const alpha = look ? look.tie(one[tie], other[tie], weight[tie]) : 0;
      return alpha ? { ...data, color: tieColours[Math.round(alpha * SHADES)] } : { ...data, hidden: true };
    },
  });

  // Pixels for a unit of the map when sigma's own ratio is 1: what its normalization makes of the extent.
  function measure() {
    width = container.clientWidth;
    height = container.clientHeight;
    const cameraState = { x: 0.5, y: 0.5, ratio: 1, angle: 0 };
    const from = sigma.graphToViewport({ x: 0, y: 0 }, { cameraState });
    const to = sigma.graphToViewport({ x: 1000, y: 0 }, { cameraState });
    unit = (to.x - from.x) / 1000;
  }
  measure();

  /** @type {Renderer & { sigma: Sigma }} */
  const renderer = {
    sigma,
    camera() {
      const cameraState = sigma.getCamera().getState(); // what will be drawn next, not what was drawn last
      const { x, y } = sigma.viewportToGraph({ x: width / 2, y: height / 2 }, { cameraState });
      return { x, y: -y, scale: unit / cameraState.ratio, width, height };
    },
    setCamera({ x, y, scale }) {
      const framed = sigma.viewportToFramedGraph(sigma.graphToViewport({ x, y: -y }));
      sigma.getCamera().setState({ ...framed, ratio: unit / scale, angle: 0 });
    },
    paint(next) {
      look = next;
      const { colors } = next;
      const kinds = [...graph.scene.types, "paper"];
      tieColours = Array.from({ length: SHADES + 1 }, (_, step) => translucent(colors.edge, step / SHADES));
      faint = Object.fromEntries(kinds.map((kind) => [kind, translucent(colors[kind], FADED)]));
      sigma.refresh({ skipIndexation: false });
    },
    redraw: () => sigma.scheduleRender(),
    onFrame: (draws) => sigma.on("afterRender", draws),
    onPick(picked) {
      sigma.on("clickNode", ({ node }) => picked(Number(node)));
      sigma.on("clickStage", () => picked(null));
    },
    onHover(hovered) {
      sigma.on("enterNode", ({ node }) => hovered(Number(node)));
      sigma.on("leaveNode", () => hovered(null));
    },
    resize() {
      if (!container.clientWidth) return;
      const camera = renderer.camera();
      sigma.resize(true);
      measure();
      renderer.setCamera(camera);
      sigma.refresh();
    },
  };
  return renderer;
}
