"""Write a draft: open it, fill it, put it in order, throw it away.

Every function takes the ``edits`` of the form it came with, so that one thing a person did is one transaction and
one row in the audit trail. On a version that was given meanwhile each raises ``FrozenError``.
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from exercises.models import Exercise
from exercises.sides import side_for, sore_side_for
from hipcare.audit.models import Entry
from hipcare.audit.trail import record
from hipcare.clinics.models import Patient, User
from programmes.models import Prescription, Programme, Template, Version
from programmes.models.programme import MOST_PRESCRIPTIONS, FrozenError

SCHEDULE_FIELDS = ("times_a_day", "weekdays", "days_a_week", "as_needed")
ROW_FIELDS = (*Prescription.DOSE_FIELDS, *SCHEDULE_FIELDS, "side", "note")
OUT_OF_THE_WAY = 1000  # added to a place for a moment, so that no two rows ever share one

Direction = Literal["up", "down"]
Contents = dict[str, Any]  # the rows of a draft, the name and note they came with, as JSON can hold them


class DraftGoneError(FrozenError):
    """The draft was thrown away meanwhile, for example in another tab."""

    def __init__(self) -> None:
        RuntimeError.__init__(self, "This draft was thrown away.")


class TooManyError(RuntimeError):
    """A version holds no more prescriptions than that."""

    def __init__(self) -> None:
        super().__init__(f"A programme holds at most {MOST_PRESCRIPTIONS} exercises. Remove one first.")


@dataclass(frozen=True, slots=True)
class Edits:
    """What a form has checked and wants kept, by field name; ``rows`` by prescription.

    ``schedule`` is for all rows. ``affected_side`` answers, once, which hip it is, and ``person`` says who is in the
    pictures; both go to the patient's record.
    """

    version: Mapping[str, Any] = field(default_factory=dict)
    rows: Mapping[uuid.UUID, Mapping[str, Any]] = field(default_factory=dict)
    schedule: Mapping[str, Any] = field(default_factory=dict)
    affected_side: str = ""
    person: str = ""


NO_EDITS = Edits()


@transaction.atomic
def open_draft(*, patient: Patient, by: User) -> Version:
    """Return the patient's draft: the one there is, else a copy of the version in use, else a blank one."""
    Patient.objects.select_for_update().get(pk=patient.pk)  # twice at once: the second waits, then finds the first's
    programme, _ = Programme.objects.get_or_create(patient=patient, status=Programme.Status.ACTIVE)
    draft = Version.objects.drafts().filter(programme=programme).first()
    if draft is None:
        in_use = version_in_use(programme)
        draft = Version.objects.create(programme=programme, made_by=by, **_kept_from(in_use))
        _put(draft, [_copy(row) for row in in_use.prescriptions.all()] if in_use else [])
        record(actor=by, action=Entry.Action.CHANGE, subject=draft, patient=patient)
    return draft


def version_in_use(programme: Programme) -> Version | None:
    """Return the version the patient follows now."""
    return Version.objects.current().filter(programme=programme).first()


def _kept_from(in_use: Version | None) -> dict[str, Any]:
    """Return what a new draft takes over; a review date that has passed has to be chosen again."""
    if in_use is None:
        return {}
    today = timezone.localdate(timezone=in_use.patient.clinic.zone)
    ahead = in_use.review_on if in_use.review_on and in_use.review_on > today else None
    return {**_values(in_use, ("name", "goal", "note")), "review_on": ahead}


@transaction.atomic
def save_draft(*, draft: Version, by: User, edits: Edits) -> bool:
    """Keep ``edits``. Return whether that changed anything; only then is it in the trail."""
    draft = locked(draft)
    of_the_patient = is_about_the_patient(draft.patient, edits)
    if changed := apply_edits(draft, edits):
        _keep(draft, by, subject=draft.patient if of_the_patient else draft)
    return changed


@transaction.atomic
def start_from_template(*, draft: Version, template: Template, by: User, edits: Edits = NO_EDITS) -> Contents:
    """Replace the rows by the template's, on the patient's own side; days and times stay as they were chosen.

    Its note to the patient goes where nobody has written one.

    Like every starting point it returns what it replaced, for ``start_from_contents``.
    """
    draft = _open_for(draft, edits)
    schedule = schedule_of(draft)
    rows = [
        Prescription(
            exercise=item.exercise,
            side=item.side_for(draft.patient.affected_side),
            note=item.note,
            **_values(item, Prescription.DOSE_FIELDS),
            **schedule,
        )
        for item in template.items.select_related("exercise")
    ]
    return _replace(draft, rows, _with_note(draft, by, name=template.name, note=template.note), by)


