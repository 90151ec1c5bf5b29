"""What a draft begins from: a template, a phase of it, the current version, or nothing."""

import pytest

from exercises.sides import SideMode
from programmes.models import Version
from programmes.services import drafts, starting_points
from programmes.services.drafts import Edits
from tests.factories import (
    DraftFactory,
    PhaseFactory,
    TemplateFactory,
    TemplateItemFactory,
    given_version,
)
from tests.programmes.services.test_drafts import by_of, draft_with, places, trail

pytestmark = pytest.mark.django_db


def test_template_fills_doses_notes_and_the_patients_own_side():
    draft = DraftFactory(programme__patient__affected_side="left")
    template = TemplateFactory(name="Hip osteoarthritis")
    for order, mode in enumerate(SideMode, start=1):
        TemplateItemFactory(template=template, order=order, exercise__side_mode=mode, sets=2, reps=12, note="Slowly.")
    starting_points.start_from_template(draft=draft, template=template, by=by_of(draft))
    rows = list(draft.prescriptions.all())
    assert [row.side for row in rows] == ["each", "left", "both"]
    assert {(row.sets, row.reps, row.note) for row in rows} == {(2, 12, "Slowly.")}
    assert {row.frequency for row in rows} == {None}, "days and times are the physiotherapist's to choose"
    draft.refresh_from_db()
    assert draft.name == "Hip osteoarthritis"
    assert len(trail(draft.patient)) == 1


def test_template_leaves_the_side_open_where_nobody_has_said_which_hip():
    draft = DraftFactory(programme__patient__affected_side="")
    item = TemplateItemFactory(exercise__side_mode=SideMode.AFFECTED_ONLY)
    starting_points.start_from_template(draft=draft, template=item.template, by=by_of(draft))
    assert draft.prescriptions.get().side == ""


def test_template_with_both_hips_reads_each_leg_in_turn():
    draft = DraftFactory(programme__patient__affected_side="both")
    item = TemplateItemFactory(exercise__side_mode=SideMode.AFFECTED_ONLY)
    starting_points.start_from_template(draft=draft, template=item.template, by=by_of(draft))
    assert draft.prescriptions.get().side_words == "each leg in turn"


def test_template_replaces_rows_and_keeps_days_and_times():
    draft = draft_with("Bridge", weekdays="135", times_a_day=2)
    item = TemplateItemFactory(exercise__name="Clamshell")
    starting_points.start_from_template(draft=draft, template=item.template, by=by_of(draft))
    row = draft.prescriptions.get()
    assert (row.name, row.weekdays, row.times_a_day) == ("Clamshell", "135", 2)


def test_template_with_phases_fills_the_first_or_the_one_chosen():
    draft = draft_with("Bridge")
    template = TemplateFactory(note="Wear shoes.")
    for order, name in enumerate(["Heel slide", "Clamshell"], start=1):
        phase = PhaseFactory(template=template, order=order, note="" if order == 1 else "Use a stick.")
        TemplateItemFactory(
            template=template, phase=phase, order=order, exercise__name=name, progression="When it is easy, tell me."
        )
    starting_points.start_from_template(draft=draft, template=template, by=by_of(draft))
    draft.refresh_from_db()
    row = draft.prescriptions.get()
    assert (row.name, row.progression, draft.note) == ("Heel slide", "When it is easy, tell me.", "Wear shoes.")
    starting_points.start_from_template(draft=draft, template=template, phase=phase, by=by_of(draft))
    draft.refresh_from_db()
    assert draft.prescriptions.get().name == "Clamshell"
    assert draft.note == "Use a stick.", "a template's note that nobody changed gives way to the phase's"
    starting_points.start_from_template(draft=draft, template=template, by=by_of(draft))
    draft.refresh_from_db()
    assert draft.note == "Wear shoes.", "and a phase's to the template's"


def test_current_version_brings_everything_back():
    given = given_version(exercises=2, sets=4)
    draft = drafts.open_draft(patient=given.patient, by=given.given_by)
    starting_points.start_blank(draft=draft, by=given.given_by)
    assert places(draft) == []
    starting_points.start_from_current_version(draft=draft, by=given.given_by)
    assert [row.line for row in draft.prescriptions.all()] == [row.line for row in given.prescriptions.all()]


