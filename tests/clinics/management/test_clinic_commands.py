"""``create_clinic`` and ``add_staff``: how a real clinic starts."""

import getpass
import io
import sys

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from hipcare.clinics.models import Clinic, User
from tests.factories import ClinicFactory, PhysioFactory

PASSWORD = "seven hip exercises"


class Pipe(io.StringIO):
    def isatty(self):
        return False


class Terminal(Pipe):
    def isatty(self):
        return True


@pytest.fixture
def run(db, monkeypatch):
    """Run a command with a password on standard input and return what it said."""

    def running(*command, password=PASSWORD):
        monkeypatch.setattr(sys, "stdin", Pipe(f"{password}\n"))
        out = io.StringIO()
        call_command(*command, "--password-stdin", stdout=out)
        return out.getvalue()

    return running


def test_clinic_is_made_with_its_lead(run):
    said = run("create_clinic", "Alder Lane", "Lee@Example.org", "Lee Ferreira")
    lead = User.objects.get()
    assert (lead.clinic.name, lead.email, lead.name, lead.role) == (
        "Alder Lane",
        "lee@example.org",
        "Lee Ferreira",
        User.Role.LEAD,
    )
    assert lead.check_password(PASSWORD)
    assert reverse("account_login") in said
    assert reverse("clinic_settings") in said
    assert PASSWORD not in said


def test_lead_signs_in(run, client):
    run("create_clinic", "Alder Lane", "lee@example.org", "Lee Ferreira")
    response = client.post(reverse("account_login"), {"login": "lee@example.org", "password": PASSWORD})
    assert response.status_code == 302
    assert client.get(reverse("clinic_settings")).status_code == 200


def test_second_factor_is_among_the_next_steps_where_it_is_asked_for(run, settings):
    settings.STAFF_SECOND_FACTOR = True
    assert "second factor" in run("create_clinic", "Alder Lane", "lee@example.org", "Lee Ferreira")


@pytest.mark.parametrize(
    ("clinic", "email", "name", "password", "words"),
    [
        ("", "lee@example.org", "Lee", PASSWORD, "name: "),
        ("x" * 81, "lee@example.org", "Lee", PASSWORD, "name: "),
        ("Alder", "not an address", "Lee", PASSWORD, "email: "),
        ("Alder", "taken@example.org", "Lee", PASSWORD, "email: "),
        ("Alder", "TAKEN@example.org", "Lee", PASSWORD, "email: "),
        ("Alder", "lee@example.org", "", PASSWORD, "name: "),
        ("Alder", "lee@example.org", "Lee", "short", "too short"),
        ("Alder", "lee@example.org", "Lee", "", "too short"),
        ("Alder", "lee@example.org", "Lee", "qwerty123456", "too common"),
        ("Alder", "lee@example.org", "Lee Ferreira-Santos", "lee ferreira-santos", "too similar"),
    ],
)
def test_what_cannot_be_saved_is_said_and_nothing_is_saved(run, clinic, email, name, password, words):
    PhysioFactory(email="taken@example.org")
    with pytest.raises(CommandError, match=words):
        run("create_clinic", clinic, email, name, password=password)
    assert (Clinic.objects.count(), User.objects.count()) == (1, 1)


def test_colleague_joins_the_only_clinic(run):
    clinic = ClinicFactory()
    said = run("add_staff", "priya@example.org", "Priya Nair")
    person = User.objects.get()
    assert (person.clinic, person.role, person.check_password(PASSWORD)) == (clinic, User.Role.PHYSIOTHERAPIST, True)
    assert "Priya Nair can sign in" in said
    assert PASSWORD not in said


def test_second_lead_joins_the_clinic_named(run):
    ClinicFactory(name="Other")
    alder = ClinicFactory(name="Alder Lane")
    run("add_staff", "lee@example.org", "Lee Ferreira", "--clinic", "alder lane", "--lead")
    assert (User.objects.get().clinic, User.objects.get().role) == (alder, User.Role.LEAD)


def test_clinic_has_to_be_named_where_there_are_several(run):
    ClinicFactory.create_batch(2)
    with pytest.raises(CommandError, match="more than one"):
        run("add_staff", "priya@example.org", "Priya Nair")


def test_clinic_has_to_be_there(run):
    with pytest.raises(CommandError, match="no such clinic"):
        run("add_staff", "priya@example.org", "Priya Nair")


def test_taken_address_is_refused(run):
    PhysioFactory(email="priya@example.org")
    with pytest.raises(CommandError, match="Nothing was saved"):
        run("add_staff", "priya@example.org", "Priya Nair")


def test_password_is_typed_twice_on_a_terminal(db, monkeypatch):
    ClinicFactory()
    monkeypatch.setattr(sys, "stdin", Terminal())
    answers = iter([PASSWORD, PASSWORD])
    monkeypatch.setattr(getpass, "getpass", lambda _prompt: next(answers))
    call_command("add_staff", "priya@example.org", "Priya Nair", stdout=io.StringIO())
    assert User.objects.get().check_password(PASSWORD)


def test_passwords_that_differ_are_refused(db, monkeypatch):
    ClinicFactory()
    monkeypatch.setattr(sys, "stdin", Terminal())
    answers = iter([PASSWORD, PASSWORD + "!"])
    monkeypatch.setattr(getpass, "getpass", lambda _prompt: next(answers))
    with pytest.raises(CommandError, match="differ"):
        call_command("add_staff", "priya@example.org", "Priya Nair")
    assert not User.objects.exists()


def test_no_terminal_is_said(db, monkeypatch):
    ClinicFactory()
    monkeypatch.setattr(sys, "stdin", Pipe(""))
    with pytest.raises(CommandError, match="--password-stdin"):
        call_command("add_staff", "priya@example.org", "Priya Nair")
