"""Pairing as a patient meets it: the sheet's code, one question, and the phone stays signed in."""

import datetime as dt
import logging
import threading

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.utils import timezone

from hipcare.audit.models import Entry
from hipcare.clinics.models import Device, PairingTry
from hipcare.clinics.services.devices import make_pairing_code, pair, unpair
from tests.factories import DeviceFactory, PatientFactory, given_version
from tests.structure.world import client_of

J, YES, TODAY = "/j", "/j/yes", "/today/"
GENERIC = "This code did not work"
CHROME_ON_A_PHONE = "Mozilla/5.0 (Linux; Android 14; Pixel 7) AppleWebKit/537.36 Chrome/131.0.0.0 Mobile Safari/537.36"

pytestmark = pytest.mark.django_db


@pytest.fixture
def patient():
    return given_version(exercises=1).patient


@pytest.fixture
def code(patient):
    return make_pairing_code(patient=patient, by=patient.physiotherapist)


def paired(client, code):
    """Pair ``client`` by ``code`` and return the answer to the yes."""
    client.post(J, {"token": code.token})
    return client.post(YES, {"answer": "yes"})


def test_the_page_asks_for_the_code_and_knows_nothing(client, code):
    response = client.get(J)

    assert response.status_code == 200
    assert "Type your code" in response.text
    assert code.patient.clinic.name not in response.text
    assert client.cookies.get("session") is None


@pytest.mark.parametrize("face", ["token", "typed"])
def test_scan_or_type_then_yes_leads_to_today(client, patient, code, face):
    sent = {"token": code.token} if face == "token" else {"code": code.typed_code.lower().replace("-", " ")}

    asked = client.post(J, sent, follow=True)
    assert asked.redirect_chain == [(YES, 302)]
    assert "Is this for <bdi>Margaret</bdi>?" in asked.text
    assert "<bdi>Priya</bdi> has made an exercise plan" in asked.text
    assert patient.clinic.name in asked.text
    assert patient.last_name not in asked.text
    assert not Device.objects.exists()

    said_yes = client.post(YES, {"answer": "yes"}, headers={"user-agent": CHROME_ON_A_PHONE}, follow=True)
    assert said_yes.redirect_chain == [(TODAY, 302)]
    assert "Margaret" in said_yes.text
    device = Device.objects.get()
    assert (device.patient, device.name) == (patient, "Phone, Chrome")
    assert device.session_key == client.session.session_key
    assert Entry.objects.get().action == Entry.Action.PAIR


def test_the_phone_stays_paired_for_half_a_year(client, code):
    before = client.post(J, {"token": code.token}).cookies["session"].value
    cookie = client.post(YES, {"answer": "yes"}).cookies["session"]

    assert cookie.value != before
    assert 0 <= 180 * 24 * 3600 - cookie["max-age"] < 60
    expires = Session.objects.get(session_key=cookie.value).expire_date
    assert abs(expires - timezone.now() - dt.timedelta(days=180)) < dt.timedelta(minutes=1)


def test_no_sends_back_and_leaves_the_code_open(client, code):
    client.post(J, {"token": code.token})

    assert client.post(YES, {"answer": "no"}).url == J
    assert client.get(YES).url == J
    code.refresh_from_db()
    assert code.is_open
    assert not Device.objects.exists()


def test_yes_without_a_code_leads_to_the_code_page(client):
    assert client.get(YES).url == J
    assert client.post(YES).url == J


def test_a_used_code_is_refused_with_the_clinics_name(client, code):
    pair(code=code, session_key="k", device_name="Phone")

    response = client.post(J, {"token": code.token})

    assert response.status_code == 422
    assert GENERIC in response.text
    assert code.patient.clinic.name in response.text
    assert "Margaret" not in response.text


def test_used_expired_and_wrong_codes_read_the_same(client, code, time_machine):
    typed = code.typed_code
    wrong = client.post(J, {"code": typed[:-1] + ("0" if typed[-1] != "0" else "1")})
    time_machine.move_to(timezone.now() + dt.timedelta(days=15))
    expired = client.post(J, {"code": typed})

    for response in (wrong, expired):
        assert response.status_code == 422
        assert GENERIC in response.text
        assert "Check each letter and number." in response.text
    assert code.patient.clinic.name not in wrong.text


def test_five_wrong_tries_burn_the_code_and_keep_what_was_typed(client, code):
    wrong = code.typed_code[:-1] + ("0" if code.typed_code[-1] != "0" else "1")
    for _ in range(5):
        response = client.post(J, {"code": wrong})
        assert response.status_code == 422
        assert f'value="{wrong}"' in response.text

    assert client.post(J, {"code": code.typed_code}).status_code == 422
    assert client.post(J, {"token": code.token}).status_code == 422
    code.refresh_from_db()
    assert code.wrong_tries == 5


