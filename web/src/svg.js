// A 2D context's few methods, written down as SVG. Texts are escaped by the serializer of the browser.

const NAMESPACE = "http://www.w3.org/2000/svg";
/** @type {Record<string, string>} */
const ANCHORS = { center: "middle", left: "start", right: "end" };

export class SvgContext {
  globalAlpha = 1;
  letterSpacing = "0px";
  fillStyle = "#000000";
  strokeStyle = "#000000";
  lineWidth = 1;
  lineJoin = "round"; // the only one there is
  textAlign = "start";
  textBaseline = "middle"; // the only one there is
  font = "400 10px sans-serif";
  #path = "";

  /**
   * @param {number} width
   * @param {number} height
   */
  constructor(width, height) {
    this.document = document.implementation.createDocument(NAMESPACE, "svg");
    this.root = this.document.documentElement;
    setAttributes(this.root, { width, height, viewBox: `0 0 ${width} ${height}` });
  }

  /**
   * @param {string} tag
   * @param {Record<string, string | number>} attributes
   * @param {string | null} text
   */
  #add(tag, attributes, text = null) {
    const element = this.document.createElementNS(NAMESPACE, tag);
    setAttributes(element, attributes);
    if (this.globalAlpha < 1) setAttributes(element, { opacity: this.globalAlpha });
    if (text !== null) element.textContent = text;
    this.root.append(element);
  }

  /** How lines are drawn. */
  get #pen() {
    return { fill: "none", stroke: this.strokeStyle, "stroke-width": this.lineWidth, "stroke-linejoin": "round" };
  }

  beginPath() {
    this.#path = "";
  }

  /** @param {number} x @param {number} y */
  moveTo(x, y) {
    this.#path += `M${round(x)} ${round(y)}`;
  }

  /** @param {number} x @param {number} y */
  lineTo(x, y) {
    this.#path += `L${round(x)} ${round(y)}`;
  }

  closePath() {
    this.#path += "Z";
  }

  /**
   * A whole circle.
   * @param {number} x
   * @param {number} y
   * @param {number} radius
   */
  arc(x, y, radius) {
    const r = round(radius);
    this.#path += `M${round(x - radius)} ${round(y)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;
  }

  /** @param {CanvasFillRule} rule */
  fill(rule = "nonzero") {
    this.#add("path", { d: this.#path, fill: this.fillStyle, "fill-rule": rule });
  }

  stroke() {
    this.#add("path", { d: this.#path, ...this.#pen });
  }

  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  fillRect(x, y, width, height) {
    this.#add("rect", { x, y, width, height, fill: this.fillStyle });
  }

  /** @param {string} text @param {number} x @param {number} y */
  strokeText(text, x, y) {
    this.#text(text, x, y, this.#pen);
  }

  /** @param {string} text @param {number} x @param {number} y */
  fillText(text, x, y) {
    this.#text(text, x, y, { fill: this.fillStyle });
  }

  /** @param {string} text @param {number} x @param {number} y @param {Record<string, string | number>} paint */
  #text(text, x, y, paint) {
    const [weight, size, ...family] = this.font.split(" ");
    const place = { x: round(x), y: round(y) };
    const font = { "font-weight": weight, "font-size": size, "font-family": family.join(" ") };
    const alignment = { "text-anchor": ANCHORS[this.textAlign] ?? "start", "dominant-baseline": "central" };
    /** @type {Record<string, string>} */
    const spacing = this.letterSpacing === "0px" ? {} : { "letter-spacing": this.letterSpacing };
    this.#add("text", { ...place, ...font, ...alignment, ...spacing, ...paint }, text);
  }

  toString() {
    return new XMLSerializer().serializeToString(this.root);
  }
}

/** @param {Element} element @param {Record<string, string | number>} attributes */
function setAttributes(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
}

/** @param {number} value */
const round = (value) => Math.round(value * 10) / 10;
