// "Tick when done" keeps the tick on this phone before it goes back to Today. Without JavaScript its address does.

import { addTick } from "./ticks.js";

const link = document.querySelector("[data-hc-tick]");
link?.addEventListener("click", () => addTick(link.dataset.hcTick));
