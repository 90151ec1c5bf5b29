"""The rules of pairing: one code, one phone, five wrong tries, ten an hour."""

import datetime as dt
import uuid

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from hipcare.audit.models import Entry
from hipcare.clinics import codes
from hipcare.clinics.models import Device, PairingCode, PairingTry
from hipcare.clinics.services import devices
from hipcare.clinics.services.devices import (
    CodeRefusedError,
    TooManyTriesError,
    find_code,
    make_pairing_code,
    pair,
    unpair,
)
from tests.factories import DeviceFactory, PatientFactory

pytestmark = pytest.mark.django_db
HOME = codes.network_of("203.0.113.7")


@pytest.fixture
def code(patient):
    return make_pairing_code(patient=patient, by=patient.physiotherapist)


def wrong_secret(code):
    """Return a typed code that names ``code`` and does not open it."""
    right = code.typed_code.replace("-", "")
    return right[:-1] + ("0" if right[-1] != "0" else "1")


def refused(**kwargs):
    with pytest.raises(CodeRefusedError) as caught:
        find_code(network=HOME, **kwargs)
    return caught.value.code


def test_a_new_code_closes_the_older_one(patient, code):
    newer = make_pairing_code(patient=patient, by=patient.physiotherapist)

    code.refresh_from_db()
    assert not code.is_open
    assert list(PairingCode.objects.still_open()) == [newer]
    assert newer.made_by == patient.physiotherapist


def test_a_new_code_leaves_other_patients_codes_alone(code):
    other = PatientFactory()

    make_pairing_code(patient=other, by=other.physiotherapist)

    code.refresh_from_db()
    assert code.is_open


def test_a_locator_in_use_is_not_given_twice(code, monkeypatch):
    drawn = iter([code.locator, code.locator, "ZZZZ"])
    monkeypatch.setattr(devices.codes, "new_locator", lambda: next(drawn))
    other = PatientFactory()

    assert make_pairing_code(patient=other, by=other.physiotherapist).locator == "ZZZZ"


def test_no_free_locator_is_said(code, monkeypatch):
    monkeypatch.setattr(devices.codes, "new_locator", lambda: code.locator)
    other = PatientFactory()

    with pytest.raises(RuntimeError, match="No free locator"):
        make_pairing_code(patient=other, by=other.physiotherapist)


def test_the_token_finds_its_code(code):
    assert find_code(token=code.token, network=HOME) == code


def test_neither_token_nor_secret_is_stored(code):
    stored = [str(value) for value in PairingCode.objects.filter(pk=code.pk).values_list().get()]

    assert code.token not in stored
    assert not any(codes.secret_of(code.pk) in value for value in stored)


@pytest.mark.parametrize(
    "spelling",
    [
        lambda typed: typed,
        lambda typed: typed.lower(),
        lambda typed: f"  {typed.replace('-', ' ')} ",
        lambda typed: typed.replace("-", "").replace("0", "o").replace("1", "l"),
        lambda typed: typed.replace("0", "O").replace("1", "I"),
        "\n".join,
    ],
)
def test_a_typed_code_is_read_kindly(patient, spelling):
    for _ in range(10):  # until the code holds a 0 or a 1 to misread
        code = make_pairing_code(patient=patient, by=patient.physiotherapist)
        if {"0", "1"} & set(code.typed_code):
            break

    assert find_code(typed=spelling(code.typed_code), network=HOME) == code
    code.refresh_from_db()
    assert code.wrong_tries == 0


def test_five_wrong_secrets_burn_the_code(code):
    for tried in range(1, 6):
        assert refused(typed=wrong_secret(code)) is None
        code.refresh_from_db()
        assert code.wrong_tries == tried

    assert refused(typed=code.typed_code) is None
    assert refused(token=code.token) == code
    code.refresh_from_db()
    assert code.wrong_tries == 5


def test_four_wrong_secrets_do_not(code):
    for _ in range(4):
        refused(typed=wrong_secret(code))

    assert find_code(typed=code.typed_code, network=HOME) == code


def test_a_used_or_replaced_code_is_refused_but_known(patient, code):
    make_pairing_code(patient=patient, by=patient.physiotherapist)

    assert refused(typed=code.typed_code) == code
    assert refused(token=code.token) == code
    assert not PairingTry.objects.exists()


