"""The same draft open in two windows: what each changed is kept, and nobody's change is undone without a word."""

import json
import re

import pytest
from django.urls import reverse

from programmes.models import LastChange, Version
from tests.factories import ExerciseFactory, PhysioFactory
from tests.programmes.drafts import HTMX, draft_of, form_of, names, physio_of, stamp_of, text_of, url
from tests.structure.world import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    """Return a draft whose page is open with two people."""
    draft = draft_of(None, "Bridge", "Clamshell")
    draft.lee = client_of(PhysioFactory(clinic=draft.patient.clinic, name="Lee Novak"))
    draft.priya = physio_of(draft)
    return draft


def sent(draft, window, whole=None, **row):
    """Return what one of the windows sends that was drawn of ``draft`` as it is now."""
    return form_of(draft, {"stamp": stamp_of(draft, window), **(whole or {})}, **row)


def save(client, draft, data, headers=HTMX):
    return client.post(url("draft_save", draft), data, headers=headers)


def reps(draft):
    return [row.reps for row in draft.prescriptions.all()]


@pytest.mark.parametrize("headers", [HTMX, {}])
def test_what_only_this_window_changed_is_written_and_what_only_the_other_changed_stays(draft, headers):
    lees, priyas = sent(draft, "a", reps="12"), sent(draft, "b", {"goal": "Walk the dog."})
    save(draft.lee, draft, lees)
    answer = draft.priya.post(url("draft_save", draft), priyas, headers=headers, follow=True)

    draft.refresh_from_db()
    assert (draft.goal, reps(draft)) == ("Walk the dog.", [12, 10])
    assert "Lee Novak changed Reps, Bridge to 12 at " in text_of(answer)
    assert 'value="12"' in answer.content.decode()
    assert 'value="Walk the dog."' in answer.content.decode()


def test_what_both_changed_to_the_same_is_no_conflict_and_no_news(draft):
    lees, priyas = sent(draft, "a", reps="12"), sent(draft, "b", reps="12")
    save(draft.lee, draft, lees)
    answer = save(draft.priya, draft, priyas)
    assert answer.status_code == 200
    assert answer["HX-Reswap"] == "none"
    assert "Lee Novak" not in text_of(answer)


@pytest.mark.parametrize("headers", [HTMX, {}])
def test_what_both_changed_differently_is_asked_at_the_field_with_both_values(draft, headers):
    lees, priyas = (
        sent(draft, "a", {"goal": "Swim"}, reps="12"),
        sent(draft, "b", {"goal": "Dance"}, reps="8", sets="3"),
    )
    save(draft.lee, draft, lees)
    answer = save(draft.priya, draft, priyas, headers)

    draft.refresh_from_db()
    first = draft.prescriptions.first()
    assert (draft.goal, first.reps, first.sets) == ("Swim", 12, 3), "asked, not overwritten; the rest is saved"
    assert answer.status_code == 422
    assert "Lee Novak wrote 12 at " in text_of(answer)
    assert "you wrote 8. Choose one." in text_of(answer)
    page = answer.content.decode()
    assert 'value="8"' in page, "the typed one stays in the field"
    assert 'value="Dance"' in page
    assert f'name="settle" value="{first.pk}-reps:mine"' in page
    assert f'name="settle" value="{first.pk}-reps:theirs"' in page


OF_ALL = {"goal": "Swim", "note": "Slowly", "weekdays": ["1"], "times_a_day": "2", "review_on": "2027-01-20"}
OF_ROW = {"sets": "4", "reps": "12", "hold_s": "9", "note": "Mind", "rest_s": "30", "load_g": "2.5"}
MY_ALL = {"goal": "Dance", "note": "Gently", "weekdays": ["5"], "times_a_day": "3", "review_on": "2027-01-27"}
MY_ROW = {"sets": "5", "reps": "8", "hold_s": "7", "note": "Care", "rest_s": "40", "load_g": "5"}


