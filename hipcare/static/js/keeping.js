// What is typed into a form is kept on this phone at each touch, and put back when its page opens again, until it is
// saved. The form names its place (data-hc-keeps) and the field that holds the record's id (data-hc-own-id). Today keeps
// its own form, whose cards fold (today.js).

import { drawnIn, fill, newIn } from "./form_fields.js";
import { change, forget, load, onChangeElsewhere, said } from "./session.js";

const one = (name) => document.querySelector(`[data-hc-${name}]`);

// Returns { place, keepAll, startAnew, isEmpty }, once what was kept is put back.
export async function startKeeping(form) {
  const place = `${document.documentElement.dataset.hcPerson}:${form.dataset.hcKeeps}`;
  const drawn = drawnIn(form);
  const isEmpty = () => Object.keys(newIn(form, drawn)).length === 0;
  let kept = {};

  function take(record) {
    kept = said(record);
    if (form.dataset.hcOwnId) form.elements[form.dataset.hcOwnId].value = record.uuid;
  }

  async function keepAll() {
    const news = newIn(form, { ...drawn, ...kept });
    if (!Object.keys(news).length) return;
    kept = { ...kept, ...news };
    try {
      const record = await change(place, news);
      take(record);
      one("not-kept").hidden = true;
      if (isEmpty()) await forget(record.uuid); // it says again what is saved already
    } catch {
      kept = {}; // so that all of it is tried again
      one("not-kept").hidden = false;
    }
  }

  async function startAnew() {
    form.reset();
    take(await load(place));
  }

  async function lookAgain() {
    const wasBegun = Object.keys(kept).length > 0;
    const record = await load(place);
    if (wasBegun && !record.opened) return location.reload();
    take(record);
    fill(form, kept);
  }

  form.addEventListener("input", keepAll);
  one("try-again").addEventListener("click", keepAll);
  const typedBefore = newIn(form, drawn); // while this script was on its way
  take(await load(place));
  fill(form, { ...kept, ...typedBefore });
  one("kept").hidden = !Object.keys(kept).length || isEmpty();
  await keepAll();
  onChangeElsewhere(lookAgain);
  return { place, keepAll, startAnew, isEmpty };
}
