"""Saving a session once, whatever happens on the way, and putting it right for two days."""

import datetime as dt
import threading
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from programmes.forms.session_form import NewSessionForm
from programmes.models import PerformedExercise, Prescription, Session, SessionRevision
from programmes.models.session import ANSWERS
from programmes.services import sessions
from programmes.services.sessions import DayNotKnownError, Report, SaveResult, correct_session, save_session
from tests.factories import PerformedExerciseFactory, PrescriptionFactory, given_version

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2026, 11, 23)
TUESDAY = dt.date(2026, 11, 24)


@pytest.fixture
def version():
    return given_version(exercises=3, weekdays="0")


def ids(version, *places):
    rows = list(version.prescriptions.all())
    return frozenset(rows[place].pk for place in places)


def sent(version, report, **more):
    given = {"session_id": uuid.uuid4(), "day": MONDAY, "today": MONDAY, **more}
    return save_session(version=version, report=report, **given)


def save(version, report, **more):
    return sent(version, report, **more).session


def correct(session, report, **more):
    return correct_session(session=session, report=report, **more).session


def outcomes(session):
    return [(row.prescription.order, row.outcome) for row in session.performed.select_related("prescription")]


def test_a_session_keeps_what_was_ticked_and_what_was_open(version):
    session = save(version, Report(ids(version, 0, 2), pain=0, effort="easy", note="Fine"))

    session.refresh_from_db()
    assert outcomes(session) == [(1, "done"), (2, "skipped"), (3, "done")]
    assert {row.reason for row in session.performed.all()} == {""}
    assert (session.pain, session.effort, session.note) == (0, "easy", "Fine")
    assert (session.local_date, session.source, session.version) == (MONDAY, "web", version)
    assert abs(session.received_at - timezone.now()) < dt.timedelta(minutes=1)


def test_what_is_not_said_is_not_made_up(version):
    session = save(version, Report(ids(version, 0)))

    assert (session.pain, session.effort, session.note) == (None, "", "")


def test_words_alone_are_a_session_too(version):
    session = save(version, Report(note="Could not today, a cold."))

    assert outcomes(session) == [(1, "skipped"), (2, "skipped"), (3, "skipped")]


def test_on_a_rest_day_only_what_was_done_is_kept(version):
    session = save(version, Report(ids(version, 1)), day=TUESDAY, today=TUESDAY)

    assert outcomes(session) == [(2, "done")]


def test_a_second_session_does_not_call_what_is_done_skipped(version):
    save(version, Report(ids(version, 0)))

    second = save(version, Report(ids(version, 1)))

    assert outcomes(second) == [(2, "done"), (3, "skipped")]


def test_what_is_done_as_needed_is_never_skipped():
    version = given_version(exercises=2, weekdays="", times_a_day=None, as_needed=True)

    assert outcomes(save(version, Report(ids(version, 1)))) == [(2, "done")]


def test_the_same_id_with_the_same_words_changes_nothing(version):
    first = save(version, Report(ids(version, 0), pain=3))

    again = sent(version, Report(ids(version, 0), pain=3), session_id=first.pk)

    assert (again.session, again.how) == (first, SaveResult.SAME)
    assert not SessionRevision.objects.exists()
    assert Session.objects.get().corrected_at is None


def test_the_same_id_with_other_words_is_a_correction_and_both_are_kept(version):
    first = save(version, Report(ids(version, 0), pain=3))

    again = sent(version, Report(ids(version, 1), pain=9, note="other"), session_id=first.pk)

    assert (again.session, again.how) == (first, SaveResult.CORRECTED)
    now = Session.objects.get()
    assert (now.pain, now.note, outcomes(now)) == (9, "other", [(1, "skipped"), (2, "done"), (3, "skipped")])
    assert SessionRevision.objects.get().was["pain"] == 3


def test_a_delayed_copy_of_what_was_said_before_puts_nothing_back(version):
    first = save(version, Report(ids(version, 0), pain=3))
    correct(first, Report(ids(version, 0), pain=9))

    late = sent(version, Report(ids(version, 0), pain=3), session_id=first.pk)

    assert late.how is SaveResult.SAME
    assert Session.objects.get().pain == 9
    assert SessionRevision.objects.count() == 1


