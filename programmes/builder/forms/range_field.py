"""A number, or two with something between them, typed in one field: "10", "8-12", "8–12", "8 to 12"."""

import re
from typing import Any

from django import forms

from exercises.wording import span
from hipcare.fields import LineField

TYPED = re.compile(r"(\d{1,4})(?:\s*(?:-|–|—|to)\s*(\d{1,4}))?", re.IGNORECASE)

Range = int | list[int]
"""One number, or the two ends of a range that rises."""


class RangeField(LineField):
    """Its value is a ``Range``, or None where nothing was typed."""

    def __init__(self, what: str, limits: tuple[int, int], *, label: str = "", required: bool = False) -> None:
        self.what, (self.min_value, self.max_value) = label or what, limits
        sentence = f"{what}: a whole number from {limits[0]} to {limits[1]}, or two, for example 8 to 12."
        super().__init__(
            label=self.what,
            required=required,
            error_messages={"required": sentence, "invalid": sentence},
            # A phone's number pad has no dash.
            widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
        )

    def clean(self, value: Any) -> Range | None:
        typed = super().clean(value)
        if not typed:
            return None
        if (found := TYPED.fullmatch(typed)) is None:
            raise forms.ValidationError(self.error_messages["invalid"])
        ends = [int(end) for end in found.groups() if end is not None]
        if not all(self.min_value <= end <= self.max_value for end in ends):
            raise forms.ValidationError(self.error_messages["invalid"])
        return self._risen(ends) if len(ends) > 1 else ends[0]

    def _risen(self, ends: list[int]) -> list[int]:
        """Return a range that rises and has a beginning: no line would say another."""
        first, last = ends
        if last <= first:
            raise forms.ValidationError(f"{self.what}: a range must rise, for example {first} to {first + 5}.")
        if first == 0:
            raise forms.ValidationError(f"{self.what}: a range needs both its numbers.")
        return ends

    def prepare_value(self, value: Any) -> Any:
        return span(*value) if isinstance(value, list) else value


def posted_range(low: str, high: str) -> str:
    """Return what a page of before, which asked for the two ends by themselves, would send now."""
    return f"{low}–{high}" if high.strip() else low
