from dataclasses import dataclass, replace

import pytest

from exercises.dosage import Dose
from exercises.wording import named_parts
from programmes.rules.changes import ChangeKind, Difference, DosePart, changes
from programmes.rules.schedule import EVERY_DAY, Frequency
from programmes.wording.differences import card_chips, name_in, news_of, parts_in_words, staff_chip, staff_summary
from programmes.wording.doses import one_line

DAILY = Frequency(weekdays=EVERY_DAY)
MON = Frequency(weekdays=frozenset({0}))
MON_WED = Frequency(weekdays=frozenset({0, 2}))
AS_NEEDED = Frequency(as_needed=True)
TEN = Dose()


@dataclass(frozen=True)
class Row:
    exercise_id: str
    exercise_name: str
    dose: Dose = TEN
    side: str = ""
    frequency: Frequency | None = DAILY
    pk: str = ""
    progression: str = ""


BRIDGE = Row("bridge", "Bridge", Dose(hold_s=3), "both", pk="b1")
BRIDGE_TWICE = Row("bridge", "Bridge", Dose(sets=2, hold_s=3), "both", pk="b2")
BRIDGE_NO_HOLD = Row("bridge", "Bridge", Dose(), "both", pk="b3")
CLAMSHELL = Row("clamshell", "Clamshell", Dose(), "each", pk="c")
FIGURE_FOUR = Row("four", "Figure four", Dose(reps=1, hold_s=20, hold_to_s=30), "each", AS_NEEDED, pk="f")
LEG_LEFT = Row("leg", "Leg back", Dose(), "left", pk="l1")
LEG_RIGHT = Row("leg", "Leg back", Dose(reps=8), "right", pk="r1")
LEG_RIGHT_MORE = Row("leg", "Leg back", Dose(reps=12), "right", pk="r2")


def row(dose, side="", frequency=DAILY):
    return Row("bridge", "Bridge", dose, side, frequency)


def test_nothing_changed():
    assert changes([BRIDGE, CLAMSHELL], [CLAMSHELL, BRIDGE]) == []


def test_first_version_is_all_new():
    (change,) = changes([], [BRIDGE])
    assert (change.kind, change.row.exercise_name, change.was, change.now) == (ChangeKind.NEW, "Bridge", None, BRIDGE)


def test_changed_dose_is_said_to_patient_and_staff():
    (change,) = changes([BRIDGE], [BRIDGE_TWICE])
    assert change.kind is ChangeKind.CHANGED
    assert (change.was, change.now) == (BRIDGE, BRIDGE_TWICE)
    assert change.differences == (Difference(DosePart.COUNT, ("reps", 1, 10, 10), ("reps", 2, 10, 10)),)
    assert news_of([BRIDGE], [BRIDGE_TWICE]) == ["Bridge is now 2 sets of 10. It was 10 times."]
    assert staff_chip(change) == "was 1 × 10"


MORE = "Bridge is now 2 sets of 10. It was 10 times."
READ_AGAIN = " Other parts have changed too: read it again."


