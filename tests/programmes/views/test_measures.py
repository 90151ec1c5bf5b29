"""Measures are asked on one page, shown over time with what they are made of, and put right with nothing lost."""

import datetime as dt
import re
import threading
import uuid

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from hipcare.audit.models import Entry
from programmes.models import Activity, Measurement
from programmes.pages.measures_page import measures_page
from programmes.services.measuring import rename_activity, take_back_measurement
from tests.factories import PatientFactory, PhysioFactory, given_version, measured
from tests.programmes.drafts import text_of
from tests.stamps import stamp_on
from tests.structure.world import client_of

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)
BEGAN = dt.datetime(2026, 10, 5, 9, 0, tzinfo=dt.UTC)
SCORES = {"Put on my socks": 3, "Climb the stairs": 5, "Walk to the shop": 4}
STANDS = {"stands": 11, "seat_height": 44, "hands_used": False, "counted_by": "Priya Nair"}
JUDGES = re.compile(r"improv|at risk|poor|normal|abnormal|you should|recommend", re.IGNORECASE)


@pytest.fixture
def patient(time_machine):
    """Return a patient with a programme since 5 October 2026; the clock stands at noon on 23 November."""
    time_machine.move_to(BEGAN, tick=False)
    patient = given_version(patient=PatientFactory(date_of_birth=dt.date(1958, 3, 4))).patient
    time_machine.move_to(NOON, tick=False)
    return patient


def page(patient, name="measures"):
    return client_of(patient.physiotherapist).get(reverse(f"programmes:{name}", args=[patient.pk]))


def send(patient, **sent):
    data = {"measurement": str(uuid.uuid4()), "measured_on": "2026-11-23", **sent}
    return client_of(patient.physiotherapist).post(reverse("programmes:measures_new", args=[patient.pk]), data)


def change_page(measurement):
    return reverse("programmes:measures_change", args=[measurement.pk])


def told(answer):
    """Return what stands in the summary of what is to be put right."""
    found = re.search(r'id="error-summary".*?</ul>', answer.text, re.DOTALL)
    return text_of(answer) if found is None else re.sub(r"<[^>]+>|\s+", " ", found[0])


def test_all_of_a_visit_goes_in_at_once_and_is_shown_with_its_inputs(patient):
    answer = send(
        patient,
        **{"added-0": "Put on my socks", "added-0-score": "3", "added-1": "Climb the stairs", "added-1-score": "5"},
        **{"added-2": "Walk to the shop", "added-2-score": "4", "pain": "4", "felt_change": "2", "counted_by": "Lee"},
        stands="11",
        seat_height="44",
        hands_used="no",
        walking_aid="with a stick",
    )
    assert answer.url == reverse("programmes:measures", args=[patient.pk])
    said = text_of(page(patient))
    for line in (
        "Put on my socks 3, Climb the stairs 5, Walk to the shop 4 → mean 4.0",
        "Pain in the last 24 hours, on average: 4 out of 10",
        "Change since 5 October 2026: +2, a little better",
        "30-second chair stand: 11 full stands, hands not used, seat 44 cm high, with a stick, counted by Lee",
        "65–69: men 12, women 11",
    ):
        assert line in said
    assert not JUDGES.search(said)


def test_below_average_is_the_tables_word_and_stands_beside_no_count(patient):
    measured(patient, **{**STANDS, "stands": 3})
    said = text_of(page(patient))
    assert said.count("below average") == 1
    assert "It lists fewer stands than these under “below average”, by age." in said


def test_at_follow_up_the_same_is_asked_and_old_scores_are_blank(patient):
    measured(patient, SCORES, pain=9)
    shown = page(patient, "measures_new").text
    assert all(name in shown for name in SCORES)
    checked = re.findall(r'name="([\w-]+)"[^>]* value="([^"]*)" checked', shown)
    assert {value for _name, value in checked} == {""}
    assert len(checked) == 3 + 1 + 3, "each activity and a new one; pain, change, hands"


