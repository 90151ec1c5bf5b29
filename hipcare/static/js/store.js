// Rows kept on this phone, in IndexedDB. A row is written to localStorage first, at once, and taken over from there:
// a page that is left in the same moment loses nothing, and where there is no database, or it is full, it stays there.
// A row has a `key`; its `fields` are [value, when]: of two states of one row each field is as it was said last.

const NAME = "hipcare";
const SHELF = "sessions";
const DESK = "hipcare.unkept";

let opening = null;

function opened() {
  opening ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(SHELF, { keyPath: "key" });
    asked.onsuccess = () => {
      // Whoever takes the plan off the phone, in any tab, is not made to wait.
      asked.result.onversionchange = close;
      asked.result.onclose = () => (opening = null);
      resolve(asked.result);
    };
    asked.onerror = () => reject(asked.error);
  });
  opening.catch(() => (opening = null));
  return opening;
}

function close() {
  opening?.then((database) => database.close());
  opening = null;
}

// Old state first, or none.
export function merged(one, other) {
  if (!one) return other;
  const fields = { ...one.fields };
  for (const [name, said] of Object.entries(other.fields ?? {})) {
    if (!fields[name] || fields[name][1] < said[1]) fields[name] = said;
  }
  const first = (other.opened ?? Infinity) < (one.opened ?? Infinity) ? other : one;
  return { ...one, ...other, uuid: first.uuid, opened: first.opened, fields };
}

function readDesk() {
  try {
    return JSON.parse(localStorage.getItem(DESK)) ?? {};
  } catch {
    return {}; // storage switched off, or not ours to read
  }
}

function writeDesk(desk) {
  if (Object.keys(desk).length) localStorage.setItem(DESK, JSON.stringify(desk));
  else localStorage.removeItem(DESK);
}

// At once, for as long as it takes.
export function setDown(row) {
  const desk = readDesk();
  try {
    writeDesk({ ...desk, [row.key]: merged(desk[row.key], row) });
  } catch {
    // no room: then the database alone has it
  }
}

function cleared(taken) {
  const desk = readDesk();
  for (const [key, row] of Object.entries(taken)) if (JSON.stringify(desk[key]) === JSON.stringify(row)) delete desk[key];
  try {
    writeDesk(desk);
  } catch {
    // what can be written cannot fail to be shortened
  }
}

function withDesk(found, desk) {
  const rows = new Map(found.map((row) => [row.key, row]));
  for (const row of Object.values(desk)) rows.set(row.key, merged(rows.get(row.key), row));
  return rows;
}

function inDatabase(database, change) {
  return new Promise((resolve, reject) => {
    const desk = readDesk();
    const transaction = database.transaction(SHELF, "readwrite");
    const shelf = transaction.objectStore(SHELF);
    const asked = shelf.getAll();
    let answer;
    asked.onsuccess = () => {
      const before = new Map(asked.result.map((row) => [row.key, JSON.stringify(row)]));
      const rows = withDesk(asked.result, desk);
      answer = change(rows);
      for (const key of before.keys()) if (!rows.has(key)) shelf.delete(key);
      for (const [key, row] of rows) if (before.get(key) !== JSON.stringify(row)) shelf.put(row);
    };
    transaction.oncomplete = () => {
      cleared(desk);
      resolve(answer);
    };
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}

function found(database) {
  return new Promise((resolve, reject) => {
    const asked = database.transaction(SHELF).objectStore(SHELF).getAll();
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

async function onDesk(change) {
  const rows = withDesk(await opened().then(found).catch(() => []), readDesk());
  const before = new Map([...rows].map(([key, row]) => [key, JSON.stringify(row)]));
  const answer = change(rows);
  const changed = [...rows].filter(([key, row]) => before.get(key) !== JSON.stringify(row));
  const desk = Object.fromEntries(Object.entries(readDesk()).filter(([key]) => rows.has(key)));
  writeDesk({ ...desk, ...Object.fromEntries(changed) });
  return answer;
}

// Change the rows, a map by their keys, all or nothing; no other tab comes between. Fails where nothing can be kept.
export async function transact(change) {
  try {
    return await inDatabase(await opened(), change);
  } catch {
    return onDesk(change);
  }
}

// Whether anything was ever kept here; to ask makes no database.
export async function isThere() {
  if (!self.indexedDB?.databases) return true;
  const names = (await indexedDB.databases().catch(() => [])).map(({ name }) => name);
  return names.includes(NAME) || Object.keys(readDesk()).length > 0;
}

// The phone forgets everything that was ever kept here.
export async function wipe() {
  close();
  localStorage.removeItem(DESK);
  await new Promise((resolve) => {
    const asked = indexedDB.deleteDatabase(NAME);
    asked.onsuccess = asked.onerror = asked.onblocked = resolve;
  });
}
