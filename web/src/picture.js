// What is on the screen, as a file.

import { context2d } from "./screen.js";
import { SvgContext } from "./svg.js";

/** @import { Context, Look, ScreenView } from "./types.js" */
/** @import { Painter } from "./painter.js" */

const SHARPNESS = 2;

/** @param {Blob} blob @param {string} name */
function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/**
 * @param {Context} context
 * @param {Painter} painter
 * @param {ScreenView} camera
 * @param {Look} look
 * @param {string} caption
 */
function compose(context, painter, camera, look, caption) {
  context.fillStyle = look.colors.ground;
  context.fillRect(0, 0, camera.width, camera.height);
  painter.all(context, camera, look);
  context.font = "400 12px system-ui, sans-serif";
  context.textAlign = "left";
  context.fillStyle = look.colors.quiet;
  context.fillText(caption, 14, camera.height - 16);
}

/** @param {Painter} painter @param {ScreenView} camera @param {Look} look @param {string} caption */
export function savePng(painter, camera, look, caption) {
  const canvas = document.createElement("canvas");
  canvas.width = camera.width * SHARPNESS;
  canvas.height = camera.height * SHARPNESS;
  const context = context2d(canvas);
  context.scale(SHARPNESS, SHARPNESS);
  compose(context, painter, camera, look, caption);
  canvas.toBlob((blob) => blob && save(blob, "graph.png"), "image/png");
}

/** @param {Painter} painter @param {ScreenView} camera @param {Look} look @param {string} caption */
export function saveSvg(painter, camera, look, caption) {
  const context = new SvgContext(camera.width, camera.height);
  compose(context, painter, camera, look, caption);
  save(new Blob([context.toString()], { type: "image/svg+xml" }), "graph.svg");
}
