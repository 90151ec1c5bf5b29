"""What there is to look at stands in the summary: after every write, by the clinic's cut-offs, until a look."""

import datetime as dt
import uuid

import pytest

from hipcare.clinics.models import Clinic
from hipcare.clinics.services.clinics import save_clinic
from hipcare.clinics.services.registration import correct_patient
from programmes.models import PatientMessage, PatientSummary
from programmes.rules.review import LATER, ReviewKey
from programmes.services.looking import mark_looked_at, take_back_looked_at
from programmes.services.mornings import say_next_day
from programmes.services.review_facts import count_facts_of
from programmes.services.summaries import renew_summary
from programmes.services.telling import keep_message, look_at_message, take_back
from tests.factories import LeadFactory, PerformedExerciseFactory, SessionFactory, given_version

NOON = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.fixture
def version(db, time_machine):
    """Return a version given twenty days ago; the clock stands at noon."""
    time_machine.move_to(NOON - 20 * DAY, tick=False)
    version = given_version(weekdays="0123456")
    time_machine.move_to(NOON, tick=False)
    return version


def log(version, days_ago, *, outcome="done", reason="", **fields):
    at = NOON - days_ago * DAY
    session = SessionFactory(version=version, local_date=at.date(), received_at=at, **fields)
    row = version.prescriptions.get()
    PerformedExerciseFactory(session=session, prescription=row, outcome=outcome, reason=reason)
    return session


def kept(version):
    return PatientSummary.objects.get(pk=version.patient.pk)


def test_each_entry_gives_the_row_its_place(version):
    patient, physio = version.patient, version.given_by
    assert kept(version).place == LATER
    for days_ago in (3, 2):
        log(version, days_ago, outcome="skipped", reason="too_sore")
    assert kept(version).place == ReviewKey.SORE
    for session in version.sessions.all():
        say_next_day(session=session, answer="no", today=NOON.date(), at=session.received_at + DAY)
    assert kept(version).place == ReviewKey.UNSETTLED
    log(version, 1, pain=6)
    log(version, 0, pain=6)
    assert kept(version).place == ReviewKey.PAIN
    message = keep_message(message_id=uuid.uuid4(), patient=patient, text="Please ring me.")
    assert kept(version).place == ReviewKey.TOLD
    look_at_message(message=message, by=physio)
    assert kept(version).place == ReviewKey.PAIN


def test_words_taken_back_are_nothing_to_read(version):
    message = keep_message(message_id=uuid.uuid4(), patient=version.patient, text="Please ring me.")
    assert kept(version).place == ReviewKey.TOLD
    take_back(message=message)
    assert kept(version).place == LATER


def test_a_look_reads_words_too_and_undo_puts_all_back(version, time_machine):
    patient, physio = version.patient, version.given_by
    log(version, 1, pain=6)
    log(version, 0, pain=6)
    keep_message(message_id=uuid.uuid4(), patient=patient, text="Please ring me.")
    time_machine.move_to(NOON + DAY, tick=False)
    look = mark_looked_at(patient=patient, by=physio, at=NOON + DAY)
    assert (kept(version).place, kept(version).looked_by, kept(version).looked_at) == (LATER, physio, NOON + DAY)
    assert PatientMessage.objects.get().read_by == physio
    take_back_looked_at(patient=patient, look=look.pk, by=physio, at=NOON + DAY)
    assert (kept(version).place, kept(version).looked_by) == (ReviewKey.TOLD, None)
    assert PatientMessage.objects.get().read_at is None


def test_undo_leaves_words_that_were_read_before_alone(version):
    patient, physio = version.patient, version.given_by
    message = keep_message(message_id=uuid.uuid4(), patient=patient, text="Please ring me.")
    look_at_message(message=message, by=physio)
    look = mark_looked_at(patient=patient, by=physio, at=NOON + DAY)
    take_back_looked_at(patient=patient, look=look.pk, by=physio, at=NOON + DAY)
    assert PatientMessage.objects.get().is_read


def test_all_done_and_easy_is_a_fact_behind_the_dates(version):
    for days_ago in (2, 1, 0):
        log(version, days_ago, effort="easy")
    assert (kept(version).place, kept(version).is_easy) == (LATER, True)


@pytest.mark.parametrize(("days_later", "seen"), [(6, (False, False)), (14, (False, True)), (15, (True, True))])
def test_dates_that_passed_before_a_look_are_seen(version, days_later, seen):
    """It is quiet from 10 November, and was to be reviewed on the 17th."""
    at = NOON - 20 * DAY + days_later * DAY
    mark_looked_at(patient=version.patient, by=version.given_by, at=at)
    found = kept(version)
    assert (found.review_seen, found.quiet_seen) == seen
    log(version, 0)
    assert not kept(version).quiet_seen


def test_days_are_the_clinics(version):
    Clinic.objects.update(time_zone="Pacific/Auckland")
    renew_summary(version.patient.pk)
    assert kept(version).quiet_since == dt.date(2026, 11, 4)


def test_a_patient_put_right_is_counted_anew(version):
    for days_ago in (2, 1, 0):
        log(version, days_ago, pain=4)
    patient = version.patient
    patient.usual_pain, patient.physiotherapist = 1, LeadFactory(clinic=patient.clinic)
    correct_patient(patient=patient, by=version.given_by)
    assert (kept(version).place, kept(version).physiotherapist) == (ReviewKey.MOVED, patient.physiotherapist)


def test_the_clinics_limit_counts_all_anew(version):
    log(version, 1, pain=4)
    log(version, 0, pain=4)
    state = kept(version).state
    clinic = version.patient.clinic
    clinic.pain_ok_up_to = 3
    save_clinic(clinic=clinic, by=LeadFactory(clinic=clinic))
    assert kept(version).place == ReviewKey.PAIN
    assert kept(version).state != state
    state = kept(version).state
    count_facts_of(clinic)
    assert kept(version).state == state
