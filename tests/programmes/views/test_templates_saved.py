"""A clinic's own templates: saved from a programme, copied from another, deleted, put back, found in the list."""

import uuid

import pytest
from django.urls import reverse

from exercises.sides import Leg, Side, SideMode, leg_of_side, side_of_leg, sides_of
from hipcare.audit.models import Entry
from programmes.models import Prescription, Template, Version
from programmes.services import drafts, starting_points
from programmes.services.drafts import Edits
from programmes.services.own_templates import (
    ChangedMeanwhileError,
    Keeping,
    NameTakenError,
    NewTemplate,
    copy_template,
    save_as_template,
)
from tests.factories import (
    DraftFactory,
    ExerciseFactory,
    PatientFactory,
    PhaseFactory,
    PhysioFactory,
    PrescriptionFactory,
    TemplateFactory,
    TemplateItemFactory,
    given_version,
    pin,
)
from tests.programmes.drafts import physio_of, text_of
from tests.programmes.services.test_drafts import by_of
from tests.structure.world import client_of

pytestmark = pytest.mark.django_db
LIST = "programmes:template_list"
NOTHING = Keeping()


@pytest.fixture
def version():
    """Return a given version for a left hip: a leg each way, notes, and days of one exercise's own."""
    draft = DraftFactory(
        programme__patient__affected_side="left", goal="Walk to the sea", note="Mind the cat, Sue.", weekdays="024"
    )
    patient = draft.patient
    patient.first_name, patient.last_name = "Suse", "Quint"
    patient.save()
    rows = [
        ("Bridge", SideMode.BILATERAL, Side.BOTH, {"note": "Slowly, Sue.", "sets": 3, "reps": 8, "reps_to": 12}),
        ("Leg back", SideMode.EACH_SIDE, Side.LEFT, {"own_days": True, "weekdays": "1", "rest_s": 30}),
        ("Leg out", SideMode.EACH_SIDE, Side.RIGHT, {}),
        ("Leg lift", SideMode.AFFECTED_ONLY, Side.LEFT, {"progression": "When it is easy, tell me."}),
        ("Heel slide", SideMode.EACH_SIDE, Side.EACH, {}),
        ("Push out", SideMode.AFFECTED_ONLY, Side.IN_TURN, {}),
    ]
    for order, (name, mode, side, row) in enumerate(rows, start=1):
        exercise = ExerciseFactory(name=name, side_mode=mode)
        said = {"weekdays": "024", "times_a_day": 1} | row
        PrescriptionFactory(
            version=draft, exercise=exercise, order=order, side=side, text=exercise.pinned_text(), **said
        )
    return pin(draft)


def named(name="Stairs", description=""):
    return NewTemplate(uuid.uuid4(), name, description)


def saved(version, new=None, keeping=NOTHING):
    by = by_of(version)
    return save_as_template(version=version, seen="", new=new or named(), keeping=keeping, by=by)


def form(**said):
    return {"id": str(uuid.uuid4()), "name": "Stairs", "description": "For gardeners.", **said}


def address(version):
    return reverse("programmes:version_to_template", args=[version.pk])


def page(version):
    return physio_of(version).get(address(version))


def press(version, **said):
    return physio_of(version).post(address(version), form(**said))


def test_doses_go_along_and_nothing_of_the_patient(version):
    template = saved(version, named("Stairs", "For gardeners."))
    items = list(template.items.select_related("exercise"))
    assert [item.exercise.name for item in items] == [
        *("Bridge", "Leg back", "Leg out", "Leg lift", "Heel slide", "Push out")
    ]
    assert (items[0].sets, items[0].reps, items[0].reps_to, items[1].rest_s) == (3, 8, 12, 30)
    assert items[3].progression == "When it is easy, tell me."
    assert (template.name, template.description, template.clinic) == (
        "Stairs",
        "For gardeners.",
        version.patient.clinic,
    )
    assert (template.note, {item.note for item in items}, template.made_by) == ("", {""}, by_of(version))
    assert {(item.weekdays, item.times_a_day) for item in items} == {("", None)}, "days are the physiotherapist's"


def test_left_and_right_become_the_sore_leg_and_the_other():
    """Each side of each mode goes into a template and comes out as it was, and as its mirror for the other hip."""
    mirror = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}
    for mode in SideMode:
        for side in sides_of(mode):
            leg = leg_of_side(side, mode, "left")
            assert side_of_leg(leg, mode, "left") == side
            assert side_of_leg(leg, mode, "right") == mirror.get(side, side)
    assert leg_of_side("left", SideMode.EACH_SIDE, "both") == Leg.USUAL, "nobody can say which it is"
    assert leg_of_side("", SideMode.AFFECTED_ONLY, "left") == Leg.USUAL
    assert side_of_leg(Leg.OTHER, SideMode.EACH_SIDE, "both") == side_of_leg(Leg.OTHER, SideMode.EACH_SIDE, "") == ""
    assert side_of_leg(Leg.OTHER, SideMode.BILATERAL, "left") == Side.BOTH


