"""How long a phone is in: 30 days without use, 180 days whatever happens, said before and explained after."""

import datetime as dt

import pytest
from django.db import DatabaseError, OperationalError
from django.db.models.query import QuerySet
from django.test import Client

from hipcare.clinics.models import Device
from hipcare.clinics.services.devices import make_pairing_code, unpair
from hipcare.moments import weekday_and_date
from hipcare.templatetags.telephones import unbroken
from tests.factories import DeviceFactory, given_version
from tests.structure.world import client_of, every_row

TODAY, J, YES = "/today/", "/j", "/j/yes"
START = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(time_machine):
    """Return a function that moves the time to a moment after the pairing."""
    time_machine.move_to(START, tick=False)
    return lambda after: time_machine.move_to(START + after, tick=False)


@pytest.fixture
def patient(clock):
    return given_version(exercises=1).patient


@pytest.fixture
def phone(patient):
    """Return the browser of a phone that has just been paired."""
    return paired(Client(), patient)


def paired(client, patient):
    code = make_pairing_code(patient=patient, by=patient.physiotherapist)
    client.post(J, {"token": code.token})
    assert client.post(YES, {"answer": "yes"}).url == TODAY
    return client


def is_in(phone):
    return phone.get(TODAY).status_code == 200


def use_daily(phone, clock, days):
    for day in range(*days):
        clock(day * DAY)
        assert is_in(phone), day


@pytest.mark.parametrize(("idle", "stays"), [(1, True), (29, True), (30, False), (31, False), (170, False)])
def test_a_phone_that_is_not_used_for_30_days_is_out(phone, clock, idle, stays):
    clock(5 * DAY)
    assert is_in(phone)

    clock((5 + idle) * DAY)

    assert is_in(phone) is stays


@pytest.mark.parametrize(("day", "stays"), [(179, True), (180, False), (181, False)])
def test_a_phone_in_daily_use_is_out_after_180_days(phone, clock, day, stays):
    for used in range(20, 180, 20):
        clock(used * DAY)
        assert is_in(phone)
    clock(day * DAY)

    assert is_in(phone) is stays


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/St_Johns", "Europe/London"])
@pytest.mark.parametrize("start", ["2026-03-10T23:30", "2026-10-10T00:30"])  # a night with a change of clocks lies in
def test_the_clocks_of_server_and_phone_move_no_limit(time_machine, settings, zone, start):
    settings.TIME_ZONE = "Asia/Kathmandu"
    begun = dt.datetime.fromisoformat(start).replace(tzinfo=dt.UTC)
    time_machine.move_to(begun, tick=False)
    phone = paired(Client(), given_version(exercises=1).patient)
    phone.cookies["zone"] = zone

    for after, stays in ((30 * DAY - dt.timedelta(minutes=1), True), (60 * DAY, False)):
        time_machine.move_to(begun + after, tick=False)
        assert is_in(phone) is stays


def test_the_cookie_says_nothing_about_how_long(phone, patient, clock):
    """Who keeps a copy of the cookie is out as well, and so is whoever clears what the server said about its age."""
    copy = Client()
    copy.cookies["session"] = phone.cookies["session"].value
    assert is_in(copy)
    clock(31 * DAY)

    assert not is_in(copy)
    assert Device.objects.get().session_key == copy.cookies["session"].value


def test_use_is_written_once_a_day(phone, clock):
    clock(3 * DAY)
    phone.get(TODAY)
    first = Device.objects.get().last_used_at
    before = every_row()

    clock(3 * DAY + dt.timedelta(hours=9))
    phone.get(TODAY)

    assert first == START + 3 * DAY
    assert every_row() == before


def test_nothing_but_a_patients_own_pages_is_use(phone, clock):
    clock(3 * DAY)
    for page in ("/", "/help/", J):
        phone.get(page)

    assert Device.objects.get().last_used_at == START


def test_who_a_request_is_from_costs_two_queries(phone, django_assert_num_queries):
    with django_assert_num_queries(2):  # session, person by device
        assert phone.get("/").url == TODAY


@pytest.mark.parametrize(("trouble", "status"), [(OperationalError("database is locked"), 200), (DatabaseError, 500)])
def test_a_database_that_takes_no_writes_keeps_nobody_out(phone, clock, monkeypatch, trouble, status):
    clock(3 * DAY)
    update = QuerySet.update

    def fails(rows, **values):
        if "last_used_at" in values:
            raise trouble
        return update(rows, **values)

    monkeypatch.setattr(QuerySet, "update", fails)
    phone.raise_request_exception = False

    assert phone.get(TODAY).status_code == status
    assert Device.objects.get().last_used_at == START


# Said before


