"""The made-up clinic: who is in it, and what they were given and did."""

import datetime as dt
import re

import pytest
from django.core.management import call_command
from django.utils import timezone

from hipcare.audit.models import Entry
from hipcare.clinics.demo_people import PATIENT
from hipcare.clinics.models import Clinic, PairingCode, Patient, User
from hipcare.clinics.models.pairing import CODE_LIFE
from programmes.models import PerformedExercise, Session, Version
from programmes.services.demo_clinic import FILE, load_demo_clinic

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made(rows_of_the_module):
    def make():
        call_command("load_library", verbosity=0)
        return load_demo_clinic(today=timezone.localdate()).pk

    return rows_of_the_module(make)


@pytest.fixture
def clinic(made):
    return Clinic.objects.get(pk=made)


def test_everybody_in_it_is_plainly_made_up(clinic):
    assert clinic.is_demo
    numbers = re.findall(r"\b0\d[\d ]{8,}", FILE.read_text())
    assert len(numbers) == 9
    assert all(number.startswith("01632 960 ") for number in numbers)
    assert all(person.email.endswith(".example") for person in User.objects.staff())


def test_it_has_eight_patients_and_one_without_a_programme(clinic):
    assert Patient.objects.count() == 8
    assert list(Patient.objects.filter(programmes=None).values_list("first_name", flat=True)) == ["Tomasz"]
    assert {p.physiotherapist.name for p in Patient.objects.all()} == {"Priya Nair"}


def test_second_versions_say_why(clinic):
    second = Version.objects.filter(number=2)
    assert {v.patient.first_name for v in second} == {"Margaret", "Joan"}
    assert all(v.reason for v in second)
    assert not Version.objects.drafts().exists()


def test_sessions_lie_in_the_days_before_today_under_the_version_of_their_day(clinic):
    today = timezone.localdate()
    sessions = Session.objects.select_related("version")
    assert len(sessions) > 30
    for session in sessions:
        assert today - dt.timedelta(days=21) < session.local_date < today
        assert timezone.localdate(session.received_at) == session.local_date
        assert session.version.given_at < session.received_at
        later = Version.objects.filter(programme=session.version.programme_id, number__gt=session.version.number)
        assert not later.filter(given_at__lte=session.received_at).exists()
    assert sessions.filter(source=Session.Source.PAPER).exists()
    assert sessions.exclude(note="").count() >= 5


def test_one_session_is_a_rest(clinic):
    done = PerformedExercise.objects.filter(outcome=PerformedExercise.Outcome.DONE)
    rests = Session.objects.exclude(pk__in=done.values("session"))
    assert [s.note for s in rests] == ["Rested today. Too sore to start."]


def test_one_review_date_has_passed(clinic):
    passed = Version.objects.current().filter(review_on__lt=timezone.localdate())
    assert [v.patient.first_name for v in passed] == ["Sheila"]


def test_margaret_has_something_due_today_and_an_open_code(clinic):
    version = Version.objects.current().get(programme__patient__clinic_number=PATIENT)
    assert version.patient.first_name == "Margaret"
    assert [row.is_due_on(timezone.localdate()) for row in version.prescriptions.all()] == [True] * 4
    assert PairingCode.objects.still_open().filter(patient=version.patient).count() == 1


def test_not_everybody_in_it_is_drawn_as_the_same_person(clinic):
    assert set(Patient.objects.values_list("person", flat=True)) == {"maple", "birch", "rowan", "cedar", "alder"}


def test_everything_in_it_was_done_on_its_own_day(clinic):
    for version in Version.objects.select_related("programme"):
        assert version.made_at == version.given_at
        assert version.programme.started_at <= version.made_at
        written = Entry.objects.filter(subject_id=version.pk)
        assert {entry.at for entry in written} == {version.given_at}
        assert Entry.Action.GIVE in {entry.action for entry in written}
    assert all(code.expires_at - code.made_at == CODE_LIFE for code in PairingCode.objects.all())
    seen = Patient.objects.exclude(hip_precautions_on=None).exclude(programmes=None)
    for patient in seen:
        first = Version.objects.get(programme__patient=patient, number=1)
        assert patient.hip_precautions_on == timezone.localdate(first.given_at)


def test_three_programmes_have_something_to_read_and_the_next_version_keeps_it(clinic):
    read = {v.patient.first_name: [one.title for one in v.readings] for v in Version.objects.current() if v.topics}
    assert read == {
        "Margaret": ["Does exercise help a sore hip?", "How can I walk and stand with less pain?"],
        "Colin": ["What can I do on a bad day, and at night?"],
        "Peter": ["What should I know after a new hip?"],
    }
    assert len(Version.objects.get(number=1, programme__patient__first_name="Margaret").topics) == 1
