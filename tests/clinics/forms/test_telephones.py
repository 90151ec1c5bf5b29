"""Telephone numbers on the forms and in every link of the patient's pages."""

import re

import pytest
from django.urls import reverse

from hipcare.clinics.models import Clinic, Patient
from tests.clinics.forms.test_patient_form import typed
from tests.factories import ClinicFactory, LeadFactory, PatientFactory, PhysioFactory
from tests.structure.world import client_of

LINK = re.compile(r'href="(tel:[^"]*)"')


def clinic_form(lead, **changes):
    client = client_of(lead)
    form = client.get(reverse("clinic_settings")).context["form"]
    shown = {**form.initial, "stamp": form.stamp, **changes}
    posted = {name: value for name, value in shown.items() if value is not False}
    return client.post(reverse("clinic_settings"), posted)


@pytest.mark.parametrize("typed", ["+44 (0)1632 960118", "(01632) 960118", "01632 960118 ext 22", "01632/960118"])
def test_help_page_and_footer_dial_right_and_show_what_was_typed(db, typed):
    patient = PatientFactory(clinic=ClinicFactory(phone=typed))
    client = client_of(patient.user)
    helped = client.get(reverse("help")).text
    assert LINK.findall(helped) == ["tel:999", "tel:111", "tel:+441632960118"]
    assert typed in helped
    assert set(LINK.findall(client.get(reverse("programmes:today")).text)) == {"tel:+441632960118"}


def test_numbers_are_dialled_as_in_the_clinics_country(db):
    clinic = ClinicFactory(time_zone="Europe/Berlin", phone="030 901820", emergency_phone="112")
    helped = client_of(PatientFactory(clinic=clinic).user).get(reverse("help")).text
    assert LINK.findall(helped) == ["tel:112", "tel:111", "tel:+4930901820"]


@pytest.mark.parametrize("name", ["phone", "emergency_phone", "urgent_phone"])
def test_a_number_nobody_can_dial_is_refused_in_words(db, name):
    lead = LeadFactory()
    response = clinic_form(lead, **{name: "960118"})
    assert response.status_code == 422
    assert "This number cannot be dialled. Is the area code there, and every number?" in response.text
    assert 'value="960118"' in response.text
    assert getattr(Clinic.objects.get(), name) != "960118"


def test_the_country_is_the_time_zones_until_another_is_chosen(db):
    lead = LeadFactory()
    assert "As the time zone says (Britain (UK))" in client_of(lead).get(reverse("clinic_settings")).text
    assert clinic_form(lead, time_zone="Europe/Warsaw", phone="22 694 17 50").status_code == 302
    assert (Clinic.objects.get().country, Clinic.objects.get().calling_country) == ("", "PL")
    assert clinic_form(lead, country="GB", phone="01632 960118").status_code == 302
    assert Clinic.objects.get().calling_country == "GB"


@pytest.mark.parametrize("country", ["XX", "\x00", "England"])
def test_a_country_that_is_none_is_refused(db, country):
    response = clinic_form(LeadFactory(), country=country)
    assert response.status_code == 422
    assert "Choose a country from the list" in response.text


def test_a_patients_number_is_kept_as_typed_where_it_can_be_dialled(db):
    physio = PhysioFactory()
    client = client_of(physio)
    assert client.post(reverse("patient_create"), typed(physio, phone="(01632)\xa0960118 ext 2")).status_code == 302
    assert Patient.objects.get().phone == "(01632) 960118 ext 2"
    refused = client.post(reverse("patient_create"), typed(physio, last_name="Other", phone="960118"))
    assert "This number cannot be dialled" in refused.text
