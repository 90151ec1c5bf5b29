"""The four places in the staff bar, and which of them the page belongs to."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.urls import reverse

from hipcare.places import STAFF_BAR, place_in_bar

register = template.Library()


@dataclass(frozen=True)
class BarLink:
    """A link of the bar; ``current`` is the value of ``aria-current``: "page", "true" (inside it) or ""."""

    name: str
    url: str
    current: str


@register.simple_tag(takes_context=True)
def bar_links(context: template.Context) -> list[BarLink]:
    match: Any = context["request"].resolver_match
    view_name = match.view_name if match else ""
    here = place_in_bar(view_name)

    def current(name: str) -> str:
        if STAFF_BAR[name] == view_name:
            return "page"
        return "true" if name == here else ""

    return [BarLink(name, reverse(view), current(name)) for name, view in STAFF_BAR.items()]
