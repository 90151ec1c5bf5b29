// The builder's form as its scripts see it: what is in it now, and what is not as it was.

export const builderForm = () => document.getElementById("builder-form");

// Said once by a screen reader, wherever the focus is.
export function say(words) {
  document.getElementById("builder-said").textContent = words;
}

export function values() {
  const found = new Map();
  for (const [name, value] of new FormData(builderForm())) found.set(name, [...(found.get(name) ?? []), value]);
  return found;
}

export function differences(before, after) {
  const names = new Set([...before.keys(), ...after.keys()]);
  const same = (name) => String(before.get(name)) === String(after.get(name));
  return new Map(Array.from(names, (name) => [name, after.get(name) ?? []]).filter(([name]) => !same(name)));
}

// Whether something is not as the site has it. What it says of the page itself, and a tick for Give, is not written down.
const NOT_WRITTEN = new Set(["csrfmiddlewaretoken", "stamp", "q", "position", "is_right", "view", "asked", "noted"]);
export const unsaved = (saved) => [...differences(saved, values()).keys()].some((name) => !NOT_WRITTEN.has(name));

// Whether htmx speaks of the form or of one of its buttons, and not of the library's search.
export const isOfTheBuilder = (event) => event.detail.target?.id === "builder" && builderForm() !== null;
