// A page with a form whose words are kept on this phone until it is saved (keeping.js).

import { startKeeping } from "./keeping.js";

const form = document.querySelector("[data-hc-keeps]");
if (form) startKeeping(form);
