"""A dose written in the builder: posted, stored, said; what is wrong stands at its field as it was typed."""

import datetime as dt

import pytest
from django.utils import timezone

from programmes.models import Version
from programmes.services.draft_values import Edits
from programmes.services.giving import give_version
from tests.programmes.drafts import HTMX, draft_of, form_of, physio_of, stamp_of, text_of, url

pytestmark = pytest.mark.django_db

NO_MORE = {"load_g": "", "band": "", "up_s": "", "down_s": "", "for_minutes": "", "effort_of_10": "", "pain_up_to": ""}
AS_THE_PROGRAMME = {"rhythm": "", "weekdays": [], "days_a_week": "", "starts_on": "", "times_a_day": "", "moments": []}
FIRST_DAY = dt.date(2027, 1, 4)


def save(draft, headers=HTMX, **row):
    return physio_of(draft).post(
        url("draft_save", draft), form_of(draft, **{**NO_MORE, **AS_THE_PROGRAMME, **row}), headers=headers
    )


SAID = {
    "weight": (
        {"load_g": "2.5", "load": "at the ankle"},
        {"load_g": 2500, "load": "at the ankle"},
        "Do 10 with each leg. Use 2.5 kg at the ankle. Once a day on Monday, Wednesday and Friday.",
    ),
    "weight with a comma and its unit": ({"load_g": "0,5 kg"}, {"load_g": 500}, "Use 0.5 kg."),
    "band": ({"band": "red"}, {"band": "red", "load_g": None}, "Use the red band."),
    "minutes": (
        {"for_minutes": "20"},
        {"for_minutes": 20},
        "Keep going for 20 minutes with each leg. Once a day on Monday, Wednesday and Friday.",
    ),
    "tempo": (
        {"up_s": "3", "hold_s": "1", "down_s": "3"},
        {"up_s": 3, "hold_s": 1, "down_s": 3},
        "Speed: 3 seconds up, hold for 1 second, 3 seconds down.",
    ),
    "effort": ({"effort_of_10": "6"}, {"effort_of_10": 6}, "How hard it should feel: 6 out of 10."),
    "own pain limit": ({"pain_up_to": "3"}, {"pain_up_to": 3}, "Pain up to 3 out of 10 is OK in this one."),
    "no pain at all": ({"pain_up_to": "0"}, {"pain_up_to": 0}, "This one should not hurt at all."),
    "own weekdays": (
        {"rhythm": "named", "weekdays": ["1", "5"]},
        {"own_days": True, "weekdays": "15", "own_times": False, "times_a_day": 1},
        "Once a day on Tuesday and Saturday.",
    ),
    "days a week": (
        {"rhythm": "number", "days_a_week": "2"},
        {"own_days": True, "days_a_week": 2, "weekdays": ""},
        "Once a day on 2 days a week. You choose the days.",
    ),
    "every other day": (
        {"rhythm": "every_other", "starts_on": FIRST_DAY.isoformat()},
        {"own_days": True, "every_other_day": True, "starts_on": FIRST_DAY},
        "Once a day, every other day. Start on",
    ),
    "as needed": ({"rhythm": "as_needed"}, {"own_days": True, "as_needed": True}, "Do this when you need it."),
    "times and moments": (
        {"times_a_day": "2", "moments": ["0", "3"]},
        {"own_times": True, "times_a_day": 2, "moments": "03", "own_days": False, "weekdays": "024"},
        "In the morning and in the evening on Monday, Wednesday and Friday.",
    ),
}


@pytest.mark.parametrize(("sent", "stored", "sentence"), SAID.values(), ids=SAID)
def test_what_is_written_is_stored_and_said(sent, stored, sentence):
    draft = draft_of(None, "Lift")
    answer = save(draft, **sent)
    assert answer.status_code == 200
    row = draft.prescriptions.get()
    assert {name: getattr(row, name) for name in stored} == stored
    assert sentence in row.sentence
    assert row.sentence in text_of(answer), "the sentence follows at once"
    page = text_of(physio_of(draft).get(url("builder", draft)))
    assert row.sentence in page


