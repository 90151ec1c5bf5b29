// The phone's worker, served as /sw.js: keeps a patient's pages, with all that stands in them, for when there is no
// signal. A page is asked for at the clinic first; what has a hash in its name comes from the phone. Whatever is not
// named here, and every page of staff, goes by untouched.
//
// One cache holds the pages of one person, one release and one state of the plan, and counts once it is whole; then the
// others go. So a page never runs with scripts of another release. No redirect, and no answer but 200, is ever kept.

const PREFIX = "hipcare:";
const WHOLE = "/whole"; // the last that is put into a cache
const PATIENCE_MS = 3000;
const AT_ONCE = 4;
const LIST = "/today/pages/";
const NO_SIGNAL = "/today/no-signal/";
const TODAY = "/today/";
const KEPT = /^\/(?:today\/(?:(?:exercises|topics)\/[\w/-]+|waiting\/|no-signal\/|tell\/)?|help\/)$/;
const PATIENTS = /^\/(?:today|sessions|help)\//;
const ONCE_MORE = /<form[^>]* data-hc-once-more hidden>/;
const SAID_ONCE = 'class="said"'; // what just happened is no part of a page that is kept
const HASHED = /^\/(?:static|pictures)\//;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  const isPatients = request.mode === "navigate" && PATIENTS.test(pathname);
  if (isPatients && request.method === "POST") event.respondWith(posted(request));
  if (request.method !== "GET") return;
  if (isPatients) event.respondWith(page(request, pathname, event));
  else if (request.mode === "navigate" && pathname === "/") event.respondWith(fetch(request).catch(home));
  else if (HASHED.test(pathname)) event.respondWith(asset(request));
});

self.addEventListener("message", (event) => {
  if (event.data === "keep") event.waitUntil(keep());
  if (event.data === "renew") event.waitUntil(keep().then(() => renew(TODAY)));
  if (event.data === "forget") event.waitUntil(forget().then(() => event.ports[0]?.postMessage("forgotten")));
});

const ours = async () => (await caches.keys()).filter((name) => name.startsWith(PREFIX));

// The cache that is whole, with whose it is and of which release; null where nothing is kept.
async function current() {
  for (const name of await ours()) {
    const cache = await caches.open(name);
    const [, person, release] = name.split(":");
    if (await cache.match(WHOLE)) return { name, cache, person, release };
  }
  return null;
}

async function forget() {
  await Promise.all((await ours()).map((name) => caches.delete(name)));
}

async function asset(request) {
  const kept = await current();
  return (await kept?.cache.match(request)) ?? fetch(request);
}

async function page(request, path, event) {
  const kept = await current();
  if (!kept) return fetch(request);
  const own = KEPT.test(path) ? await kept.cache.match(path) : null;
  const asked = askFor(request, own).then((answer) => {
    event.waitUntil(look(answer.clone(), request, path, kept));
    if (answer.status === 304) return own.clone();
    return answer.status >= 500 && own ? fromPhone(own) : answer;
  });
  const fallback = async () => (own ? fromPhone(own) : fromPhone(await kept.cache.match(NO_SIGNAL)));
  asked.catch(() => {}); // it may come too late for anybody to hear it
  if (!own) return asked.catch(fallback);
  const tooLong = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS)).then(fallback);
  return Promise.race([asked.catch(fallback), tooLong]);
}

// What the phone has with a tag is asked for only if it has changed: most visits change nothing.
function askFor(request, own) {
  const tag = own?.headers.get("ETag");
  if (!tag || new URL(request.url).search) return fetch(request);
  const headers = { "If-None-Match": tag, Accept: "text/html" };
  return fetch(request.url, { headers, cache: "no-store", redirect: "manual" });
}

async function home() {
  return (await current()) ? Response.redirect(TODAY) : Response.error();
}

// A form that could not be sent comes back with all that was typed in it, to be sent once more.
async function posted(request) {
  const copy = request.clone();
  try {
    return await fetch(request);
  } catch (trouble) {
    const own = await (await current())?.cache.match(NO_SIGNAL);
    if (!own) throw trouble;
    const inputs = [...(await copy.formData())].map(([name, value]) => `<input type="hidden" name="${quoted(name)}" value="${quoted(value)}">`);
    const text = (await own.text()).replace(ONCE_MORE, (form) => form.replace(" hidden>", ">") + inputs.join(""));
    return new Response(text, { status: 200, headers: own.headers });
  }
}

