"""Keep each patient's summary right: written anew, from the rows, in the transaction that changes what it says."""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.db import transaction
from django.db.models import Prefetch
from django.utils import timezone

from hipcare.clinics.models import Patient
from programmes.models import PatientSummary, PerformedExercise, Prescription, Programme, Session, Version
from programmes.pages import fortnight
from programmes.pages.paper_rows import left_blank
from programmes.rules import recent
from programmes.rules.review import NEWEST
from programmes.services.review_facts import say_what_to_read, shortened

KEPT_DAYS = fortnight.DAYS + 1  # whatever the clinic's zone is or becomes
COLUMNS = [field.name for field in PatientSummary._meta.concrete_fields if not field.primary_key]


@transaction.atomic
def renew_summary(patient: uuid.UUID) -> PatientSummary:
    """Write the summary of the patient with this id; two who write at once wait for each other."""
    locked = Patient.objects.select_for_update(of=("self",), no_key=True).select_related("clinic")
    summary = summary_of(locked.get(pk=patient))
    PatientSummary.objects.bulk_create(
        [summary], update_conflicts=True, unique_fields=["patient"], update_fields=COLUMNS
    )
    return summary


def renew_summary_of(patient: Patient) -> None:
    """Write it anew where there is one: a patient without a programme has none."""
    if PatientSummary.objects.filter(pk=patient.pk).exists():
        renew_summary(patient.pk)


def summary_of(patient: Patient) -> PatientSummary:
    """Return what the rows say now, not saved."""
    without_words = Prefetch("prescriptions", Prescription.objects.defer("text"))
    versions = list(
        Version.objects.filter(programme__patient=patient)
        .select_related("programme")
        .prefetch_related(without_words, "programme__pauses")
    )
    since = too_old()
    newest = newest_sessions(since, versions)
    sessions = of_late(newest, since)
    summary = PatientSummary(
        patient_id=patient.pk,
        clinic_id=patient.clinic_id,
        physiotherapist_id=patient.physiotherapist_id,
        has_draft=any(not v.is_given for v in versions),
    )
    _say_what_is_given(summary, [version for version in versions if version.is_given])
    rows = {version.pk: list(version.prescriptions.all()) for version in versions}
    blank = {session.pk: len(left_blank(session, rows[session.version_id])) for session in newest}
    _say_what_was_done(summary, sessions, blank)
    logs = fortnight.logs_of(sessions, fortnight.exercises_of(versions))
    summary.recent = recent.pack(fortnight.given_plans(versions, are_named=False), logs, since)
    active = next((v.programme for v in versions if v.programme.status == Programme.Status.ACTIVE), None)
    say_what_to_read(summary, patient, newest, blank, active.paused_days if active else ())
    return summary


def too_old() -> dt.date:
    """Return the first day that is kept: in no zone a day of the last fourteen comes before it."""
    return timezone.now().date() - dt.timedelta(days=KEPT_DAYS)


def newest_sessions(since: dt.date, versions: Sequence[Version]) -> list[Session]:
    """Return the sessions since a day, and as many before as facts are made from, newest first."""
    logged = Session.objects.filter(version__in=[version.pk for version in versions if version.is_given])
    newest_first = logged.order_by("-local_date", "-received_at", "-pk").select_related("next_day")
    newest_first = newest_first.prefetch_related("performed")
    found = list(newest_first[:NEWEST])
    if len(found) == NEWEST and found[-1].local_date >= since:
        found = list(newest_first.filter(local_date__gte=since))
    return found


def of_late(newest: Sequence[Session], since: dt.date) -> list[Session]:
    """Return the sessions since a day, or those of the last day with one."""
    first = min(since, newest[0].local_date) if newest else since
    return [session for session in newest if session.local_date >= first]


def _say_what_is_given(summary: PatientSummary, given: Sequence[Version]) -> None:
    summary.has_been_given = bool(given)
    active = [version for version in given if version.programme.status == Programme.Status.ACTIVE]
    if active:
        active.sort(key=lambda version: version.number or 0)
        current = active[-1]
        summary.programme_since = active[0].given_at
        summary.programme_name, summary.version_number = current.name, current.number
        summary.alone_since = current.programme.alone_since
        summary.review_on = None if summary.alone_since else current.review_on


def _say_what_was_done(summary: PatientSummary, sessions: Sequence[Session], blank: Mapping[uuid.UUID, int]) -> None:
    if not sessions:
        return
    last = sessions[0]
    outcomes = [performed.outcome for performed in last.performed.all()]
    summary.last_day, summary.last_is_paper = last.local_date, last.is_from_paper
    summary.last_done = outcomes.count(PerformedExercise.Outcome.DONE)
    summary.last_total = len(outcomes) + blank[last.pk]
    if said := next((session for session in sessions if session.pain is not None), None):
        summary.pain, summary.pain_on = said.pain, said.local_date
    if told := next((session for session in sessions if session.note.strip()), None):
        summary.note, summary.note_on = shortened(told.note), told.local_date


def rebuild_summaries(patients: Iterable[uuid.UUID]) -> Iterator[list[str]]:
    """Write the summaries of ``patients`` anew, each on its own; yield the names of what was not right in each."""
    for patient in patients:
        with transaction.atomic():
            before = PatientSummary.objects.filter(pk=patient).first() or PatientSummary(patient_id=patient)
            after = renew_summary(patient)
        yield differing(before, after)


def differing(before: PatientSummary, after: PatientSummary) -> list[str]:
    """Return the columns that say another thing. What has only become old since it was written is no difference."""
    said = [name for name in COLUMNS if name not in {"recent", "state"}]
    found = [name for name in said if getattr(before, name) != getattr(after, name)]
    for name in ("pain", "note"):
        day = getattr(before, f"{name}_on")
        if day and day < too_old() and getattr(after, f"{name}_on") is None:
            found = [one for one in found if one not in {name, f"{name}_on"}]
    today = timezone.localdate()
    before_says, after_says = (fortnight.counted_again(one.recent, today) for one in (before, after))
    is_same = (before_says.planned, before_says.done, before_says.extra, before_says.days) == (
        (after_says.planned, after_says.done, after_says.extra, after_says.days)
    )
    return found if is_same else [*found, "recent"]