def test_what_is_written_is_given_word_for_word():
    draft = draft_of(None, "Lift")
    save(draft, load_g="2", load="at the ankle", up_s="3", down_s="3", effort_of_10="6", side="left")
    said = draft.prescriptions.get().sentence
    given = give_version(draft=Version.objects.get(pk=draft.pk), by=draft.made_by, edits=Edits(at=timezone.now()))
    assert given.prescriptions.get().sentence == said


REFUSED = {
    "weight too heavy": ({"load_g": "51"}, "Weight: 0.25 to 50 kg, in steps of 0.25."),
    "weight between the steps": ({"load_g": "1.1"}, "Weight: 0.25 to 50 kg, in steps of 0.25."),
    "weight in words": ({"load_g": "two bags"}, "Weight: 0.25 to 50 kg, in steps of 0.25."),
    "no number": ({"load_g": "NaN"}, "Weight: 0.25 to 50 kg, in steps of 0.25."),
    "a band of nobody": ({"band": "tartan"}, "Choose a band of your clinic’s list."),
    "weight and band": ({"load_g": "2", "band": "red"}, "Band: a weight or a band, not both."),
    "half a tempo": ({"up_s": "3"}, "Tempo: write the seconds up and the seconds down, or neither."),
    "slow beyond sense": ({"up_s": "31", "down_s": "3"}, "Seconds up: a whole number from 1 to 30."),
    "minutes with a hold": ({"for_minutes": "20", "hold_s": "5"}, "Minutes: leave out the range of reps"),
    "too many minutes": ({"for_minutes": "181"}, "Minutes: a whole number from 1 to 180."),
    "effort beyond ten": ({"effort_of_10": "11"}, "Effort: a whole number from 0 to 10."),
    "a limit that is none": ({"pain_up_to": "10"}, "Own pain limit: a whole number from 0 to 9."),
    "no such day": ({"rhythm": "every_other", "starts_on": "2027-02-30"}, "Starting on: write a date that exists"),
    "too often": ({"times_a_day": "7"}, "Times a day: a whole number from 1 to 6."),
    "a moment of no day": ({"times_a_day": "1", "moments": ["9"]}, "Choose among the moments of the day."),
}


@pytest.mark.parametrize(("sent", "words"), REFUSED.values(), ids=REFUSED)
def test_what_is_wrong_stands_at_its_field_as_typed_and_the_rest_is_kept(sent, words):
    draft = draft_of(None, "Lift")
    before = draft.prescriptions.values(*sent.keys() - {"rhythm"}).get()
    answer = save(draft, headers={}, note="Breathe out.", **sent)
    assert answer.status_code == 422
    assert words in text_of(answer)
    row = draft.prescriptions.get()
    assert row.note == "Breathe out.", "its neighbour is kept"
    assert {name: getattr(row, name) for name in before} == before
    form = answer.context["forms"].rows[0]
    assert form.has_errors_inside or form.has_errors_in_days, "so the fold is open"
    for name, typed in sent.items():
        assert form[name].value() == typed


# Circles


def circles(**row):
    return draft_of(None, "Circles", exercise__directions=2, **{"directions": 2, **row})


def test_circles_are_asked_for_one_direction_or_each_and_other_exercises_are_not():
    draft = circles()
    page = physio_of(draft).get(url("builder", draft)).text
    assert 'aria-label="Directions, Circles"' in page
    plain = draft_of(None, "Bridge")
    assert "Directions, Bridge" not in physio_of(plain).get(url("builder", plain)).text


def test_directions_are_stored_and_said_and_come_back():
    draft = circles()
    assert "each direction" in draft.prescriptions.get().line
    answer = save(draft, directions="1")
    assert draft.prescriptions.get().directions == 1
    assert "each direction" not in text_of(answer)
    assert draft.prescriptions.get().sentence.startswith("Do 10 with each leg.")
    answer = save(draft, directions="2")
    assert "Do 10 in each direction with each leg." in text_of(answer)
    assert draft.prescriptions.get().sentence.startswith("Do 10 in each direction with each leg.")


