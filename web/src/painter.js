// Everything that is not a disc: countries, lines that were asked for, labels. It draws on whatever has the few methods
// of a 2D context that it needs, so that the page, the PNG and the SVG look the same.

import { Board, wrap } from "./labels.js";

const LABEL_ROOM = 9000; // square pixels of picture for each label
const LEGIBLE = 3.1; // the radius on the screen of a disc whose name helps
const MOST_LINES = 4000;
const FONT = "system-ui, -apple-system, 'Segoe UI', sans-serif";

/** The radius of a node on the screen: it grows with the zoom, but slower than distances do. */
export const screenRadius = (radius, scale) => radius * growth(scale);
export const growth = (scale) => Math.min(1.6, Math.max(0.34, scale ** 0.62));

/** Papers come to light when there is room for them. */
export const papersShow = (graph, scale) => scale > 0.75 || graph.papers <= 60;

export class Painter {
  constructor(graph, measure) {
    this.graph = graph;
    this.measure = measure; // a context to measure text with
    this.reaches = new Map();
    this.widths = new Map();
    this.lines = new Map();
    this.order = Uint32Array.from({ length: graph.entities }, (_, i) => i).sort(
      (a, b) => graph.radius[b] - graph.radius[a] || a - b,
    );
    this.outlines = new Map();
    this.countries = new Map();
    for (const region of graph.scene.regions)
      this.countries.set(region.tint, [...(this.countries.get(region.tint) ?? []), ...region.rings]);
    this.regionOrder = [...graph.scene.regions].sort((a, b) => b.nodes - a.nodes);
  }

  width(text, font) {
    const key = font + text;
    let width = this.widths.get(key);
    if (width === undefined) {
      this.measure.font = font;
      this.widths.set(key, (width = this.measure.measureText(text).width));
    }
    return width;
  }

  wrapped(node, text) {
    let lines = this.lines.get(node);
    if (!lines) this.lines.set(node, (lines = wrap(text, this.graph.isEntity(node) ? 18 : 30)));
    return lines;
  }

  /** Countries below all else. The camera is { x, y, scale, width, height }: its middle, and pixels for a unit. */
  ground(context, camera, look) {
    const inUnits = "setTransform" in context; // a canvas, which scales whole paths; SVG gets them point by point
    const at = inUnits ? (x, y) => [x, y] : project(camera);
    context.lineJoin = "round";
    if (inUnits) {
      context.save();
      context.translate(camera.width / 2 - camera.x * camera.scale, camera.height / 2 - camera.y * camera.scale);
      context.scale(camera.scale, camera.scale);
    }
    for (const [tint, rings] of this.countries) {
      const path = inUnits ? this.outline(tint, rings) : context;
      if (!inUnits) trace(context, rings, at);
      context.globalAlpha = look.focused ? 0.45 : 1;
      context.fillStyle = look.colors[`tint-${tint}`];
      context.strokeStyle = look.colors[`coast-${tint}`];
      context.lineWidth = inUnits ? 1.2 / camera.scale : 1.2;
      inUnits ? context.fill(path, "evenodd") : context.fill("evenodd");
      inUnits ? context.stroke(path) : context.stroke();
    }
    if (inUnits) context.restore();
    context.globalAlpha = 1;
  }

  /** The coasts of all countries of a tint, in units of the map. */
  outline(tint, rings) {
    if (!this.outlines.has(tint))
      this.outlines.set(
        tint,
        trace(new Path2D(), rings, (x, y) => [x, y]),
      );
    return this.outlines.get(tint);
  }

  /** The links of what was asked for, in the colours of their relations. */
  threads(context, camera, look) {
    const { graph } = this,
      at = project(camera),
      byColour = new Map();
    for (const link of look.threads.slice(0, MOST_LINES)) {
      const name = graph.relation(link);
      if (!byColour.has(name)) byColour.set(name, []);
      byColour.get(name).push(link);
    }
    for (const [name, links] of byColour) {
      context.beginPath();
      for (const link of links) {
        context.moveTo(...at(graph.x[graph.paperOf[link]], graph.y[graph.paperOf[link]]));
        context.lineTo(...at(graph.x[graph.entityOf[link]], graph.y[graph.entityOf[link]]));
      }
      context.strokeStyle = look.colors[name];
      context.globalAlpha = Math.min(0.75, 6 / Math.sqrt(look.threads.length)); // the more, the fainter
      context.lineWidth = look.strong ? 3 : 1.4;
      context.stroke();
    }
    context.globalAlpha = 1;
  }

