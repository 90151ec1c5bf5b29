"""What is wrong in a form, line by line, each with the way to the field that is to be put right."""

from dataclasses import dataclass

from django import forms


@dataclass(frozen=True, slots=True)
class Problem:
    """One line of a summary; ``href`` is "" where it is about the form as a whole."""

    words: str
    href: str


def first_input(field: forms.BoundField) -> str:
    """Return the id of the input to go to: of several (radios, day-month-year) the one marked wrong, else the first."""
    parts = [part.data for part in field.subwidgets]
    if len(parts) == 1 and parts[0].get("subwidgets"):
        parts = parts[0]["subwidgets"]
    chosen = next((part for part in parts if part.get("is_wrong")), next(iter(parts), {}))
    own_id: str = chosen.get("attrs", {}).get("id", "")
    return own_id or field.auto_id


def problems_of(form: forms.BaseForm) -> list[Problem]:
    """Return the form's own problems first, then those of its fields in their order."""
    problems = [Problem(str(words), "") for words in form.non_field_errors()]
    asked = {conflict.name for conflict in getattr(form, "conflicts", ())}  # of a form with a stamp
    for field in form:
        target = f"keep-{field.name}" if field.name in asked else first_input(field)
        href = "" if field.is_hidden else f"#{target}"
        problems += [Problem(str(words), href) for words in field.errors]
    return problems
