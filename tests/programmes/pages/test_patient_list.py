import datetime as dt
import re
import uuid

import pytest
from django.core.cache import caches

from hipcare.audit.models import Entry
from hipcare.clinics.models import Patient
from programmes.models import NextDay, PerformedExercise
from programmes.pages.list_query import ListQuery, searched
from programmes.pages.patient_list import PageOfRows
from programmes.services.looking import mark_looked_at
from programmes.services.summaries import renew_summary, shortened
from programmes.services.telling import keep_message
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
    assert counts(response) == {"all": 2, "look": 0, "review": 0, "quiet": 0, "draft": 0, "none": 2}
    assert "Stranger" not in response.content.decode()


def test_a_colleagues_patients_are_under_all(staff, physio):
    PatientFactory(
        clinic=physio.clinic, physiotherapist=PhysioFactory(clinic=physio.clinic, name="Lee"), last_name="Lund"
    )
    patient_of(physio, "Ellis")
    mine, everyone = staff.get(URL), staff.get(URL, {"whose": "all"})
    assert (names(mine), names(everyone)) == (["Ellis"], ["Ellis", "Lund"])
    assert [(tab.key, tab.count) for tab in mine.context["caseload"].tabs] == [("mine", 1), ("all", 2), ("archived", 0)]
    assert "With Lee" in everyone.text
    assert "With you" in everyone.text


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ellis", ["Ellis"]),
        ("Mar  ell", ["Ellis"]),
        ("AL-2041", ["Ellis"]),
        ("Ellis, Margaret", ["Ellis"]),
        (",", ["Ellis", "Obrien", "Okafor"]),
        ("01632 960 774", ["Ellis"]),
        ("01632960774", ["Ellis"]),
        ("(01632) 960-774", ["Ellis"]),
        ("ellis, 774", ["Ellis"]),
        ("okafor 774", []),
        ("stranger", []),
        ("oka", ["Okafor"]),
        ("", ["Ellis", "Okafor"]),
        ("\0ellis", ["Ellis"]),
        ("x" * 20_000, []),
        ("4 March 1955", ["Ellis"]),
        ("04/03/55", ["Ellis"]),
        ("1955-03-04", ["Ellis"]),
        ("arthritis", ["Okafor"]),
        ("priya", ["Ellis", "Okafor"]),
        ("lee ferreira", ["Obrien"]),
        ("o’brien", ["Obrien"]),
        ("siân", ["Obrien"]),
        ("sian obrien", ["Obrien"]),
    ],
)
def test_search_finds_by_anything_that_is_known(staff, physio, words, found):
    others = {"date_of_birth": dt.date(1961, 9, 30), "condition": "GTPS"}
    born = dt.date(1955, 3, 4)
    ellis = {"clinic_number": "AL-2041", "phone": "01632 960 774", "date_of_birth": born, "condition": ""}
    patient_of(physio, "Ellis", **ellis)
    hers = {**others, "condition": "Hip osteoarthritis"}
    patient_of(physio, "Okafor", first_name="Sheila", phone="01632 960 775", **hers)
    lee = PhysioFactory(clinic=physio.clinic, name="Lee Ferreira")
    PatientFactory(clinic=physio.clinic, physiotherapist=lee, first_name="Siân", last_name="O'Brien", **others)
    PatientFactory(last_name="Stranger", phone="01632 960 774")
    assert [name.replace("'", "").capitalize() for name in names(search(staff, words))] == found


def test_search_keeps_names_out_of_the_address(staff, physio):
    patient_of(physio)
    answer = search(staff, "Ellis Margaret")
    assert answer.redirect_chain == [("/patients/?found=", 302)]
    page = answer.content.decode()
    assert not re.search(r'(href|hx-[a-z]+|action)="[^"]*Ellis', page)
    assert 'href="?found=&amp;show=review#list"' in page
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
    expected = {"all": 7, "look": 3, "review": 1, "quiet": 2, "draft": 1, "none": 2}
    found = {
        "look": ["Passed", "Quiet", "Silent"],
        "review": ["Passed"],
        "quiet": ["Quiet", "Silent"],
        "draft": ["Drafted"],
        "none": ["Drafted", "New"],
    }
    for whose in ("mine", "all"):
        assert counts(staff.get(URL, {"whose": whose})) == expected
        for show, some in found.items():
            assert names(staff.get(URL, {"whose": whose, "show": show, "sort": "name"})) == sorted(some)


