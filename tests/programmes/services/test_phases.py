"""Phases: pinned when a template is chosen, remembered when given, the next one opened as a draft by a person alone."""

import threading

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exercises.models import Exercise
from hipcare.audit.models import Entry
from programmes.models import Phase, Programme, Template, TemplateItem, Version
from programmes.services import drafts, starting_points, undoing
from programmes.services.drafts import Edits
from programmes.services.giving import CannotGiveError, give_version
from programmes.services.phases import DraftThereError, MovedOnError, Shown, choose_next_phase, open_next_phase
from tests.factories import (
    PatientFactory,
    PhaseFactory,
    PhysioFactory,
    TemplateFactory,
    TemplateItemFactory,
    given_version,
    sign_all_in,
)
from tests.programmes.drafts import HTMX, form_of, physio_of, text_of, two_weeks_from_now, url
from tests.structure.world import client_of, every_row

pytestmark = pytest.mark.django_db
RULE = "When it is easy, tell me."


@pytest.fixture
def template():
    """Return a template of three phases: weeks 0 to 2, 3 to 6 and 7 to 12, with one exercise each."""
    made = TemplateFactory(name="New hip", note="Wear shoes.")
    told = [(0, 2, "Heel slide", ""), (3, 6, "Bridge", "Use a stick."), (7, 12, "Squat", "")]
    for order, (first, last, name, note) in enumerate(told, start=1):
        phase = PhaseFactory(template=made, order=order, first_week=first, last_week=last, note=note)
        phase.description = f"About {name.lower()}s."
        phase.save()
        TemplateItemFactory(
            template=made, phase=phase, order=order, exercise__name=name, sets=order, note="Slowly.", progression=RULE
        )
    return made


def started(template, patient=None, place=1):
    """Return a draft that was started from a phase of ``template``, ready to be given."""
    patient = patient or PatientFactory()
    by = patient.physiotherapist
    draft = drafts.open_draft(patient=patient, by=by)
    phase = template.phases.get(order=place)
    starting_points.start_from_template(draft=draft, template=template, phase=phase, by=by)
    schedule = {"weekdays": "024", "times_a_day": 1, "days_a_week": None, "as_needed": False}
    rows = {row.pk: {"side": row.side or "each"} for row in draft.prescriptions.all()}
    edits = Edits(version={"review_on": two_weeks_from_now()}, schedule=schedule, rows=rows)
    drafts.save_draft(draft=draft, by=by, edits=edits)
    return sign_all_in(Version.objects.get(pk=draft.pk))


def given(template, patient=None, place=1):
    draft = started(template, patient, place)
    return give_version(draft=draft, by=draft.patient.physiotherapist, reason="A new start.")


def give(draft, **edits):
    rows = {row.pk: {"side": row.side or "each"} for row in draft.prescriptions.all()}
    sign_all_in(draft)
    return give_version(draft=draft, by=draft.patient.physiotherapist, edits=Edits(rows=rows, **edits))


def shown(version, place=2):
    return Shown(version.pk, place)


def open_next(version, place=2, by=None):
    patient = version.patient
    return open_next_phase(patient=patient, shown=shown(version, place), by=by or patient.physiotherapist).draft


def choose(version, to, place=2):
    patient = version.patient
    choose_next_phase(patient=patient, shown=shown(version, place), to=to, by=patient.physiotherapist)


def next_of(version):
    return Programme.objects.get(pk=version.programme_id).next_phase


# Chosen


def test_draft_keeps_the_phase_and_all_that_the_template_says(template):
    draft = started(template)
    assert (draft.phase, draft.phase_in_words) == (1, "Phase 1 of 3: Weeks 0 to 2")
    assert [phase["weeks"] for phase in draft.follows["phases"]] == [[0, 2], [3, 6], [7, 12]]
    assert draft.follows["template"] == str(template.pk)
    assert next_of(draft) is None, "nothing is prepared before it is given"


@pytest.mark.parametrize("other", ["blank", "template", "current"])
def test_another_start_leaves_the_phases_and_what_was_there_can_be_put_back(template, other):
    patient = given_version(exercise__name="Clamshell").patient
    draft = started(template, patient, place=2)
    by, start = patient.physiotherapist, {}
    match other:
        case "blank":
            start["gone"] = starting_points.start_blank(draft=draft, by=by)
        case "template":
            plain = TemplateItemFactory().template
            start["gone"] = starting_points.start_from_template(draft=draft, template=plain, by=by)
        case "current":
            start["gone"] = starting_points.start_from_current_version(draft=draft, by=by)
    draft.refresh_from_db()
    assert (draft.phase, draft.follows) == (None, {})
    starting_points.start_from_contents(draft=draft, contents=start["gone"], by=by)
    draft.refresh_from_db()
    assert (draft.phase, draft.phase_now.weeks) == (2, (3, 6))