def test_the_eleventh_try_of_an_hour_is_refused_even_if_right(client, code):
    for n in range(10):
        client.post(J, {"code": f"000000000{n:03}"})

    right = client.post(J, {"code": code.typed_code})
    wrong = client.post(J, {"code": "000000000999"})

    for response in (right, wrong):
        assert response.status_code == 422
        assert "Too many tries from here" in response.text
        assert "Wait an hour, or call your clinic." in response.text
        assert GENERIC not in response.text
    assert client.post(J, {"code": code.typed_code}, REMOTE_ADDR="203.0.113.9").url == YES


def test_a_scanned_code_opens_however_often_its_network_has_tried(client, code):
    for n in range(11):
        client.post(J, {"code": f"000000000{n:03}"})

    assert client.post(J, {"token": code.token}).url == YES


def test_behind_a_proxy_the_patients_own_address_counts(client, code, settings):
    settings.TRUSTED_PROXIES = 1
    for n in range(10):
        client.post(J, {"code": f"000000000{n:03}"}, headers={"x-forwarded-for": f"198.51.100.{n}, 203.0.113.7"})

    guesser = client.post(J, {"code": code.typed_code}, headers={"x-forwarded-for": "203.0.113.7"})
    other = client.post(J, {"code": code.typed_code}, headers={"x-forwarded-for": "203.0.113.8"})

    assert (guesser.status_code, other.status_code) == (422, 302)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Type the code from your exercise sheet."),
        ("7K3M-Q9TX", "Your code has 12 letters and numbers. You typed 8."),
        ("7" * 20_000, "That is too long. Your code has 12 letters and numbers."),
        ("7K3M\0Q9TX2HVD", "Type only letters and numbers."),
        ("<script>alert(1)</script>", "Your code has 12 letters and numbers."),
        ("ééé", "Type the code from your exercise sheet."),
    ],
)
def test_what_cannot_be_a_code_is_no_wrong_try(client, typed, words):
    response = client.post(J, {"code": typed})

    assert response.status_code == 422
    assert words in response.text
    assert "<title>Error: Type your code - HipCare</title>" in response.text
    assert "<script>alert" not in response.text
    assert not PairingTry.objects.exists()


@pytest.mark.parametrize("token", ["x" * 20_000, "\0" * 26, "short"])
def test_a_nonsense_token_is_refused(client, token):
    assert client.post(J, {"token": token}).status_code == 422


def test_a_form_without_its_csrf_token_opens_nothing(code):
    client = Client(enforce_csrf_checks=True)

    assert client.post(J, {"token": code.token}).status_code == 403
    assert client.post(YES, {"answer": "yes"}).status_code == 403
    code.refresh_from_db()
    assert code.is_open


@pytest.mark.parametrize("role", ["physiotherapist", "lead"])
def test_staff_are_not_swapped_for_the_patient(patient, code, role):
    staff = patient.physiotherapist
    staff.role = role
    staff.save()
    client = client_of(staff)

    for response in (client.get(J), client.post(J, {"token": code.token})):
        assert "You are signed in as staff" in response.text
        assert "sign out first" in response.text
    assert client.post(YES, {"answer": "yes"}).url == J
    assert client.get("/patients/").status_code == 200
    code.refresh_from_db()
    assert code.is_open


def test_the_same_patients_phone_goes_straight_to_today_and_spends_nothing(client, patient, code):
    paired(client, code)
    newer = make_pairing_code(patient=patient, by=patient.physiotherapist)

    assert client.post(J, {"token": code.token}).url == TODAY
    assert client.post(J, {"token": newer.token}).url == TODAY
    newer.refresh_from_db()
    assert newer.is_open
    assert Device.objects.count() == 1
    assert client.session["scanned_code"] == str(newer.pk)


def test_another_patients_code_takes_the_phone_over(client, code):
    paired(client, code)
    other = given_version(exercises=1).patient
    other_code = make_pairing_code(patient=other, by=other.physiotherapist)

    paired(client, other_code)

    assert [device.patient for device in Device.objects.active()] == [other]
    assert Session.objects.count() == 1
    assert client.session["_auth_user_id"] == str(other.user.pk)


def test_a_phone_that_says_yes_too_late_is_told_so(client, code):
    client.post(J, {"token": code.token})
    late = Client()
    late.post(J, {"token": code.token})
    client.post(YES, {"answer": "yes"})

    assert late.post(YES, {"answer": "yes"}).url == J
    assert late.get(TODAY).url.startswith(f"{J}?")


