"""The clinic's own usual dose: set, changed, put back; what begins with it, and what stays as it was."""

import re

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exercises.models import Exercise, Relative, UsualDose
from exercises.sides import SideMode
from hipcare.audit.models import Entry
from programmes.models import Prescription, TemplateItem
from programmes.services import drafts, swapping, template_editing
from programmes.services.starting_points import start_from_template
from tests.factories import (
    ClinicFactory,
    ExerciseFactory,
    LeadFactory,
    PhysioFactory,
    TemplateFactory,
    TemplateItemFactory,
    UsualDoseFactory,
    given_version,
)
from tests.programmes.drafts import HTMX, draft_of, physio_of, text_of, url
from tests.structure.world import client_of

pytestmark = pytest.mark.django_db
RULE = "When it is easy, tell me."


@pytest.fixture
def by():
    return PhysioFactory(name="Priya Nair")


@pytest.fixture
def lee(by):
    return LeadFactory(clinic=by.clinic, name="Lee Ferreira")


@pytest.fixture
def bridge():
    return ExerciseFactory(name="Bridge", reps=10, hold_s=3, side_mode=SideMode.BILATERAL, progression=RULE)


def address(exercise):
    return reverse("programmes:usual_dose", args=[exercise.pk])


def page_of(who, exercise):
    return client_of(who).get(reverse("exercises:detail", args=[exercise.pk]))


def opened(who, exercise):
    """Return what the browser would send of the page as it stands."""
    page = client_of(who).get(address(exercise))
    form = page.context["form"]
    return {"seen": page.context["seen"]} | {name: form.as_drawn(name)[0] for name in form.fields}


def press(who, exercise, sent=None, **changed):
    return client_of(who).post(address(exercise), {**(sent or opened(who, exercise)), **changed}, follow=True)


def own():
    return UsualDose.objects.get()


def trail():
    return list(Entry.objects.order_by("at").values_list("action", "subject", "actor", "fields"))


# On the exercise's page


def test_exercise_shows_the_librarys_dose_until_the_clinic_sets_its_own(by, lee, bridge):
    assert "Usual dose 1 × 10 · hold 3 s · both legs together The library’s." in text_of(page_of(by, bridge))
    answer = press(lee, bridge, sets="3", reps="8-12", hold_s="", rest_s="45", progression="")
    said = text_of(answer)
    assert "Saved: Bridge starts with 3 × 8–12 · rest 45 s · both legs together." in said
    assert "Programmes, drafts and templates stay as they are." in said
    assert "Our clinic’s usual dose 3 × 8–12 · rest 45 s · both legs together Set by Lee Ferreira, " in said
    assert "The library’s: 1 × 10 · hold 3 s · both legs together." in said
    assert RULE not in said
    assert (own().clinic, own().changed_by, own().reps_to, own().hold_s) == (by.clinic, lee, 12, 0)
    bridge.refresh_from_db()
    assert (bridge.sets, bridge.reps, bridge.hold_s, bridge.progression) == (1, 10, 3, RULE)


def test_minutes_are_those_of_the_dose_that_is_shown(by, bridge):
    before = re.search(r"Takes about (\d+) minute", text_of(page_of(by, bridge))).group(1)
    UsualDoseFactory(exercise=bridge, changed_by=by, sets=3, reps=20, rest_s=60)
    assert (before, re.search(r"Takes about (\d+) minute", text_of(page_of(by, bridge))).group(1)) == ("3", "7")


def test_everything_a_dose_can_say_is_kept(by, bridge):
    by.clinic.bands = ["red"]
    by.clinic.save()
    press(by, bridge, hold_s="", up_s="2", down_s="4", band="red", load="above the knees", effort_of_10="6",
          pain_up_to="3", progression="At 12, tell me.")  # fmt: skip
    found = own()
    assert (found.up_s, found.down_s, found.band, found.load) == (2, 4, "red", "above the knees")
    assert (found.effort_of_10, found.pain_up_to, found.progression, found.directions) == (6, 3, "At 12, tell me.", 1)


def test_directions_are_asked_where_there_are_two(by, bridge):
    circles = ExerciseFactory(directions=2)
    assert "directions" not in opened(by, bridge)
    press(by, circles, directions="1")
    assert own().directions == 1


