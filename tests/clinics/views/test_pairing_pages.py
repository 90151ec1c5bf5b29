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
from hipcare.clinics import codes
from hipcare.clinics.models import Device, PairingTry
from hipcare.clinics.services.devices import make_pairing_code, pair, unpair
from hipcare.moments import full_date
from hipcare.templatetags.telephones import unbroken
from tests.factories import DeviceFactory, PatientFactory, given_version
from tests.structure.world import client_of

J, YES, TODAY = "/j", "/j/yes", "/today/"
UNKNOWN = "We do not know this code"
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
    assert "This phone shows" not in asked.text
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


def test_the_phone_is_in_for_half_a_year_and_its_cookie_outlives_that(client, code):
    before = client.post(J, {"token": code.token}).cookies["session"].value
    cookie = client.post(YES, {"answer": "yes"}).cookies["session"]

    assert cookie.value != before
    assert not Session.objects.filter(session_key=before).exists()
    assert 0 <= 400 * 24 * 3600 - cookie["max-age"] < 60
    ends_at = Device.objects.get(session_key=cookie.value).ends_at
    assert abs(ends_at - timezone.now() - dt.timedelta(days=180)) < dt.timedelta(minutes=1)


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


def wrong(code):
    """Return a code of the same locator with another secret and its right check character."""
    right = code.typed_plainly[:-1]
    other = right[:-1] + ("0" if right[-1] != "0" else "1")
    return other + codes.check_of(other)


def refused(client, sent):
    response = client.post(J, sent)
    assert response.status_code == 422
    assert "<title>Error:" in response.text
    return response.text


def test_a_used_code_is_said_to_be_used_with_the_clinics_number(client, code):
    pair(code=code, session_key="k", device_name="Phone")

    page = refused(client, {"token": code.token})

    assert "This code has been used" in page
    assert f"ask {code.patient.clinic.name} for a new code" in page
    assert f"Call {unbroken(code.patient.clinic.phone)}" in page
    assert "Margaret" not in page


def test_an_old_code_is_said_to_be_old_with_its_day(client, code, time_machine):
    made = full_date(code.made_at)
    time_machine.move_to(timezone.now() + dt.timedelta(days=15))

    page = refused(client, {"code": code.typed_code})

    assert "This code is too old" in page
    assert f"It was made on <b>{made}</b>" in page


def test_a_replaced_code_points_to_the_newer_sheet(client, patient, code):
    make_pairing_code(patient=patient, by=patient.physiotherapist)

    page = refused(client, {"code": code.typed_code})

    assert "This code is no longer used" in page
    assert "Do you have a newer sheet?" in page


def test_one_wrong_letter_is_a_slip_and_costs_no_try(client, code):
    typed = code.typed_code[:-1] + ("0" if code.typed_code[-1] != "0" else "1")

    page = refused(client, {"code": typed})

    assert "One letter or number is not right." in page
    assert "This did not use up a try." in page
    assert "Letters get mixed up: B and 8, S and 5, M and N." in page
    assert f'value="{typed}"' in page
    code.refresh_from_db()
    assert code.wrong_tries == 0
    assert code.patient.clinic.name not in page


def test_tries_left_are_said_and_what_was_typed_is_kept(client, code):
    typed = wrong(code)
    for words in ("2 tries left.", "1 try left."):
        page = refused(client, {"code": typed})
        assert UNKNOWN in page
        assert words in page
        assert f'value="{typed}"' in page
        assert code.patient.clinic.name not in page

    for sent in (typed, code.typed_code):
        page = refused(client, {"code": sent})
        assert "This code is shut for typing" in page
        assert "You can still scan the square on your sheet." in page
    assert client.post(J, {"token": code.token}).url == YES
    assert client.post(YES, {"answer": "yes"}).url == TODAY


def test_a_right_code_opens_however_often_others_have_tried(client, code):
    for n in range(40):
        guess = f"000000000{n:02}"
        client.post(J, {"code": guess + codes.check_of(guess)})

    assert client.post(J, {"code": code.typed_code}).url == YES


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
    assert "This code has been used" in response.text
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

    response = client.post("/unpair/")

    assert response.url == J
    assert response["Clear-Site-Data"] == '"cache", "storage"'
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
