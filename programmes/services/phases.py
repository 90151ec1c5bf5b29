"""The phases of a programme: the next one opened as a draft, skipped, taken up again, or all of them left.

Nothing here runs by itself: the next phase is plain data beside the programme until a person opens it as a draft, and
that draft is given like any other. Two who press at once wait for each other; an old page changes nothing.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from hipcare.audit.models import Entry
from hipcare.audit.trail import add_to_trail
from hipcare.clinics.models import Patient, User
from programmes.models import Programme, Version
from programmes.models.pinned_phases import items_of
from programmes.rules.following import phase_at, place_after
from programmes.services import drafts, starting_points
from programmes.wording.weeks import next_phase_reason


class MovedOnError(RuntimeError):
    """The programme is not as the page showed it."""

    def __init__(self) -> None:
        super().__init__("This programme has changed since you opened the page. Nothing was done: look at it again.")


class DraftThereError(RuntimeError):
    """There is a draft, and there is one at a time."""

    def __init__(self) -> None:
        super().__init__("There is a draft already, and it is kept. Give it or discard it, then press this again.")


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page showed: the current version, and which phase was next."""

    version: uuid.UUID
    next_phase: int | None


@dataclass(frozen=True, slots=True)
class OpenedPhase:
    """The draft of a phase, with the names of exercises that are no longer there to put in."""

    draft: Version
    left_out: Sequence[str] = ()


@transaction.atomic
def open_next_phase(*, patient: Patient, shown: Shown, by: User) -> OpenedPhase:
    """Open the next phase as a draft, or return the draft of it that is there.

    Raises ``DraftThereError`` where there is a draft of something else, and ``MovedOnError``.
    """
    current = _as_shown(patient, shown)
    phase = phase_at(current.follows, shown.next_phase)
    if phase is None:
        raise MovedOnError
    if draft := Version.objects.drafts().filter(programme=current.programme).first():
        if draft.is_at(phase, current):
            return OpenedPhase(draft)
        raise DraftThereError
    draft = drafts.open_draft(patient=patient, by=by)
    items = items_of(phase, by)
    rows = starting_points.rows_from(items, draft)
    about = starting_points.about(draft, by, name=draft.name, note=phase.note, phase=phase.place, follows=draft.follows)
    starting_points.fill(draft, rows, {**about, "reason": next_phase_reason(phase.weeks)})
    draft.save()
    here = {str(item.exercise_id) for item in items}
    return OpenedPhase(draft, [item["called"] for item in phase.items if item["exercise"] not in here])


@transaction.atomic
def choose_next_phase(*, patient: Patient, shown: Shown, to: int | None, by: User) -> None:
    """Say which phase is next: a later one, one that was skipped, or None, which is to follow them no longer.

    Chosen already, nothing happens. Raises ``MovedOnError``, and ``DraftThereError`` where the one that was next is
    open as a draft.
    """
    current = _as_shown(patient, shown, or_next=to)
    programme = current.programme
    if programme.next_phase == to:
        return
    if to is not None and not (phase_at(current.follows, to) and to > (current.phase or 0)):
        raise MovedOnError
    was = phase_at(current.follows, shown.next_phase)
    draft = Version.objects.drafts().filter(programme=programme).first()
    if was and draft and draft.is_at(was, current):
        raise DraftThereError
    programme.next_phase = to
    programme.save(update_fields=["next_phase"])
    add_to_trail(actor=by, action=Entry.Action.CHANGE, subject=programme, patient=patient, fields=["next_phase"])


def _as_shown(patient: Patient, shown: Shown, or_next: int | None = 0) -> Version:
    """Return the current version, nobody else writing, if the page shows it; ``or_next`` may be next by now."""
    Patient.objects.select_for_update().get(pk=patient.pk)
    programme = Programme.objects.active().filter(patient=patient).first()
    current = programme.current if programme else None
    if programme is None or current is None or current.pk != shown.version:
        raise MovedOnError
    if programme.next_phase not in (shown.next_phase, or_next):
        raise MovedOnError
    current.programme = programme
    return current


def phase_after_giving(version: Version, before: Version | None) -> None:
    """Prepare the phase after the one that ``version`` is given for; given for the same one, what is next stays."""
    if before is not None and (version.phase, version.follows) == (before.phase, before.follows):
        return
    version.programme.next_phase = place_after(version.follows, version.phase)
    version.programme.save(update_fields=["next_phase"])
