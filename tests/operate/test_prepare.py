from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from hipcare.clinics.demo_people import PASSWORD, how_to_sign_in
from hipcare.clinics.models import Clinic, PairingCode, Patient, User
from hipcare.clinics.services.devices import close_codes
from hipcare.operate.management.commands.prepare import fingerprint_of_static_files
from programmes.models import Version
from tests.factories import ClinicFactory

pytestmark = pytest.mark.django_db


def prepare(*options):
    """Run ``manage.py prepare`` and return what it said."""
    said = StringIO()
    call_command("prepare", *options, stdout=said)
    return said.getvalue()


@pytest.fixture(autouse=True)
def _own_static_root(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path / "static"


def test_prepare_leaves_a_server_without_people():
    said = prepare()
    assert "exercise library" in said
    assert "Sign in" not in said
    assert not Clinic.objects.exists()


def test_prepare_demo_says_how_to_be_each_of_the_three(client):
    said = prepare("--demo")
    assert "http://127.0.0.1:8000 " in said
    for role in ("physiotherapist", "clinic lead", "patient"):
        assert f"\n  {role} " in said
    for person in User.objects.staff():
        assert person.email in said
        assert person.check_password(PASSWORD)
    code = PairingCode.objects.still_open().get(patient__first_name="Margaret")
    assert code.typed_code in said


def test_prepare_again_changes_nothing_and_collects_nothing(settings):
    first = prepare("--demo")
    made = (settings.STATIC_ROOT / ".sources").stat().st_mtime_ns
    again = prepare("--demo")
    assert "static files" in first
    assert "static files" not in again
    assert first.partition("HipCare is at")[2] == again.partition("HipCare is at")[2]
    assert (settings.STATIC_ROOT / ".sources").stat().st_mtime_ns == made
    assert Clinic.objects.count() == 1


def test_a_changed_static_file_is_collected(settings, tmp_path):
    prepare()
    before = fingerprint_of_static_files()
    (tmp_path / "more").mkdir()
    (tmp_path / "more/extra.txt").write_text("new")
    settings.STATICFILES_DIRS = [*settings.STATICFILES_DIRS, tmp_path / "more"]
    from django.contrib.staticfiles.finders import get_finder  # noqa: PLC0415 - to forget the folders it knew

    get_finder.cache_clear()
    assert fingerprint_of_static_files() != before
    assert "static files" in prepare()
    assert (settings.STATIC_ROOT / "extra.txt").read_text() == "new"
    get_finder.cache_clear()


def test_prepare_adds_no_demo_to_a_clinic_of_ones_own():
    ClinicFactory()
    assert "Sign in" not in prepare("--demo")
    assert Clinic.objects.count() == 1


def test_prepare_demo_is_refused_on_a_server(settings):
    settings.LOCAL_RUN = False
    with pytest.raises(CommandError, match="LOCAL_RUN=1"):
        prepare("--demo")
    assert not Clinic.objects.exists()


def test_a_used_code_is_replaced_and_a_changed_password_not_given_away():
    prepare("--demo")
    margaret = Patient.objects.get(first_name="Margaret")
    was = PairingCode.objects.still_open().get(patient=margaret).typed_code
    close_codes(patient=margaret)
    lead = User.objects.get(role=User.Role.LEAD)
    lead.set_password("something else entirely")
    lead.save()
    said = how_to_sign_in()
    assert was not in said
    assert PairingCode.objects.still_open().get(patient=margaret).typed_code in said
    assert "the password you chose" in said


def test_a_demo_without_patients_still_says_how_staff_sign_in():
    ClinicFactory(is_demo=True)
    assert "made-up clinic" in how_to_sign_in()
    assert "/j" not in how_to_sign_in()
    assert not Version.objects.exists()
