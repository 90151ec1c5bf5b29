"""Every address of the site as the URLconf has it, and how to write one down for the world's rows."""

from django.shortcuts import resolve_url
from django.urls import URLResolver, get_resolver

from hipcare.access import Audience, iter_views

VIEWS = {route: view for route, _name, view in iter_views()}


def names(patterns=None, prefix="", namespace=""):
    """Yield ``(route, name with its namespace)`` for every address."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from names(pattern.url_patterns, route, inner)
        else:
            yield route, f"{namespace}{pattern.name}"


NAMES = dict(names())


def address(route, world):
    """Return the path of ``route`` with rows of the own clinic in it."""
    return resolve_url(NAMES[route], **world.arguments_of(route))


def audience_of(route):
    """Return whom the view at ``route`` is for."""
    return VIEWS[route].audience


def is_public(route):
    """Say whether anybody may see ``route``."""
    return audience_of(route) is Audience.PUBLIC
