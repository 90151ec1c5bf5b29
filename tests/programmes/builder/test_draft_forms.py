import datetime as dt

import pytest
from django.http import QueryDict

from exercises.sides import SideMode
from programmes.builder.forms.builder_forms import BuilderForms, posted_id
from programmes.services.giving import Missing
from tests.factories import DraftFactory, ExerciseFactory, PrescriptionFactory

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 23)


def a_draft(*, rows=1, side_mode=SideMode.EACH_SIDE, affected_side="right", **prescription):
    draft = DraftFactory(programme__patient__affected_side=affected_side)
    for place in range(1, rows + 1):
        exercise = ExerciseFactory(side_mode=side_mode)
        PrescriptionFactory(version=draft, order=place, exercise=exercise, **prescription)
    return draft


def sent(draft, whole=None, **row):
    """Return what a browser sends for ``draft``; ``row`` is for the first exercise."""
    data = {"rhythm": "named", "weekdays": ["0", "2"], "times_a_day": "1", "goal": "", "note": "", "review_on": ""}
    values = {"sets": "1", "reps": "10", "hold_s": "", "rest_s": "", "side": "each"}
    values |= {"load": "", "tempo": "", "note": ""}
    for place, prescription in enumerate(draft.prescriptions.all()):
        data |= {f"{prescription.pk}-{k}": v for k, v in (values | (row if place == 0 else {})).items()}
    data |= whole or {}
    query = QueryDict(mutable=True)
    for name, value in data.items():
        query.setlist(name, value if isinstance(value, list) else [value])
    return query


def forms_for(draft, whole=None, **row):
    return BuilderForms(draft, TODAY, sent(draft, whole, **row))


def test_good_values_become_edits():
    draft = a_draft()
    row = draft.prescriptions.get()
    typed = {"sets": "3", "reps": "8–12", "hold_s": "5", "rest_s": "30", "side": "left", "load": " band "}
    forms = forms_for(draft, {"goal": "Walk the dog.", "review_on": "2026-12-07"}, **typed)
    assert forms.is_right()
    edits = forms.edits()
    assert edits.version == {"goal": "Walk the dog.", "note": "", "review_on": dt.date(2026, 12, 7)}
    assert edits.rows[row.pk] == {
        "sets": 3, "reps": 8, "reps_to": 12, "hold_s": 5, "hold_to_s": None, "rest_s": 30,
        "side": "left", "load": "band", "tempo": "", "note": "",
    }  # fmt: skip
    assert edits.schedule == {**NO_DAYS, "weekdays": "02", "times_a_day": 1, "moments": ""}


LONG = "x" * 20_000
BAD_ROW_VALUES = [
    ("sets", "0", "Sets: a whole number from 1 to 10."),
    ("sets", "11", "Sets: a whole number from 1 to 10."),
    ("sets", "", "Sets: a whole number from 1 to 10."),
    ("sets", "three", "Sets: a whole number from 1 to 10."),
    ("sets", "1.5", "Sets: a whole number from 1 to 10."),
    ("sets", "-2", "Sets: a whole number from 1 to 10."),
    ("sets", "1\x00", "Sets: a whole number from 1 to 10."),
    ("reps", "101", "Reps: a whole number from 1 to 100, or two, for example 8 to 12."),
    ("reps", "999999999", "Reps: a whole number from 1 to 100, or two, for example 8 to 12."),
    ("reps", "9" * 20_000, "Reps: a whole number from 1 to 100, or two, for example 8 to 12."),
    ("hold_s", "301", "Hold: a whole number from 0 to 300, or two, for example 8 to 12."),
    ("rest_s", "601", "Rest: a whole number from 0 to 600."),
    ("reps", "8–101", "Reps: a whole number from 1 to 100, or two, for example 8 to 12."),
    ("reps", "8-12-16", "Reps: a whole number from 1 to 100, or two, for example 8 to 12."),
    ("reps", "1.5", "Reps: a whole number from 1 to 100, or two, for example 8 to 12."),
    ("reps", "-8", "Reps: a whole number from 1 to 100, or two, for example 8 to 12."),
    ("reps", "10-10", "Reps: a range must rise, for example 10 to 15."),
    ("reps", "12 to 8", "Reps: a range must rise, for example 12 to 17."),
    ("hold_s", "0-30", "Hold (s): a range needs both its numbers."),
    ("side", "both", "Choose one of the legs."),
    ("load", LONG, "Load: at most 40 characters. This has 20000."),
    ("tempo", LONG, "Tempo: at most 40 characters. This has 20000."),
    ("note", LONG, "Note to the patient: at most 200 characters. This has 20000."),
    ("note", "a\x00b", "This holds a character that cannot be kept. Type it again"),
]


