"""Links that dial. No template writes a telephone's address itself; a test looks."""

from django import template

from hipcare.telephone import USUAL_COUNTRY, link_to

register = template.Library()


@register.filter
def dial(number: str, clinic: object) -> str:
    return link_to(number, getattr(clinic, "calling_country", USUAL_COUNTRY))


@register.filter
def unbroken(number: str) -> str:
    """Return a number that no line breaks in two."""
    return number.replace(" ", "\N{NO-BREAK SPACE}")
