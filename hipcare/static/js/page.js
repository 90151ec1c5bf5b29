// What every page does when JavaScript runs. Each part improves something that already works without it.

const root = document.documentElement;
root.classList.add("scripted");

// The summary of a refused form takes the focus, or the field that it names; on load and when htmx brings one. What
// it names may be a part of the page that takes none.
function focusSummary(inside) {
  const summary = inside.querySelector("[data-hc-focus]");
  const field = document.getElementById(summary?.dataset.hcFocus);
  field?.focus();
  if (!field || document.activeElement !== field) summary?.focus();
}

// Say when htmx could not reach the site; be quiet again once it could. A part that says so itself is left to it.
function showTrouble(isTrouble, event) {
  if (event.detail.target?.closest("[data-hc-own-trouble]")) return;
  const words = document.querySelector("[data-hc-trouble]");
  if (words) {
    words.hidden = !isTrouble;
    if (isTrouble) words.scrollIntoView({ block: "nearest" });
  }
}

// An answer that is a whole page of another address (signed out meanwhile, or a redirect) is gone to, not swapped in.
function goToWholePage(event) {
  const { xhr, pathInfo } = event.detail;
  const isWholePage = /^\s*<!doctype html/i.test(xhr.responseText);
  const wasMoved = xhr.responseURL && new URL(xhr.responseURL).pathname !== new URL(pathInfo.requestPath, location.href).pathname;
  if (isWholePage && wasMoved) {
    event.preventDefault();
    document.dispatchEvent(new Event("hc:leaving"));
    location.assign(xhr.responseURL);
  }
}

// Escape closes an open menu and goes back to what opened it.
function closeMenu(event) {
  const menu = event.key === "Escape" && document.querySelector("details.you[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
}

focusSummary(document);
document.addEventListener("keydown", closeMenu);
document.addEventListener("htmx:beforeSwap", goToWholePage);
document.addEventListener("htmx:afterSwap", (event) => focusSummary(event.detail.elt));
document.addEventListener("htmx:responseError", (event) => showTrouble(true, event));
document.addEventListener("htmx:sendError", (event) => showTrouble(true, event));
document.addEventListener("htmx:afterOnLoad", (event) => showTrouble(!event.detail.successful && event.detail.xhr.status !== 422, event));