@pytest.mark.parametrize(("field", "typed", "words"), BAD_ROW_VALUES)
def test_a_bad_value_in_a_row_is_refused_kept_as_typed_and_leaves_its_neighbours_alone(field, typed, words):
    draft = a_draft()
    forms = forms_for(draft, **{field: typed})
    form = forms.rows[0]
    assert not forms.is_right()
    assert form.errors == {field: [words]}
    assert form[field].value() == typed
    kept = forms.edits().rows[form.row.pk]
    assert field not in kept
    assert kept["tempo" if field != "tempo" else "load"] == ""


NO_DAYS = {"weekdays": "", "days_a_week": None, "every_other_day": False, "starts_on": None, "as_needed": False}
BAD_WHOLE_VALUES = [
    ("review_on", "2026-02-30", "Review on: write a date that exists, for example 7 Dec 2026."),
    ("review_on", "31/02/2027", "Review on: write a date that exists, for example 7 Dec 2026."),
    ("review_on", "soon", "Review on: write a date that exists, for example 7 Dec 2026."),
    ("review_on", "2026-12-07\x00", "Review on: write a date that exists, for example 7 Dec 2026."),
    ("review_on", LONG, "Review on: write a date that exists, for example 7 Dec 2026."),
    ("review_on", "2026-11-23", "The review date must be after today."),
    ("review_on", "2028-01-01", "The review date must be within a year."),
    ("times_a_day", "7", "Times a day: a whole number from 1 to 6."),
    ("times_a_day", "often", "Times a day: a whole number from 1 to 6."),
    ("goal", LONG, "Goal, in the patient’s words: at most 120 characters. This has 20000."),
    ("note", "\x00", "This holds a character that cannot be kept. Type it again"),
    ("reason", LONG, "What you changed and why: at most 200 characters. This has 20000."),
    ("weekdays", ["0", "7"], "Choose among the days of the week."),
]


@pytest.mark.parametrize(("field", "typed", "words"), BAD_WHOLE_VALUES)
def test_a_bad_value_for_the_whole_draft_is_refused_and_kept_as_typed(field, typed, words):
    draft = a_draft()
    forms = forms_for(draft, {field: typed})
    assert forms.whole.errors == {field: [words]}
    assert forms.whole[field].value() == typed
    edits = forms.edits()
    assert field not in edits.version
    assert field not in edits.schedule
    assert edits.rows, "the rows are right and are kept"


def test_a_date_that_is_none_is_shown_in_a_field_that_can_hold_it():
    draft = a_draft()
    assert 'type="date"' in str(forms_for(draft, {"review_on": "2026-12-07"}).whole["review_on"])
    shown = str(forms_for(draft, {"review_on": "31 Feb"}).whole["review_on"])
    assert 'type="text"' in shown
    assert 'value="31 Feb"' in shown


@pytest.mark.parametrize("typed", ["7/12/2026", "7 Dec 2026", "7 December 2026", "7.12.2026", "2026-12-07"])
def test_a_date_can_be_written_in_the_usual_ways(typed):
    assert forms_for(a_draft(), {"review_on": typed}).edits().version["review_on"] == dt.date(2026, 12, 7)


@pytest.mark.parametrize(
    ("rhythm", "expected"),
    [
        ("named", {"weekdays": "02"}),
        ("number", {"days_a_week": 3}),
        ("every_other", {"every_other_day": True, "starts_on": dt.date(2026, 12, 1)}),
        ("as_needed", {"as_needed": True}),
    ],
)
def test_only_the_chosen_rhythm_counts(rhythm, expected):
    typed = {"rhythm": rhythm, "days_a_week": "3", "starts_on": "2026-12-01"}
    schedule = forms_for(a_draft(), typed).edits().schedule
    assert schedule == {**NO_DAYS, **expected, "times_a_day": 1, "moments": ""}


def test_no_rhythm_sent_means_nothing_is_said_of_days():
    draft = a_draft()
    data = sent(draft)
    del data["rhythm"]
    assert BuilderForms(draft, TODAY, data).edits().schedule == {"times_a_day": 1, "moments": ""}


@pytest.mark.parametrize(
    ("quick", "typed", "days", "times"),
    [("daily", "", "0123456", 1), ("mon-wed-fri", "", "024", 1), ("mon-wed-fri", "3", "024", 3)],
)
def test_a_quick_button_chooses_days_and_once_a_day_where_nothing_else_was_said(quick, typed, days, times):
    schedule = forms_for(a_draft(), {"quick": quick, "rhythm": "number", "times_a_day": typed}).edits().schedule
    assert (schedule["weekdays"], schedule["times_a_day"]) == (days, times)


