"""A new pairing code and a device taken away, by staff."""

import pytest
from django.urls import reverse

from hipcare.audit.models import Entry
from hipcare.clinics.models import PairingCode
from hipcare.clinics.services.devices import make_pairing_code
from tests.factories import DeviceFactory
from tests.structure.world import client_of


@pytest.fixture
def client(patient):
    return client_of(patient.physiotherapist)


def new_code(client, patient, **posted):
    return client.post(reverse("pairing_code_create", args=[patient.pk]), posted)


def test_new_code_closes_the_old_one(client, patient):
    old = make_pairing_code(patient=patient, by=patient.physiotherapist)
    new_code(client, patient)
    old.refresh_from_db()
    assert not old.is_open
    newest = PairingCode.objects.still_open().get()
    assert (newest.patient, newest.made_by) == (patient, patient.physiotherapist)


def test_new_code_leaves_one_row_in_the_trail(client, patient):
    new_code(client, patient)
    entry = Entry.objects.get()
    assert (entry.action, entry.subject, entry.patient) == (Entry.Action.CHANGE, "pairingcode", patient.pk)


def test_new_code_goes_back_to_the_page_that_asked(client, patient):
    assert new_code(client, patient, next="/versions/1/handover/").url == "/versions/1/handover/"


@pytest.mark.parametrize(
    "elsewhere",
    ["", "https://elsewhere.example/", "//elsewhere.example/", "javascript:go()", "left", "home", "programmes:today"],
)
def test_new_code_never_leads_elsewhere(client, patient, elsewhere):
    assert new_code(client, patient, next=elsewhere).url == reverse("programmes:patient", args=[patient.pk])


def test_device_is_taken_away(client, patient):
    device = DeviceFactory(patient=patient)
    response = client.post(reverse("device_unpair", args=[device.pk]))
    assert response.url == reverse("programmes:patient", args=[patient.pk])
    device.refresh_from_db()
    assert device.unpaired_at is not None
    assert list(Entry.objects.values_list("action", "actor")) == [("unpair", patient.physiotherapist_id)]


def test_strangers_code_and_device_are_not_found(client):
    stranger = DeviceFactory()
    assert new_code(client, stranger.patient).status_code == 404
    assert client.post(reverse("device_unpair", args=[stranger.pk])).status_code == 404
    stranger.refresh_from_db()
    assert stranger.unpaired_at is None
    assert not PairingCode.objects.exists()
