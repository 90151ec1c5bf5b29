"""The shared library: read ``fixtures/library``, refuse what is wrong by file, slug and key, and load it.

Loading is idempotent and never deletes: a row whose entry has gone is retired, because programmes point at it.
"""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction

from exercises.cautions import unwritten, wrong_with
from exercises.models import Exercise, Relative
from exercises.sources import wrong_with_source
from hipcare.text import through_the_gate

FOLDER: Path = settings.BASE_DIR / "fixtures" / "library"
EXERCISES = "exercises.json"
SOURCES = "sources.json"

REQUIRED = frozenset({
    "name", "position", "kind", "side_mode", "dose", "start_position", "steps", "why", "feel", "stop_if",
    "start_label", "end_label", "start_alt", "end_alt", "movement_alt", "cautions_for", "sources", "reviewed_by",
    "reviewed_on", "review_on",
})  # fmt: skip
OPTIONAL = frozenset({
    "clinical_name", "also_called", "works", "mistakes", "easings", "harder", "swaps", "equipment", "needs", "muscles",
    "tags", "cautions", "guide_dose", "unlike_guide", "hold_range_s", "language", "relatives",
    "progression",
})  # fmt: skip
NO_COLUMNS = frozenset({"dose", "relatives"})
DATES = ("reviewed_on", "review_on")
WITH_LEGS = ("start_position", "steps", "start_alt", "end_alt", "movement_alt")
PATIENT_FIELDS = frozenset(Exercise.PINNED_FIELDS) - {"slug", "position", "side_mode", "text_version"}


class LibraryError(Exception):
    """The library's files cannot be loaded; the message names file, slug and key."""


@dataclass(frozen=True, slots=True)
class LibraryEntry:
    """One object of a library file, which knows where it stands when something is wrong with it."""

    file: str
    slug: str
    values: dict[str, Any]

    def wrong(self, key: str, why: str) -> LibraryError:
        return LibraryError(f"{self.file}: {self.slug}: {key}: {why}")

    def check_keys(self, required: Collection[str], optional: Collection[str] = ()) -> None:
        """Refuse a missing key and one nobody knows: most likely it is misspelt."""
        for key in sorted(set(required) - self.values.keys()):
            raise self.wrong(key, "is missing.")
        for key in sorted(self.values.keys() - {"slug", *required, *optional}):
            raise self.wrong(key, "is not a key of the library.")

    def check_row(self, row: models.Model) -> None:
        """Refuse what the model refuses: limits, choices, lengths, constraints."""
        try:
            row.full_clean()
        except ValidationError as error:
            key, messages = next(iter(error.message_dict.items()))
            raise self.wrong(key, " ".join(messages)) from error


@dataclass(slots=True)
class Loaded:
    """What loading did, as slugs."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    retired: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        counts = f"{len(self.new)} new, {len(self.changed)} changed, {len(self.unchanged)} unchanged"
        return f"{counts}, {len(self.retired)} retired" if self.retired else counts


def read_entries(path: Path) -> list[LibraryEntry]:
    """Return the entries of one file, a JSON list of objects that each have a slug of their own."""
    try:
        rows = through_the_gate(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise LibraryError(f"{path.name}: cannot be read: {error}") from error
    if not isinstance(rows, list) or not all(
        isinstance(row, dict) and isinstance(row.get("slug"), str) for row in rows
    ):
        raise LibraryError(f"{path.name}: must be a list of objects, each with a slug.")
    entries = [LibraryEntry(path.name, row["slug"], row) for row in rows]
    slugs = [entry.slug for entry in entries]
    for entry in entries:
        if slugs.count(entry.slug) > 1:
            raise entry.wrong("slug", "is there twice.")
    return entries


def dose_columns(entry: LibraryEntry, dose: object) -> dict[str, Any]:
    """Return every dosage column: what the entry says, and the model's default for what it does not."""
    if not isinstance(dose, dict):
        raise entry.wrong("dose", 'must be an object such as {"sets": 1, "reps": 10}.')
    for key in sorted(dose.keys() - set(Exercise.DOSE_FIELDS)):
        raise entry.wrong(f"dose.{key}", "is not part of a dose.")
    usual = Exercise()
    return {name: dose.get(name, getattr(usual, name)) for name in Exercise.DOSE_FIELDS}


