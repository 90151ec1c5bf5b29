"""Cautions by class: a fixed order, four turns of phrase, and a line that leaves out what is nothing special."""

import pytest

from exercises.cautions import CautionClass, Verdict, cautions_of, line_of, unwritten, wrong_with


def kept(**verdicts):
    return {name: {"verdict": verdict, "why": f"Because of {name}."} for name, verdict in verdicts.items()}


def test_order_is_fixed_however_it_was_written():
    written = kept(knee_replacement="with_care", pregnancy="do_not_use", anterior="if_cleared", posterior="with_care")
    assert [caution.of.value for caution in cautions_of(written)] == [
        "posterior",
        "anterior",
        "pregnancy",
        "knee_replacement",
    ]
    assert [one.value for one in unwritten(written)] == ["thin_bones", "falls", "outer_hip_pain"]


def test_line_joins_neighbours_that_come_to_the_same_and_no_others():
    written = kept(
        posterior="do_not_use",
        anterior="do_not_use",
        thin_bones="nothing_special",
        falls="with_care",
        outer_hip_pain="do_not_use",
        pregnancy="if_cleared",
        knee_replacement="if_cleared",
    )
    line = line_of(cautions_of(written))
    assert [(together.icon, together.words) for together in line] == [
        ("stop", "THR posterior, THR anterior: do not use"),
        ("warn", "Falls: with care"),
        ("stop", "GTPS: do not use"),
        ("help", "Pregnancy, Knee replacement: only if cleared"),
    ]


def test_every_verdict_has_a_mark_of_its_own():
    marks = [caution.icon for caution in cautions_of(kept(**dict(zip(CautionClass.values, Verdict, strict=False))))]
    assert len(set(marks)) == len(Verdict) == 4


def test_line_of_nothing_special_is_empty():
    assert line_of(cautions_of(kept(**dict.fromkeys(CautionClass.values, "nothing_special")))) == []


@pytest.mark.parametrize(
    "value",
    [None, [], "with care", {"falls": "with_care"}, {"falls": {"verdict": "with_care"}}, kept(gout="with_care")],
)
def test_what_is_no_caution_is_refused_in_words(value):
    assert wrong_with(value)
    assert wrong_with(kept(falls="with_care")) == wrong_with({}) == ""
