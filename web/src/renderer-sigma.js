// Thousands of nodes by WebGL: sigma draws discs and ties, and knows what lies under the pointer.

import { createNodeBorderProgram } from "@sigma/node-border";
import Graphology from "graphology";
import Sigma from "sigma";
import { growth } from "./painter.js";

const Disc = createNodeBorderProgram({
  borders: [
    { size: { value: 2, mode: "pixels" }, color: { attribute: "borderColor" } },
    { size: { fill: true }, color: { attribute: "color" } },
  ],
});

/** A colour as WebGL blends it here: each part multiplied by the alpha already. */
const translucent = (hex, alpha) =>
  `rgba(${[1, 3, 5].map((at) => Math.round(parseInt(hex.slice(at, at + 2), 16) * alpha)).join(", ")}, ${alpha})`;

const STILL = { zoomDuration: 1, inertiaRatio: 0, doubleClickZoomingDuration: 1 };

export function createSigma(container, graph, _network, calm) {
  const { one, other, weight } = graph.scene.ties;
  const drawn = new Graphology({ type: "undirected", multi: false, allowSelfLoops: false });
  // The large last, which puts them on top.
  for (let node = graph.size - 1; node >= 0; node--)
    drawn.addNode(node, { x: graph.x[node], y: -graph.y[node], size: graph.radius[node] });
  for (let tie = 0; tie < one.length; tie++) drawn.addEdgeWithKey(tie, one[tie], other[tie], { size: 1.4 });
  const crowded = graph.size > 3000; // outlines of specks would be all that one sees
  let look = null,
    unit = 1,
    width = 0,
    height = 0,
    tieColours = [],
    faint = {};
  const clear = "rgba(0, 0, 0, 0)";
  const sigma = new Sigma(drawn, container, {
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
      if (!look || !look.shown(index)) return { ...data, hidden: true };
      const faded = look.faded(index),
        entity = graph.isEntity(index);
      const color = faded ? faint[graph.kind(index)] : look.colors[graph.kind(index)];
      return {
        ...data,
        color,
        borderColor: !entity || (crowded && graph.radius[index] < 6) ? color : faded ? clear : look.colors.outline,
        size: look.size(index),
      };
    },
    edgeReducer(edge, data) {
      const tie = Number(edge),
        alpha = look ? look.tie(one[tie], other[tie], weight[tie]) : 0;
      return alpha ? { ...data, color: tieColours[Math.round(alpha * 20)] } : { ...data, hidden: true };
    },
  });
  // Pixels for a unit of the map when sigma's own ratio is 1: what its normalization makes of the extent.
  function measure() {
    width = container.clientWidth;
    height = container.clientHeight;
    const state = { x: 0.5, y: 0.5, ratio: 1, angle: 0 };
    const from = sigma.graphToViewport({ x: 0, y: 0 }, { cameraState: state }),
      to = sigma.graphToViewport({ x: 1000, y: 0 }, { cameraState: state });
    unit = (to.x - from.x) / 1000;
  }
  const framed = (x, y) => sigma.viewportToFramedGraph(sigma.graphToViewport({ x, y: -y }));
  measure();

  const renderer = {
    sigma,
    camera() {
      const cameraState = sigma.getCamera().getState(); // what will be drawn next, not what was drawn last
      const { x, y } = sigma.viewportToGraph({ x: width / 2, y: height / 2 }, { cameraState });
      return { x, y: -y, scale: unit / cameraState.ratio, width, height };
    },
    setCamera: ({ x, y, scale }) => sigma.getCamera().setState({ ...framed(x, y), ratio: unit / scale, angle: 0 }),
    paint(next) {
      look = next;
      tieColours = Array.from({ length: 21 }, (_, step) => translucent(look.colors.edge, step / 20));
      faint = Object.fromEntries(
        [...graph.scene.types, "paper"].map((kind) => [kind, translucent(look.colors[kind], 0.15)]),
      );
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
