"""What one day of a paper diary says, on its way in."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from hipcare.fields import LinesField
from hipcare.moments import short_day
from hipcare.problems import Problem, problems_of
from programmes.models import Prescription
from programmes.models.session import NOTE_LENGTH
from programmes.rules.diary import MOST_TIMES, DiaryCell, DiaryDay
from programmes.rules.paper_marks import DayMarks, DiaryBox, read, written
from programmes.wording.diary_words import MORNINGS, answer_called, box_called, number_called

PAIN = "Write pain as a number from 0 to 10"


@dataclass(frozen=True, slots=True)
class DiaryInput:
    """One box or number of a row: its name and value in the form, and its full name for who does not see the grid."""

    name: str
    value: str
    called: str
    is_ticked: bool = False


@dataclass(frozen=True, slots=True)
class DiaryCellShown:
    """Where a day and an exercise meet, on the screen: boxes, or one number."""

    cell: DiaryCell
    boxes: list[DiaryInput]
    number: DiaryInput | None = None


class DiaryDayForm(forms.Form):
    """One row of the grid. Its fields stand under its day, for all rows of a page are sent together."""

    ticked = forms.MultipleChoiceField(required=False, error_messages={"invalid_choice": "This page is out of date"})
    pain = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=10,
        error_messages={"invalid": PAIN, "min_value": PAIN, "max_value": PAIN},
    )
    morning = forms.MultipleChoiceField(choices=[*MORNINGS.items()], required=False)
    words = LinesField(
        required=False,
        max_length=NOTE_LENGTH,
        error_messages={"max_length": "This has %(show_value)d letters. Keep it to %(limit_value)d"},
    )

    def __init__(
        self, day: DiaryDay, rows: Iterable[Prescription], now: DayMarks, sent: QueryDict | None, *, closed: str = ""
    ) -> None:
        super().__init__(sent, prefix=day.date.isoformat())
        self.day, self.now, self.closed = day, now, closed
        self.rows: dict[Hashable, Prescription] = {row.pk: row for row in rows}
        ticking = [cell for cell in day.cells if not cell.column.is_counted]
        self.counted = [cell for cell in day.cells if cell.column.is_counted]
        self.boxes = {_value(box): box for cell in ticking for box in cell.boxes}
        boxes: Any = self.fields["ticked"]
        boxes.choices = [(value, value) for value in self.boxes]
        for cell in self.counted:
            self.fields[_times(cell)] = _times_field()

    @property
    def is_sent(self) -> bool:
        return self.add_prefix("was") in self.data

    def clean_morning(self) -> str:
        found: list[str] = self.cleaned_data["morning"]
        if len(found) > 1:
            raise forms.ValidationError("Tick Yes or No, not both")
        return "".join(found)

    def clean(self) -> dict[str, Any]:
        """Refuse a day on which nothing can have been done, with the reason."""
        if self.closed:
            raise forms.ValidationError(self.closed)
        return self.cleaned_data

    @property
    def problems(self) -> list[Problem]:
        """What is wrong, with its day."""
        day = short_day(self.day.date)
        return [Problem(f"{day}: {one.words}", one.href) for one in problems_of(self)] if self.is_sent else []

    @property
    def mine(self) -> DayMarks:
        """What was keyed in, once it is valid."""
        said = self.cleaned_data
        ticked = {self.boxes[value] for value in said["ticked"]}
        for cell in self.counted:
            ticked |= {box for box in cell.boxes if box.round <= (said[_times(cell)] or 0)}
        return DayMarks(frozenset(ticked), said["pain"], said["morning"], said["words"])

    @property
    def was(self) -> DayMarks:
        """What the page showed; of a page that does not say, nothing, so that nothing is taken away."""
        return read(self.stamp, {str(pk): pk for pk in self.rows}) or DayMarks()

    @property
    def stamp(self) -> str:
        """What the page carries of what it showed: refused, the same again."""
        return str(self.data.get(self.add_prefix("was"), "")) if self.is_sent else written(self.now)

    @property
    def cells(self) -> list[DiaryCellShown]:
        """Each cell with what stands in it: what was typed, or else what is kept."""
        return [self._shown(cell) for cell in self.day.cells]

    def _shown(self, cell: DiaryCell) -> DiaryCellShown:
        name, day = self.rows[cell.column.prescription].name, self.day.date
        if cell.column.is_counted:
            times = self.typed(_times(cell), sum(box in self.now.ticked for box in cell.boxes) or "")
            called = number_called(name, day, cell.kind)
            return DiaryCellShown(cell, [], DiaryInput(self.add_prefix(_times(cell)), times, called))
        field, of = self.add_prefix("ticked"), len(cell.boxes)
        return DiaryCellShown(
            cell,
            [
                DiaryInput(field, _value(box), box_called(name, day, box.round, of, cell.kind), self._is_ticked(box))
                for box in cell.boxes
            ],
        )

    def _is_ticked(self, box: DiaryBox) -> bool:
        return _value(box) in self._several("ticked") if self.is_sent else box in self.now.ticked

    def _several(self, name: str) -> list[str]:
        data: Any = self.data
        return list(data.getlist(self.add_prefix(name)))

    def typed(self, name: str, kept: object) -> str:
        return str(self.data.get(self.add_prefix(name), "") if self.is_sent else "" if kept is None else kept)

    @property
    def pain_typed(self) -> str:
        return self.typed("pain", self.now.pain)

    @property
    def words_typed(self) -> str:
        return self.typed("words", self.now.words)

    @property
    def mornings(self) -> list[DiaryInput]:
        ticked = self._several("morning") if self.is_sent else [self.now.morning]
        return [
            DiaryInput(self.add_prefix("morning"), one, answer_called(one, self.day.date), one in ticked)
            for one in MORNINGS
        ]

    @property
    def pain_called(self) -> str:
        return answer_called("pain", self.day.date)

    @property
    def words_called(self) -> str:
        return answer_called("words", self.day.date)


def _times_field() -> forms.IntegerField:
    words = f"Write a number from 0 to {MOST_TIMES}"
    messages = {"invalid": words, "min_value": words, "max_value": words}
    return forms.IntegerField(required=False, min_value=0, max_value=MOST_TIMES, error_messages=messages)


def _value(box: DiaryBox) -> str:
    return f"{box.prescription}.{box.round}"


def _times(cell: DiaryCell) -> str:
    return f"times_{cell.column.prescription}"
