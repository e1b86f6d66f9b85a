import { createVis } from "./renderer-vis.js";
import { start } from "./start.js";

start(createVis);
