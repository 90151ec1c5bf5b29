"""The topics of the shared library, and the register of facts that they rest on.

A topic may state only what the register carries and somebody has read in an original: loading refuses one that names
another fact, or has a number that none of its facts has. Its sources are those of its facts.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from exercises.library.loading import (
    DATES,
    FOLDER,
    LibraryEntry,
    Loaded,
    dated,
    read_entries,
    read_sources,
    retire_missing,
    write_row,
)
from exercises.models import Topic
from exercises.pictures import is_a_topics_picture

TOPICS, FACTS = "topics.json", "facts.json"
READ = "read"
STATUSES = {
    READ: "read in an original",
    "second_hand": "from others’ summaries",
    "not_read": "not read",
    "advice": "common advice",
}
NUMBER = re.compile(r"\d+(?:,\d{3})*")
PLAIN = frozenset({
    "about", "title", "summary", "sections", "picture_alt", "certainty", "sure", "reviewed_by", *DATES,
})  # fmt: skip
REQUIRED_OF_TOPICS = PLAIN | {"picture", "facts", "to_check"}
READ_BY_PATIENTS = frozenset(Topic.PINNED_FIELDS) - {"slug", "text_version"} | {*DATES}


@dataclass(frozen=True, slots=True)
class Register:
    """Every claim by its slug: what it says, whether it was read, and where."""

    facts: Mapping[str, LibraryEntry]
    sources: Mapping[str, LibraryEntry]

    def status(self, fact: str) -> str:
        return str(self.facts[fact].values["status"])

    def says(self, fact: str) -> str:
        return str(self.facts[fact].values["says"])

    def source_of(self, fact: str) -> LibraryEntry:
        return self.sources[self.facts[fact].values["source"]]

    def sources_of(self, facts: Iterable[str]) -> list[dict[str, str]]:
        """Return what was read for ``facts``, each source once, in the order of its file."""
        used = {self.source_of(fact).slug for fact in facts}
        return [
            {name: source.values[name] for name in ("title", "who", "year", "at", "read_on")}
            for slug, source in self.sources.items()
            if slug in used
        ]


def read_register(folder: Path = FOLDER) -> Register:
    sources = read_sources(folder)
    facts = {entry.slug: entry for entry in read_entries(folder / FACTS)}
    for fact in facts.values():
        _check_fact(fact, sources)
    return Register(facts, sources)


def _check_fact(fact: LibraryEntry, sources: Mapping[str, LibraryEntry]) -> None:
    status = fact.values.get("status")
    if status not in STATUSES:
        raise fact.wrong("status", f"must be one of {', '.join(STATUSES)}.")
    fact.check_keys({"says", "status", "source"} if status == READ else {"says", "status"})
    if status == READ and fact.values["source"] not in sources:
        raise fact.wrong("source", f"there is no source {fact.values['source']!r} in the library.")
    if status == READ and "read_on" not in sources[fact.values["source"]].values:
        raise fact.wrong("source", f"nobody has read {fact.values['source']!r}.")


def topic_columns(entry: LibraryEntry, register: Register) -> dict[str, Any]:
    entry.check_keys(REQUIRED_OF_TOPICS, {"language"})
    facts, to_check = (_named(entry, key, register) for key in ("facts", "to_check"))
    for key, names, is_read in (("facts", facts, True), ("to_check", to_check, False)):
        for name in names:
            if (register.status(name) == READ) != is_read:
                raise entry.wrong(key, f"{name!r} is {STATUSES[register.status(name)]}.")
    columns = {name: entry.values[name] for name in sorted(PLAIN - set(DATES))}
    columns |= {name: dated(entry, name) for name in DATES}
    columns |= {
        "language": entry.values.get("language", Topic().language),
        "picture": _picture(entry),
        "sources": register.sources_of(facts),
        "facts": [{"says": register.says(one), "source": register.source_of(one).values["title"]} for one in facts],
        "to_check": [f"{STATUSES[register.status(one)].capitalize()}: {register.says(one)}" for one in to_check],
        "retired": False,
    }
    _check_numbers(entry, columns, " ".join(map(register.says, facts)))
    return columns


def _named(entry: LibraryEntry, key: str, register: Register) -> list[str]:
    names = entry.values[key]
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise entry.wrong(key, "must be a list of facts, by their slugs.")
    for name in names:
        if name not in register.facts:
            raise entry.wrong(key, f"there is no fact {name!r} in the register.")
        if names.count(name) > 1:
            raise entry.wrong(key, f"{name!r} is there twice.")
    return names


def _picture(entry: LibraryEntry) -> dict[str, str]:
    told = entry.values["picture"]
    picture = {"drawing": told} if isinstance(told, str) else told
    if not isinstance(picture, dict) or not is_a_topics_picture(picture):
        raise entry.wrong("picture", 'must be a drawing of exercises/static/exercises/topics, or an exercise such as '
                          '{"exercise": "bridge", "side": "both", "kind": "end"}.')  # fmt: skip
    return picture


def _check_numbers(entry: LibraryEntry, columns: Mapping[str, Any], facts: str) -> None:
    """Refuse a number that none of the facts has: nobody could say where it comes from."""
    known = set(NUMBER.findall(facts))
    for key in ("title", "summary", "sections", "sure"):
        for number in NUMBER.findall(str(columns[key])):
            if number not in known:
                raise entry.wrong(key, f"no fact of this topic has the number {number}.")


@transaction.atomic
def load_topics(folder: Path = FOLDER) -> Loaded:
    """Load the shared topics; a clinic's own are never touched. Raises ``LibraryError`` and then writes nothing."""
    register, entries = read_register(folder), read_entries(folder / TOPICS)
    shared = {topic.slug: topic for topic in Topic.objects.filter(clinic=None)}
    loaded = Loaded()
    for entry in entries:
        topic = shared.setdefault(entry.slug, Topic(slug=entry.slug))
        write_row(entry, topic, topic_columns(entry, register), READ_BY_PATIENTS, loaded)
    retire_missing(shared.values(), entries, loaded)
    return loaded
