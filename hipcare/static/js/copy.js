// A button that copies what its data-hc-copy holds, and says so in its own words.
for (const button of document.querySelectorAll("[data-hc-copy]")) {
  if (!navigator.clipboard) continue; // plain http: the code can still be read and typed
  button.hidden = false;
  const words = button.querySelector("[aria-live]");
  const before = words.textContent;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(button.dataset.hcCopy);
      words.textContent = "Copied";
    } catch {
      words.textContent = "Could not copy";
    }
    setTimeout(() => (words.textContent = before), 4000);
  });
}
