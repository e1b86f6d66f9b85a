// The network that pyvis built, drawn by vis-network, which pyvis brings along. Same interface as renderer-sigma.js.

import { $ } from "./dom.js";
import { disc, FADED } from "./painter.js";

/** @import { Look, Network, Node, Renderer } from "./types.js" */
/** @import { Graph } from "./graph.js" */

/**
 * @param {HTMLElement} container
 * @param {Graph} graph
 * @param {Network | undefined} data
 * @returns {Renderer & { network: vis.Network }}
 */
export function createVis(container, graph, data) {
  if (!data) throw new Error("pyvis built no network");
  /** @type {Look | null} */
  let look = null;
  let width = 0;
  let height = 0;

  /** @param {Node} node */
  const draw =
    (node) =>
    (/** @type {vis.Drawing} */ { ctx, x, y }) => {
      const scale = network.getScale();
      const radius = look ? look.radius(node, scale) / scale : graph.radius[node];
      return {
        drawNode() {
          if (look) drawDisc(ctx, graph, look, node, { x, y, radius, scale });
        },
        nodeDimensions: { width: 2 * radius, height: 2 * radius },
      };
    };
  // The large last, which puts them on top.
  const nodes = new vis.DataSet(data.nodes.toReversed().map((node) => ({ ...node, ctxRenderer: draw(node.id) })));
  const edges = new vis.DataSet(data.edges);
  const network = new vis.Network(container, { nodes, edges }, data.options);
  $(".vis-network", container).tabIndex = -1; // the stage itself is the one stop of the Tab key

  const measure = () => {
    width = container.clientWidth;
    height = container.clientHeight;
  };
  measure();
  const hiddenNodes = changesOfNodes(graph);
  const shadedTies = changesOfTies(data);

  /** @type {Renderer & { network: vis.Network }} */
  const renderer = {
    network,
    camera: () => ({ ...network.getViewPosition(), scale: network.getScale(), width, height }),
    setCamera: ({ x, y, scale }) => network.moveTo({ position: { x, y }, scale, animation: false }),
    paint(next) {
      look = next;
      const changes = hiddenNodes(look);
      if (changes.length) nodes.update(changes);
      const lines = shadedTies(look);
      if (lines.length) edges.update(lines);
      network.redraw();
    },
    redraw: () => network.redraw(),
    onFrame: (draws) => network.on("afterDrawing", draws),
    onPick: (picked) => network.on("click", ({ nodes: hit }) => picked(hit.length ? hit[0] : null)),
    onHover(hovered) {
      network.on("hoverNode", ({ node }) => hovered(node));
      network.on("blurNode", () => hovered(null));
    },
    resize() {
      const camera = renderer.camera();
      network.setSize("100%", "100%");
      measure();
      renderer.setCamera(camera);
      network.redraw();
    },
  };
  return renderer;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Graph} graph
 * @param {Look} look
 * @param {Node} node
 * @param {{ x: number, y: number, radius: number, scale: number }} place
 */
function drawDisc(context, graph, look, node, { x, y, radius, scale }) {
  disc(context, x, y, radius, look.colors[graph.kind(node)], null, look.faded(node) ? FADED : 1);
  if (graph.isEntity(node)) {
    context.strokeStyle = look.colors.outline;
    context.lineWidth = 1 / scale;
    context.stroke();
  }
  context.globalAlpha = 1;
}

/**
 * Which nodes came or went since the last look: vis-network is slow to be told of all.
 * @param {Graph} graph
 */
function changesOfNodes(graph) {
  /** @type {Set<Node>} */
  const hidden = new Set();
  /** @param {Look} look */
  return (look) => {
    const changes = [];
    for (let node = 0; node < graph.size; node++) {
      const hides = !look.shown(node);
      if (hides === hidden.has(node)) continue;
      hidden[hides ? "add" : "delete"](node);
      changes.push({ id: node, hidden: hides });
    }
    return changes;
  };
}

/**
 * Which ties look other than in the last look.
 * @param {Network} data
 */
function changesOfTies({ edges }) {
  /** @type {Map<number, string>} */
  const shades = new Map();
  /** @param {Look} look */
  return (look) => {
    const color = look.colors.edge;
    const changes = [];
    for (const { id, from, to, weight } of edges) {
      const opacity = look.tie(from, to, weight);
      const shade = `${opacity} ${color}`;
      if (shades.get(id) === shade) continue;
      shades.set(id, shade);
      changes.push({ id, hidden: !opacity, width: 1, color: { color, highlight: color, hover: color, opacity } });
    }
    return changes;
  };
}