def test_a_patient_with_the_other_hip_gets_the_mirror(version):
    template = saved(version)
    other = DraftFactory(programme__patient__affected_side="right")
    starting_points.start_from_template(draft=other, template=template, by=by_of(other))
    assert [row.side for row in other.prescriptions.all()] == ["both", "right", "left", "right", "each", "in_turn"]


def test_a_leg_that_is_the_other_one_is_never_filled_in_as_the_sore_one(version):
    """The record says no side yet: the answer fills the sore leg in, and leaves the other to be chosen."""
    draft = DraftFactory(programme__patient__affected_side="")
    starting_points.start_from_template(draft=draft, template=saved(version), by=by_of(draft))
    assert [row.side for row in draft.prescriptions.all()] == ["both", "", "", "", "each", "in_turn"]
    drafts.save_draft(draft=draft, by=by_of(draft), edits=Edits(affected_side="right"))
    assert [row.side for row in draft.prescriptions.all()] == ["both", "right", "", "right", "each", "in_turn"]


def test_notes_and_own_days_go_along_only_where_somebody_says_so(version):
    template = saved(version, keeping=Keeping(exercise_notes=True, note=True, rhythm=True))
    items = list(template.items.all())
    template.refresh_from_db()
    assert (template.note, items[0].note) == ("Mind the cat, Sue.", "Slowly, Sue.")
    assert [item.weekdays for item in items[:3]] == ["", "1", ""]
    assert [item.rhythm_in_words for item in items[:2]] == ["", "Tue"]


def test_own_first_day_of_every_other_does_not_go_along(version):
    draft = drafts.open_draft(patient=version.patient, by=by_of(version))
    row = draft.prescriptions.first()
    said = {"own_days": True, "weekdays": "", "every_other_day": True, "starts_on": "2026-12-01"}
    Prescription.objects.filter(pk=row.pk).update(**said)
    template = save_as_template(
        version=draft, seen=draft.stamp, new=named(), keeping=Keeping(rhythm=True), by=by_of(draft)
    )
    item = template.items.first()
    assert (item.every_other_day, item.starts_on) == (True, None)


def test_neither_changes_the_other_later(version):
    template = saved(version)
    template.items.update(sets=9)
    assert version.prescriptions.first().sets == 3
    draft = drafts.open_draft(patient=version.patient, by=by_of(version))
    drafts.save_draft(draft=draft, by=by_of(version), edits=Edits(rows={draft.prescriptions.first().pk: {"sets": 5}}))
    assert template.items.first().sets == 9


def test_a_draft_keeps_what_it_took_while_the_template_is_changed(version):
    template = saved(version)
    draft = drafts.open_draft(patient=PatientFactory(clinic=version.patient.clinic), by=by_of(version))
    starting_points.start_from_template(draft=draft, template=template, by=by_of(version))
    template.items.update(sets=9)
    template.items.last().delete()
    assert [row.sets for row in draft.prescriptions.all()] == [3, 1, 1, 1, 1, 1]
    again = saved(version, named("Another"))
    assert Template.objects.get(pk=again.pk).items.count() == 6


def test_page_shows_what_goes_along_and_says_what_does_not(version):
    words = text_of(page(version))
    assert "From Suse Quint’s version 1. Nothing about Suse goes with it: no name, no goal, no reason" in words
    assert "Left and right become “sore leg” and “other leg”" in words
    assert "changing Suse’s programme does not change the template" in words
    for line in ("1 × 10 · rest 30 s · sore leg only", "1 × 10 · other leg only", "3 × 8–12 · both legs together"):
        assert line in words
    assert "Note: “Slowly, Sue.”" in words, "what a tick would take along is in sight"
    assert "Walk to the sea" not in words


def test_page_asks_only_about_what_there_is():
    bare = given_version()
    words = text_of(page(bare))
    assert "Keep the note" not in words
    assert "Keep the days and times" not in words


def test_saving_says_so_and_leads_to_it(version):
    answer = press(version)
    template = Template.objects.get(clinic=version.patient.clinic)
    assert answer.url == f"{reverse(LIST)}#template-{template.pk}"
    words = text_of(physio_of(version).get(reverse(LIST)))
    assert "Stairs Ours For gardeners." in words
    assert "Suse" not in words
    entry = Entry.objects.get(subject="template", action=Entry.Action.CHANGE)
    assert (entry.subject_id, entry.patient) == (template.pk, None)


def test_the_same_sent_twice_is_one_template(version):
    twice = form()
    client = physio_of(version)
    assert {client.post(address(version), twice).status_code for _ in range(2)} == {302}
    assert Template.objects.filter(clinic=version.patient.clinic).count() == 1


def test_a_name_that_is_taken_is_refused_however_it_is_written(version):
    TemplateFactory(name="Hüftarthrose")
    answer = press(version, name=" hüft-arthrose ".replace("-", ""), description="Kept words")
    assert answer.status_code == 422
    assert "There is a template called “Hüftarthrose” already. Choose another name." in text_of(answer)
    assert "Kept words" in answer.content.decode()
    assert not Template.objects.filter(clinic=version.patient.clinic).exists()


