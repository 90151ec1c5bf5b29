"""End a programme, and take it up again. What was given and logged stays; the patient can still read it."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from hipcare.audit.models import Entry
from hipcare.audit.trail import add_to_trail
from hipcare.clinics.models import Patient, User
from programmes.models import Programme, Version
from programmes.services.drafts import Contents, discard_draft
from programmes.services.summaries import renew_summary


class AlreadyEndedError(RuntimeError):
    """The version that the page showed is no longer the current one."""

    def __init__(self) -> None:
        super().__init__("This programme has changed since you opened the page. Nothing was done: look at it again.")


class AnotherRunsError(RuntimeError):
    """The patient has another programme by now, and there is one at a time."""

    def __init__(self) -> None:
        super().__init__("There is another programme or draft by now. Discard or end that one, then press this again.")


@transaction.atomic
def end_programme(*, version: Version, by: User, last_day: dt.date, why: str, last_word: str = "") -> Contents | None:
    """End the programme of ``version``, the current one. Return its draft, which is thrown away, if there was one.

    Raises ``AlreadyEndedError`` where another version is in use by now, or the programme has ended.
    """
    patient = (
        Patient.objects.select_for_update(of=("self",)).select_related("clinic").get(pk=version.programme.patient_id)
    )
    if Version.objects.current().filter(programme=version.programme_id).first() != version:
        raise AlreadyEndedError
    draft = Version.objects.drafts().filter(programme=version.programme_id).first()
    contents = discard_draft(draft=draft, by=by) if draft else None
    programme = Programme.objects.get(pk=version.programme_id)
    programme.status, programme.ended_by = Programme.Status.ENDED, by
    programme.ended_at = _end_of(last_day, patient)
    programme.end_reason, programme.last_word = why, last_word
    _keep(programme, patient, by)
    return contents


def _end_of(day: dt.date, patient: Patient) -> dt.datetime:
    """Return now, or the last moment of a day that is over where the clinic is."""
    now = timezone.now()
    midnight = dt.datetime.combine(day, dt.time.max, patient.clinic.zone)
    return min(now, midnight)


@transaction.atomic
def take_up_again(*, patient: Patient, by: User) -> None:
    """Let the patient's last programme go on as it was; pressed twice, once. Raises ``AnotherRunsError``."""
    patient = Patient.objects.select_for_update().get(pk=patient.pk)
    last = Version.objects.given().filter(programme__patient=patient).order_by("-programme__started_at").first()
    if last is None or last.programme.status == Programme.Status.ACTIVE:
        return
    if Programme.objects.active().filter(patient=patient).exists():
        raise AnotherRunsError
    programme = last.programme
    programme.status, programme.ended_at, programme.ended_by = Programme.Status.ACTIVE, None, None
    programme.end_reason = programme.last_word = ""
    _keep(programme, patient, by)


def _keep(programme: Programme, patient: Patient, by: User) -> None:
    programme.save()
    renew_summary(patient.pk)
    add_to_trail(actor=by, action=Entry.Action.CHANGE, subject=programme, patient=patient)
