"""The clinic's own usual dose of an exercise, asked as the builder asks the dose of a row."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict

from exercises.dose_columns import Dosage
from exercises.models import Exercise
from programmes.builder.forms.rhythm_form import GROUP_OF
from programmes.builder.forms.template_forms import ItemForm
from programmes.models import TemplateItem
from programmes.services.drafts import TAKEN_OVER, values


class UsualForm(ItemForm):
    """A dose for nobody yet: no leg, which is the exercise's, no days, no note."""

    def __init__(self, exercise: Exercise, usual: Dosage, bands: Iterable[str], data: QueryDict | None = None) -> None:
        super().__init__(TemplateItem(exercise=exercise, **values(usual, TAKEN_OVER)), bands, data)
        self.prefix = None
        for name in self.fields.keys() & {"side", "note", *GROUP_OF}:
            del self.fields[name]

    def kept(self) -> dict[str, Any]:
        """Return all that the form says, or nothing; a field that was not sent is an empty one."""
        return dict(self.cleaned_data) if self.is_valid() else {}

    @property
    def of_the_dose(self) -> list[forms.BoundField]:
        """What is always in sight; which ways it goes only where there are two."""
        return [*super().of_the_dose, *(field for field in self.the_rest if field.name == "directions")]

    @property
    def inside(self) -> list[forms.BoundField]:
        """What stands in the fold."""
        return [field for field in self.the_rest if field.name != "directions"]

    @property
    def says_more(self) -> bool:
        """Whether something stands in the fold, or has to be put right there."""
        return any(field.value() not in ("", None) or field.errors for field in self.inside)
