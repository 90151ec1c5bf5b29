"""What the apps above ask of whoever runs the site: attributes of their ``AppConfig``; nothing here names an app."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from django.apps import apps


class Preparation(NamedTuple):
    """A command that every start needs; ``is_demo``: only on an empty database that is to hold the made-up clinic."""

    what: str
    command: str
    options: Mapping[str, Any] = {}
    is_demo: bool = False


def preparations() -> Iterator[Preparation]:
    """Yield what each app names as ``preparations``, in the order of the apps."""
    for app in apps.get_app_configs():
        yield from getattr(app, "preparations", ())


def warm_up() -> None:
    for app in apps.get_app_configs():
        getattr(app, "warm_up", lambda: None)()
