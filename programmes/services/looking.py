"""Write down that a member of staff has read what a patient saved, and take that back."""

import datetime as dt

from django.db import transaction
from django.db.models import Q

from hipcare.audit.models import Entry
from hipcare.audit.trail import add_to_trail
from hipcare.clinics.models import Patient, User
from programmes.models import LookedAt, Session
from programmes.services.summaries import renew_summary


class CameSinceError(Exception):
    """Something came, or was changed, after the page was drawn on which somebody says that they have read it."""


@transaction.atomic
def mark_looked_at(*, patient: Patient, by: User, at: dt.datetime, drawn: dt.datetime | None = None) -> LookedAt | None:
    """Note that ``by`` read everything up to the newest session; the same again changes nothing. None without any.

    ``drawn`` is when the page was drawn on which they read it. Raises ``CameSinceError``.
    """
    Patient.objects.select_for_update(no_key=True).get(pk=patient.pk)
    sessions = Session.objects.filter(version__programme__patient=patient)
    newest = sessions.order_by("-received_at", "-pk").first()
    if newest is None:
        return None
    if drawn and sessions.filter(Q(received_at__gt=drawn) | Q(corrected_at__gt=drawn)).exists():
        raise CameSinceError
    last = LookedAt.objects.filter(patient=patient).first()
    if last is not None and last.by_id == by.pk and last.up_to_id == newest.pk and last.covers(newest):
        return last
    looked = LookedAt.objects.create(patient=patient, by=by, at=at, up_to=newest)
    add_to_trail(actor=by, action=Entry.Action.CHANGE, subject=patient, patient=patient, fields=["looked_at"], at=at)
    renew_summary(patient.pk)
    return looked


@transaction.atomic
def take_back_looked_at(*, patient: Patient, look: int, by: User, at: dt.datetime) -> bool:
    """Take back the note ``look`` of ``by``; where it is gone, or another came since, nothing happens."""
    Patient.objects.select_for_update(no_key=True).get(pk=patient.pk)
    last = LookedAt.objects.filter(patient=patient).first()
    if last is None or (last.pk, last.by_id) != (look, by.pk):
        return False
    last.delete()
    add_to_trail(actor=by, action=Entry.Action.CHANGE, subject=patient, patient=patient, fields=["looked_at"], at=at)
    renew_summary(patient.pk)
    return True
