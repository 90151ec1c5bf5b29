// The line beside Give: what is saved, what is on its way, what is not saved and why. In words, never by colour alone.

const one = (name) => document.getElementById(name);

// Of the server's words: "All changes saved 14:32", or what has to be put right.
export const isWrong = () => Number(one("builder-state-words")?.dataset.hcWrong ?? 0) > 0;

function show(state, going = "") {
  const box = one("builder-state");
  if (!box) return;
  box.dataset.hcState = state;
  box.querySelector("[data-hc-going]").textContent = going;
  one("retry").hidden = state !== "trouble";
}

export const showSettled = () => show(isWrong() ? "wrong" : "saved");
export const showTyped = () => show("typed", "Not saved yet");
export const showSaving = () => show("saving", "Saving…");

export function showTrouble(words) {
  show("trouble");
  one("builder-state-words").textContent = words;
}

// Saved in the same minute as before: there is nothing new to say, and a screen reader is not told again.
document.addEventListener("htmx:oobBeforeSwap", (event) => {
  const { target, fragment } = event.detail;
  if (target.id !== "builder-state-words") return;
  const words = (of) => of.textContent.replace(/\s+/g, " ").trim();
  if (words(fragment) === words(target)) event.detail.shouldSwap = false;
});
