import { createSigma } from "./renderer-sigma.js";
import { start } from "./start.js";

start(createSigma);