@transaction.atomic
def start_from_version_in_use(*, draft: Version, by: User, edits: Edits = NO_EDITS) -> Contents:
    """Replace the rows by those the patient follows now, with their days and times."""
    draft = _open_for(draft, edits)
    in_use = version_in_use(draft.programme)
    rows = [_copy(row) for row in in_use.prescriptions.all()] if in_use else []
    said = _values(in_use, ("name", "note")) if in_use else {"name": "", "note": ""}
    return _replace(draft, rows, _with_note(draft, by, **said), by)


@transaction.atomic
def start_from_contents(*, draft: Version, contents: Contents, by: User, edits: Edits = NO_EDITS) -> Contents:
    """Put back what another starting point replaced."""
    draft = _open_for(draft, edits)
    rows = [Prescription(exercise_id=uuid.UUID(row["exercise"]), **_of(row, ROW_FIELDS)) for row in contents["rows"]]
    about = _with_note(draft, by, name=contents["name"], note=contents.get("note", draft.note))
    return _replace(draft, rows, about, by)


@transaction.atomic
def start_blank(*, draft: Version, by: User, edits: Edits = NO_EDITS) -> Contents:
    """Take every row out."""
    draft = _open_for(draft, edits)
    return _replace(draft, [], _with_note(draft, by, name="", note=""), by)


@transaction.atomic
def add_exercise(*, draft: Version, exercise: Exercise, by: User, edits: Edits = NO_EDITS) -> Prescription:
    """Put ``exercise`` last, with its usual dose. One that is there already is left as it is.

    Raises ``TooManyError`` when the programme is full; the edits are not kept then.
    """
    draft = locked(draft)
    changed = apply_edits(draft, edits)
    if there := draft.prescriptions.filter(exercise=exercise).first():
        if changed:
            _keep(draft, by)
        return there
    places = draft.prescriptions.aggregate(last=Max("order"))
    if draft.prescriptions.count() >= MOST_PRESCRIPTIONS:
        raise TooManyError
    row = draft.prescriptions.create(
        exercise=exercise,
        order=(places["last"] or 0) + 1,
        side=side_for(exercise.side_mode, draft.patient.affected_side),
        **_values(exercise, Prescription.DOSE_FIELDS),
        **schedule_of(draft),
    )
    _keep(draft, by)
    return row


@transaction.atomic
def move_prescription(
    *, prescription: Prescription, direction: Direction, by: User, edits: Edits = NO_EDITS
) -> tuple[int, int]:
    """Change places with the neighbour above or below. Return the new place, from 1, and of how many."""
    draft = locked(prescription.version)
    changed = apply_edits(draft, edits)
    order = list(draft.prescriptions.values_list("pk", flat=True))
    here = order.index(prescription.pk) if prescription.pk in order else -1
    there = here + (-1 if direction == "up" else 1)
    if here >= 0 and 0 <= there < len(order):
        _swap(draft, order[here], order[there])
        here, changed = there, True
    if changed:
        _keep(draft, by)
    return here + 1, len(order)


@transaction.atomic
def remove_prescription(*, prescription: Prescription, by: User, edits: Edits = NO_EDITS) -> None:
    """Take one row out and close the gap. One that is gone already stays gone."""
    draft = locked(prescription.version)
    changed = apply_edits(draft, edits)
    place = draft.prescriptions.filter(pk=prescription.pk).values_list("order", flat=True).first()
    if place is not None:
        draft.prescriptions.filter(pk=prescription.pk).delete()
        draft.prescriptions.filter(order__gt=place).update(order=F("order") + OUT_OF_THE_WAY)
        draft.prescriptions.filter(order__gt=OUT_OF_THE_WAY).update(order=F("order") - OUT_OF_THE_WAY - 1)
    if changed or place is not None:
        _keep(draft, by)


@transaction.atomic
def discard_draft(*, draft: Version, by: User) -> None:
    """Throw the draft away, and a programme that never held anything else."""
    draft = locked(draft)
    record(actor=by, action=Entry.Action.CHANGE, subject=draft, patient=draft.patient)
    programme = draft.programme
    draft.delete()
    if not programme.versions.exists():
        programme.delete()


def locked(draft: Version) -> Version:
    """Return the draft for writing, with its people; others wait. Raises ``FrozenError`` if it is no draft now."""
    found = lock(draft)
    if found.is_given:
        raise FrozenError
    return found


def lock(version: Version) -> Version:
    """Return the version, draft or given, while others wait."""
    people = Version.objects.select_for_update(of=("self",)).select_related("programme__patient__clinic")
    try:
        return people.get(pk=version.pk)
    except Version.DoesNotExist:
        raise DraftGoneError from None


