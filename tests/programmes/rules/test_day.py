"""The rules of a patient's day, without a database."""

import datetime as dt
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exercises.dosage import Dose
from programmes.pages.cards import in_places
from programmes.rules import day as day_rules
from programmes.rules.adherence import Day, DayNote, Status
from programmes.rules.schedule import Frequency
from programmes.wording import patients_day as words
from programmes.wording.differences import card_chips

MONDAY = dt.date(2026, 11, 23)
TUESDAY, WEDNESDAY, SUNDAY = (MONDAY + dt.timedelta(days=n) for n in (1, 2, 6))
MON_WED = Frequency(weekdays=frozenset({0, 2}))
TWICE = Frequency(weekdays=frozenset({0}), times_a_day=2)
THREE_A_WEEK = Frequency(days_a_week=3)
DAILY = Frequency(days_a_week=7)
AS_NEEDED = Frequency(as_needed=True)
TEN = Dose()


@dataclass(frozen=True)
class Row:
    pk: str
    frequency: Frequency | None = MON_WED
    position: str = "standing"
    dose: Dose = TEN
    side: str = "both"
    minutes: int = 3
    progression: str = ""

    @property
    def exercise_id(self):
        return self.pk

    @property
    def counted_by(self):
        return (self.exercise_id, self.side)

    @property
    def words(self):
        return {"position": self.position}


def done(row, *days):
    return {(row.exercise_id, row.side): list(days)}


@pytest.mark.parametrize(
    ("frequency", "day", "days_done", "is_open"),
    [
        (None, MONDAY, [], False),
        (AS_NEEDED, MONDAY, [], False),
        (MON_WED, MONDAY, [], True),
        (MON_WED, TUESDAY, [], False),
        (MON_WED, MONDAY, [MONDAY], False),
        (MON_WED, WEDNESDAY, [MONDAY], True),
        (TWICE, MONDAY, [MONDAY], True),
        (TWICE, MONDAY, [MONDAY, MONDAY], False),
        (THREE_A_WEEK, SUNDAY, [MONDAY, TUESDAY], True),
        (THREE_A_WEEK, SUNDAY, [MONDAY, TUESDAY, WEDNESDAY], False),
        (THREE_A_WEEK, WEDNESDAY, [MONDAY, TUESDAY, WEDNESDAY], False),
        (DAILY, SUNDAY, [MONDAY, TUESDAY, WEDNESDAY], True),
    ],
)
def test_open_is_due_and_not_done_as_often_as_asked(frequency, day, days_done, is_open):
    row = Row("bridge", frequency)

    assert day_rules.is_open(row, day, done(row, *days_done)) is is_open


def test_the_other_leg_is_still_open():
    left, right = Row("clamshell", side="left"), Row("clamshell", side="right")

    assert day_rules.still_open([left, right], MONDAY, done(left, MONDAY)) == [right]


def test_due_and_as_needed_are_told_apart():
    rows = [Row("bridge"), Row("stretch", AS_NEEDED), Row("draft", None)]

    assert day_rules.due_on(rows, MONDAY) == rows[:1]
    assert day_rules.due_on(rows, TUESDAY) == []
    assert day_rules.when_needed(rows) == rows[1:2]


@pytest.mark.parametrize(
    ("frequency", "day", "days_done", "expected"),
    [
        (MON_WED, MONDAY, [], WEDNESDAY),
        (MON_WED, WEDNESDAY, [], MONDAY + dt.timedelta(days=7)),
        (THREE_A_WEEK, WEDNESDAY, [MONDAY, TUESDAY, WEDNESDAY], MONDAY + dt.timedelta(days=7)),
        (THREE_A_WEEK, WEDNESDAY, [MONDAY], WEDNESDAY + dt.timedelta(days=1)),
        (AS_NEEDED, MONDAY, [], None),
    ],
)
def test_next_day_is_the_first_with_something_open(frequency, day, days_done, expected):
    row = Row("bridge", frequency)

    assert day_rules.next_day([row], day, done(row, *days_done)) == expected


def test_exercises_are_grouped_by_least_getting_up():
    rows = [
        Row("leg back"),
        Row("circles", position="kneeling"),
        Row("side", position="side_lying"),
        Row("four", position="sitting"),
        Row("bridge", position="lying"),
        Row("knee lift"),
    ]

    groups = in_places(rows, {"bridge": "New"})

    assert [(g.heading, [c.row.pk for c in g.cards]) for g in groups] == [
        ("Lying down", ["side", "bridge"]),
        ("On hands and knees", ["circles"]),
        ("Sitting", ["four"]),
        ("Standing", ["leg back", "knee lift"]),
    ]
    assert groups[0].cards[1].chip == "New"
    assert day_rules.minutes(rows) == 18


def test_chips_say_what_is_new_on_the_card():
    old = [Row("bridge"), Row("gone"), Row("same"), Row("turned", side="left")]
    new = [Row("bridge", dose=Dose(sets=2)), Row("same"), Row("clamshell"), Row("turned", side="right")]

    assert card_chips(old, new) == {
        "bridge": "Changed: was 10 times",
        "clamshell": "New",
        "turned": "Changed",
    }


def test_easings_are_sentences():
    assert words.ways(["Make it smaller", "Lean on your forearms"]) == "Make it smaller. Or lean on your forearms."
    assert words.ways([]) == ""


@pytest.mark.parametrize(
    ("hour", "said"), [(0, "Good morning"), (11, "Good morning"), (12, "Good afternoon"), (18, "Good evening")]
)
def test_the_greeting_follows_the_clock(hour, said):
    assert words.greeting(hour) == said


