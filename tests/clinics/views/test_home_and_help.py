"""The two addresses everybody may open."""

import re

import pytest
from django.db import OperationalError
from django.test import Client

from hipcare.clinics.help_signs import OURS
from hipcare.clinics.services.texts import wording_of
from programmes.handouts.content import help_box
from tests.factories import ClinicFactory, LeadFactory, PatientFactory, PhysioFactory, given_version
from tests.structure.world import client_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("person", "address"),
    [
        (lambda: PatientFactory().user, "/today/"),
        (PhysioFactory, "/patients/"),
        (LeadFactory, "/patients/"),
    ],
)
def test_home_leads_everybody_to_their_first_page(person, address):
    assert client_of(person()).get("/").url == address


def test_home_asks_who_is_not_signed_in_and_puts_patients_first(django_assert_num_queries):
    with django_assert_num_queries(0):
        page = Client().get("/")

    assert page.status_code == 200
    assert page.text.index('href="/j">I am a patient') < page.text.index('href="/accounts/login/">I work at a clinic')
    assert client_of(None).get("/?lost=words").cookies.get("session") is None


def test_help_for_nobody_has_the_usual_numbers_and_no_clinic():
    text = Client().get("/help/").text

    assert 'href="tel:999"' in text
    assert 'href="tel:111"' in text
    assert "Ask your physio" in text
    assert text.count('href="tel:') == 2


def test_help_for_a_patient_has_the_clinics_numbers_and_the_physios_name():
    clinic = ClinicFactory(emergency_phone="112", urgent_phone="116 117", phone="01632 960 200", pain_ok_up_to=4)
    text = client_of(PatientFactory(clinic=clinic).user).get("/help/").text

    assert 'href="tel:112"' in text
    assert "Call 112 or go to A&amp;E now" in text
    assert 'href="tel:116117"' in text
    assert "Ask <bdi>Priya</bdi>" in text
    assert 'href="tel:+441632960200"' in text
    assert "Monday to Friday, 8am to 6pm" in text
    assert "Pain of 5 or more as you exercise, two times in a row" in text


def test_help_is_the_same_list_for_everyone(django_assert_num_queries):
    nobody = Client().get("/help/").text
    staff = client_of(PhysioFactory()).get("/help/").text
    with django_assert_num_queries(0):
        Client().get("/help/")

    def signs(text):
        return re.findall(r"<li>(.*?)</li>", text)

    assert len(signs(nobody)) == len(OURS)
    assert signs(nobody) == signs(staff)


@pytest.mark.parametrize(("precautions", "is_longer"), [("none", False), ("posterior", True)])
def test_the_page_and_the_sheet_have_the_same_signs_in_the_same_order(precautions, is_longer):
    version = given_version()
    version.hip_precautions = precautions
    page = client_of(version.patient.user).get("/help/").text
    box = help_box(version.patient.clinic, version, wording_of(version.patient.clinic))
    signs = [sign.filled(5) for sign in OURS]
    printed = (*box.emergency.items, *box.urgent.items, *box.call_us.items, *box.gp.items)

    assert all(f"<li>{sign.words}</li>" in page for sign in signs)
    assert printed == tuple(sign.short for sign in signs if is_longer or not sign.after_operation)


def test_everybody_reads_what_is_for_after_an_operation():
    text = Client().get("/help/").text

    assert "After a hip operation, also:" in text
    assert "A sudden pop or sharp pain, and your hip feels out of place" in text


@pytest.mark.parametrize("person", [lambda: PatientFactory().user, PhysioFactory])
def test_help_is_there_while_the_database_is_away(person, monkeypatch):
    client = client_of(person())
    usual = Client().get("/help/").text

    def away(*_args, **_kwargs):
        raise OperationalError("database is locked")

    monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", away)
    answer = client.get("/help/")
    assert answer.status_code == 200
    assert answer.text == usual


def test_mistake_of_ours_is_not_taken_for_a_database_that_is_away(monkeypatch):
    client = client_of(PhysioFactory())

    def wrong(*_args, **_kwargs):
        raise OperationalError("no such column: clinic.nmae")

    monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", wrong)
    with pytest.raises(OperationalError, match="no such column"):
        client.get("/help/")