def test_a_page_with_nothing_on_it_asks_and_a_page_with_one_answer_is_enough(patient):
    assert (send(patient, counted_by="Priya Nair").status_code, Measurement.objects.count()) == (422, 0)
    assert send(patient, pain="0").status_code == 302
    assert Measurement.objects.get().pain == 0


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"measured_on": "2026-11-24", "pain": "3"}, "This day has not come yet."),
        ({"measured_on": "1958-03-03", "pain": "3"}, "This is before 4 March 1958, the date of birth"),
        ({"measured_on": "soon", "pain": "3"}, "Write the day as 7/12/2026"),
        ({"pain": "11"}, "Press one of the numbers from 0 to 10"),
        ({"felt_change": "6"}, "Press one of the numbers from -5 to 5"),
        ({"measured_on": "2026-10-04", "felt_change": "1"}, "No programme had been given by that day."),
        ({"stands": "61", "seat_height": "44", "hands_used": "no", "counted_by": "Lee"}, "from 0 to 60"),
        ({"stands": "11", "hands_used": "no", "counted_by": "Lee"}, "Write the height of the seat"),
        ({"stands": "11", "seat_height": "44", "counted_by": "Lee"}, "Say whether the hands were used"),
        ({"stands": "11", "seat_height": "44", "hands_used": "no"}, "Write who counted"),
        ({"seat_height": "44"}, "Write how many full stands there were"),
        ({"added-0-score": "3"}, "Write what the activity is"),
        ({"added-0": "…", "added-0-score": "3"}, "Type at least one letter"),
        ({"added-0": "Socks", "added-1": "SOCKS"}, "This activity has a score here already."),
        ({"added-0": "x" * 81}, "This has 81 letters. Keep it to 80"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_stays(patient, sent, said):
    answer = send(patient, walking_aid="my own words", **sent)
    assert answer.status_code == 422
    assert said in told(answer)
    assert 'value="my own words"' in answer.text
    assert (Measurement.objects.count(), Activity.objects.count()) == (0, 0)


def test_six_activities_are_refused_at_the_sixth(patient):
    measured(patient, {f"Thing {n}": n for n in range(4)})
    answer = send(patient, **{"added-0": "Fifth", "added-1": "Sixth"})
    assert "5 activities at most." in told(answer)
    assert 'value="Sixth"' in answer.text


def test_pressed_twice_it_is_saved_once(patient):
    same = {"measurement": str(uuid.uuid4()), "pain": "4", "added-0": "Socks", "added-0-score": "3"}
    assert [send(patient, **same).status_code for _press in range(2)] == [302, 302]
    assert (Measurement.objects.count(), Activity.objects.count()) == (1, 1)


def test_without_an_id_the_page_gets_one_and_keeps_what_was_typed(patient):
    answer = send(patient, measurement="none", pain="4", walking_aid="stick")
    assert "This page is out of date. Please save again." in told(answer)
    fresh = re.search(r'name="measurement" value="([\w-]{36})"', answer.text)[1]
    assert send(patient, measurement=fresh, pain="4").status_code == 302


def test_without_a_programme_change_is_not_asked(time_machine):
    time_machine.move_to(NOON, tick=False)
    shown = page(PatientFactory(), "measures_new").text
    assert "No programme has been given yet" in shown
    assert 'name="felt_change"' not in shown


def test_put_right_shows_what_there_is_and_keeps_what_it_said(patient):
    kept = measured(patient, SCORES, pain=4, **STANDS)
    client = client_of(patient.physiotherapist)
    shown = client.get(change_page(kept)).text
    assert re.search(r'name="pain"[^>]* value="4" checked', shown)
    answer = client.post(change_page(kept), {"stamp": stamp_on(shown), "measured_on": "2026-11-22", "pain": "2"})
    assert answer.url == reverse("programmes:measures", args=[patient.pk])
    kept.refresh_from_db()
    assert (kept.pain, kept.measured_on, kept.stands) == (2, dt.date(2026, 11, 22), 11)
    said = text_of(page(patient))
    assert "Until Priya Nair put it right on 23 Nov 2026, 12:00: Put on my socks 3" in said
    assert "Pain in the last 24 hours, on average: 4 out of 10" in said


def test_two_put_it_right_at_once_and_neither_is_lost(patient):
    kept, lee = measured(patient, SCORES, pain=4), client_of(PhysioFactory(clinic=patient.clinic, name="Lee Ferreira"))
    mine = client_of(patient.physiotherapist)
    stamp = stamp_on(mine.get(change_page(kept)).text)
    socks = Activity.objects.get(place=1)
    for_lee = {"stamp": stamp, "measured_on": "2026-11-23", "pain": "6", f"score-{socks.pk}": "8"}
    assert lee.post(change_page(kept), for_lee).status_code == 302
    other_field = {"stamp": stamp, "measured_on": "2026-11-20"}
    assert mine.post(change_page(kept), other_field).status_code == 302
    clash = mine.post(change_page(kept), {"stamp": stamp, "measured_on": "2026-11-23", "pain": "1"})
    assert clash.status_code == 409
    assert "changed this too. Choose which to keep" in clash.text
    kept.refresh_from_db()
    assert (kept.pain, kept.measured_on, kept.scores.get(activity=socks).score) == (6, dt.date(2026, 11, 20), 8)
    assert kept.revisions.count() == 2


def test_taken_back_from_a_stale_page_a_correction_is_refused_with_what_was_typed(patient):
    kept = measured(patient, pain=4)
    client = client_of(patient.physiotherapist)
    stamp = stamp_on(client.get(change_page(kept)).text)
    take_back_measurement(measurement=kept, by=patient.physiotherapist)
    answer = client.post(change_page(kept), {"stamp": stamp, "measured_on": "2026-11-23", "pain": "1"})
    assert (answer.status_code, "This was taken back meanwhile." in told(answer)) == (422, True)
    assert re.search(r'name="pain"[^>]* value="1" checked', answer.text)


def test_taken_back_and_put_back_by_a_button_each(patient):
    kept, client = measured(patient, pain=4), client_of(patient.physiotherapist)
    client.post(reverse("programmes:measures_take_back", args=[kept.pk]))
    said = text_of(page(patient))
    assert "Taken back: 1" in said
    assert "Taken back by Priya Nair, 23 Nov 2026, 12:00." in said
    assert measures_page(patient).pains == []
    client.post(reverse("programmes:measures_put_back", args=[kept.pk]))
    assert [one.words for one in measures_page(patient).pains] == ["4 of 10"]


def test_an_activity_is_renamed_retired_and_asked_again(patient):
    measured(patient, SCORES)
    socks, client = Activity.objects.get(place=1), client_of(patient.physiotherapist)
    address = reverse("programmes:activity", args=[socks.pk])
    shown = client.get(address).text
    client.post(address, {"stamp": stamp_on(shown), "name": "Put on socks and shoes"})
    assert "Until Priya Nair put it right on 23 Nov 2026, 12:00: “Put on my socks”" in text_of(client.get(address))
    client.post(reverse("programmes:activity_retire", args=[socks.pk]))
    assert "Put on socks and shoes asked no longer" in text_of(page(patient))
    assert "Put on socks and shoes" not in page(patient, "measures_new").text
    client.post(reverse("programmes:activity_again", args=[socks.pk]))
    assert "Put on socks and shoes" in page(patient, "measures_new").text


def test_a_name_from_a_stale_page_does_not_undo_a_colleagues(patient):
    measured(patient, SCORES)
    socks, client = Activity.objects.get(place=1), client_of(patient.physiotherapist)
    address = reverse("programmes:activity", args=[socks.pk])
    stamp = stamp_on(client.get(address).text)
    rename_activity(activity=socks, name="Socks", by=PhysioFactory(clinic=patient.clinic, name="Lee Ferreira"))
    answer = client.post(address, {"stamp": stamp, "name": "Stockings"})
    assert (answer.status_code, "Lee Ferreira changed this too" in answer.text) == (409, True)
    twin = client.post(address, {"stamp": stamp_on(client.get(address).text), "name": "climb the stairs"})
    assert "Another activity is called that." in told(twin)
    assert Activity.objects.get(pk=socks.pk).name == "Socks"


def test_adapted_counts_stand_apart_and_have_no_table_beside_them(patient):
    measured(patient, measured_on=dt.date(2026, 11, 9), **{**STANDS, "hands_used": True})
    measured(patient, **STANDS)
    found = measures_page(patient)
    assert [(one.on.day, one.norm is None) for one in found.adapted] == [(9, True)]
    assert [(one.on.day, one.norm.men) for one in found.standard] == [(23, 12)]
    assert (len(found.standard_drawing.points), len(found.adapted_drawing.points)) == (1, 1)


@pytest.mark.parametrize(
    ("born", "said"),
    [
        ("1971-01-01", "Age 55 is not in the table"),
        ("1930-01-01", "Age 96 is not in the table"),
        ("1961-11-24", "60–64: men 14, women 12"),
        ("1961-11-23", "65–69: men 12, women 11"),
    ],
)
def test_the_row_is_of_the_age_on_that_day_and_other_ages_are_said(patient, born, said):
    patient.date_of_birth = dt.date.fromisoformat(born)
    patient.save()
    measured(patient, **STANDS)
    assert said in text_of(page(patient))


def test_a_line_joins_only_what_can_be_compared(patient):
    for day, scores in ((2, SCORES), (9, SCORES), (16, {"Put on my socks": 6}), (23, SCORES)):
        measured(patient, scores, measured_on=dt.date(2026, 11, day))
    found = measures_page(patient)
    assert [len(line.split("L")) for line in found.mean_drawing.lines] == [3], "the three that have the same inputs"
    assert [len(row.drawing.points) for row in found.rows] == [4, 3, 3]
    assert found.mean_drawing.words.startswith("Mean: 4.0, 2 November 2026; 4.0, 9 November 2026")


def test_eight_are_drawn_and_all_are_listed(patient):
    for n in range(10):
        measured(patient, pain=n, measured_on=dt.date(2026, 9, 1) + dt.timedelta(weeks=n))
    found = measures_page(patient)
    assert [one.words for one in found.pains] == [f"{n} of 10" for n in range(9, 1, -1)]
    assert (len(found.kept), found.is_shortened) == (10, True)


@pytest.mark.parametrize("times", [1, 3])
def test_the_page_takes_as_many_queries_for_one_as_for_three(patient, times, django_assert_num_queries):
    for n in range(times):
        kept = measured(patient, {f"Thing {n}": n}, measured_on=dt.date(2026, 11, 1 + n), **STANDS)
        rename_activity(activity=Activity.objects.last(), name=f"Other {n}", by=patient.physiotherapist)
        client = client_of(patient.physiotherapist)
        stamp = stamp_on(client.get(change_page(kept)).text)
        client.post(change_page(kept), {"stamp": stamp, "measured_on": kept.measured_on, "pain": "5"})
    with django_assert_num_queries(7):
        found = measures_page(patient)
        assert [len(one.before) for one in found.kept] == [1] * times


def test_every_look_and_every_change_is_in_the_trail(patient):
    kept = measured(patient, SCORES, pain=4)
    before = Entry.objects.count()
    page(patient)
    page(patient, "measures_new")
    client_of(patient.physiotherapist).get(change_page(kept))
    looks = Entry.objects.about(patient).filter(action=Entry.Action.LOOK).values_list("subject", flat=True)
    assert Entry.objects.count() - before == 3
    assert sorted(looks) == ["measurement", "patient", "patient"]


def test_of_an_archived_patient_all_is_read_and_nothing_written(patient):
    kept = measured(patient, SCORES, pain=4)
    patient.archived_at = timezone.now()
    patient.save()
    said = page(patient).text
    assert "Write down measures" not in said
    assert "Take back" not in said
    assert "This patient is archived." in told(send(patient, pain="3"))
    client = client_of(patient.physiotherapist)
    client.post(reverse("programmes:measures_take_back", args=[kept.pk]))
    assert Measurement.objects.kept().count() == 1


def test_the_page_of_the_patient_leads_there(patient):
    assert reverse("programmes:measures", args=[patient.pk]) in page(patient, "patient").text


def test_empty_it_says_so(patient):
    assert "Nothing measured yet" in text_of(page(patient))


@pytest.mark.django_db(transaction=True)
def test_two_at_once_never_make_a_sixth_activity(patient):
    measured(patient, {f"Thing {n}": n for n in range(4)})

    def add(name):
        send(patient, **{"added-0": name})
        connection.close()

    threads = [threading.Thread(target=add, args=[name]) for name in ("One", "Two")]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert Activity.objects.filter(patient=patient).asked().count() == 5
