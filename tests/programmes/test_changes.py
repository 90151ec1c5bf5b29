from dataclasses import dataclass

import pytest

from programmes.rules.changes import Kind, changes, summary


@dataclass(frozen=True)
class Row:
    exercise_id: str
    name: str
    line: str
    short_dose: str


BRIDGE = Row("bridge", "Bridge", "1 × 10 · hold 3 s · both legs · once a day · every day", "10")
BRIDGE_TWICE = Row("bridge", "Bridge", "2 × 10 · hold 3 s · both legs · once a day · every day", "2 rounds of 10")
BRIDGE_NO_HOLD = Row("bridge", "Bridge", "1 × 10 · both legs · once a day · every day", "10")
CLAMSHELL = Row("clamshell", "Clamshell", "1 × 10 · each leg · once a day · every day", "10 on each leg")
FIGURE_FOUR = Row("four", "Figure four", "hold 20–30 s · each leg · as needed", "Hold 20 to 30 seconds on each leg")
LEG_LEFT = Row("leg", "Leg back", "1 × 10 · left leg", "10")
LEG_RIGHT = Row("leg", "Leg back", "1 × 8 · right leg", "8")
LEG_RIGHT_MORE = Row("leg", "Leg back", "1 × 12 · right leg", "12")


def test_nothing_changed():
    assert changes([BRIDGE, CLAMSHELL], [CLAMSHELL, BRIDGE]) == []


def test_first_version_is_all_new():
    assert [(c.kind, c.name, c.was, c.now) for c in changes([], [BRIDGE])] == [(Kind.NEW, "Bridge", "", BRIDGE.line)]


def test_changed_dose_is_said_to_patient_and_staff():
    (change,) = changes([BRIDGE], [BRIDGE_TWICE])
    assert change.kind is Kind.CHANGED
    assert (change.was, change.now, change.exercise_id) == (BRIDGE.line, BRIDGE_TWICE.line, "bridge")
    assert change.words == "Bridge is now 2 rounds of 10. It was 10."
    assert change.staff_words == "was 1 × 10"


@pytest.mark.parametrize(
    ("was", "now", "besides"),
    [
        ("1 × 10 · once a day", "2 × 10 · once a day", ""),
        ("1 × 10 · hold 3 s", "2 × 10 · hold 5 s", " The hold is now 5 seconds."),
        (
            "1 × 10",
            "2 × 10 · hold 1 s · rest 60 s",
            " The hold is now 1 second. The rest between rounds is now 1 minute.",
        ),
        ("1 × 10 · hold 3 s", "2 × 10 · hold 3–5 s", " The hold is now 3 to 5 seconds."),
        ("1 × 10 · hold 3 s · rest 30 s", "2 × 10", " There is no hold now. There is no rest between rounds now."),
        ("hold 20 s", "2 × hold 30 s · rest 15 s", " The rest between rounds is now 15 seconds."),
        ("1 × 10 · hold 3 s", "hold 20 s", ""),
        ("hold 20 s", "1 × 10 · hold 3 s", " The hold is now 3 seconds."),
        ("1 × 10 · each leg", "2 × 10 · left leg", " Do it with your left leg now."),
        ("1 × 10 · left leg", "2 × 10 · both legs", " Do it with both legs now."),
        ("1 × 10 · left leg", "1 × 10 · each leg", ""),
        ("1 × 10 · right leg", "2 × 10 · each leg in turn", ""),
        ("1 × 10", "1 × 10 · each direction", ""),
        ("1 × 10 · once a day", "2 × 10 · twice a day", " Other parts have changed too: read it again."),
        ("1 × 10 · Mon Wed", "2 × 10 · hold 3 s · Mon", " Other parts have changed too: read it again."),
        ("1 × 10", "2 × 10 · red band", " Other parts have changed too: read it again."),
    ],
)
def test_changed_dose_does_not_hide_what_else_changed(was, now, besides):
    (change,) = changes([Row("bridge", "Bridge", was, "10")], [Row("bridge", "Bridge", now, "2 rounds of 10")])
    assert change.words == f"Bridge is now 2 rounds of 10. It was 10.{besides}"


@pytest.mark.parametrize(
    ("was", "now", "staff_words"),
    [(BRIDGE, BRIDGE_NO_HOLD, "was hold 3 s"), (BRIDGE_NO_HOLD, BRIDGE, "now with hold 3 s")],
)
def test_change_that_a_card_does_not_show_asks_to_read_again(was, now, staff_words):
    (change,) = changes([was], [now])
    assert change.words == "Bridge has changed. Read it again before you start."
    assert change.staff_words == staff_words


def test_new_and_stopped_come_in_reading_order():
    found = changes([FIGURE_FOUR, BRIDGE], [CLAMSHELL, BRIDGE_TWICE])
    assert [(c.kind, c.name) for c in found] == [
        (Kind.NEW, "Clamshell"),
        (Kind.CHANGED, "Bridge"),
        (Kind.STOPPED, "Figure four"),
    ]
    assert [c.words for c in found] == [
        "Clamshell is new: 10 on each leg.",
        "Bridge is now 2 rounds of 10. It was 10.",
        "Figure four has stopped. Leave it out now.",
    ]
    assert [c.staff_words for c in found] == ["new", "was 1 × 10", "stopped"]
    assert found[2].was == FIGURE_FOUR.line
    assert found[2].now == ""


def test_hold_reads_on_in_the_sentence():
    (change,) = changes([], [FIGURE_FOUR])
    assert change.words == "Figure four is new: hold 20 to 30 seconds on each leg."


def test_one_exercise_given_for_each_leg_is_matched_leg_by_leg():
    (change,) = changes([LEG_LEFT, LEG_RIGHT], [LEG_RIGHT_MORE, LEG_LEFT])
    assert (change.was, change.now) == (LEG_RIGHT.line, LEG_RIGHT_MORE.line)


def test_second_leg_stopped():
    (change,) = changes([LEG_LEFT, LEG_RIGHT], [LEG_LEFT])
    assert (change.kind, change.was) == (Kind.STOPPED, LEG_RIGHT.line)


def test_summary_is_one_line_for_staff():
    assert summary(changes([FIGURE_FOUR, BRIDGE], [CLAMSHELL, BRIDGE_TWICE])) == (
        "Bridge 1 × 10 to 2 × 10. New: Clamshell. Stopped: Figure four."
    )
    assert summary(changes([BRIDGE], [BRIDGE_NO_HOLD])) == "Bridge without hold 3 s."
    assert summary(changes([BRIDGE_NO_HOLD], [BRIDGE])) == "Bridge with hold 3 s."
    assert summary([]) == ""
