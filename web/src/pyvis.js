import { start } from "./app.js";
import { createVis } from "./renderer-vis.js";

start(createVis);
