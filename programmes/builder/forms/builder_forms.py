"""The builder's form as a whole: what was sent, put together with what others have changed meanwhile."""

import datetime as dt
import re
import uuid
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.http import QueryDict

from exercises.models import Exercise
from hipcare.clinics.models import User
from programmes.builder.forms.conflicts import Conflict, conflict_of, full_label_of, in_words
from programmes.builder.forms.part_form import PartForm
from programmes.builder.forms.range_field import posted_range
from programmes.builder.forms.row_form import SHARED_VALUES, TOGETHER, PrescriptionForm
from programmes.builder.forms.whole_form import QUICK_DAYS, DraftForm
from programmes.models import LastChange, Prescription, Version
from programmes.rules.merging import ORDER, Stamp, merge, moved
from programmes.rules.twins import apart_in
from programmes.services.draft_values import (
    GROUPS,
    HOW_OFTEN,
    OWN,
    RANGES,
    ROW_VALUES,
    TIMES,
    Edits,
    key_of,
    last_changes,
    leg_by_leg,
    plain,
    range_columns,
    range_of,
    rhythm_of,
    values_of,
)
from programmes.services.giving import Missing, unusual

QUICK_WEEKS = {"in-2-weeks": 2, "in-4-weeks": 4, "in-6-weeks": 6}
ENDS = tuple(f"-{high}" for _low, high in RANGES.values())
OF_A_ROW = re.compile(r"^([0-9a-f-]{36})-sets$")