def test_review_today_has_not_passed(staff, physio, give):
    give(patient_of(physio), days_ago=14)
    assert counts(staff.get(URL))["review"] == 0


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("name", ["Achebe", "Lund", "Okafor", "Yusuf"]),
        ("last", ["Yusuf", "Lund", "Achebe", "Okafor"]),
        ("review", ["Lund", "Yusuf", "Achebe", "Okafor"]),
        ("look", ["Lund", "Achebe", "Okafor", "Yusuf"]),
        ("; drop table", ["Lund", "Achebe", "Okafor", "Yusuf"]),
    ],
)
def test_order(staff, physio, give, order, expected):
    patient_of(physio, "Okafor")
    give(patient_of(physio, "Achebe"), days_ago=3)
    version = give(patient_of(physio, "Lund"), days_ago=9)
    log(version, 5, pain=7)
    log(version, 6, pain=7)
    log(give(patient_of(physio, "Yusuf"), days_ago=5), 1)
    assert names(staff.get(URL, {"sort": order})) == expected


def one_of_each(physio, give):
    """Give the list a patient for each kind of fact; their names say in which order they are to stand, from A."""
    pained = give(patient_of(physio, "Bain"), days_ago=3)
    unsettled = give(patient_of(physio, "Cole"), days_ago=3)
    moved = give(patient_of(physio, "Dean", usual_pain=2), days_ago=3)
    sore = give(patient_of(physio, "Eady"), days_ago=3)
    give(patient_of(physio, "Fox"), days_ago=15)
    give(patient_of(physio, "Gale"), days_ago=8)
    easy = give(patient_of(physio, "Hart"), days_ago=4)
    patient_of(physio, "Ives")
    for days_ago in (0, 1, 2):
        log(pained, days_ago, pain=6)
        NextDay.objects.create(session=log(unsettled, days_ago), answer="no", answered_at=NOON)
        log(moved, days_ago, pain=4)
        log(sore, days_ago, "done", "skipped")
        log(easy, days_ago, effort="easy")
    PerformedExercise.objects.filter(outcome="skipped").update(reason="too_sore")
    told = give(patient_of(physio, "Able"), days_ago=3)
    keep_message(message_id=uuid.uuid4(), patient=told.patient, text="Please ring me.")
    for version in (unsettled, sore):
        renew_summary(version.patient.pk)


FIRST_FACTS = [
    "Wrote to you",
    "Pain above 5 in 3 of the last 3 sessions",
    "Not back to usual next day",
    "Usual pain 2, now 4",
    "{name}: too sore 3 times",
    "Review date passed",
    "No log for 8 days",
    "Last 3 sessions all done, easy",
]


def test_rows_stand_in_the_order_of_the_keys_and_the_rest_by_name(staff, physio, give):
    one_of_each(physio, give)
    response = staff.get(URL)
    found = response.context["caseload"]
    assert [name[0] for name in names(response)] == [*"ABCDEFGHI"]
    facts = [row.facts[0].what for row in found.rows if row.facts]
    name = next(fact.split(":")[0] for fact in facts if "too sore" in fact)
    assert facts == [fact.replace("{name}", name) for fact in FIRST_FACTS]
    assert found.first_rest == found.rows[-1].patient.pk
    assert counts(response)["look"] == 8
    assert [name[0] for name in names(staff.get(URL, {"show": "look"}))] == [*"ABCDEFGH"]
    assert [name[0] for name in names(staff.get(URL, {"whose": "all", "sort": "look"}))] == [*"ABCDEFGHI"]