def test_a_delayed_copy_does_not_move_a_session_back_to_its_first_day(version):
    first = save(version, Report(ids(version, 0), pain=3), day=TUESDAY, today=TUESDAY)
    correct(first, Report(ids(version, 0), pain=3), day=MONDAY, today=TUESDAY)

    late = sent(version, Report(ids(version, 0), pain=3), session_id=first.pk, day=TUESDAY, today=TUESDAY)

    assert late.how is SaveResult.SAME
    assert Session.objects.get().local_date == MONDAY


def test_the_same_words_answered_for_another_day_move_the_session(version):
    first = save(version, Report(ids(version, 0), pain=3))

    moved = sent(version, Report(ids(version, 0), pain=3), session_id=first.pk, day=TUESDAY, today=TUESDAY)

    assert moved.how is SaveResult.CORRECTED
    assert Session.objects.get().local_date == TUESDAY
    assert SessionRevision.objects.get().was["day"] == "2026-11-23"


def test_the_page_of_one_day_filled_in_anew_on_the_next_is_another_session(version):
    first = save(version, Report(ids(version, 0), pain=3))

    for _ in range(2):
        second = sent(version, Report(ids(version, 1), pain=5), session_id=first.pk, day=TUESDAY, today=TUESDAY)

    assert second.session != first
    assert list(Session.objects.order_by("local_date").values_list("local_date", "pain")) == [(MONDAY, 3), (TUESDAY, 5)]


def test_where_only_the_patient_knows_the_day_nothing_is_saved_before_the_answer(version):
    with pytest.raises(DayNotKnownError):
        save(version, Report(ids(version, 0)), day=None)
    assert not Session.objects.exists()


def test_the_same_words_again_need_no_day_and_other_words_do(version):
    first = save(version, Report(ids(version, 0), pain=3))

    assert sent(version, Report(ids(version, 0), pain=3), session_id=first.pk, day=None).how is SaveResult.SAME
    with pytest.raises(DayNotKnownError):
        sent(version, Report(ids(version, 0), pain=4), session_id=first.pk, day=None)


def test_the_same_id_a_month_later_is_still_the_same_session(version):
    first = save(version, Report(ids(version, 0)))

    assert save(version, Report(), session_id=first.pk, today=MONDAY + dt.timedelta(days=30)) == first


def test_other_words_after_48_hours_are_kept_beside_and_change_nothing(version):
    first = save(version, Report(ids(version, 0), pain=3))
    Session.objects.filter(pk=first.pk).update(received_at=timezone.now() - dt.timedelta(hours=49))

    for _ in range(2):
        late = sent(version, Report(ids(version, 1), pain=9, note="other"), session_id=first.pk)

    assert late.how in {SaveResult.BESIDE, SaveResult.SAME}
    now = Session.objects.get()
    assert (now.pain, now.note, now.corrected_at) == (3, "", None)
    assert outcomes(now) == [(1, "done"), (2, "skipped"), (3, "skipped")]
    beside = SessionRevision.objects.get()
    assert (beside.is_late, beside.was["pain"], beside.was["note"]) == (True, 9, "other")


def test_another_patients_id_is_nobodys(version):
    theirs = save(version, Report(ids(version, 0), pain=1))
    mine = given_version(exercises=1)

    with pytest.raises(Session.DoesNotExist):
        save(mine, Report(ids(mine, 0), pain=9), session_id=theirs.pk)
    assert Session.objects.get().pain == 1


def test_a_tick_of_another_version_saves_nothing(version):
    other = given_version(exercises=1)

    with pytest.raises(Prescription.DoesNotExist):
        save(version, Report(ids(version, 0) | ids(other, 0)))
    assert not Session.objects.exists()


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (MONDAY + dt.timedelta(days=1), sessions.NOT_YET),
        (MONDAY - dt.timedelta(days=8), sessions.TOO_LONG_AGO),
        (dt.date.min, sessions.TOO_LONG_AGO),
        (dt.date.max, sessions.NOT_YET),
    ],
)
def test_days_to_come_and_long_gone_are_refused(version, day, words):
    with pytest.raises(ValidationError, match=str(words)):
        save(version, Report(ids(version, 0)), day=day)
    assert not Session.objects.exists()