class BuilderForms:
    """All parts of the builder, unbound or as they were sent.

    Of what was sent, ``edits`` is what this window changed. What somebody else changed meanwhile is kept: ``news`` are
    its keys; what both changed to different values is a conflict, an error at its field, until one is chosen.
    """

    def __init__(self, draft: Version, today: dt.date, sent: QueryDict | None = None, by: User | None = None) -> None:
        data = None if sent is None else with_ranges(with_quick_choice(sent, today))
        self.draft, self.today, self.by = draft, today, by
        rows = list(draft.prescriptions.select_related("exercise"))
        for row, apart in zip(rows, apart_in(rows), strict=True):
            row.told_apart = apart
        seen = set() if data is None else {found[1] for name in data if (found := OF_A_ROW.match(name))}
        here = {str(row.pk) for row in rows}
        self.rows = list(row_forms(rows, data, seen))
        self.whole = DraftForm(draft, today, data)
        self.gone = seen - here
        self.unseen = set() if data is None else here - seen
        self.confirmed = [] if data is None else data.getlist("is_right")
        self.noted = set() if data is None else set(data.getlist("noted"))  # what the page asks to choose
        self.now = values_of(draft, rows)
        self.changes: dict[str, LastChange] = {}
        self.lost = [] if data is None or by is None else self._lost_rows(data, by)
        self._merge(QueryDict() if data is None else data)

    def _merge(self, data: QueryDict) -> None:
        chosen, _, which = data.get("settle", "").rpartition(":")
        stamp = Stamp.read(data.get("stamp", ""))
        mine = self._sent_values()
        for key in self._for_both_legs(chosen) if chosen else ():
            stamp = stamp.settled(key)
            if which == "theirs":
                mine.pop(key, None)
        self.stamp = stamp
        if moved(self.stamp, self.now) or self.stamp.was.get(ORDER, self.now[ORDER]) != self.now[ORDER]:
            self.changes = last_changes(self.draft)
        own = {key for key, change in self.changes.items() if change.window == self.stamp.window}
        self.merged = merge(self.stamp, mine, self.now, own)
        self.agreed = {key for key, value in mine.items() if self.now.get(key) == value}
        for key in sorted(self.merged.conflicts):
            part, name = self._place_of(key)
            if name not in part.conflicts:
                part.ask(name, conflict_of(key, part, mine[key], self.now[key], self.changes.get(key), self.by))
        self._look_at_rows()
        self.wrong = sum(len(part.errors) for part in self.parts)  # of what was sent; what is missing is another matter

    def _look_at_rows(self) -> None:
        """See what of each row is as the page showed it, and whether what comes of two windows is a range."""
        for form in (form for form in self.rows if form.is_bound):
            values = {name: plain(value) for name, value in form.cleaned_data.items()}
            form.untouched = {n for n, v in values.items() if v == self.stamp.was.get(key_of(form.row, n), self)}
            form.check_together({name: self._will_be(form, name) for name in TOGETHER})

    def _will_be(self, form: PrescriptionForm, name: str) -> Any:
        key = key_of(form.row, name)
        return form.kept().get(name, self.now[key]) if key in self.merged.written else self.now[key]

    def _sent_values(self) -> dict[str, Any]:
        """Return by key what was sent and is right."""
        return {
            part.key_of(name): value_of(name, columns)
            for part in self.parts
            for name, columns in part.columns().items()
            if part.key_of(name) in self.now
        }

    def _place_of(self, key: str) -> tuple[PartForm, str]:
        """Return the part and the field in which the value of ``key`` stands."""
        fields = {HOW_OFTEN: "weekdays", TIMES: "times_a_day"}
        if (name := fields.get(key, key)) in self.whole.fields:
            return self.whole, name
        row, name = key[:36], fields.get(key[37:], key[37:])
        form = next(form for form in self.rows if form.prefix == row)
        return form.says(name), name

    def focus_on(self, key: str) -> str:
        """Have the page put the focus on the field of ``key``. Return what it says now, in words; "" of no field."""
        if key not in self.now or key == ORDER:
            return ""
        part, name = self._place_of(key)
        if name not in part.fields:
            return ""
        part.fields[name].widget.attrs["autofocus"] = True
        return f"{full_label_of(part, key)}: {in_words(part, key, self.now[key])}"

    def _for_both_legs(self, key: str) -> set[str]:
        """Return ``key``, and where it is of what a row says for both legs, also the other leg's."""
        pairs = [(form.prefix, form.follows.prefix) for form in self.rows if form.follows]
        legs = next((pair for pair in pairs if key[:36] in pair), (key[:36],))
        return {key_of(leg, key[37:]) for leg in legs} if key[37:] in SHARED_VALUES else {key}

    @property
    def leading(self) -> list[PrescriptionForm]:
        """One for each row of the page: an exercise with a line for each leg is one."""
        return [form for form in self.rows if form.follows is None]

    @property
    def parts(self) -> list[PartForm]:
        """Every part, in the order of the page."""
        return [*self.rows, self.whole]

    @property
    def conflicts(self) -> list[Conflict]:
        """What two windows changed to different values."""
        return [conflict for part in self.parts for conflict in part.conflicts.values()]

    @property
    def new_conflicts(self) -> list[Conflict]:
        """Those that the page did not ask about yet."""
        return [one for one in self.conflicts if self.stamp.asked.get(one.key) != self.now[one.key]]

    @property
    def what_is_wrong(self) -> str:
        """How much is to put right and to choose, in words."""
        to_choose = len(self.conflicts)
        to_put_right = self.wrong - to_choose
        said = [f"{to_put_right} thing{'' if to_put_right == 1 else 's'} to put right"] if to_put_right else []
        return " and ".join([*said, *([f"{to_choose} to choose"] if to_choose else [])])

    @property
    def is_behind(self) -> bool:
        """Whether the page does not show what is there: another window has changed something, or it asks no more."""
        asks_otherwise = self.noted != {one.key for one in self.conflicts}
        return (
            bool(self.gone or self.unseen or self.merged.news or self.new_conflicts)
            or asks_otherwise
            or self.order_has_changed
        )

    @property
    def order_has_changed(self) -> bool:
        """Whether the exercises that the page showed stand in another order now."""
        shown = [row for row in self.stamp.was.get(ORDER, []) if row in self.now[ORDER]]
        return shown != [row for row in self.now[ORDER] if row in shown]

    def is_right(self) -> bool:
        """Say whether nothing that was sent has to be put right."""
        return not any(part.errors for part in self.parts)

    def edits(self) -> Edits:
        """Return everything of this window that can be written down, although something else may be wrong."""
        fit = self.merged.written | self.agreed
        rows = {form.row.pk: fit_of(form, fit) for form in self.rows}
        whole = fit_of(self.whole, fit)
        rhythm = {name for names in GROUPS.values() for name in names}
        return Edits(
            version={name: value for name, value in whole.items() if name not in rhythm},
            rows={row: kept for row, kept in rows.items() if kept},
            schedule={name: value for name, value in whole.items() if name in rhythm},
            affected_side=self.whole.kept().get("affected_side", ""),
            hip_precautions=self.whole.kept().get("hip_precautions", ""),
            person=self.whole.kept().get("person", ""),
            window=self.stamp.window,
        )

    def with_errors_of(self, sent: "BuilderForms") -> "BuilderForms":
        """Show again what ``sent`` could not save, as it was typed; the rest is what is there now. Return this."""
        return self._with(sent, {form.prefix for form in sent.parts if form.unsaved()})

    def as_sent(self, sent: "BuilderForms") -> "BuilderForms":
        """As ``with_errors_of``, with every part bound, so that more errors can be shown on it. Return this."""
        return self._with(sent, {form.prefix for form in sent.parts if form.is_bound})

    def _with(self, sent: "BuilderForms", bound: Collection[str | None]) -> "BuilderForms":
        of_sent = {form.prefix: form for form in sent.parts}
        for place, form in enumerate(self.rows):
            if form.prefix in bound:
                again = PrescriptionForm(form.row, form.filled_from(of_sent[form.prefix]), form.follows)
                if form.other:
                    form.other.follow(again)
                self.rows[place] = again
                again.ask_again(of_sent[form.prefix])
        if self.whole.prefix in bound:
            self.whole = DraftForm(self.draft, self.today, self.whole.filled_from(sent.whole))
            self.whole.ask_again(sent.whole)
        self.confirmed, self.changes, self.lost = sent.confirmed, sent.changes, sent.lost
        self.wrong = sent.wrong
        self._follow(sent)
        return self

    def _follow(self, sent: "BuilderForms") -> None:
        """Stamp this for the window of ``sent``; what it holds back is still measured by what it once saw."""
        held = {key for form in sent.parts for key in form.keys_of(form.unsaved())}
        away = {key for key in held if key in self.now and key in sent.stamp.was}
        was = {key: sent.stamp.was[key] for key in away}
        asked = {key: self.now[key] for key in away if was[key] != self.now[key]}
        self.stamp = Stamp(sent.stamp.window, was, asked)

    @property
    def next_stamp(self) -> Stamp:
        """What the page carries that is drawn from this."""
        window = self.stamp.window or str(uuid.uuid4())
        return Stamp(window, {**self.now, **self.stamp.was}, self.stamp.asked)

    def _lost_rows(self, data: QueryDict, by: User) -> list[Prescription]:
        """Return the exercises that were written in here and taken out elsewhere, as they would be now."""
        was = Stamp.read(data.get("stamp", "")).was
        asked = {row: exercise for row in self.gone if (exercise := posted_uuid(was.get(f"{row}-exercise")))}
        if not asked:
            return []
        here = Exercise.objects.visible_to(by).in_bulk(asked.values())
        rows = [_row_of(self.draft, row, here[exercise], was) for row, exercise in asked.items() if exercise in here]
        return [row for row in rows if _write(row, data, was)]

    def show(self, missing: list[Missing]) -> list[Missing]:
        """Put what is missing beside its field. Return what has no field here."""
        places: dict[str, tuple[PartForm, str]] = {name: (self.whole, name) for name in self.whole.fields}
        for form in self.rows:
            parts = {name: form.says(name) for name in ("side", "moments", "rhythm")}
            places |= {f"{form.row.pk}-{name}": (part, name) for name, part in parts.items() if name in part.fields}
        for one in missing:
            if one.field in places:
                part, name = places[one.field]
                part.add_error(name, one.words)
        return [one for one in missing if one.field not in places]


