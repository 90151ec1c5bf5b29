"""Measures are kept once, put right with what was there, taken back and put back; activities are never lost."""

import datetime as dt
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from hipcare.audit.models import Entry
from programmes.models import Activity, ActivityScore, Measurement
from programmes.pages.measures_page import measured_of, starts_of
from programmes.services.measuring import (
    SAME_NAME,
    TAKEN_BACK,
    TOO_MANY,
    Sayings,
    correct_measurement,
    keep_measurement,
    put_back_measurement,
    rename_activity,
    retire_activity,
    take_back_measurement,
    take_up_activity,
)
from tests.factories import PatientFactory, PhysioFactory, given_version

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 23)
THREE = (("Put on my socks", 3), ("Climb the stairs", 5), ("Walk to the shop", None))


@pytest.fixture
def patient():
    return PatientFactory()


def keep(patient, *, pk=None, by=None, **said):
    said = Sayings(**{"measured_on": DAY, **said})
    by = by or patient.physiotherapist
    return keep_measurement(measurement_id=pk or uuid.uuid4(), patient=patient, said=said, by=by)


def names(patient):
    return [one.name for one in Activity.objects.filter(patient=patient).asked()]


def scores(measurement):
    return {one.activity.name: one.score for one in measurement.scores.select_related("activity")}


def changes(patient):
    found = Entry.objects.about(patient).filter(action=Entry.Action.CHANGE).order_by("at")
    return [(entry.subject, entry.fields) for entry in found]


def test_all_of_a_visit_is_kept_in_one_go(patient):
    kept = keep(patient, pain=4, added=THREE)
    assert scores(kept) == {"Put on my socks": 3, "Climb the stairs": 5}
    assert names(patient) == ["Put on my socks", "Climb the stairs", "Walk to the shop"]
    assert (kept.pain, kept.by) == (4, patient.physiotherapist)
    assert changes(patient) == [("activity", None)] * 3 + [("measurement", None)]


def test_pressed_twice_it_is_one(patient):
    pk = uuid.uuid4()
    keep(patient, pk=pk, pain=4, added=THREE)
    keep(patient, pk=pk, pain=4, added=THREE)
    assert Measurement.objects.get().revisions.count() == 0
    assert (ActivityScore.objects.count(), len(names(patient)), len(changes(patient))) == (2, 3, 4)


def test_the_same_page_with_other_words_is_a_correction_and_keeps_what_was_there(patient):
    pk, lee = uuid.uuid4(), PhysioFactory(clinic=patient.clinic)
    keep(patient, pk=pk, pain=4, added=THREE)
    socks = Activity.objects.get(name="Put on my socks")
    kept = keep(patient, pk=pk, by=lee, pain=2, scores={socks.pk: 7})
    assert (kept.pain, scores(kept)) == (2, {"Put on my socks": 7})
    was = kept.revisions.get()
    assert (was.was["pain"], was.was["scores"][str(socks.pk)], was.by) == (4, 3, lee)
    assert kept.by == patient.physiotherapist, "who measured stays"
    assert changes(patient)[-1] == ("measurement", ["pain", "scores"])


def test_an_id_of_another_patient_is_nobodys(patient):
    other = keep(PatientFactory(), pain=1)
    with pytest.raises(Measurement.DoesNotExist):
        keep(patient, pk=other.pk, pain=9)
    assert Measurement.objects.get().pain == 1


def test_an_activity_of_another_patient_takes_no_score(patient):
    keep(PatientFactory(), added=THREE)
    theirs = Activity.objects.first()
    assert scores(keep(patient, pain=1, scores={theirs.pk: 5})) == {}


def test_a_sixth_activity_is_refused_and_nothing_of_that_visit_is_kept(patient):
    keep(patient, added=[(f"Thing {n}", n) for n in range(5)])
    with pytest.raises(ValidationError, match=TOO_MANY):
        keep(patient, pain=3, added=[("One more", 1)])
    assert (Measurement.objects.count(), Activity.objects.count()) == (1, 5)


def test_a_name_that_is_there_is_the_same_activity_and_a_retired_one_comes_back(patient):
    keep(patient, added=[("Put on my socks", 3)])
    first = Activity.objects.get()
    retire_activity(activity=first, by=patient.physiotherapist)
    kept = keep(patient, added=[("put on my  SOCKS", 5)])
    assert Activity.objects.get() == first
    assert names(patient) == ["Put on my socks"]
    assert scores(kept) == {"Put on my socks": 5}