@pytest.mark.parametrize(
    ("was", "now", "words"),
    [
        (row(Dose()), row(Dose(sets=2)), MORE),
        (row(Dose(hold_s=3)), row(Dose(sets=2, hold_s=5)), f"{MORE} The hold is now 5 seconds."),
        (
            row(Dose()),
            row(Dose(sets=2, hold_s=1, rest_s=60)),
            f"{MORE} The hold is now 1 second. The rest between sets is now 1 minute.",
        ),
        (row(Dose(hold_s=3)), row(Dose(sets=2, hold_s=3, hold_to_s=5)), f"{MORE} The hold is now 3 to 5 seconds."),
        (
            row(Dose(hold_s=3, rest_s=30)),
            row(Dose(sets=2)),
            f"{MORE} There is no hold now. There is no rest between sets now.",
        ),
        (
            row(Dose(reps=1, hold_s=20)),
            row(Dose(sets=2, reps=1, hold_s=30, rest_s=15)),
            "Bridge is now 2 holds of 30 seconds. It was hold 20 seconds. The rest between sets is now 15 seconds.",
        ),
        (
            row(Dose(hold_s=3)),
            row(Dose(reps=1, hold_s=20)),
            "Bridge is now hold 20 seconds. It was 10 times.",
        ),
        (
            row(Dose(reps=1, hold_s=20)),
            row(Dose(hold_s=3)),
            "Bridge is now 10 times. It was hold 20 seconds. The hold is now 3 seconds.",
        ),
        (
            row(Dose(), "each"),
            row(Dose(sets=2), "left"),
            "Bridge is now 2 sets of 10. It was 10 on each leg. Do it with your left leg now.",
        ),
        (row(Dose(), "left"), row(Dose(sets=2), "both"), f"{MORE} Do it with both legs now."),
        (row(Dose(), "left"), row(Dose(), "each"), "Bridge is now 10 on each leg. It was 10 times."),
        (
            row(Dose(), "right"),
            row(Dose(sets=2), "in_turn"),
            "Bridge is now 2 sets of 10 on each leg. It was 10 times.",
        ),
        (row(Dose()), row(Dose(directions=2)), "Bridge is now 10 each way. It was 10 times."),
        (row(Dose()), row(Dose(sets=2), frequency=Frequency(EVERY_DAY, times_a_day=2)), MORE + READ_AGAIN),
        (row(Dose(), frequency=MON_WED), row(Dose(sets=2, hold_s=3), frequency=MON), MORE + READ_AGAIN),
        (row(Dose()), row(Dose(sets=2, load="red band")), MORE + READ_AGAIN),
    ],
)
def test_changed_dose_does_not_hide_what_else_changed(was, now, words):
    assert news_of([was], [now]) == [words]


@pytest.mark.parametrize("part", ["slowly", "hold 3 s", "left leg", "each direction", "3 × 10", "every day", "a · b"])
@pytest.mark.parametrize(("was", "now"), [("load", "tempo"), ("tempo", "load"), ("load", ""), ("", "tempo")])
def test_free_words_are_never_taken_for_another_part(part, was, now):
    before = row(Dose(**({was: part} if was else {})))
    after = row(Dose(sets=2, **({now: part} if now else {})))
    (change,) = changes([before], [after])
    assert {one.part.value for one in change.differences} == {"count", was, now} - {""}
    assert news_of([before], [after]) == [MORE + READ_AGAIN]


def test_free_words_that_move_are_a_change_although_the_line_reads_the_same():
    before, after = row(Dose(load="slowly")), row(Dose(tempo="slowly"))
    assert one_line(before.dose, "") == one_line(after.dose, "")
    (change,) = changes([before], [after])
    assert change.differences == (
        Difference(DosePart.LOAD, (None, "", "slowly"), None),
        Difference(DosePart.TEMPO, None, (None, None, "slowly")),
    )


def test_every_day_is_every_day_however_it_was_said():
    assert changes([row(Dose())], [row(Dose(), frequency=Frequency(days_a_week=7))]) == []


def test_every_part_that_can_differ_has_words():
    whole = Dose(sets=2, hold_s=3, directions=2, rest_s=5, load="red band", tempo="slowly")
    whole = replace(whole, effort_of_10=5, pain_up_to=3)
    assert list(named_parts(whole, "left")) == [*DosePart][:9]
    said = parts_in_words(replace(row(whole, "left"), progression="When it is easy, tell me."))
    assert list(said) == [*DosePart]


def test_progression_rule_is_a_change_that_a_patient_reads_again():
    before = replace(BRIDGE, progression="When it is easy, tell me.")
    after = replace(BRIDGE, progression="Stay with this one.")
    (change,) = changes([before], [after])
    assert change.differences == (Difference(DosePart.PROGRESSION, "When it is easy, tell me.", "Stay with this one."),)
    assert news_of([before], [after]) == ["Bridge has changed. Read it again before you start."]
    assert staff_chip(change) == "was when to go on: “When it is easy, tell me”"
    (added,) = changes([BRIDGE], [after])
    assert staff_chip(added) == "now with when to go on: “Stay with this one”"
    assert card_chips([BRIDGE], [after]) == {"b1": "Changed"}


