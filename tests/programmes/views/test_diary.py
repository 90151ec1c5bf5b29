"""A paper diary is keyed in: without a script in one form, with one day by day; nothing is lost on either way."""

import datetime as dt
import json
import threading

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from hipcare.audit.models import Entry
from programmes.models import LookedAt, NextDay, PaperDay, PatientSummary, Pause, PerformedExercise, Session
from programmes.models.paper_day import paper_session_id, round_on_paper
from programmes.pages.fortnight import counted_again
from programmes.rules.entries import unpack_entries
from programmes.rules.paper_marks import DayMarks, DiaryBox
from programmes.services.archiving import archive_patient
from programmes.services.ending import end_programme
from programmes.services.keying import Keying, key_in
from programmes.services.looking import mark_looked_at
from tests.factories import PatientFactory, PerformedExerciseFactory, PhysioFactory, SessionFactory, given_version
from tests.programmes.drafts import text_of
from tests.structure.world import client_of

pytestmark = pytest.mark.django_db
GIVEN = dt.datetime(2026, 11, 9, 9, 0, tzinfo=dt.UTC)
NOON = dt.datetime(2026, 12, 7, 12, 0, tzinfo=dt.UTC)
MONDAY = dt.date(2026, 11, 23)
TUESDAY, WEDNESDAY = dt.date(2026, 11, 24), dt.date(2026, 11, 25)


@pytest.fixture
def given(time_machine):
    """Return a version of three exercises, Monday, Wednesday and Friday, four weeks old; the clock stands at noon."""
    time_machine.move_to(GIVEN, tick=False)
    version = given_version(patient=PatientFactory(), exercises=3)
    time_machine.move_to(NOON, tick=False)
    return version


@pytest.fixture
def colleague(given):
    return PhysioFactory(clinic=given.patient.clinic, name="Sam Osei")


def rows(version):
    return [row.pk for row in version.prescriptions.all()]


def address(version, name="diary", first=MONDAY):
    return reverse(f"programmes:{name}", args=[version.pk, first.isoformat()])


def staff_of(version):
    return client_of(version.patient.physiotherapist)


def fields(day, *ticked, was=None, pain="", morning=(), words="", **more):
    """Return what the page sends of one day; ``ticked`` are prescriptions, or pairs with which time of the day."""
    pairs = [one if isinstance(one, tuple) else (one, 1) for one in ticked]
    sent = {"ticked": [f"{pk}.{n}" for pk, n in pairs], "pain": pain, "morning": morning, "words": words, **more}
    sent["was"] = was or json.dumps({"ticked": [], "pain": None, "morning": "", "words": ""})
    return {f"{day.isoformat()}-{name}": value for name, value in sent.items()}


def key(version, day, *ticked, by=None, **said):
    """Key in one day as the script does; return what it is told."""
    client = client_of(by) if by else staff_of(version)
    answer = client.post(address(version, "diary_keyed"), fields(day, *ticked, **said))
    assert answer.status_code in {200, 422}
    return answer.json()


def marks(version, day):
    """Return what the page shows of a day: names and values as they are sent."""
    answer = staff_of(version).get(address(version))
    form = next(form for form in answer.context["forms"] if form.day.date == day)
    return form.now, form.stamp


def paper(version, day=MONDAY, number=1):
    return Session.objects.get(pk=paper_session_id(version.pk, day, number))


def done(session):
    return {one.prescription_id for one in session.performed.all()}


