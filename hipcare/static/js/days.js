// Days of this phone, written as in an address: 2026-11-27.

const BACK_DATING = 7; // days; the server keeps the same rule
const A_DAY = 86_400_000;

const two = (number) => String(number).padStart(2, "0");

export function today() {
  const now = new Date();
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

// The day of a place, "person:version:day".
export const dayOf = (place) => place.slice(place.lastIndexOf(":") + 1);

// Noon, so that no change of the clocks makes it another day.
const noon = (day) => new Date(`${day}T12:00:00`);

export const isTooLongAgo = (day) => Math.round((noon(today()) - noon(day)) / A_DAY) > BACK_DATING;

export function named(day) {
  return noon(day).toLocaleDateString(document.documentElement.lang, { weekday: "long", day: "numeric", month: "long" });
}
