"""The builder shows who is in the patient's pictures, and changes it without losing what was typed."""

import re

import pytest

from hipcare.clinics.models import Patient, PersonChoice
from tests.factories import DraftFactory, ExerciseFactory, PrescriptionFactory, given_version
from tests.programmes.drafts import HTMX, draft_of, form_of, physio_of, stamp_of, text_of, trail, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    draft = draft_of()
    exercise = ExerciseFactory(slug="bridge", name="Bridge", side_mode="bilateral")
    PrescriptionFactory(version=draft, exercise=exercise, order=1, side="both")
    return draft


def page_of(draft):
    return physio_of(draft).get(url("builder", draft)).content.decode()


def chosen(page):
    return re.findall(r'name="person" value="(\w+)" aria-pressed="true"', page)


def test_builder_shows_the_person_and_the_others(draft):
    page = page_of(draft)
    assert chosen(page) == ["maple"]
    assert page.count('name="person" value=') == len(PersonChoice)
    assert "Person in the pictures: Woman around 60" in text_of(physio_of(draft).get(url("builder", draft)))


TOO = "This changes the pictures in the plan in use too."


def test_chooser_says_that_the_plan_in_use_changes_too(draft):
    assert TOO not in page_of(draft)
    in_use = given_version(exercises=1, weekdays="0")
    assert TOO in page_of(DraftFactory(programme=in_use.programme))


def test_rows_and_library_are_drawn_with_the_patients_person(draft):
    Patient.objects.update(person="rowan")
    page = page_of(draft)
    assert page.count("/pictures/rowan/bridge/both/end/") == 2
    assert "figures/bridge-both" not in page


def test_narrowed_library_is_drawn_with_the_patients_person(draft):
    Patient.objects.update(person="rowan")
    cards = physio_of(draft).get(url("builder", draft), {"q": "bridge"}, headers=HTMX).content.decode()
    assert "/pictures/rowan/bridge/both/end/" in cards


def test_choosing_keeps_what_was_typed_and_leaves_one_row_in_the_trail(draft):
    sent = form_of(draft, {"person": "cedar", "goal": "Walk to the shop"}, sets="3")
    answer = physio_of(draft).post(url("draft_save", draft), sent, headers=HTMX)
    patient = Patient.objects.get()
    draft.refresh_from_db()
    assert (patient.person, draft.goal, draft.prescriptions.get().sets) == ("cedar", "Walk to the shop", 3)
    assert trail() == [("change", "patient")]
    assert chosen(answer.content.decode()) == ["cedar"]
    assert "The pictures show: Older man, dark skin" in text_of(answer)
    assert re.search(r'<summary id="people" autofocus', answer.content.decode())


def test_choosing_works_without_javascript(draft):
    answer = physio_of(draft).post(url("draft_save", draft), form_of(draft, {"person": "cedar"}))
    assert answer.status_code == 302
    assert answer.url.endswith("#people")
    assert Patient.objects.get().person == "cedar"


def test_choosing_the_same_again_changes_nothing(draft):
    physio_of(draft).post(url("draft_save", draft), form_of(draft, {"person": "maple"}), headers=HTMX)
    assert trail() == []


def test_saving_says_nothing_of_the_person(draft):
    """Another window may have changed it: only the button that was pressed is sent."""
    Patient.objects.update(person="rowan")
    physio_of(draft).post(url("draft_save", draft), form_of(draft, {"goal": "Walk"}), headers=HTMX)
    assert Patient.objects.get().person == "rowan"


@pytest.mark.parametrize("sent", ["nobody", "cedar\0", "x" * 20_000])
def test_nobody_is_refused_and_the_rest_kept(draft, sent):
    answer = physio_of(draft).post(
        url("draft_save", draft), form_of(draft, {"person": sent, "goal": "Walk"}), headers=HTMX
    )
    assert answer.status_code == 422
    assert "Choose one of the people shown." in text_of(answer)
    draft.refresh_from_db()
    assert (Patient.objects.get().person, draft.goal) == ("maple", "Walk")


def test_a_page_that_is_behind_changes_the_person_only_by_a_press(draft):
    behind = form_of(draft, {"stamp": stamp_of(draft)})
    Patient.objects.update(person="birch")
    physio_of(draft).post(url("draft_save", draft), behind, headers=HTMX)
    assert Patient.objects.get().person == "birch"
    physio_of(draft).post(url("draft_save", draft), behind | {"person": "cedar"}, headers=HTMX)
    assert Patient.objects.get().person == "cedar"


def test_enter_in_a_field_saves_and_chooses_nobody(draft):
    """The first button that belongs to a form is the one that Enter presses, wherever it stands."""
    buttons = re.findall(r"<(?:button|form)[^>]*>", page_of(draft).split('id="builder"')[1])
    first = next(tag for tag in buttons if 'form="builder-form"' in tag or 'id="builder-form"' in tag)
    assert "name=" not in first
    assert 'form="builder-form"' in first