def test_unusual_numbers_are_kept_and_asked_about_only_where_they_are_given(by, bridge):
    assert "Saved: Bridge" in text_of(press(by, bridge, sets="10", reps="100", hold_s="300"))
    assert (own().sets, own().reps, own().hold_s) == (10, 100, 300)


# Twice, late, wrong


def test_the_same_twice_is_once(by, bridge):
    sent = opened(by, bridge) | {"sets": "3"}
    for _press in range(2):
        assert press(by, bridge, sent).status_code == 200
    assert trail() == [("change", "usualdose", by.pk, ["sets"])]
    assert UsualDose.objects.count() == 1


def test_saving_what_stands_there_makes_nothing(by, bridge):
    assert "That is the library’s dose: Bridge follows the library." in text_of(press(by, bridge))
    assert (trail(), UsualDose.objects.count()) == ([], 0)


def test_what_reads_as_the_librarys_is_the_librarys(by, bridge):
    press(by, bridge, sets="3")
    assert "That is the library’s dose" in text_of(press(by, bridge, sets="1"))
    assert not UsualDose.objects.exists()
    assert [fields for _action, _subject, _who, fields in trail()] == [["sets"], None]


def test_back_to_the_librarys_and_again(by, bridge):
    press(by, bridge, sets="3")
    sent = opened(by, bridge) | {"do": "back", "sets": "x"}
    for _press in range(2):
        assert "The usual dose of Bridge is the library’s again." in text_of(press(by, bridge, sent))
    assert not UsualDose.objects.exists()
    assert len(trail()) == 2
    assert "Back to the library’s" not in text_of(client_of(by).get(address(bridge)))


@pytest.mark.parametrize("act", ["save", "back"])
def test_what_a_colleague_set_meanwhile_is_never_overwritten_unseen(by, lee, bridge, act):
    UsualDoseFactory(exercise=bridge, changed_by=by)
    sent = opened(by, bridge) | {"sets": "2", "do": act}
    press(lee, bridge, sets="5")
    answer = press(by, bridge, sent)
    assert answer.status_code == 409
    assert "Lee Ferreira set it to “5 × 12 · both legs together” while this page was open" in text_of(answer)
    assert answer.context["form"]["sets"].value() == "2"
    assert (own().sets, own().changed_by) == (5, lee)
    press(by, bridge, sent, seen=answer.context["seen"])
    assert [one.sets for one in UsualDose.objects.all()] == ([2] if act == "save" else [])


def test_both_set_the_first_one(by, lee, bridge):
    sent = opened(by, bridge) | {"sets": "2"}
    press(lee, bridge, sets="5")
    answer = press(by, bridge, sent)
    assert (answer.status_code, own().sets) == (409, 5)
    assert "Lee Ferreira set it to" in text_of(answer)


def test_both_set_the_same(by, lee, bridge):
    sent = opened(by, bridge) | {"sets": "5"}
    press(lee, bridge, sets="5")
    assert press(by, bridge, sent).status_code == 200
    assert own().changed_by == lee


def test_a_colleague_put_it_back_meanwhile(by, lee, bridge):
    UsualDoseFactory(exercise=bridge, changed_by=by)
    sent = opened(by, bridge) | {"sets": "2"}
    press(lee, bridge, do="back")
    answer = press(by, bridge, sent)
    assert answer.status_code == 409
    assert "Lee Ferreira put it back to the library’s while this page was open." in text_of(answer)
    assert answer.context["form"]["sets"].value() == "2"
    assert not UsualDose.objects.exists()
    assert press(by, bridge, sent, seen=answer.context["seen"]).status_code == 200
    assert own().sets == 2


