// A button that copies what its data-hc-copy holds, or the field that its data-hc-copies names, and says so in its own
// words. Over plain http there is no clipboard to write to: a field is then copied as if by hand, or left selected.
for (const button of document.querySelectorAll("[data-hc-copy], [data-hc-copies]")) {
  const field = document.getElementById(button.dataset.hcCopies);
  if (!navigator.clipboard && !field) continue; // the code can still be read and typed
  button.hidden = false;
  const words = button.querySelector("[aria-live]");
  const before = words.textContent;
  button.addEventListener("click", async () => {
    field?.select();
    try {
      if (navigator.clipboard) await navigator.clipboard.writeText(field ? field.value : button.dataset.hcCopy);
      else if (!document.execCommand("copy")) throw new Error("not copied");
      words.textContent = "Copied";
    } catch {
      words.textContent = field ? "Not copied: it is selected, press Ctrl and C" : "Could not copy";
    }
    setTimeout(() => (words.textContent = before), 4000);
  });
}
