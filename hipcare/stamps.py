"""A form that is saved whole: only what this person changed is written, and nobody's words are put back.

The page carries its *stamp*: what every field said when it was drawn, signed. On the way in each field is one of four:

- not touched by this person: it stays as it is now, whoever changed it meanwhile;
- touched by this person alone: it is written;
- changed by both to the same: there is nothing to do;
- changed by both to different values: a *conflict*. It is refused and shown, what it was, what is there now, by whom
  and when, and what was typed; the person chooses, and saves.

A page without a good stamp (drawn before an upgrade) is asked about every field in which it differs from what is kept.

A form takes part by ``class NameForm(Stamped, forms.ModelForm)``, its page by one line inside the ``<form>``:
``{% include "partials/stamp.html" %}``; its view looks the row up inside ``held``, so that nobody writes in between.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django import forms
from django.core import signing
from django.db import models, transaction
from django.forms.models import model_to_dict
from django.http import HttpRequest
from django.utils.translation import gettext as _

from hipcare.audit.trail import FieldChange, last_change
from hipcare.moments import day_and_time, full_date

M = TypeVar("M", bound=models.Model)
KEEP, THEIRS, MINE = "keep-", "theirs", "mine"


@contextmanager
def held(request: HttpRequest, rows: models.QuerySet[M]) -> Iterator[models.QuerySet[M]]:
    """Give ``rows`` to look one up in; where a form was sent, nobody else writes that row until the block ends."""
    if request.method != "POST":
        yield rows
        return
    with transaction.atomic():
        yield rows.select_for_update(of=("self",))


def plain(value: Any) -> Any:
    """Return ``value`` as a stamp keeps it: text, yes or no, or a sorted list of texts."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return value
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, (list, tuple, set, frozenset)):
        return sorted(str(one) for one in value)
    return str(value).replace("\r\n", "\n")


