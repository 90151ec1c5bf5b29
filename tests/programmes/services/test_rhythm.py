"""Days and times of one exercise beside those of the programme; every other day, over versions and clock changes."""

import datetime as dt
import zoneinfo

import pytest

from programmes.rules.adherence import Item, Log, Plan, Window, adherence
from programmes.rules.recent import GivenPlan, pack, unpack
from programmes.rules.schedule import Frequency, next_start
from programmes.services.draft_values import Edits
from programmes.services.drafts import add_exercise, open_draft, save_draft
from programmes.services.giving import CannotGiveError, give_version
from programmes.services.starting_points import start_from_template
from tests.factories import (
    PatientFactory,
    TemplateFactory,
    TemplateItemFactory,
)
from tests.programmes.drafts import draft_of

LONDON = zoneinfo.ZoneInfo("Europe/London")
CLOCKS_GO_ON, CLOCKS_GO_BACK = dt.date(2027, 3, 28), dt.date(2026, 10, 25)
A_DAY = dt.timedelta(days=1)


@pytest.mark.parametrize("change", [CLOCKS_GO_ON, CLOCKS_GO_BACK])
def test_every_other_day_goes_on_when_the_clocks_change(change):
    every_other = Frequency(every_other_day=True, starts_on=change - 3 * A_DAY)
    days = [change + n * A_DAY for n in range(-4, 5)]
    assert [every_other.times_on(day) for day in days] == [0, 1, 0, 1, 0, 1, 0, 1, 0]
    given = GivenPlan(
        dt.datetime.combine(change - 3 * A_DAY, dt.time(0, 30), LONDON), (Item("p", "e", "Bridge", every_other),)
    )
    logs = [Log(change - A_DAY, "p", "e", done=True), Log(change, "p", "e", done=True)]
    plans, logs = unpack(pack([given], logs, days[0]))
    found = adherence([plan.in_zone(LONDON) for plan in plans], logs, Window(days[0], days[-1]))
    assert (found.done, found.planned, found.extra) == (1, 4, 1)


@pytest.mark.parametrize(
    ("starts_on", "day", "first"),
    [
        (None, 10, 10),
        (10, 10, 10),
        (10, 11, 12),
        (10, 12, 12),
        (10, 25, 26),
        (14, 11, 14),
    ],
)
def test_the_rhythm_goes_on_from_its_first_day(starts_on, day, first):
    november = [dt.date(2026, 11, n) for n in range(1, 31)]
    assert next_start(starts_on and november[starts_on - 1], november[day - 1]) == november[first - 1]


def test_two_legs_are_two_in_adherence():
    left = Item("l", ("e", "left"), "Left", Frequency(weekdays=frozenset(range(7))))
    right = Item("r", ("e", "right"), "Right", Frequency(weekdays=frozenset({0, 2})))
    monday = dt.date(2026, 11, 23)
    logs = [Log(monday, "l", ("e", "left"), done=True), Log(monday + A_DAY, "r", ("e", "right"), done=True)]
    found = adherence([Plan(monday, (left, right))], logs, Window(monday, monday + 6 * A_DAY))
    assert [(tally.name, tally.done, tally.planned) for tally in found.by_exercise] == [("Left", 1, 7), ("Right", 0, 2)]


pytestmark = pytest.mark.django_db
EVERY_OTHER = {"weekdays": "", "days_a_week": None, "every_other_day": True, "starts_on": None, "as_needed": False}


def moment(day, hour=12):
    return dt.datetime(2026, 11, day, hour, tzinfo=LONDON)


def give(draft, day, **edits):
    edits = Edits(version={"review_on": dt.date(2026, 12, 20), **edits}, at=moment(day))
    return give_version(draft=draft, by=draft.made_by, reason="More.", edits=edits)


def test_every_other_day_counts_from_the_day_it_is_given_and_goes_on_in_the_next_version():
    draft = draft_of(None, "Bridge", "Clamshell")
    save_draft(draft=draft, by=draft.made_by, edits=Edits(schedule=EVERY_OTHER))
    first = give(draft, 9)
    assert {row.starts_on for row in first.prescriptions.all()} == {dt.date(2026, 11, 9)}
    second = open_draft(patient=draft.patient, by=draft.made_by, at=moment(12))
    row = second.prescriptions.last()
    save_draft(draft=second, by=draft.made_by, edits=Edits(rows={row.pk: {"reps": 12}}))
    second = give(second, 12)
    bridges = {day: (first if day < 12 else second).prescriptions.first() for day in range(9, 20)}
    due = [day for day, row in bridges.items() if row.is_due_on(moment(day).date())]
    assert due == [9, 11, 13, 15, 17, 19]
    assert second.prescriptions.first().frequency == second.prescriptions.last().frequency


