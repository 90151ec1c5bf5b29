"""A clinic's own templates: made from a version or as a copy of another template, taken out of the list, put back.

Every new one comes with the id that its page made: sent twice, the second finds the first's and writes nothing.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from exercises.sides import leg_of_side
from hipcare.audit.models import Entry
from hipcare.audit.trail import add_to_trail
from hipcare.clinics.models import Clinic, User
from hipcare.folding import sort_key
from programmes.models import Phase, Prescription, Template, TemplateItem, Version
from programmes.models.pinned_phases import COLUMNS
from programmes.models.rhythm import DAYS_FIELDS, TIMES_FIELDS
from programmes.services.drafts import TAKEN_OVER, values


class NameTakenError(RuntimeError):
    """There is a template of this name in the clinic's list."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is a template called “{name}” already. Choose another name.")


class ChangedMeanwhileError(RuntimeError):
    """The draft does not hold any more what the page showed."""

    def __init__(self) -> None:
        super().__init__("The draft has changed since you opened this page. Nothing was saved: look at it again.")


@dataclass(frozen=True, slots=True)
class NewTemplate:
    """What a person says of a template that is to be."""

    id: uuid.UUID
    name: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Keeping:
    """What of a programme goes along beside its exercises and doses."""

    exercise_notes: bool = False
    note: bool = False
    rhythm: bool = False


def items_of_version(version: Version, keeping: Keeping) -> list[TemplateItem]:
    """Return what the rows of ``version`` become in a template, of exercises that are still in the library."""
    affected = version.affected_side if version.is_given else version.patient.affected_side
    rows = version.prescriptions.select_related("exercise").order_by("order")
    kept = [row for row in rows if not row.exercise.retired]
    return [_item_of(row, place, affected, keeping) for place, row in enumerate(kept, start=1)]


def _item_of(row: Prescription, place: int, affected: str, keeping: Keeping) -> TemplateItem:
    own = [*(DAYS_FIELDS if row.own_days else ()), *(TIMES_FIELDS if row.own_times else ())]
    rhythm = values(row, own) if keeping.rhythm else {}
    return TemplateItem(
        exercise=row.exercise,
        order=place,
        leg=leg_of_side(row.side, row.exercise.side_mode, affected),
        note=row.note if keeping.exercise_notes else "",
        **values(row, TAKEN_OVER),
        **{**rhythm, **({"starts_on": None} if rhythm else {})},  # that day was this patient's
    )


@transaction.atomic
def save_as_template(*, version: Version, seen: str, new: NewTemplate, keeping: Keeping, by: User) -> Template:
    """Make a template of a version, given or draft. Nothing of whom it is for goes along, nor of the phases it is in.

    ``seen`` is the stamp of the draft that the page showed. Raises ``NameTakenError`` and ``ChangedMeanwhileError``.
    """

    def fill(template: Template) -> None:
        now = Version.objects.select_for_update(of=("self",)).get(pk=version.pk)
        if not now.is_given and now.stamp != seen:
            raise ChangedMeanwhileError
        items = items_of_version(now, keeping)
        for item in items:
            item.template = template
        TemplateItem.objects.bulk_create(items)
        if keeping.note and now.note:
            Template.objects.filter(pk=template.pk).update(note=now.note)

    return _make(new, by, fill)


@transaction.atomic
def copy_template(*, template: Template, new: NewTemplate, by: User) -> Template:
    """Make an own template that begins as a copy. Raises ``NameTakenError``."""

    def fill(copy: Template) -> None:
        Template.objects.filter(pk=copy.pk).update(note=template.note)
        for part in template.parts:
            phase = _copy_of_phase(part, copy) if isinstance(part, Phase) else None
            TemplateItem.objects.bulk_create(
                TemplateItem(template=copy, phase=phase, exercise_id=item.exercise_id, **values_of_item(item))
                for item in part.items.all()
            )

    return _make(new, by, fill)


def _copy_of_phase(phase: Phase, copy: Template) -> Phase:
    columns = ("order", "name", "first_week", "last_week", "description", "note")
    return Phase.objects.create(template=copy, **values(phase, columns))


def values_of_item(item: TemplateItem) -> dict[str, Any]:
    return values(item, [field.attname for field in COLUMNS])


def _make(new: NewTemplate, by: User, fill: Callable[[Template], None]) -> Template:
    clinic = Clinic.objects.select_for_update().get(pk=by.clinic_id)  # two of one name at once: the second waits
    if there := Template.objects.visible_to(by).own().filter(pk=new.id).first():
        return there
    refuse_taken(new.name, by)
    now = timezone.now()
    people = {"made_by": by, "made_at": now, "changed_by": by, "changed_at": now}
    said = {"name": new.name, "description": new.description}
    template = Template.objects.create(pk=new.id, clinic=clinic, slug=f"own-{new.id}", **said, **people)
    fill(template)
    add_to_trail(actor=by, action=Entry.Action.CHANGE, subject=template)
    return template


def refuse_taken(name: str, by: User, but: Template | None = None) -> None:
    """Raise ``NameTakenError`` if another template of the clinic's list is called ``name``, however it is written."""
    called = Template.objects.visible_to(by).current().filter(sort_key=sort_key(name))
    if taken := (called.exclude(pk=but.pk) if but else called).first():
        raise NameTakenError(taken.name)


@transaction.atomic
def take_out(*, template: Template, by: User) -> None:
    """Take an own template out of the list. Programmes that were made from it keep all they have; so does it."""
    _turn(template, by, retired=True)


@transaction.atomic
def put_back_template(*, template: Template, by: User) -> None:
    """Put it back into the list. Raises ``NameTakenError`` where another has its name by now."""
    Clinic.objects.select_for_update().get(pk=by.clinic_id)
    refuse_taken(template.name, by, but=template)
    _turn(template, by, retired=False)


def _turn(template: Template, by: User, *, retired: bool) -> None:
    """Write it down where it is not so yet; who changed the words of the template stays who did."""
    if Template.objects.visible_to(by).own().filter(pk=template.pk, retired=not retired).update(retired=retired):
        add_to_trail(actor=by, action=Entry.Action.CHANGE, subject=template, fields=["retired"])
