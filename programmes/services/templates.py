"""The starter templates of the shared library, loaded like the exercises: idempotent, nothing deleted but items.

A template holds no days, no times and no review date for the whole programme: those are the physiotherapist's. One of
its exercises may bring its own, where the programme that the template is taken from states them.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from exercises.library.loading import FOLDER, LibraryEntry, Loaded, dose_columns, read_entries, retire_missing
from exercises.models import Exercise
from exercises.sides import Leg, SideMode
from programmes.models import Phase, Template, TemplateItem
from programmes.models.rhythm import RHYTHM_FIELDS
from programmes.rules.schedule import PartOfDay

TEMPLATES = "templates.json"
ITEM_KEYS = {"exercise", "note", "dose", "leg", "progression", "rhythm"}
PHASE_KEYS = {"weeks", "items", "name", "description", "note"}
ITEM_COLUMNS = (
    *("exercise_id", "order", "leg", "note", "progression"),
    *Exercise.DOSE_FIELDS,
    *RHYTHM_FIELDS,
)
PHASE_COLUMNS = ("order", "name", "first_week", "last_week", "description", "note")
Columns = dict[str, Any]


@dataclass(frozen=True, slots=True)
class WantedPart:
    """The columns of a phase, None where the template has none, and those of its items in their order."""

    phase: Columns | None
    items: list[Columns]


def item_columns(entry: LibraryEntry, place: str, order: int, item: object, exercises: dict[str, Exercise]) -> Columns:
    if not isinstance(item, dict) or "exercise" not in item or item.keys() - ITEM_KEYS:
        raise entry.wrong(place, 'must be an object such as {"exercise": "bridge", "note": "…"}.')
    exercise = exercises.get(item["exercise"])
    if exercise is None:
        raise entry.wrong(place, f"there is no exercise {item['exercise']!r} in the library.")
    if item.get("leg", "sore") != "sore" or ("leg" in item and exercise.side_mode == SideMode.BILATERAL):
        raise entry.wrong(place, 'the leg can only be "sore", and only where the legs do not work together.')
    usual = {name: getattr(exercise, name) for name in Exercise.DOSE_FIELDS}
    dose_columns(entry, item.get("dose", {}))
    return {
        "exercise_id": exercise.pk,
        "order": order,
        "leg": item.get("leg", Leg.USUAL),
        "note": item.get("note", ""),
        "progression": item.get("progression", exercise.progression),
        **usual,
        **item.get("dose", {}),
        **rhythm_columns(entry, place, item.get("rhythm", {})),
    }


def rhythm_columns(entry: LibraryEntry, place: str, rhythm: object) -> Columns:
    """Return every column of how often: what the item says, and nothing for what is the programme's."""
    if not isinstance(rhythm, dict) or rhythm.keys() - (set(RHYTHM_FIELDS) - {"starts_on"}):
        raise entry.wrong(place, 'the rhythm must be an object such as {"times_a_day": 2}.')
    unsaid = TemplateItem()
    columns = {name: rhythm.get(name, getattr(unsaid, name)) for name in RHYTHM_FIELDS}
    try:
        moments = {PartOfDay[str(one).upper()] for one in rhythm.get("moments", [])}
    except (KeyError, TypeError):
        names = ", ".join(moment.name.lower() for moment in PartOfDay)
        raise entry.wrong(place, f"moments are a list of some of {names}.") from None
    return {**columns, "moments": "".join(str(moment.value) for moment in sorted(moments))}


def phase_columns(entry: LibraryEntry, place: str, order: int, told: object) -> Columns:
    if not isinstance(told, dict) or told.keys() - PHASE_KEYS:
        raise entry.wrong(place, 'must be an object such as {"weeks": [0, 2], "items": […]}.')
    match told.get("weeks"):
        case [int(first), int(last)] if 0 <= first <= last:
            columns: Columns = {"order": order, "first_week": first, "last_week": last}
            return columns | {name: told.get(name, "") for name in ("name", "description", "note")}
    raise entry.wrong(f"{place}.weeks", "must be the first and the last week, such as [0, 2].")