def row_forms(rows: list[Prescription], data: QueryDict | None, seen: Collection[str]) -> Iterator[PrescriptionForm]:
    """Yield the form of each row; of two legs alike in all but the dose the second follows, unless sent by itself."""
    for group in leg_by_leg(rows):
        lead: PrescriptionForm | None = None
        for row in group:
            is_alone = data is not None and key_of(row, "note") in data
            form = PrescriptionForm(row, data if str(row.pk) in seen else None, None if is_alone else lead)
            lead = lead or form
            yield form


def value_of(name: str, columns: Mapping[str, Any]) -> Any:
    """Return a value of a form as ``values_of`` has it: how often as one, None where a row takes it over."""
    if name in RANGES:
        return range_of(name, columns)
    if name not in GROUPS:
        return plain(columns[name])
    return rhythm_of(name, columns) if columns.get(OWN[name], True) else None


def fit_of(part: PartForm, fit: Collection[str]) -> dict[str, Any]:
    """Return the columns of those values of a part whose keys are fit to be written."""
    found: dict[str, Any] = {}
    for name, columns in part.columns().items():
        found |= columns if part.key_of(name) in fit else {}
    return found


def _row_of(draft: Version, row: str, exercise: Exercise, was: Mapping[str, Any]) -> Prescription:
    """Return the row that a page still shows and the draft has no more."""
    values = {name: getattr(exercise, name) for name in Prescription.DOSE_FIELDS}
    values |= {name: was[key_of(row, name)] for name in ROW_VALUES if key_of(row, name) in was}
    for name in RANGES:
        values |= range_columns(name, was[key_of(row, name)]) if key_of(row, name) in was else {}
    order = was.get(ORDER, [])
    return Prescription(
        pk=uuid.UUID(row), version=draft, exercise=exercise, order=order.index(row) + 1 if row in order else 1, **values
    )


