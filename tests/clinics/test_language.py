"""Who is spoken to in which language: a patient in their own, staff in English, a stranger as the browser asks."""

import pytest
from django.test import override_settings
from django.urls import reverse

from tests.factories import PatientFactory, PhysioFactory
from tests.structure.world import client_of

pytestmark = pytest.mark.django_db
WELSH = override_settings(LANGUAGES=[("en-gb", "English"), ("cy", "Cymraeg")])
TODAY, HELP, STAFF = reverse("programmes:today"), reverse("help"), reverse("programmes:patient_list")
SIGN_IN = reverse("account_login")


def language_of(response):
    return response.content.decode().partition('<html lang="')[2].partition('"')[0]


@WELSH
@pytest.mark.parametrize("language", ["cy", "en-gb"])
def test_patient_reads_in_their_own_language_whatever_the_browser_asks(language):
    client = client_of(PatientFactory(language=language).user, headers={"accept-language": "cy, en"})
    said = {"cy": "cy", "en-gb": "en-GB"}[language]
    assert language_of(client.get(TODAY)) == said


@WELSH
def test_device_remembers_for_pages_that_do_not_ask_who_it_is():
    client = client_of(PatientFactory(language="cy").user)
    assert language_of(client.get(HELP)) == "en-GB"
    client.get(TODAY)
    assert language_of(client.get(HELP)) == "cy"
    assert language_of(client.get("/nowhere/")) == "cy"


def test_no_cookie_where_the_site_speaks_english_by_itself():
    client = client_of(PatientFactory().user)
    client.get(TODAY)
    assert "django_language" not in client.cookies


@WELSH
def test_staff_read_english():
    client = client_of(PhysioFactory(), headers={"accept-language": "cy"})
    assert language_of(client.get(STAFF)) == "en-GB"
    assert language_of(client.get(SIGN_IN, follow=True)) == "en-GB"


@WELSH
def test_stranger_is_spoken_to_as_the_browser_asks(client):
    assert language_of(client.get(reverse("pair"), headers={"accept-language": "cy, en"})) == "cy"
    assert language_of(client.get(reverse("pair"), headers={"accept-language": "de"})) == "en-GB"
    assert language_of(client.get(SIGN_IN, headers={"accept-language": "cy"})) == "en-GB"


@WELSH
def test_language_of_one_request_is_not_that_of_the_next(client):
    client_of(PatientFactory(language="cy").user).get(TODAY)
    assert language_of(client.get("/nowhere/")) == "en-GB"


@pytest.mark.parametrize("others", [[], [("cy", "Cymraeg")]])
def test_staff_choose_a_language_where_there_is_more_than_one(settings, others):
    settings.LANGUAGES = [("en-gb", "English"), *others]
    patient = PatientFactory()
    client, address = client_of(patient.physiotherapist), reverse("patient_edit", args=[patient.pk])
    page = client.get(address)
    assert ("Cymraeg" in page.text) is ("Reads in" in page.text) is bool(others)
    form = page.context["form"]
    sent = {name: value for name, value in form.initial.items() if name in form.fields and value is not None}
    born = patient.date_of_birth
    sent |= {"date_of_birth_day": born.day, "date_of_birth_month": born.month, "date_of_birth_year": born.year}
    sent |= {"language": "cy", "stamp": form.stamp}
    assert client.post(address, sent).status_code == 302
    patient.refresh_from_db()
    assert patient.language == ("cy" if others else "en-gb")