def test_a_day_becomes_a_session_from_paper_and_blank_boxes_no_rows(given):
    first, second, _third = rows(given)
    told = key(given, MONDAY, first, second, pain="3", morning=["yes"], words="Stairs hurt.")
    session = paper(given)
    assert (session.source, session.local_date, session.pain, session.note) == ("paper", MONDAY, 3, "Stairs hurt.")
    assert (session.version, session.received_at, session.corrected_at) == (given, NOON, None)
    assert done(session) == {first, second}
    assert set(session.performed.values_list("outcome", flat=True)) == {"done"}, (
        "a blank box is not logged, not skipped"
    )
    assert session.next_day.answer == "yes"
    kept = PaperDay.objects.get()
    assert (kept.day, kept.keyed_by, kept.keyed_at, kept.before) == (
        MONDAY,
        given.patient.physiotherapist,
        NOON,
        [],
    )
    entry = Entry.objects.filter(action=Entry.Action.CHANGE, subject="paperday").get()
    assert (entry.actor, entry.patient) == (given.patient.physiotherapist.pk, given.patient.pk)
    assert entry.fields == ["morning", "pain", "ticked", "words"]
    assert told["saved"] == "12:00"
    assert told["so_far"] == [["Days", "1 of 6 planned"], ["Boxes", "2 of 18"], ["Pain", "1 said"]]
    assert told["days"]["2026-11-23"]["was"] == marks(given, MONDAY)[1]


def test_the_whole_grid_in_one_form_without_a_script(given):
    first, second, third = rows(given)
    sent = fields(MONDAY, first, second, third, pain="10") | fields(TUESDAY) | fields(WEDNESDAY, first, morning=["no"])
    answer = staff_of(given).post(address(given), sent, follow=True)
    assert "Saved 12:00." in text_of(answer)
    assert Session.objects.count() == 2, "a day without a mark is no session"
    assert (paper(given).pain, paper(given, WEDNESDAY).next_day.answer) == (10, "no")
    again = staff_of(given).post(address(given), sent)
    assert again.status_code == 302
    assert Entry.objects.filter(action=Entry.Action.CHANGE, subject="paperday").count() == 2, "sent twice, kept once"
    page = answer.content.decode()
    assert page.count('type="checkbox"') == 14 * (3 + 2)
    assert 'aria-label="Worst pain, 0 to 10, Monday 23 November"' in page
    name = given.prescriptions.first().name
    assert f'aria-label="{name}, Monday 23 November"' in page
    assert f'aria-label="{name}, Tuesday 24 November, not planned"' in page
    assert page.count("begins-week") == 1


def test_each_time_of_the_day_counts_and_has_a_session(time_machine):
    time_machine.move_to(GIVEN, tick=False)
    given = given_version(patient=PatientFactory(), exercises=1, times_a_day=2)
    time_machine.move_to(NOON, tick=False)
    (row,) = rows(given)
    key(given, MONDAY, (row, 1), (row, 2), pain="2", morning=["yes"])
    assert [round_on_paper(one) for one in (paper(given), paper(given, number=2))] == [1, 2]
    assert (paper(given).pain, paper(given, number=2).pain) == (2, None)
    now, was = marks(given, MONDAY)
    assert now == DayMarks(frozenset({DiaryBox(row, 1), DiaryBox(row, 2)}), 2, "yes")
    key(given, MONDAY, (row, 2), was=was, pain="2", morning=["yes"])
    assert [one.pk for one in Session.objects.all()] == [paper(given, number=2).pk]
    assert (paper(given, number=2).pain, paper(given, number=2).next_day.answer) == (2, "yes"), "answers go along"


def test_more_than_two_times_a_day_is_a_number(time_machine):
    time_machine.move_to(GIVEN, tick=False)
    given = given_version(patient=PatientFactory(), exercises=1, times_a_day=4)
    time_machine.move_to(NOON, tick=False)
    (row,) = rows(given)
    told = key(given, MONDAY, **{f"times_{row}": "5"})
    assert Session.objects.count() == 5
    assert told["days"]["2026-11-23"]["texts"][f"2026-11-23-times_{row}"] == "5"
    told = key(given, MONDAY, was=marks(given, MONDAY)[1], **{f"times_{row}": "7"})
    assert told["wrong"] == {"2026-11-23": ["Write a number from 0 to 6"]}
    assert Session.objects.count() == 5


