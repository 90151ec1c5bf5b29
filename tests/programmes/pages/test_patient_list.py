import datetime as dt
import re

import pytest
from django.core.cache import caches

from hipcare.audit.models import Entry
from hipcare.clinics.models import Patient
from programmes.pages.patient_list import ListQuery, searched
from programmes.services.summaries import renew_summary, shortened
from tests.factories import (
    DraftFactory,
    PatientFactory,
    PerformedExerciseFactory,
    PhysioFactory,
    ProgrammeFactory,
    SessionFactory,
    given_version,
)

URL = "/patients/"
NOON = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)
TODAY = NOON.date()
EVERY_DAY = "0123456"
QUERIES = 6  # session, person, the clinic's summary before and after, counts, rows


@pytest.fixture
def clock(time_machine):
    """Stop the clock on a Monday at noon."""
    time_machine.move_to(NOON, tick=False)
    return time_machine


@pytest.fixture
def physio(db, clock):
    return PhysioFactory()


@pytest.fixture
def give(clock):
    """Return how to give a patient a daily programme of two exercises; it is to be reviewed 14 days later."""

    def _give(patient, *, days_ago, **kwargs):
        clock.move_to(NOON - dt.timedelta(days=days_ago), tick=False)
        version = given_version(patient=patient, **{"exercises": 2, "weekdays": EVERY_DAY, **kwargs})
        clock.move_to(NOON, tick=False)
        return version

    return _give


def patient_of(physio, name="Ellis", **fields):
    return PatientFactory(clinic=physio.clinic, physiotherapist=physio, last_name=name, **fields)


def log(version, days_ago, *outcomes, **fields):
    """Save a session ``days_ago`` days before today with an outcome for each exercise."""
    day = NOON - dt.timedelta(days=days_ago)
    session = SessionFactory(version=version, local_date=day.date(), received_at=day, **fields)
    for row, outcome in zip(version.prescriptions.all(), outcomes or ("done", "done"), strict=True):
        PerformedExerciseFactory(session=session, prescription=row, outcome=outcome)
    return session


def names(response):
    return [row.patient.last_name for row in response.context["caseload"].rows]


def search(client, words):
    return client.post("/patients/search/", {"q": words}, follow=True)


def counts(response):
    return {one.key: one.count for one in response.context["caseload"].filters}


# Who is on it


def test_list_has_the_own_clinics_patients_and_no_others(staff, physio):
    patient_of(physio, "Ellis")
    patient_of(physio, "Achebe")
    PatientFactory(last_name="Stranger")
    response = staff.get(URL)
    assert names(response) == ["Achebe", "Ellis"]
    assert counts(response) == {"all": 2, "review": 0, "quiet": 0, "none": 2}
    assert "Stranger" not in response.content.decode()


def test_a_colleagues_patients_are_on_it(staff, physio):
    PatientFactory(clinic=physio.clinic, physiotherapist=PhysioFactory(clinic=physio.clinic), last_name="Lund")
    assert names(staff.get(URL)) == ["Lund"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ellis", ["Ellis"]),
        ("Mar  ell", ["Ellis"]),
        ("AL-2041", ["Ellis"]),
        ("Ellis, Margaret", ["Ellis"]),
        (",", ["Ellis", "Okafor"]),
        ("01632 960 774", ["Ellis"]),
        ("01632960774", ["Ellis"]),
        ("(01632) 960-774", ["Ellis"]),
        ("ellis, 774", ["Ellis"]),
        ("okafor 774", []),
        ("stranger", []),
        ("o", ["Okafor"]),
        ("", ["Ellis", "Okafor"]),
        ("\0ellis", ["Ellis"]),
        ("x" * 20_000, []),
    ],
)
def test_search_finds_by_name_clinic_number_and_telephone(staff, physio, words, found):
    patient_of(physio, "Ellis", clinic_number="AL-2041", phone="01632 960 774")
    patient_of(physio, "Okafor", first_name="Sheila", phone="01632 960 775")
    PatientFactory(last_name="Stranger", phone="01632 960 774")
    assert names(search(staff, words)) == found


def test_search_keeps_names_out_of_the_address(staff, physio):
    patient_of(physio)
    answer = search(staff, "Ellis Margaret")
    assert answer.redirect_chain == [("/patients/?found=", 302)]
    page = answer.content.decode()
    assert not re.search(r'(href|hx-[a-z]+|action)="[^"]*Ellis', page)
    assert 'href="?found=&amp;show=review"' in page
    assert names(staff.get(URL, {"found": "", "sort": "last"})) == ["Ellis"]
    assert search(staff, " ").redirect_chain == [(URL, 302)]


