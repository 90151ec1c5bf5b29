"""Another exercise in the place of one: easier, harder, without the floor; and back again."""

import pytest

from exercises.models import Exercise, Relative
from programmes.services import drafts
from tests.factories import ClinicFactory, ExerciseFactory, PhysioFactory
from tests.programmes.drafts import HTMX, draft_of, form_of, names, physio_of, stamp_of, text_of, trail, url
from tests.structure.world import client_of

pytestmark = pytest.mark.django_db
KINDS = [("easier", "Easier"), ("harder", "Harder"), ("no_floor", "Without the floor")]
SAID = {"sets": 3, "reps": 8, "reps_to": 12, "note": "Mind your back.", "weekdays": "14", "own_days": True}


@pytest.fixture
def draft():
    draft = draft_of(None, "Bridge", "Clamshell", "Lift")
    draft.prescriptions.filter(order=2).update(**SAID, side="left", hold_s=4, rest_s=30, load="red band")
    return draft


def relative_of(draft, how="harder", place=1, **values):
    other = ExerciseFactory(name=values.pop("name", "Uneven bridge"), **values)
    Relative.objects.create(exercise=draft.prescriptions.all()[place].exercise, other=other, how=how, order=1)
    return other


def swap(draft, other, place=1, *, client=None, sent=None, headers=HTMX):
    address = url("draft_swap", draft, draft.prescriptions.all()[place].pk)
    sent = {**(sent or {}), "exercise": str(other.pk)}
    return (client or physio_of(draft)).post(address, sent, headers=headers, follow=True)


def everything(draft):
    return list(draft.prescriptions.values(*drafts.ROW_FIELDS, "pk", "order", "exercise"))


@pytest.mark.parametrize("headers", [HTMX, {}])
@pytest.mark.parametrize(("how", "words"), KINDS)
def test_every_kind_is_offered_in_the_row_with_its_picture_and_taken(draft, how, words, headers):
    other = relative_of(draft, how, hold_s=7, rest_s=10)
    page = physio_of(draft).get(url("builder", draft)).content.decode()
    fold = page.split(f'id="swap-{draft.prescriptions.all()[1].pk}-fold"')[1].split("</details>")[0]
    assert words in fold
    assert "Uneven bridge" in fold
    assert '<img class="picture"' in fold

    answer = swap(draft, other, headers=headers)
    assert answer.status_code == 200
    assert names(draft) == ["Bridge", "Uneven bridge", "Lift"]
    row = draft.prescriptions.all()[1]
    assert {name: getattr(row, name) for name in SAID} == SAID
    assert (row.side, row.hold_s, row.rest_s, row.load) == ("left", 7, 10, "")
    assert trail() == [("look", "version"), ("change", "version"), *([] if headers else [("look", "version")])]


def test_it_says_what_stayed_and_what_it_was(draft):
    answer = text_of(swap(draft, relative_of(draft)))
    assert "Uneven bridge in place of Clamshell. Sets, reps, days and note stayed; the rest is its own." in answer
    assert "Clamshell swapped for Uneven bridge" in answer


@pytest.mark.parametrize(
    ("usual", "dose", "stayed"),
    [
        ({"reps": 1, "hold_s": 20}, (3, 1, None, 20, None), "Sets, days and note stayed"),
        ({"reps": 10, "for_minutes": 15}, (1, 10, None, 0, 15), "Days and note stayed; the dose is its own."),
    ],
)
def test_a_dose_that_means_nothing_in_the_other_is_not_taken_along(draft, usual, dose, stayed):
    answer = swap(draft, relative_of(draft, **usual))
    row = draft.prescriptions.all()[1]
    assert (row.sets, row.reps, row.reps_to, row.hold_s, row.for_minutes) == dose
    assert stayed in text_of(answer)


@pytest.mark.parametrize(
    ("was", "mode", "side"),
    [
        ("right", "each_side", "right"),
        ("right", "bilateral", "both"),
        ("each", "affected_only", "left"),
        ("both", "each_side", "each"),
    ],
)
def test_the_leg_stays_where_the_other_has_it(draft, was, mode, side):
    patient = draft.patient
    patient.affected_side = "left"
    patient.save()
    draft.prescriptions.filter(order=2).update(side=was)
    swap(draft, relative_of(draft, side_mode=mode))
    assert draft.prescriptions.all()[1].side == side


