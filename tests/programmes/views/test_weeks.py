"""A patient's own weeks: every day with its mark and worst pain, and the patient's own sheet."""

import datetime as dt
import hashlib
import re

import pytest

from programmes.models import Handout, Pause, Programme
from tests.factories import PatientFactory, PerformedExerciseFactory, SessionFactory, given_version
from tests.structure.world import client_of

pytestmark = pytest.mark.django_db
WEEKS = "/today/weeks/"
TODAY = dt.date(2026, 11, 25)  # a Wednesday
A_DAY = dt.timedelta(days=1)


def noon(days_ago):
    return dt.datetime.combine(TODAY - days_ago * A_DAY, dt.time(12), tzinfo=dt.UTC)


@pytest.fixture
def version(time_machine):
    """Return a plan for every day, given 80 days ago."""
    time_machine.move_to(noon(80), tick=False)
    version = given_version(exercises=1, weekdays="0123456")
    time_machine.move_to(noon(0), tick=False)
    return version


@pytest.fixture
def client(version):
    return client_of(version.patient.user)


def save(version, days_ago, pain=None, outcome="done"):
    session = SessionFactory(
        version=version, local_date=TODAY - days_ago * A_DAY, pain=pain, received_at=noon(days_ago)
    )
    PerformedExerciseFactory(session=session, prescription=version.prescriptions.get(), outcome=outcome)


def weeks_of(page):
    """Return of each week what it is called, and of its days their address and words."""
    found = []
    for week in re.findall(r'<details class="fold week".*?</details>', page, re.DOTALL):
        name, done = re.search(r"<summary><span>(.*?)<small>(.*?)</small>", week).groups()
        found.append((name, done, re.findall(r'href="([^"]+)".*?<b>.*?</b><small>(.*?)</small>', week, re.DOTALL)))
    return found


def test_each_week_says_its_days_newest_first_with_the_worst_pain_of_each(client, version):
    save(version, 1, pain=3)
    save(version, 1, pain=5)
    save(version, 2, pain=0, outcome="skipped")
    save(version, 3)
    this, before, *rest = weeks_of(client.get(WEEKS).text)
    assert this == (
        "23 November to 25 November",
        "1 day with exercise",
        [
            ("/today/", "Today."),
            ("/today/days/2026-11-24/", "Done. Worst pain: 5 out of 10."),
            ("/today/days/2026-11-23/", "Saved, none done. Worst pain: 0 out of 10."),
        ],
    )
    assert before[:2] == ("16 November to 22 November", "1 day with exercise")
    assert before[2][:2] == [
        ("/today/days/2026-11-22/", "Done."),
        ("/today/days/2026-11-21/", "Planned, not filled in."),
    ]
    assert [(done, len(days)) for _name, done, days in rest] == [("Nothing saved", 7)] * 6


def test_a_pause_added_afterwards_leaves_a_day_what_the_patient_saved(client, version):
    save(version, 1)
    save(version, 2, outcome="skipped")
    first, last = TODAY - 2 * A_DAY, TODAY - A_DAY
    Pause.objects.create(programme=version.programme, first_day=first, last_day=last, made_by=version.made_by)
    name, done, days = weeks_of(client.get(WEEKS).text)[0]
    assert (name, done) == ("23 November to 25 November", "1 day with exercise")
    assert [said for _at, said in days] == ["Today.", "Done.", "Saved, none done."]


def test_older_weeks_are_a_press_away_and_end_where_the_plan_began(client, version):
    older = client.get(f"{WEEKS}?to=2026-10-04").text
    assert f"{WEEKS}?to=2026-10-04" in client.get(WEEKS).text
    weeks = weeks_of(older)
    assert weeks[0][0] == "28 September to 4 October"
    assert weeks[-1][2][-1][0] == f"/today/days/{TODAY - 80 * A_DAY}/"
    assert "Older weeks" not in older
    assert "This week" in older


def test_a_day_long_ago_can_be_looked_at_and_says_why_it_cannot_be_changed(client, version):
    save(version, 40, pain=2)
    (address,) = [at for _n, _d, days in weeks_of(client.get(WEEKS).text) for at, said in days if "pain: 2" in said]
    page = client.get(address).text
    assert "It can no longer be changed. Tell" in page
    assert "Change this" not in page
    assert "You can change what you saved for 48 hours." in client.get(WEEKS).text


def test_first_day_is_one_day_and_nothing_given_is_no_error(time_machine):
    time_machine.move_to(noon(0), tick=False)
    begun = client_of(given_version(exercises=1, weekdays="0123456").patient.user).get(WEEKS).text
    assert [(name, len(days)) for name, _done, days in weeks_of(begun)] == [("25 November", 1)]
    assert client_of(PatientFactory().user).get(WEEKS).status_code == 200


@pytest.mark.parametrize("to", ["2026-11-26", "nonsense", "0001-01-01", "1999-12-31", ""])
def test_a_day_that_is_none_names_no_page(client, to):
    assert client.get(WEEKS, {"to": to}).status_code == 404


def test_sheet_of_the_plan_that_is_followed_is_there_byte_for_byte(client, version):
    assert "Open my sheet" not in client.get(WEEKS).text
    by = {"version": version, "printed_by": version.given_by, "pages": 1}
    sheet = Handout.objects.create(pdf=b"%PDF-1", sha256=hashlib.sha256(b"%PDF-1").hexdigest(), **by)
    Programme.objects.update(status="ended", ended_at=noon(0))
    assert f"/today/sheet/{sheet.pk}/" in client.get(WEEKS).text
    answer = client.get(f"/today/sheet/{sheet.pk}/")
    assert (answer.content, answer["Content-Type"]) == (b"%PDF-1", "application/pdf")
    assert client_of(PatientFactory().user).get(f"/today/sheet/{sheet.pk}/").status_code == 404
    damaged = Handout.objects.create(pdf=b"%PDF-2", sha256="0" * 64, **by)
    assert client.get(f"/today/sheet/{damaged.pk}/").status_code == 404


def test_costs_the_same_for_one_session_and_for_ten(client, version, django_assert_num_queries):
    save(version, 1)
    client.get(WEEKS)
    with django_assert_num_queries(QUERIES):
        client.get(WEEKS)
    for days_ago in range(2, 11):
        save(version, days_ago)
    given_version(programme=version.programme, number=2, exercises=3)
    with django_assert_num_queries(QUERIES):
        client.get(WEEKS)


QUERIES = 9
