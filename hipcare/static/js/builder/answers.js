// A press of a button is answered with a whole new builder. What was changed or pressed while that answer was on its
// way is done again in it: on a slow line nobody waits for the page before the next press.

import { builderForm, differences, isOfTheBuilder, values } from "./form.js";

// A fold that was open stays open when the builder is drawn anew, and the library stays where it was.
const library = () => document.getElementById("library-list");
let open = [];
let place = 0;
document.addEventListener("htmx:beforeSwap", (event) => {
  if (isOfTheBuilder(event)) place = library().scrollTop;
  open = Array.from(document.querySelectorAll("#builder details[open][id]"), (fold) => fold.id);
});
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.id === "builder") library().scrollTop = place;
  for (const id of open) openAgain(document.getElementById(id));
});

// Of the rows of a long programme one is open at a time: the one that the answer has opened stays so.
function openAgain(fold) {
  if (!fold || (fold.getAttribute("name") && document.querySelector(".row-fold[name][open]"))) return;
  fold.open = true;
}

// A link to a field in a fold opens the fold, and the field has the focus.
document.addEventListener("click", (event) => {
  const link = event.target.closest("#builder a[href^='#']");
  const field = link && document.getElementById(link.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  for (let fold = field.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  field.focus();
});

// A half-written date holds everything back: say so at the date.
document.addEventListener("htmx:validation:halted", (event) => event.target.closest("form")?.reportValidity());

let sent = new Map();
let pressed = [];
let changed = new Map();
let waiting = false;

function write(field, wanted) {
  if (field.type === "radio" || field.type === "checkbox") field.checked = wanted.includes(field.value);
  else if (field.type !== "hidden" && wanted.length) field.value = wanted[0];
}

document.addEventListener(
  "submit",
  (event) => {
    if (waiting && event.target === builderForm() && event.submitter?.id) pressed.push(event.submitter.id);
  },
  true,
);
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.defaultPrevented || !isOfTheBuilder(event)) return;
  // One that waited its turn goes out after all: it needs no second press.
  const id = event.detail.requestConfig.triggeringEvent?.submitter?.id;
  if (pressed.includes(id)) pressed.splice(pressed.indexOf(id), 1);
  sent = values();
  waiting = true;
});
document.addEventListener("htmx:beforeSwap", (event) => {
  if (isOfTheBuilder(event) && event.detail.shouldSwap) changed = differences(sent, values());
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.target?.id === "builder") waiting = false;
});
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.id !== "builder") return;
  const again = pressed;
  pressed = [];
  let last = null;
  for (const [name, wanted] of changed) {
    for (const field of builderForm().elements) {
      if (field.name !== name) continue;
      write(field, wanted);
      last = field;
    }
  }
  changed = new Map();
  if (again.length) again.forEach((id) => document.getElementById(id)?.click());
  else last?.dispatchEvent(new Event("change", { bubbles: true }));
});
