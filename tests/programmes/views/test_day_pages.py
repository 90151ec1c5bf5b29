"""A day before today: what was saved of it, filling it in up to 7 days later, and what cannot be."""

import datetime as dt
import re
import uuid

import pytest

from programmes.models import PerformedExercise, Session
from tests.factories import SessionFactory, given_version
from tests.structure.world import client_of

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)
A_DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(NOON - 12 * A_DAY, tick=False)
    return time_machine


@pytest.fixture
def version(clock):
    """Return a plan of two exercises, every day, for twelve days."""
    version = given_version(exercises=2, weekdays="0123456")
    clock.move_to(NOON, tick=False)
    return version


@pytest.fixture
def client(version):
    return client_of(version.patient.user)


def day(days_ago):
    return NOON.date() - days_ago * A_DAY


def address(days_ago):
    return f"/today/days/{day(days_ago)}/"


def rows(version):
    return [str(row.pk) for row in version.prescriptions.all()]


def filled_in(version, *, did=("done", "not"), why="too_sore", **answers):
    first, second = rows(version)
    sent = {f"did-{first}": did[0], f"did-{second}": did[1], f"why-{second}": why, **answers}
    return {"session": str(uuid.uuid4()), **sent}


def test_a_day_can_be_filled_in_and_staff_see_that_it_was_later(client, version):
    assert "Nothing is saved for this day." in client.get(address(1)).text

    saved = client.post(address(1), filled_in(version, pain="3"), follow=True)

    session = Session.objects.get()
    assert (session.local_date, session.received_at, session.source) == (day(1), NOON, "web")
    assert sorted(session.performed.values_list("outcome", "reason")) == [("done", ""), ("skipped", "too_sore")]
    assert "Not done: too sore" in saved.text
    assert "1 of 2" in saved.text
    record = client_of(version.given_by).get(f"/patients/{version.patient.pk}/").text
    assert "written 1 day later" in record
    assert "(too sore)" in record


def test_sent_twice_it_is_saved_once(client, version):
    sent = filled_in(version)
    client.post(address(2), sent)
    client.post(address(2), sent)
    assert Session.objects.count() == 1


def test_none_done_without_a_reason_is_an_answer(client, version):
    client.post(address(1), filled_in(version, did=("not", "not"), why=""))
    assert {row.outcome for row in PerformedExercise.objects.all()} == {"skipped"}


def test_nothing_said_is_refused_in_words_and_what_was_typed_stays(client, version):
    empty = client.post(address(1), {"session": str(uuid.uuid4())})
    assert empty.status_code == 422
    assert "Tick what you did, or say how it went." in empty.text

    sent = filled_in(version, pain="11", note="Stiff.")
    wrong = client.post(address(1), sent)
    assert wrong.status_code == 422
    assert sent["session"] in wrong.text
    assert re.search(rf'value="done" id="did-{rows(version)[0]}" checked', wrong.text)
    assert 'value="too_sore" checked' in wrong.text
    assert "Stiff." in wrong.text
    assert not Session.objects.exists()


@pytest.mark.parametrize("days_ago", [8, 9])
def test_longer_ago_than_a_week_it_is_told_to_somebody(client, version, days_ago):
    shown = client.get(address(days_ago)).text
    assert "It is too long ago to fill in. Tell <bdi>Priya</bdi> about it." in shown
    assert 'name="session"' not in shown

    late = client.post(address(days_ago), filled_in(version, note="Stiff."))
    assert late.status_code == 422
    assert "That day is more than 7 days ago." in late.text
    assert "Stiff." in late.text
    assert not Session.objects.exists()


def test_seven_days_ago_can_be_filled_in(client, version):
    assert client.post(address(7), filled_in(version)).status_code == 302


def test_before_the_plan_there_was_none_to_fill_in(client, version):
    assert "You had no plan on this day." in client.get(address(13)).text
    assert client.post(address(13), filled_in(version)).status_code == 422


