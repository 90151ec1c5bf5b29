"""What a draft can be started from, and what it was started from."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from exercises.models import Exercise
from exercises.sides import picture_side
from hipcare.clinics.models import User
from programmes.models import Phase, Prescription, Template, Version
from programmes.rules.changes import changes
from programmes.services.copying import rows_for
from programmes.services.starting_points import rows_from

PICTURES = 4


@dataclass(frozen=True, slots=True)
class Start:
    """One starting point."""

    value: str
    name: str
    chosen: bool
    phases: Sequence[Phase] = ()
    phase: int | None = None
    """The place of the one that is chosen."""
    exercises: int = 0
    pictures: Sequence[tuple[Exercise, str]] = ()
    """The first of its exercises, each with the side to draw."""


@dataclass(frozen=True, slots=True)
class Started:
    """What the rows came from, and how many are not as they came: changed, new or gone."""

    name: str
    differ: int


def starts(user: User, draft: Version, current: Version | None, *, changed: bool, with_pictures: bool) -> list[Start]:
    """Return the starting points: templates, the current version, nothing. The one the rows came from is chosen."""
    untouched = current is not None and not changed
    told = ("phases__items__exercise", "items__exercise") if with_pictures else ("phases",)
    found = [
        _start(one, draft, chosen=not untouched and draft.template_id == one.pk, with_pictures=with_pictures)
        for one in Template.objects.visible_to(user).current().prefetch_related(*told)
    ]
    if current is not None:
        name, rows = f"Version {current.number}, now in use", []
        if with_pictures:
            rows = [(row.exercise, row.picture_side) for row in current.prescriptions.select_related("exercise")]
        found.append(Start("current", name, untouched, exercises=len(rows), pictures=rows[:PICTURES]))
    return [*found, Start("blank", "Blank", chosen=False)]


def _start(template: Template, draft: Version, *, chosen: bool, with_pictures: bool) -> Start:
    is_followed = chosen and draft.follows.get("template") == str(template.pk)
    place = draft.phase if is_followed else None
    items = list(template.parts[0].items.all()) if with_pictures else []
    sore = draft.patient.affected_side
    pictures = [(item.exercise, picture_side(item.side_for(sore), sore)) for item in items[:PICTURES]]
    return Start(str(template.pk), template.name, chosen, list(template.phases.all()), place, len(items), pictures)


def _copied(user: User, source_id: uuid.UUID, draft: Version, rows: Sequence[Prescription]) -> Started:
    """Return whose programme it came from: for staff, on a page of staff."""
    seen = Version.objects.visible_to(user).select_related("programme__patient")
    source = seen.filter(pk=source_id).first()
    if source is None:
        return Started("another patient’s programme", 0)
    return Started(f"{source.patient.full_name}’s {source}", len(changes(rows_for(source, draft), rows)))


def started(user: User, draft: Version, rows: Sequence[Prescription], was: Sequence[Prescription]) -> Started | None:
    """Return what the draft was started from, or None where that is nothing; ``was``: the current version's rows.

    A draft opened from the current version keeps what that was started from, until a template is chosen.
    """
    current = draft.programme.current
    if draft.copied_from_id:
        return _copied(user, draft.copied_from_id, draft, rows)
    if current is not None and (draft.template_id, draft.phase) == (current.template_id, current.phase):
        return Started(f"Version {current.number}", len(changes(was, rows)))
    template = Template.objects.visible_to(user).filter(pk=draft.template_id).first() if draft.template_id else None
    if template is None:
        return None
    part = template.phases.filter(order=draft.phase).first() if draft.phase is not None else None
    label = f"{template.name}, {part.label}" if part else template.name
    return Started(label, len(changes(rows_from((part or template).items.select_related("exercise"), draft), rows)))