@pytest.mark.parametrize(
    ("was", "now", "chip"),
    [(BRIDGE, BRIDGE_NO_HOLD, "was hold 3 s"), (BRIDGE_NO_HOLD, BRIDGE, "now with hold 3 s")],
)
def test_change_that_a_card_does_not_show_asks_to_read_again(was, now, chip):
    (change,) = changes([was], [now])
    assert news_of([was], [now]) == ["Bridge has changed. Read it again before you start."]
    assert staff_chip(change) == chip


def test_new_and_stopped_come_in_reading_order():
    found = changes([FIGURE_FOUR, BRIDGE], [CLAMSHELL, BRIDGE_TWICE])
    assert [(c.kind, c.row.exercise_name) for c in found] == [
        (ChangeKind.NEW, "Clamshell"),
        (ChangeKind.CHANGED, "Bridge"),
        (ChangeKind.STOPPED, "Figure four"),
    ]
    assert news_of([FIGURE_FOUR, BRIDGE], [CLAMSHELL, BRIDGE_TWICE]) == [
        "Clamshell is new: 10 on each leg.",
        "Bridge is now 2 sets of 10. It was 10 times.",
        "Figure four has stopped. Leave it out now.",
    ]
    assert [staff_chip(c) for c in found] == ["new", "was 1 × 10", "stopped"]
    assert (found[2].was, found[2].now) == (FIGURE_FOUR, None)


def test_hold_reads_on_in_the_sentence():
    assert news_of([], [FIGURE_FOUR]) == ["Figure four is new: hold 20 to 30 seconds on each leg."]
    now = Row("four", "Figure four", Dose(reps=1, hold_s=20, hold_to_s=30), "each", AS_NEEDED, pk="now")
    was = Row("four", "Figure four", Dose(reps=1, hold_s=10), "each", AS_NEEDED)
    assert card_chips([was], [now]) == {"now": "Changed: was hold 10 seconds on each leg"}


def test_one_exercise_given_for_each_leg_is_matched_leg_by_leg():
    (change,) = changes([LEG_LEFT, LEG_RIGHT], [LEG_RIGHT_MORE, LEG_LEFT])
    assert (change.was, change.now) == (LEG_RIGHT, LEG_RIGHT_MORE)


def test_legs_in_another_order_are_not_mixed_up_when_both_change():
    left_more = Row("leg", "Leg back", Dose(reps=20), "left", pk="l2")
    found = changes([LEG_LEFT, LEG_RIGHT], [LEG_RIGHT_MORE, left_more])
    assert [(change.was, change.now) for change in found] == [(LEG_RIGHT, LEG_RIGHT_MORE), (LEG_LEFT, left_more)]
    assert news_of([LEG_LEFT, LEG_RIGHT], [LEG_RIGHT_MORE, left_more]) == [
        "Leg back (right leg) is now 12 times. It was 8 times.",
        "Leg back (left leg) is now 20 times. It was 10 times.",
    ]


def test_second_leg_stopped_is_said_by_its_leg():
    (change,) = changes([LEG_LEFT, LEG_RIGHT], [LEG_LEFT])
    assert (change.kind, change.was) == (ChangeKind.STOPPED, LEG_RIGHT)
    assert name_in(change) == "Leg back (right leg)"
    assert news_of([LEG_LEFT, LEG_RIGHT], [LEG_LEFT]) == ["Leg back (right leg) has stopped. Leave it out now."]


def test_other_leg_in_place_of_one_is_a_change():
    (change,) = changes([LEG_LEFT], [Row("leg", "Leg back", Dose(), "right")])
    assert change.differences == (Difference(DosePart.LEG, "left", "right"),)
    assert (name_in(change), staff_chip(change)) == ("Leg back", "was left leg")


def test_summary_is_one_line_for_staff():
    assert staff_summary(changes([FIGURE_FOUR, BRIDGE], [CLAMSHELL, BRIDGE_TWICE])) == (
        "Bridge 1 × 10 to 2 × 10. New: Clamshell. Stopped: Figure four."
    )
    assert staff_summary(changes([BRIDGE], [BRIDGE_NO_HOLD])) == "Bridge without hold 3 s."
    assert staff_summary(changes([BRIDGE_NO_HOLD], [BRIDGE])) == "Bridge with hold 3 s."
    assert staff_summary([]) == ""
