// After a sign-in, or a reload: what was typed and never saved is sent again, and the site puts it together with what
// is there by now.

import { kept } from "../kept.js";
import { builderForm } from "./form.js";

const form = builderForm();
const typed = form && kept(form.dataset.hcDraft, form.dataset.hcBy);

function send() {
  const now = new FormData(builderForm());
  const data = new FormData();
  for (const [name, value] of typed) data.append(name, value);
  data.set("csrfmiddlewaretoken", now.get("csrfmiddlewaretoken"));
  data.set("kept", "yes");
  htmx.ajax("POST", form.action, { target: "#builder", swap: "outerHTML show:none", values: data });
}

// Until an answer has drawn the builder anew, whatever would save the page sends this instead.
if (typed) {
  form.dataset.hcPending = "yes";
  window.addEventListener("load", send, { once: true });
  document.addEventListener(
    "hc-save",
    (event) => {
      if (!event.target.dataset.hcPending) return;
      event.stopImmediatePropagation();
      send();
    },
    true,
  );
}
