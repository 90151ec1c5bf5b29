"""What is wrong in a field, in words a person can act on."""

from django import forms
from django.core.exceptions import ValidationError

from hipcare.telephone import dialled, is_written


def can_be_dialled(number: str, country: str) -> str:
    """Return ``number``, or refuse it in words where no telephone in ``country`` could dial it."""
    if number and not is_written(number):
        raise ValidationError("Use numbers and spaces, for example 01632 960 118", code="dial")
    if number and not dialled(number, country):
        raise ValidationError("This number cannot be dialled. Is the area code there, and every number?", code="dial")
    return number


def in_our_words(field: forms.Field, name: str) -> None:
    """Give ``field`` error messages that call it ``name`` ("first name")."""
    start = name[:1].upper() + name[1:]
    field.error_messages["required"] = f"Enter the {name}"
    field.error_messages["null_characters_not_allowed"] = (
        f"{start} holds a character that cannot be kept. Type it again"
    )
    field.error_messages["nothing_shows"] = f"{start} needs at least one letter"
    if longest := getattr(field, "max_length", None):
        field.error_messages["max_length"] = f"{start} must be {longest} characters or fewer"