@pytest.mark.parametrize("address", ["2026-11-24", "2026-1-1", "yesterday", "0001-01-01", "2026-11-31"])
def test_what_is_no_day_up_to_today_has_no_page(client, address):
    assert client.get(f"/today/days/{address}/").status_code == 404


def test_today_has_its_own_page(client):
    assert client.get(address(0)).url == "/today/"


def test_what_was_saved_can_be_changed_for_48_hours_and_read_for_ever(client, version, clock):
    session = SessionFactory(version=version, local_date=day(1), note="Stiff.")
    change = f"/sessions/{session.pk}/change/"
    shown = client.get(address(1)).text
    assert "You can change it until Wednesday, 12:00 pm." in shown
    assert change in shown
    clock.move_to(NOON + dt.timedelta(hours=49), tick=False)
    client = client_of(version.patient.user)
    shown = client.get(address(1)).text
    assert change not in shown
    assert "It can no longer be changed." in shown
    assert "Stiff." in shown
    assert client.get(f"/sessions/{session.pk}/").url == address(1)


def test_a_reason_can_be_given_and_changed_later(client, version):
    first, second = rows(version)
    client.post(address(1), filled_in(version))
    session = Session.objects.get()
    page = client.get(f"/sessions/{session.pk}/change/").text
    assert f'name="why-{second}" value="too_sore" checked' in page
    stamp = re.search(r'name="stamp" value="([^"]+)"', page).group(1)

    client.post(f"/sessions/{session.pk}/change/", {"stamp": stamp, "done": first, f"why-{second}": "no_time"})

    assert session.performed.get(prescription=second).reason == "no_time"
    assert session.revisions.get().was["performed"][second] == ["skipped", "too_sore"]


def test_what_was_saved_more_often_than_asked_is_said(client, version):
    client.post(address(1), filled_in(version))
    client.post(address(1), filled_in(version))
    shown = client.get(address(1)).text
    assert "2 times. Your plan asks for it 1 time a day." in shown
    assert shown.count("What you saved at") == 2


def test_the_row_of_days_tells_each_apart_and_leads_there(client, version, clock):
    SessionFactory(version=version, local_date=day(2), note="Only words.")
    client.post(address(1), filled_in(version, did=("done", "done")))
    client.post(address(3), filled_in(version))
    shown = client.get("/today/").text
    row = re.search(r'<ol class="last-days".*?</ol>', shown, re.DOTALL).group()
    assert len(re.findall("<li", row)) == 7
    for days_ago, said in {1: "done", 2: "saved, none done", 3: "part done", 4: "planned, not filled in"}.items():
        link = row[row.index(address(days_ago)) :]
        assert f"{day(days_ago).day} November, {said}" in link[: link.index("</li>")]
    assert 'aria-current="date"' in row
    clock.move_to(NOON - 10 * A_DAY, tick=False)
    begun = client_of(version.patient.user).get("/today/").text
    assert "10 November, no plan" in begun
    assert "11 November, planned, not filled in" in begun


@pytest.mark.parametrize("days_ago", [1, 6, 7, 12])
def test_the_row_of_days_leads_from_a_past_day_to_any_other(client, version, days_ago):
    shown = client.get(address(days_ago)).text
    row = re.search(r'<ol class="last-days".*?</ol>', shown, re.DOTALL).group()
    assert re.findall(r'href="([^"]+)"', row) == [*(address(n) for n in range(6, 0, -1)), "/today/"]
    here = re.findall(r'href="([^"]+)" aria-current="page"', row)
    assert here == [address(days_ago)] * (days_ago < 7)
    assert f"/today/days/{day(days_ago + 1)}/" in shown  # a day before the row is a press away, too
    assert 'href="/today/weeks/"' in shown


def test_a_day_costs_the_same_for_one_session_and_for_three(client, version, django_assert_num_queries):
    for _ in range(3):
        client.post(address(1), filled_in(version))
    client.post(address(2), filled_in(version))
    client.get(address(2))
    with django_assert_num_queries(QUERIES):
        client.get(address(2))
    with django_assert_num_queries(QUERIES):
        client.get(address(1))


QUERIES = 12