@pytest.mark.parametrize(
    ("bands", "read"), [((2, 5), ("0–2", "3–5", "6–10")), ((0, 1), ("0", "1", "2–10")), ((3, 9), ("0–3", "4–9", "10"))]
)
def test_pain_bands_cover_0_to_10(bands, read):
    assert words.pain_bands(*bands) == read


def test_free_days_done_once_of_twice_leave_the_other_time_open():
    row = Row("bridge", Frequency(days_a_week=2, times_a_day=2))
    assert day_rules.is_open(row, WEDNESDAY, done(row, MONDAY, TUESDAY))
    assert not day_rules.is_open(row, WEDNESDAY, done(row, MONDAY, MONDAY, TUESDAY, TUESDAY))


def test_what_a_day_asked_for_is_what_is_due_and_done_or_open():
    daily, used_up, not_due = Row("bridge", DAILY), Row("clamshell", THREE_A_WEEK), Row("lunge", MON_WED)
    logged = {**done(daily, SUNDAY), **done(used_up, MONDAY, TUESDAY, WEDNESDAY), **done(not_due, SUNDAY)}

    assert day_rules.asked_on([daily, used_up, not_due], SUNDAY, logged) == [daily]
    assert day_rules.asked_on([used_up], WEDNESDAY, logged) == [used_up]


@pytest.mark.parametrize(
    ("times", "of", "said"),
    [(0, None, ""), (0, 1, ""), (1, None, "Done today"), (1, 2, "Done 1 of 2 times today"), (2, None, "Done today")],
)
def test_what_was_done_is_said_in_words(times, of, said):
    assert words.done_today(times, of) == said


def test_times_done_are_those_of_the_day():
    row = Row("bridge", TWICE)

    assert day_rules.times_done(row, MONDAY, done(row, MONDAY, MONDAY, TUESDAY)) == 2
    assert day_rules.times_done(row, WEDNESDAY, done(row, MONDAY)) == 0


THRICE = Frequency(weekdays=frozenset({0}), times_a_day=3)


@pytest.mark.parametrize(
    ("frequency", "days_done", "found"),
    [
        (MON_WED, [], None),
        (AS_NEEDED, [], None),
        (None, [], None),
        (TWICE, [], (1, 2)),
        (TWICE, [MONDAY], (2, 2)),
        (TWICE, [MONDAY, MONDAY], None),
        (THRICE, [MONDAY], (2, 3)),
    ],
)
def test_the_next_go_of_the_day_is_a_round(frequency, days_done, found):
    row = Row("bridge", frequency)
    assert day_rules.round_of(row, MONDAY, done(row, *days_done)) == found


def test_a_round_is_the_days_where_all_share_it():
    rows = [Row("bridge", TWICE), Row("clamshell", TWICE)]
    once = [*rows, Row("lunge", MON_WED)]
    after_one = {**done(rows[0], MONDAY), **done(rows[1])}
    after_all = {**done(rows[0], MONDAY), **done(rows[1], MONDAY)}

    assert day_rules.common_round(rows, MONDAY, {}) == (1, 2)
    assert day_rules.common_round(rows, MONDAY, after_one) is None
    assert day_rules.common_round(once, MONDAY, {}) is None
    assert day_rules.common_round([], MONDAY, {}) is None
    assert not day_rules.is_between_rounds(rows, MONDAY, {})
    assert not day_rules.is_between_rounds(rows, MONDAY, after_one)
    assert day_rules.is_between_rounds(rows, MONDAY, after_all)


@given(
    times=st.lists(st.integers(1, 4), min_size=1, max_size=4),
    counts=st.lists(st.integers(0, 5), min_size=4, max_size=4),
)
def test_rounds_count_up_to_the_times_asked_and_never_past_them(times, counts):
    rows = [Row(str(n), Frequency(weekdays=frozenset({0}), times_a_day=each)) for n, each in enumerate(times)]
    logged = {row.counted_by: [MONDAY] * number for row, number in zip(rows, counts, strict=False)}
    for row, each, number in zip(rows, times, counts, strict=False):
        found = day_rules.round_of(row, MONDAY, logged)
        assert (found is None) == (each == 1 or number >= each)
        assert found is None or (found.number, found.of) == (number + 1, each)
    if day_rules.is_between_rounds(rows, MONDAY, logged):
        left = day_rules.still_open(rows, MONDAY, logged)
        assert left
        assert day_rules.common_round(left, MONDAY, logged) is not None or len({row.frequency for row in left}) > 1


@pytest.mark.parametrize(
    ("status", "note", "has_any", "mark"),
    [
        (Status.FULL, DayNote.ALL_DONE, True, "done"),
        (Status.PAPER, DayNote.ALL_DONE, True, "done"),
        (Status.PART, DayNote.SOME_DONE, True, "part"),
        (Status.EMPTY, DayNote.NONE_DONE, False, "none"),
        (Status.NONE, DayNote.NOTHING_LOGGED, False, "planned"),
        (Status.REST, DayNote.NOT_PLANNED, False, "rest"),
        (Status.REST, DayNote.NO_PLAN, False, "free"),
        (Status.TODAY, DayNote.NOTHING_YET, False, "today"),
    ],
)
def test_a_day_before_the_plan_is_no_rest_day_and_words_alone_are_not_part_done(status, note, has_any, mark):
    found = day_rules.mark_of(Day(MONDAY, status, note, 0, 0, has_any=has_any))
    assert found == mark
    assert words.mark_in_words(found)


@pytest.mark.parametrize(
    ("days", "planned", "said"),
    [
        (1, 1, "1 day with exercise in the last 7. 1 day was planned."),
        (5, 7, "5 days with exercise in the last 7. 7 days were planned."),
        (0, 0, "0 days with exercise in the last 7."),
    ],
)
def test_days_with_exercise_stand_beside_days_planned(days, planned, said):
    assert words.days_with_exercise(days, planned) == said
