// To a phone that is signed out and keeps what was saved on it: that it is safe, of which days, and the way to send it come
// first, in place of what the page says to others.

import { dayOf, named } from "./days.js";
import { isWaiting, kept } from "./sending.js";
import { kindOf } from "./session.js";

const place = document.querySelector("[data-hc-safe]");
const TITLES = JSON.parse(document.getElementById("safe-titles").textContent);
const whose = place.dataset.hcSafe;

function joined(words) {
  return Intl.ListFormat ? new Intl.ListFormat(document.documentElement.lang).format(words) : words.join(", ");
}

async function show() {
  const rows = (await kept("")).filter((row) => isWaiting(row) && (!whose || row.person === whose));
  const days = [...new Set(rows.map((row) => named(row.day ?? dayOf(row.place))))];
  if (days.length === 0) return;
  const areDays = rows.every((row) => kindOf(row.place) === "session");
  place.querySelector("[data-hc-safe-title]").textContent = TITLES[areDays ? Math.min(days.length, TITLES.length - 1) : 0];
  place.querySelector("[data-hc-safe-days]").textContent = joined(days);
  document.querySelectorAll("[data-hc-not-safe]").forEach((other) => (other.hidden = true));
  place.hidden = false;
  place.focus();
}

show();