def test_taken_back_it_is_out_of_sight_and_can_be_put_back(patient):
    kept, by = keep(patient, pain=4, added=THREE), patient.physiotherapist
    for _press in range(2):
        take_back_measurement(measurement=kept, by=by)
    assert measured_of(patient) == []
    with pytest.raises(ValidationError, match=TAKEN_BACK):
        correct_measurement(measurement=kept, said=Sayings(DAY, pain=1), by=by)
    for _press in range(2):
        put_back_measurement(measurement=kept, by=by)
    (shown,) = measured_of(patient)
    assert (shown.pain, shown.mean) == (4, 4)
    assert changes(patient)[-2:] == [("measurement", ["taken_back_at"])] * 2


def test_renamed_the_scores_go_on_and_the_old_name_is_kept(patient):
    keep(patient, added=THREE)
    socks, by = Activity.objects.get(place=1), patient.physiotherapist
    for _press in range(2):
        rename_activity(activity=socks, name="Put on socks and shoes", by=by)
    assert [one.name for one in measured_of(patient)[0].scores] == ["Put on socks and shoes", "Climb the stairs"]
    assert [one.name for one in socks.revisions.all()] == ["Put on my socks"]
    with pytest.raises(ValidationError, match=SAME_NAME):
        rename_activity(activity=socks, name="climb the STAIRS", by=by)


def test_retired_it_is_asked_no_more_and_its_scores_stay(patient):
    keep(patient, added=THREE)
    socks, by = Activity.objects.get(place=1), patient.physiotherapist
    for _press in range(2):
        retire_activity(activity=socks, by=by)
    assert names(patient) == ["Climb the stairs", "Walk to the shop"]
    assert measured_of(patient)[0].scores[0].name == "Put on my socks"
    keep(patient, added=[(f"Thing {n}", n) for n in range(3)])
    with pytest.raises(ValidationError, match=TOO_MANY):
        take_up_activity(activity=socks, by=by)


def test_of_an_archived_patient_nothing_is_written(patient):
    kept = keep(patient, pain=4)
    patient.archived_at = timezone.now()
    patient.save()
    for write in (
        lambda: keep(patient, pain=1),
        lambda: take_back_measurement(measurement=kept, by=patient.physiotherapist),
    ):
        with pytest.raises(ValidationError, match="archived"):
            write()
    assert measured_of(patient)[0].pain == 4


@pytest.mark.parametrize(
    "wrong",
    [
        {"pain": 11},
        {"felt_change": 6, "felt_since": DAY},
        {"felt_change": 1},
        {"stands": 11},
        {"stands": 11, "seat_height": 44, "hands_used": False},
        {"seat_height": 44},
        {"stands": 61, "seat_height": 44, "hands_used": False, "counted_by": "Lee"},
    ],
)
def test_the_database_refuses_what_cannot_be(patient, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        keep(patient, **wrong)
    assert Measurement.objects.count() == 0


@pytest.mark.parametrize("times", [1, 3])
def test_reading_takes_three_queries_for_one_and_for_three(patient, times, django_assert_num_queries):
    for n in range(times):
        keep(patient, measured_on=DAY - dt.timedelta(weeks=n), pain=n, added=THREE)
    with django_assert_num_queries(3):
        found = measured_of(patient)
    assert [one.on for one in found] == sorted((one.on for one in found), reverse=True)


def test_a_programme_starts_when_its_first_version_was_given(patient, time_machine):
    time_machine.move_to(dt.datetime(2026, 10, 5, 23, 30, tzinfo=dt.UTC), tick=False)
    given_version(patient=patient)
    assert starts_of(patient) == [dt.date(2026, 10, 6)], "the day where the clinic is"


def test_the_whole_record_of_a_patient_can_go(patient):
    """A score keeps its activity from being deleted alone, and does not hold up the deletion of the patient."""
    keep(patient, added=THREE)
    Entry.objects.about(patient)
    with pytest.raises(Exception, match="restricted"):
        Activity.objects.get(place=1).delete()
    patient.delete()
    assert (Activity.objects.count(), Measurement.objects.count()) == (0, 0)
