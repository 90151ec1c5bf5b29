"""Parts of a page that are rendered once for each set of values they show."""

import datetime as dt
import hashlib
import uuid
from collections.abc import Hashable
from typing import Any

from django import template
from django.core.cache import caches
from django.template import Context
from django.utils import timezone, translation
from django.utils.safestring import SafeString

register = template.Library()
PLAIN = (str, int, bool, dt.date, dt.datetime, uuid.UUID, type(None))


@register.simple_tag(takes_context=True)
def fragment(context: Context, name: str, **shown: Any) -> SafeString:
    """Render the template ``name`` with the values of ``shown`` and nothing else, or take what that gave before.

    The template sees no other variable, so all that it can show is in the key, beside language and time zone: nobody
    is ever shown what was made from other values. Kept in the memory of this process alone (``CACHES``).
    """
    kept = caches["fragments"]
    parts = (name, translation.get_language(), timezone.get_current_timezone_name(), *sorted(shown))
    said = repr((parts, [key_of(value) for _name, value in sorted(shown.items())]))
    key = hashlib.sha256(said.encode()).hexdigest()
    found: str | None = kept.get(key)
    if found is None:
        engine = context.template.engine  # type: ignore[union-attr]
        found = engine.get_template(name).render(Context(shown, autoescape=context.autoescape))
        kept.set(key, found)
    return SafeString(found)  # rendered by a template, which escaped it


def key_of(value: Any) -> Hashable:
    """Return what tells ``value`` from others: itself, its parts, or the ``key`` of what is made of values."""
    if isinstance(value, PLAIN):
        return value
    if isinstance(value, set | frozenset):
        return tuple(sorted(value))
    return (type(value).__name__, value.key)