def test_taking_ticks_off_takes_back_what_came_on_paper_and_keeps_what_it_said(given):
    first, second, _third = rows(given)
    phone = PerformedExerciseFactory(
        session=SessionFactory(version=given, local_date=MONDAY), prescription=given.prescriptions.first()
    )
    key(given, MONDAY, first, second, pain="3", words="Sore")
    look = mark_looked_at(patient=given.patient, by=given.patient.physiotherapist, at=NOON)
    key(given, MONDAY, first, was=marks(given, MONDAY)[1], pain="3", words="Sore on the stairs")
    assert (done(paper(given)), paper(given).corrected_at) == ({first}, NOON)
    key(given, MONDAY, was=marks(given, MONDAY)[1])
    assert [one.pk for one in Session.objects.all()] == [phone.session_id]
    before = PaperDay.objects.get().before
    assert [len(one["ticked"]) for one in before] == [2, 1]
    assert before[0] | {"ticked": []} == {
        "until": NOON.isoformat(),
        "by": str(given.patient.physiotherapist.pk),
        "ticked": [],
        "pain": 3,
        "morning": "",
        "words": "Sore",
    }
    assert LookedAt.objects.get(pk=look.pk).up_to_id in {phone.session_id, None}, "that somebody looked stays"
    key(given, MONDAY, second)
    assert done(paper(given)) == {second}, "and it can be keyed in again"


def test_adding_is_no_correction_and_asks_to_be_looked_at_again(given, time_machine):
    first, second, _third = rows(given)
    key(given, MONDAY, first, pain="3")
    mark_looked_at(patient=given.patient, by=given.patient.physiotherapist, at=NOON)
    time_machine.move_to(NOON + dt.timedelta(hours=1), tick=False)
    key(given, MONDAY, first, second, was=marks(given, MONDAY)[1], pain="3", words="Sore")
    session = paper(given)
    assert (session.corrected_at, PaperDay.objects.get().before) == (None, [])
    assert not LookedAt.objects.get().covers(session)


def test_two_who_key_in_the_same_diary_lose_nothing(given, colleague):
    first, second, third = rows(given)
    blank = marks(given, MONDAY)[1]
    key(given, MONDAY, first, was=blank, pain="3")
    told = key(given, MONDAY, second, was=blank, pain="4", by=colleague)
    assert done(paper(given)) == {first, second}
    assert paper(given).pain == 4
    name = given.patient.physiotherapist.name
    assert told["news"] == [f"Mon 23 Nov, pain: {name} keyed in “3” meanwhile. “4” counts now; both are kept."]
    assert PaperDay.objects.get().before[0]["pain"] == 3
    assert PaperDay.objects.get().keyed_by == colleague
    told = key(given, MONDAY, first, third, was=blank, pain="3")
    assert done(paper(given)) == {first, second, third}, "from a page that is older than both"
    assert told["days"]["2026-11-23"]["lists"]["2026-11-23-ticked"] == [f"{pk}.1" for pk in (first, second, third)]


def test_a_page_that_does_not_say_what_it_showed_takes_nothing_away(given):
    first, second, _third = rows(given)
    key(given, MONDAY, first)
    key(given, MONDAY, second, was="nonsense")
    assert done(paper(given)) == {first, second}


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"pain": "11"}, "Write pain as a number from 0 to 10"),
        ({"pain": "-1"}, "Write pain as a number from 0 to 10"),
        ({"pain": "bad"}, "Write pain as a number from 0 to 10"),
        ({"morning": ["yes", "no"]}, "Tick Yes or No, not both"),
        ({"words": "x" * 1001}, "This has 1001 letters. Keep it to 1000"),
    ],
)
def test_what_is_wrong_is_said_at_its_day_and_the_others_are_kept(given, said, words):
    first, *_others = rows(given)
    sent = fields(MONDAY, first, **said) | fields(WEDNESDAY, first)
    answer = staff_of(given).post(address(given), sent)
    assert answer.status_code == 422
    assert f"Mon 23 Nov: {words}" in text_of(answer)
    shown = answer.content.decode()
    assert str(said.get("pain", "")) in shown
    assert f'value="{first}.1" checked' in shown, "what was typed stays"
    assert [one.local_date for one in Session.objects.all()] == [WEDNESDAY]
    assert key(given, MONDAY, first, **said)["wrong"] == {"2026-11-23": [words]}


