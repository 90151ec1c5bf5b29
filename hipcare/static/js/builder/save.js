// What is written is saved by itself. Each press of a button carries all of it and makes a save that waits needless;
// once a programme is being given, nothing else goes out: the next page is the one it is handed over on.

import { forget, keep } from "../kept.js";
import { builderForm, isOfTheBuilder, unsaved, values } from "./form.js";
import { isWrong, showSaving, showSettled, showTrouble, showTyped } from "./state.js";

const PAUSE_MS = 300;
const WRITING_MS = 1500; // a pause in a line of words
const AGAIN_MS = [3000, 6000, 12000, 30000];

let saved = values(); // what the site has
let sent = saved;
let waits = 0;
let failures = 0;
let giving = false;
let leaving = false;
let pressing = false;
let goesTo = null;

const isGive = (event) => event.detail.requestConfig.triggeringEvent?.submitter?.id === "give";
const isUnsaved = () => builderForm() !== null && (isWrong() || unsaved(saved));
const save = () => builderForm()?.dispatchEvent(new Event("hc-save"));

function saveIn(milliseconds) {
  clearTimeout(waits);
  if (!giving && !leaving) waits = setTimeout(save, milliseconds);
}

function look() {
  const { hcDraft, hcBy, hcPending } = builderForm().dataset;
  if (hcPending) return; // what is kept is on its way back into the page
  if (isUnsaved()) keep(hcDraft, hcBy, [...new FormData(builderForm())]);
  else forget(hcDraft);
  if (failures) return;
  if (unsaved(saved)) showTyped();
  else showSettled();
}

function isWritten(event) {
  return event.target.form === builderForm() && !event.target.closest("[data-hc-search]");
}

document.addEventListener("input", (event) => {
  if (!isWritten(event)) return;
  look();
  if (event.target.matches("input[type=text]:not([inputmode]):not([name=review_on])")) saveIn(WRITING_MS);
});
document.addEventListener("change", (event) => {
  if (!isWritten(event)) return;
  look();
  saveIn(PAUSE_MS);
});
document.addEventListener(
  "submit",
  (event) => {
    if (event.target.matches(".discard form")) leave();
    if (event.target !== builderForm()) return;
    clearTimeout(waits);
    pressing = true;
    if (!giving) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  },
  true,
);
document.addEventListener("htmx:beforeRequest", (event) => {
  if (!isOfTheBuilder(event)) return;
  if (giving || leaving) {
    event.preventDefault();
    return;
  }
  giving = isGive(event);
  pressing = false;
  sent = values();
  showSaving();
});

// An answer came: what was sent is there. A new builder is looked at once it stands (htmx:afterSwap).
document.addEventListener("htmx:afterRequest", (event) => {
  const { target, xhr, successful } = event.detail;
  if (target?.id !== "builder" || leaving) return;
  if (pressing && !xhr.status) return; // a save that a press has overtaken
  if (xhr.getResponseHeader("HX-Redirect")) leave();
  else if (successful || xhr.status === 422) arrived(xhr.getResponseHeader("HX-Reswap") === "none");
  else failed(xhr);
});

function leave() {
  leaving = true;
  forget(builderForm()?.dataset.hcDraft);
}

function arrived(isSameForm) {
  giving = false;
  failures = 0;
  const to = goesTo;
  goesTo = null;
  if (!isSameForm) return;
  saved = sent;
  look();
  if (unsaved(saved)) saveIn(PAUSE_MS);
  else if (to && !isWrong()) location.assign(to);
}

function failed(xhr) {
  const token = xhr.getResponseHeader("HC-Token");
  const wasGive = giving;
  giving = false;
  goesTo = null;
  look();
  if (token && !failures) {
    for (const field of document.getElementsByName("csrfmiddlewaretoken")) field.value = token;
  }
  const why = xhr.status ? "HipCare did not answer as it should" : "no connection";
  showTrouble(wasGive ? `Not given: ${why}. Press Give again.` : `Not saved, kept in this browser: ${why}. Trying again.`);
  saveIn(token && !failures ? 0 : AGAIN_MS[Math.min(failures, AGAIN_MS.length - 1)]);
  failures += 1;
}

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.id !== "builder") return;
  saved = values();
  look();
});
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-hc-retry]")) save();
  const link = event.target.closest("a[href]");
  if (!link || link.hash || event.ctrlKey || event.metaKey || failures || !unsaved(saved)) return;
  event.preventDefault(); // first what is written, then the other page
  goesTo = link.href;
  saveIn(0);
});
window.addEventListener("online", () => failures && save());
document.addEventListener("hc:leaving", () => (leaving = true));
window.addEventListener("beforeunload", (event) => {
  if (!leaving && !giving && isUnsaved()) event.preventDefault();
});
// Back from the next page: the form is of before.
window.addEventListener("pageshow", (event) => event.persisted && location.reload());
