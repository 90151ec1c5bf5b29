"""What a sheet was printed from: one key for all of it, and a digest for each part, to say later what has changed.

The key covers everything that the renderer is given, so nothing that is printed one day can be forgotten here. The
digests hold no words: of a sheet that was handed over they only tell which parts would be printed otherwise now.
"""

import functools
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from exercises.pictures import Picture
from hipcare.clinics.precautions import HipRules
from hipcare.languages import ENGLISH
from programmes.handouts.layouts import Layout
from programmes.handouts.renderer.messages import Job
from programmes.handouts.sheet import Sheet

LAYOUTS: Final = Path(__file__).parent / "layouts"
FONTS: Final = settings.BASE_DIR / "hipcare" / "static" / "fonts"
LENGTH: Final = 16  # hexadecimal digits of a part's digest
NAMES: Final[Mapping[str, str]] = {
    "letterhead.clinic": "the clinic’s name",
    "letterhead.address": "the clinic’s address",
    "letterhead.phone": "the clinic’s phone number",
    "letterhead.hours": "the opening hours",
    "help.emergency.heading": "the emergency number",
    "help.urgent.heading": "the urgent advice number",
    "help.call_us.heading": "the clinic’s phone number",
    "help.gp.heading": "the help list",
    "help.emergency.items": "the help list",
    "help.urgent.items": "the help list",
    "help.call_us.items": "the help list",
    "help.gp.items": "the help list",
    "first_name": "the first name",
    "hip": "which hip it is for",
    "goal": "the goal",
    "note": "the note",
    "on_phone": "the way to the phone",
    "on_phone.qr": "the web address",
    "on_phone.code": "the code",
    "on_phone.address": "the web address",
    "hip_rules": "the hip rules",
    **dict.fromkeys((f"hip_rules.{field.name}" for field in fields(HipRules)), "the hip rules"),
    "exercises": "the exercises’ words",
    "topics": "the topics",
    "how_often": "the days",
    "minutes": "how long it takes",
    "bands": "the pain table",
    "equipment": "what is needed",
    "review_day": "the review day",
    "version": "the version",
    "made_on": "the day it was made",
    "made_at": "the day it was made",
    "made_by": "the physiotherapist’s name",
    "physio": "the physiotherapist’s name",
    "changes": "what changed",
    "replaces": "the version it replaces",
    "advice": "the clinic’s advice",
    "unsigned": "whether the words are signed",
    "said_in": "the language",
    "words": "the general advice",
    "pictures": "the pictures",
    "layout": "the layout",
}
"""Every part of a sheet, as staff are told of it."""


def key_of(job: Job) -> str:
    """Return the SHA-256 of all that decides what is printed: two sheets with one key are the same sheet."""
    return hashlib.sha256(b"\0".join((look_token(job.layout).encode(), job.to_bytes()))).hexdigest()


def parts_of(sheet: Sheet) -> dict[str, str]:
    """Return a digest of each part of ``sheet``, by its name in ``NAMES``."""
    said = dict(_parts(sheet)) | {
        "pictures": [picture.file for picture in sheet.pictures],
        "layout": layout_token(sheet.layout.name),
    }
    if not sheet.topics:
        del said["topics"]  # so that a sheet from before there were any is told to be the same
    if sheet.said_in == ENGLISH:
        del said["said_in"]  # likewise
    return {name: _digest(value) for name, value in said.items()}


def changed_parts(then: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """Return the names of the parts that differ, each once, in the order of ``NAMES``."""
    differing = {name for name in then.keys() | now.keys() if then.get(name) != now.get(name)}
    named = sorted(differing, key=lambda name: list(NAMES).index(name) if name in NAMES else len(NAMES))
    return list(dict.fromkeys(NAMES.get(name, "other words") for name in named))


@functools.cache
def look_token(layout: str) -> str:
    """Return the hash of what the renderer reads by itself: style sheets, glyphs and fonts."""
    return _hash_of(look_files(layout))


def look_files(layout: str) -> list[Path]:
    styles = [LAYOUTS / "base.css", LAYOUTS / f"{layout}.css"]
    return [*styles, *sorted(LAYOUTS.glob("glyphs/*.svg")), *sorted(FONTS.glob("hipcare-hyperlegible-*.ttf"))]


def layout_token(layout: str) -> str:
    return look_token(layout) + _templates_token(layout)


@functools.cache
def _templates_token(layout: str) -> str:
    return _hash_of([LAYOUTS / f"{layout}.html", *sorted(LAYOUTS.glob("parts/*.html"))])


def _hash_of(paths: Iterable[Path]) -> str:
    found = hashlib.sha256()
    for path in paths:
        found.update(f"{path.name}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


def _parts(value: object, name: str = "") -> Iterator[tuple[str, object]]:
    """Yield the parts of a dataclass by their dotted names; a list is one part, and so is the layout."""
    if not is_dataclass(value) or isinstance(value, Layout):
        yield name, value
        return
    for field in fields(value):
        yield from _parts(getattr(value, field.name), f"{name}.{field.name}".lstrip("."))


def _digest(value: object) -> str:
    words = json.dumps(value, default=_plainly, sort_keys=True)
    return hashlib.sha256(words.encode()).hexdigest()[:LENGTH]


def _plainly(value: object) -> Any:
    """Return what JSON does not know. A figure counts among the pictures, its words with its exercise."""
    if isinstance(value, Picture):
        return None
    if is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in fields(value) if field.compare}
    return str(value)