@pytest.mark.parametrize(
    ("sent", "kept"), [({"directions": ""}, 2), ({}, 2)], ids=["nothing", "a page that never asked"]
)
def test_nothing_said_of_directions_leaves_them(sent, kept):
    draft = circles()
    assert save(draft, headers={}, **sent).status_code == 302
    assert draft.prescriptions.get().directions == kept


def test_three_directions_are_refused_at_the_field():
    draft = circles()
    answer = save(draft, headers={}, directions="3")
    assert answer.status_code == 422
    assert "Circles: Directions: choose one or each." in text_of(answer)
    assert draft.prescriptions.get().directions == 2


def test_directions_that_two_windows_changed_are_put_together():
    draft = circles()
    stamp = stamp_of(draft, "b")
    save(draft, directions="1")
    late = form_of(draft, {"stamp": stamp}, directions="2", note="Small ones.")
    physio_of(draft).post(url("draft_save", draft), late, headers=HTMX)
    row = draft.prescriptions.get()
    assert (row.directions, row.note) == (1, "Small ones."), "this window did not touch them"


# The same exercise once more


def once_more(draft, headers=HTMX):
    chosen = {"again": str(draft.prescriptions.first().exercise_id)}
    return physio_of(draft).post(url("draft_add", draft), form_of(draft, chosen), headers=headers)


def test_once_more_puts_the_exercise_in_again_for_the_other_leg():
    draft = draft_of(None, "Lift", side="left")
    page = physio_of(draft).get(url("builder", draft)).text
    assert "Once more" in page
    answer = once_more(draft)
    assert answer.status_code == 200
    assert "Lift added. 2 exercises in the programme." in text_of(answer)
    first, second = draft.prescriptions.all()
    assert first.exercise == second.exercise
    assert (first.side, second.side) == ("left", "")
    right = form_of(draft, {f"{second.pk}-side": "right", f"{second.pk}-sets": "2", f"{second.pk}-reps": "8"})
    answer = physio_of(draft).post(url("draft_save", draft), right, headers=HTMX)
    saved = text_of(answer)
    assert "Do 10 with your left leg." in saved
    assert "Do 8 with your right leg. Do this twice." in saved
    assert "HX-Reswap" not in answer, "what the rows are called has changed, and every control with it"
    assert 'aria-label="Reps, Lift (right leg)"' in answer.text
    assert 'aria-label="Remove Lift"' in answer.text, "both legs stand in one row now"
    page = physio_of(draft).get(url("builder", draft)).text
    assert "Lift (left leg)" in page
    assert "Lift (right leg)" in page


def test_once_more_pressed_twice_adds_one_until_they_are_told_apart():
    draft = draft_of(None, "Lift", side="left")
    for _twice in range(2):
        assert once_more(draft, headers={}).status_code == 302
    assert draft.prescriptions.count() == 2


def test_once_more_of_what_is_not_there_adds_it_once():
    draft = draft_of(None, "Lift", side="left")
    stale = form_of(draft, {"again": str(draft.prescriptions.first().exercise_id)})
    draft.prescriptions.all().delete()
    physio_of(draft).post(url("draft_add", draft), stale, headers=HTMX)
    assert [row.name for row in draft.prescriptions.all()] == ["Lift"]


def test_rows_that_nothing_tells_apart_are_not_given():
    draft = draft_of(None, "Lift", side="left")
    once_more(draft)
    second = draft.prescriptions.last()
    answer = physio_of(draft).post(url("draft_give", draft), form_of(draft, {f"{second.pk}-side": "left"}))
    assert answer.status_code == 422
    assert not Version.objects.given().exists()
    assert draft.prescriptions.count() == 2
