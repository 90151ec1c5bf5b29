"""A clinic's own usual dose of an exercise: set, changed, put back. No draft, template or version moves.

``seen`` is the ``stamp_of`` the dose that the page showed: where another one stands there by now, nothing is written.
"""

import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from exercises.models import Exercise, UsualDose
from hipcare.audit.models import Entry
from hipcare.audit.trail import add_to_trail
from hipcare.clinics.models import Clinic, User
from programmes.services.drafts import TAKEN_OVER, values


class UsualDoseMovedError(RuntimeError):
    """The dose that the page showed is not the usual one any more; ``own`` is the clinic's, or None. ``who`` did it."""

    def __init__(self, own: UsualDose | None, who: User | None) -> None:
        super().__init__("This usual dose was changed meanwhile.")
        self.own, self.who = own, who


def stamp_of(own: UsualDose | None) -> str:
    """Return what a page carries of the dose that it shows; "" for the library's."""
    return "" if own is None else f"{own.pk} {own.changed_at.isoformat()}"


@transaction.atomic
def set_usual_dose(*, exercise: Exercise, by: User, dose: Mapping[str, Any], seen: str) -> UsualDose | None:
    """Make ``dose``, by its columns, the usual one in the clinic of ``by``. Return it; None where it is the library's.

    What stands there already is left as it is, so that the same twice is once. One that reads as the library's is the
    library's, and follows its releases. Raises ``UsualDoseMovedError``.
    """
    own = _held(exercise, by)
    said = {**values(own or exercise, TAKEN_OVER), **dose}
    changed = [name for name in TAKEN_OVER if said[name] != getattr(own or exercise, name)]
    if not changed:
        return own
    _refuse_moved(own, seen, by)
    if own and said == values(exercise, TAKEN_OVER):
        _forget(own, by)
        return None
    own = own or UsualDose(clinic=by.clinic, exercise=exercise)
    for name in TAKEN_OVER:
        setattr(own, name, said[name])
    own.changed_by, own.changed_at = by, timezone.now()
    own.save()
    add_to_trail(actor=by, action=Entry.Action.CHANGE, subject=own, fields=changed)
    return own


@transaction.atomic
def put_usual_dose_back(*, exercise: Exercise, by: User, seen: str) -> None:
    """Have the library's again, where that is not so already. Raises ``UsualDoseMovedError``."""
    if own := _held(exercise, by):
        _refuse_moved(own, seen, by)
        _forget(own, by)


def _held(exercise: Exercise, by: User) -> UsualDose | None:
    """Return the clinic's own, if any; another person who writes one, even the first, waits."""
    Clinic.objects.select_for_update(no_key=True).get(pk=by.clinic_id)
    return UsualDose.objects.visible_to(by).filter(exercise=exercise).select_related("changed_by").first()


def _refuse_moved(own: UsualDose | None, seen: str, by: User) -> None:
    if seen != stamp_of(own):
        raise UsualDoseMovedError(own, own.changed_by if own else _who_put_back(seen, by))


def _who_put_back(seen: str, by: User) -> User | None:
    """Return who took out the dose that the page showed: the last in the trail of it."""
    try:
        shown = uuid.UUID(seen.partition(" ")[0])
    except ValueError:
        return None
    entries = Entry.objects.filter(clinic=by.clinic_id, subject=UsualDose._meta.model_name, subject_id=shown)
    found: User | None = User.objects.filter(pk=entries.values("actor")[:1]).first()
    return found


def _forget(own: UsualDose, by: User) -> None:
    add_to_trail(actor=by, action=Entry.Action.CHANGE, subject=own)
    own.delete()