def around(page, name):
    """Return what stands from the first input called ``name`` to the end of the words of the next note."""
    found = re.search(rf'name="{name}"', page)
    note = re.compile(r'<div class="note note-look choose" id="choose-[^"]*".*?</div>\s*<button', re.DOTALL)
    return page[found.end() : note.search(page, found.end()).end()]


def test_every_note_stands_under_its_own_field_and_nothing_above(draft):
    first = draft.prescriptions.first()
    theirs, mine = sent(draft, "a", OF_ALL, **OF_ROW), sent(draft, "b", MY_ALL, **MY_ROW)
    save(draft.lee, draft, theirs)
    answer = save(draft.priya, draft, mine)
    page = answer.content.decode()
    names = [*OF_ALL, *(f"{first.pk}-{name}" for name in OF_ROW)]
    for name in names:
        beside = around(page, name)
        assert "Lee Novak wrote " in beside, name
        others = set(re.findall(r'(?:label|summary|input|select)[^>]* (?:for|name)="(?:id_)?([^"]*)"', beside))
        assert not (others & set(names)) - {name}, name
    assert page.count("Choose one.") == 2 * len(names), "in its note, and spoken once"
    assert not re.findall(r'id="errors-[^"]*">\s*<p', page)
    assert f"Not saved: {len(names)} to choose." in text_of(answer)
    assert "Weight (kg), Bridge: Lee Novak wrote 2.5 kg at" in text_of(answer)


def test_a_note_goes_once_there_is_nothing_to_choose(draft):
    lees, priyas = sent(draft, "a", reps="12"), sent(draft, "b", reps="8")
    save(draft.lee, draft, lees)
    asked = save(draft.priya, draft, priyas)
    typed = {"stamp": page_stamp(asked), "noted": f"{draft.prescriptions.first().pk}-reps"}
    agreed = save(draft.priya, draft, priyas | typed | form_of(draft, reps="12"))
    assert "HX-Reswap" not in agreed, "drawn anew"
    assert 'name="noted"' not in agreed.content.decode()


def test_what_was_chosen_is_said_and_the_focus_goes_to_its_field(draft):
    lees, priyas = sent(draft, "a", reps="12"), sent(draft, "b", reps="8")
    first = draft.prescriptions.first()
    save(draft.lee, draft, lees)
    asked = save(draft.priya, draft, priyas)
    answer = save(draft.priya, draft, priyas | {"stamp": page_stamp(asked), "settle": f"{first.pk}-reps:theirs"})
    assert answer.context["said"].words == "Reps, Bridge: 12"
    assert re.search(rf'<input [^>]*name="{first.pk}-reps"[^>]* autofocus', answer.content.decode())


@pytest.mark.parametrize("key", ["order", "nonsense", "{row}-exercise", "{row}-nothing", ""])
def test_choosing_what_is_no_field_does_no_harm(draft, key):
    key = key.format(row=draft.prescriptions.first().pk)
    assert save(draft.priya, draft, sent(draft, "b", {"settle": f"{key}:mine"})).status_code == 200


def page_stamp(answer):
    """Return the stamp of the page that ``answer`` drew."""
    return str(answer.context["stamp"])


@pytest.mark.parametrize(("which", "kept", "shown"), [("mine", 8, "8"), ("theirs", 12, "12")])
def test_a_conflict_lasts_until_one_is_chosen(draft, which, kept, shown):
    lees, priyas = sent(draft, "a", reps="12"), sent(draft, "b", reps="8")
    first = draft.prescriptions.first()
    save(draft.lee, draft, lees)
    asked = save(draft.priya, draft, priyas)
    noted = {"noted": f"{first.pk}-reps"}
    again = save(draft.priya, draft, priyas | {"stamp": page_stamp(asked), "goal": "Dance"} | noted)
    draft.refresh_from_db()
    assert (draft.goal, reps(draft)[0], again.status_code) == ("Dance", 12, 200)
    assert again["HX-Reswap"] == "none", "the note stays where it is"

    chosen = priyas | {"stamp": page_stamp(again), "goal": "Dance", "settle": f"{first.pk}-reps:{which}"}
    answer = save(draft.priya, draft, chosen)
    assert answer.status_code == 200
    assert "Choose one." not in text_of(answer)
    assert reps(draft)[0] == kept
    assert f'name="{first.pk}-reps" value="{shown}"' in answer.content.decode()


