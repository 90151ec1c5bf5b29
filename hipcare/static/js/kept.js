// What was typed and is not saved yet, kept in this tab alone until it is: a sign-in lies between, or a lost line.

const SHELF = "hc-kept:";

export function keep(what, by, entries) {
  try {
    sessionStorage.setItem(SHELF + what, JSON.stringify({ by, entries }));
  } catch {
    // No room, or storage is switched off: the page still holds it.
  }
}

export function forget(what) {
  sessionStorage.removeItem(SHELF + what);
}

// What this person typed there. Somebody else's is thrown away.
export function kept(what, by) {
  const found = JSON.parse(sessionStorage.getItem(SHELF + what) ?? "null");
  if (found && found.by !== by) forget(what);
  return found?.by === by ? found.entries : null;
}

export function forgetAll() {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(SHELF)) sessionStorage.removeItem(key);
}

// The sign-in page says what became of the words: lost, or kept.
const lost = document.querySelector("[data-hc-lost]");
if (lost && Object.keys(sessionStorage).some((key) => key.startsWith(SHELF))) {
  lost.hidden = true;
  document.querySelector("[data-hc-kept]").hidden = false;
}

// Who signs out leaves nothing behind.
document.addEventListener("submit", (event) => {
  if (event.target.matches("[action$='/logout/']")) forgetAll();
});
