// "Tick when done" keeps the tick on this phone before it goes back to Today; once it is kept, the page says so.
// Without JavaScript the link's address carries the tick.

import { isTicked, load, tick as keepTick } from "./session.js";

const tick = document.querySelector("[data-hc-tick]");
const ticked = document.querySelector("[data-hc-ticked]");
const place = `${document.documentElement.dataset.hcPerson}:${tick.dataset.hcPage}`;

async function say() {
  tick.hidden = isTicked(await load(place), tick.dataset.hcTick);
  ticked.hidden = !tick.hidden;
}

say();
// The link leads on by itself; where nothing can be kept its address carries the tick.
tick.addEventListener("click", () => keepTick(place, tick.dataset.hcTick).catch(() => {}));
// Back from Today, where a tick can be undone, this page may be shown as it was left.
addEventListener("pageshow", say);