def check_legs(entry: LibraryEntry) -> None:
    for key, value in entry.values.items():
        for text in value if isinstance(value, list) else [value]:
            if not isinstance(text, str):
                continue
            bare = text.replace("{leg}", "").replace("{other}", "") if key in WITH_LEGS else text
            if "{" in bare or "}" in bare:
                raise entry.wrong(key, f"has braces that nothing fills: {text!r}.")


def check_cautions(entry: LibraryEntry) -> None:
    """Refuse an exercise of which nobody has said what it is for one of the classes."""
    kept = entry.values["cautions_for"]
    if wrong := wrong_with(kept):
        raise entry.wrong("cautions_for", wrong)
    if missing := unwritten(kept):
        raise entry.wrong("cautions_for", f"has no entry for {missing[0].value}.")


Register = Mapping[str, LibraryEntry]


def read_sources(folder: Path) -> Register:
    """Return the library's sources by slug. Each says where it was read and when, or what is left to check."""
    entries = read_entries(folder / SOURCES)
    for entry in entries:
        entry.check_keys({"title", "who"}, {"year", "at", "read_on", "to_check"})
        if "at" not in entry.values and "to_check" not in entry.values:
            raise entry.wrong("at", "is missing.")
        if "at" in entry.values:
            entry.check_keys({"title", "who", "year", "at", "read_on"}, {"to_check"})
            dated(entry, "read_on")
        if wrong := wrong_with_source(told_of(entry)):
            raise entry.wrong("at", wrong)
    return {entry.slug: entry for entry in entries}


def told_of(source: LibraryEntry) -> dict[str, Any]:
    return {key: value for key, value in source.values.items() if key != "slug"}


def sources_for(entry: LibraryEntry, register: Register) -> list[dict[str, Any]]:
    """Return an exercise's sources in full: what the register says of each, and what it is used for."""
    told = entry.values["sources"]
    if not isinstance(told, list) or not all(isinstance(one, dict) and one.keys() == {"source", "for"} for one in told):
        raise entry.wrong("sources", 'must be a list such as [{"source": "leap-trial", "for": "the dose"}].')
    for one in told:
        if one["source"] not in register:
            raise entry.wrong("sources", f"there is no source {one['source']!r} in {SOURCES}.")
    return [{**told_of(register[one["source"]]), "use": one["for"]} for one in told]


def exercise_columns(entry: LibraryEntry, register: Register) -> dict[str, Any]:
    entry.check_keys(REQUIRED, OPTIONAL)
    check_legs(entry)
    check_cautions(entry)
    usual = Exercise()
    columns = {
        name: entry.values.get(name, getattr(usual, name)) for name in sorted((REQUIRED | OPTIONAL) - NO_COLUMNS)
    }
    columns |= {name: dated(entry, name) for name in DATES}
    columns["sources"] = sources_for(entry, register)
    return {**columns, **dose_columns(entry, entry.values["dose"]), "retired": False}


def dated(entry: LibraryEntry, key: str) -> dt.date:
    try:
        return dt.date.fromisoformat(entry.values[key])
    except (TypeError, ValueError):
        raise entry.wrong(key, "must be a date such as 2026-11-23.") from None


def write_row(
    entry: LibraryEntry, row: Any, columns: Mapping[str, Any], for_patients: Collection[str], loaded: Loaded
) -> None:
    """Write one row if anything about it differs; new words for patients raise ``text_version``."""
    differing = {name for name, value in columns.items() if getattr(row, name) != value}
    if not row._state.adding and not differing:
        loaded.unchanged.append(entry.slug)
        return
    for name, value in columns.items():
        setattr(row, name, value)
    if row._state.adding:
        loaded.new.append(entry.slug)
    else:
        loaded.changed.append(entry.slug)
        row.text_version += bool(differing & set(for_patients))
    entry.check_row(row)
    row.save()


