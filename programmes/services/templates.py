"""The starter templates of the shared library, loaded like the exercises: idempotent, nothing deleted but items.

A template holds no days, no times and no review date: those are the physiotherapist's to choose.
"""

from pathlib import Path
from typing import Any

from django.db import transaction

from exercises.library.loading import FOLDER, LibraryEntry, Loaded, dose_columns, read_entries, retire_missing
from exercises.models import Exercise
from exercises.sides import SideMode
from programmes.models import Template, TemplateItem

TEMPLATES = "templates.json"
ITEM_KEYS = {"exercise", "note", "dose", "leg"}
ItemColumns = dict[str, Any]


def item_columns(entry: LibraryEntry, order: int, item: object, exercises: dict[str, Exercise]) -> ItemColumns:
    place = f"items[{order}]"
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
        "sore_leg_only": "leg" in item,
        "note": item.get("note", ""),
        **usual,
        **item.get("dose", {}),
    }


def load_items(entry: LibraryEntry, template: Template, wanted: list[ItemColumns]) -> bool:
    names = ["exercise_id", "order", "sore_leg_only", "note", *Exercise.DOSE_FIELDS]
    if list(template.items.order_by("order").values(*names)) == wanted:
        return False
    template.items.all().delete()
    for columns in wanted:
        item = TemplateItem(template=template, **columns)
        entry.check_row(item)
        item.save()
    return True


def load_template(
    entry: LibraryEntry, order: int, template: Template, exercises: dict[str, Exercise], loaded: Loaded
) -> None:
    entry.check_keys({"name", "description", "items"}, {"note"})
    items = entry.values["items"]
    if not isinstance(items, list) or not items:
        raise entry.wrong("items", "must be a list of exercises.")
    wanted = [item_columns(entry, place, item, exercises) for place, item in enumerate(items, start=1)]
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
    differs = load_items(entry, template, wanted) or differs
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
    for slug, exercise in exercises.items():
        names = [
            entry.values["name"] for entry in entries if slug in {item["exercise"] for item in entry.values["items"]}
        ]
        if exercise.in_templates != names:
            exercise.in_templates = names
            exercise.save(update_fields=["in_templates"])