def test_keep_mine_is_asked_again_if_the_other_went_on_meanwhile(draft):
    lees, priyas = sent(draft, "a", reps="12"), sent(draft, "b", reps="8")
    first = draft.prescriptions.first()
    save(draft.lee, draft, lees)
    asked = save(draft.priya, draft, priyas)
    save(draft.lee, draft, sent(draft, "a", reps="15"))
    answer = save(draft.priya, draft, priyas | {"stamp": page_stamp(asked), "settle": f"{first.pk}-reps:mine"})
    assert reps(draft)[0] == 15
    assert "Lee Novak wrote 15 at " in text_of(answer)


def test_a_save_that_this_window_never_heard_of_is_no_conflict_with_it(draft):
    first = sent(draft, "a", {"goal": "Walk"})
    save(draft.priya, draft, first)
    answer = save(draft.priya, draft, first | {"goal": "Walk the dog."})
    draft.refresh_from_db()
    assert draft.goal == "Walk the dog."
    assert answer["HX-Reswap"] == "none"
    save(draft.priya, draft, first | {"goal": ""})
    draft.refresh_from_db()
    assert draft.goal == "", "back to what it was when the page was drawn"


def test_give_of_this_window_after_its_own_lost_save_ends_on_the_handover_page(draft):
    first = sent(draft, "a", {"goal": "Walk"})
    save(draft.priya, draft, first)
    answer = draft.priya.post(url("draft_give", draft), first | {"goal": "Walk the dog."}, headers=HTMX)
    assert answer["HX-Redirect"] == url("handover", draft)
    assert Version.objects.get().goal == "Walk the dog."
    assert not LastChange.objects.exists(), "who typed what is nobody's business once it is given"


def test_what_is_not_on_the_page_is_not_given(draft):
    lees, priyas = sent(draft, "a", reps="12"), sent(draft, "b", {"goal": "Dance"})
    save(draft.lee, draft, lees)
    answer = draft.priya.post(url("draft_give", draft), priyas)
    assert answer.status_code == 422
    assert "This programme was changed since you opened this page." in text_of(answer)
    assert "Lee Novak changed Reps, Bridge to 12" in text_of(answer)
    assert not Version.objects.given().exists()
    again = draft.priya.post(
        url("draft_give", draft), priyas | {"stamp": page_stamp(answer)} | form_of(draft, reps="12")
    )
    assert again.url == url("handover", draft)


def test_a_conflict_is_not_given(draft):
    lees, priyas = sent(draft, "a", {"goal": "Swim"}), sent(draft, "b", {"goal": "Dance"})
    save(draft.lee, draft, lees)
    answer = draft.priya.post(url("draft_give", draft), priyas)
    assert answer.status_code == 422
    assert "Lee Novak wrote “Swim”" in text_of(answer)
    assert not Version.objects.given().exists()


def test_days_are_one_value(draft):
    lees, priyas = sent(draft, "a", {"weekdays": ["1"]}), sent(draft, "b", {"weekdays": ["5"], "times_a_day": "2"})
    save(draft.lee, draft, lees)
    answer = save(draft.priya, draft, priyas)
    assert "How often: Lee Novak wrote Tue at " in text_of(answer)
    assert "you wrote Sat." in text_of(answer)
    first = draft.prescriptions.first()
    assert (first.weekdays, first.times_a_day) == ("1", 2)


