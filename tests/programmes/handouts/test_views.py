"""One click: the PDF, or a page that says what to do."""

import uuid

import pytest
from django.urls import reverse

from hipcare.audit.models import Entry
from hipcare.clinics.models import PairingCode
from programmes.handouts import archive
from programmes.handouts.archive import print_handout
from programmes.handouts.renderer.pool import RendererError
from programmes.models import Handout
from tests.factories import DraftFactory, PhysioFactory
from tests.programmes.handouts.sheets import damaged_sheet, given_sheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    return given_sheet(1)


@pytest.fixture
def physio(client, version):
    client.force_login(version.given_by, "hipcare.clinics.backends.StaffBackend")
    return client


class DeadRenderer:
    def render(self, _job):
        raise RendererError("The sheet took too long.")


def print_url(version):
    return reverse("programmes:print", args=[version.pk])


def test_one_click_is_the_pdf(physio, version):
    response = physio.post(print_url(version))
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith('inline; filename="exercise-sheet-v1-')
    assert "no-store" in response["Cache-Control"]
    assert response["Content-Security-Policy"] == "frame-ancestors 'none'", "or the viewer loses its styles"
    assert response.content == bytes(Handout.objects.get().pdf)
    assert Entry.objects.count() == 1


def test_large_print_is_a_sheet_of_its_own(physio, version):
    full = physio.post(print_url(version)).content
    large = physio.post(print_url(version), {"layout": "large"})
    assert large.status_code == 200
    assert large.content != full
    assert [sheet.layout for sheet in Handout.objects.order_by("printed_at")] == ["full", "large"]
    assert physio.post(print_url(version), {"layout": "large"}).content == large.content
    assert physio.post(print_url(version), {"layout": "full"}).content == full
    again = physio.post(reverse("programmes:reprint", args=[Handout.objects.get(layout="large").pk]))
    assert again.content == large.content


@pytest.mark.parametrize("layout", ["", "fridge", "../full", "FULL"])
def test_layout_that_nobody_laid_out_is_not_printed(physio, version, layout):
    assert physio.post(print_url(version), {"layout": layout}).status_code == 404
    assert not Handout.objects.exists()


def test_second_click_is_the_same_file(physio, version):
    printed = physio.post(print_url(version))
    first = printed.content
    assert physio.post(print_url(version)).content == first
    handout = Handout.objects.get()
    response = physio.post(reverse("programmes:reprint", args=[handout.pk]))
    assert response.content == first
    assert response["Content-Disposition"] == printed["Content-Disposition"]
    assert [entry.action for entry in Entry.objects.order_by("at")] == ["print", "reprint", "reprint"]


def test_reprint_takes_few_queries(physio, version, django_assert_max_num_queries):
    handout = print_handout(version=version, by=version.given_by)
    with django_assert_max_num_queries(8):
        physio.post(reverse("programmes:reprint", args=[handout.pk]))


def test_looking_is_not_printing(physio, version):
    handout = print_handout(version=version, by=version.given_by)
    assert physio.get(print_url(version)).status_code == 405
    assert physio.get(reverse("programmes:reprint", args=[handout.pk])).status_code == 405


def test_draft_is_not_printed(physio, version):
    draft = DraftFactory(programme=version.programme)
    assert physio.post(print_url(draft)).status_code == 404
    assert Handout.objects.count() == 0


def test_strangers_sheets_do_not_exist(client, version):
    handout = print_handout(version=version, by=version.given_by)
    client.force_login(PhysioFactory(), "hipcare.clinics.backends.StaffBackend")
    assert client.post(print_url(version)).status_code == 404
    assert client.post(reverse("programmes:reprint", args=[handout.pk])).status_code == 404
    assert client.post(reverse("programmes:print", args=[uuid.uuid4()])).status_code == 404


def test_patients_do_not_print(client, version):
    client.force_login(version.patient.user, "hipcare.clinics.backends.DeviceBackend")
    assert client.post(print_url(version)).status_code == 403
    assert Handout.objects.count() == 0


def test_failure_is_a_page_that_says_what_to_do(physio, version, monkeypatch):
    monkeypatch.setattr(archive, "renderer", DeadRenderer())
    response = physio.post(print_url(version))
    assert response.status_code == 503
    words = response.content.decode()
    assert "The sheet could not be made." in words
    assert "Try again" in words
    assert f'action="{print_url(version)}"' in words
    assert Handout.objects.count() == 0
    monkeypatch.undo()
    assert physio.post(print_url(version)).status_code == 200
    assert PairingCode.objects.count() == 1


def test_damaged_sheet_is_a_page_that_says_so(physio, version):
    handout = damaged_sheet(version)
    for url in (print_url(version), reverse("programmes:reprint", args=[handout.pk])):
        response = physio.post(url)
        assert response.status_code == 503
        assert "The archived sheet is damaged." in response.content.decode()
