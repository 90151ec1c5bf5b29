"""Where an exercise comes from: what was read, where and when, or what is left to check. Pure."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

LINK = re.compile(r"https://[a-z0-9-]+(\.[a-z0-9-]+)+/\S+")
DOI_LINK = re.compile(r"https://doi\.org/10\.\d{4,9}/\S+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One source. ``at`` is an address or says where else to ask; ``use`` is what of the exercise comes from it."""

    title: str
    who: str = ""
    year: str = ""
    at: str = ""
    read_on: str = ""
    to_check: str = ""
    use: str = ""

    @property
    def is_linked(self) -> bool:
        return self.at.startswith("https://")

    @property
    def shown_address(self) -> str:
        """The address without what every address has."""
        return self.at.removeprefix("https://").removeprefix("www.").removeprefix("doi.org/")

    @property
    def published(self) -> str:
        """Who published it and when, as far as is known: "Mellor and others, BMJ, 2018"."""
        return ", ".join(part for part in (self.who, self.year) if part)

    @property
    def day_read(self) -> dt.date | None:
        return dt.date.fromisoformat(self.read_on) if self.read_on else None


KEYS = tuple(field.name for field in fields(Citation))


def sources_of(kept: Iterable[Mapping[str, str]]) -> list[Citation]:
    return [Citation(**one) for one in kept]


def wrong_with_sources(kept: Any) -> str:
    """Return what is wrong with sources as they are kept, or ""."""
    if not isinstance(kept, list):
        return 'Write a list of sources, such as [{"title": "…", "at": "https://doi.org/…"}].'
    return next(filter(None, map(wrong_with_source, kept)), "")


def wrong_with_source(one: Any) -> str:
    """Return what is wrong with one source as it is kept, or ""."""
    if not isinstance(one, dict) or not isinstance(one.get("title"), str) or not one["title"].strip():
        return "A source has a title."
    if unknown := sorted(one.keys() - set(KEYS)):
        return f"{unknown[0]!r} is not one of {', '.join(KEYS)}."
    if not all(isinstance(value, str) for value in one.values()):
        return "All that is said of a source is text."
    return _wrong_with_values(Citation(**one))


def _wrong_with_values(source: Citation) -> str:
    if source.at.startswith("http") and not LINK.fullmatch(source.at):
        return f"{source.at!r} is not an address such as https://www.nice.org.uk/guidance/ng226."
    if source.at.startswith("https://doi.org/") and not DOI_LINK.fullmatch(source.at):
        return f"{source.at!r} has no DOI: it begins with 10. and a number."
    try:
        dt.date.fromisoformat(source.read_on or "2000-01-01")
    except ValueError:
        return f"{source.read_on!r} is not a date such as 2026-11-29."
    return ""
