import { start } from "./app.js";
import { createSigma } from "./renderer-sigma.js";

start(createSigma);
