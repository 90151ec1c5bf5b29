"""What is wrong in a form, as a list that leads to the fields."""

from dataclasses import dataclass

from django import forms, template

register = template.Library()


@dataclass(frozen=True)
class Problem:
    """One sentence, and the id of the input it is about ("" where it is about the form as a whole)."""

    words: str
    target: str


def first_input(field: forms.BoundField) -> str:
    """Return the id of the field's first input: of several (radios, day-month-year) the first one."""
    parts = field.subwidgets
    own = parts[0].data.get("attrs", {}).get("id") if parts else None
    return own or field.auto_id


@register.simple_tag
def error_summary(*several: forms.BaseForm) -> list[Problem]:
    """Return every problem of one form or more, in the order of the fields, the forms' own first."""
    problems = []
    for form in several:
        problems += [Problem(str(words), "") for words in form.non_field_errors()]
        for field in form:
            target = "" if field.is_hidden else first_input(field)
            problems += [Problem(str(words), target) for words in field.errors]
    return problems
