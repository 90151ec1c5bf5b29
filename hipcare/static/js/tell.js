// What is typed for the next visit and not kept by the site yet, kept in this tab: under the id it is to be sent with,
// so that what did arrive is known by it, and what is sent once more is there once.

import { forget, keep, kept } from "./kept.js";

const SHELF = "tell";
const form = document.querySelector("[data-hc-tell]");
const person = document.documentElement.dataset.hcPerson;
const { message, text } = form.elements;

const known = kept(SHELF, person);
if (known && document.querySelector(`[data-hc-told="${known.message}"]`)) forget(SHELF);
else if (known && !text.value.trim()) {
  message.value = known.message;
  text.value = known.text;
}
const keepNow = () => keep(SHELF, person, { message: message.value, text: text.value });
if (text.value.trim()) keepNow(); // typed before this script ran
text.addEventListener("input", keepNow);
