"""A session falls on the patient's own day, or the day is asked: six places, nights on which the clocks change, a
clinic and a server that are somewhere else.
"""

import datetime as dt
import itertools
import os
import re
import uuid
from zoneinfo import ZoneInfo

import pytest

from programmes.models import Session
from tests.factories import ClinicFactory, PatientFactory, given_version
from tests.structure.world import client_of

pytestmark = pytest.mark.django_db

A_DAY = dt.timedelta(days=1)
SAVE, SEND = "/today/save/", "/today/send/"
# A place, and a day there: two of them begin or end with the clocks an hour (Lord Howe: half an hour) on or back.
DAYS = {
    "Pacific/Kiritimati": ["2026-11-24"],
    "Pacific/Pago_Pago": ["2026-11-24"],
    "Asia/Kathmandu": ["2026-11-24"],
    "America/St_Johns": ["2026-03-08", "2026-11-01"],
    "Europe/London": ["2026-03-29", "2026-10-25"],
    "Australia/Lord_Howe": ["2026-04-05", "2026-10-04"],
}
# Where the clinic is, and the server with its own clock; each place meets another pair.
ELSEWHERE = [("Pacific/Auckland", "America/Los_Angeles"), ("America/Adak", "Asia/Tokyo"), ("Europe/London", "UTC")]
PLACES = list(
    zip([(zone, day) for zone, days in DAYS.items() for day in days], itertools.cycle(ELSEWHERE), strict=False)
)
IDS = [f"{day} {zone}, clinic {clinic}, server {server}" for (zone, day), (clinic, server) in PLACES]
everywhere = pytest.mark.parametrize(("place", "elsewhere"), PLACES, ids=IDS)


@pytest.fixture
def at(time_machine):
    """Return a function that makes it a time of a day in a zone."""

    def moved(zone, day, hour, minute=0):
        moment = dt.datetime.combine(day, dt.time(hour, minute), tzinfo=ZoneInfo(zone))
        time_machine.move_to(moment.astimezone(dt.UTC), tick=False)
        return moment

    return moved


@pytest.fixture
def patient(at, settings):
    """Return a function that gives a version, twenty days old, and the phone of its patient."""

    def given(zone, day, clinic="Europe/London", server="UTC"):
        settings.TIME_ZONE = server  # Django moves the clock of the whole process with it
        assert os.environ["TZ"] == server
        at(zone, day - 20 * A_DAY, 12)
        patient = PatientFactory(clinic=ClinicFactory(time_zone=clinic))
        version = given_version(patient=patient, exercises=2, weekdays="0123456")
        at(zone, day, 12)
        return version, phone_of(version, zone)

    return given


def phone_of(version, zone):
    client = client_of(version.patient.user)
    client.cookies["zone"] = zone
    return client


def page_of(client):
    text = client.get("/today/?again=1").text
    return {name: re.search(rf'name="{name}" value="([^"]+)"', text).group(1) for name in ("session", "day", "opened")}


def said(version, page, **more):
    first = str(version.prescriptions.first().pk)
    return {**page, "version": str(version.pk), "done": [first], "pain": "2", **more}


def is_saved(answer, address):
    return answer.status_code == (302 if address == SAVE else 200)


@pytest.mark.parametrize("address", [SAVE, SEND])
@everywhere
def test_a_session_falls_on_the_patients_day_or_its_day_is_asked(patient, at, time_machine, place, elsewhere, address):
    zone, day = place[0], dt.date.fromisoformat(place[1])
    version, client = patient(zone, day, *elsewhere)

    for hour in (0, 2, 12, 23):  # 02:30 does not come, or comes twice, where the clocks change
        opened = at(zone, day, hour, 30 if hour else 1)
        page = page_of(client)
        assert page["day"] == str(day)
        time_machine.move_to(opened.astimezone(dt.UTC) + dt.timedelta(minutes=29), tick=False)
        assert is_saved(client.post(address, said(version, page)), address), hour
    assert set(Session.objects.values_list("local_date", flat=True)) == {day}

    at(zone, day, 23, 58)
    client = phone_of(version, zone)
    late = said(version, page_of(client))
    at(zone, day + A_DAY, 0, 3)
    assert client.post(address, late).status_code == 409
    for answer, meant in ((day, day), (day + A_DAY, day + A_DAY), (day - 6 * A_DAY, day - 6 * A_DAY)):
        sent = {**late, "session": str(uuid.uuid4()), "which_day": answer.isoformat()}
        assert is_saved(client.post(address, sent), address), answer
        assert Session.objects.get(pk=sent["session"]).local_date == meant
    assert Session.objects.count() == 7


@everywhere
def test_today_the_row_of_days_and_the_page_of_a_day_agree(patient, at, place, elsewhere):
    zone, day = place[0], dt.date.fromisoformat(place[1])
    version, client = patient(zone, day, *elsewhere)
    for hour, minute in ((0, 1), (12, 0), (23, 58)):
        at(zone, day, hour, minute)
        row = re.findall(r'href="/today/days/([\d-]+)/"', client.get("/today/").text)
        assert row == [str(day - n * A_DAY) for n in range(6, 0, -1)]
        assert client.get(f"/today/days/{day}/").url == "/today/"
        assert client.get(f"/today/days/{day + A_DAY}/").status_code == 404
        filled = {"session": str(uuid.uuid4()), f"did-{version.prescriptions.first().pk}": "done"}
        back = day - (1 + hour // 12) * A_DAY
        assert client.post(f"/today/days/{back}/", filled).status_code == 302
        assert Session.objects.get(pk=filled["session"]).local_date == back


@pytest.mark.parametrize("there", [zone for zone in DAYS if zone != "Pacific/Kiritimati"])
@pytest.mark.parametrize("way", ["there", "back"])
def test_a_traveller_saves_on_the_day_where_they_are(patient, at, there, way):
    """The page was drawn in one place and is sent a moment later from the other."""
    drawn, sent = ("Pacific/Kiritimati", there)[:: 1 if way == "there" else -1]
    version, client = patient(drawn, dt.date(2026, 11, 24))
    moment = at(drawn, dt.date(2026, 11, 24), 11, 30)

    assert client.post(SAVE, said(version, page_of(client), zone=sent)).status_code == 302

    assert Session.objects.get().local_date == moment.astimezone(ZoneInfo(sent)).date()


@pytest.mark.parametrize("address", [SAVE, SEND])
@pytest.mark.parametrize(
    ("ahead", "is_asked"),
    [
        (dt.timedelta(days=1), True),  # a moment that has not come tells no day
        (dt.timedelta(minutes=31), True),
        (dt.timedelta(minutes=29), False),
        (-dt.timedelta(days=1), True),
    ],
)
def test_a_phone_whose_clock_is_wrong_is_asked(patient, at, ahead, is_asked, address):
    day = dt.date(2026, 11, 24)
    version, client = patient("Asia/Kathmandu", day)
    opened = at("Asia/Kathmandu", day, 12) + ahead

    answer = client.post(address, said(version, {**page_of(client), "opened": int(opened.timestamp())}))

    assert answer.status_code == 409 if is_asked else is_saved(answer, address)
    assert list(Session.objects.values_list("local_date", flat=True)) == [] if is_asked else [day]
