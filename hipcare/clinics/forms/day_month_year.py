"""A date typed into three boxes, of which each says what is wrong with it."""

import calendar
import datetime as dt
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import MONTHS

PARTS = ("day", "month", "year")
MONTHS_BY_NAME = {
    written.casefold(): number
    for names in (calendar.month_name, calendar.month_abbr)
    for number, written in enumerate(names)
    if written
}
"""Staff, who type these dates, read English."""
AGES = {"future", "under_18", "too_old"}  # of is_an_adults_birthday: the year is what to look at


class DayMonthYear(forms.MultiWidget):
    """Three small boxes: nobody hunts for a birthday of 1951 in a calendar."""

    template_name = "clinics/widgets/day_month_year.html"
    use_fieldset = True

    def __init__(self) -> None:
        box = {"inputmode": "numeric", "autocomplete": "off"}
        super().__init__({part: forms.TextInput(attrs=box) for part in PARTS})
        self.wrong: set[str] = set()

    def decompress(self, value: dt.date | None) -> list[str]:
        return [str(value.day), str(value.month), str(value.year)] if value else ["", "", ""]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        for part, box in zip(PARTS, context["widget"]["subwidgets"], strict=True):
            box["part"] = part
            box["attrs"].pop("aria-invalid", None)
            box["attrs"]["class"] = "form-control"
            if part in self.wrong:
                box["attrs"] |= {"aria-invalid": "true", "class": "form-control is-invalid"}
        return context

    def subwidgets(self, name: str, value: Any, attrs: dict[str, Any] | None = None) -> Any:
        """Yield the boxes, the wrong ones first: the error summary leads to the first."""
        boxes = self.get_context(name, value, attrs)["widget"]["subwidgets"]
        yield from sorted(boxes, key=lambda box: "aria-invalid" not in box["attrs"])


class DayMonthYearField(forms.Field):
    """A date typed as day, month and year; each mistake names the box it is in."""

    widget = DayMonthYear

    def __init__(self, *, called: str, validators: list[Callable[[dt.date], None]], **options: Any) -> None:
        self.called = called
        messages = {"required": f"Enter the {called}"}
        super().__init__(validators=validators, error_messages=messages, **options)

    def clean(self, value: Any) -> Any:
        """Return the date; mark the boxes that are wrong, all of them where no single one is."""
        self.widget.wrong = set()
        try:
            return super().clean(value)
        except ValidationError as problem:
            self.widget.wrong = self._wrong_boxes(problem)
            raise

    def _wrong_boxes(self, problem: ValidationError) -> set[str]:
        code = problem.error_list[0].code or ""
        if code in PARTS:
            return {code}
        return {"year"} if code in AGES else set(PARTS)

    def to_python(self, value: Any) -> dt.date | None:
        typed = {part: str(text or "").strip() for part, text in zip(PARTS, value or ("", "", ""), strict=True)}
        if not any(typed.values()):
            return None
        numbers = {part: self._number(part, text) for part, text in typed.items()}
        try:
            return dt.date(numbers["year"], numbers["month"], numbers["day"])
        except ValueError:
            day, month, year = (numbers[part] for part in PARTS)
            raise ValidationError(f"There is no {day} {MONTHS[month]} {year:04}", code="no_such") from None

    def _number(self, part: str, text: str) -> int:
        if not text:
            raise ValidationError(f"The {self.called} needs a {part}", code=part)
        if part == "year" and not (len(text) == 4 and text.isascii() and text.isdigit()):
            raise ValidationError(f"{part.capitalize()} {of_birth(self.called)}must have 4 numbers", code=part)
        if part == "year":
            return int(text)
        if part == "month" and text.casefold() in MONTHS_BY_NAME:
            return MONTHS_BY_NAME[text.casefold()]
        most = {"day": 31, "month": 12}[part]
        if not (len(text) <= 2 and text.isascii() and text.isdigit() and 1 <= int(text) <= most):
            raise ValidationError(f"{part.capitalize()} {of_birth(self.called)}must be 1 to {most}", code=part)
        return int(text)


def of_birth(called: str) -> str:
    """Return "of birth " for a date of birth: "Year of birth must have 4 numbers"."""
    return called.removeprefix("date ") + " " if called.startswith("date of ") else ""
