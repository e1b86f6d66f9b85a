// What is on the screen, as a file.

import { SvgContext } from "./svg.js";

const SHARPNESS = 2;

function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function compose(context, painter, camera, look, caption) {
  context.fillStyle = look.colors.ground;
  context.fillRect(0, 0, camera.width, camera.height);
  painter.all(context, camera, look);
  context.font = "400 12px system-ui, sans-serif";
  context.textAlign = "left";
  context.fillStyle = look.colors.quiet;
  context.fillText(caption, 14, camera.height - 16);
}

export function savePng(painter, camera, look, caption) {
  const canvas = document.createElement("canvas");
  canvas.width = camera.width * SHARPNESS;
  canvas.height = camera.height * SHARPNESS;
  const context = canvas.getContext("2d");
  context.scale(SHARPNESS, SHARPNESS);
  compose(context, painter, camera, look, caption);
  canvas.toBlob((blob) => save(blob, "graph.png"), "image/png");
}

export function saveSvg(painter, camera, look, caption) {
  const context = new SvgContext(camera.width, camera.height);
  compose(context, painter, camera, look, caption);
  save(new Blob([context.toString()], { type: "image/svg+xml" }), "graph.svg");
}