def schedule_of(draft: Version) -> dict[str, Any]:
    """Return how often new rows are done: as the others are, else as in the version in use, else nobody has said."""
    first = draft.prescriptions.first()
    if first is None and (in_use := version_in_use(draft.programme)):
        first = in_use.prescriptions.first()
    return _values(first, SCHEDULE_FIELDS) if first else {}


def apply_edits(draft: Version, edits: Edits) -> bool:
    """Write ``edits`` to the rows and into ``draft``, which the caller saves. Return whether anything changed."""
    changed_version = _set(draft, edits.version)
    rows = list(draft.prescriptions.select_related("exercise"))
    # A list, not any(): each row has to be written, whatever came before it.
    changed_rows = [row for row in rows if _set(row, {**edits.rows.get(row.pk, {}), **edits.schedule})]
    if changed_side := _answer_side(draft.patient, edits.affected_side):
        waiting = [row for row in rows if not row.side]
        for row in waiting:
            row.side = sore_side_for(row.exercise.side_mode, edits.affected_side)
        changed_rows += [row for row in waiting if row not in changed_rows]
    if changed_rows:
        Prescription.objects.bulk_update(changed_rows, ROW_FIELDS)
    changed_person = _choose_person(draft.patient, edits.person)
    return changed_version or changed_side or changed_person or bool(changed_rows)


def is_about_the_patient(patient: Patient, edits: Edits) -> bool:
    """Say whether ``edits`` change the patient's own record."""
    answers_side = bool(edits.affected_side) and not patient.affected_side
    return answers_side or edits.person not in ("", patient.person)


def _answer_side(patient: Patient, side: str) -> bool:
    """Write down which hip it is, where nobody has said so yet."""
    if not side or patient.affected_side:
        return False
    patient.affected_side = side
    patient.save(update_fields=["affected_side"])
    return True


def _choose_person(patient: Patient, person: str) -> bool:
    """Write down who is in the patient's pictures from now on."""
    if person in ("", patient.person):
        return False
    patient.person = person
    patient.save(update_fields=["person"])
    return True


def _open_for(draft: Version, edits: Edits) -> Version:
    draft = locked(draft)
    apply_edits(draft, edits)
    return draft


def _keep(draft: Version, by: User, subject: Version | Patient | None = None) -> None:
    """Save the draft, which stamps the time, and write the one audit row."""
    draft.save()
    record(actor=by, action=Entry.Action.CHANGE, subject=subject or draft, patient=draft.patient)


def _set(thing: Version | Prescription, values: Mapping[str, Any]) -> bool:
    changed = {name: value for name, value in values.items() if getattr(thing, name) != value}
    for name, value in changed.items():
        setattr(thing, name, value)
    return bool(changed)


def _values(thing: Any, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(thing, name) for name in names}


def _of(row: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: row[name] for name in names}


def _copy(row: Prescription) -> Prescription:
    """Return a row like ``row`` for another version; the library's words are read anew."""
    return Prescription(exercise_id=row.exercise_id, **_values(row, ROW_FIELDS))


def _put(draft: Version, rows: Iterable[Prescription]) -> None:
    """Put ``rows`` into the empty ``draft``, in their order."""
    for place, row in enumerate(rows := list(rows), start=1):
        row.version, row.order = draft, place
    Prescription.objects.bulk_create(rows)


def _with_note(draft: Version, by: User, *, name: str, note: str) -> dict[str, str]:
    """Return what a starting point says of the whole draft: its name, and its note unless somebody wrote their own.

    A template's note that stands there as it came is nobody's own: it gives way to the next one's.
    """
    is_own = bool(draft.note) and not Template.objects.visible_to(by).filter(note=draft.note).exists()
    return {"name": name, "note": draft.note if is_own else note}


def _replace(draft: Version, rows: list[Prescription], about: Mapping[str, str], by: User) -> Contents:
    """Put ``rows`` in the place of the draft's, and say ``about`` it what they came with. Return what was there."""
    before = [{"exercise": str(row.exercise_id), **_values(row, ROW_FIELDS)} for row in draft.prescriptions.all()]
    contents = {**_values(draft, ("name", "note")), "rows": before}
    draft.prescriptions.all().delete()
    _put(draft, rows)
    _set(draft, about)
    _keep(draft, by)
    return contents


def _swap(draft: Version, one: uuid.UUID, other: uuid.UUID) -> None:
    places = dict(draft.prescriptions.filter(pk__in=(one, other)).values_list("pk", "order"))
    for row, place in ((one, OUT_OF_THE_WAY), (other, places[one]), (one, places[other])):
        draft.prescriptions.filter(pk=row).update(order=place)
