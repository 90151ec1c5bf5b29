"""The four places in the staff bar, and which of them the page belongs to."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.urls import reverse

register = template.Library()

PLACES = {
    "Patients": "programmes:patient_list",
    "Exercises": "exercises:list",
    "Templates": "programmes:template_list",
    "Clinic": "clinic_settings",
}


@dataclass(frozen=True)
class Place:
    """A link of the bar; ``current`` is the value of ``aria-current``: "page", "true" (inside it) or ""."""

    name: str
    url: str
    current: str


def place_of(view_name: str) -> str:
    """Return the place a view belongs to, "" for one's own account and pages that are not found."""
    if view_name.startswith("exercises:"):
        return "Exercises"
    if view_name.startswith("programmes:template"):
        return "Templates"
    if view_name.startswith("clinic"):
        return "Clinic"
    if view_name.startswith(("programmes:", "patient_")):
        return "Patients"
    return ""


@register.simple_tag(takes_context=True)
def places(context: template.Context) -> list[Place]:
    """Return the four places, the page's own one marked."""
    match: Any = context["request"].resolver_match
    view_name = match.view_name if match else ""
    here = place_of(view_name)

    def current(name: str) -> str:
        if PLACES[name] == view_name:
            return "page"
        return "true" if name == here else ""

    return [Place(name, reverse(view), current(name)) for name, view in PLACES.items()]