def test_a_template_after_blank_still_has_the_days_of_the_current_version():
    given = given_version(weekdays="135", times_a_day=2)
    draft = drafts.open_draft(patient=given.patient, by=given.given_by)
    starting_points.start_blank(draft=draft, by=given.given_by)
    starting_points.start_from_template(draft=draft, template=TemplateItemFactory().template, by=given.given_by)
    row = draft.prescriptions.get()
    assert (row.weekdays, row.times_a_day) == ("135", 2)


def test_what_was_replaced_can_be_put_back():
    draft = draft_with("Bridge", "Clamshell", sets=3, note="Slowly.")
    before = starting_points.start_blank(draft=draft, by=by_of(draft))
    starting_points.start_from_contents(draft=draft, contents=before, by=by_of(draft))
    assert [(row.name, row.sets, row.note) for row in draft.prescriptions.all()] == [
        ("Bridge", 3, "Slowly."),
        ("Clamshell", 3, "Slowly."),
    ]
    assert len(trail(draft.patient)) == 2


def started(draft, note, **item):
    """Start ``draft`` from a template with ``note`` and return what that replaced."""
    template = TemplateItemFactory(template__note=note, **item).template
    return starting_points.start_from_template(draft=draft, template=template, by=by_of(draft))


def note_of(draft):
    return Version.objects.get(pk=draft.pk).note


def test_templates_note_goes_where_nobody_has_written_one():
    draft = DraftFactory()
    started(draft, "Wear shoes to stand.")
    assert note_of(draft) == "Wear shoes to stand."


def test_note_somebody_wrote_stays_whatever_the_starting_point():
    draft = DraftFactory(note="Do these before breakfast.")
    before = started(draft, "Wear shoes to stand.")
    starting_points.start_blank(draft=draft, by=by_of(draft))
    starting_points.start_from_current_version(draft=draft, by=by_of(draft))
    starting_points.start_from_contents(draft=draft, contents={**before, "note": "An older one."}, by=by_of(draft))
    assert note_of(draft) == "Do these before breakfast."


def test_templates_note_left_as_it_came_gives_way_to_the_next():
    draft = DraftFactory()
    started(draft, "Walk about first.")
    before = started(draft, "Wear shoes to stand.")
    assert note_of(draft) == "Wear shoes to stand."
    starting_points.start_from_contents(draft=draft, contents=before, by=by_of(draft))
    assert note_of(draft) == "Walk about first."
    starting_points.start_blank(draft=draft, by=by_of(draft))
    assert note_of(draft) == ""


def test_note_changed_by_hand_is_somebodys_own():
    draft = DraftFactory()
    started(draft, "Walk about first.")
    drafts.save_draft(draft=draft, by=by_of(draft), edits=Edits(version={"note": "Walk about first, with your stick."}))
    started(draft, "Wear shoes to stand.")
    assert note_of(draft) == "Walk about first, with your stick."


def test_what_was_replaced_before_notes_came_with_it_leaves_the_note():
    draft = DraftFactory(note="Slowly.")
    before = {"name": "", "rows": []}
    starting_points.start_from_contents(draft=draft, contents=before, by=by_of(draft))
    assert note_of(draft) == "Slowly."


@pytest.mark.parametrize(
    ("affected", "answer", "side"),
    [("left", "", "left"), ("both", "", "each"), ("", "", ""), ("", "right", "right"), ("", "both", "each")],
)
def test_template_for_the_sore_leg_keeps_the_other_one_on_the_ground(affected, answer, side):
    draft = DraftFactory(programme__patient__affected_side=affected)
    started(draft, "", exercise__side_mode=SideMode.EACH_SIDE, leg="sore")
    drafts.save_draft(draft=draft, by=by_of(draft), edits=Edits(affected_side=answer))
    assert draft.prescriptions.get().side == side


def test_current_version_of_a_new_programme_is_blank():
    draft = draft_with("Bridge")
    starting_points.start_from_current_version(draft=draft, by=by_of(draft))
    assert places(draft) == []
