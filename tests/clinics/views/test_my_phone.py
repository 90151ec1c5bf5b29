"""My phone: which phones have the plan, one more by a code of one's own, one less, and off this one."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from hipcare.audit.models import Entry
from hipcare.clinics.models import Device, PairingCode
from hipcare.clinics.services.devices import make_pairing_code
from tests.factories import DeviceFactory, given_version
from tests.structure.world import client_of

PHONE, ADD, LEAVE, J, YES, TODAY = "/phone/", "/phone/add/", "/phone/leave/", "/j", "/j/yes", "/today/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def patient():
    return given_version(exercises=1).patient


@pytest.fixture
def phone(patient):
    return client_of(patient.user)


@pytest.fixture
def this(phone):
    return Device.objects.get(session_key=phone.session.session_key)


def remove(device):
    return f"{PHONE}{device.pk}/remove/"


def test_today_leads_to_it(phone):
    assert f'href="{PHONE}"' in phone.get(TODAY).text


def test_it_lists_own_phones_that_are_in_and_no_others(phone, patient):
    tablet = DeviceFactory(patient=patient, name="Tablet, Safari")
    long_ago = timezone.now() - dt.timedelta(days=31)
    DeviceFactory(patient=patient, name="Idle thing", last_used_at=long_ago)
    DeviceFactory(patient=patient, name="Old thing", unpaired_at=long_ago)
    DeviceFactory(name="Another's")

    page = phone.get(PHONE).text

    assert page.count("<li>") == 2
    assert "<b>This phone</b>" in page
    assert "<b>Tablet with Safari</b>" in page
    assert f'href="{remove(tablet)}"' in page
    assert "Last used" in page


def test_number_of_queries_does_not_grow_with_phones(phone, patient, django_assert_num_queries):
    for more in (0, 2):
        for _ in range(more):
            DeviceFactory(patient=patient)
        with django_assert_num_queries(4):  # session, person by device, phones, who helps
            phone.get(PHONE)


# Another one


def test_the_code_is_made_by_a_button_and_shown_as_square_and_typed(phone, patient):
    assert "Make the code" in phone.get(ADD).text
    assert not PairingCode.objects.exists()

    page = phone.post(ADD, follow=True).text

    code = PairingCode.objects.get()
    assert (code.kind, code.made_by) == ("own", patient.user)
    assert code.typed_code in page
    assert 'src="data:image/svg+xml' in page
    assert "It works once, until" in page
    assert phone.get(ADD).text.count(code.typed_code) == 1


def test_made_twice_the_newer_one_counts(phone):
    phone.post(ADD)
    first = PairingCode.objects.get()
    page = phone.post(ADD, follow=True).text

    second = PairingCode.objects.exclude(pk=first.pk).get()
    assert second.typed_code in page
    first.refresh_from_db()
    assert not first.is_open


def test_an_old_code_is_not_shown(phone, time_machine):
    phone.post(ADD)
    time_machine.move_to(timezone.now() + dt.timedelta(minutes=10, seconds=1))

    assert PairingCode.objects.get().typed_code not in phone.get(ADD).text


def test_an_old_code_of_ones_own_is_said_to_be_old_and_where_to_make_another(phone, time_machine):
    phone.post(ADD)
    code = PairingCode.objects.get()
    time_machine.move_to(timezone.now() + dt.timedelta(minutes=11))

    page = Client().post(J, {"token": code.token}).text

    assert "It worked for 10 minutes" in page
    assert "14 days" not in page
    assert "Make a new code there, on the page “My phone”." in page


def test_another_phone_gets_in_by_it_and_the_clinics_code_still_works(phone, patient):
    clinics = make_pairing_code(patient=patient, by=patient.physiotherapist)
    phone.post(ADD)
    tablet = Client()

    tablet.post(J, {"code": PairingCode.objects.get(kind="own").typed_code})
    assert tablet.post(YES, {"answer": "yes"}).url == TODAY

    assert tablet.get(TODAY).status_code == phone.get(TODAY).status_code == 200
    clinics.refresh_from_db()
    assert clinics.is_open


def test_three_phones_are_said_to_be_enough_before_and_after(phone, patient):
    for _ in range(2):
        DeviceFactory(patient=patient)

    assert "To add one, remove one first." in phone.get(PHONE).text
    response = phone.post(ADD)
    assert (response.status_code, "Remove one first." in response.text) == (409, True)
    assert not PairingCode.objects.exists()


def test_the_fourth_phone_asks_which_one_goes(phone, patient, this):
    others = [DeviceFactory(patient=patient, name=name) for name in ("Tablet, Safari", "Computer, Firefox")]
    code = make_pairing_code(patient=patient, by=patient.physiotherapist)
    fourth = Client()
    fourth.post(J, {"token": code.token})

    page = fourth.get(YES).text
    assert "You have 3 phones already. Which one goes?" in page
    assert "checked" not in page
    for sent in ({}, {"take_off": "nonsense"}, {"take_off": str(DeviceFactory().pk)}):
        refused = fourth.post(YES, {"answer": "yes", **sent})
        assert (refused.status_code, "Choose one of them." in refused.text) == (422, True)
    assert Device.objects.live().filter(patient=patient).count() == 3

    assert fourth.post(YES, {"answer": "yes", "take_off": str(others[0].pk)}).url == TODAY
    assert set(Device.objects.live().filter(patient=patient)) >= {this, others[1]}
    assert phone.get(TODAY).status_code == 200


# One less


def test_removing_asks_once_and_then_does_it(phone, patient):
    tablet = DeviceFactory(patient=patient, name="Tablet, Safari")

    assert "Remove Tablet with Safari?" in phone.get(remove(tablet)).text
    assert Device.objects.live().filter(pk=tablet.pk).exists()
    page = phone.post(remove(tablet), follow=True).text

    assert "Your plan is off: Tablet with Safari." in page
    assert not Device.objects.live().filter(pk=tablet.pk).exists()
    entry = Entry.objects.get()
    assert (entry.action, entry.actor, entry.subject_id) == ("unpair", patient.user.pk, tablet.pk)


def test_removing_twice_or_from_a_stale_page_changes_nothing_more(phone, patient):
    tablet = DeviceFactory(patient=patient)
    for _ in range(2):
        assert phone.post(remove(tablet)).url == PHONE
    assert phone.get(remove(tablet)).url == PHONE
    assert Entry.objects.count() == 1


def test_this_phone_is_left_not_removed(phone, this):
    assert phone.get(remove(this)).url == phone.post(remove(this)).url == LEAVE
    assert phone.get(TODAY).status_code == 200


def test_another_patients_phone_is_not_there(phone):
    others = DeviceFactory()

    assert phone.get(remove(others)).status_code == phone.post(remove(others)).status_code == 404
    assert Device.objects.live().filter(pk=others.pk).exists()


def test_leaving_says_what_happens_before(phone, patient):
    page = phone.get(LEAVE).text
    assert "To come back here you need a new code." in page
    assert "Your other phones keep working." not in page
    DeviceFactory(patient=patient)
    assert "Your other phones keep working." in phone.get(LEAVE).text
