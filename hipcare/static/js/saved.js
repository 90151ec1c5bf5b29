// What is shown here is on the server: forget it on this phone.

import { forget } from "./session.js";

const shown = document.querySelector("[data-hc-saved]").dataset.hcSaved.split(" ").filter(Boolean);
forget(...shown, new URLSearchParams(location.search).get("sent"));
// What is not sent yet another time is to stay on this phone.
if (shown.length) navigator.storage?.persist?.();