@pytest.mark.parametrize("headers", [HTMX, {}])
def test_it_can_be_put_back_as_it_was_and_taken_again(draft, headers):
    client, before, row = physio_of(draft), everything(draft), draft.prescriptions.all()[1]
    swap(draft, relative_of(draft), client=client, headers=headers)
    swapped, new = everything(draft), draft.prescriptions.all()[1]
    answer = client.post(url("draft_put_back", draft, row.pk), headers=headers, follow=True)
    assert everything(draft) == before
    assert "Uneven bridge swapped for Clamshell" in text_of(answer)
    client.post(url("draft_put_back", draft, new.pk), headers=headers)
    assert everything(draft) == swapped


def test_what_was_swapped_and_then_removed_comes_back_from_before_too(draft):
    client, row = physio_of(draft), draft.prescriptions.all()[1]
    swap(draft, relative_of(draft), client=client)
    client.post(url("draft_remove", draft, draft.prescriptions.all()[1].pk))
    client.post(url("draft_put_back", draft, row.pk))
    assert names(draft) == ["Bridge", "Clamshell", "Lift"]


def test_what_is_typed_goes_along(draft):
    other, first = relative_of(draft, place=0), draft.prescriptions.first()
    sent = {**form_of(draft, {"goal": "Walk the dog."}, sets="5", reps="6", side="right"), "stamp": stamp_of(draft)}
    swap(draft, other, 0, sent=sent)
    draft.refresh_from_db()
    row = draft.prescriptions.first()
    assert (row.exercise, row.sets, row.reps, row.side) == (other, 5, 6, "right")
    assert draft.goal == "Walk the dog."
    assert row.pk != first.pk


def test_twice_changes_it_once(draft):
    other, address = relative_of(draft), url("draft_swap", draft, draft.prescriptions.all()[1].pk)
    client = physio_of(draft)
    for _ in range(2):
        assert client.post(address, {"exercise": str(other.pk)}, headers=HTMX).status_code == 200
    assert names(draft) == ["Bridge", "Uneven bridge", "Lift"]


def test_what_is_in_the_programme_already_is_not_offered_and_not_taken_twice(draft):
    lift = draft.prescriptions.last().exercise
    Relative.objects.create(exercise=draft.prescriptions.all()[1].exercise, other=lift, how="easier", order=1)
    page = physio_of(draft).get(url("builder", draft)).content.decode()
    fold = page.split(f'id="swap-{draft.prescriptions.all()[1].pk}-fold"')[1].split("</details>")[0]
    assert "in this programme" in fold
    assert "<button" not in fold
    assert "Lift is in this programme already." in text_of(swap(draft, lift))
    assert names(draft) == ["Bridge", "Clamshell", "Lift"]


def test_what_another_window_wrote_in_the_old_one_is_not_written_in_the_new_one(draft):
    sent = {**form_of(draft, sets="9"), "stamp": stamp_of(draft, "b")}
    lee = client_of(PhysioFactory(clinic=draft.patient.clinic, name="Lee Ferreira"))
    swap(draft, relative_of(draft, place=0), 0)
    answer = text_of(lee.post(url("draft_save", draft), sent, headers=HTMX))
    assert draft.prescriptions.first().sets == 1
    assert "removed Bridge" in answer
    assert "What you wrote in it is kept: put it back to use it." in answer


def test_hidden_and_strange_exercises_are_neither_offered_nor_taken(draft):
    hidden = relative_of(draft, name="Out of use")
    Exercise.objects.filter(pk=hidden.pk).update(retired=True)
    strange = ExerciseFactory(name="Theirs", clinic=ClinicFactory())
    assert "Out of use" not in text_of(physio_of(draft).get(url("builder", draft)))
    for other in (hidden, strange):
        assert swap(draft, other).status_code == 404
    address = url("draft_swap", draft, draft.prescriptions.first().pk)
    assert physio_of(draft).post(address, {"exercise": "nonsense"}).status_code == 404


def test_what_is_easier_and_needs_no_floor_is_offered_once(draft):
    other = relative_of(draft, "easier")
    Relative.objects.create(exercise=draft.prescriptions.all()[1].exercise, other=other, how="no_floor", order=1)
    page = physio_of(draft).get(url("builder", draft)).content.decode()
    assert "Easier, without the floor" in page
    assert page.count(f'id="swap-{draft.prescriptions.all()[1].pk}-{other.pk}"') == 1


def test_a_row_without_relatives_offers_no_swap(draft):
    assert 'class="row-swap"' not in physio_of(draft).get(url("builder", draft)).content.decode()
