"""Write a draft: open it, put it in order, throw it away.

Every function takes the ``edits`` of the form it came with, so that one thing a person did is one transaction and
one row in the audit trail. On a version that was given meanwhile each raises ``FrozenError``.
"""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from exercises.models import Exercise
from exercises.sides import Leg, SideMode, leg_of_side, side_for, sore_side_for
from exercises.usual_doses import usual_dose_of
from hipcare.audit.models import Entry
from hipcare.audit.trail import add_to_trail
from hipcare.clinics.models import Patient, User
from hipcare.clinics.services.registration import answer_precautions
from programmes.models import Prescription, Programme, TemplateItem, Version
from programmes.models.prescription import MOST_PRESCRIPTIONS
from programmes.models.rhythm import RHYTHM_FIELDS
from programmes.models.version import BEGUN_WITH, FOLLOWED, FrozenError
from programmes.rules.merging import ORDER
from programmes.rules.twins import repeated
from programmes.services.draft_values import (
    GROUPS,
    NO_EDITS,
    OWN,
    VERSION_VALUES,
    Edits,
    keys_of,
    leg_by_leg,
    note_changes,
    plain,
)
from programmes.services.patient_answers import answer_side, choose_person, is_about_the_patient
from programmes.services.summaries import renew_summary

TAKEN_OVER = (*Prescription.DOSE_FIELDS, "progression")  # from an exercise, or from an item of a template
ROW_FIELDS = (*TAKEN_OVER, *RHYTHM_FIELDS, *OWN.values(), "side", "note")
KEPT_OF_A_DRAFT = (*BEGUN_WITH, *VERSION_VALUES, *RHYTHM_FIELDS, *FOLLOWED)
OUT_OF_THE_WAY = 1000  # added to a place for a moment, so that no two rows ever share one

Direction = Literal["up", "down"]
Contents = dict[str, Any]  # a row, or the rows of a draft and what is said with them, as JSON can hold it


class DraftGoneError(FrozenError):
    """The draft was thrown away meanwhile, for example in another tab."""

    def __init__(self) -> None:
        RuntimeError.__init__(self, "This draft was thrown away.")


class TooManyError(RuntimeError):
    """A version holds no more prescriptions than that."""

    def __init__(self) -> None:
        super().__init__(f"A programme holds at most {MOST_PRESCRIPTIONS} exercises. Remove one first.")


@transaction.atomic
def open_draft(*, patient: Patient, by: User, at: dt.datetime | None = None) -> Version:
    """Return the patient's draft: the one there is, else one opened ``at`` a moment, or now.

    It holds what the current version does, or nothing.
    """
    Patient.objects.select_for_update().get(pk=patient.pk)  # twice at once: the second waits, then finds the first's
    at = at or timezone.now()
    programme, _ = Programme.objects.get_or_create(
        patient=patient, status=Programme.Status.ACTIVE, defaults={"started_at": at}
    )
    draft = Version.objects.drafts().filter(programme=programme).first()
    if draft is None:
        current = programme.current
        draft = Version.objects.create(programme=programme, made_by=by, made_at=at, **_kept_from(current, at))
        put(draft, [copy_of(row) for row in current.prescriptions.all()] if current else [])
        renew_summary(patient.pk)
        add_to_trail(actor=by, action=Entry.Action.CHANGE, subject=draft, patient=patient, at=at)
    return draft


def _kept_from(current: Version | None, at: dt.datetime) -> dict[str, Any]:
    """Return what a new draft takes over; a review date that has passed has to be chosen again."""
    if current is None:
        return {}
    today = timezone.localdate(at, timezone=current.patient.clinic.zone)
    ahead = current.review_on if current.review_on and current.review_on > today else None
    taken_over = ("name", "template_id", "goal", "note", "topics", *RHYTHM_FIELDS, *FOLLOWED)
    return {**values(current, taken_over), "review_on": ahead}


@transaction.atomic
def save_draft(*, draft: Version, by: User, edits: Edits) -> bool:
    """Keep ``edits``. Return whether that changed anything; only then is it in the trail."""
    draft = locked(draft)
    of_the_patient = is_about_the_patient(draft.patient, edits)
    if changed := apply_edits(draft, edits, by):
        keep(draft, by, edits, subject=draft.patient if of_the_patient else draft)
    return changed