def test_two_facts_stand_in_one_row_which_takes_the_place_of_the_higher(staff, physio, give):
    version = give(patient_of(physio, "Zander"), days_ago=20)
    log(version, 9, pain=7)
    log(version, 8, pain=7)
    give(patient_of(physio, "Abel"), days_ago=20)
    response = staff.get(URL)
    assert names(response) == ["Zander", "Abel"]
    assert [fact.what for fact in response.context["caseload"].rows[0].facts] == [
        "Pain above 5 in 2 of the last 2 sessions",
        "Review date passed",
        "No log for 8 days",
    ]


@pytest.mark.parametrize("page", [1, 2, 3])
def test_pages_go_on_from_one_part_of_the_list_to_the_next(staff, physio, give, page, monkeypatch):
    one_of_each(physio, give)
    monkeypatch.setattr("programmes.pages.patient_list.ON_A_PAGE", 4)
    found = names(staff.get(URL, {"page": page}))
    assert [name[0] for name in found] == [*"ABCDEFGHI"][(page - 1) * 4 : page * 4]


def test_what_was_looked_at_stands_with_the_rest(staff, physio, give):
    one_of_each(physio, give)
    for patient in Patient.objects.exclude(summary=None):
        mark_looked_at(patient=patient, by=physio, at=NOON)
    response = staff.get(URL)
    assert counts(response)["look"] == 0
    assert [name[0] for name in names(response)] == [*"ABCDEFGHI"]
    assert "Nothing new to look at" in response.text
    assert not any(row.facts for row in response.context["caseload"].rows)
    assert counts(response)["review"] == 1  # it has passed, whoever looked


def test_people_of_one_name_are_told_apart(staff, physio):
    patient_of(physio, "Ali", clinic_number="AL-1987")
    patient_of(physio, "Ali", clinic_number="AL-2093", date_of_birth=dt.date(1972, 11, 2))
    patient_of(physio, "Lund", clinic_number="AL-1")
    page = staff.get(URL).text
    assert page.count("2 with this name") == 2
    assert "<b>2 Nov 1972</b>" in page
    assert "AL-2093" in page
    assert "AL-1<" not in page


def test_letters_lead_to_their_page(staff, physio):
    for number in range(30):
        patient_of(physio, f"Ames{number:02}")
    patient_of(physio, "Brand")
    response = staff.get(URL, {"whose": "all", "letter": "b"})
    assert names(response)[-1] == "Brand"
    assert response.context["caseload"].page.number == 2
    assert names(staff.get(URL, {"whose": "all", "letter": "a"}))[0] == "Ames00"


def test_page_numbers_leave_out_what_is_far():
    assert PageOfRows(6, 13, 126, 150, 315).numbers == [1, 0, 4, 5, 6, 7, 8, 0, 13]
    assert PageOfRows(1, 2, 1, 25, 30).numbers == [1, 2]
    assert PageOfRows(1, 1, 1, 3, 3).numbers == [1]


def test_pages_of_25(staff, physio):
    for number in range(26):
        patient_of(physio, f"Name{number:02}")
    first = staff.get(URL, {"sort": "name"})
    assert len(names(first)) == 25
    assert "?sort=name&amp;page=2#list" in first.content.decode()
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
    assert [(fact.what, fact.why) for fact in row.facts] == [("Review date passed", "16 days ago")]
    assert row.new_note == "Leg lift pinched."
    page = staff.get(URL).content.decode()
    assert '<b>1</b> of 13<span class="visually-hidden"> sessions</span> <span class="quiet">· last Sat 21 Nov' in page
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
    assert row.strip[-2].classes == "strip-paper"


def test_words_alone_are_new_until_somebody_looked(staff, physio, give):
    version = give(patient_of(physio), days_ago=5)
    SessionFactory(version=version, local_date=TODAY, received_at=NOON, note="Off to my sister's.")
    assert "“<bdi>Off to my sister&#x27;s.</bdi>” Mon 23 Nov" in staff.get(URL).text
    mark_looked_at(patient=version.patient, by=physio, at=NOON)
    page = staff.get(URL).text
    assert "Off to my" not in page
    assert "Nothing new" in page