How = Relative.How
OPPOSITE = {How.EASIER: How.HARDER, How.HARDER: How.EASIER}
Kin = dict[How, list[str]]


def relatives_of(entry: LibraryEntry) -> Kin:
    """Return the slugs of an entry's relatives, by how they differ from it."""
    told = entry.values.get("relatives", {})
    if not isinstance(told, dict):
        raise entry.wrong("relatives", 'must be an object such as {"easier": ["heel-slide"]}.')
    for key in sorted(told.keys() - set(How.values)):
        raise entry.wrong(f"relatives.{key}", f"is not one of {', '.join(How.values)}.")
    for key, slugs in told.items():
        if not isinstance(slugs, list) or not all(isinstance(slug, str) for slug in slugs):
            raise entry.wrong(f"relatives.{key}", 'must be a list of slugs such as ["heel-slide"].')
    return {how: told.get(how.value, []) for how in How}


def check_relatives(entries: Collection[LibraryEntry]) -> dict[str, Kin]:
    """Return everybody's relatives; refuse strangers, and what is harder than A but has A not as easier."""
    kin = {entry.slug: relatives_of(entry) for entry in entries}
    for entry in entries:
        named = kin[entry.slug]
        for how, slug in ((how, slug) for how, slugs in named.items() for slug in slugs):
            key, opposite = f"relatives.{how.value}", OPPOSITE.get(how)
            if slug not in kin:
                raise entry.wrong(key, f"there is no exercise {slug!r} in the library.")
            if slug == entry.slug or named[how].count(slug) > 1:
                raise entry.wrong(key, f"{slug!r} is the exercise itself or there twice.")
            if opposite and slug in named[opposite]:
                raise entry.wrong(key, f"{slug!r} cannot be {opposite.value} too.")
            if opposite and entry.slug not in kin[slug][opposite]:
                raise entry.wrong(key, f"{slug!r} does not name this one as {opposite.value}.")
    return kin


def load_relatives(entries: Collection[LibraryEntry], rows: Mapping[str, Exercise], loaded: Loaded) -> None:
    kept: defaultdict[Any, set[tuple[Any, ...]]] = defaultdict(set)
    for pk, *row in Relative.objects.filter(exercise__clinic=None).values_list("exercise", "how", "order", "other"):
        kept[pk].add(tuple(row))
    for slug, named in check_relatives(entries).items():
        exercise = rows[slug]
        wanted = [(how, order, rows[other].pk) for how in How for order, other in enumerate(named[how], start=1)]
        if kept[exercise.pk] == set(wanted):
            continue
        exercise.relatives.all().delete()
        Relative.objects.bulk_create(
            Relative(exercise=exercise, how=how, order=order, other_id=other) for how, order, other in wanted
        )
        if slug in loaded.unchanged:
            loaded.unchanged.remove(slug)
            loaded.changed.append(slug)


class Retirable(Protocol):
    """A shared row that can be taken out of use."""

    slug: str
    retired: bool

    def save(self, *, update_fields: Iterable[str]) -> None: ...


def retire_missing(rows: Iterable[Retirable], entries: Iterable[LibraryEntry], loaded: Loaded) -> None:
    """Take out of use, never delete, the rows that no entry speaks of any more."""
    slugs = {entry.slug for entry in entries}
    for row in rows:
        if row.slug not in slugs and not row.retired:
            row.retired = True
            row.save(update_fields=["retired"])
            loaded.retired.append(row.slug)


@transaction.atomic
def load_exercises(folder: Path = FOLDER) -> Loaded:
    """Load the shared exercises; a clinic's own are never touched. Raises ``LibraryError`` and then writes nothing."""
    entries = read_entries(folder / EXERCISES)
    register = read_sources(folder)
    shared = {exercise.slug: exercise for exercise in Exercise.objects.filter(clinic=None)}
    loaded = Loaded()
    for entry in entries:
        exercise = shared.setdefault(entry.slug, Exercise(slug=entry.slug))
        write_row(entry, exercise, exercise_columns(entry, register), PATIENT_FIELDS, loaded)
    load_relatives(entries, shared, loaded)
    retire_missing(shared.values(), entries, loaded)
    return loaded
