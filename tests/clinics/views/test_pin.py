"""A PIN on a phone: it hides the past and My phone, never Today, and loses nothing that was sent."""

import datetime as dt
import uuid

import pytest
from django.contrib.auth.hashers import check_password
from django.test import Client
from django.utils import timezone

from hipcare.audit.models import Entry
from hipcare.clinics.models import Device
from hipcare.clinics.models.device import PIN_TRIES
from hipcare.clinics.services.devices import make_pairing_code
from hipcare.clinics.services.pins import is_right_pin, set_pin
from programmes.models import PatientMessage, Session
from tests.factories import SessionFactory, given_version
from tests.structure.world import client_of

PIN, REMOVE, PHONE, TODAY = "/phone/pin/", "/phone/pin/remove/", "/phone/", "/today/"
RIGHT, ASKED = "2580", "Your PIN, please"

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    return given_version(exercises=1)


@pytest.fixture
def phone(version):
    return client_of(version.patient.user)


@pytest.fixture
def device(phone):
    return Device.objects.get(session_key=phone.session.session_key)


@pytest.fixture
def locked(phone, device):
    set_pin(device=device, pin=RIGHT)
    return phone


def yesterday():
    return (timezone.localdate() - dt.timedelta(days=1)).isoformat()


def test_it_is_set_once_and_kept_as_a_hash(phone, device):
    page = phone.post(PIN, {"new_pin": "25 80"}, follow=True)
    device.refresh_from_db()

    assert page.redirect_chain == [(PHONE, 302)]  # who set it has not to type it at once
    assert "There is a PIN on this phone." in page.text
    assert RIGHT not in device.pin
    assert check_password(RIGHT, device.pin)
    assert Entry.objects.get(subject="device").fields == ["pin"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Type 4 to 6 numbers."),
        ("123", "Type 4 to 6 numbers."),
        ("2580741", "Type 4 to 6 numbers."),
        ("25x0", "Type 4 to 6 numbers."),
        ("٢٥٨٠", "Type 4 to 6 numbers."),
        ("7777", "Others would guess this one."),
        ("1234", "Others would guess this one."),
        ("654321", "Others would guess this one."),
    ],
)
def test_what_is_no_pin_is_refused_in_words(phone, device, typed, words):
    refused = phone.post(PIN, {"new_pin": typed})
    device.refresh_from_db()

    assert (refused.status_code, words in refused.text, device.pin) == (422, True, "")


def test_it_says_what_it_hides_and_what_it_does_not(phone):
    page = phone.get(PIN).text
    assert "It does not hide today’s exercises, or what waits here to be sent." in page
    assert "After 5 wrong tries you need a new code from the clinic." in page


def closed_pages(version):
    session = SessionFactory(version=version)
    return [
        f"/today/days/{yesterday()}/",
        f"/sessions/{session.pk}/change/",
        "/today/tell/",
        PHONE,
        "/phone/add/",
        "/phone/helpers/",
        PIN,
    ]


def test_it_is_asked_for_before_the_past_and_opens_the_page_that_was_asked_for(locked, version):
    for page in closed_pages(version):
        asked = locked.get(page)
        assert (asked.status_code, ASKED in asked.text) == (200, True), page

    page = f"/today/days/{yesterday()}/"
    answer = locked.post(page, {"pin": RIGHT, "pin_page": "1"})
    assert (answer.status_code, answer.url) == (302, page)
    for open_now in closed_pages(version):
        assert ASKED not in locked.get(open_now).text, open_now


def test_today_exercises_help_and_saving_never_ask(locked, version):
    row = version.prescriptions.get().pk
    for page in (TODAY, f"/today/exercises/{row}/", "/help/", "/today/pages/", "/phone/leave/"):
        answer = locked.get(page)
        assert (answer.status_code, ASKED in answer.text) == (200, False), page
    sent = {"session": uuid.uuid4(), "version": version.pk, "done": row, "day": timezone.localdate().isoformat()}
    assert locked.post("/today/save/", sent).status_code == 302
    assert Session.objects.count() == 1


def test_a_message_that_waited_is_taken_without_the_pin_and_shows_nothing(locked):
    answer = locked.post("/today/tell/send/", {"message": str(uuid.uuid4()), "text": "On the bed."})
    assert answer.status_code == 200
    assert PatientMessage.objects.get().text == "On the bed."


def test_today_says_nothing_of_the_past(locked, version):
    """The phone keeps this page for when there is no signal: nothing of the past may stand on it, typed PIN or not."""
    SessionFactory(version=version, pain=8, note="It hurt.")
    locked.post(PHONE, {"pin": RIGHT, "pin_page": "1"})
    for page in (locked.get(TODAY).text, locked.get(f"{TODAY}?again").text):
        assert "It hurt." not in page
        assert "<dd>8" not in page
        assert "last-days" not in page
    assert f'href="/today/days/{yesterday()}/"' in locked.get(TODAY).text


def test_the_phone_fetches_its_pages_anew_when_a_pin_is_set_or_gone(phone, device):
    stamps = [phone.get("/today/pages/").json()["stamp"]]
    for pin in (RIGHT, ""):
        set_pin(device=device, pin=pin)
        stamps.append(phone.get("/today/pages/").json()["stamp"])
    assert stamps[0] == stamps[2] != stamps[1]