def test_a_range_is_one_value(draft):
    lees, priyas = sent(draft, "a", reps="12"), sent(draft, "b", reps="8-12")
    save(draft.lee, draft, lees)
    answer = save(draft.priya, draft, priyas)
    first = draft.prescriptions.first()
    assert (first.reps, first.reps_to) == (12, None)
    assert "Reps, Bridge: Lee Novak wrote 12 at " in text_of(answer)
    assert "you wrote 8–12. Choose one." in text_of(answer)
    assert f'name="{first.pk}-reps" value="8-12"' in answer.content.decode(), "as it was typed"


def test_an_exercise_added_elsewhere_is_shown_and_said(draft):
    lees, priyas = sent(draft, "a"), sent(draft, "b", {"goal": "Dance"})
    lift = ExerciseFactory(name="Lift")
    draft.lee.post(url("draft_add", draft), lees | {"exercise": str(lift.pk)})
    answer = save(draft.priya, draft, priyas)
    assert "Lee Novak added Lift at " in text_of(answer)
    assert "<h3>Lift</h3>" in answer.content.decode()


def test_an_order_changed_elsewhere_is_shown_and_said(draft):
    lees, priyas = sent(draft, "a"), sent(draft, "b", reps="12")
    draft.lee.post(url("draft_move", draft, draft.prescriptions.first().pk, "down"), lees)
    answer = save(draft.priya, draft, priyas)
    assert [(row.name, row.reps) for row in draft.prescriptions.all()] == [("Clamshell", 10), ("Bridge", 12)]
    assert "Lee Novak changed the order at " in text_of(answer)


def test_what_was_written_in_an_exercise_removed_elsewhere_is_kept_and_can_be_put_back(draft):
    lees, priyas = sent(draft, "a"), sent(draft, "b", sets="4", note="Mind your back.")
    row = draft.prescriptions.first()
    draft.lee.post(url("draft_remove", draft, row.pk), lees)
    answer = save(draft.priya, draft, priyas)
    assert "Lee Novak removed Bridge at " in text_of(answer)
    assert "What you wrote in it is kept: put it back to use it." in text_of(answer)
    assert "Mind your back." in text_of(answer)

    draft.priya.post(url("draft_put_back", draft, row.pk), form_of(draft))
    back = draft.prescriptions.get(pk=row.pk)
    assert (back.order, back.sets, back.note, back.line) == (1, 4, "Mind your back.", back.line)
    assert names(draft) == ["Bridge", "Clamshell"]


def test_an_exercise_removed_elsewhere_in_which_nothing_was_written_is_only_said(draft):
    lees, priyas = sent(draft, "a"), sent(draft, "b", {"goal": "Dance"})
    draft.lee.post(url("draft_remove", draft, draft.prescriptions.first().pk), lees)
    answer = save(draft.priya, draft, priyas)
    assert "Lee Novak removed an exercise at " in text_of(answer)
    assert "put it back to use it" not in text_of(answer)


def test_my_other_window_is_called_mine(draft):
    one, other = sent(draft, "a", reps="12"), sent(draft, "b", {"goal": "Dance"})
    save(draft.priya, draft, one)
    assert "You yourself, in another window, changed Reps, Bridge to 12" in text_of(save(draft.priya, draft, other))


@pytest.mark.parametrize(
    "stamp", ["", "nonsense", "[]", '["a", [], {}]', '["<b>", {}, {}]', json.dumps(["a", {"goal": 1}, {}])]
)
def test_a_stamp_that_is_not_ours_does_no_harm(draft, stamp):
    answer = save(draft.priya, draft, form_of(draft, {"stamp": stamp, "goal": "Dance"}))
    draft.refresh_from_db()
    assert answer.status_code in {200, 422}
    assert draft.goal in {"Dance", ""}
    assert draft.priya.get(reverse("programmes:builder", args=[draft.pk])).status_code == 200
