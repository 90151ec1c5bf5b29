"""Write down that a member of staff has read what a patient saved, and take that back."""

import datetime as dt
import uuid

from django.db import transaction
from django.db.models import Q

from hipcare.audit.models import Entry
from hipcare.audit.trail import add_to_trail
from hipcare.clinics.models import Patient, User
from programmes.models import LookedAt, PatientMessage, PatientSummary, Session
from programmes.services.summaries import renew_summary


class CameSinceError(Exception):
    """Something came, or was changed, after the page was drawn on which somebody says that they have read it."""


@transaction.atomic
def mark_looked_at(
    *,
    patient: Patient,
    by: User,
    at: dt.datetime,
    drawn: dt.datetime | None = None,
    state: uuid.UUID | None = None,
) -> LookedAt:
    """Note that ``by`` read everything up to the newest session, and the words told; the same again changes nothing.

    ``drawn`` is when the page was drawn on which they read it, ``state`` that of the summary which a kept list shows.
    Raises ``CameSinceError``.
    """
    Patient.objects.select_for_update(no_key=True).get(pk=patient.pk)
    if state and not PatientSummary.objects.filter(pk=patient.pk, state=state).exists():
        raise CameSinceError
    sessions = Session.objects.filter(version__programme__patient=patient)
    unread = PatientMessage.objects.filter(patient=patient, read_at=None)
    if drawn and (sessions.filter(_came_after(drawn)).exists() or unread.filter(written_at__gt=drawn).exists()):
        raise CameSinceError
    newest = sessions.order_by("-received_at", "-pk").first()
    last = LookedAt.objects.filter(patient=patient).first()
    is_the_same = last is not None and (last.by_id, last.up_to) == (by.pk, newest) and not unread
    if last is not None and is_the_same and not sessions.filter(_came_after(last.at)).exists():
        return last
    unread.update(read_at=at, read_by=by)
    looked = LookedAt.objects.create(patient=patient, by=by, at=at, up_to=newest)
    add_to_trail(actor=by, action=Entry.Action.CHANGE, subject=patient, patient=patient, fields=["looked_at"], at=at)
    renew_summary(patient.pk)
    return looked


def _came_after(at: dt.datetime) -> Q:
    return Q(received_at__gt=at) | Q(corrected_at__gt=at) | Q(next_day__answered_at__gt=at)


@transaction.atomic
def take_back_looked_at(*, patient: Patient, look: int, by: User, at: dt.datetime) -> bool:
    """Take back the note ``look`` of ``by``, and the words that were read with it.

    Where it is gone, or another came since, nothing happens.
    """
    Patient.objects.select_for_update(no_key=True).get(pk=patient.pk)
    last = LookedAt.objects.filter(patient=patient).first()
    if last is None or (last.pk, last.by_id) != (look, by.pk):
        return False
    PatientMessage.objects.filter(patient=patient, read_by=by, read_at=last.at).update(read_at=None, read_by=None)
    last.delete()
    add_to_trail(actor=by, action=Entry.Action.CHANGE, subject=patient, patient=patient, fields=["looked_at"], at=at)
    renew_summary(patient.pk)
    return True