def test_a_row_differs_and_the_programmes_rhythm_changes_only_rows_that_follow_it():
    draft = draft_of(None, "Bridge", "Clamshell")
    bridge, clamshell = draft.prescriptions.all()
    own = {"own_days": True, "weekdays": "1", "own_times": True, "times_a_day": 2, "moments": "03"}
    save_draft(draft=draft, by=draft.made_by, edits=Edits(rows={bridge.pk: own}))
    save_draft(draft=draft, by=draft.made_by, edits=Edits(schedule={"weekdays": "56", "times_a_day": 3}))
    bridge, clamshell = draft.prescriptions.all()
    assert (bridge.weekdays, bridge.times_a_day, bridge.moments) == ("1", 2, "03")
    assert (clamshell.weekdays, clamshell.times_a_day) == ("56", 3)
    assert bridge.line.endswith("morning and evening · Tue")
    save_draft(draft=draft, by=draft.made_by, edits=Edits(rows={bridge.pk: {"own_days": False}}))
    bridge.refresh_from_db()
    assert (bridge.weekdays, bridge.times_a_day) == ("56", 2)


def test_an_exercise_of_a_template_brings_its_own_times_on_the_programmes_days():
    draft = draft_of(None, "Bridge")
    template = TemplateFactory()
    TemplateItemFactory(template=template, order=1, times_a_day=1, moments="0")
    TemplateItemFactory(template=template, order=2)
    TemplateItemFactory(template=template, order=3, every_other_day=True)
    start_from_template(draft=draft, template=template, by=draft.made_by)
    rows = list(draft.prescriptions.all())
    assert [(row.own_days, row.own_times) for row in rows] == [(False, True), (False, False), (True, False)]
    assert [row.weekdays for row in rows] == ["024", "024", ""]


def twins(**exercise):
    draft = draft_of(PatientFactory(), "Clamshell", **{f"exercise__{name}": value for name, value in exercise.items()})
    row = draft.prescriptions.get()
    again = add_exercise(draft=draft, exercise=row.exercise, by=draft.made_by, again=True)
    return draft, row, again


def test_the_same_exercise_stands_twice_only_when_it_is_wanted_again():
    draft, row, again = twins()
    assert again.pk != row.pk
    assert again.side == ""
    for wanted in (False, True):
        same = add_exercise(draft=draft, exercise=row.exercise, by=draft.made_by, again=wanted)
        assert same.pk == again.pk, "until it says what it is for, there is no third one"
    assert draft.prescriptions.count() == 2


@pytest.mark.parametrize("side", ["left", "each"])
def test_two_rows_for_the_same_leg_are_refused_at_the_leg(side):
    draft, row, again = twins()
    save_draft(draft=draft, by=draft.made_by, edits=Edits(rows={row.pk: {"side": side}, again.pk: {"side": side}}))
    with pytest.raises(CannotGiveError, match=r"Clamshell is here twice for .* leg\. Choose another leg") as refusal:
        give(draft, 9)
    assert [one.field for one in refusal.value.missing] == [f"{again.pk}-side"]


def test_two_legs_are_two_rows_each_with_its_name():
    draft, row, again = twins()
    save_draft(
        draft=draft,
        by=draft.made_by,
        edits=Edits(rows={row.pk: {"side": "left", "sets": 3}, again.pk: {"side": "right", "sets": 2, "reps": 8}}),
    )
    version = give(draft, 9)
    left, right = version.prescriptions.all()
    assert (left.name, right.name) == ("Clamshell (left leg)", "Clamshell (right leg)")
    assert left.counted_by != right.counted_by
    assert left.counted_by == (row.exercise_id, "left")


@pytest.mark.parametrize(
    ("first", "second", "is_right"),
    [("", "", False), ("0", "", False), ("0", "0", False), ("0", "3", True)],
)
def test_both_legs_together_are_told_apart_by_the_moment(first, second, is_right):
    draft, row, again = twins(side_mode="bilateral")
    save_draft(draft=draft, by=draft.made_by, edits=Edits(rows={row.pk: {"side": "both"}}))
    for one, moments in ((row, first), (again, second)):
        times = {"own_times": True, "times_a_day": 1, "moments": moments}
        save_draft(draft=draft, by=draft.made_by, edits=Edits(rows={one.pk: times}))
    if not is_right:
        with pytest.raises(CannotGiveError, match=r"is here twice for both legs\. Choose a moment") as refusal:
            give(draft, 9)
        assert [one.field for one in refusal.value.missing] == [f"{again.pk}-moments"]
        return
    version = give(draft, 9)
    morning, evening = version.prescriptions.all()
    assert (morning.name, evening.name) == ("Clamshell (morning)", "Clamshell (evening)")
    assert morning.counted_by != evening.counted_by