def parts_of(entry: LibraryEntry, exercises: dict[str, Exercise]) -> list[WantedPart]:
    """Return what the template consists of: its phases, or one part that is no phase. Places go through all of them."""
    if ("items" in entry.values) == ("phases" in entry.values):
        raise entry.wrong("items", "is missing: a template has items or phases, not both.")
    if "items" in entry.values:
        return [WantedPart(None, items_of(entry, "items", entry.values["items"], 1, exercises))]
    told = entry.values["phases"]
    if not isinstance(told, list) or not told:
        raise entry.wrong("phases", "must be a list of phases.")
    found, first = [], 1
    for order, phase in enumerate(told, start=1):
        place = f"phases[{order}]"
        columns = phase_columns(entry, place, order, phase)
        items = items_of(entry, f"{place}.items", phase.get("items"), first, exercises)
        found.append(WantedPart(columns, items))
        first += len(items)
    return found


def items_of(entry: LibraryEntry, key: str, items: object, first: int, exercises: dict[str, Exercise]) -> list[Columns]:
    if not isinstance(items, list) or not items:
        raise entry.wrong(key, "must be a list of exercises.")
    return [
        item_columns(entry, f"{key}[{number}]", first + number - 1, item, exercises)
        for number, item in enumerate(items, start=1)
    ]


def loaded_parts(template: Template) -> list[WantedPart]:
    """Return what the template consists of as it is loaded, in the form of ``parts_of``."""
    items = list(template.items.order_by("order"))
    phases: list[Phase | None] = [*template.phases.order_by("order")] or [None]
    return [
        WantedPart(
            {name: getattr(phase, name) for name in PHASE_COLUMNS} if phase else None,
            [
                {name: getattr(item, name) for name in ITEM_COLUMNS}
                for item in items
                if item.phase_id == (phase.pk if phase else None)
            ],
        )
        for phase in phases
    ]


def load_parts(entry: LibraryEntry, template: Template, wanted: list[WantedPart]) -> bool:
    """Make the template consist of what is ``wanted``. Return whether it was otherwise."""
    if loaded_parts(template) == wanted:
        return False
    template.items.all().delete()
    template.phases.all().delete()
    for part in wanted:
        phase = Phase(template=template, **part.phase) if part.phase else None
        if phase:
            entry.check_row(phase)
            phase.save()
        for columns in part.items:
            item = TemplateItem(template=template, phase=phase, **columns)
            entry.check_row(item)
            item.save()
    return True


def load_template(
    entry: LibraryEntry, order: int, template: Template, exercises: dict[str, Exercise], loaded: Loaded
) -> None:
    entry.check_keys({"name", "description"}, {"note", "items", "phases"})
    wanted = parts_of(entry, exercises)
    columns = {
        "name": entry.values["name"],
        "description": entry.values["description"],
        "note": entry.values.get("note", ""),
        "order": order,
        "retired": False,
    }
    is_new = template._state.adding
    differs = is_new or any(getattr(template, name) != value for name, value in columns.items())
    if differs:
        for name, value in columns.items():
            setattr(template, name, value)
        entry.check_row(template)
        template.save()
    differs = load_parts(entry, template, wanted) or differs
    (loaded.new if is_new else loaded.changed if differs else loaded.unchanged).append(entry.slug)


@transaction.atomic
def load_templates(folder: Path = FOLDER) -> Loaded:
    """Load the shared templates, after the exercises. Raises ``LibraryError`` and then writes nothing."""
    entries = read_entries(folder / TEMPLATES)
    exercises = {exercise.slug: exercise for exercise in Exercise.objects.filter(clinic=None, retired=False)}
    shared = {template.slug: template for template in Template.objects.filter(clinic=None)}
    loaded = Loaded()
    for order, entry in enumerate(entries, start=1):
        load_template(entry, order, shared.get(entry.slug) or Template(slug=entry.slug), exercises, loaded)
    retire_missing(shared.values(), entries, loaded)
    tell_exercises(entries, exercises)
    return loaded


def tell_exercises(entries: list[LibraryEntry], exercises: dict[str, Exercise]) -> None:
    """Let each exercise know the names of the templates it is in: people search for it by them."""
    named = {entry.values["name"]: {item["exercise"] for item in every_item(entry)} for entry in entries}
    for slug, exercise in exercises.items():
        names = [name for name, slugs in named.items() if slug in slugs]
        if exercise.in_templates != names:
            exercise.in_templates = names
            exercise.save(update_fields=["in_templates"])


def every_item(entry: LibraryEntry) -> list[Columns]:
    """Return the items of an entry that is loaded, those of all its phases."""
    return [item for part in entry.values.get("phases", [entry.values]) for item in part["items"]]
