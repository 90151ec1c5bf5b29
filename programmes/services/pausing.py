"""Pause a programme, change a pause, end it early, take it back. What was logged in it stays, and is extra."""

import datetime as dt

from django.db import transaction

from hipcare.audit.models import Entry
from hipcare.audit.trail import add_to_trail, differences
from hipcare.clinics.models import Patient, User
from programmes.models import Pause
from programmes.services.summaries import renew_summary


@transaction.atomic
def save_pause(*, pause: Pause, by: User) -> None:
    """Keep a new pause, or a changed one; the days were checked while the patient's row was held."""
    before = Pause.objects.filter(pk=pause.pk).first()
    if before is None:
        pause.made_by = by
    pause.save()
    _say(pause, by, differences(before, pause) if before else None)


@transaction.atomic
def end_pause(*, pause: Pause, by: User, today: dt.date) -> bool:
    """Let the programme go on from ``today``; False where the pause was not running."""
    kept = _held(pause)
    if kept is None or not kept.holds(today):
        return False
    if kept.first_day == today:
        _take_away(kept, by)
        return True
    kept.last_day = today - dt.timedelta(days=1)
    kept.save()
    _say(kept, by, ["last_day"])
    return True


@transaction.atomic
def take_pause_back(*, pause: Pause, by: User) -> None:
    """As if it had never been: its days are counted again; twice, once."""
    if kept := _held(pause):
        _take_away(kept, by)


def _held(pause: Pause) -> Pause | None:
    """Return the pause as it is now, while nobody else writes those of this patient."""
    Patient.objects.select_for_update(of=("self",)).get(programmes=pause.programme_id)
    return Pause.objects.select_related("programme__patient").filter(pk=pause.pk).first()


def _take_away(pause: Pause, by: User) -> None:
    pk = pause.pk
    pause.delete()
    pause.pk = pk
    _say(pause, by, None)


def _say(pause: Pause, by: User, fields: list[str] | None) -> None:
    patient = pause.programme.patient
    renew_summary(patient.pk)
    add_to_trail(actor=by, action=Entry.Action.CHANGE, subject=pause, patient=patient, fields=fields)
