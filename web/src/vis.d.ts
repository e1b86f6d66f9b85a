// The few parts of vis-network that the page uses. pyvis brings the library along, without its types.

declare namespace vis {
  class DataSet {
    constructor(items: object[]);
    update(items: object[]): void;
  }

  class Network {
    constructor(container: HTMLElement, data: { nodes: DataSet; edges: DataSet }, options: object);
    getScale(): number;
    getViewPosition(): { x: number; y: number };
    moveTo(view: { position: { x: number; y: number }; scale: number; animation: boolean }): void;
    on(event: "afterDrawing", act: () => void): void;
    on(event: "click", act: (on: { nodes: number[] }) => void): void;
    on(event: "hoverNode" | "blurNode", act: (on: { node: number }) => void): void;
    redraw(): void;
    setSize(width: string, height: string): void;
  }

  /** What a node of shape "custom" is drawn with. */
  interface Drawing {
    ctx: CanvasRenderingContext2D;
    x: number;
    y: number;
  }
}