def test_a_plan_of_today_starts_today_and_days_before_are_nothing(staff, physio, give):
    give(patient_of(physio), days_ago=0)
    row = row_for(staff)
    assert row.starts_today
    assert [mark.classes for mark in row.strip] == ["strip-off"] * 13 + ["strip-today"]
    page = staff.get(URL).text
    assert "Starts today" in page
    assert "of 0" not in page


def test_a_first_day_begun_is_not_over_and_none_done_has_a_mark_of_its_own(staff, physio, give):
    version = give(patient_of(physio), days_ago=0)
    log(version, 0, "done", "skipped")
    page = " ".join(staff.get(URL).text.split())
    assert "<b>1</b> of 2 so far today" in page
    assert "Not due" not in page


def test_a_day_with_none_done_is_kept_apart_from_one_with_some(staff, physio, give):
    log(give(patient_of(physio), days_ago=5), 1, "skipped", "skipped")
    assert [mark.classes for mark in row_for(staff).strip][-3:] == ["strip-none", "strip-empty", "strip-today"]
    page = staff.get(URL).text
    assert "Sun 22 Nov: logged, none done" in page
    assert '<i class="key-box strip-empty"></i></span>logged, none done' in page


def test_a_day_of_rest_is_one_today_too(staff, physio, give):
    give(patient_of(physio), days_ago=2, weekdays="5")  # Saturdays; today is a Monday
    assert [mark.classes for mark in row_for(staff).strip][-3:] == ["strip-none", "strip-rest", "strip-rest"]


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
    assert counts(response) == {"all": 1, "look": 0, "review": 0, "quiet": 0, "draft": 0, "none": 0}
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
    asked = {"found": "", "show": "review", "sort": "last", "page": "3"}
    assert ListQuery.of(asked, "a b") == ListQuery("a b", "all", "review", "last", "3")
    assert ListQuery.of({"show": "review"}, "a b") == ListQuery("", "mine", "review", "look")
    assert searched(" a \0 b ") == "a b"
    assert ListQuery.of({"show": "x", "sort": "x", "whose": "x", "letter": "ab", "open": "x"}) == ListQuery()
    assert ListQuery.of({"whose": "archived", "show": "look", "sort": "look"}) == ListQuery(
        "", "archived", "all", "name"
    )


def test_archived_have_a_tab_of_their_own_where_there_are_any(staff, physio):
    patient_of(physio, "Ellis")
    assert "Archived" not in staff.get(URL).text
    patient_of(physio, "Lund", archived_at=NOON)
    assert names(staff.get(URL)) == ["Ellis"]
    assert names(staff.get(URL, {"whose": "all"})) == ["Ellis"]
    archived = staff.get(URL, {"whose": "archived"})
    assert names(archived) == ["Lund"]
    assert "Archived 23 Nov 2026" in archived.text
    found = search(staff, "lund")
    assert names(found) == []
    assert [(tab.key, tab.count) for tab in found.context["caseload"].tabs_shown][-1] == ("archived", 1)


# Empty, htmx, trail


def test_no_patients_shows_one_button(staff):
    page = staff.get(URL).content.decode()
    assert page.count("New patient</a>") == 1
    assert "No patients yet" in page


def test_filter_without_hits_shows_the_way_back(staff, physio):
    patient_of(physio)
    page = staff.get(URL, {"show": "review"}).content.decode()
    assert "No one here for “review date passed”." in page
    assert "Show all 1." in page
    nobody = search(staff, "nobody").text
    assert "No one found for “nobody”" in nobody
    assert "Add a new patient" in nobody


def test_whoever_has_no_patients_is_led_to_all(staff, physio):
    PatientFactory(clinic=physio.clinic, physiotherapist=PhysioFactory(clinic=physio.clinic))
    page = staff.get(URL, {"whose": "mine"}).text
    assert "No one is yours yet" in page
    assert "Show all 1" in page


def test_whoever_has_no_patients_and_did_not_ask_for_them_sees_the_clinics(staff, physio):
    PatientFactory(clinic=physio.clinic, physiotherapist=PhysioFactory(clinic=physio.clinic), last_name="Lund")
    found = staff.get(URL).context["caseload"]
    assert (found.asked.whose, [row.patient.last_name for row in found.rows]) == ("all", ["Lund"])


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