def test_draft_thrown_away_comes_back_with_its_phase(template):
    draft = started(template, place=2)
    contents = drafts.discard_draft(draft=draft, by=draft.patient.physiotherapist)
    back = undoing.put_back_draft(patient=draft.patient, contents=contents, by=draft.patient.physiotherapist)
    back.refresh_from_db()
    assert (back.phase, back.follows) == (2, draft.follows)
    old = {name: value for name, value in contents.items() if name not in {"phase", "follows"}}
    drafts.discard_draft(draft=back, by=draft.patient.physiotherapist)
    assert undoing.put_back_draft(patient=draft.patient, contents=old, by=draft.patient.physiotherapist).phase is None


# Given


def test_giving_prepares_the_next_phase_and_gives_nothing_by_itself(template):
    version = given(template)
    assert (version.phase, next_of(version)) == (1, 2)
    with time_machine.travel("2027-11-28 10:00Z"):
        page = text_of(physio_of(version).get(url("patient", version.patient)))
        assert "Next: Weeks 3 to 6. Prepared, not given." in page
    assert Version.objects.count() == 1
    assert next_of(given(template, place=3)) is None, "after the last there is none"
    assert next_of(given_version()) is None


def test_next_phase_is_opened_changed_and_given_by_a_person(template):
    version = given(template)
    draft = open_next(version)
    row = draft.prescriptions.get()
    assert (row.name, row.sets, row.note, row.progression) == ("Bridge", 2, "Slowly.", RULE)
    assert (row.weekdays, row.times_a_day) == ("024", 1), "days are those that were chosen"
    assert (draft.reason, draft.note) == ("Next phase: weeks 3 to 6", "Use a stick.")
    assert (next_of(version), version.programme.current) == (2, version), "the patient still has the first"
    second = give(draft, version={"reason": "Both sticks are gone."})
    assert (second.number, second.phase, second.reason) == (2, 2, "Both sticks are gone.")
    assert next_of(version) == 3
    third = give(open_next(second, 3))
    assert (third.number, third.reason, next_of(version)) == (3, "Next phase: weeks 7 to 12", None)


def test_giving_a_change_inside_a_phase_leaves_what_is_next(template):
    version = given(template)
    choose(version, 3)
    draft = drafts.open_draft(patient=version.patient, by=version.given_by)
    assert (draft.phase, draft.follows) == (1, version.follows)
    draft.prescriptions.update(sets=4)
    second = give(draft, version={"reason": "More."})
    assert (second.phase, next_of(version)) == (1, 3)


def test_programme_without_phases_that_follows_ends_them(template):
    version = given(template)
    draft = drafts.open_draft(patient=version.patient, by=version.given_by)
    starting_points.start_from_template(draft=draft, template=TemplateItemFactory().template, by=version.given_by)
    give(draft, version={"reason": "Another way."})
    assert next_of(version) is None


def test_next_phase_with_the_same_exercises_can_be_given_and_the_same_phase_cannot(template):
    TemplateItem.objects.filter(template=template, phase__order=2).delete()
    first = template.items.get(order=1)
    TemplateItem.objects.create(
        template=template,
        phase=template.phases.get(order=2),
        exercise=first.exercise,
        order=2,
        sets=1,
        note="Slowly.",
        progression=RULE,
    )
    Phase.objects.update(note="")
    version = given(template)
    assert give(open_next(version)).phase == 2
    again = given(template)
    with pytest.raises(CannotGiveError, match="Nothing has changed since version 1"):
        give(drafts.open_draft(patient=again.patient, by=again.given_by), version={"reason": "None."})


# What the template said when it was chosen stays


def test_template_that_is_edited_or_deleted_meanwhile_alters_nothing_that_is_prepared(template):
    version = given(template)
    client = physio_of(version)
    page = reverse("programmes:patient", args=[version.patient.pk])
    assert "has changed since it was chosen" not in client.get(page).text
    TemplateItem.objects.filter(template=template, order=2).update(sets=5)
    assert "The template has changed since it was chosen. What is prepared is as it was then." in client.get(page).text
    template.retired = True
    template.save()
    assert "The template is no longer there." in client.get(page).text
    template.delete()
    assert "The template is no longer there." in client.get(page).text
    row = open_next(version).prescriptions.get()
    assert (row.name, row.sets) == ("Bridge", 2)


