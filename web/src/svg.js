// A 2D context's few methods, written down as SVG. Texts are escaped by the serializer of the browser.

const NAMESPACE = "http://www.w3.org/2000/svg";

export class SvgContext {
  constructor(width, height) {
    this.document = document.implementation.createDocument(NAMESPACE, "svg");
    this.root = this.document.documentElement;
    for (const [name, value] of Object.entries({ width, height, viewBox: `0 0 ${width} ${height}` }))
      this.root.setAttribute(name, value);
    this.globalAlpha = 1;
    this.letterSpacing = "0px";
    this.path = "";
  }

  add(tag, attributes, text = null) {
    const element = this.document.createElementNS(NAMESPACE, tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    if (this.globalAlpha < 1) element.setAttribute("opacity", this.globalAlpha);
    if (text !== null) element.textContent = text;
    this.root.append(element);
  }

  beginPath() {
    this.path = "";
  }
  moveTo(x, y) {
    this.path += `M${round(x)} ${round(y)}`;
  }
  lineTo(x, y) {
    this.path += `L${round(x)} ${round(y)}`;
  }
  closePath() {
    this.path += "Z";
  }
  arc(x, y, radius) {
    const r = round(radius);
    this.path += `M${round(x - radius)} ${round(y)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;
  }
  fill(rule = "nonzero") {
    this.add("path", { d: this.path, fill: this.fillStyle, "fill-rule": rule });
  }
  stroke() {
    this.add("path", {
      d: this.path,
      fill: "none",
      stroke: this.strokeStyle,
      "stroke-width": this.lineWidth,
      "stroke-linejoin": "round",
    });
  }
  fillRect(x, y, width, height) {
    this.add("rect", { x, y, width, height, fill: this.fillStyle });
  }
  strokeText(text, x, y) {
    this.text(text, x, y, {
      fill: "none",
      stroke: this.strokeStyle,
      "stroke-width": this.lineWidth,
      "stroke-linejoin": "round",
    });
  }
  fillText(text, x, y) {
    this.text(text, x, y, { fill: this.fillStyle });
  }

  text(text, x, y, paint) {
    const [weight, size, ...family] = this.font.split(" ");
    const anchor = { center: "middle", left: "start", right: "end" }[this.textAlign] ?? "start";
    const spacing = this.letterSpacing === "0px" ? {} : { "letter-spacing": this.letterSpacing };
    this.add(
      "text",
      {
        x: round(x),
        y: round(y),
        "font-weight": weight,
        "font-size": size,
        "font-family": family.join(" "),
        "text-anchor": anchor,
        "dominant-baseline": "central",
        ...spacing,
        ...paint,
      },
      text,
    );
  }

  toString() {
    return new XMLSerializer().serializeToString(this.root);
  }
}

const round = (value) => Math.round(value * 10) / 10;
