// A refused page says what is to be put right until it is: a field that was changed since is not said to be wrong any
// more, nor is what was said of no field. The site looks again when it is sent. It goes a second later, and the page
// stays where it is: nothing moves under a finger that taps twice.

const REST_MS = 1000;
const summary = document.getElementById("error-summary");

function isAbout(item, field) {
  const named = document.getElementById(item.querySelector("a")?.hash.slice(1));
  return !named || named === field || (named.name && named.name === field.name);
}

function holdStill(field, change) {
  const before = field.getBoundingClientRect().top;
  change();
  scrollBy(0, field.getBoundingClientRect().top - before);
}

function forgive(field) {
  [...summary.querySelectorAll("li")].filter((item) => isAbout(item, field)).forEach((item) => item.remove());
  if (!summary.querySelector("li")) summary.hidden = true;
  const group = field.closest(".field-bad");
  group?.classList.remove("field-bad");
  group?.querySelectorAll(".invalid-feedback").forEach((words) => words.remove());
  field.classList.remove("is-invalid");
  field.removeAttribute("aria-invalid");
}

if (summary) {
  document.addEventListener("input", ({ target }) => {
    if (!summary.hidden) setTimeout(() => holdStill(target, () => forgive(target)), REST_MS);
  });
}
