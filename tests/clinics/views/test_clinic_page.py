"""The clinic's page: what is missing before the first programme, and its details."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from hipcare.audit.models import Entry
from hipcare.clinics.forms.clinic_form import ClinicForm, time_zones
from hipcare.clinics.models import Clinic
from tests.factories import ClinicFactory, ExerciseFactory, LeadFactory, PatientFactory, PhysioFactory, sign
from tests.structure.world import client_of, every_row

DETAILS = {
    "name": "Alder Lane",
    "address": "12 Alder Lane, Testbridge",
    "phone": "01632 960 118",
    "opening_hours": "Monday to Friday, 8am to 6pm",
    "emergency_phone": "999",
    "urgent_phone": "111",
    "time_zone": "Europe/London",
    "pain_fine_up_to": "2",
    "pain_ok_up_to": "5",
}


@pytest.fixture
def lead(db):
    return LeadFactory(clinic=ClinicFactory(name="Alder Lane", phone=""))


def see(person):
    return client_of(person).get(reverse("clinic_settings")).content.decode()


def save(person, **changes):
    return client_of(person).post(reverse("clinic_settings"), {**DETAILS, "stamp": stamp_of(person), **changes})


def stamp_of(lead):
    return ClinicForm(instance=Clinic.objects.get(pk=lead.clinic_id), by=lead).stamp


def test_new_clinic_is_led_step_by_step(lead):
    ExerciseFactory()
    page = see(lead)
    assert "Welcome, <bdi>Lee</bdi>" in page
    assert "Still missing: clinic phone." in page
    assert 'href="#details"' in page
    assert page.count(">Done<") == 1  # the account
    assert "1 of 1 is not signed yet." in page
    assert f'href="{reverse("exercises:signatures")}"' in page


def test_steps_are_done_one_by_one(lead):
    exercise = ExerciseFactory()
    save(lead)
    assert see(lead).count(">Done<") == 2
    PatientFactory(clinic=lead.clinic)
    assert see(lead).count(">Done<") == 3
    sign(lead.clinic, exercise)
    page = see(lead)
    assert "Welcome" not in page
    assert "<h1>Alder Lane</h1>" in page


def test_physio_is_told_that_the_lead_signs(lead):
    ExerciseFactory()
    page = see(PhysioFactory(clinic=lead.clinic))
    assert page.count("For your clinic lead") == 3
    assert reverse("exercises:signatures") not in page


@pytest.mark.django_db
def test_made_up_clinic_need_not_sign():
    lead = LeadFactory(clinic=ClinicFactory(is_demo=True))
    PatientFactory(clinic=lead.clinic)
    ExerciseFactory()
    assert "Welcome" not in see(lead)


def test_strangers_patient_finishes_no_step(lead):
    PatientFactory()
    save(lead)
    assert "Welcome, <bdi>Lee</bdi>" in see(lead)


def test_second_factor_is_the_first_step_where_it_is_asked_for(lead, settings):
    client = client_of(lead)
    Authenticator.objects.create(user=lead, type=Authenticator.Type.TOTP, data={})
    settings.STAFF_SECOND_FACTOR = True
    assert "Second factor added." in client.get(reverse("clinic_settings")).content.decode()


def test_only_lead_is_told_to_find_a_second(lead):
    assert "A second clinic lead is wise" in see(lead)
    LeadFactory(clinic=lead.clinic)
    assert "A second clinic lead is wise" not in see(lead)


def test_lead_saves_the_details(lead):
    response = save(lead, time_zone="Europe/Dublin", pain_fine_up_to="3", pain_ok_up_to="6", urgent_phone="116 117")
    assert response.url == reverse("clinic_settings")
    clinic = lead.clinic
    clinic.refresh_from_db()
    assert (clinic.phone, clinic.time_zone, clinic.urgent_phone) == ("01632 960 118", "Europe/Dublin", "116 117")
    assert (clinic.pain_fine_up_to, clinic.pain_ok_up_to) == (3, 6)
    assert list(Entry.objects.values_list("action", "subject", "actor", "patient")) == [
        ("change", "clinic", lead.pk, None)
    ]


def test_strangers_clinic_stays_as_it_was(lead):
    stranger = ClinicFactory(name="Stranger")
    save(lead)
    stranger.refresh_from_db()
    assert stranger.name == "Stranger"


LONG = "x" * 20_000


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "Enter the clinic name"),
        ({"name": LONG}, "Clinic name must be 80 characters or fewer"),
        ({"name": "A\x00"}, "Clinic name holds a character that cannot be kept"),
        ({"address": LONG}, "Address must be 160 characters or fewer"),
        ({"phone": ""}, "Enter the clinic phone"),
        ({"phone": "ask at the desk"}, "Use numbers and spaces"),
        ({"emergency_phone": ""}, "Enter the emergency number"),
        ({"urgent_phone": ""}, "Enter the urgent advice number"),
        ({"urgent_phone": "1" * 21}, "Urgent advice number must be 20 characters or fewer"),
        ({"time_zone": "Mars/Olympus"}, "Choose a time zone from the list"),
        ({"time_zone": "../../etc/passwd"}, "Choose a time zone from the list"),
        ({"pain_fine_up_to": ""}, "First band must end at a whole number from 0 to 9"),
        ({"pain_ok_up_to": "10"}, "Second band must end at a whole number from 0 to 9"),
        ({"pain_ok_up_to": "999999999"}, "Second band must end at a whole number from 0 to 9"),
        ({"pain_fine_up_to": "5"}, "Second band must end above 5"),
    ],
)
def test_bad_details_are_named_kept_and_not_saved(lead, changes, words):
    client = client_of(lead)
    before = every_row()
    response = client.post(reverse("clinic_settings"), {**DETAILS, "stamp": stamp_of(lead), **changes})
    page = response.content.decode()
    assert response.status_code == 422
    assert "<title>Error: " in page
    assert page.count(words) >= 2
    assert "12 Alder Lane, Testbridge" in page or "address" in changes
    assert every_row() == before


def test_refused_details_leave_the_steps_as_they_are(lead):
    page = save(lead, pain_ok_up_to="1").content.decode()
    assert "Still missing: clinic phone." in page
    assert 'value="01632 960 118"' in page


def test_physiotherapist_reads_and_cannot_write(lead):
    physio = PhysioFactory(clinic=lead.clinic)
    page = see(physio)
    assert "A clinic lead can change these." in page
    assert 'name="urgent_phone"' not in page
    client = client_of(physio)
    before = every_row()
    assert client.post(reverse("clinic_settings"), DETAILS).status_code == 403
    assert every_row() == before


def test_staff_listed_are_the_clinics_own_who_work_there(lead):
    physio = PhysioFactory(clinic=lead.clinic, name="Ada")
    PhysioFactory(clinic=lead.clinic, is_active=False)
    PatientFactory()
    response = client_of(lead).get(reverse("clinic_settings"))
    assert list(response.context["colleagues"]) == [physio, lead]


@pytest.mark.parametrize("colleagues", [1, 3])
def test_page_asks_the_database_as_often_for_few_as_for_many(lead, colleagues, django_assert_num_queries):
    PhysioFactory.create_batch(colleagues, clinic=lead.clinic)
    client = client_of(lead)
    # session, person, clinic, second factor, patients, leads, texts, signatures, exercises, topics, theirs, colleagues
    with django_assert_num_queries(13):
        client.get(reverse("clinic_settings"))


def test_time_zones_are_those_people_live_in():
    names = dict(time_zones())
    assert names["America/New_York"] == "America/New York"
    assert "UTC" in names
    assert "Etc/GMT+3" not in names
