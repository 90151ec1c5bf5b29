// "Done, next" keeps the tick on this phone and goes on to the next exercise that is not ticked here; after the last one,
// to how it went. Once it is ticked the page says so. Without JavaScript the link's address carries the ticks and goes on.

import { load, said, tick as keepTick } from "./session.js";

const TICK = "done";
const ARRIVED = "#now";

const title = document.querySelector("[data-hc-title]");
const tick = document.querySelector("[data-hc-tick]");
const ticked = document.querySelector("[data-hc-ticked]");
const own = tick?.dataset.hcTick;
const words = tick && JSON.parse(document.getElementById("words-to-go-on").textContent);
const order = tick?.dataset.hcOrder.split(" ").filter(Boolean);
const place = `${document.documentElement.dataset.hcPerson}:${tick?.dataset.hcPage}`;

// What is ticked: as this phone has it, and where it has nothing said of one, as the page's address has it.
function ids(kept) {
  const drawn = new URL(location).searchParams.getAll(TICK).map((id) => [`${TICK}=${id}`, true]);
  const known = Object.entries({ ...Object.fromEntries(drawn), ...kept });
  return known.filter(([name, isDone]) => name.startsWith(`${TICK}=`) && isDone).map(([name]) => name.slice(TICK.length + 1));
}

function carry(address, done) {
  const carrying = new URL(address, location.href);
  new URL(tick.href).searchParams.forEach((value, name) => name === TICK || carrying.searchParams.append(name, value));
  done.forEach((id) => carrying.searchParams.append(TICK, id));
  return carrying;
}

async function say() {
  const done = ids(said(await load(place)));
  const next = order.find((id) => !done.includes(id));
  const isTicked = done.includes(own);
  const address = next ? `${location.pathname.replace(own, next)}${ARRIVED}` : tick.dataset.hcFinish;
  tick.href = ticked.href = carry(address, isTicked ? done : [...done, own]);
  tick.querySelector("span").textContent = words.done[Number(!next)];
  ticked.querySelector("span").textContent = words.ticked[Number(!next)];
  tick.hidden = isTicked;
  ticked.hidden = !isTicked;
}

if (tick) {
  say();
  // The link leads on by itself; where nothing can be kept its address carries the tick.
  tick.addEventListener("click", () => keepTick(place, own).catch(() => {}));
  // Back from another page, where a tick can be undone, this page may be shown as it was left.
  addEventListener("pageshow", say);
}
// One exercise after another: each new page begins at its title, for whoever listens and for the keyboard.
if (location.hash === ARRIVED) title.focus({ preventScroll: true });
