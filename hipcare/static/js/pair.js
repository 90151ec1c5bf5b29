// Carry the token from the address of the QR code (after the #, where no server log sees it) to the site by POST.
// Without JavaScript the same page takes the typed code.

const form = document.querySelector("[data-hc-pair]");

function carryToken() {
  const token = location.hash.slice(1);
  if (!token || !form) return;
  history.replaceState(null, "", location.pathname);
  if (!/^[0-9a-z]{26}$/i.test(token)) return;
  form.elements.token.value = token;
  form.elements.code.value = "";
  document.querySelector("[data-hc-opening]").hidden = false;
  document.querySelector("[data-hc-typing]").hidden = true;
  form.submit();
}

carryToken();
addEventListener("hashchange", carryToken);
// Coming back to the page: the words for typing are of use again.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
