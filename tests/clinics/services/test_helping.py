"""Who helps a patient: one helper for one name, one code for a helper, and away at once."""

import datetime as dt

import pytest
from django.utils import timezone

from hipcare.audit.models import Entry
from hipcare.clinics.models import Device, Helper, PairingCode
from hipcare.clinics.services import devices
from hipcare.clinics.services.devices import (
    CodeRefusedError,
    Refusal,
    TooManyDevicesError,
    find_code,
    make_helper_code,
    make_own_code,
    make_pairing_code,
    own_devices,
    pair,
)
from hipcare.clinics.services.helping import MOST_HELPERS, TooManyHelpersError, add_helper, take_helper_away
from tests.factories import DeviceFactory, PatientFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def joanna(patient):
    return add_helper(patient=patient, name="Joanna", by=patient.user)


def phone_of(helper, key="a phone"):
    code = make_helper_code(helper=helper, by=helper.patient.user)
    return pair(code=code, session_key=key, device_name="Phone, Chrome")


def trail(action):
    return [(one.actor, one.subject, one.subject_id) for one in Entry.objects.filter(action=action).order_by("at")]


def test_added_twice_is_one_helper_however_the_name_is_written(patient, joanna):
    again = add_helper(patient=patient, name="JOANNA", by=patient.physiotherapist)

    assert again == joanna
    assert Helper.objects.get().name == "Joanna"
    assert trail("change") == [(patient.user.pk, "helper", joanna.pk)]


def test_the_same_name_with_another_patient_is_another_helper(joanna):
    other = PatientFactory()
    assert add_helper(patient=other, name="Joanna", by=other.user) != joanna


def test_there_are_five_at_most_and_who_is_away_does_not_count(patient, joanna):
    for number in range(MOST_HELPERS - 1):
        add_helper(patient=patient, name=f"Helper {'abcd'[number]}", by=patient.user)
    with pytest.raises(TooManyHelpersError):
        add_helper(patient=patient, name="One more", by=patient.user)
    assert add_helper(patient=patient, name="Joanna", by=patient.user) == joanna

    take_helper_away(helper=joanna, by=patient.user)
    add_helper(patient=patient, name="One more", by=patient.user)
    with pytest.raises(TooManyHelpersError):
        add_helper(patient=patient, name="Joanna", by=patient.user)


def test_a_code_opens_a_device_that_says_who_it_is(patient, joanna):
    device = phone_of(joanna)

    assert (device.patient, device.helper) == (patient, joanna)
    assert not own_devices(patient).exists()
    assert trail("pair") == [(joanna.pk, "device", device.pk)]


def test_a_helpers_code_leaves_the_other_codes_open_and_only_its_own_is_replaced(patient, joanna):
    tom = add_helper(patient=patient, name="Tom", by=patient.user)
    others = [
        make_pairing_code(patient=patient, by=patient.physiotherapist),
        make_own_code(patient=patient),
        make_helper_code(helper=tom, by=patient.user),
    ]
    first = make_helper_code(helper=joanna, by=patient.user)
    second = make_helper_code(helper=joanna, by=patient.physiotherapist)

    assert set(PairingCode.objects.still_open()) == {*others, second}
    assert first.typed_code != second.typed_code


def test_a_helpers_code_works_for_a_day(joanna, time_machine):
    code = make_helper_code(helper=joanna, by=joanna.patient.user)
    time_machine.move_to(timezone.now() + dt.timedelta(hours=23, minutes=59))
    assert find_code(typed=code.typed_code) == code
    time_machine.move_to(timezone.now() + dt.timedelta(minutes=2))
    with pytest.raises(CodeRefusedError) as refused:
        find_code(typed=code.typed_code)
    assert refused.value.why is Refusal.EXPIRED


def test_codes_of_helpers_count_among_those_that_can_be_typed_at_once(monkeypatch, joanna):
    monkeypatch.setattr(devices, "OTHER_CODES_TYPED_AT_ONCE", 1)
    make_own_code(patient=PatientFactory())
    code = make_helper_code(helper=joanna, by=joanna.patient.user)

    assert (code.is_open, code.is_open_by_scan) == (False, True)


def test_a_helper_takes_no_place_of_the_patients_phones_nor_of_another_helpers(patient, joanna):
    for number in range(devices.MOST_DEVICES):
        phone_of(joanna, f"phone {number}")
    with pytest.raises(TooManyDevicesError):
        phone_of(joanna, "a fourth")

    code = make_pairing_code(patient=patient, by=patient.physiotherapist)
    assert pair(code=code, session_key="her own", device_name="Phone").helper is None


def test_the_patients_phone_is_not_taken_off_for_a_helper(patient, joanna):
    hers = DeviceFactory(patient=patient)
    code = make_helper_code(helper=joanna, by=patient.user)
    pair(code=code, session_key="a phone", device_name="Phone", take_off=hers)

    assert hers in Device.objects.live()


def test_patient_and_helper_can_share_a_phone(patient, joanna):
    code = make_pairing_code(patient=patient, by=patient.physiotherapist)
    hers, helpers = pair(code=code, session_key="the same", device_name="Phone"), phone_of(joanna, "the same")

    assert set(Device.objects.live()) == {hers, helpers}
    assert hers.kept_under == patient.user.kept_under != helpers.kept_under


def test_taken_away_is_out_at_once_with_every_phone_and_code(patient, joanna):
    device, code = phone_of(joanna), make_helper_code(helper=joanna, by=patient.user)
    take_helper_away(helper=joanna, by=patient.physiotherapist)

    assert not Device.objects.live().exists()
    with pytest.raises(CodeRefusedError) as refused:
        find_code(token=code.token)
    assert refused.value.why is Refusal.REPLACED
    assert trail("unpair") == [(patient.physiotherapist.pk, "device", device.pk)]
    assert trail("change")[-1] == (patient.physiotherapist.pk, "helper", joanna.pk)


def test_taken_away_twice_is_once(patient, joanna):
    for _ in range(2):
        take_helper_away(helper=joanna, by=patient.user)
    assert Entry.objects.filter(subject="helper").count() == 2  # added, taken away


def test_who_is_away_gets_no_code(joanna):
    take_helper_away(helper=joanna, by=joanna.patient.user)
    with pytest.raises(Helper.DoesNotExist):
        make_helper_code(helper=joanna, by=joanna.patient.user)


def test_who_comes_back_is_the_same_helper_under_the_same_key(patient, joanna):
    """So what waits unsent on their phone is sent once they are in again."""
    before = phone_of(joanna).kept_under
    take_helper_away(helper=joanna, by=patient.user)
    again = add_helper(patient=patient, name="joanna", by=patient.physiotherapist)

    assert (again, again.stopped_at, again.name) == (joanna, None, "joanna")
    assert phone_of(again).kept_under == before
