// What is said in a form, by names under which it can be kept: a box by its name and value, the rest by its name.

const boxes = (form) => [...form.querySelectorAll("input[type=checkbox][name]")];
const others = (form) => [...form.elements].filter((one) => one.name && !["checkbox", "hidden", "submit"].includes(one.type));
const nameOf = (box) => `${box.name}=${box.value}`;

export function fieldsOf(form) {
  const ticks = boxes(form).map((box) => [nameOf(box), box.checked]);
  return Object.fromEntries([...ticks, ...others(form).map(({ name }) => [name, form.elements[name].value])]);
}

// The same as the page was drawn, whatever was said since.
export function drawnIn(form) {
  const anew = form.cloneNode(true);
  anew.reset();
  return fieldsOf(anew);
}

// What differs from `before`, by name; what is empty and was never said is no news.
export function newIn(form, before) {
  const isNews = ([name, value]) => (name in before ? value !== before[name] : Boolean(value));
  return Object.fromEntries(Object.entries(fieldsOf(form)).filter(isNews));
}

export function fill(form, fields) {
  for (const box of boxes(form)) if (nameOf(box) in fields) box.checked = fields[nameOf(box)];
  for (const { name } of others(form)) if (name in fields) form.elements[name].value = fields[name];
}
