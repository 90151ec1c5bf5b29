"""What was gone through with the patient before they left is ticked when a version is given, and kept."""

import re

import pytest
from django.urls import reverse

from hipcare.audit.models import Entry
from hipcare.clinics.models import Patient
from programmes.models import TeachBack
from tests.factories import PatientFactory, PhysioFactory, given_version
from tests.programmes.drafts import text_of
from tests.structure.world import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    first = given_version(patient=PatientFactory())
    return given_version(programme=first.programme, number=2)


def done(version, *taught, shown=(), by=None):
    staff = client_of(by or version.patient.physiotherapist)
    address = reverse("programmes:taught_back", args=[version.pk])
    return staff.post(address, {"taught": taught, "shown": shown})


def ticked(version):
    return TeachBack.objects.get(version=version).ticked


def test_done_keeps_the_ticks_and_leads_to_the_patient(version):
    answer = done(version, "showed", "knows_when_to_stop")
    assert answer.url == reverse("programmes:patient", args=[version.patient.pk])
    assert ticked(version) == ["showed", "knows_when_to_stop"]
    shown = text_of(client_of(version.patient.physiotherapist).get(answer.url))
    assert "Before going: showed me each exercise, knows when to stop and who to call." in shown
    entry = Entry.objects.get(action=Entry.Action.CHANGE, patient=version.patient.pk)
    assert entry.fields == ["knows_when_to_stop", "showed"]


def test_done_without_a_tick_writes_nothing(version):
    done(version)
    assert not TeachBack.objects.exists()
    assert not Entry.objects.filter(action=Entry.Action.CHANGE).exists()


def test_a_tick_can_be_taken_away_and_twice_is_once(version):
    done(version, "showed")
    done(version, "showed")
    assert ticked(version) == ["showed"]
    done(version, shown=["showed"])
    assert ticked(version) == []


def test_an_older_page_takes_away_nothing_that_it_did_not_show(version):
    done(version, "showed")
    done(version, "old_sheet_back", by=version.patient.physiotherapist)
    assert ticked(version) == ["showed", "old_sheet_back"]


def test_what_is_none_of_ours_is_left(version):
    done(version, "nonsense", "\x00", "by")
    assert not TeachBack.objects.exists()


def test_the_old_sheet_is_asked_for_where_there_is_one(version):
    staff = client_of(version.patient.physiotherapist)
    first = version.programme.versions.get(number=1)
    assert "Old sheet taken back" in text_of(staff.get(reverse("programmes:handover", args=[version.pk])))
    assert "Old sheet taken back" not in text_of(staff.get(reverse("programmes:handover", args=[first.pk])))


def test_another_clinic_ticks_nothing(version):
    assert done(version, "showed", by=PhysioFactory()).status_code == 404
    assert not TeachBack.objects.exists()


@pytest.mark.parametrize(("needs_large", "first"), [(True, "large"), (False, "full")])
def test_every_sheet_is_offered_first_the_one_that_the_record_asks_for(version, needs_large, first):
    Patient.objects.filter(pk=version.patient.pk).update(large_print=needs_large)
    page = client_of(version.patient.physiotherapist).get(reverse("programmes:handover", args=[version.pk]))
    offered = re.findall(r'name="layout" value="(\w+)" class="btn ([\w-]+)"', page.content.decode())
    rest = next(layout for layout in ("full", "large") if layout != first)
    assert offered == [(first, "btn-primary"), (rest, "btn-quiet")]
    assert ("Needs large print" in text_of(page)) is needs_large