def test_ones_own_other_page_is_called_that(by, bridge):
    sent = opened(by, bridge) | {"sets": "2"}
    press(by, bridge, sets="5")
    assert "You set it to “5 × 10" in text_of(press(by, bridge, sent))
    press(by, bridge, do="back")
    assert "A colleague put it back" in text_of(press(by, bridge, sent, seen="nonsense"))


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"sets": "11"}, "Sets: a whole number from 1 to 10."),
        ({"sets": ""}, "Sets: a whole number from 1 to 10."),
        ({"reps": "101"}, "Reps: a whole number from 1 to 100, or two, for example 8 to 12."),
        ({"hold_s": "301"}, "Hold: a whole number from 0 to 300, or two, for example 8 to 12."),
        ({"rest_s": "601"}, "Rest: a whole number from 0 to 600."),
        ({"load_g": "0.1"}, "Weight: 0.25 to 50 kg, in steps of 0.25."),
        ({"for_minutes": "5"}, "Minutes: leave out the range of reps, the hold and the tempo."),
        ({"up_s": "2"}, "Tempo: write the seconds up and the seconds down, or neither."),
        ({"band": "gold"}, "Choose a band of your clinic’s list."),
        ({"load": "x" * 41}, "Load: at most 40 characters. This has 41."),
    ],
)
def test_what_is_wrong_saves_nothing_and_stays_to_be_put_right(by, bridge, typed, words):
    answer = press(by, bridge, **{"sets": "4", **typed})
    assert answer.status_code == 422
    assert text_of(answer).count(words) == 2  # in the summary, and at its field
    assert {name: answer.context["form"][name].value() for name in typed} == typed
    assert (UsualDose.objects.count(), trail()) == (0, [])


def test_a_field_that_was_not_sent_is_an_empty_one(by, bridge):
    UsualDoseFactory(exercise=bridge, changed_by=by, hold_s=5, rest_s=30)
    answer = press(by, bridge, {"seen": opened(by, bridge)["seen"], "sets": "1", "reps": "1", "for_minutes": "20"})
    assert answer.status_code == 200
    assert (own().for_minutes, own().hold_s, own().rest_s) == (20, 0, 0)


def test_the_fold_is_open_where_something_stands_in_it(by, bridge):
    bridge.progression = ""
    bridge.save()
    assert '<details class="decision-more">' in client_of(by).get(address(bridge)).text
    UsualDoseFactory(exercise=bridge, changed_by=by, rest_s=30)
    assert '<details class="decision-more" open>' in client_of(by).get(address(bridge)).text


# Whose


def test_another_clinic_keeps_its_own(by, bridge):
    press(by, bridge, sets="3")
    other = PhysioFactory(clinic=ClinicFactory())
    assert "Usual dose 1 × 10 · hold 3 s" in text_of(page_of(other, bridge))
    press(other, bridge, sets="7")
    assert sorted(UsualDose.objects.values_list("clinic", "sets"), key=lambda row: row[1]) == [
        (by.clinic_id, 3),
        (other.clinic_id, 7),
    ]


def test_of_another_clinics_exercise_there_is_nothing(by):
    theirs = ExerciseFactory(clinic=ClinicFactory())
    client = client_of(by)
    assert client.get(address(theirs)).status_code == 404
    assert client.post(address(theirs), {"sets": "3"}).status_code == 404


def test_a_retired_exercise_keeps_its_dose_and_takes_no_new_one(by, bridge):
    sent = opened(by, bridge) | {"sets": "2"}
    UsualDoseFactory(exercise=bridge, changed_by=by)
    Exercise.objects.update(retired=True)
    page = page_of(by, bridge)
    assert "Our clinic’s usual dose 3 × 12" in text_of(page)
    assert address(bridge) not in page.text
    assert client_of(by).get(address(bridge)).url == reverse("exercises:detail", args=[bridge.pk])
    answer = press(by, bridge, sent)
    assert answer.status_code == 409
    assert "This exercise is no longer in use: nobody can add it. Nothing was saved." in text_of(answer)
    assert answer.context["form"]["sets"].value() == "2"
    assert own().sets == 3


def test_an_exercise_that_is_deleted_takes_its_usual_doses_along(by, bridge):
    UsualDoseFactory(exercise=bridge, changed_by=by)
    bridge.delete()
    assert not UsualDose.objects.exists()