def test_days_before_the_version_and_days_to_come_are_refused_with_the_reason(given):
    first, *_others = rows(given)
    early, late = dt.date(2026, 11, 8), dt.date(2026, 12, 8)
    before = staff_of(given).get(address(given, first=dt.date(2026, 11, 2)))
    assert text_of(before).count("Version 1 was given on 9 November 2026.") == 7
    answer = staff_of(given).post(address(given, first=dt.date(2026, 11, 2)), fields(early, first))
    assert answer.status_code == 422
    assert "Sun 8 Nov: Version 1 was given on 9 November 2026." in text_of(answer)
    answer = staff_of(given).post(address(given, "diary_keyed", first=dt.date(2026, 12, 1)), fields(late, first))
    assert (answer.status_code, answer.json()["wrong"]) == (422, {"2026-12-08": ["This day has not come yet."]})
    assert not Session.objects.exists()


def test_a_paused_day_asks_for_nothing_and_can_still_be_ticked(given):
    Pause.objects.create(
        programme=given.programme, first_day=MONDAY, last_day=TUESDAY, made_by=given.patient.physiotherapist
    )
    page = staff_of(given).get(address(given))
    assert page.content.decode().count(">paused<") == 2
    assert page.context["page"].so_far[0] == ("Days", "0 of 5 planned")
    key(given, MONDAY, *rows(given))
    assert len(done(paper(given))) == 3


def test_weeks_ago_is_no_reason(given):
    first, *_others = rows(given)
    told = client_of(given.patient.physiotherapist).post(
        address(given, "diary_keyed", first=dt.date(2026, 11, 9)), fields(dt.date(2026, 11, 9), first)
    )
    assert told.status_code == 200
    assert Session.objects.get().local_date == dt.date(2026, 11, 9)


@pytest.mark.parametrize("first", ["2026-12-08", "2026-10-20", "1999-01-01", "soon", "20261123"])
def test_no_diary_begins_there(given, first):
    path = reverse("programmes:diary", args=[given.pk, "2026-11-23"]).replace("2026-11-23", first)
    assert staff_of(given).get(path).status_code == 404


def test_an_old_version_is_read_as_that_version(given):
    newer = given_version(programme=given.programme, number=2, exercises=1)
    page = text_of(staff_of(given).get(address(given)))
    assert "Version 2 was given on 7 December 2026. This diary is read as version 1." in page
    key(given, MONDAY, *rows(given))
    assert paper(given).version == given
    path = address(newer, "diary_keyed", first=dt.date(2026, 12, 7))
    staff_of(given).post(path, fields(dt.date(2026, 12, 7), *rows(newer)))
    shown = text_of(staff_of(given).get(reverse("programmes:patient", args=[given.patient.pk])))
    assert "for version 1 from paper, keyed in by Priya Nair" in shown
    first = address(given, first=dt.date(2026, 11, 30))
    assert "another version’s sheet: Mon 7 Dec (version 2)" in text_of(staff_of(given).get(first))


def test_of_an_ended_programme_it_can_be_keyed_in_and_of_an_archived_patient_not(given):
    first, *_others = rows(given)
    by = given.patient.physiotherapist
    end_programme(version=given, by=by, last_day=dt.date(2026, 12, 4), why="goal")
    key(given, MONDAY, first)
    assert done(paper(given)) == {first}
    archive_patient(patient=given.patient, by=by)
    told = key(given, WEDNESDAY, first)
    assert told == {"wrong": {"": ["This patient is archived. Bring them back first."]}}
    answer = staff_of(given).post(address(given), fields(WEDNESDAY, first, words="On the stairs"))
    assert answer.status_code == 422
    assert "This patient is archived." in text_of(answer)
    assert "On the stairs" in answer.content.decode(), "what was typed stays"
    assert Session.objects.count() == 1
    choose = text_of(staff_of(given).get(reverse("programmes:diary_choose", args=[given.patient.pk])))
    assert "Bring Margaret back first" in choose


