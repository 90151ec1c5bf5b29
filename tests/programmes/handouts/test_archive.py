"""Printed once, kept byte for byte; printed again without rendering; one audit row each time."""

import datetime as dt
import hashlib
import threading

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from hipcare.audit.models import Entry
from hipcare.clinics.models import Clinic, PairingCode, Patient
from hipcare.clinics.services.devices import close_codes, make_pairing_code, pair, unpair
from programmes.handouts import archive, beforehand
from programmes.handouts.archive import DamagedSheetError, print_handout, reprint_handout
from programmes.handouts.content import sheet_of
from programmes.handouts.renderer.pool import RendererError
from programmes.handouts.versions import with_everything
from programmes.models import Handout, Programme, Version
from programmes.models.version import FrozenError
from tests.factories import PhysioFactory
from tests.programmes.handouts.sheets import damaged_sheet, given_sheet, pages_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    return given_sheet(1)


def trail():
    return [(entry.action, entry.subject, entry.subject_id) for entry in Entry.objects.order_by("at")]


def test_first_print_makes_a_code_and_keeps_the_sheet(version):
    handout = print_handout(version=version, by=version.given_by)
    code = PairingCode.objects.get()
    assert handout.pairing_code == code
    assert code.is_open
    assert handout.pages == 2
    assert handout.sha256 == hashlib.sha256(handout.pdf).hexdigest()
    assert code.typed_code in pages_of(bytes(handout.pdf))[0]
    assert trail() == [("print", "handout", handout.pk)]
    entry = Entry.objects.get()
    assert entry.patient == version.patient.pk
    assert entry.actor == version.given_by.pk


def test_open_code_of_the_patient_is_the_one_on_the_sheet(version):
    code = make_pairing_code(patient=version.patient, by=version.given_by)
    assert print_handout(version=version, by=version.given_by).pairing_code == code
    assert PairingCode.objects.count() == 1


def test_second_print_is_the_same_bytes_without_rendering(version, monkeypatch):
    first = print_handout(version=version, by=version.given_by)
    monkeypatch.setattr(archive, "renderer", None)
    again = print_handout(version=version, by=PhysioFactory(clinic=version.patient.clinic))
    assert again.pk == first.pk
    assert bytes(again.pdf) == bytes(first.pdf)
    assert trail() == [("print", "handout", first.pk), ("reprint", "handout", first.pk)]


def use_the_code(version):
    code = PairingCode.objects.get(patient=version.patient, used_at=None, closed_at=None)
    return pair(code=code, session_key="s" * 32, device_name="Phone, Firefox")


def test_used_code_still_prints_the_same_sheet_while_its_phone_is_in(version):
    first = print_handout(version=version, by=version.given_by)
    device = use_the_code(version)
    assert print_handout(version=version, by=version.given_by).pk == first.pk
    assert PairingCode.objects.count() == 1
    unpair(device=device, by=version.given_by)
    second = print_handout(version=version, by=version.given_by)
    assert second.pk != first.pk
    assert second.pairing_code.is_open


def test_new_code_after_a_used_one_is_on_the_next_sheet(version):
    first = print_handout(version=version, by=version.given_by)
    use_the_code(version)
    code = make_pairing_code(patient=version.patient, by=version.given_by)
    second = print_handout(version=version, by=version.given_by)
    assert (second.pairing_code, bytes(second.pdf) == bytes(first.pdf)) == (code, False)
    words = pages_of(bytes(second.pdf))[0]
    assert code.typed_code in words
    assert first.pairing_code.typed_code not in words


def test_no_new_sheet_bears_a_used_code(version):
    print_handout(version=version, by=version.given_by)
    use_the_code(version)
    Clinic.objects.update(phone="01632 960555")
    second = print_handout(version=version, by=version.given_by)
    assert second.pairing_code.is_open
    assert print_handout(version=version, by=version.given_by).pk == second.pk
    assert PairingCode.objects.count() == 2


@pytest.mark.parametrize("end", ["closed", "run out", "burnt"])
def test_dead_code_makes_a_new_sheet_with_a_new_code(version, end):
    first = print_handout(version=version, by=version.given_by)
    if end == "closed":
        close_codes(patient=version.patient)
    elif end == "run out":
        PairingCode.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    else:
        PairingCode.objects.update(wrong_tries=5)
    second = print_handout(version=version, by=version.given_by)
    assert second.pk != first.pk
    assert second.pairing_code != first.pairing_code
    assert second.pairing_code.is_open
    assert [action for action, *_rest in trail()] == ["print", "print"]


def test_ended_programme_prints_without_a_code_and_once(version):
    Programme.objects.update(status=Programme.Status.ENDED)
    version.refresh_from_db()
    first = print_handout(version=version, by=version.given_by)
    assert first.pairing_code is None
    assert "Ask us for a code" in pages_of(bytes(first.pdf))[0]
    assert print_handout(version=version, by=version.given_by).pk == first.pk
    assert PairingCode.objects.count() == 0
    Programme.objects.update(status=Programme.Status.ACTIVE)
    version.refresh_from_db()
    assert print_handout(version=version, by=version.given_by).pairing_code is not None


def test_each_version_has_its_own_sheet(version):
    second = given_sheet(2, programme=version.programme, number=2)
    assert print_handout(version=version, by=version.given_by).version == version
    handout = print_handout(version=second, by=version.given_by)
    assert handout.version == second
    assert "It replaces version 1" in pages_of(bytes(handout.pdf))[-1]


