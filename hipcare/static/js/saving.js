// Save: into the phone's queue first, then to the clinic. What could not be sent waits, and counts as done here
// until it is: on Today the list gives way to a few words. What the clinic asks or refuses is asked and said by its own
// page.

import { sayAfterReload, showBar } from "./phone_bar.js";
import { isWaiting, kept, PHONE, queue, sendAsForm, sendOne, unqueue } from "./sending.js";
import { kindOf, onChangeElsewhere } from "./session.js";

const panel = document.querySelector("[data-hc-on-phone]");

// As without a script.
function sendPage(form, token) {
  if (token) form.elements.csrfmiddlewaretoken.value = token;
  form.submit();
}

// A page that is open already does not load again by being gone to.
function goTo(page) {
  const { pathname, hash } = new URL(page, location.href);
  if (pathname !== location.pathname) return location.assign(page);
  location.hash = hash;
  location.reload();
}

// Send a row that was just put into the queue from its form. Returns true where it waits now, else the page is left.
export async function sendFrom(form, row) {
  const outcome = await sendOne(row);
  if (outcome.page) goTo(outcome.page);
  else if (outcome.signedOut) location.assign(`${PHONE.lost}?lost=page`);
  else if (outcome.trouble) {
    if (outcome.trouble.reasons) await unqueue(row.key);
    if (outcome.trouble.ask === "day" && (await sendAsForm(row))) return false;
    sendPage(form, outcome.token);
  } else {
    await showBar();
    navigator.storage?.persist?.();
    return true;
  }
  return false;
}

const doneIn = (row) => row.entries.filter(([name]) => name === "done").map(([, id]) => id);

// `page` is { form, placeNow, keepAll, startAnew, onPhone }: what is saved, where it is kept just now, how the page keeps
// it and starts anew, and how it is told what was saved from here and is not drawn as saved: { done, days, isAll }.
export async function startSaving(page) {
  const { form, placeNow } = page;
  let isSaving = false;
  let wantsMore = false;
  const sent = []; // of this page, since it was drawn

  // Says whether something of this page waits.
  async function show() {
    const rows = (await kept(placeNow().split(":")[0])).filter(isWaiting);
    const own = rows.filter((row) => row.place === placeNow());
    const isThere = own.length > 0;
    panel.hidden = wantsMore || !isThere;
    form.hidden = isThere && !wantsMore;
    const isStuck = own.some((row) => row.trouble);
    panel.querySelector("[data-hc-by-itself]").hidden = isStuck;
    panel.querySelector("[data-hc-by-hand]").hidden = !isStuck;
    const days = rows.filter((row) => kindOf(row.place) === "session").map((row) => row.day);
    page.onPhone({ done: new Set([...own, ...sent].flatMap(doneIn)), days, isAll: form.hidden });
    await showBar();
    return isThere;
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isSaving) return;
    isSaving = true;
    await page.keepAll();
    const row = await queue(placeNow(), form.elements.which_day?.value).catch(() => null);
    if (!row) return sendPage(form); // nothing was said, or nothing can be kept here
    if (!(await sendFrom(form, row))) return;
    isSaving = wantsMore = false;
    await page.startAnew();
    await show();
    panel.focus();
  });
  panel.querySelector("[data-hc-tick-more]").addEventListener("click", () => {
    wantsMore = true;
    show();
  });
  document.addEventListener("hc:sent", ({ detail: rows }) => {
    const own = rows.filter((row) => row.place === placeNow());
    if (form.hidden && own.length) return sayAfterReload();
    sent.push(...own);
    show();
  });
  onChangeElsewhere(async () => {
    const wasOnPhone = form.hidden;
    if (!(await show()) && wasOnPhone) location.reload();
  });
  await show();
}