  /** Names of countries, then of towns, then of papers that were asked for: as many as fit. Returns what was written. */
  labels(context, camera, look) {
    const { graph } = this,
      board = new Board(),
      at = project(camera),
      written = [];
    const most = Math.max(24, (camera.width * camera.height) / LABEL_ROOM);
    const few = look.lit !== null && look.lit.size < 150;
    const rare = (node) => graph.scene.entities.papers[node] < 2 && graph.size > 300;
    const inside = (x, y, margin = 60) =>
      x > -margin && y > -margin && x < camera.width + margin && y < camera.height + margin;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    for (const each of look.covered ?? []) board.take(...each, true);
    for (const node of look.first) this.label(context, board, camera, look, node, true, written);
    const done = new Set(look.first);
    if (!look.focused && camera.scale < 1.5) this.names(context, board, camera, look, at);
    for (const node of this.order) {
      if (written.length >= most) break;
      if (
        !inside(
          (graph.x[node] - camera.x) * camera.scale + camera.width / 2,
          (graph.y[node] - camera.y) * camera.scale + camera.height / 2,
        )
      )
        continue;
      if (done.has(node) || !look.shown(node) || look.faded(node)) continue;
      if (
        !(few && look.lit.has(node)) &&
        (screenRadius(graph.radius[node], camera.scale) < LEGIBLE || (rare(node) && camera.scale < 0.8))
      )
        continue; // nearer, please
      this.label(context, board, camera, look, node, false, written);
    }
    if (look.lit && look.lit.size < 400) {
      for (const node of look.lit)
        if (
          !graph.isEntity(node) &&
          !done.has(node) &&
          look.shown(node) &&
          written.length < most &&
          inside(...at(graph.x[node], graph.y[node]))
        )
          this.label(context, board, camera, look, node, false, written);
    }
    return written;
  }

  names(context, board, camera, look, at) {
    for (const region of this.regionOrder) {
      const [x, y] = at(region.x, region.y),
        room = this.reach(region) * camera.scale;
      const size = Math.round(Math.min(18, 7 + room / 26));
      if (size < 10) continue;
      const font = `700 ${size}px ${FONT}`,
        wide = (line) => this.width(line, font) * 1.09;
      const lines = region.name
        .toUpperCase()
        .split(" · ")
        .flatMap((name) => wrap(name, 20))
        .filter((line, place) => place === 0 || wide(line) < 1.15 * room)
        .slice(0, 3);
      const width = Math.max(...lines.map(wide)),
        height = lines.length * size * 1.2;
      if (width > 1.6 * room) continue;
      if (!board.take(x - width / 2 - 4, y - height / 2 - 2, x + width / 2 + 4, y + height / 2 + 2)) continue;
      context.font = font;
      if ("letterSpacing" in context) context.letterSpacing = "0.08em";
      context.strokeStyle = look.colors[`tint-${region.tint}`];
      context.lineWidth = 5;
      context.fillStyle = look.colors[`name-${region.tint}`];
      lines.forEach((line, i) => write(context, line, x, y + (i - (lines.length - 1) / 2) * size * 1.2));
      if ("letterSpacing" in context) context.letterSpacing = "0px";
    }
  }

  /** How wide a country is. */
  reach(region) {
    let reach = this.reaches.get(region);
    if (reach === undefined) {
      const xs = region.rings[0].filter((_, i) => i % 2 === 0);
      this.reaches.set(region, (reach = Math.max(...xs) - Math.min(...xs)));
    }
    return reach;
  }

