// What was saved on this phone and waits to be sent. A row leaves the queue when the server says it has it, or when the
// patient takes it away; nothing else removes it. Sending one twice is harmless: its id is the session's.
//
// A row is { key, person, place, uuid, opened, at, day, isChosen, entries, trouble }: `day` is the day the patient chose, or
// on which it was begun and saved, null where a night lies between; `trouble` says why the server did not take it, and what
// it asks.

import { dayOf as dayOfPlace } from "./days.js";
import { announce, keyOf, kindOf, said } from "./session.js";
import { isThere, transact } from "./store.js";

const PATIENCE_MS = 10_000;
const MOST_SKEW_MS = 30 * 60_000; // a phone whose clock is further off does not know the day; the server keeps the same rule
const A_WHILE_MS = 3 * 3_600_000; // for so long a clock that is wrong still tells how much time went by
// Where to ask and to send.
export const PHONE = document.querySelector("[data-hc-phone-bar]").dataset;

const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";

// "2026-11-29", where the phone is now.
function dayOf(moment) {
  const parts = new Intl.DateTimeFormat("en-CA", { timeZone: zone() || undefined, year: "numeric", month: "2-digit", day: "2-digit" });
  return parts.format(moment).replaceAll("/", "-");
}

function entriesOf(record) {
  const [, version, day] = record.place.split(":");
  if (kindOf(record.place) === "tell") return Object.entries({ message: day || record.uuid, text: said(record).text });
  const box = (name) => [name.slice(0, name.indexOf("=")), name.slice(name.indexOf("=") + 1)];
  const of = ([name, value]) => (value === true ? [box(name)] : value ? [[name, value]] : []);
  const fixed = { version, day, session: record.uuid, opened: String(record.opened) };
  return [...Object.entries(fixed), ...Object.entries(said(record)).flatMap(of)];
}

// Where a row is sent.
const addressOf = (row) => (kindOf(row.place) === "tell" ? PHONE.tell : PHONE.send);

export const saysNothing = (record) => !Object.values(said(record)).some(Boolean);

function rowOf(record, dayChosen) {
  const now = Date.now();
  const [begun, ended] = [dayOf(record.opened * 1000), dayOf(now)];
  const isMessage = kindOf(record.place) === "tell";
  return {
    key: `waiting:${record.uuid}`,
    person: record.place.split(":")[0],
    place: record.place,
    uuid: record.uuid,
    opened: record.opened,
    at: now,
    day: dayChosen || (begun === ended || isMessage ? begun : null),
    isChosen: Boolean(dayChosen),
    entries: entriesOf(record),
    made: record.fields,
    trouble: null,
  };
}

// Move what is in the making at a place to what waits. Returns the row, or null where nothing was said. `dayChosen` is
// the day for which the patient says it is, if they were asked.
export function queue(place, dayChosen = "") {
  return transact((rows) => {
    const record = rows.get(keyOf(place));
    if (!record || saysNothing(record)) return null;
    const row = rowOf(record, dayChosen);
    rows.delete(record.key);
    rows.set(row.key, row);
    return row;
  });
}

// And back, to be put right on its page.
export function unqueue(key) {
  return transact((rows) => {
    const row = rows.get(key);
    if (!row) return;
    rows.delete(key);
    const { place, uuid, opened, made: fields } = row;
    rows.set(keyOf(place), { key: keyOf(place), place, uuid, opened, fields });
  });
}

export const takeAway = (key) => transact((rows) => void rows.delete(key));

// All rows of a person; on a page that nobody is signed in on, everybody's.
export async function kept(person) {
  if (!person && !(await isThere())) return [];
  const rows = await transact((all) => [...all.values()]);
  return rows
    .filter((row) => !person || row.place.startsWith(`${person}:`))
    .sort((one, other) => (one.at ?? one.opened * 1000) - (other.at ?? other.opened * 1000));
}

export const isWaiting = (row) => row.key.startsWith("waiting:");