def test_the_end_is_said_from_14_days_before_and_not_earlier(phone, clock):
    for day in range(20, 166, 20):
        clock(day * DAY)
        assert "stays in until" not in phone.get(TODAY).text
    clock(166 * DAY)

    words = f"This phone stays in until <b>{weekday_and_date(START + 180 * DAY)}</b>."
    assert words in phone.get(TODAY).text
    assert words in phone.get(TODAY).text  # also of the page that is kept


def test_the_end_of_one_phone_is_not_told_on_another(phone, patient, clock):
    for day in range(20, 170, 20):
        clock(day * DAY)
        phone.get(TODAY)
    clock(170 * DAY)
    tablet = paired(Client(), patient)

    assert "stays in until" in phone.get(TODAY).text
    assert "stays in until" not in tablet.get(TODAY).text


@pytest.mark.parametrize(("away", "said"), [(19, False), (20, True), (29, True)])
def test_who_comes_back_after_more_than_20_days_is_told_of_the_limit_once(phone, clock, away, said):
    clock(away * DAY + dt.timedelta(minutes=1))

    assert (f"You were away for {away} days." in phone.get(TODAY).text) is said
    assert "You were away" not in phone.get(TODAY).text


def test_a_new_code_before_the_end_lets_the_phone_stay(phone, patient, clock):
    use_daily(phone, clock, (20, 171, 10))
    paired(phone, patient)

    old, new = Device.objects.order_by("paired_at")
    assert (old.unpaired_at, new.ends_at) == (START + 170 * DAY, START + 350 * DAY)
    clock(190 * DAY)
    assert is_in(phone)


# Explained after


def cut_off(phone, page=TODAY):
    response = phone.get(page, follow=True)
    assert [url.split("?")[0] for url, _status in response.redirect_chain] == [J]
    for words in ("This phone is signed out", "You did nothing wrong.", "All you saved before is safe at the clinic."):
        assert words in response.text
    assert "Margaret" not in response.text
    return response.text


@pytest.mark.parametrize("page", [TODAY, "/"])
def test_a_phone_that_is_out_is_told_why_and_whom_to_ring(phone, patient, clock, page):
    clock(31 * DAY)

    told = cut_off(phone, page)

    assert "It was not used for 30 days." in told
    assert f"ask {patient.clinic.name} for a new code" in told
    assert f"Call {unbroken(patient.clinic.phone)}" in told
    assert cut_off(phone, page) == told  # as often as it is asked


def test_half_a_year_is_said_to_be_over(phone, clock):
    use_daily(phone, clock, (20, 180, 20))
    clock(181 * DAY)

    assert "These 6 months are over." in cut_off(phone)


def test_a_phone_that_was_taken_off_is_told_so(phone, patient):
    unpair(device=Device.objects.get(), by=patient.physiotherapist)

    assert "The clinic took it off, or you did on another phone." in cut_off(phone)


def test_what_was_sent_too_late_is_said_not_to_be_saved(phone, clock):
    clock(31 * DAY)

    response = phone.post("/today/save/", {"csrfmiddlewaretoken": "x", "pain": "2"}, follow=True)

    assert "What you just ticked was not saved." in response.text


def test_the_way_on_is_the_code_page_and_a_new_code_opens_the_plan_again(phone, patient, clock):
    clock(31 * DAY)
    cut_off(phone)

    assert "Type your code" in phone.get(J).text
    assert is_in(paired(phone, patient))
    assert Device.objects.live().count() == 1


def test_a_phone_that_nobody_knows_gets_the_words_for_all(clock):
    phone = Client()
    phone.cookies["session"] = "x" * 32

    assert "This phone is not connected to your plan" in phone.get(TODAY, follow=True).text


def test_devices_of_before_are_let_in_as_they_were(patient):
    """A session of a release that knew no limits has no more in it than who it is."""
    client = client_of(patient.user)

    assert is_in(client)
    assert Device.objects.get().session_key == client.session.session_key


def test_a_session_without_a_device_is_nobodys(patient):
    client = client_of(patient.user)
    Device.objects.all().delete()
    DeviceFactory(patient=patient, session_key="elsewhere")

    assert client.get(TODAY).status_code == 302


def test_a_phone_that_is_out_is_told_first_what_is_safe_on_it(phone):
    """Its script shows that in place of the rest, where something waits that is this person's."""
    device = Device.objects.get()
    unpair(device=device, by=device.patient.physiotherapist)

    page = phone.get(TODAY, follow=True).text

    assert f'data-hc-safe="{device.kept_under}" hidden' in page
    assert "js/safe.js" in page
    assert 'href="/today/waiting/"' in page
    assert "You need do nothing." not in phone.get("/today/waiting/").text


def test_who_cannot_be_told_from_anybody_is_told_of_all_that_is_safe():
    page = Client().get("/j?lost=page").text
    assert 'data-hc-safe="" hidden' in page
    assert "data-hc-safe" not in Client().get("/j").text