def test_search_says_what_was_searched_and_shows_the_way_back(staff, physio):
    patient_of(physio)
    page = search(staff, "<b>Nobody").content.decode()
    assert "0 found for <b>&lt;b&gt;Nobody</b>" in page
    assert "Show all patients" in page


def test_filters_count_and_choose(staff, physio, give):
    log(give(patient_of(physio, "Passed"), days_ago=20), 1)
    give(patient_of(physio, "Quiet"), days_ago=7)
    give(patient_of(physio, "Fresh"), days_ago=6)
    log(give(patient_of(physio, "Logged"), days_ago=10), 6)
    log(give(patient_of(physio, "Silent"), days_ago=10), 7)
    DraftFactory(programme=ProgrammeFactory(patient=patient_of(physio, "Drafted")), made_by=physio)
    patient_of(physio, "New")
    assert counts(staff.get(URL)) == {"all": 7, "review": 1, "quiet": 2, "none": 2}
    assert names(staff.get(URL, {"show": "review"})) == ["Passed"]
    assert names(staff.get(URL, {"show": "quiet"})) == ["Quiet", "Silent"]
    assert names(staff.get(URL, {"show": "none"})) == ["Drafted", "New"]


def test_review_today_has_not_passed(staff, physio, give):
    give(patient_of(physio), days_ago=14)
    assert counts(staff.get(URL))["review"] == 0


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("name", ["Achebe", "Lund", "Okafor", "Yusuf"]),
        ("last", ["Yusuf", "Lund", "Achebe", "Okafor"]),
        ("review", ["Lund", "Yusuf", "Achebe", "Okafor"]),
        ("; drop table", ["Achebe", "Lund", "Okafor", "Yusuf"]),
    ],
)
def test_order(staff, physio, give, order, expected):
    patient_of(physio, "Okafor")
    give(patient_of(physio, "Achebe"), days_ago=3)
    log(give(patient_of(physio, "Lund"), days_ago=9), 5)
    log(give(patient_of(physio, "Yusuf"), days_ago=5), 1)
    assert names(staff.get(URL, {"sort": order})) == expected


def test_pages_of_25(staff, physio):
    for number in range(26):
        patient_of(physio, f"Name{number:02}")
    first = staff.get(URL, {"sort": "name"})
    assert len(names(first)) == 25
    assert "?sort=name&amp;page=2" in first.content.decode()
    assert names(staff.get(URL, {"page": "2"})) == ["Name25"]
    assert names(staff.get(URL, {"page": "99999999999999999999"})) == ["Name25"]
    assert len(names(staff.get(URL, {"page": "nonsense\0"}))) == 25


@pytest.mark.parametrize("rows", [1, 3])
def test_query_count_does_not_depend_on_rows(
    staff, physio, give, rows, django_assert_max_num_queries, django_assert_num_queries
):
    PatientFactory(last_name="Stranger")
    for number in range(rows):
        version = give(patient_of(physio, f"Name{number}"), days_ago=10, exercises=rows)
        for days_ago in range(rows):
            log(version, days_ago, *["done"] * rows)
    with django_assert_num_queries(QUERIES):
        response = staff.get(URL)
    assert names(response) == [f"Name{number}" for number in range(rows)]


# What a row says


def row_for(staff, **query):
    caches["pages"].clear()  # a page that was drawn before has no context
    (row,) = staff.get(URL, query).context["caseload"].rows
    return row


def test_row_tells_the_fortnight(staff, physio, give):
    version = give(patient_of(physio, usual_pain=3), days_ago=30)
    log(version, 2, "done", "skipped", pain=6, note="Leg lift pinched.")
    log(version, 5)
    row = row_for(staff)
    assert (row.counted.done, row.counted.planned) == (1, 13)
    assert [mark.classes for mark in row.strip][-6:] == [
        "strip-full",
        "strip-none",
        "strip-none",
        "strip-part",
        "strip-none",
        "strip-today",
    ]
    assert (row.pain.usual, row.pain.last, row.pain.is_high) == (3, 6, True)
    assert row.last_words == "1 of 2 exercises"
    assert [(fact.what, fact.why) for fact in row.facts] == [
        ("Review date passed", "16 days ago"),
        ("“Leg lift pinched.”", "Sat 21 Nov"),
    ]
    page = staff.get(URL).content.decode()
    assert "<b>1</b> of 13 sessions" in page
    assert "Wed 18 Nov: all done" in page
    assert "Version 1" in page


