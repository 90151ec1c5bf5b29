"""What others did to a draft while a page of it was open, as sentences: who, what, when."""

from programmes.builder.forms.builder_forms import BuilderForms
from programmes.builder.forms.conflicts import full_label_of, in_words, name_of, when_of, who_of
from programmes.rules.merging import ORDER

MOST_SAID = 4


def news(sent: BuilderForms) -> list[str]:
    values = [_value(sent, key) for key in sorted(sent.merged.news) if not key.endswith("-exercise")]
    said = [*_rows(sent), *dict.fromkeys(values)]  # what is said for both legs is said once
    more = len(said) - MOST_SAID
    return said if more <= 0 else [*said[:MOST_SAID], f"{more} more change{'' if more == 1 else 's'}: see above."]


def _rows(sent: BuilderForms) -> list[str]:
    if not sent.stamp.was:
        return []
    shown = set(sent.stamp.was.get(ORDER, []))
    added = [form for form in sent.rows if form.prefix not in shown]
    found = [f"{_who(sent, str(form.prefix))} added {form.row.name}{_when(sent, str(form.prefix))}." for form in added]
    gone = shown - set(sent.now[ORDER])
    lost = {str(row.pk): row.name for row in sent.lost}
    found += [_removed(sent, row, lost.get(row, "")) for row in sorted(gone, key=lambda row: row not in lost)]
    if sent.order_has_changed:
        found.append(f"{_who(sent, ORDER)} changed the order{_when(sent, ORDER)}.")
    return found


def _removed(sent: BuilderForms, row: str, name: str) -> str:
    removed = f"{_who(sent, row)} removed {name or 'an exercise'}{_when(sent, row)}"
    return f"{removed}. What you wrote in it is kept: put it back to use it." if name else f"{removed}."


def _value(sent: BuilderForms, key: str) -> str:
    rows = (form.says(name_of(key)) for form in sent.rows if form.prefix and key.startswith(f"{form.prefix}-"))
    part = next(rows, sent.whole)
    what, to = full_label_of(part, key), in_words(part, key, sent.now[key])
    return f"{_who(sent, key)} changed {what} to {to}{_when(sent, key)}."


def _who(sent: BuilderForms, key: str) -> str:
    return who_of(sent.changes.get(key), sent.by)


def _when(sent: BuilderForms, key: str) -> str:
    return when_of(sent.changes.get(key))