  label(context, board, camera, look, node, force, written) {
    const { graph } = this,
      [x, y] = project(camera)(graph.x[node], graph.y[node]),
      radius = screenRadius(graph.radius[node], camera.scale);
    const size = graph.isEntity(node) ? Math.round(Math.min(19, 10.5 + 0.3 * radius)) : 11.5;
    const font = `${force || radius > 14 ? 600 : graph.isEntity(node) ? 500 : 400} ${size}px ${FONT}`;
    const lines = this.wrapped(node, look.title(node)),
      height = lines.length * size * 1.15;
    const width = Math.max(...lines.map((line) => this.width(line, font))),
      middle = height / 2;
    // Below the disc; where something lies there already, above it, or beside it.
    const places = [
      [x, y + radius + 2 + middle],
      [x, y - radius - 2 - middle],
      [x + radius + 5 + width / 2, y],
      [x - radius - 5 - width / 2, y],
    ];
    const place = places.find(
      ([left, top], turn) =>
        (turn === 0 || radius > 5 || force) &&
        board.take(left - width / 2 - 3, top - middle - 1, left + width / 2 + 3, top + middle + 1),
    );
    if (radius > 6) board.take(x - radius, y - radius, x + radius, y + radius, true);
    if (!place && !force) return;
    const [left, top] = place ?? places[0];
    context.font = font;
    context.strokeStyle = look.colors.ground;
    context.lineWidth = 3.5;
    context.fillStyle = graph.isEntity(node) ? look.colors.text : look.colors.quiet;
    lines.forEach((line, i) => write(context, line, left, top - middle + (i + 0.5) * size * 1.15));
    written.push(node);
  }

  /** Rings around what is chosen and what the keyboard is at. */
  rings(context, camera, look) {
    const at = project(camera);
    for (const [node, colour, gap] of [
      [look.chosen, look.colors.text, 2.5],
      [look.hovered, look.colors.text, 1.5],
      [look.cursor, look.colors.focus, 5],
    ]) {
      if (node === null || !look.shown(node)) continue;
      context.beginPath();
      context.arc(...at(this.graph.x[node], this.graph.y[node]), look.radius(node, camera.scale) + gap, 0, 2 * Math.PI);
      context.strokeStyle = colour;
      context.lineWidth = gap === 5 ? 3 : 2;
      context.stroke();
    }
  }

  /** Ties and discs, for pictures that are not drawn by a renderer. */
  discs(context, camera, look) {
    const { graph } = this,
      at = project(camera),
      { one, other, weight } = graph.scene.ties;
    for (let tie = 0; tie < one.length; tie++) {
      const alpha = look.tie(one[tie], other[tie], weight[tie]);
      if (!alpha) continue;
      context.beginPath();
      context.moveTo(...at(graph.x[one[tie]], graph.y[one[tie]]));
      context.lineTo(...at(graph.x[other[tie]], graph.y[other[tie]]));
      context.globalAlpha = alpha;
      context.strokeStyle = look.colors.edge;
      context.lineWidth = 1;
      context.stroke();
    }
    for (let node = graph.size - 1; node >= 0; node--) {
      // the large on top
      if (!look.shown(node)) continue;
      const [x, y] = at(graph.x[node], graph.y[node]);
      if (x < -50 || y < -50 || x > camera.width + 50 || y > camera.height + 50) continue;
      disc(
        context,
        x,
        y,
        look.radius(node, camera.scale),
        look.colors[graph.kind(node)],
        graph.isEntity(node) ? look.colors.outline : null,
        look.faded(node) ? 0.15 : 1,
      );
    }
    context.globalAlpha = 1;
  }

  /** The whole picture, from the sea to the rings. */
  all(context, camera, look) {
    this.ground(context, camera, look);
    this.threads(context, camera, look);
    this.discs(context, camera, look);
    this.rings(context, camera, look);
    this.labels(context, camera, look);
  }
}

/** From the map to the screen. */
export const project =
  ({ x, y, scale, width, height }) =>
  (mapX, mapY) => [(mapX - x) * scale + width / 2, (mapY - y) * scale + height / 2];

function trace(path, rings, at) {
  path.beginPath?.();
  for (const ring of rings) {
    for (let i = 0; i < ring.length; i += 2) path[i ? "lineTo" : "moveTo"](...at(ring[i], ring[i + 1]));
    path.closePath();
  }
  return path;
}

export function disc(context, x, y, radius, fill, outline, alpha) {
  context.globalAlpha = alpha;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = fill;
  context.fill();
  if (outline && radius > 2.5) {
    context.strokeStyle = outline;
    context.lineWidth = 1;
    context.stroke();
  }
}

function write(context, text, x, y) {
  context.strokeText(text, x, y);
  context.fillText(text, x, y);
}