def test_damaged_sheet_is_not_printed(version):
    handout = damaged_sheet(version)
    with pytest.raises(DamagedSheetError, match="does not match its SHA-256"):
        print_handout(version=version, by=version.given_by)
    with pytest.raises(DamagedSheetError):
        reprint_handout(handout=handout, by=version.given_by)
    assert trail() == []


def test_sheet_cannot_be_altered_in_the_database(version):
    handout = print_handout(version=version, by=version.given_by)
    with pytest.raises(DatabaseError, match="does not change"), transaction.atomic():
        Handout.objects.update(pdf=b"")
    with pytest.raises(FrozenError):
        handout.save()


def test_failed_print_keeps_and_records_nothing(version, monkeypatch):
    class Dead:
        def render(self, _job):
            raise RendererError("The sheet took too long.")

    monkeypatch.setattr(archive, "renderer", Dead())
    with pytest.raises(RendererError):
        print_handout(version=version, by=version.given_by)
    assert Handout.objects.count() == 0
    assert trail() == []
    monkeypatch.undo()
    assert print_handout(version=version, by=version.given_by).pairing_code == PairingCode.objects.get()


def test_library_edit_does_not_reach_an_old_version(version):
    exercise = version.prescriptions.get().exercise
    exercise.name = "Renamed"
    exercise.save()
    words = pages_of(bytes(print_handout(version=version, by=version.given_by).pdf))[1]
    assert "Bridge" in words
    assert "Renamed" not in words


def test_control_characters_leave_no_trace():
    version = given_sheet(1, note="a\x01b\x02c")
    words = pages_of(bytes(print_handout(version=version, by=version.given_by).pdf))[0]
    assert "abc" in words


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_archive_one_sheet():
    version = given_sheet(1)
    by, found, problems = version.given_by, [], []

    def click():
        try:
            found.append(print_handout(version=version, by=by).pk)
        except Exception as problem:  # noqa: BLE001 - shown by the assertion below
            problems.append(problem)
        finally:
            connection.close()

    clicks = [threading.Thread(target=click) for _ in range(3)]
    for thread in clicks:
        thread.start()
    for thread in clicks:
        thread.join()
    assert problems == []
    assert len(set(found)) == 1
    assert Handout.objects.count() == 1
    assert PairingCode.objects.count() == 1
    assert sorted(action for action, *_rest in trail()) == ["print", "reprint", "reprint"]


def test_another_person_in_the_pictures_makes_another_sheet_with_the_same_code(version):
    first = print_handout(version=version, by=version.given_by)
    Patient.objects.update(person="rowan")
    other = print_handout(version=Version.objects.get(), by=version.given_by)
    assert (first.person, other.person) == ("maple", "rowan")
    assert other.pairing_code == first.pairing_code
    assert bytes(other.pdf) != bytes(first.pdf)
    Patient.objects.update(person="maple")
    again = print_handout(version=Version.objects.get(), by=version.given_by)
    assert again.pk == first.pk


def test_clinic_without_colour_prints_grey_pictures_and_finds_them_again(version):
    in_colour = print_handout(version=version, by=version.given_by)
    Clinic.objects.update(prints_in_grey=True)
    grey = print_handout(version=Version.objects.get(), by=version.given_by)
    assert (in_colour.in_grey, grey.in_grey) == (False, True)
    again = print_handout(version=Version.objects.get(), by=version.given_by)
    assert (again.pk, bytes(again.pdf)) == (grey.pk, bytes(grey.pdf))
    assert bytes(reprint_handout(handout=in_colour, by=version.given_by).pdf) == bytes(in_colour.pdf)


def test_giving_has_the_greys_drawn_of_a_clinic_that_prints_in_grey(version, monkeypatch):
    asked = []
    monkeypatch.setattr(beforehand, "draw_ahead", asked.extend)
    Clinic.objects.update(prints_in_grey=True)
    beforehand.draw_for(Version.objects.get())
    printed = sheet_of(with_everything(version), None, None).pictures
    assert {picture.subject.style.palette for picture in printed} == {"grey"}
    assert set(printed) < set(asked)


def test_pictures_are_there_before_the_renderers_time_begins(version, monkeypatch, settings, tmp_path):
    """Another person and other colours than at giving: all are drawn at the first print, from both ends."""

    class Timed:
        def render(self, job):
            assert len(job.pictures) > 1
            assert all((settings.FIGURES_DIR / name).is_file() for name in job.pictures)
            raise RendererError("It is enough to have been asked.")

    settings.FIGURES_DIR = tmp_path / "figures"
    aside = []
    monkeypatch.setattr(archive, "renderer", Timed())
    monkeypatch.setattr("exercises.ahead.draw_ahead", lambda pictures: aside.append([one.file for one in pictures]))
    Patient.objects.update(person="rowan")
    Clinic.objects.update(prints_in_grey=True)
    with pytest.raises(RendererError, match="enough"):
        print_handout(version=Version.objects.get(), by=version.given_by)
    printed = [one.file for one in sheet_of(with_everything(version), None, None).pictures]
    assert aside == [printed[:0:-1]]


def test_archived_sheet_prints_on_without_its_pictures(version, settings, tmp_path):
    Patient.objects.update(person="rowan")
    first = print_handout(version=Version.objects.get(), by=version.given_by)
    settings.FIGURES_DIR = tmp_path / "empty"
    assert print_handout(version=Version.objects.get(), by=version.given_by).pk == first.pk
    assert not settings.FIGURES_DIR.exists()
