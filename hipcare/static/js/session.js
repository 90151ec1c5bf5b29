// The session in the making: what is ticked and typed and not saved yet, kept on this phone at each touch, for one
// person, version and day. One record for all tabs. No page and no address is known here.
//
// A place is "person:version:day"; or of what else is typed "person:tell" (or "person:tell:id", to be changed),
// "person:fill:day", "person:change:session". A record is { key, place, uuid, opened, fields }: `uuid` becomes the session's own,
// `opened` is when the first thing was said (seconds), `fields` what was said by the name of its field.

import { merged, setDown, transact } from "./store.js";

const OLD_TICKS = "hipcare.ticks"; // where release 0.1.0 kept them
const making = new Map(); // this page's own copies, by place
const channel = "BroadcastChannel" in self ? new BroadcastChannel("hipcare.sessions") : null;

export const keyOf = (place) => `making:${place}`;

const OTHERS = ["tell", "fill", "change"];

// "session", or what else a place is of.
export function kindOf(place) {
  const [, what] = place.split(":");
  return OTHERS.includes(what) ? what : "session";
}

const tickOf = (id) => `done=${id}`;

function newUuid() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

const blank = (place) => ({ key: keyOf(place), place, uuid: newUuid(), opened: null, fields: {} });

// What stands in the fields of a record, without when it was said.
export function said(record) {
  return Object.fromEntries(Object.entries(record.fields).map(([name, [value]]) => [name, value]));
}

export const isTicked = (record, id) => record.fields[tickOf(id)]?.[0] === true;

// The record of a place as the phone has it now; one with nothing in it where there is none.
export async function load(place) {
  const old = oldTicks(place);
  if (old) await change(place, old);
  const own = making.get(place) ?? blank(place);
  const row = await transact((rows) => rows.get(keyOf(place)) ?? null).catch(() => own);
  // Said here and no longer kept: another tab has saved it.
  making.set(place, row ?? (own.opened ? blank(place) : own));
  return making.get(place);
}

// Keep what was just said, by name; a tick is named "done=<id>" and true or false. Returns the record, or fails: not kept.
export async function change(place, fields) {
  const record = making.get(place) ?? blank(place);
  const now = Date.now();
  const newer = { ...record, opened: record.opened ?? Math.floor(now / 1000), fields: { ...record.fields } };
  for (const [name, value] of Object.entries(fields)) {
    newer.fields[name] = [value, Math.max(now, (record.fields[name]?.[1] ?? 0) + 1)];
  }
  making.set(place, newer);
  setDown(newer);
  const kept = await transact((rows) => {
    const row = merged(rows.get(newer.key), newer);
    rows.set(row.key, row);
    return row;
  });
  making.set(place, merged(making.get(place), kept));
  announce();
  return kept;
}

export const tick = (place, id, isDone = true) => change(place, { [tickOf(id)]: isDone });

// What the same person began for the same version on another day, the newest; null where nothing is kept of any.
export async function begunOnAnotherDay(place) {
  const begins = keyOf(place.slice(0, place.lastIndexOf(":") + 1));
  const rows = await transact((all) => [...all.values()]).catch(() => []);
  const begun = rows.filter((row) => row.key.startsWith(begins) && row.place !== place && row.opened);
  return begun.sort((one, other) => other.opened - one.opened)[0] ?? null;
}

// Forget the records with one of these ids: they are saved.
export async function forget(...uuids) {
  const isGone = await transact((rows) => {
    const gone = [...rows.values()].filter((row) => uuids.includes(row.uuid));
    gone.forEach((row) => rows.delete(row.key));
    return gone.length > 0;
  });
  if (isGone) announce();
}

// Tell the other tabs to look again.
export const announce = () => channel?.postMessage("");

// Call `listener` when another tab, or this person coming back to this one, may have changed what is kept.
export function onChangeElsewhere(listener) {
  channel?.addEventListener("message", listener);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") listener();
  });
}

// What an earlier release kept of this place, once.
function oldTicks(place) {
  try {
    const old = JSON.parse(localStorage.getItem(OLD_TICKS));
    if (!old || !place.endsWith(`:${old.page}`)) return null;
    localStorage.removeItem(OLD_TICKS);
    return { ...Object.fromEntries(old.ids.map((id) => [tickOf(id), true])), ...old.said };
  } catch {
    return null; // storage switched off, or nothing of ours
  }
}
