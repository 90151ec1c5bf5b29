// The keyboard's short ways. In a group of small choices Tab stops once, and the arrow keys go along; Ctrl and Enter
// together go to Give, which one more Enter presses.

const ALONG = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
const parts = (group) => Array.from(group.querySelectorAll("button, input"));

function stopAt(group, chosen) {
  for (const one of parts(group)) one.tabIndex = one === chosen ? 0 : -1;
}

function lookAt(root) {
  for (const group of root.querySelectorAll("[data-hc-arrows]")) {
    stopAt(group, parts(group).find((one) => one === document.activeElement || one.checked) ?? parts(group)[0]);
  }
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.ctrlKey && event.target.closest("#builder")) {
    event.preventDefault();
    document.getElementById("give").focus();
    return;
  }
  const by = ALONG[event.key];
  const group = by && !event.altKey && event.target.closest("[data-hc-arrows]");
  if (!group) return;
  event.preventDefault();
  const all = parts(group);
  const next = all[(all.indexOf(event.target) + by + all.length) % all.length];
  stopAt(group, next);
  next.focus();
});
document.addEventListener("focusin", (event) => {
  const group = event.target.closest("[data-hc-arrows]");
  if (group) stopAt(group, event.target);
});
document.addEventListener("htmx:afterSettle", (event) => event.target.id === "builder" && lookAt(document));
lookAt(document);
