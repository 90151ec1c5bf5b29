"""What patients call the staff: a careful guess, said before it is saved, theirs to change."""

import io
import re

import pytest
from django.core.management import call_command
from django.urls import reverse

from hipcare.audit.models import Entry
from hipcare.clinics.models import User
from hipcare.clinics.naming import called_of, initials_of
from tests.factories import ClinicFactory, LeadFactory, PatientFactory, PhysioFactory, given_version
from tests.structure.world import client_of


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("Priya Nair", "Priya"),
        ("Priya", "Priya"),
        ("Dr Lee Novak", "Dr Novak"),
        ("Dr. Lee Novak", "Dr. Novak"),
        ("Prof. Dr. Lee Novak", "Prof. Novak"),
        ("Ms Novak", "Ms Novak"),
        ("Dr Maria van der Berg", "Dr van der Berg"),
        ("Jan van der Berg", "Jan"),
        ("Zoë O’Brien-Ångström", "Zoë"),
        ("van der Berg, Jan", "van der Berg, Jan"),
        ("de Souza", "de Souza"),
        ("Dr", "Dr"),
        ("J. Smith", "J. Smith"),
        ("J Smith", "J Smith"),
        ("Nguyễn Thị Lan", "Nguyễn Thị Lan"),
        ("Dr Ana García López", "Dr Ana García López"),
        ("王 秀英", "王 秀英"),
        ("Анна Жукова", "Анна Жукова"),
        ("محمد الأحمد", "محمد الأحمد"),
        ("Lee Novak, MCSP", "Lee Novak, MCSP"),
        ("", ""),
    ],
)
def test_the_guess_is_a_part_only_where_it_is_sure(name, called):
    assert called_of(name) == called


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Priya Nair", "PN"),
        ("Dr Lee Novak", "LN"),
        ("Priya", "P"),
        ("王秀英", "王"),
        ("王 秀英", "王秀"),
        ("Özlem ßen", "ÖS"),
        ("(Bob) van der Berg", "BB"),
        ("- Ann", "A"),
        ("Dr", "D"),
        ("", ""),
    ],
)
def test_initials_survive_every_name(name, initials):
    assert initials_of(name) == initials


def test_a_new_colleague_is_called_by_the_guess_and_a_patient_by_nothing_of_the_kind(db):
    clinic = ClinicFactory()
    lee = User.objects.create_staff(clinic=clinic, email="lee@example.org", name="Dr Lee\u200b Novak", password=None)
    assert (lee.name, lee.called) == ("Dr Lee Novak", "Dr Novak")
    assert User.objects.create_for_patient(clinic=clinic, name="Margaret").called == ""


def test_what_somebody_chose_is_not_guessed_over(db):
    physio = PhysioFactory(name="Dr Lee Novak", called="Lee")
    physio.save()
    physio.refresh_from_db()
    assert physio.called == "Lee"


def test_patients_read_what_their_physiotherapist_is_called(db):
    physio = PhysioFactory(name="Dr Lee Novak")
    patient = PatientFactory(clinic=physio.clinic, physiotherapist=physio)
    given_version(patient=patient, weekdays="0123456")
    client = client_of(patient.user)
    read = " ".join(re.sub(r"<[^>]*>", "", client.get(reverse("programmes:today")).text).split())
    assert "Anything to tell Dr Novak?" in read
    assert "Dr Novak reads this at your next visit" in read
    assert "Dr Novak" in client.get(reverse("help")).text


def run(monkeypatch, *args, **options):
    monkeypatch.setattr("sys.stdin", io.StringIO("four words not together\n"))
    out = io.StringIO()
    call_command(*args, password_stdin=True, stdout=out, **options)
    return out.getvalue()


def test_the_commands_say_what_patients_will_read_before_saving(db, monkeypatch):
    said = run(monkeypatch, "create_clinic", "Alder Lane", "lee@example.org", "Dr Lee Novak")
    assert said.startswith('Patients will read "Dr Novak". Not right?')
    assert User.objects.get().called == "Dr Novak"
    said = run(monkeypatch, "add_staff", "wang@example.org", "王 秀英", called="Wang\u200b Xiuying")
    assert said.startswith('Patients will read "Wang Xiuying".')
    assert User.objects.get(email="wang@example.org").called == "Wang Xiuying"


def test_add_staff_finds_the_clinic_whatever_its_capitals_and_accents(db, monkeypatch):
    clinic = ClinicFactory(name="Łąka Clinic")
    ClinicFactory(name="Alder Lane")
    run(monkeypatch, "add_staff", "ann@example.org", "Ann Lee", clinic="ŁĄKA clinic")
    assert User.objects.get().clinic == clinic


@pytest.fixture
def lead(db):
    return LeadFactory(name="Lee Ferreira")


def call(client, person, called):
    """Open the page and send it, as a browser does."""
    here = reverse("colleague_called", args=[person.pk])
    stamp = client.get(here).context["form"].stamp
    return client.post(here, {"called": called, "stamp": stamp}, follow=True)


def test_one_changes_what_patients_call_oneself_and_it_stands_in_the_trail(lead):
    physio = PhysioFactory(clinic=lead.clinic)
    client = client_of(physio)
    page = client.get(reverse("clinic_settings")).text
    here = reverse("colleague_called", args=[physio.pk])
    assert here in page
    assert reverse("colleague_called", args=[lead.pk]) not in page
    response = call(client, physio, " Miss\u200b  Priya ")
    assert "Patients now read “Miss Priya”." in response.text
    physio.refresh_from_db()
    assert (physio.called, physio.name) == ("Miss Priya", "Priya Nair")
    assert Entry.objects.filter(action=Entry.Action.CHANGE, actor=physio.pk, subject_id=physio.pk).count() == 1


def test_a_lead_changes_it_for_everybody_and_left_empty_it_is_the_guess(lead):
    physio = PhysioFactory(clinic=lead.clinic, name="Dr Ann Lee", called="Ann")
    call(client_of(lead), physio, "")
    physio.refresh_from_db()
    assert physio.called == "Dr Lee"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("-", "Name needs at least one letter"),
        ("x" * 81, "Name must be 80 characters or fewer"),
        ("A\0", "Name holds a character that cannot be kept"),
    ],
)
def test_what_nobody_could_be_called_is_refused_in_words(lead, typed, words):
    response = call(client_of(lead), lead, typed)
    assert response.status_code == 422
    assert words in response.text
    lead.refresh_from_db()
    assert lead.called == "Lee"