@dataclass(frozen=True, slots=True)
class PageStamp:
    """What each field said, and what the page asks about: by field, what it had been before both changed it."""

    was: Mapping[str, Any] = field(default_factory=dict)
    asked: Mapping[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Sides:
    """The fields that this person touched, and those that somebody else moved meanwhile."""

    touched: set[str]
    moved: set[str]

    @classmethod
    def of(cls, was: Mapping[str, Any], now: Mapping[str, Any], sent: Mapping[str, Any]) -> "Sides":
        """Compare; of what the page did not know nobody can say that it is as it was."""
        touched = {name for name, said in sent.items() if said != was.get(name, now[name])}
        return cls(touched, {name for name, value in now.items() if name not in was or value != was[name]})

    def side_by_side(self, together: tuple[tuple[str, ...], ...], sent: Mapping[str, Any]) -> None:
        for group in map(set, together):
            if self.touched & group and self.moved & group:
                self.touched |= group & sent.keys()
                self.moved |= group

    def answer(self, answers: Mapping[str, str]) -> None:
        """Follow what was chosen for the fields that the page asked about; one without an answer is asked again."""
        for name in self.touched & answers.keys():
            if answers[name] == THEIRS:
                self.touched.discard(name)
            elif answers[name] != MINE:
                self.moved.add(name)


@dataclass(frozen=True, slots=True)
class FieldConflict:
    """One field that two people wrote differently, in words; ``was`` is "" where the page did not say."""

    name: str
    label: str
    was: str
    theirs: str
    mine: str
    change: FieldChange | None
    is_own: bool

    @property
    def who(self) -> str:
        """Who wrote what is there now, as the start of a sentence; "" where nobody knows."""
        if self.change is None:
            return ""
        return _("You") if self.is_own else self.change.name

    @property
    def what_happened(self) -> str:
        said = {"label": self.label, "name": self.who}
        if not (self.was and self.who):
            return _("%(label)s: this is not what is saved now. Choose which to keep") % said
        if self.is_own:
            return _("%(label)s: You changed this too. Choose which to keep") % said
        return _("%(label)s: %(name)s changed this too. Choose which to keep") % said

    @property
    def where_from(self) -> str:
        """Who wrote what is there now, and when: "You, on another page, 9 November, 14:05"."""
        if self.change is None:
            return _("Saved now")
        said = {"name": self.who or _("Somebody else"), "moment": day_and_time(self.change.at)}
        return (_("You, on another page, %(moment)s") if self.is_own else _("%(name)s, %(moment)s")) % said


class Stamped(forms.Form):
    """Mixed into a form that is saved whole."""

    together: tuple[tuple[str, ...], ...] = ()
    """Fields that mean something only side by side: touching one of them is touching all."""
    confirms: dict[str, tuple[str, ...]] = {}
    """A box that says somebody looked at some fields, by its name: it holds only for what its page showed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conflicts: list[FieldConflict] = []
        self._moved_by_others: list[str] = []
        self._now = {name: plain(value) for name, value in self._kept().items()}
        self._next = PageStamp(was=self._now)

    @property
    def _row(self) -> Any:
        return getattr(self, "instance", None)

    def _kept(self) -> dict[str, Any]:
        """Return what every field says in the database; of a new row nothing can be out of date."""
        if self._row is None:
            return {name: self.initial.get(name) for name in self.fields}
        return {} if self._row._state.adding else model_to_dict(self._row, fields=list(self.fields))

    @property
    def stamp(self) -> str:
        return signing.dumps([self._next.was, self._next.asked], salt=self._salt, compress=True) if self._now else ""

    @property
    def _salt(self) -> str:
        return f"hipcare.stamps.{type(self).__name__}.{getattr(self._row, 'pk', '')}"

    def _sent_stamp(self) -> PageStamp:
        """Return the stamp that came back; an empty one where it is missing, or not ours."""
        try:
            return PageStamp(*signing.loads(self.data.get("stamp", ""), salt=self._salt))
        except signing.BadSignature:
            return PageStamp()

    @property
    def conflict_words(self) -> str:
        known = all(conflict.was for conflict in self.conflicts)
        return _("Changed while your page was open") if known else _("Not the same as what is saved now")

    @property
    def kept_words(self) -> str:
        """A sentence, for after saving, on what others changed meanwhile and what was therefore left; or ""."""
        if not self._moved_by_others:
            return ""
        changes = [self.last_change(name) for name in self._moved_by_others]
        who = (
            " and ".join(dict.fromkeys(change.name for change in changes if change and change.name)) or "somebody else"
        )
        labels = ", ".join(str(self.fields[name].label).lower() for name in self._moved_by_others)
        return f"Meanwhile {who} changed: {labels}. That is kept."

    @property
    def refusal_status(self) -> int:
        """How a refused form is answered: 409 for a conflict, else 422."""
        return 409 if self.conflicts else 422

    def clean(self) -> dict[str, Any]:
        """Put together what this person changed and what is kept, before anything compares fields."""
        super().clean()
        if self._now:
            self._merge(self._sent_stamp())
        return self.cleaned_data

    def _merge(self, stamp: PageStamp) -> None:
        right = self._now.keys() & self.cleaned_data.keys()
        sent = {name: plain(self.cleaned_data[name]) for name in right if not self._is_left_out(name)}
        sent |= self._lists_put_together(stamp.was, sent)
        sides = Sides.of(stamp.was, self._now, sent)
        sides.side_by_side(self.together, sent)
        sides.answer({name: self.data.get(KEEP + name, "") for name in stamp.asked})
        together = {n for n, said in sent.items() if isinstance(said, list) and n in stamp.was}
        different = {n for n in sides.touched & sides.moved - together if sent[n] != self._now[n]}
        before = {n: value for n, value in stamp.was.items() if n in self._now and n not in right}
        self._next = PageStamp(
            was={n: now for n, now in self._now.items() if n in right} | before,
            asked={n: stamp.asked.get(n, stamp.was.get(n)) for n in different},
        )
        self._leave_as_it_is(right - sides.touched)
        self._show({name: sent[name] for name in together})
        self._moved_by_others = [
            n for n in self.fields if n in (right & sides.moved & stamp.was.keys()) - sides.touched
        ]
        self._ask_about([name for name in self.fields if name in different], sent)
        self._doubt_what_was_confirmed(sides.moved)

    def _lists_put_together(self, was: Mapping[str, Any], sent: Mapping[str, Any]) -> dict[str, list[str]]:
        """Return the lists (of ticks) with what each side put in or took out: two people never differ over one tick."""
        found = {}
        for name, said in sent.items():
            if isinstance(said, list) and isinstance(was.get(name), list):
                before, now = set(was[name]), set(self._now[name])
                found[name] = sorted((now - (before - set(said))) | (set(said) - before))
                self.cleaned_data[name] = self.fields[name].clean(found[name])
        return found

    def _is_left_out(self, name: str) -> bool:
        widget: Any = self.fields[name].widget
        return bool(widget.value_omitted_from_data(self.data, self.files, self.add_prefix(name)))

    def _leave_as_it_is(self, names: set[str]) -> None:
        kept = {name: self.get_initial_for_field(self.fields[name], name) for name in names}
        for name, initial in kept.items():
            self.cleaned_data[name] = getattr(self._row, name) if self._row else _cleaned(self.fields[name], initial)
        self._show(kept)

    def _show(self, values: Mapping[str, Any]) -> None:
        data: Any = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        for name, value in values.items():
            _put(data, self.add_prefix(name), self.fields[name], value)
        self.data = data

    def _ask_about(self, names: list[str], sent: Mapping[str, Any]) -> None:
        for name in names:
            conflict = self._conflict(name, sent[name])
            self.conflicts.append(conflict)
            self.add_error(name, conflict.what_happened)

    def _conflict(self, name: str, mine: Any) -> FieldConflict:
        was, change = self._next.asked[name], self.last_change(name)
        return FieldConflict(
            name=name,
            label=str(self[name].label),
            was="" if was is None else self.in_words(name, was),
            theirs=self.in_words(name, self._now[name]),
            mine=self.in_words(name, mine),
            change=change,
            is_own=change is not None and self.is_own(change),
        )

    def _doubt_what_was_confirmed(self, moved: set[str]) -> None:
        """Take back a tick that says somebody looked, where what they looked at is no longer what is kept."""
        for box, names in self.confirms.items():
            if box in self.fields and self.cleaned_data.get(box) and moved & set(names):
                self.data.pop(self.add_prefix(box), None)  # type: ignore[attr-defined]
                self.add_error(box, "This changed while your page was open. Look at it, then tick again")

    def last_change(self, name: str) -> FieldChange | None:
        return last_change(self._row, name) if self._row else None

    def is_own(self, change: FieldChange) -> bool:
        """Say whether it was this person who made ``change``, on another page; ``by`` is who fills the form in."""
        return change.actor is not None and change.actor == getattr(getattr(self, "by", None), "pk", None)

    def in_words(self, name: str, value: Any) -> str:
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        labels = {str(key): str(label) for key, label in self._choices(name)}
        if str(value) in labels:
            return labels[str(value)]
        if value and self._row and isinstance(self._row._meta.get_field(name), models.DateField):
            return full_date(dt.date.fromisoformat(value))
        return str(value) or _("nothing")

    def _choices(self, name: str) -> list[tuple[Any, Any]]:
        own = list(getattr(self.fields[name], "choices", ()))
        return own + list(self._row._meta.get_field(name).flatchoices) if self._row else own


def _cleaned(of: forms.Field, value: Any) -> Any:
    """Return what ``of`` makes of its own initial value; one in several boxes is whole already."""
    return value if hasattr(of.widget, "widgets_names") else of.clean(value)


def _put(data: Any, posted: str, of: forms.Field, value: Any) -> None:
    """Write ``value`` into posted ``data`` as the page would send it."""
    widget: Any = of.widget
    if hasattr(widget, "widgets_names"):  # several boxes
        for suffix, part in zip(widget.widgets_names, widget.decompress(value), strict=True):
            data[posted + suffix] = part
    elif isinstance(widget, forms.CheckboxInput):
        data.pop(posted, None)
        if value:
            data[posted] = "on"
    elif isinstance(value, list):
        data.setlist(posted, value)
    else:
        data[posted] = "" if value is None else str(of.prepare_value(value))
