// "Tick when done" keeps the tick on this phone before it goes back to Today; once it is kept, the page says so.
// Without JavaScript the link's address carries the tick.

import { addTick, ticksOf } from "./ticks.js";

const tick = document.querySelector("[data-hc-tick]");
const ticked = document.querySelector("[data-hc-ticked]");

function say() {
  tick.hidden = ticksOf(tick.dataset.hcPage).has(tick.dataset.hcTick);
  ticked.hidden = !tick.hidden;
}

say();
tick.addEventListener("click", () => addTick(tick.dataset.hcTick));
// Back from Today, where a tick can be undone, this page may be shown as it was left.
addEventListener("pageshow", say);
