// "Show" beside a password, for people who type with one finger. Hidden until this runs; hides again before sending.

for (const row of document.querySelectorAll("[data-hc-password]")) {
  const input = row.querySelector("input");
  const button = row.querySelector("button");

  const show = (isShown) => {
    input.type = isShown ? "text" : "password";
    button.textContent = isShown ? "Hide" : "Show";
    button.setAttribute("aria-pressed", String(isShown));
  };

  button.hidden = false;
  button.addEventListener("click", () => show(input.type === "password"));
  input.form.addEventListener("submit", () => show(false));
}
