"""Columns behind the gate for text: whatever is saved has gone through it, from a form, a file or a shell.

They are plain columns to migrations and to the database.
"""

from typing import TYPE_CHECKING, Any

from django import forms
from django.db import models

from hipcare import text
from hipcare.fields import LineField, LinesField, has_a_letter

if TYPE_CHECKING:
    CharColumn = models.CharField[str, str]
    TextColumn = models.TextField[str, str]
    JSONColumn = models.JSONField[Any, Any]
else:  # they cannot be subscripted at run time
    CharColumn, TextColumn, JSONColumn = models.CharField, models.TextField, models.JSONField


class _Kept:
    """What the columns share: they keep what the gate keeps, when checked, when saved and when updated."""

    attname: str
    form_class: type[forms.CharField] = LineField

    def gate(self, value: Any) -> Any:
        return text.line(value) if isinstance(value, str) else value

    def to_python(self, value: Any) -> Any:
        return self.gate(super().to_python(value))  # type: ignore[misc]

    def pre_save(self, instance: models.Model, add: bool) -> Any:  # noqa: FBT001 - Django's signature
        setattr(instance, self.attname, self.gate(getattr(instance, self.attname)))
        return super().pre_save(instance, add)  # type: ignore[misc]

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        return super().get_db_prep_save(self.gate(value), connection)  # type: ignore[misc]

    def formfield(self, **options: Any) -> Any:
        return super().formfield(**{"form_class": self.form_class, **options})  # type: ignore[misc]

    def deconstruct(self) -> Any:
        name, _path, args, options = super().deconstruct()  # type: ignore[misc]
        return name, f"django.db.models.{self.plain}", args, options

    plain = "CharField"


class Line(_Kept, CharColumn):
    """One line of text."""


class Name(Line):
    """What somebody or something is called: one line, with a letter in it."""

    default_validators = [has_a_letter]


class Texts(_Kept, JSONColumn):
    """A JSON list or object, every text in it one line."""

    plain = "JSONField"

    def gate(self, value: Any) -> Any:
        return text.through_the_gate(value)

    def formfield(self, **options: Any) -> Any:
        return models.JSONField.formfield(self, **options)


class Lines(_Kept, TextColumn):
    """Text of several lines."""

    form_class = LinesField
    plain = "TextField"

    def gate(self, value: Any) -> Any:
        return text.lines(value) if isinstance(value, str) else value
