// What is ticked and typed on Today and not saved yet, kept on this phone: for one version and day, until it is saved
// or the plan is taken off the phone. Nothing of it is sent from here.

const KEY = "hipcare.ticks";
const NONE = { page: "", ids: [], said: {} };

function read() {
  try {
    return { ...NONE, ...JSON.parse(localStorage.getItem(KEY)) };
  } catch {
    return NONE; // storage switched off, or not ours to read
  }
}

function write(kept) {
  try {
    localStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // without storage it lives as long as the page does
  }
}

export function ticksOf(page) {
  const kept = read();
  return new Set(kept.page === page ? kept.ids : []);
}

// What was said, by the name of what was asked.
export function saidOn(page) {
  const kept = read();
  return kept.page === page ? kept.said : {};
}

export function keep(page, ids, said) {
  write({ page, ids: [...ids], said });
}

export function addTick(id) {
  const kept = read();
  if (kept.page) write({ ...kept, ids: [...new Set([...kept.ids, id])] });
}

export function forgetTicks() {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // nothing was kept
  }
}
