"""Links that dial. No template writes a telephone's address itself; a test looks."""

from django import template

from hipcare.telephone import USUAL_COUNTRY, link_to

register = template.Library()


@register.filter
def dial(number: str, clinic: object) -> str:
    """Return the address of a link that dials ``number`` as somebody in the country of ``clinic`` dials it."""
    return link_to(number, getattr(clinic, "calling_country", USUAL_COUNTRY))
