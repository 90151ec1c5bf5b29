// Ticks that are not saved yet, kept on this phone: the ids of prescriptions and nothing else, for one version and day.

const KEY = "hipcare.ticks";
const NONE = { page: "", ids: [] };

function read() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? NONE;
  } catch {
    return NONE; // storage switched off, or not ours to read
  }
}

export function ticksOf(page) {
  const kept = read();
  return new Set(kept.page === page ? kept.ids : []);
}

export function keepTicks(page, ids) {
  try {
    localStorage.setItem(KEY, JSON.stringify({ page, ids: [...ids] }));
  } catch {
    // without storage the ticks live as long as the page does
  }
}

export function addTick(id) {
  const kept = read();
  if (kept.page) keepTicks(kept.page, new Set([...kept.ids, id]));
}

export function forgetTicks() {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // nothing was kept
  }
}