@transaction.atomic
def add_exercise(
    *, draft: Version, exercise: Exercise, by: User, again: bool = False, edits: Edits = NO_EDITS
) -> Prescription:
    """Put ``exercise`` last, with its usual dose in the clinic.

    One that is there already is left as it is, unless wanted ``again``. Then it comes without a leg where it has one
    to choose; until its rows are told apart, there is no further one.
    Raises ``TooManyError`` when the programme is full; the edits are not kept then.
    """
    draft = locked(draft)
    changed = apply_edits(draft, edits, by)
    there = list(draft.prescriptions.filter(exercise=exercise))
    if there and not (again and are_told_apart(there)):
        if changed:
            keep(draft, by, edits)
        return there[-1]
    is_bilateral = exercise.side_mode == SideMode.BILATERAL
    places = draft.prescriptions.aggregate(last=Max("order"))
    if draft.prescriptions.count() >= MOST_PRESCRIPTIONS:
        raise TooManyError
    row = draft.prescriptions.create(
        exercise=exercise,
        order=(places["last"] or 0) + 1,
        side="" if there and not is_bilateral else side_for(exercise.side_mode, draft.patient.affected_side),
        **values(usual_dose_of(exercise, draft.patient.clinic), TAKEN_OVER),
        **values(draft, RHYTHM_FIELDS),
    )
    keep(draft, by, edits)
    note_changes(draft, [ORDER, str(row.pk)], by, edits)
    return row


def are_told_apart(rows: Sequence[Prescription]) -> bool:
    """Say whether the rows of one exercise each say which leg, or which moment of the day, they are for."""
    return not repeated(rows) and (len(rows) == 1 or all(row.side for row in rows))


@transaction.atomic
def move_prescription(
    *, prescription: Prescription, direction: Direction, by: User, edits: Edits = NO_EDITS
) -> tuple[int, int]:
    """Change places with the neighbour above or below; one exercise with a row for each leg moves as one.

    Return the new place, from 1, and of how many.
    """
    draft = locked(prescription.version)
    changed = apply_edits(draft, edits, by)
    order = leg_by_leg(list(draft.prescriptions.all()))
    here = next((place for place, group in enumerate(order) if prescription in group), -1)
    there = here + (-1 if direction == "up" else 1)
    if here >= 0 and 0 <= there < len(order):
        order[here], order[there] = order[there], order[here]
        _put_in_order(draft, [row for group in order for row in group])
        note_changes(draft, [ORDER], by, edits)
        here, changed = there, True
    if changed:
        keep(draft, by, edits)
    return here + 1, len(order)


@transaction.atomic
def remove_prescription(*, prescription: Prescription, by: User, edits: Edits = NO_EDITS) -> Contents | None:
    """Take one row out, with the one beside it for the other leg, and close the gap.

    Return it as plain data; None if it was gone already and stays gone.
    """
    draft = locked(prescription.version)
    changed = apply_edits(draft, edits, by)
    groups = leg_by_leg(list(draft.prescriptions.select_related("exercise")))
    group = next((group for group in groups if prescription in group), [])
    for row in group:
        take_out(draft, row)
    if group:
        note_changes(draft, [ORDER, *(str(row.pk) for row in group)], by, edits)
    if changed or group:
        keep(draft, by, edits)
    return contents_of_all(group) if group else None


@transaction.atomic
def discard_draft(*, draft: Version, by: User) -> Contents:
    """Throw the draft away, and a programme that never held anything else. Return all of it, as plain data."""
    draft = locked(draft)
    add_to_trail(actor=by, action=Entry.Action.CHANGE, subject=draft, patient=draft.patient)
    rows = [contents_of(row) for row in draft.prescriptions.select_related("exercise")]
    whole = {name: plain(getattr(draft, name)) for name in KEPT_OF_A_DRAFT}
    programme, contents = draft.programme, {**whole, "made_by": str(draft.made_by_id), "rows": rows}
    draft.delete()
    if not programme.versions.exists():
        programme.delete()
    renew_summary(programme.patient_id)
    return contents


def locked(draft: Version) -> Version:
    """Return the draft for writing, with its people; others wait. Raises ``FrozenError`` if it is no draft now."""
    found = lock(draft)
    if found.is_given:
        raise FrozenError
    return found


def lock(version: Version) -> Version:
    people = Version.objects.select_for_update(of=("self",)).select_related("programme__patient__clinic")
    try:
        return people.get(pk=version.pk)
    except Version.DoesNotExist:
        raise DraftGoneError from None


def followed(row: Prescription, draft: Version) -> dict[str, Any]:
    """Return what a row takes over from the programme: days and times that are not its own."""
    taken = [names for group, names in GROUPS.items() if not getattr(row, OWN[group])]
    return {name: getattr(draft, name) for names in taken for name in names}