def test_paper_and_phone_are_both_kept_and_count_no_more_than_was_planned(given):
    session = SessionFactory(version=given, local_date=MONDAY)
    for row in given.prescriptions.all():
        PerformedExerciseFactory(session=session, prescription=row)
    key(given, MONDAY, *rows(given))
    page = text_of(staff_of(given).get(address(given)))
    assert "Logged on the phone: Mon 23 Nov. Paper and phone are both kept." in page
    record = text_of(staff_of(given).get(reverse("programmes:patient", args=[given.patient.pk])))
    assert record.count("from paper, keyed in by") == 1, "the other came from the phone"
    unfolded = staff_of(given).get(reverse("programmes:patient_list"), {"open": str(given.patient.pk)})
    assert text_of(unfolded).count("From paper, keyed in by") == 1
    key(given, dt.date(2026, 11, 25), *rows(given))
    counted = counted_again(PatientSummary.objects.get(patient=given.patient).recent, dt.date(2026, 12, 6))
    assert (counted.done, counted.planned, counted.extra) == (2, 6, 1)
    assert [day.is_paper for day in counted.days[:3]] == [True, False, True]


def test_marks_in_doubt_are_not_kept(given):
    first, *_others = rows(given)
    box = DiaryBox(first, 1)
    read = DayMarks(frozenset({box}), in_doubt=frozenset({box}))
    with pytest.raises(ValueError, match="2026-11-23"):
        key_in(
            version=given,
            days={MONDAY: Keying(DayMarks(), read)},
            by=given.patient.physiotherapist,
            today=timezone.localdate(),
        )
    assert not Session.objects.exists()


def test_it_asks_which_version_and_which_day(given):
    newer = given_version(programme=given.programme, number=2)
    path = reverse("programmes:diary_choose", args=[given.patient.pk])
    staff = staff_of(given)
    page = staff.get(path).content.decode()
    assert page.index("Version 2, given 7 Dec 2026") < page.index("Version 1, given 9 Nov 2026")
    assert 'value="2026-12-07"' in page, "the day it was given on"
    assert 'value="2026-11-23"' in staff.get(path, {"version": given.pk}).content.decode()
    key(given, dt.date(2026, 11, 27), rows(given)[0])
    assert 'value="2026-11-28"' in staff.get(path, {"version": given.pk}).content.decode(), "it goes on from there"
    answer = staff.get(path, {"version": given.pk, "first": "2026-11-24"})
    assert answer.url == reverse("programmes:diary", args=[given.pk, "2026-11-24"])
    for sent, words in [
        ({"version": given.pk, "first": "2026-12-08"}, "This day has not come yet."),
        ({"version": newer.pk, "first": "2026-11-02"}, "Version 2 was given on 7 December 2026."),
        ({"version": "x", "first": "2026-11-23"}, "Choose one of the versions."),
        ({"version": given.pk, "first": ""}, "Choose the first day."),
    ]:
        answer = staff.get(path, sent)
        assert answer.status_code == 422
        assert words in text_of(answer)


def test_where_nothing_was_given_there_is_nothing_to_key_in():
    patient = PatientFactory()
    page = client_of(patient.physiotherapist).get(reverse("programmes:diary_choose", args=[patient.pk]))
    assert "Nothing has been given yet" in text_of(page)


@pytest.mark.parametrize("days", [1, 3])
def test_the_grid_asks_the_database_as_often_whatever_it_holds(given, days):
    for n in range(days):
        key(given, MONDAY + dt.timedelta(days=n), *rows(given), morning=["yes"])
    staff = staff_of(given)
    staff.get(address(given))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        staff.get(address(given))
    assert len(asked) == 10


def test_what_is_keyed_in_goes_with_its_rows(given):
    key(given, MONDAY, *rows(given), morning=["no"])
    assert PerformedExercise.objects.count() == 3
    key(given, MONDAY, was=marks(given, MONDAY)[1])
    assert (PerformedExercise.objects.count(), NextDay.objects.count()) == (0, 0)


