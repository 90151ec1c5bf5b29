// What is written is saved by itself. Each press of a button carries all of it and makes a save that waits needless;
// once a programme is being given, nothing else goes out: the next page is the one it is handed over on.

import { builderForm, isOfTheBuilder } from "./form.js";

const PAUSE_MS = 300;
let waits = 0;
let giving = false;

const isGive = (event) => event.detail.requestConfig.triggeringEvent?.submitter?.id === "give";

function saveSoon() {
  clearTimeout(waits);
  if (!giving) waits = setTimeout(() => builderForm()?.dispatchEvent(new Event("hc-save")), PAUSE_MS);
}

document.addEventListener("change", (event) => {
  if (event.target.form === builderForm() && !event.target.closest("[data-hc-search]")) saveSoon();
});
document.addEventListener(
  "submit",
  (event) => {
    if (event.target !== builderForm()) return;
    clearTimeout(waits);
    if (!giving) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  },
  true,
);
document.addEventListener("htmx:beforeRequest", (event) => {
  if (!isOfTheBuilder(event)) return;
  if (giving) event.preventDefault();
  else giving = isGive(event);
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.target?.id === "builder" && !event.detail.xhr.getResponseHeader("HX-Redirect")) giving = false;
});
// Back from the next page: the form is of before.
window.addEventListener("pageshow", (event) => event.persisted && location.reload());
