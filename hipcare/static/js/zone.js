// Tell the site which time zone this device is in, so that "today" is the patient's own day. Nothing else is kept.
// A cookie says it to the next page; a form says it as it is sent, for a page can have travelled.

function zone() {
  return Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
}

function sayZone() {
  const here = zone();
  if (here && !document.cookie.split("; ").includes(`zone=${here}`)) {
    const secure = location.protocol === "https:" ? "; secure" : "";
    document.cookie = `zone=${here}; path=/; max-age=31536000; samesite=lax${secure}`;
  }
  document.querySelectorAll("[data-hc-zone]").forEach((field) => (field.value = here));
}

sayZone();
document.addEventListener("submit", sayZone, { capture: true });