def test_seven_days_back_is_accepted(version):
    assert save(version, Report(ids(version, 0)), day=MONDAY - dt.timedelta(days=7)).local_date == dt.date(2026, 11, 16)


def test_nothing_ticked_and_nothing_said_is_refused(version):
    with pytest.raises(ValidationError, match="Tick what you did, or say how it went"):
        save(version, Report())
    assert not Session.objects.exists()


def test_a_version_replaced_meanwhile_is_accepted_and_known(version):
    given_version(programme=version.programme, number=2)

    session = save(version, Report(ids(version, 0)))

    assert session.version == version
    assert session.is_under_a_version_before


def test_done_counts_across_versions_by_exercise_and_leg(version):
    row = version.prescriptions.first()
    save(version, Report(ids(version, 0)))
    newer = given_version(programme=version.programme, number=2, exercises=1, exercise=row.exercise, weekdays="0")

    session = save(newer, Report(pain=2))

    assert outcomes(session) == []


@pytest.mark.django_db(transaction=True)
def test_eight_at_the_same_moment_save_once(version):
    session_id, ticked = uuid.uuid4(), ids(version, 0, 1)
    gate = threading.Barrier(8)
    answers = []

    def send():
        gate.wait()
        try:
            answers.append(save(version, Report(ticked, pain=4), session_id=session_id).pk)
        except Exception as problem:  # noqa: BLE001 - whatever it is, the test is to show it
            answers.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == [session_id] * 8
    assert Session.objects.count() == 1
    assert PerformedExercise.objects.count() == 3


def test_an_id_that_lands_between_look_and_write_is_taken_as_sent_again(version, monkeypatch):
    first = save(version, Report(ids(version, 1), pain=7))
    look, looks = sessions._saved, []

    def too_early(session_id):
        looks.append(session_id)
        return None if len(looks) == 1 else look(session_id)

    monkeypatch.setattr(sessions, "_saved", too_early)

    assert save(version, Report(ids(version, 1), pain=7), session_id=first.pk) == first
    assert len(looks) == 2
    assert not SessionRevision.objects.exists()


def test_a_correction_keeps_what_was_said(version):
    session = save(version, Report(ids(version, 0), pain=2, effort="easy", note="ok"))

    corrected = correct(session, Report(ids(version, 1), pain=5, effort="hard", note=""))

    assert outcomes(corrected) == [(1, "skipped"), (2, "done"), (3, "skipped")]
    assert (corrected.pain, corrected.effort, corrected.note) == (5, "hard", "")
    assert corrected.corrected_at is not None
    was = SessionRevision.objects.get(session=session).was
    first, second, third = (str(row.pk) for row in version.prescriptions.all())
    assert was == {
        "day": "2026-11-23",
        "pain": 2,
        "hurt": None,
        "effort": "easy",
        "note": "ok",
        "performed": {first: ["done", ""], second: ["skipped", ""], third: ["skipped", ""]},
    }


def test_a_correction_that_changes_nothing_leaves_no_trace(version):
    session = save(version, Report(ids(version, 0), pain=2))

    correct(session, Report(ids(version, 0), pain=2))

    session.refresh_from_db()
    assert session.corrected_at is None
    assert not SessionRevision.objects.exists()


def test_a_correction_can_add_an_extra_exercise(version):
    session = save(version, Report(ids(version, 1)), day=TUESDAY, today=TUESDAY)

    assert outcomes(correct(session, Report(ids(version, 1, 2)))) == [(2, "done"), (3, "done")]


def test_what_another_source_knew_better_stays(version):
    session = save(version, Report(ids(version, 0), pain=2))
    second, third = session.performed.filter(outcome="skipped")
    PerformedExercise.objects.filter(pk=second.pk).update(outcome="partly")
    PerformedExercise.objects.filter(pk=third.pk).update(reason="pain")

    corrected = correct(session, Report(ids(version, 0), pain=3))

    assert outcomes(corrected) == [(1, "done"), (2, "partly"), (3, "skipped")]
    assert corrected.performed.get(pk=third.pk).reason == "pain"