def apply_edits(draft: Version, edits: Edits, by: User) -> bool:
    """Write ``edits`` to the rows and into ``draft``, which the caller saves. Return whether anything changed."""
    keys = keys_of(draft, set_values(draft, {**edits.version, **edits.schedule}))
    rows = list(draft.prescriptions.select_related("exercise"))
    by_row = {row: set_values(row, edits.rows.get(row.pk, {})) for row in rows}
    for row in rows:
        by_row[row] |= set_values(row, followed(row, draft))
    if changed_side := answer_side(draft.patient, edits.affected_side):
        open_on_purpose = _for_the_other_leg(draft)
        for row in rows:
            if not row.side and row.exercise_id not in open_on_purpose:
                by_row[row] |= set_values(row, {"side": sore_side_for(row.exercise.side_mode, edits.affected_side)})
    changed_rows = [row for row in rows if by_row[row]]
    if changed_rows:
        Prescription.objects.bulk_update(changed_rows, ROW_FIELDS)
    keys |= {key for row in changed_rows for key in keys_of(row, by_row[row])}
    if keys:
        note_changes(draft, keys, by, edits)
    answered = answer_precautions(patient=draft.patient, kind=edits.hip_precautions, by=by, at=edits.at)
    changed_person = choose_person(draft.patient, edits.person)
    return bool(keys) or changed_side or answered or changed_person


def _for_the_other_leg(draft: Version) -> set[uuid.UUID]:
    """Return the exercises that came for the leg that is not sore: nobody fills them in as the sore one."""
    items = TemplateItem.objects.filter(template=draft.template_id, leg=Leg.OTHER) if draft.template_id else ()
    source = Version.objects.filter(pk=draft.copied_from_id).first() if draft.copied_from_id else None
    rows = source.prescriptions.select_related("exercise") if source else ()
    copied = {
        row.exercise_id
        for row in rows
        if source and leg_of_side(row.side, row.exercise.side_mode, source.affected_side) == Leg.OTHER
    }
    return copied | {item.exercise_id for item in items}


def keep(draft: Version, by: User, edits: Edits, subject: Version | Patient | None = None) -> None:
    draft.save()
    add_to_trail(actor=by, action=Entry.Action.CHANGE, subject=subject or draft, patient=draft.patient, at=edits.at)


def set_values(thing: Version | Prescription, values: Mapping[str, Any]) -> set[str]:
    changed = {name: value for name, value in values.items() if getattr(thing, name) != value}
    for name, value in changed.items():
        setattr(thing, name, value)
    return set(changed)


def values(thing: Any, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(thing, name) for name in names}


def contents_of(row: Prescription) -> Contents:
    said = {name: plain(getattr(row, name)) for name in ROW_FIELDS}
    return {"id": str(row.pk), "order": row.order, "exercise": str(row.exercise_id), **said}


def contents_of_all(group: Sequence[Prescription]) -> Contents:
    """Return one row, with those that go where it goes."""
    first, *others = [contents_of(row) for row in group]
    return {**first, "with": others} if others else first


def row_from(contents: Contents) -> Prescription:
    """Return the row that ``contents_of`` was asked about, for any draft."""
    return Prescription(exercise_id=uuid.UUID(contents["exercise"]), **unfolded(contents, ROW_FIELDS))


def unfolded(contents: Contents, names: Iterable[str]) -> dict[str, Any]:
    """Return those of ``names`` that plain contents hold, as columns have them."""
    dates = ("starts_on", "review_on")
    said = {name: contents[name] for name in names if name in contents}
    said |= {name: uuid.UUID(said[name]) for name in BEGUN_WITH[1:] if said.get(name)}
    return said | {name: dt.date.fromisoformat(said[name]) for name in dates if said.get(name)}


def copy_of(row: Prescription) -> Prescription:
    return Prescription(exercise_id=row.exercise_id, **values(row, ROW_FIELDS))


def put(draft: Version, rows: Iterable[Prescription]) -> None:
    for place, row in enumerate(rows := list(rows), start=1):
        row.version, row.order = draft, place
    Prescription.objects.bulk_create(rows)


def take_out(draft: Version, row: Prescription) -> None:
    """Take a row out and close the gap."""
    row.refresh_from_db(fields=["order"])
    draft.prescriptions.filter(pk=row.pk).delete()
    draft.prescriptions.filter(order__gt=row.order).update(order=F("order") + OUT_OF_THE_WAY)
    draft.prescriptions.filter(order__gt=OUT_OF_THE_WAY).update(order=F("order") - OUT_OF_THE_WAY - 1)


def put_in(draft: Version, row: Prescription, place: int) -> None:
    """Put a row in ``place``, and what stands there and after it one further."""
    draft.prescriptions.filter(order__gte=place).update(order=F("order") + OUT_OF_THE_WAY)
    draft.prescriptions.filter(order__gt=OUT_OF_THE_WAY).update(order=F("order") - OUT_OF_THE_WAY + 1)
    row.version, row.order = draft, place
    row.save(force_insert=True)


def _put_in_order(draft: Version, rows: Sequence[Prescription]) -> None:
    draft.prescriptions.update(order=F("order") + OUT_OF_THE_WAY)
    for place, row in enumerate(rows, start=1):
        row.order = place
    Prescription.objects.bulk_update(rows, ["order"])
