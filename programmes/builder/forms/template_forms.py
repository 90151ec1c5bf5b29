"""The page of an own template as one form: what was sent, put together with what others have changed meanwhile.

Values are compared as they stand in the fields. What one person changed is written; what both changed to different
values is an error at its field, with the name, and the next press keeps what stands there.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django import forms
from django.http import QueryDict

from exercises.sides import Leg, SideMode
from hipcare.moments import hour_and_minute, short_date
from programmes.builder.forms.part_form import PartForm, whole_number, words
from programmes.builder.forms.rhythm_form import GROUP_OF
from programmes.builder.forms.row_form import PrescriptionForm
from programmes.models import Phase, Template, TemplateItem
from programmes.models.phase import LAST_WEEK
from programmes.models.rhythm import DAYS_FIELDS
from programmes.rules.merging import Stamp, merge

LEGS = [(Leg.SORE, "Sore"), (Leg.OTHER, "Other"), (Leg.EACH, "Each")]
WINDOW = "0"
Part = TypeVar("Part", bound=PartForm)
DataFor = Callable[[PartForm], QueryDict | None]
WEEKS = (0, LAST_WEEK)


class AboutForm(PartForm):
    """What is said of the whole template."""

    name = words("Name", 60)
    description = words("For whom", 200, label="For whom, in one line")
    note = words("Note to the patient", 300)

    def __init__(self, template: Template, data: QueryDict | None = None) -> None:
        shown = {name: getattr(template, name) for name in self.base_fields}
        super().__init__(data, initial=shown)
        styled(self)

    def clean_name(self) -> str:
        """Refuse no name at all."""
        if not (name := str(self.cleaned_data["name"])):
            raise forms.ValidationError("Name: give it one.")
        return name


class PhaseForm(PartForm):
    """What is said of the phase that is open."""

    name = words("Name of the phase", 60, label="Name, if it has one")
    first_week = whole_number("From week", WEEKS, required=True)
    last_week = whole_number("To week", WEEKS, required=True)
    description = words("For colleagues", 200)
    note = words("Note in this phase", 300, label="Note to the patient in this phase")

    def __init__(self, phase: Phase, data: QueryDict | None = None) -> None:
        shown = {name: getattr(phase, name) for name in self.base_fields}
        super().__init__(data, prefix="phase", initial=shown)
        styled(self)

    def clean(self) -> None:
        """Refuse weeks that do not rise."""
        super().clean()
        first, last = (self.cleaned_data.get(name) for name in ("first_week", "last_week"))
        if first is not None and last is not None and last < first:
            self.add_error("last_week", f"To week: {first} or later.")


class ItemForm(PrescriptionForm):
    """A row of a template: as a row of the builder, with the sore or the other leg in place of left and right."""

    row: TemplateItem  # type: ignore[assignment]

    def __init__(self, item: TemplateItem, bands: Iterable[str], data: QueryDict | None = None) -> None:
        self.bands = [*bands]
        super().__init__(item, data)  # type: ignore[arg-type]
        if item.exercise.side_mode != SideMode.BILATERAL:
            self.fields["side"].choices = LEGS  # type: ignore[attr-defined]
        del self.fields["starts_on"]  # the day is each patient's own
        styled(self)

    def offered_bands(self) -> list[str]:
        return self.bands

    @property
    def of_the_dose(self) -> list[forms.BoundField]:
        """What is always in sight."""
        return [self[name] for name in ("sets", "reps", "hold_s")]

    @property
    def the_rest(self) -> list[forms.BoundField]:
        """What stands in the fold, boxes aside; a tempo in words only where one was written."""
        outside = {"sets", "reps", "hold_s", "side", "weekdays", "moments"}
        shown = [name for name in self.fields if name not in outside and (name != "tempo" or self["tempo"].value())]
        return [self[name] for name in shown]

    def item_columns(self) -> dict[str, Any]:
        """Return everything that a valid form says, by the columns of an item."""
        said = {name: value for columns in self.columns().values() for name, value in columns.items()}
        if not said.pop("own_days", True):
            said |= {"weekdays": "", "days_a_week": None, "every_other_day": False, "as_needed": False}
        if not said.pop("own_times", True):
            said |= {"times_a_day": None, "moments": ""}
        leg = {"leg": said.pop("side")} if "side" in said else {}
        return {**said, **leg, **({"starts_on": None} if said.keys() & set(DAYS_FIELDS) else {})}


def styled(part: PartForm) -> None:
    for field in part.fields.values():
        if isinstance(field.widget, forms.TextInput):
            field.widget.attrs.setdefault("class", "form-control")


class TemplateForms:
    """All parts of the page: the template, the phase that is open, its rows."""

    def __init__(self, template: Template, phase: Phase | None, sent: QueryDict | None = None) -> None:
        self.template, self.phase = template, phase
        self.items = list(template.items.filter(phase=phase).select_related("exercise").order_by("order"))
        self.fill(lambda _part: None)
        self.now = {**_values(self.parts, PartForm.as_drawn), **{f"{one.pk}-exercise": one.name for one in self.items}}
        self.changed: frozenset[str] = frozenset()
        self.lost: list[str] = []
        if sent is not None:
            self._merge(sent)

    def fill(self, data_for: DataFor) -> None:
        """Make every part, each bound to what there is for it."""
        self.about = self._part(lambda data: AboutForm(self.template, data), data_for)
        phase = self.phase
        self.of_phase = self._part(lambda data: PhaseForm(phase, data), data_for) if phase else None
        self.rows = [self._row(item, data_for) for item in self.items]

    def _row(self, item: TemplateItem, data_for: DataFor) -> ItemForm:
        bands = self.template.clinic.bands if self.template.clinic else []
        return self._part(lambda data: ItemForm(item, bands, data), data_for)

    @staticmethod
    def _part(make: Callable[[QueryDict | None], Part], data_for: DataFor) -> Part:
        """Make a part, and again with the data that there is for it."""
        part = make(None)
        data = data_for(part)
        return part if data is None else make(data)

    @property
    def parts(self) -> list[PartForm]:
        """All of them, in the order of the page."""
        return [self.about, *([self.of_phase] if self.of_phase else []), *self.rows]

    def _merge(self, sent: QueryDict) -> None:
        stamp = Stamp.read(sent.get("stamp", ""))
        here = [part for part in self.parts if any(part.add_prefix(name) in sent for name in part.fields)]
        mine = _values(here, lambda part, name: sent.getlist(part.add_prefix(name)))
        found = merge(stamp, mine, self.now)
        typed = found.written | found.conflicts
        self.changed, there = found.written, {part.prefix for part in here}

        def data_for(part: PartForm) -> QueryDict | None:
            if part.prefix not in there:
                return None
            data = QueryDict(mutable=True)
            for name in part.fields:
                posted = part.add_prefix(name)
                data.setlist(posted, sent.getlist(posted) if _key(part, name) in typed else part.as_drawn(name))
            return data

        self.fill(data_for)
        for key in sorted(found.conflicts):
            self._refuse(key)
        self.lost = self._lost_rows(stamp, sent)

    def _refuse(self, key: str) -> None:
        part, name = next((p, n) for p in self.parts for n in p.fields if _key(p, n) == key)
        theirs = ", ".join(value for values in self.now[key] for value in values) or "nothing"
        part.add_error(
            name, f"{part.fields[name].label}: {self.who(key)} wrote “{theirs}”. Save again to keep what stands here."
        )

    def who(self, key: str) -> str:
        """Return who changed the value of ``key`` last, and when."""
        name, at = self.template.last_changes.get(key, ["A colleague", ""])
        when = dt.datetime.fromisoformat(at) if at else None
        return f"{name} ({short_date(when)}, {hour_and_minute(when)})" if when else name

    def _lost_rows(self, stamp: Stamp, sent: QueryDict) -> list[str]:
        """Return what was written in rows that somebody else took out meanwhile, in words."""
        here, found = {str(item.pk) for item in self.items}, []
        for key, name in stamp.was.items():
            row, _, what = key.partition("-")
            if what == "exercise" and row not in here:
                typed = [
                    f"“{value}”"
                    for known, was in stamp.was.items()
                    if known.startswith(f"{row}-") and known != key and isinstance(was, list)
                    for value in _without_blanks(sent.getlist(known))
                    if [_without_blanks(sent.getlist(known))] != was
                ]
                found += [f"{self.who(key)} took {name} out. You had written: {', '.join(typed)}."] if typed else []
        return found

    @property
    def wrong(self) -> list[tuple[str, str]]:
        """What is to be put right: the id of its field, and the words."""
        bound = [part for part in self.parts if part.is_bound]
        return [(field.auto_id, str(error)) for part in bound for field in part for error in field.errors]

    def is_right(self) -> bool:
        """Say whether everything that was sent can be written down."""
        return all(part.is_valid() for part in self.parts if part.is_bound)

    @property
    def next_stamp(self) -> Stamp:
        """What the page carries that is drawn from this."""
        return Stamp(WINDOW, self.now)


def _key(part: PartForm, name: str) -> str:
    return part.key_of(GROUP_OF.get(name, name))


def _values(parts: Iterable[PartForm], of: Callable[[PartForm, str], list[str]]) -> dict[str, Any]:
    """Return by key what stands in the fields; days are one value, and so are times, although in several fields."""
    found: dict[str, Any] = {}
    for part in parts:
        for name in part.fields:
            found.setdefault(_key(part, name), []).append(_without_blanks(of(part, name)))
    return found


def _without_blanks(values: Iterable[str]) -> list[str]:
    return [value.strip() for value in values if value.strip()]
