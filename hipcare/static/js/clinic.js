// Keep the clinic's name and number on this phone, so that the pages that nobody is signed in on can say whom to ring:
// a phone that was cut off does not know its clinic any more. Taking the plan off the phone takes this off too.

const KEY = "hipcare.clinic";

function read() {
  try {
    return JSON.parse(localStorage.getItem(KEY));
  } catch {
    return null; // storage switched off, or not ours to read
  }
}

function write(clinic) {
  try {
    localStorage.setItem(KEY, JSON.stringify(clinic));
  } catch {
    // the number is on the paper sheet too
  }
}

const told = document.querySelector("[data-hc-clinic]");
if (told) write({ name: told.dataset.hcClinic, phone: told.dataset.hcPhone, href: told.getAttribute("href") });

const kept = read();
const isNumber = /^tel:\+?\d+$/.test(kept?.href ?? "");
for (const place of isNumber ? document.querySelectorAll("[data-hc-own-clinic]") : []) {
  place.querySelector("a").href = kept.href;
  place.querySelector("bdi").textContent = kept.name;
  place.querySelector("b").textContent = kept.phone;
  place.hidden = false;
}