def _write(row: Prescription, data: QueryDict, was: Mapping[str, Any]) -> bool:
    """Write into ``row`` what was typed in it. Return whether that was anything."""
    values = PrescriptionForm(row, data).columns()
    typed = [columns for name, columns in values.items() if was.get(key_of(row, name)) != value_of(name, columns)]
    for columns in typed:
        for name, value in columns.items():
            setattr(row, name, value)
    return bool(typed)


def questions(draft: Version, confirmed: list[str]) -> list[tuple[str, bool]]:
    """Return what is unusual in the draft, each with whether the physiotherapist has said that it is right."""
    return [(words, words in confirmed) for words in unusual(draft)]


def with_quick_choice(sent: QueryDict, today: dt.date) -> QueryDict:
    """Return what was sent with the quick button that sent it worked in: whole weeks of days, a date weeks ahead."""
    data = sent.copy()
    quick = data.get("quick", "")
    if quick in QUICK_DAYS:
        for name, value in QUICK_DAYS[quick][1].items():
            data.setlist(name, value if isinstance(value, list) else [value])
        data["times_a_day"] = data.get("times_a_day", "").strip() or "1"
    if quick in QUICK_WEEKS:
        data["review_on"] = (today + dt.timedelta(weeks=QUICK_WEEKS[quick])).isoformat()
    return data


def with_ranges(data: QueryDict) -> QueryDict:
    """Return it with the ends of ranges put together that a page of before sends by themselves."""
    for key in [key for key in data if key.endswith(ENDS)]:
        low = key.replace("_to", "")
        data[low] = posted_range(str(data.get(low, "")), str(data[key]))
    return data


def posted_id(sent: QueryDict, name: str) -> uuid.UUID | None:
    """Return the id that a button sent, or None where it is none."""
    return posted_uuid(sent.get(name, ""))


def posted_uuid(text: Any) -> uuid.UUID | None:
    """Return ``text`` as an id, or None where it is none."""
    try:
        return uuid.UUID(text)
    except (ValueError, TypeError, AttributeError):
        return None
