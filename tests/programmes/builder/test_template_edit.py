"""An own template edited: its words, rows and phases; two at once; what was made from it stays as it is."""

import re

import pytest
from django.urls import reverse

from programmes.models import Template, TemplateItem
from programmes.services.starting_points import start_from_template
from tests.factories import (
    DraftFactory,
    ExerciseFactory,
    PatientFactory,
    PhaseFactory,
    PhysioFactory,
    TemplateFactory,
    TemplateItemFactory,
    given_version,
)
from tests.programmes.drafts import text_of
from tests.structure.world import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return PhysioFactory(name="Priya Nair")


@pytest.fixture
def lee(by):
    return PhysioFactory(clinic=by.clinic, name="Lee Ferreira")


@pytest.fixture
def template(by):
    found = TemplateFactory(name="Stairs", clinic=by.clinic, made_by=by)
    for order, name in enumerate(("Bridge", "Squat"), start=1):
        TemplateItemFactory(template=found, order=order, exercise__name=name)
    return found


def address(template, phase=None):
    return reverse("programmes:template_edit", args=[template.pk]) + (f"?phase={phase}" if phase else "")


def form_of(page):
    """Return what the browser would send of the page as it stands."""
    forms = page.context["forms"]
    data = {"stamp": str(forms.next_stamp)}
    for part in forms.parts:
        for name in part.fields:
            data[part.add_prefix(name)] = part.as_drawn(name)
    return data


def opened(who, template, phase=None):
    return form_of(client_of(who).get(address(template, phase)))


def press(who, template, data, do="save", phase=None, **typed):
    return client_of(who).post(address(template, phase), {**data, **typed, "do": do})


def names(template):
    return [item.exercise.name for item in template.items.order_by("order").select_related("exercise")]


def items(template):
    return list(template.items.order_by("order"))


def test_dose_leg_days_notes_and_words_are_kept(by, template):
    first = items(template)[0].pk
    typed = {
        f"{first}-sets": "3", f"{first}-reps": "8 to 12", f"{first}-side": "other", f"{first}-note": "Slowly.",
        f"{first}-rhythm": "named", f"{first}-weekdays": ["0", "2"], f"{first}-times_a_day": "2",
        "name": "Stairs and hills", "description": "For gardeners.", "note": "Wear shoes.",
    }  # fmt: skip
    answer = press(by, template, opened(by, template), **typed)
    assert answer.status_code == 302
    item, other = items(template)
    template.refresh_from_db()
    assert (item.sets, item.reps, item.reps_to, item.leg, item.note) == (3, 8, 12, "other", "Slowly.")
    assert (item.weekdays, item.times_a_day, other.weekdays, other.times_a_day) == ("02", 2, "", None)
    assert (template.name, template.description, template.note) == ("Stairs and hills", "For gardeners.", "Wear shoes.")
    assert template.changed_by == by
    press(by, template, opened(by, template), **{f"{first}-rhythm": "", f"{first}-times_a_day": ""})
    assert (items(template)[0].weekdays, items(template)[0].times_a_day) == ("", None)


def test_page_says_what_a_change_does(by, template):
    words = text_of(client_of(by).get(address(template)))
    assert "No programme was made from this template yet. Drafts keep what they took." in words
    for _ in range(2):
        given_version(patient=PatientFactory(clinic=by.clinic), begun_with=template)
    words = text_of(client_of(by).get(address(template)))
    assert "2 programmes were made from this template. They stay exactly as given." in words
    assert "The app moves no one on. You choose the phase each time." in words


def test_programmes_and_drafts_keep_what_they_took(by, template):
    draft = DraftFactory(programme__patient=PatientFactory(clinic=by.clinic))
    start_from_template(draft=draft, template=template, by=by)
    first = items(template)[0].pk
    press(by, template, opened(by, template), **{f"{first}-sets": "5"})
    press(by, template, opened(by, template), do=f"remove:{first}")
    assert [(row.name, row.sets) for row in draft.prescriptions.all()] == [("Bridge", 1), ("Squat", 1)]