def test_a_yes_that_loses_the_race_is_signed_in_nowhere(client, code, monkeypatch):
    client.post(J, {"token": code.token})
    monkeypatch.setattr("hipcare.clinics.services.devices.open_code", lambda _pk: code)
    pair(code=code, session_key="the other phone", device_name="Phone")

    response = client.post(YES, {"answer": "yes"})

    assert response.status_code == 422
    assert GENERIC in response.text
    assert client.get(TODAY).status_code == 302
    assert Device.objects.get().session_key == "the other phone"


@pytest.mark.django_db(transaction=True)
def test_of_two_phones_at_the_same_moment_one_gets_in(code):
    phones = [Client(), Client()]
    for phone in phones:
        assert phone.post(J, {"token": code.token}).url == YES
    gate = threading.Barrier(2)
    answers = []

    def say_yes(phone):
        gate.wait()
        response = phone.post(YES, {"answer": "yes"})
        answers.append(response.headers.get("Location"))
        connection.close()

    threads = [threading.Thread(target=say_yes, args=[phone]) for phone in phones]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers.count(TODAY) == 1
    assert Device.objects.count() == 1
    assert sorted(phone.get(TODAY).status_code for phone in phones) == [200, 302]


def test_an_unpaired_phone_is_out_on_its_next_request(client, code):
    paired(client, code)
    assert client.get(TODAY).status_code == 200

    unpair(device=Device.objects.get(), by=code.patient.physiotherapist)

    assert client.get(TODAY).status_code == 302


@pytest.mark.parametrize(
    ("method", "address", "sent", "is_unsaved"),
    [
        ("get", TODAY, {}, False),
        ("get", "/sessions/00000000-0000-4000-8000-000000000000/", {}, False),
        ("post", "/today/save/", {"csrfmiddlewaretoken": "x", "pain": "2"}, True),
        ("post", "/sessions/00000000-0000-4000-8000-000000000000/change/", {"pain": "2"}, True),
        ("post", "/unpair/", {"csrfmiddlewaretoken": "x"}, False),
    ],
)
def test_a_phone_that_is_not_connected_is_told_so_and_what_was_lost(client, method, address, sent, is_unsaved):
    response = getattr(client, method)(address, sent, follow=True)

    assert [url.split("?")[0] for url, _status in response.redirect_chain] == [J]
    assert "This phone is not connected to your plan" in response.text
    assert "Type a new code, or call your clinic." in response.text
    assert ("What you just ticked was not saved." in response.text) is is_unsaved
    assert client.cookies.get("session") is None


def test_only_a_phone_that_is_not_connected_is_told_so(client, code):
    words = "not connected"
    for query in ("", "?lost=", "?lost=nonsense"):
        assert words not in client.get(J + query).text
    assert words not in client.post(J + "?lost=words", {"code": "7K3M"}).text
    paired(client, code)
    assert words not in client.get(J + "?lost=words").text


def test_a_patient_takes_the_plan_off_this_phone_alone(client, code):
    paired(client, code)
    elsewhere = DeviceFactory(patient=code.patient, session_key="tablet")

    assert client.post("/unpair/").url == J

    assert client.get(TODAY).status_code == 302
    assert list(Device.objects.active()) == [elsewhere]
    entry = Entry.objects.get(action="unpair")
    assert entry.actor == code.patient.user.pk


def test_a_closed_account_is_out_at_once(client, code):
    paired(client, code)
    code.patient.user.is_active = False
    code.patient.user.save()

    assert client.get(TODAY).status_code == 302


def test_neither_token_nor_code_is_in_an_address_or_a_log(client, code, caplog):
    caplog.set_level(logging.DEBUG)
    pages = [client.get(J), client.post(J, {"token": code.token}), client.get(YES), client.post(YES, {"answer": "yes"})]
    wrong = Client().post(J, {"code": code.typed_code})

    secrets = (code.token, code.typed_code, code.typed_code.replace("-", ""))
    logged = " ".join(str(record.__dict__) for record in caplog.records if record.name != "django.db.backends")
    for secret in secrets:
        assert all(secret not in page.headers.get("Location", "") for page in [*pages, wrong])
        assert all(secret not in page.text for page in pages)
        assert secret not in logged


def test_a_patient_without_a_plan_can_pair_too(client):
    patient = PatientFactory()
    code = make_pairing_code(patient=patient, by=patient.physiotherapist)

    assert "No exercises yet" in client.get(paired(client, code).url).text
