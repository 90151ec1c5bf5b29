"""What every part of the builder's one form is made of.

Plain forms, not model forms: a field that is right is kept although its neighbour is wrong, what was typed is shown
again, and no row costs a query to check.
"""

import re
from collections.abc import Collection
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from hipcare.fields import LineField
from programmes.builder.forms.conflicts import Conflict
from programmes.services.draft_values import key_of

DATE_FORMATS = ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %b %Y", "%d %B %Y"]


def whole_number(what: str, limits: tuple[int, int], *, required: bool = False, label: str = "") -> forms.IntegerField:
    """Return a field for a whole number within ``limits``; every way to get it wrong is answered by one sentence."""
    sentence = f"{what}: a whole number from {limits[0]} to {limits[1]}."
    return forms.IntegerField(
        label=label or what,
        min_value=limits[0],
        max_value=limits[1],
        required=required,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), sentence),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


def words(what: str, longest: int, *, label: str = "") -> LineField:
    """Return a field for a line of text. The browser cuts nothing off what is pasted: what is too long is said."""
    too_long = f"{what}: at most {longest} characters. This has %(show_value)s."
    field = LineField(label=label or what, max_length=longest, required=False, error_messages={"max_length": too_long})
    field.widget.attrs.pop("maxlength")
    return field


class CalledByWhatItIsOf:
    """Choices that a screen reader calls by what they belong to as well, where it meets the same ones often."""

    of = ""

    def create_option(self, name: str, value: Any, label: int | str, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, label, *args, **kwargs)  # type: ignore[misc]
        if self.of:
            option["attrs"]["aria-label"] = f"{label}, {self.of}"
        return option


class Radios(CalledByWhatItIsOf, forms.RadioSelect):
    """One of a few."""


class Checkboxes(CalledByWhatItIsOf, forms.CheckboxSelectMultiple):
    """Several of a few."""


class KeptDateInput(forms.DateInput):
    """The browser's own date field; one of text where the value is no date, so that what was typed stays to be seen."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        shown = context["widget"]["value"]
        context["widget"]["type"] = "date" if not shown or re.fullmatch(r"\d{4}-\d\d-\d\d", shown) else "text"
        return context


class PartForm(forms.Form):
    """A part of the builder; ``kept`` is what of it can be written down."""

    use_required_attribute = False  # what is missing is said by us, and only when it is time
    conflicts: dict[str, Conflict]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conflicts = {}
        self.held: set[str] = set()  # fields that do not fit together
        self.untouched: set[str] = set()  # fields that say what they said when the page was drawn

    def kept(self) -> dict[str, Any]:
        """Return the values that were sent and are right; what does not fit together is left as it was."""
        if not self.is_bound:
            return {}
        good = {name for name in self.fields if self.add_prefix(name) in self.data} - set(self.errors) - self.held
        return {name: value for name, value in self.cleaned_data.items() if name in good}

    def columns(self) -> dict[str, dict[str, Any]]:
        """Return, by the name of each value that can be written down, the columns that it goes into."""
        return {name: {name: value} for name, value in self.kept().items()}

    def unsaved(self) -> set[str]:
        """Return the fields that were sent and cannot be written down as they are."""
        sent = {name for name in self.fields if self.add_prefix(name) in self.data} if self.is_bound else set()
        return sent - self.kept().keys() - (self.untouched - set(self.errors))

    def keys_of(self, names: Collection[str]) -> set[str]:
        """Return the keys of the values that stand in these fields."""
        return {self.key_of(name) for name in names}

    def key_of(self, name: str) -> str:
        """Return the key of one value."""
        return key_of(self.prefix, name) if self.prefix else name

    def ask(self, name: str, conflict: Conflict) -> None:
        """Have the person choose between what two windows wrote; until then it is an error of the field."""
        self.conflicts[name] = conflict
        self.fields[name].conflict = conflict  # type: ignore[attr-defined]  # for the template
        self.add_error(name, conflict.words)

    def ask_again(self, sent: "PartForm") -> None:
        """Ask what ``sent`` asked."""
        for name, conflict in sent.conflicts.items():
            if name in self.fields:
                self.ask(name, conflict)

    def filled_from(self, sent: "PartForm") -> QueryDict:
        """Return what the page would send of this part, with what ``sent`` could not save as it was typed."""
        data, typed = QueryDict(mutable=True), sent.unsaved()
        for name in self.fields:
            posted = self.add_prefix(name)
            found = _list_of(sent.data, posted) if name in typed else self.as_drawn(name)
            if found:
                data.setlist(posted, found)
        return data

    def as_drawn(self, name: str) -> list[str]:
        """Return what the page sends of a field that nobody touches."""
        shown = self.fields[name].widget.format_value(self[name].value())
        return [str(one) for one in shown] if isinstance(shown, list) else ["" if shown is None else str(shown)]


def _list_of(data: Any, name: str) -> list[str]:
    return data.getlist(name) if isinstance(data, MultiValueDict) else [data[name]] if name in data else []