def test_names_of_other_clinics_are_free(version):
    TemplateFactory(name="Stairs", clinic=PatientFactory().clinic)
    assert press(version).status_code == 302


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"name": ""}, "Give it a name."),
        ({"name": "x" * 61}, "This has 61 letters. Keep it to 60."),
        ({"description": "x" * 201}, "This has 201 letters. Keep it to 200."),
        ({"name": "a\0b"}, "This holds a character that cannot be kept."),
        ({"id": "nonsense"}, ""),
    ],
)
def test_bad_input_is_said_and_nothing_is_saved(version, said, problem):
    answer = press(version, **said)
    assert answer.status_code == 422
    assert problem in text_of(answer)
    assert not Template.objects.filter(clinic=version.patient.clinic).exists()


def test_a_draft_that_changed_meanwhile_is_not_saved_unseen(version):
    draft = drafts.open_draft(patient=version.patient, by=by_of(version))
    seen = draft.stamp
    drafts.save_draft(draft=draft, by=by_of(version), edits=Edits(rows={draft.prescriptions.first().pk: {"sets": 5}}))
    answer = press(draft, draft=seen, name="Kept name")
    assert answer.status_code == 422
    assert "The draft has changed since you opened this page." in text_of(answer)
    assert 'value="Kept name"' in answer.content.decode()
    assert Version.objects.get(pk=draft.pk).stamp in answer.content.decode(), "the next press is about what is shown"
    with pytest.raises(ChangedMeanwhileError):
        save_as_template(version=draft, seen=seen, new=named(), keeping=Keeping(), by=by_of(version))


def test_exercises_that_left_the_library_stay_out_and_are_named(version):
    version.prescriptions.first().exercise.__class__.objects.filter(name="Bridge").update(retired=True)
    assert "No longer in the library, and left out: Bridge." in text_of(page(version))
    assert saved(version).items.count() == 5


def test_another_clinic_sees_none_of_it(version):
    stranger = PhysioFactory()
    assert client_of(stranger).get(address(version)).status_code == 404
    template = saved(version)
    assert "Stairs" not in text_of(client_of(stranger).get(reverse(LIST)))
    for name in ("template_copy", "template_delete", "template_back"):
        assert client_of(stranger).post(reverse(f"programmes:{name}", args=[template.pk])).status_code == 404


def test_a_copy_has_everything_of_a_shared_one_and_is_the_clinics():
    phase = PhaseFactory(order=1, name="First steps", note="Use a stick.", template__note="Wear shoes.")
    TemplateItemFactory(
        template=phase.template, phase=phase, order=1, leg="sore", sets=4, times_a_day=5, note="Toes up."
    )
    by = PhysioFactory()
    copy = copy_template(template=phase.template, new=named(), by=by)
    copy.refresh_from_db()
    item = copy.items.get()
    assert (copy.clinic, copy.note, copy.phases.get().name, copy.phases.get().note) == (
        *(by.clinic, "Wear shoes.", "First steps", "Use a stick."),
    )
    assert (item.phase.template, item.leg, item.sets, item.times_a_day, item.note) == (copy, "sore", 4, 5, "Toes up.")
    assert phase.template.items.count() == 1


def test_copying_asks_for_a_name_and_twice_is_one():
    by, shared = PhysioFactory(), TemplateItemFactory(template__name="Hip").template
    where = reverse("programmes:template_copy", args=[shared.pk])
    client = client_of(by)
    assert "“Hip” stays as it is; neither changes the other later." in text_of(client.get(where))
    refused = client.post(where, form(name="Hip"))
    assert (refused.status_code, "already. Choose another name." in text_of(refused)) == (422, True)
    twice = form(name="Our hip")
    assert {client.post(where, twice).status_code for _ in range(2)} == {302}
    assert Template.objects.get(clinic=by.clinic).items.count() == 1


def test_deleted_is_out_of_the_list_and_the_builder_and_comes_back(version):
    template = saved(version)
    client = physio_of(version)
    for _twice in range(2):
        client.post(reverse("programmes:template_delete", args=[template.pk]))
    assert Entry.objects.filter(subject="template", fields=["retired"]).count() == 1
    client.get(reverse(LIST))
    assert "For gardeners" not in text_of(client.get(reverse(LIST)))
    assert "Stairs Ours" in text_of(client.get(reverse(LIST), {"show": "deleted"}))
    TemplateFactory(name="Stairs", clinic=version.patient.clinic)
    client.post(reverse("programmes:template_back", args=[template.pk]))
    assert "There is a template called “Stairs” already." in text_of(client.get(reverse(LIST)))
    Template.objects.exclude(pk=template.pk).filter(name="Stairs").update(retired=True)
    assert client.post(reverse("programmes:template_back", args=[template.pk])).url.endswith(f"#template-{template.pk}")
    template.refresh_from_db()
    assert not template.retired


def test_shared_ones_cannot_be_deleted():
    shared = TemplateFactory()
    answer = client_of(PhysioFactory()).post(reverse("programmes:template_delete", args=[shared.pk]))
    assert answer.status_code == 404
    shared.refresh_from_db()
    assert not shared.retired


def test_two_of_one_name_at_once_are_refused_by_the_service(version):
    saved(version)
    with pytest.raises(NameTakenError):
        saved(version)
