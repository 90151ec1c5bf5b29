"""What went wrong, and the way on from there."""

import re
import uuid

import pytest
from django.urls import reverse

from tests.factories import PatientFactory, PhysioFactory
from tests.structure.world import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["staff", "patient"])
def person(request):
    return PhysioFactory() if request.param == "staff" else PatientFactory().user


def test_page_that_is_gone_leads_to_the_start_and_on_to_the_persons_own(person):
    client = client_of(person)
    gone = client.get(f"/sessions/{uuid.uuid4()}/" if person.is_patient else f"/drafts/{uuid.uuid4()}/")
    assert gone.status_code == 404
    way = "Go to the start page" if person.is_patient else "Go to your patients"
    assert f">{way}</a>" in gone.content.decode()
    own = "programmes:today" if person.is_patient else "programmes:patient_list"
    assert client.get("/")["Location"] == reverse(own)


def test_what_only_a_button_may_ask_for_says_so_with_the_way_out(person):
    address = reverse("unpair_this_device") if person.is_patient else reverse("programmes:reprint", args=[uuid.uuid4()])
    answer = client_of(person).get(address)
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "This page cannot be opened this way" in answer.content.decode()
    way = 'href="/">Go to the start page</a>' if person.is_patient else 'href="/patients/">Go to your patients</a>'
    assert way in answer.content.decode()


def test_programs_that_ask_in_the_wrong_way_get_no_page():
    answer = client_of(PhysioFactory()).delete(reverse("patient_create"))
    assert (answer.status_code, answer.content) == (405, b"")


def test_staff_keep_their_bar_and_are_not_spoken_to_as_patients(person):
    page = client_of(person).get(f"/sessions/{uuid.uuid4()}/" if person.is_patient else f"/drafts/{uuid.uuid4()}/")
    words = page.content.decode()
    assert ('aria-label="Main"' in words) is not person.is_patient
    assert re.findall(r"css/(staff|patient)(?:\.\w+)?\.css", words) == ["patient" if person.is_patient else "staff"]
    assert ("Are you a patient and unwell?" in words) is person.is_patient


@pytest.mark.parametrize(
    "ask",
    [
        lambda client: client.get("/nowhere/"),
        lambda client: client.get(reverse("programmes:reprint", args=[uuid.uuid4()])),
        lambda client: client.get(reverse("programmes:today")),
        lambda client: client.post(reverse("programmes:patient_search"), {"q": "Ann"}),
    ],
    ids=["gone", "by a button only", "for somebody else", "too old a form"],
)
def test_every_refusal_of_staff_has_their_bar(ask):
    client = client_of(PhysioFactory())
    client.handler.enforce_csrf_checks = True
    page = ask(client)
    assert page.status_code in {403, 404, 405}
    assert 'href="/patients/">Go to your patients</a>' in page.content.decode()
    assert 'aria-label="Main"' in page.content.decode()