def test_the_list_and_the_patients_page_say_what_came_on_paper(given):
    first, second, _third = rows(given)
    key(given, MONDAY, first, second, pain="3", words="Stairs hurt.")
    summary = PatientSummary.objects.get(patient=given.patient)
    assert (summary.last_is_paper, summary.last_done, summary.last_total) == (True, 2, 3), "one box was left blank"
    (entry,) = unpack_entries(summary.entries)[0]
    assert not entry.is_whole
    shown = text_of(staff_of(given).get(reverse("programmes:patient", args=[given.patient.pk])))
    assert "2 of 3 exercises" in shown
    assert f"Not ticked: {given.prescriptions.last().name}" in shown
    assert "from paper, keyed in by Priya Nair" in shown
    assert "written 14 days later" not in shown
    assert "“ Stairs hurt. ” Mon 23 Nov, from paper" in shown.replace("“Stairs hurt.”", "“ Stairs hurt. ”")
    unfolded = text_of(staff_of(given).get(reverse("programmes:patient_list"), {"open": str(given.patient.pk)}))
    assert "Paper 2 of 3" in unfolded


def test_a_whole_day_is_whole(given):
    key(given, MONDAY, *rows(given))
    assert [entry.is_whole for entry in unpack_entries(PatientSummary.objects.get().entries)[0]] == [True]


def test_the_phone_says_it_is_from_paper_and_leaves_it_to_the_clinic(given, time_machine):
    first, second, _third = rows(given)
    key(given, dt.date(2026, 12, 4), first, second, pain="3")
    time_machine.move_to(NOON + dt.timedelta(minutes=1), tick=False)
    phone = client_of(given.patient.user)
    page = text_of(phone.get(reverse("programmes:day", args=["2026-12-04"])))
    assert "From your paper diary" in page
    assert "2 ticked" in page
    assert "It can no longer be changed." in page
    assert "Not done" not in page
    assert "Was your hip" not in text_of(phone.get(reverse("programmes:today"))), (
        "the paper did not say, and is not asked"
    )
    weeks = text_of(phone.get(reverse("programmes:weeks")))
    assert "Part done. From your paper diary. Worst pain: 3 out of 10." in weeks
    sent = {"done": [str(rows(given)[2])], "pain": "9"}
    phone.post(reverse("programmes:session_change", args=[paper(given, dt.date(2026, 12, 4)).pk]), sent)
    assert paper(given, dt.date(2026, 12, 4)).pain == 3


def test_it_is_reached_from_the_patients_page_and_from_the_versions(given):
    patient = staff_of(given).get(reverse("programmes:patient", args=[given.patient.pk])).content.decode()
    choose = reverse("programmes:diary_choose", args=[given.patient.pk])
    assert f'href="{choose}"' in patient
    history = staff_of(given).get(reverse("programmes:history", args=[given.patient.pk])).content.decode()
    assert f'href="{choose}?version={given.pk}"' in history


@pytest.mark.parametrize("days", [1, 3])
def test_who_keyed_in_costs_a_fixed_number_of_queries(given, days):
    for n in range(days):
        key(given, MONDAY + dt.timedelta(days=n), *rows(given), pain="9")
    staff, pages = staff_of(given), reverse("programmes:patient_list")
    record = reverse("programmes:patient", args=[given.patient.pk])
    asked = []
    for path, query in ((record, {}), (pages, {"open": str(given.patient.pk)})):
        staff.get(path, query)
        caches["pages"].clear()
        with CaptureQueriesContext(connection) as found:
            staff.get(path, query)
        asked.append(len([one for one in found if '"programmes_paperday"' in one["sql"]]))
    assert asked == [1, 1]


@pytest.mark.django_db(transaction=True)
def test_two_who_key_in_at_the_same_moment_lose_nothing(given, colleague):
    pks, people = rows(given), (given.patient.physiotherapist, colleague)
    together = threading.Barrier(2)

    def press(person, pk):
        try:
            together.wait()
            mine = DayMarks(frozenset({DiaryBox(pk, 1)}))
            key_in(version=given, days={MONDAY: Keying(DayMarks(), mine)}, by=person, today=timezone.localdate())
        finally:
            connection.close()

    pressing = [threading.Thread(target=press, args=pair) for pair in zip(people, pks, strict=False)]
    for one in pressing:
        one.start()
    for one in pressing:
        one.join()
    assert done(paper(given)) == {*pks[:2]}
    assert (Session.objects.count(), PaperDay.objects.count()) == (1, 1)