def test_rows_are_added_moved_removed_and_put_back_with_what_was_typed(by, template):
    plank = ExerciseFactory(name="Plank", reps=7)
    client = client_of(by)
    first = items(template)[0].pk

    def act(do, **typed):
        data = form_of(client.get(address(template)))
        return client.post(address(template), {**data, **typed, "do": do})

    act("add", exercise=str(plank.pk), **{f"{first}-note": "Slowly."})
    assert (names(template), items(template)[2].reps) == (["Bridge", "Squat", "Plank"], 7)
    act(f"down:{first}")
    assert names(template) == ["Squat", "Bridge", "Plank"]
    act(f"remove:{first}")
    assert names(template) == ["Squat", "Plank"]
    assert "Bridge was taken out." in text_of(client.get(address(template)))
    for _twice in range(2):
        act(f"back:{first}")
    assert names(template) == ["Squat", "Bridge", "Plank"]
    assert TemplateItem.objects.get(pk=first).note == "Slowly."
    assert "was taken out" not in text_of(client.get(address(template)))


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ({"sets": "11"}, "Sets: a whole number from 1 to 10."),
        ({"reps": "12-8"}, "Reps:"),
        ({"note": "x" * 201}, "Note to the patient: at most 200 characters. This has 201."),
        ({"up_s": "3"}, "Tempo: write the seconds up and the seconds down, or neither."),
    ],
)
def test_bad_input_saves_nothing_and_keeps_what_was_typed(by, template, typed, problem):
    first = items(template)[0].pk
    wrong = {f"{first}-{name}": value for name, value in typed.items()}
    answer = press(by, template, opened(by, template), description="Kept words", **wrong)
    assert answer.status_code == 422
    assert problem in text_of(answer)
    assert "Kept words" in answer.content.decode()
    template.refresh_from_db()
    assert template.description == ""


def test_a_name_is_needed_and_not_one_that_is_taken(by, template):
    TemplateFactory(name="Hip", clinic=by.clinic)
    for name, problem in (("", "Name: give it one."), ("hip", "There is a template called “Hip” already.")):
        answer = press(by, template, opened(by, template), name=name)
        assert (answer.status_code, problem in text_of(answer)) == (422, True)
    assert press(by, template, opened(by, template), name="STAIRS").status_code == 302, "its own name is free"


def test_two_who_change_different_things_both_keep_theirs(by, lee, template):
    first, second = (item.pk for item in items(template))
    mine, theirs = opened(by, template), opened(lee, template)
    press(lee, template, theirs, description="For hills.", **{f"{second}-sets": "4"})
    answer = press(by, template, mine, note="Wear shoes.", **{f"{first}-sets": "3"})
    assert answer.status_code == 302
    template.refresh_from_db()
    assert (template.description, template.note) == ("For hills.", "Wear shoes.")
    assert [item.sets for item in items(template)] == [3, 4]


def test_two_who_change_the_same_thing_are_told_whose_is_there_and_nothing_is_lost(by, lee, template):
    first = items(template)[0].pk
    mine, theirs = opened(by, template), opened(lee, template)
    press(lee, template, theirs, **{f"{first}-sets": "4"})
    answer = press(by, template, mine, note="Kept words", **{f"{first}-sets": "3"})
    assert answer.status_code == 422
    words = text_of(answer)
    assert re.search(r"Sets: Lee Ferreira \(.*?\) wrote “4”\. Save again to keep what stands here\.", words)
    again = form_of(answer)
    assert [item.sets for item in items(template)] == [4, 1]
    press(by, template, {**again, "note": "Kept words", f"{first}-sets": "3"})
    template.refresh_from_db()
    assert ([item.sets for item in items(template)], template.note) == ([3, 1], "Kept words")


def test_a_row_that_somebody_took_out_says_what_was_typed_in_it(by, lee, template):
    first = items(template)[0].pk
    mine = opened(by, template)
    press(lee, template, opened(lee, template), do=f"remove:{first}")
    client = client_of(by)
    answer = client.post(address(template), {**mine, f"{first}-note": "Slowly.", "do": "save"}, follow=True)
    assert re.search(r"Lee Ferreira \(.*?\) took Bridge out\. You had written: “Slowly\.”", text_of(answer))
    assert names(template) == ["Squat"]