def test_exercise_that_is_no_longer_there_is_left_out_and_named(template):
    version = given(template)
    template.delete()
    Exercise.objects.get(name="Bridge").delete()
    client = physio_of(version)
    answer = client.post(url("phase_open", version.patient), posted(version), follow=True)
    assert "Bridge is no longer in the library. It was left out." in text_of(answer)
    assert Version.objects.drafts().get().prescriptions.count() == 0


def test_columns_that_come_later_have_their_default_in_what_was_pinned(template):
    draft = started(template)
    for phase in draft.follows["phases"]:
        for item in phase["items"]:
            del item["progression"]
            item["gone_since"] = 3
    draft.save()
    version = give(draft)
    assert open_next(version).prescriptions.get().progression == ""


# Twice, late, from a stale page, two at once


def test_opening_twice_finds_the_same_draft_with_what_was_written_in_it(template):
    version = given(template)
    draft = open_next(version)
    row = draft.prescriptions.get()
    drafts.save_draft(draft=draft, by=version.given_by, edits=Edits(rows={row.pk: {"sets": 5}}))
    assert open_next(version) == draft
    assert draft.prescriptions.get().sets == 5
    assert Version.objects.drafts().count() == 1


def test_draft_of_something_else_is_said_and_kept(template):
    version = given(template)
    there = drafts.open_draft(patient=version.patient, by=version.given_by)
    before = every_row()
    with pytest.raises(DraftThereError, match="There is a draft already, and it is kept"):
        open_next(version)
    assert every_row() == before
    client = physio_of(version)
    page = client.get(url("patient", version.patient)).text
    assert "There is a draft above already. Give it or discard it" in page
    assert url("phase_open", version.patient) not in page
    answer = client.post(url("phase_open", version.patient), posted(version), follow=True)
    assert "There is a draft already, and it is kept." in text_of(answer)
    drafts.discard_draft(draft=there, by=version.given_by)
    assert open_next(version).phase == 2


def test_stale_page_changes_nothing(template):
    version = given(template)
    second = give(open_next(version))
    before = every_row()
    for act in (lambda: open_next(version), lambda: choose(version, 3), lambda: choose(version, None)):
        with pytest.raises(MovedOnError):
            act()
    assert every_row() == before
    answer = physio_of(second).post(url("phase_open", second.patient), posted(version), follow=True)
    assert "This programme has changed since you opened the page. Nothing was done" in text_of(answer)


def test_late_page_after_a_skip_opens_nothing_that_was_not_shown(template):
    version = given(template)
    choose(version, 3)
    with pytest.raises(MovedOnError):
        open_next(version, 2)
    assert open_next(version, 3).prescriptions.get().name == "Squat"