def test_after_48_hours_it_stays_as_it_is_and_the_words_are_kept_beside(version):
    session = save(version, Report(ids(version, 0), pain=2))
    Session.objects.filter(pk=session.pk).update(received_at=timezone.now() - dt.timedelta(hours=48, seconds=1))

    assert correct_session(session=session, report=Report(ids(version, 0), pain=3)).how is SaveResult.BESIDE
    session.refresh_from_db()
    assert session.pain == 2
    assert SessionRevision.objects.get().was["pain"] == 3


def test_a_correction_can_change_the_day_within_7_days_back(version):
    session = save(version, Report(ids(version, 0), pain=2), day=TUESDAY, today=TUESDAY)
    assert outcomes(session) == [(1, "done")]

    moved = correct(session, Report(ids(version, 0), pain=2), day=MONDAY, today=TUESDAY)

    moved.refresh_from_db()
    assert (moved.local_date, outcomes(moved)) == (MONDAY, [(1, "done"), (2, "skipped"), (3, "skipped")])
    assert SessionRevision.objects.get().was["day"] == "2026-11-24"
    assert moved.corrected_at is not None


def test_on_its_new_day_nothing_is_called_missed_that_was_not_asked_for(version):
    session = save(version, Report(ids(version, 0), pain=2))
    PerformedExercise.objects.filter(session=session, prescription__order=3).update(reason="pain")

    moved = correct(session, Report(ids(version, 0), pain=2), day=TUESDAY, today=TUESDAY)

    assert outcomes(moved) == [(1, "done"), (3, "skipped")]
    assert len(SessionRevision.objects.get().was["performed"]) == 3


@pytest.mark.parametrize("day", [TUESDAY, MONDAY - dt.timedelta(days=8)])
def test_a_correction_to_a_day_that_cannot_be_is_refused(version, day):
    session = save(version, Report(ids(version, 0), pain=2))

    with pytest.raises(ValidationError):
        correct(session, Report(ids(version, 0), pain=3), day=day, today=MONDAY)
    session.refresh_from_db()
    assert (session.local_date, session.pain) == (MONDAY, 2)
    assert not SessionRevision.objects.exists()


def test_a_correction_may_not_empty_a_session_or_tick_a_strangers(version):
    session = save(version, Report(ids(version, 0), pain=2))
    other = given_version(exercises=1)

    with pytest.raises(ValidationError):
        correct(session, Report())
    with pytest.raises(Prescription.DoesNotExist):
        correct(session, Report(ids(other, 0)))
    assert not SessionRevision.objects.exists()


def test_done_by_counts_only_the_patients_own_done_rows_in_the_window(version):
    row = version.prescriptions.first()
    session = save(version, Report(frozenset({row.pk})))
    stranger = given_version(exercises=1)
    save(stranger, Report(ids(stranger, 0)))
    PerformedExerciseFactory(session=session, prescription=PrescriptionFactory(), outcome="partly")
    rows = PerformedExercise.objects.visible_to(version.patient.user)

    assert rows.done_by(version.patient, MONDAY, MONDAY) == {(row.exercise_id, row.side): [MONDAY]}
    assert rows.done_by(version.patient, TUESDAY, TUESDAY) == {}


# What a patient can say is listed once, in the model ``Answers``


def test_the_form_asks_for_every_answer():
    assert set(ANSWERS) == {"pain", "hurt", "effort", "note"}
    assert set(ANSWERS) <= NewSessionForm.base_fields.keys()


def test_a_report_takes_no_answer_that_nobody_asks_for():
    with pytest.raises(TypeError, match="mood"):
        Report(mood="fine")


def test_a_revision_from_before_a_field_says_nothing_in_it(version):
    session = save(version, Report(ids(version, 0), pain=2))
    older = SessionRevision(session=session, was={"day": "2026-11-23", "pain": 4, "performed": {}})

    assert older.answers == {"pain": 4, "hurt": None, "effort": "", "note": ""}


def test_a_session_arrives_when_it_is_said_to(version):
    at = dt.datetime(2026, 11, 23, 18, tzinfo=dt.UTC)
    session = save(version, Report(ids(version, 0), pain=2), at=at)
    correct(session, Report(ids(version, 0), pain=3), at=at + dt.timedelta(hours=1))

    session.refresh_from_db()
    assert session.received_at == at
    assert session.corrected_at == session.revisions.get().replaced_at == at + dt.timedelta(hours=1)