@pytest.mark.parametrize(("quick", "day"), [("in-2-weeks", (2026, 12, 7)), ("in-6-weeks", (2027, 1, 4))])
def test_a_quick_button_chooses_the_review_date(quick, day):
    assert forms_for(a_draft(), {"quick": quick}).edits().version["review_on"] == dt.date(*day)


@pytest.mark.parametrize("typed", ["8-12", "8–12", "8 to 12", " 8 – 12 ", "8—12", "8 TO 12"])
def test_a_range_is_typed_in_one_field(typed):
    draft = a_draft()
    kept = forms_for(draft, reps=typed, hold_s=typed).edits().rows[draft.prescriptions.get().pk]
    assert (kept["reps"], kept["reps_to"], kept["hold_s"], kept["hold_to_s"]) == (8, 12, 8, 12)


def test_a_range_is_shown_as_it_is_printed():
    form = BuilderForms(a_draft(reps=8, reps_to=12, hold_s=5, hold_to_s=9), TODAY).rows[0]
    assert 'value="8–12"' in str(form["reps"])
    assert 'value="5–9"' in str(form["hold_s"])


def test_one_number_in_place_of_a_range_ends_the_range():
    draft = a_draft(reps=8, reps_to=12)
    kept = forms_for(draft, reps="50").edits().rows[draft.prescriptions.get().pk]
    assert (kept["reps"], kept["reps_to"]) == (50, None)


def test_a_page_of_before_sends_the_two_ends_by_themselves_and_loses_none():
    draft = a_draft(reps=8, reps_to=12)
    old = {"reps": "8", "reps_to": "12", "hold_s": "", "hold_to_s": ""}
    kept = forms_for(draft, **old).edits().rows[draft.prescriptions.get().pk]
    assert (kept["reps"], kept["reps_to"], kept["hold_s"], kept["hold_to_s"]) == (8, 12, 0, None)


def test_a_row_that_is_not_in_this_draft_is_ignored_and_noticed():
    draft, other = a_draft(), a_draft()
    data = sent(draft)
    data.update(sent(other, sets="9"))
    forms = BuilderForms(draft, TODAY, data)
    assert forms.gone
    assert list(forms.edits().rows) == [draft.prescriptions.get().pk]


def test_a_row_that_was_not_sent_is_left_alone_and_noticed():
    draft = a_draft()
    data = sent(draft)
    PrescriptionFactory(version=draft, order=2)
    forms = BuilderForms(draft, TODAY, data)
    assert forms.unseen
    assert len(forms.edits().rows) == 1


def test_both_legs_together_leave_no_leg_to_choose():
    draft = a_draft(side_mode=SideMode.BILATERAL, side="both")
    forms = forms_for(draft, side="left")
    assert forms.is_right()
    assert "side" not in forms.edits().rows[draft.prescriptions.get().pk]


def test_the_sore_leg_only_offers_each_in_turn():
    draft = a_draft(side_mode=SideMode.AFFECTED_ONLY)
    choices = BuilderForms(draft, TODAY).rows[0].fields["side"].choices
    assert choices == [("left", "Left"), ("right", "Right"), ("in_turn", "In turn")]


def test_the_sore_side_is_asked_only_while_nobody_knows():
    assert "affected_side" not in BuilderForms(a_draft(), TODAY).whole.fields
    draft = a_draft(affected_side="")
    assert forms_for(draft, {"affected_side": "left"}).edits().affected_side == "left"
    assert forms_for(draft, {"affected_side": "none"}).edits().affected_side == ""


def test_what_is_missing_stands_at_its_field_or_is_handed_back():
    draft = a_draft()
    forms = forms_for(draft)
    row = forms.rows[0].row
    rest = forms.show(
        [Missing("review_on", "A date."), Missing(f"{row.pk}-side", "A leg."), Missing("clinic", "A phone.")]
    )
    assert forms.whole.errors == {"review_on": ["A date."]}
    assert forms.rows[0].errors == {"side": ["A leg."]}
    assert [one.field for one in rest] == ["clinic"]


def test_forms_cost_the_same_for_one_row_and_three(django_assert_num_queries):
    for rows in (1, 3):
        draft = a_draft(rows=rows)
        data = sent(draft)
        with django_assert_num_queries(2):  # the rows, and the topics to choose from
            BuilderForms(draft, TODAY, data).edits()


@pytest.mark.parametrize("value", ["", "x", "\x00", "1" * 20_000])
def test_posted_id_of_nonsense_is_none(value):
    query = QueryDict(mutable=True)
    query["exercise"] = value
    assert posted_id(query, "exercise") is None


def test_errors_stand_with_the_fields_they_are_about():
    forms = forms_for(a_draft(), {"reason": LONG, "times_a_day": "7"})
    assert [field.name for field in forms.whole.about_words if field.errors] == ["reason"]
    assert [field.name for field in forms.whole.about_when if field.errors] == ["times_a_day"]