def test_an_expired_code_is_refused(code, time_machine):
    time_machine.move_to(timezone.now() + dt.timedelta(days=14, seconds=1))

    assert refused(token=code.token) == code


def test_the_code_of_a_closed_account_is_refused(code):
    code.patient.user.is_active = False
    code.patient.user.save()

    assert refused(token=code.token) == code


def test_an_unknown_code_is_refused_and_counted(code):
    assert refused(token="0" * 26) is None
    assert refused(typed=("Z" if code.locator[0] != "Z" else "Y") + code.typed_code[1:]) is None
    assert PairingTry.objects.filter(network=HOME).count() == 2


def test_ten_wrong_tries_an_hour_shut_one_network_out(code, time_machine):
    for _ in range(10):
        refused(token="0" * 26)

    with pytest.raises(TooManyTriesError):
        find_code(typed=code.typed_code, network=HOME)
    assert find_code(typed=code.typed_code, network=codes.network_of("203.0.113.8")) == code
    time_machine.move_to(timezone.now() + dt.timedelta(hours=1, seconds=1))
    assert find_code(typed=code.typed_code, network=HOME) == code


def test_a_token_is_looked_at_however_often_its_network_has_tried(code):
    for _ in range(11):
        refused(token="0" * 26)

    assert find_code(token=code.token, network=HOME) == code


def test_old_tries_are_forgotten(time_machine):
    refused(token="0" * 26)
    time_machine.move_to(timezone.now() + dt.timedelta(hours=2))
    refused(token="0" * 26)

    assert PairingTry.objects.count() == 1


def test_pairing_uses_the_code_up_and_opens_a_device(patient, code):
    device = pair(code=code, session_key="k1", device_name="Phone, Chrome")

    code.refresh_from_db()
    assert (code.device, code.is_open) == (device, False)
    assert (device.patient, device.name, device.session_key) == (patient, "Phone, Chrome", "k1")
    entry = Entry.objects.get()
    assert (entry.action, entry.actor, entry.patient, entry.subject_id) == (
        "pair",
        patient.user.pk,
        patient.pk,
        device.pk,
    )


def test_a_code_pairs_once(code):
    again = PairingCode.objects.get(pk=code.pk)
    pair(code=code, session_key="k1", device_name="Phone")

    with pytest.raises(CodeRefusedError):
        pair(code=again, session_key="k2", device_name="Tablet")
    assert Device.objects.count() == 1


def test_the_fourth_device_signs_the_oldest_out(patient):
    now = timezone.now()
    oldest, middle, newest = (
        DeviceFactory(patient=patient, session_key=f"k{n}", paired_at=now - dt.timedelta(days=n)) for n in (3, 2, 1)
    )
    Session.objects.create(session_key="k3", session_data="x", expire_date=now + dt.timedelta(days=1))
    DeviceFactory(session_key="another patient's")
    code = make_pairing_code(patient=patient, by=patient.physiotherapist)

    device = pair(code=code, session_key="k4", device_name="Phone")

    assert set(patient.devices.active()) == {middle, newest, device}
    assert not Session.objects.filter(session_key="k3").exists()
    assert Device.objects.active().count() == 4
    assert Entry.objects.get(action="unpair").subject_id == oldest.pk


def test_unpairing_twice_changes_nothing(patient):
    device = DeviceFactory(patient=patient, session_key="k")
    unpair(device=device, by=patient.physiotherapist)
    unpaired_at = Device.objects.get().unpaired_at

    unpair(device=device, by=patient.physiotherapist)

    assert Device.objects.get().unpaired_at == unpaired_at
    assert Entry.objects.get().actor == patient.physiotherapist.pk


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("203.0.113.7", "203.0.113.7", True),
        ("203.0.113.7", "203.0.113.8", False),
        ("::ffff:203.0.113.7", "203.0.113.7", True),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("", "unix", False),
    ],
)
def test_a_network_is_an_ipv4_address_or_an_ipv6_64(one, other, same):
    assert (codes.network_of(one) == codes.network_of(other)) is same
    assert one == "" or one not in codes.network_of(one)


def test_the_code_is_not_guessable_from_the_row(code):
    assert codes.token_of(uuid.uuid4()) != code.token
