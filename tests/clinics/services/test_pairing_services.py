"""The rules of pairing: one code, one phone, three wrong tries, no slip among them."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone

from hipcare.audit.models import Entry
from hipcare.clinics import codes
from hipcare.clinics.models import Device, PairingCode, PairingTry
from hipcare.clinics.models.pairing import WRONG_TRIES
from hipcare.clinics.services import devices
from hipcare.clinics.services.devices import (
    CodeRefusedError,
    Refusal,
    TooManyDevicesError,
    TooManyPeopleError,
    find_code,
    make_own_code,
    make_pairing_code,
    pair,
    unpair,
)
from tests.factories import DeviceFactory, PatientFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def code(patient):
    return make_pairing_code(patient=patient, by=patient.physiotherapist)


def checked(code):
    return code + codes.check_of(code)


def wrong_secret(code):
    """Return a typed code that names ``code``, has the right check character and does not open it."""
    right = code.typed_plainly[:-1]
    return checked(right[:-1] + ("0" if right[-1] != "0" else "1"))


def refused(**kwargs):
    """Return why, the code where its whole secret was brought, and how many tries are left."""
    with pytest.raises(CodeRefusedError) as caught:
        find_code(**kwargs)
    return caught.value.why, caught.value.code, caught.value.left


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
    assert find_code(token=code.token) == code


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

    assert find_code(typed=spelling(code.typed_code)) == code
    code.refresh_from_db()
    assert code.wrong_tries == 0


def test_three_wrong_secrets_shut_the_code_for_typing_alone(code):
    for left in (2, 1):
        assert refused(typed=wrong_secret(code)) == (Refusal.UNKNOWN, None, left)
    assert refused(typed=wrong_secret(code)) == (Refusal.SHUT, None, 0)

    assert refused(typed=code.typed_code) == (Refusal.SHUT, None, 0)
    code.refresh_from_db()
    assert (code.wrong_tries, code.is_open, code.is_open_by_scan) == (3, False, True)
    assert find_code(token=code.token) == code
    assert pair(code=code, session_key="k", device_name="Phone").patient == code.patient


def test_two_wrong_secrets_do_not(code):
    for _ in range(2):
        refused(typed=wrong_secret(code))

    assert find_code(typed=code.typed_code) == code


def test_a_locator_that_names_no_code_is_answered_as_one_that_does(code):
    nobody = checked(("Z" if code.locator[0] != "Z" else "Y") + code.typed_plainly[1:-1])

    real = [refused(typed=wrong_secret(code)) for _ in range(5)]
    assert [refused(typed=nobody) for _ in range(5)] == real
    assert PairingTry.objects.count() == 3


def test_a_locator_without_a_code_is_forgotten_with_the_time(code, time_machine):
    nobody = checked(("Z" if code.locator[0] != "Z" else "Y") + code.typed_plainly[1:-1])
    for _ in range(3):
        refused(typed=nobody)

    time_machine.move_to(timezone.now() + dt.timedelta(days=14, seconds=1))

    assert refused(typed=nobody) == (Refusal.UNKNOWN, None, 2)
    assert PairingTry.objects.count() == 1


def test_no_one_is_refused_for_what_others_tried(code):
    for n in range(40):
        refused(typed=checked(f"000{codes.ALPHABET[n % 32]}0000000"))

    assert find_code(typed=code.typed_code) == code


@pytest.mark.parametrize("place", range(12))
def test_one_slip_anywhere_costs_no_try(code, place):
    right = code.typed_plainly
    for wrong in codes.ALPHABET.replace(right[place], ""):
        assert refused(typed=right[:place] + wrong + right[place + 1 :]) == (Refusal.SLIP, None, None)

    code.refresh_from_db()
    assert code.wrong_tries == 0
    assert not PairingTry.objects.exists()


def test_two_that_changed_places_cost_no_try(code):
    right = code.typed_plainly
    swapped = {right[:n] + right[n + 1] + right[n] + right[n + 2 :] for n in range(11)} - {right}

    for typed in swapped:
        assert refused(typed=typed) == (Refusal.SLIP, None, None)


def test_a_code_made_before_there_were_check_characters_still_opens(code):
    PairingCode.objects.update(has_check=False)
    old = PairingCode.objects.get()
    assert len(old.typed_plainly) == 12

    assert find_code(typed=old.typed_code) == old
    wrong = old.typed_plainly[:-1] + ("0" if old.typed_plainly[-1] != "0" else "1")
    assert refused(typed=wrong) == (Refusal.UNKNOWN, None, 2)


def test_a_slip_costs_an_open_code_no_try_although_an_old_one_had_its_locator(patient, code):
    PairingCode.objects.update(has_check=False, closed_at=timezone.now())
    newer = make_pairing_code(patient=patient, by=patient.physiotherapist)
    PairingCode.objects.filter(pk=newer.pk).update(locator=code.locator)
    newer.refresh_from_db()

    right = newer.typed_plainly
    refused(typed=right[:-1] + ("0" if right[-1] != "0" else "1"))

    newer.refresh_from_db()
    assert newer.wrong_tries == 0


def test_guessing_until_all_codes_are_shut_gets_in_less_than_once_in_a_million():
    codes_open, tries = 10_000, WRONG_TRIES

    assert codes_open * tries / 32**codes.SECRET_LENGTH < 1e-6


def test_a_used_code_is_told_apart_by_who_has_the_whole_of_it(code):
    pair(code=code, session_key="k", device_name="Phone")

    assert refused(typed=code.typed_code) == (Refusal.USED, code, None)
    assert refused(token=code.token) == (Refusal.USED, code, None)
    assert refused(typed=wrong_secret(code)) == (Refusal.UNKNOWN, None, 2)


def test_a_replaced_code_is_told_apart_by_who_has_the_whole_of_it(patient, code):
    make_pairing_code(patient=patient, by=patient.physiotherapist)

    assert refused(typed=code.typed_code) == (Refusal.REPLACED, code, None)
    assert refused(token=code.token) == (Refusal.REPLACED, code, None)
    assert not PairingTry.objects.exists()


def test_an_expired_code_is_told_apart_by_who_has_the_whole_of_it(code, time_machine):
    time_machine.move_to(timezone.now() + dt.timedelta(days=14, seconds=1))

    assert refused(token=code.token) == (Refusal.EXPIRED, code, None)
    assert refused(typed=code.typed_code) == (Refusal.EXPIRED, code, None)


def test_the_code_of_a_closed_account_is_refused(code):
    code.patient.user.is_active = False
    code.patient.user.save()

    assert refused(token=code.token) == (Refusal.REPLACED, code, None)


def test_an_unknown_token_is_refused_and_nothing_is_written(code):
    assert refused(token="0" * 26) == (Refusal.UNKNOWN, None, None)
    assert not PairingTry.objects.exists()


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


@pytest.fixture
def three(patient):
    DeviceFactory(session_key="another patient's")
    return [DeviceFactory(patient=patient, session_key=f"k{n}") for n in (1, 2, 3)]


def test_the_fourth_device_takes_no_other_off_by_itself(patient, three, code):
    with pytest.raises(TooManyDevicesError):
        pair(code=code, session_key="k4", device_name="Phone")

    assert set(patient.devices.live()) == set(three)
    code.refresh_from_db()
    assert code.is_open
    assert not Entry.objects.exists()


def test_the_fourth_device_comes_instead_of_the_one_that_was_chosen(patient, three, code):
    device = pair(code=code, session_key="k4", device_name="Phone", take_off=three[1])

    assert set(patient.devices.live()) == {three[0], three[2], device}
    assert Device.objects.active().count() == 4
    assert Entry.objects.get(action="unpair").subject_id == three[1].pk


def test_nobody_elses_device_can_be_chosen(patient, three, code):
    others = DeviceFactory()

    with pytest.raises(TooManyDevicesError):
        pair(code=code, session_key="k4", device_name="Phone", take_off=others)
    assert Device.objects.get(pk=others.pk).unpaired_at is None


def test_devices_that_are_out_are_not_counted(patient, three, code):
    now = timezone.now()
    Device.objects.filter(pk=three[0].pk).update(ends_at=now)
    Device.objects.filter(pk=three[1].pk).update(last_used_at=now - dt.timedelta(days=30))

    pair(code=code, session_key="k4", device_name="Phone")

    assert patient.devices.live().count() == 2


def test_pairing_anew_on_the_same_phone_takes_the_place_of_what_was_there(patient, three, code):
    device = pair(code=code, session_key="k3", device_name="Phone")

    assert set(patient.devices.live()) == {three[0], three[1], device}


def test_a_phone_is_that_of_three_people_at_most(code):
    for _ in range(3):
        DeviceFactory(session_key="shared")

    with pytest.raises(TooManyPeopleError):
        pair(code=code, session_key="shared", device_name="Phone")
    code.refresh_from_db()
    assert code.is_open


# Codes of one's own


def test_an_own_code_lives_for_ten_minutes_and_leaves_the_clinics_alone(patient, code, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    own = make_own_code(patient=patient)

    assert own.expires_at == timezone.now() + dt.timedelta(minutes=10)
    assert find_code(typed=own.typed_code) == own
    assert find_code(typed=code.typed_code) == code
    assert list(PairingCode.objects.by_clinic()) == [code]
    assert Entry.objects.get().actor == patient.user.pk
    time_machine.move_to(own.expires_at, tick=False)
    assert refused(token=own.token)[0] is Refusal.EXPIRED


def test_another_own_code_closes_the_one_before_and_a_clinics_code_closes_none(patient):
    first, second = make_own_code(patient=patient), make_own_code(patient=patient)
    make_pairing_code(patient=patient, by=patient.physiotherapist)

    assert refused(token=first.token)[0] is Refusal.REPLACED
    assert find_code(token=second.token) == second


def test_there_is_no_own_code_for_a_fourth_phone(patient, three):
    with pytest.raises(TooManyDevicesError):
        make_own_code(patient=patient)


def test_typed_own_codes_keep_guessing_under_one_in_a_million(patient, monkeypatch):
    assert (10_000 + devices.OTHER_CODES_TYPED_AT_ONCE) * WRONG_TRIES / 32**codes.SECRET_LENGTH < 1e-6
    monkeypatch.setattr(devices, "OTHER_CODES_TYPED_AT_ONCE", 1)

    first, second = (make_own_code(patient=one) for one in (patient, PatientFactory()))

    assert (first.is_open, second.is_open, second.is_open_by_scan) == (True, False, True)
    assert refused(typed=second.typed_code) == (Refusal.SHUT, None, 0)
    assert find_code(token=second.token) == second


def test_unpairing_twice_changes_nothing(patient):
    device = DeviceFactory(patient=patient, session_key="k")
    unpair(device=device, by=patient.physiotherapist)
    unpaired_at = Device.objects.get().unpaired_at

    unpair(device=device, by=patient.physiotherapist)

    assert Device.objects.get().unpaired_at == unpaired_at
    assert Entry.objects.get().actor == patient.physiotherapist.pk


def test_the_code_is_not_guessable_from_the_row(code):
    assert codes.token_of(uuid.uuid4()) != code.token