def test_the_database_holds_one_for_each_and_the_limits_of_a_dose(by, bridge):
    UsualDoseFactory(exercise=bridge, changed_by=by)
    for wrong in ({"exercise": bridge}, {"sets": 11}, {"reps": 101}, {"hold_s": 301}, {"load_g": 250, "band": "red"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            UsualDoseFactory(changed_by=by, **wrong)


# What begins with it


def in_clinic(draft, exercise, **dose):
    return UsualDoseFactory(exercise=exercise, changed_by=draft.patient.physiotherapist, **dose)


def test_add_begins_with_it_and_keeps_the_exercises_own_leg(bridge):
    draft = draft_of(None)
    lift = ExerciseFactory(side_mode=SideMode.AFFECTED_ONLY)
    in_clinic(draft, bridge, hold_s=7, rest_s=45, load="above the knees", progression="At 12, tell me.")
    in_clinic(draft, lift)
    UsualDoseFactory(exercise=bridge, sets=9)  # another clinic's
    for exercise in (bridge, lift):
        physio_of(draft).post(url("draft_add", draft), {"exercise": str(exercise.pk)}, headers=HTMX)
    row, other = draft.prescriptions.all()
    assert (row.sets, row.reps, row.hold_s, row.rest_s, row.load) == (3, 12, 7, 45, "above the knees")
    assert (row.progression, row.side) == ("At 12, tell me.", "both")
    assert (other.sets, other.side) == (3, draft.patient.affected_side)


def test_swap_begins_with_it_where_nothing_is_carried_over(bridge):
    draft = draft_of(None, "Clamshell")
    first = draft.prescriptions.get()
    Relative.objects.create(exercise=first.exercise, other=bridge, how="harder", order=1)
    in_clinic(draft, bridge, sets=4, reps=15, hold_s=7)
    draft.prescriptions.update(sets=2, reps=8)
    swapped = swapping.swap_exercise(prescription=first, exercise=bridge, by=draft.patient.physiotherapist)
    assert (swapped.stayed, swapped.row.sets, swapped.row.reps, swapped.row.hold_s) == (
        ("sets", "reps", "reps_to"), 2, 8, 7,
    )  # fmt: skip
    UsualDose.objects.update(for_minutes=10, hold_s=0)
    draft.prescriptions.all().delete()
    again = drafts.add_exercise(draft=draft, exercise=first.exercise, by=draft.patient.physiotherapist)
    swapped = swapping.swap_exercise(prescription=again, exercise=bridge, by=draft.patient.physiotherapist)
    assert (swapped.stayed, swapped.row.sets, swapped.row.for_minutes) == ((), 4, 10)


def test_a_row_added_to_an_own_template_begins_with_it(by, bridge):
    UsualDoseFactory(exercise=bridge, changed_by=by, hold_s=7)
    template = TemplateFactory(clinic=by.clinic)
    item = template_editing.add_item(template=template, phase=None, exercise=bridge, by=by)
    assert (item.sets, item.reps, item.hold_s) == (3, 12, 7)


def test_what_is_given_drafted_or_in_a_template_stays(by, bridge):
    given = given_version()
    draft = drafts.open_draft(patient=given.patient, by=given.given_by)
    item = TemplateItemFactory(template=TemplateFactory(), exercise=given.prescriptions.get().exercise, sets=2)
    before = [list(model.objects.order_by("pk").values()) for model in (Prescription, TemplateItem)]
    press(given.given_by, item.exercise, sets="9")
    assert own().sets == 9
    assert [list(model.objects.order_by("pk").values()) for model in (Prescription, TemplateItem)] == before
    start_from_template(draft=draft, template=item.template, by=given.given_by)
    assert draft.prescriptions.get().sets == 2


def test_the_shelf_says_which_are_the_clinics_own(bridge):
    draft = draft_of(None)
    squat = ExerciseFactory(name="Squat", side_mode=SideMode.BILATERAL)
    in_clinic(draft, bridge, hold_s=7)
    UsualDoseFactory(exercise=squat)
    said = text_of(physio_of(draft).get(url("builder", draft)))
    assert "Bridge 3 × 12 · hold 7 s · your clinic’s" in said
    assert "Squat 1 × 10" in said
    assert said.count("your clinic’s") == 1


def test_the_shelf_and_the_page_cost_the_same_for_one_and_three(bridge):
    draft = draft_of(None)
    client, costs = physio_of(draft), []
    for number in (1, 3):
        while UsualDose.objects.count() < number:
            in_clinic(draft, bridge if number == 1 else ExerciseFactory())
        for page in (url("builder", draft), address(bridge), reverse("exercises:detail", args=[bridge.pk])):
            with CaptureQueriesContext(connection) as asked:
                client.get(page)
            costs.append(len(asked))
    assert costs == [18, 5, 6, 18, 5, 6]
