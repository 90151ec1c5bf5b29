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
    """Return the id of the input to go to: of several (radios, day-month-year) the one marked wrong, else the first."""
    parts = [part.data for part in field.subwidgets]
    if len(parts) == 1 and parts[0].get("subwidgets"):
        parts = parts[0]["subwidgets"]
    chosen = next((part for part in parts if part.get("is_wrong")), next(iter(parts), {}))
    own_id: str = chosen.get("attrs", {}).get("id", "")
    return own_id or field.auto_id


def problems_of(form: forms.BaseForm) -> list[Problem]:
    """Return the problems of one form: the form's own first, then those of its fields in their order."""
    problems = [Problem(str(words), "") for words in form.non_field_errors()]
    asked = {conflict.name for conflict in getattr(form, "conflicts", ())}  # of a form with a stamp
    for field in form:
        target = "" if field.is_hidden else f"keep-{field.name}" if field.name in asked else first_input(field)
        problems += [Problem(str(words), target) for words in field.errors]
    return problems


@register.simple_tag
def error_summary(*several: "forms.BaseForm | forms.BaseFormSet[forms.Form]") -> list[Problem]:
    """Return every problem of some forms and formsets, in the order in which they are given."""
    problems = []
    for one in several:
        if isinstance(one, forms.BaseFormSet):
            problems += [Problem(str(words), "") for words in one.non_form_errors()]
            problems += [problem for form in one.forms for problem in problems_of(form)]
        else:
            problems += problems_of(one)
    return problems
