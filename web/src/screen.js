// From the map to the screen: places, sizes, and what is worth showing at a scale.

/** @import { Box, ScreenView } from "./types.js" */
/** @import { Graph } from "./graph.js" */

const SLOWNESS = 0.62; // the power of the scale that discs grow with: less than distances do, so that gaps open
const [SMALLEST, LARGEST] = [0.34, 1.6]; // what a disc shrinks and grows to
const NEAR_ENOUGH = 0.75; // a scale at which papers have room
const FEW_PAPERS = 60; // so few have room at any scale

/**
 * How much larger than on the map a disc is on the screen.
 * @param {number} scale
 */
export const growth = (scale) => Math.min(LARGEST, Math.max(SMALLEST, scale ** SLOWNESS));

/**
 * The radius of a node on the screen.
 * @param {number} radius
 * @param {number} scale
 */
export const screenRadius = (radius, scale) => radius * growth(scale);

/**
 * Papers come to light when there is room for them.
 * @param {Graph} graph
 * @param {number} scale
 */
export const papersShow = (graph, scale) => scale > NEAR_ENOUGH || graph.papers <= FEW_PAPERS;

/**
 * From the map to the screen.
 * @param {ScreenView} camera
 * @returns {(mapX: number, mapY: number) => [number, number]}
 */
export const project =
  ({ x, y, scale, width, height }) =>
  (mapX, mapY) => [(mapX - x) * scale + width / 2, (mapY - y) * scale + height / 2];

/**
 * Whether a place is on the screen, or so near that something of what is there is.
 * @param {ScreenView} camera
 * @param {[number, number]} place
 * @param {number} margin
 */
export const isOnScreen = ({ width, height }, [x, y], margin) =>
  x > -margin && y > -margin && x < width + margin && y < height + margin;

/**
 * A canvas's context, which each of today's browsers has.
 * @param {HTMLCanvasElement} canvas
 */
export const context2d = (canvas) => /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