async function ask(address, options = {}) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  try {
    const headers = { Accept: "application/json" };
    const answer = await fetch(address, { ...options, headers, redirect: "manual", cache: "no-store", signal: patience.signal });
    const isOurs = answer.headers.get("Content-Type")?.startsWith("application/json");
    return { status: answer.status, isRedirect: answer.type === "opaqueredirect", said: isOurs ? await answer.json() : null };
  } finally {
    clearTimeout(timer);
  }
}

// Who is signed in here now, and a token for a form.
const whoIsHere = async () => (await ask(PHONE.here)).said;

// Nothing is begun before its page was drawn: then the clock was wrong, or the patient has flown west since.
function knowsTheDay(row, here) {
  const isRight = Math.abs(Date.now() - here.now * 1000) < MOST_SKEW_MS;
  return isRight && dayOf(row.opened * 1000) >= dayOfPlace(row.place);
}

// What was said, as it is sent. A clock that is wrong tells no day: what was begun just now is of the server's own day, of
// the rest the patient is asked.
function entriesFor(row, here) {
  const always = [["csrfmiddlewaretoken", here.token], ["zone", zone()]];
  if (knowsTheDay(row, here)) return [...row.entries, ...always];
  const since = Date.now() - row.opened * 1000;
  const isJustNow = since >= 0 && since < A_WHILE_MS;
  const opened = isJustNow ? [["opened", Math.floor(here.now - since / 1000)]] : [];
  return [...row.entries.filter(([name]) => !["day", "opened"].includes(name)), ...opened, ...always];
}

function bodyOf(row, here) {
  const body = new URLSearchParams(entriesFor(row, here));
  body.set("person", row.person);
  const isRight = knowsTheDay(row, here);
  if (isRight) body.set("said_at", Math.floor(row.at / 1000));
  // The day of its page was the server's; that the patient chose it needs no clock.
  const isSure = isRight || (row.isChosen && row.day === dayOfPlace(row.place));
  if (isSure && row.day && !body.has("which_day")) body.set("which_day", row.day);
  return body;
}

// { page } it is saved · { trouble } it is not taken · { signedOut } · { later }
async function post(row) {
  const here = await whoIsHere();
  if (!here) return { later: true };
  if (here.person !== row.person) return { signedOut: true };
  const { status, isRedirect, said: answer } = await ask(addressOf(row), { method: "POST", body: bodyOf(row, here) });
  if (isRedirect) return { signedOut: true };
  if (status === 200 && answer) return { page: answer.page };
  if ([409, 422].includes(status) && answer) return { trouble: answer, token: here.token };
  return { later: true };
}

export async function sendOne(row) {
  const outcome = await post(row).catch(() => ({ later: true }));
  if (outcome.page) await transact((rows) => rows.delete(row.key));
  if (outcome.trouble) await transact((rows) => void (rows.has(row.key) && rows.set(row.key, { ...row, trouble: outcome.trouble })));
  announce();
  return outcome;
}

// Send what waits, oldest first; only one tab does. Returns the rows that were sent.
export async function sendAll(person) {
  const send = async () => {
    const sent = [];
    for (const row of (await kept(person)).filter((one) => isWaiting(one) && !one.trouble)) {
      const outcome = await sendOne(row);
      if (outcome.page) sent.push(row);
      if (outcome.later || outcome.signedOut) break;
    }
    return sent;
  };
  if (!person) return [];
  return navigator.locks ? navigator.locks.request("hipcare.send", send) : send();
}

// Send a row as a form, to a page that asks what only the patient knows.
export async function sendAsForm(row) {
  const here = await whoIsHere().catch(() => null);
  if (!here) return false;
  const form = Object.assign(document.createElement("form"), { method: "post", action: PHONE.save, hidden: true });
  for (const [name, value] of entriesFor(row, here)) form.append(Object.assign(document.createElement("input"), { name, value }));
  document.body.append(form);
  form.submit();
  return true;
}