def test_twice_writes_once(by, template):
    data = opened(by, template)
    for _twice in range(2):
        assert press(by, template, data, description="For hills.").status_code == 302
    template.refresh_from_db()
    assert template.description == "For hills."


def test_phases_open_one_at_a_time_and_take_what_was_there(by, template):
    client = client_of(by)
    answer = client.post(address(template), {**opened(by, template), "do": "add-phase"})
    assert answer.url == address(template, 2)
    assert [(phase.first_week, phase.last_week) for phase in template.phases.all()] == [(0, 2), (3, 6)]
    assert [item.phase.order for item in template.items.select_related("phase")] == [1, 1]
    words = text_of(client.get(answer.url))
    assert "Weeks 0 to 2 2 exercises Open" in words
    data = form_of(client.get(address(template, 2)))
    squat = ExerciseFactory(name="Lunge")
    press(
        by,
        template,
        data,
        do="add",
        phase=2,
        exercise=str(squat.pk),
        **{"phase-last_week": "8", "phase-name": "Stronger"},
    )
    second = template.phases.get(order=2)
    assert (second.last_week, second.name, second.items.count()) == (8, "Stronger", 1)
    wrong = press(by, template, opened(by, template, 2), phase=2, **{"phase-last_week": "1"})
    assert (wrong.status_code, "To week: 3 or later." in text_of(wrong)) == (422, True)
    refused = client.post(address(template, 2), {**opened(by, template, 2), "do": "remove-phase"}, follow=True)
    assert "This phase still holds exercises." in text_of(refused)
    press(by, template, opened(by, template, 2), do=f"remove:{second.items.get().pk}", phase=2)
    press(by, template, opened(by, template, 2), do="remove-phase", phase=2)
    press(by, template, opened(by, template, 1), do="remove-phase", phase=1)
    assert not template.phases.exists()
    assert [item.phase for item in items(template)] == [None, None]


def test_no_more_rows_than_a_programme_holds(by, template):
    TemplateItemFactory.create_batch(10, template=template)
    exercise = ExerciseFactory()
    data = opened(by, template)
    answer = client_of(by).post(address(template), {**data, "exercise": str(exercise.pk), "do": "add"}, follow=True)
    assert "holds at most 12 exercises" in text_of(answer)
    assert template.items.count() == 12


def test_shared_deleted_and_other_clinics_templates_are_not_to_be_edited(by, template):
    for other in (TemplateFactory(), TemplateFactory(clinic=PatientFactory().clinic)):
        assert client_of(by).get(address(other)).status_code == 404
        assert client_of(by).post(address(other), {"do": "save"}).status_code == 404
    Template.objects.filter(pk=template.pk).update(retired=True)
    assert client_of(by).get(address(template)).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_page_costs_the_same_for_one_and_three(by, number, django_assert_num_queries):
    template = TemplateFactory(clinic=by.clinic)
    for order in range(1, number + 1):
        phase = PhaseFactory(template=template, order=order)
        TemplateItemFactory.create_batch(number, template=template, phase=phase)
    client = client_of(by)
    with django_assert_num_queries(10):
        client.get(address(template))


def test_giving_and_opening_a_phase_keep_what_was_typed_first(by, template):
    given = press(by, template, opened(by, template), do="give", name="Stairs and kerbs")
    assert given.url == reverse("programmes:template_give", args=[template.pk])
    template.refresh_from_db()
    assert template.name == "Stairs and kerbs"

    for _ in range(2):
        press(by, template, opened(by, template), do="add-phase")
    moved = press(by, template, opened(by, template, 2), do="open:1", phase=2, name="Steps")
    template.refresh_from_db()
    assert (template.name, moved.url) == ("Steps", address(template, 1))
    page = text_of(client_of(by).get(address(template)))
    assert "Give to a patient" in page


def test_nothing_on_the_page_leaves_it_without_saving_but_the_way_back(by, template):
    press(by, template, opened(by, template), do="add-phase")
    page = client_of(by).get(address(template)).content.decode()
    main = page[page.index("<main") :]
    assert re.findall(r'<a [^>]*href="(?!#)([^"]*)"', main) == [
        f"{reverse('programmes:template_list')}#template-{template.pk}"
    ]
