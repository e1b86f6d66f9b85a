// The network that pyvis built, drawn by vis-network, which pyvis brings along. Same interface as renderer-sigma.js.

import { disc } from "./painter.js";

/* global vis */
export function createVis(container, graph, data) {
  let look = null,
    width = 0,
    height = 0;
  const draw =
    (node) =>
    ({ ctx: context, x, y }) => {
      const scale = network.getScale(),
        radius = look ? look.radius(node, scale) / scale : graph.radius[node];
      return {
        drawNode() {
          if (!look) return;
          disc(context, x, y, radius, look.colors[graph.kind(node)], null, look.faded(node) ? 0.15 : 1);
          if (graph.isEntity(node)) {
            context.strokeStyle = look.colors.outline;
            context.lineWidth = 1 / scale;
            context.stroke();
          }
          context.globalAlpha = 1;
        },
        nodeDimensions: { width: 2 * radius, height: 2 * radius },
      };
    };
  // The large last, which puts them on top.
  const nodes = new vis.DataSet(data.nodes.toReversed().map((node) => ({ ...node, ctxRenderer: draw(node.id) })));
  const edges = new vis.DataSet(data.edges);
  const network = new vis.Network(container, { nodes, edges }, data.options);
  container.querySelector(".vis-network").tabIndex = -1; // the stage itself is the one stop of the Tab key
  const resize = () => {
    width = container.clientWidth;
    height = container.clientHeight;
  };
  resize();
  const hidden = new Set(),
    alphas = new Map();

  return {
    network,
    camera: () => ({ ...network.getViewPosition(), scale: network.getScale(), width, height }),
    setCamera: ({ x, y, scale }) => network.moveTo({ position: { x, y }, scale, animation: false }),
    paint(next) {
      look = next;
      const changes = [];
      for (let node = 0; node < graph.size; node++) {
        if (look.shown(node) !== hidden.has(node)) continue;
        hidden[hidden.has(node) ? "delete" : "add"](node);
        changes.push({ id: node, hidden: hidden.has(node) });
      }
      if (changes.length) nodes.update(changes);
      const lines = [];
      for (const edge of data.edges) {
        const opacity = look.tie(edge.from, edge.to, edge.weight),
          key = `${opacity} ${look.colors.edge}`;
        if (alphas.get(edge.id) === key) continue;
        alphas.set(edge.id, key);
        const color = look.colors.edge;
        lines.push({
          id: edge.id,
          hidden: !opacity,
          width: 1,
          color: { color, highlight: color, hover: color, opacity },
        });
      }
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
      const camera = this.camera();
      network.setSize("100%", "100%");
      resize();
      this.setCamera(camera);
      network.redraw();
    },
  };
}
