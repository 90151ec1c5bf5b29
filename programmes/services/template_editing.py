"""Edit an own template: its words, its rows, its phases. No programme is touched, given or draft.

Every function takes a template that the caller has locked, and notes who changed what, for two who edit at once.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from exercises.models import Exercise
from exercises.usual_doses import usual_dose_of
from hipcare.audit.models import Entry
from hipcare.audit.trail import add_to_trail
from hipcare.clinics.models import User
from programmes.models import Phase, Template, TemplateItem
from programmes.models.pinned_phases import item_from, pinned_item
from programmes.models.prescription import MOST_PRESCRIPTIONS
from programmes.services.drafts import OUT_OF_THE_WAY, TAKEN_OVER, Contents, Direction, TooManyError, values

NEXT_WEEKS = 4
FIRST_WEEKS = (0, 2)
MOST_PHASES = 12
LAST_OF_ALL = 104


@transaction.atomic
def save_edits(*, template: Template, rows: Mapping[Any, Mapping[str, Any]], keys: Iterable[str], by: User) -> None:
    """Write ``template`` and its phases as the caller filled them in, and ``rows``, the columns by item."""
    if not (changed := sorted(keys)):
        return
    for pk, columns in rows.items():
        TemplateItem.objects.filter(pk=pk, template=template).update(**columns)
    _note(template, changed, by)


def _note(template: Template, keys: Iterable[str], by: User) -> None:
    now = timezone.now()
    template.changed_by, template.changed_at = by, now
    template.last_changes |= {key: [by.name, now.isoformat()] for key in keys}
    template.save()
    add_to_trail(actor=by, action=Entry.Action.CHANGE, subject=template)


@transaction.atomic
def add_item(*, template: Template, phase: Phase | None, exercise: Exercise, by: User) -> TemplateItem:
    """Put ``exercise`` last, with its usual dose in the clinic. Raises ``TooManyError``: no programme holds more."""
    there = template.items.filter(phase=phase)
    if there.count() >= MOST_PRESCRIPTIONS:
        raise TooManyError
    dose = values(usual_dose_of(exercise, by.clinic), TAKEN_OVER)
    item = TemplateItem.objects.create(template=template, phase=phase, exercise=exercise, order=_end(template), **dose)
    _note(template, [f"{item.pk}-exercise"], by)
    return item


def _end(template: Template) -> int:
    return (template.items.aggregate(last=Max("order"))["last"] or 0) + 1


@transaction.atomic
def move_item(*, item: TemplateItem, direction: Direction, by: User) -> None:
    """Change places with the neighbour above or below, within its phase."""
    row = list(item.template.items.filter(phase=item.phase_id).order_by("order"))
    here = row.index(item)
    there = here + (-1 if direction == "up" else 1)
    if 0 <= there < len(row):
        other = row[there]
        places = ((item, OUT_OF_THE_WAY), (other, item.order), (item, other.order))
        for one, place in places:
            TemplateItem.objects.filter(pk=one.pk).update(order=place)
        _note(item.template, ["order"], by)


@transaction.atomic
def remove_item(*, item: TemplateItem, by: User) -> Contents:
    """Take one row out. Return it as plain data, to put back."""
    contents = {**pinned_item(item), "id": str(item.pk), "phase": item.phase_id, "order": item.order}
    template = item.template
    item.delete()
    _note(template, [f"{contents['id']}-exercise"], by)
    return contents


@transaction.atomic
def put_back_item(*, template: Template, contents: Contents, by: User) -> TemplateItem | None:
    """Put a row back in its place; one that is there already is left as it is. None where exercise or phase are gone.

    Raises ``TooManyError``.
    """
    if there := template.items.filter(pk=contents["id"]).first():
        return there
    exercise = Exercise.objects.visible_to(by).filter(pk=contents["exercise"]).first()
    phase = template.phases.filter(pk=contents["phase"]).first() if contents["phase"] else None
    if exercise is None or bool(contents["phase"]) != bool(phase):
        return None
    if template.items.filter(phase=phase).count() >= MOST_PRESCRIPTIONS:
        raise TooManyError
    item = item_from(contents, exercise)
    item.pk, item.template, item.phase, item.order = int(contents["id"]), template, phase, contents["order"]
    if template.items.filter(order=item.order).exists():
        later = template.items.filter(order__gte=item.order)
        later.update(order=F("order") + OUT_OF_THE_WAY)
        template.items.filter(order__gt=OUT_OF_THE_WAY).update(order=F("order") - OUT_OF_THE_WAY + 1)
    item.save(force_insert=True)
    _note(template, [f"{item.pk}-exercise"], by)
    return item


@transaction.atomic
def add_phase(*, template: Template, by: User) -> Phase | None:
    """Add a phase after the last, for the weeks after it. What stood without phases becomes the first of two."""
    last = template.phases.order_by("order").last()
    if last is None:
        first, end = FIRST_WEEKS
        last = Phase.objects.create(template=template, order=1, first_week=first, last_week=end)
        template.items.filter(phase=None).update(phase=last)
    if last.order >= MOST_PHASES or last.last_week >= LAST_OF_ALL:
        return None
    begins = last.last_week + 1
    ends = min(begins + NEXT_WEEKS - 1, LAST_OF_ALL)
    phase = Phase.objects.create(template=template, order=last.order + 1, first_week=begins, last_week=ends)
    _note(template, ["phases"], by)
    return phase


@transaction.atomic
def remove_phase(*, phase: Phase, by: User) -> bool:
    """Take out a phase that holds no exercise; of the only one left the exercises stay, without phases."""
    template = phase.template
    if template.phases.count() == 1:
        template.items.filter(phase=phase).update(phase=None)
    elif phase.items.exists():
        return False
    phase.delete()
    for place, later in enumerate(template.phases.order_by("order"), start=1):
        if later.order != place:
            Phase.objects.filter(pk=later.pk).update(order=place)
    _note(template, ["phases"], by)
    return True
