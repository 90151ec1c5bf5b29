"""What of people's typing is kept: by the forms, by the commands, and by the columns whatever writes to them."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from hipcare.clinics.models import Clinic, Patient, User
from programmes.models import Session
from tests.clinics.forms.test_patient_form import typed
from tests.factories import ExerciseFactory, LeadFactory, PatientFactory, SessionFactory, TemplateFactory
from tests.structure.world import client_of


def add(physio, **changes):
    return client_of(physio).post(reverse("patient_create"), typed(physio, **changes))


def test_a_patient_is_kept_as_one_reads_it(physio):
    add(
        physio,
        first_name="Jose\u0301\u200b",
        last_name="\u202eNun\u0303ez\xa0 Diaz",
        condition="Hip\u00a0osteo\u00adarthritis",
        clinic_number="AL\u20072041\x07",
        phone="01632\xa0960\u202f118",
    )
    patient = Patient.objects.get()
    assert (patient.full_name, patient.condition) == ("José Nuñez Diaz", "Hip osteoarthritis")
    assert (patient.clinic_number, patient.phone) == ("AL 2041", "01632 960 118")


@pytest.mark.parametrize("nothing", ["\u200b", "\u2800", "\u3164", "\xa0", "\u200d\u200d"], ids=ascii)
def test_a_name_nobody_can_see_is_no_name(physio, nothing):
    response = add(physio, first_name=nothing)
    assert response.status_code == 422
    assert "Enter the first name" in response.text
    assert not Patient.objects.exists()


@pytest.mark.parametrize("name", ["-", ".", "🌻"])
def test_a_name_has_a_letter(physio, name):
    response = add(physio, first_name=name)
    assert response.status_code == 422
    assert "First name needs at least one letter" in response.text


def test_the_clinics_own_words_are_kept_as_one_reads_them(db):
    lead = LeadFactory()
    form = client_of(lead).get(reverse("clinic_settings")).context["form"]
    posted = {
        **form.initial,
        "stamp": form.stamp,
        "name": "Alder\u200b \u3000Lane",
        "opening_hours": "Monday\u2028 to Friday",
    }
    posted.pop("prints_in_grey")
    client_of(lead).post(reverse("clinic_settings"), posted)
    clinic = Clinic.objects.get()
    assert (clinic.name, clinic.opening_hours) == ("Alder Lane", "Monday to Friday")


def say(monkeypatch, *args, **options):
    monkeypatch.setattr("sys.stdin", io.StringIO("four words not together\n"))
    call_command(*args, password_stdin=True, **options)


def test_the_commands_keep_what_one_reads(db, monkeypatch):
    say(monkeypatch, "create_clinic", "Alder\u200b  Lane", " Lee@Example.org\u200b", "Lee\xa0Ferreira")
    lead = User.objects.get()
    assert (lead.clinic.name, lead.name, lead.email) == ("Alder Lane", "Lee Ferreira", "lee@example.org")


@pytest.mark.parametrize("name", ["\u200b", "-"], ids=ascii)
def test_the_commands_refuse_a_name_of_nothing(db, monkeypatch, name):
    with pytest.raises(CommandError, match="name"):
        say(monkeypatch, "create_clinic", "Alder Lane", "lee@example.org", name)
    assert not Clinic.objects.exists()


def test_no_way_of_writing_goes_past_the_gate(physio):
    patient = PatientFactory(first_name="Ann\u200b", condition="a\xa0b")
    assert (patient.first_name, Patient.objects.get(pk=patient.pk).condition) == ("Ann", "a b")
    Patient.objects.update(condition="sore\u200b  hip")
    assert Patient.objects.get(pk=patient.pk).condition == "sore hip"
    patient.condition = "Jose\u0301"
    Patient.objects.bulk_update([patient], ["condition"])
    assert Patient.objects.get(pk=patient.pk).condition == "José"
    Clinic.objects.bulk_create([Clinic(name="A\u200bB")])
    assert Clinic.objects.filter(name="AB").exists()


def test_lists_of_sentences_and_notes_go_through_too(db):
    exercise = ExerciseFactory(steps=["Lie\xa0down.", "Bend\u200b."], load=" red  band")
    exercise.refresh_from_db()
    assert (exercise.steps, exercise.load) == (["Lie down.", "Bend."], "red band")
    session = SessionFactory(note="Sore.\r\nBetter\u200b now.  ")
    assert Session.objects.get(pk=session.pk).note == "Sore.\nBetter now."
    assert TemplateFactory(name="Calm\u2003down").name == "Calm down"


def test_one_name_is_enough_everywhere(physio):
    add(physio, first_name="Suharto", last_name="")
    patient = Patient.objects.get()
    assert (patient.full_name, str(patient), patient.last_name) == ("Suharto", "Suharto", "")
    client = client_of(physio)
    assert ">Suharto</a>" in client.get(reverse("programmes:patient_list")).text.replace("<bdi>", "").replace(
        "</bdi>", ""
    )
    assert client.get(reverse("programmes:patient", args=[patient.pk])).status_code == 200
    assert client.get(reverse("patient_edit", args=[patient.pk])).status_code == 200