const quoted = (text) => String(text).replace(/[&<>"\n\r]/g, (sign) => `&#${sign.charCodeAt(0)};`);

// A kept page says of itself that it was on the phone.
async function fromPhone(answer) {
  const text = (await answer.clone().text()).replace("<html ", '<html data-hc-from-phone="" ');
  return new Response(text, { status: 200, headers: answer.headers });
}

// An answer of the clinic renews what is kept; one to somebody else, or to nobody, ends it.
async function look(answer, request, path, kept) {
  if (answer.type === "opaqueredirect" && path.startsWith(TODAY)) return forget();
  if (answer.status !== 200 || answer.redirected || !KEPT.test(path)) return;
  const text = await answer.clone().text();
  const head = text.slice(0, 500);
  const [, person] = head.match(/data-hc-person="(\w+)"/) ?? [];
  const [, release] = head.match(/data-hc-release="(\w+)"/) ?? [];
  if (person !== kept.person) return forget();
  if (release !== kept.release || new URL(request.url).search) return;
  if (text.includes(SAID_ONCE)) await renew(path);
  else await kept.cache.put(path, answer);
}

async function renew(path) {
  const kept = await current();
  if (!kept) return;
  const answer = await fetch(path, { cache: "no-store", redirect: "manual" }).catch(() => null);
  if (answer) await look(answer, { url: new URL(path, location.href).href }, path, kept);
}

let keeping = null;

// Fetch the pages of the list and all that stands in them, once; what was fetched before an interruption stays.
function keep() {
  keeping ??= keepAll()
    .catch(() => {}) // the signal went: the next page that opens goes on
    .finally(() => (keeping = null));
  return keeping;
}

async function keepAll() {
  const answer = await fetch(LIST, { cache: "no-store", redirect: "manual" });
  if (answer.type === "opaqueredirect" || answer.status === 403) return forget();
  if (answer.status !== 200) return;
  const { person, release, stamp, pages } = await answer.json();
  const name = `${PREFIX}${person}:${release}:${stamp}`;
  const old = (await ours()).filter((one) => one !== name);
  await Promise.all(old.filter((one) => !one.startsWith(`${PREFIX}${person}:`)).map((one) => caches.delete(one)));
  const cache = await caches.open(name);
  if (!(await cache.match(WHOLE))) {
    await fill(cache, pages);
    await cache.put(WHOLE, new Response(""));
  }
  await Promise.all(old.map((one) => caches.delete(one)));
}

async function fill(cache, pages) {
  const seen = new Set();
  let next = pages.map((path) => [path, true]);
  while (next.length) {
    const now = next.splice(0, AT_ONCE);
    now.forEach(([path]) => seen.add(path));
    const found = await Promise.all(now.map(([path, isPage]) => take(cache, path, isPage)));
    for (const path of new Set(found.flat())) {
      if (!seen.has(path) && !next.some(([one]) => one === path)) next.push([path, false]);
    }
  }
}

// Put one address into the cache; return those that stand in it. A picture that is still being drawn is left out.
async function take(cache, path, isPage) {
  const had = isPage ? null : await caches.match(path);
  const answer = had ?? (await fetch(path, isPage ? { cache: "no-store", redirect: "manual" } : {}));
  if (answer.status !== 200 || answer.redirected) {
    if (isPage) throw new Error(`${path} answered ${answer.status}`);
    return [];
  }
  await cache.put(path, answer.clone());
  return standingIn(answer, path);
}

const IN_PAGE = /\b(?:src|href|srcset)="([^"]+)"/g;
const IN_SHEET = /url\("([^"]+)"\)/g;
const IN_SCRIPT = /\b(?:from|import)\s*"(\.[^"]+)"/g;

async function standingIn(answer, path) {
  const kind = answer.headers.get("Content-Type") ?? "";
  const pattern = kind.includes("html") ? IN_PAGE : kind.includes("css") ? IN_SHEET : kind.includes("javascript") ? IN_SCRIPT : null;
  if (!pattern) return [];
  const found = [...(await answer.text()).matchAll(pattern)].filter(([, one]) => !one.startsWith("data:")).flatMap(([, one]) => one.split(",").map((part) => part.trim().split(" ")[0]));
  const addresses = found.map((one) => new URL(one.replaceAll("&amp;", "&"), new URL(path, location.href)));
  return addresses.filter(({ origin, pathname }) => origin === location.origin && HASHED.test(pathname)).map(({ pathname }) => pathname);
}
