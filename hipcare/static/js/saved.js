// What is shown here is on the server: forget it on this phone.

import { forget } from "./session.js";

const saved = document.querySelector("[data-hc-saved]");
forget(saved.dataset.hcSaved, new URLSearchParams(location.search).get("sent"));
// What is not sent yet another time is to stay on this phone.
navigator.storage?.persist?.();