def test_todays_page_of_before_is_not_shown_with_a_pin(phone, device):
    assert all("last-days" in phone.get(TODAY).text for _ in range(2))
    set_pin(device=device, pin=RIGHT)
    assert "last-days" not in phone.get(TODAY).text


def test_the_past_closes_by_itself_and_what_is_sent_then_goes_on_with_the_pin(locked, version, time_machine):
    locked.post(PHONE, {"pin": RIGHT, "pin_page": "1"})
    assert ASKED not in locked.get("/today/tell/").text
    time_machine.move_to(timezone.now() + dt.timedelta(minutes=16))

    asked = locked.post("/today/tell/", {"message": str(uuid.uuid4()), "text": "On the bed."})
    assert (asked.status_code, "What you typed is kept" in asked.text) == (403, True)
    assert 'name="text" value="On the bed."' in asked.text
    assert not PatientMessage.objects.exists()

    sent = {"message": str(uuid.uuid4()), "text": "On the bed."}
    wrong = locked.post("/today/tell/", {**sent, "pin": "1379"})
    assert (wrong.status_code, 'value="On the bed."' in wrong.text) == (422, True)
    assert locked.post("/today/tell/", {**sent, "pin": RIGHT}).status_code == 302
    assert PatientMessage.objects.get().text == "On the bed."


def test_a_new_pin_sent_late_is_not_taken_for_the_old_one(locked, device, time_machine):
    locked.post(PHONE, {"pin": RIGHT, "pin_page": "1"})
    time_machine.move_to(timezone.now() + dt.timedelta(minutes=16))
    locked.post(PIN, {"new_pin": "9137"})
    device.refresh_from_db()
    assert (device.pin_tries, check_password(RIGHT, device.pin)) == (0, True)

    locked.post(PIN, {"new_pin": "9137", "pin": RIGHT})
    device.refresh_from_db()
    assert check_password("9137", device.pin)


def test_wrong_tries_are_counted_said_and_limited(locked, device):
    for left in range(PIN_TRIES - 1, 0, -1):
        page = locked.post(PHONE, {"pin": "1379", "pin_page": "1"}).text
        assert "That is not the PIN." in page
        assert f"{left} tr{'y' if left == 1 else 'ies'} left." in page
    shut = locked.post(PHONE, {"pin": "1379", "pin_page": "1"}).text
    assert "The PIN is shut" in shut
    assert version_phone(device) in shut

    assert "The PIN is shut" in locked.post(PHONE, {"pin": RIGHT, "pin_page": "1"}).text
    assert locked.get(TODAY).status_code == 200


def version_phone(device):
    return device.patient.clinic.phone.split()[-1]


def test_a_right_one_gives_all_tries_back_and_what_is_no_pin_costs_none(locked, device):
    locked.post(PHONE, {"pin": "1379", "pin_page": "1"})
    locked.post(PHONE, {"pin": "12", "pin_page": "1"})
    device.refresh_from_db()
    assert device.pin_tries == 1
    assert is_right_pin(device=device, pin=RIGHT)
    assert device.pin_tries == 0


def test_it_is_removed_by_who_knows_it_though_the_past_is_open(locked, device):
    locked.post(PHONE, {"pin": RIGHT, "pin_page": "1"})
    for wrong in ("", "1379"):
        assert locked.post(REMOVE, {"pin": wrong}).status_code == 422
    device.refresh_from_db()
    assert device.pin

    assert "The PIN is gone." in locked.post(REMOVE, {"pin": RIGHT}, follow=True).text
    device.refresh_from_db()
    assert device.pin == ""
    assert locked.post(REMOVE, {"pin": RIGHT}).url == PHONE  # pressed twice


def test_forgotten_a_new_code_of_the_clinic_opens_the_past_again(locked, device, version):
    for _ in range(PIN_TRIES):
        locked.post(PHONE, {"pin": "1379", "pin_page": "1"})
    patient = version.patient
    code = make_pairing_code(patient=patient, by=patient.physiotherapist)

    assert locked.post("/j", {"token": code.token}).url == "/j/yes"
    assert "If you say yes, the PIN is gone." in locked.get("/j/yes").text
    assert locked.post("/j/yes", {"answer": "yes"}).url == TODAY
    assert ASKED not in locked.get(PHONE).text
    assert Device.objects.live().get(patient=patient).pk != device.pk


def test_said_no_the_pin_stays(locked, device, version):
    code = make_pairing_code(patient=version.patient, by=version.patient.physiotherapist)
    locked.post("/j", {"token": code.token})
    assert locked.post("/j/yes", {"answer": "no"}).url == TODAY
    assert ASKED in locked.get(PHONE).text
    code.refresh_from_db()
    assert code.is_open


def test_a_pin_is_one_phones_and_closes_when_another_is_here(locked, version):
    other = client_of(version.patient.user)
    assert ASKED not in other.get(PHONE).text
    assert ASKED in locked.get(PHONE).text
    assert ASKED not in Client().get("/j").text
