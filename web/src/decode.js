// The page's data: JSON, gzipped, in base64, in inert script elements. It is only ever parsed as JSON.

import { $ } from "./dom.js";

/** @param {string} id */
export async function decode(id) {
  const text = atob(/** @type {string} */ ($(`#${id}`).textContent));
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).json();
}