@pytest.mark.django_db(transaction=True)
def test_two_physiotherapists_who_open_it_at_once_share_one_draft(template):
    version = given(template)
    patient, start, found = version.patient, threading.Barrier(4), []

    def open_it():
        start.wait()
        try:
            found.append(open_next(version).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=open_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert len(set(found)) == 1
    assert Version.objects.filter(programme__patient=patient).drafts().count() == 1


def test_one_gives_while_the_other_skips(template):
    version = given(template)
    draft = open_next(version)
    with pytest.raises(DraftThereError):
        choose(version, 3)
    give(draft)
    with pytest.raises(MovedOnError):
        choose(version, 3)
    assert next_of(version) == 3


# Skipped, left, taken up again


def test_phases_are_skipped_left_and_taken_up_again(template):
    version = given(template)
    trail = Entry.objects.count()
    for _twice in range(2):
        choose(version, 3)
    assert (next_of(version), Entry.objects.count()) == (3, trail + 1)
    choose(version, 2, place=3)
    assert next_of(version) == 2
    choose(version, None)
    assert next_of(version) is None
    choose(version, 2, place=None)
    assert next_of(version) == 2


@pytest.mark.parametrize("to", [0, 1, 4, 99])
def test_only_a_later_phase_can_be_next(template, to):
    version = given(template)
    with pytest.raises(MovedOnError):
        choose(version, to)
    assert next_of(version) == 2


# On the patient's page


def posted(version, **more):
    return {"version": str(version.pk), "next": "2", **more}


def test_page_says_in_one_look_which_phase_and_since_when(template):
    with time_machine.travel("2026-11-02 10:00Z"):
        version = given(template)
    with time_machine.travel("2026-11-09 10:00Z"):
        draft = drafts.open_draft(patient=version.patient, by=version.given_by)
        draft.prescriptions.update(sets=4)
        give(draft, version={"reason": "More."})
    with time_machine.travel("2026-11-12 10:00Z"):
        page = text_of(physio_of(version).get(url("patient", version.patient)))
        assert "Phase 1 of 3: Weeks 0 to 2" in page
        assert "Since 2 November 2026. About heel slides." in page, "a change inside the phase does not begin it"
        assert "Next: Weeks 3 to 6. Prepared, not given. It begins when you give it." in page
        assert "About bridges. Bridge." in page


def test_page_of_the_last_phase_and_of_a_programme_without(template):
    version = given(template, place=3)
    page = text_of(physio_of(version).get(url("patient", version.patient)))
    assert "Phase 3 of 3: Weeks 7 to 12" in page
    assert "This is the last phase." in page
    plain = given_version()
    assert "Phase" not in text_of(physio_of(plain).get(url("patient", plain.patient)))


def test_buttons_open_skip_leave_and_take_up_again(template):
    version = given(template)
    client, patient = physio_of(version), version.patient
    page = url("patient", patient)
    assert client.post(url("phase_choose", patient), posted(version, to="3")).url == page
    assert "Go on with Weeks 3 to 6" in text_of(client.get(page))
    client.post(url("phase_choose", patient), {"version": str(version.pk), "next": "3", "to": ""})
    left = text_of(client.get(page))
    assert "No phase is prepared. The next one would be Weeks 3 to 6." in left
    client.post(url("phase_choose", patient), {"version": str(version.pk), "next": "", "to": "2"})
    answer = client.post(url("phase_open", patient), posted(version))
    draft = Version.objects.drafts().get()
    assert answer.url == url("builder", draft)
    opened = text_of(client.get(page))
    assert "Open as the draft above, not given." in opened
    assert "Skip Weeks" not in opened
    versions = give(draft)
    assert "Phase 2 of 3: Weeks 3 to 6. New: Bridge." in text_of(client.get(url("patient", versions.patient)))


@pytest.mark.parametrize("sent", [{}, {"version": "x", "next": "2"}, {"version": "", "next": "9" * 400, "to": "-1"}])
@pytest.mark.parametrize("name", ["phase_open", "phase_choose"])
def test_nonsense_changes_nothing_and_says_so(template, name, sent):
    version = given(template)
    before = Version.objects.count(), next_of(version)
    answer = physio_of(version).post(url(name, version.patient), sent, follow=True)
    assert "Nothing was done" in text_of(answer)
    assert (Version.objects.count(), next_of(version)) == before


def test_no_other_clinic_reaches_it(template):
    version = given(template)
    stranger = client_of(PhysioFactory())
    for name in ("phase_open", "phase_choose"):
        assert stranger.post(url(name, version.patient), posted(version, to="3")).status_code == 404
    assert (next_of(version), Version.objects.drafts().count()) == (2, 0)


def test_page_costs_the_same_for_one_exercise_and_three(template, django_assert_num_queries):
    costs = []
    for more in (10, 20):
        version = given(template)
        client = physio_of(version)
        with CaptureQueriesContext(connection) as found:
            client.get(url("patient", version.patient))
        costs.append(len(found))
        for phase in [PhaseFactory(template=template, order=order) for order in (more, more + 1)]:
            TemplateItemFactory(template=template, phase=phase, order=phase.order)
    assert costs[0] == costs[1]


# In the builder


def test_builder_offers_every_phase_and_takes_the_first_or_the_one_chosen(template):
    draft = drafts.open_draft(patient=PatientFactory(), by=PhysioFactory())
    client = client_of(draft.patient.physiotherapist)
    page = client.get(url("builder", draft)).text
    for place in (1, 2, 3):
        assert f'value="{template.pk}/{place}"' in page
    sent = form_of(draft, {"template": str(template.pk)})
    answer = client.post(url("draft_template", draft), sent, headers=HTMX)
    assert "Phase 1 of 3: Weeks 0 to 2. About heel slides." in text_of(answer)
    sent = form_of(draft, {"template": f"{template.pk}/3"})
    answer = client.post(url("draft_template", draft), sent, headers=HTMX)
    assert "Phase 3 of 3: Weeks 7 to 12. About squats." in text_of(answer)
    assert [row.name for row in draft.prescriptions.all()] == ["Squat"]


@pytest.mark.parametrize("place", ["4", "0", "-1", "two", "²", "9" * 30])
def test_phase_that_is_not_there_is_not_found(template, place):
    draft = drafts.open_draft(patient=PatientFactory(), by=PhysioFactory())
    sent = {"template": f"{template.pk}/{place}"}
    assert physio_of(draft).post(url("draft_template", draft), sent).status_code == 404


def test_phase_of_another_clinics_template_is_not_found(template):
    Template.objects.update(clinic=PhysioFactory().clinic)
    draft = drafts.open_draft(patient=PatientFactory(), by=PhysioFactory())
    assert physio_of(draft).post(url("draft_template", draft), {"template": f"{template.pk}/1"}).status_code == 404