def test_last_session_may_be_older_than_the_fortnight(staff, physio, give):
    log(give(patient_of(physio), days_ago=60), 40, pain=2)
    row = row_for(staff)
    assert row.summary.last_day == TODAY - dt.timedelta(days=40)
    assert row.pain.last == 2
    assert ("No log for 40 days", "May still be doing it") in [(fact.what, fact.why) for fact in row.facts]


def test_row_from_paper_says_so(staff, physio, give):
    log(give(patient_of(physio), days_ago=5), 1, source="paper")
    row = row_for(staff)
    assert row.last_words == "2 of 2 exercises, paper"
    assert row.strip[-2].classes == "strip-paper"


def test_session_with_words_alone(staff, physio, give):
    version = give(patient_of(physio), days_ago=5)
    SessionFactory(version=version, local_date=TODAY, note="Off to my sister's.")
    assert row_for(staff).last_words == "No exercise ticked"


def test_row_without_programme_has_no_fraction(staff, physio):
    patient_of(physio, affected_side="")
    page = staff.get(URL).content.decode()
    assert "No programme yet" in page
    assert "hip not known yet" in page
    assert "of 0" not in page
    assert row_for(staff).pain is None


def test_as_needed_is_not_due(staff, physio, give):
    give(patient_of(physio), days_ago=5, exercises=1, as_needed=True)
    assert "Not due" in staff.get(URL).content.decode()


def test_row_of_a_draft_alone(staff, physio):
    DraftFactory(programme=ProgrammeFactory(patient=patient_of(physio)), made_by=physio)
    assert "Draft, not given yet" in staff.get(URL).content.decode()


def test_row_of_an_ended_programme(staff, physio, give):
    version = give(patient_of(physio), days_ago=10)
    log(version, 9)
    type(version.programme).objects.update(status="ended", ended_at=NOON - dt.timedelta(days=5))
    renew_summary(version.patient.pk)
    response = staff.get(URL)
    assert counts(response) == {"all": 1, "review": 0, "quiet": 0, "none": 0}
    row = row_for(staff)
    assert (row.summary.version_number, row.has_ended, row.counted.done, row.counted.planned) == (None, True, 1, 6)
    assert "Ended" in response.content.decode()


def test_row_of_the_newest_version(staff, physio, give):
    patient = patient_of(physio)
    first = give(patient, days_ago=10)
    give(None, days_ago=3, programme=first.programme, number=2)
    row = row_for(staff)
    assert row.summary.version_number == 2
    assert row.summary.review_on == TODAY + dt.timedelta(days=11)


def test_long_note_is_shortened():
    assert shortened("word " * 40) == "word " * 17 + "word …"
    assert shortened("Two\nlines") == "Two lines"


def test_asked_reads_what_it_knows():
    assert ListQuery.of({"found": "", "show": "review", "sort": "last", "page": "3"}, "a b") == ListQuery(
        "a b", "review", "last", "3"
    )
    assert ListQuery.of({"show": "review"}, "a b") == ListQuery("", "review")
    assert searched(" a \0 b ") == "a b"
    assert ListQuery.of({"show": "x", "sort": "x"}) == ListQuery()


# Empty, htmx, trail


def test_no_patients_shows_one_button(staff):
    page = staff.get(URL).content.decode()
    assert page.count("New patient</a>") == 1
    assert "No patients yet" in page


def test_filter_without_hits_shows_the_way_back(staff, physio):
    patient_of(physio)
    page = staff.get(URL, {"show": "review"}).content.decode()
    assert "No one here." in page
    assert "Show all 1." in page
    assert "Show all 1." in search(staff, "nobody").content.decode()


def test_htmx_gets_the_part_and_going_back_the_page(staff, physio):
    patient_of(physio)
    part = staff.get(URL, headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<div id="patients">')
    assert "<html" not in part
    back = staff.get(URL, headers={"HX-Request": "true", "HX-History-Restore-Request": "true"}).content.decode()
    assert "<html" in back


def test_looking_at_the_list_is_no_look_at_a_record(staff, physio):
    patient_of(physio)
    staff.get(URL)
    assert Entry.objects.count() == 0


def test_patients_are_scoped_before_they_are_searched(physio):
    PatientFactory(last_name="Stranger")
    assert not Patient.objects.visible_to(physio).named("Stranger").exists()
