"""What was measured, in lines: each number with what it is of, and no line that judges."""

import datetime as dt
import re

import pytest
from django.utils import translation

from exercises.readability import grade
from programmes.rules.measured import ChairStands, Measured, Scored, norm_for
from programmes.wording import measure_words
from programmes.wording.measure_words import CHANGES, change_in_words, measured_in_lines, norm_in_words, signed

DAY = dt.date(2026, 11, 23)
SCORES = (Scored("a", "Put on my socks", 3), Scored("b", "climb the stairs", 5), Scored("c", "walk to the shop", 4))
JUDGES = re.compile(r"\b(improve|below average|risk|poor|normal|good|bad result|success)", re.IGNORECASE)


def test_all_that_was_measured_a_line_each():
    stands = ChairStands(11, 44, hands_used=False, walking_aid="with a stick", counted_by="Priya Nair")
    said = Measured(on=DAY, scores=SCORES, pain=4, change=2, change_since=dt.date(2026, 10, 5), stands=stands)
    assert measured_in_lines(said) == [
        "Put on my socks 3, climb the stairs 5, walk to the shop 4 → mean 4.0",
        "Pain in the last 24 hours, on average: 4 out of 10",
        "Change since 5 October 2026: +2, a little better",
        "30-second chair stand: 11 full stands, hands not used, seat 44 cm high, with a stick, counted by Priya Nair",
    ]


def test_what_was_not_asked_has_no_line_and_a_nought_has_one():
    assert measured_in_lines(Measured(on=DAY)) == []
    assert measured_in_lines(Measured(on=DAY, pain=0)) == ["Pain in the last 24 hours, on average: 0 out of 10"]
    none = Measured(on=DAY, change=0, change_since=DAY)
    assert measured_in_lines(none) == ["Change since 23 November 2026: 0, no change"]


def test_one_activity_alone_shows_no_mean():
    assert measured_in_lines(Measured(on=DAY, scores=SCORES[:1])) == ["Put on my socks 3"]


def test_an_adapted_count_says_so_first():
    said = Measured(on=DAY, stands=ChairStands(1, 48, hands_used=True, counted_by="Lee"))
    assert measured_in_lines(said) == [
        "30-second chair stand, adapted: 1 full stand, hands used, seat 48 cm high, counted by Lee"
    ]


def test_a_mean_is_written_as_the_reader_writes_numbers():
    with translation.override("de"):
        assert measure_words.mean_in_words(Measured(on=DAY, scores=SCORES).mean) == "4,0"


def test_each_change_has_its_sign_and_its_words():
    assert [signed(n) for n in (-5, -1, 0, 3)] == ["−5", "−1", "0", "+3"]
    assert len({str(words) for words in CHANGES.values()}) == len(CHANGES) == 11
    assert str(change_in_words(-5)) == "−5, very much worse"


def test_the_table_is_printed_with_both_and_with_no_verdict():
    assert norm_in_words(norm_for(68)) == "Ages 65 to 69: men 12, women 11"


@pytest.mark.parametrize("name", ["ACTIVITY_QUESTION", "PAIN_QUESTION", "CHANGE_QUESTION"])
def test_questions_are_easy_to_read(name):
    question = str(getattr(measure_words, name))
    assert grade(question) <= 6
    assert len(question.split()) <= 15


def test_no_words_judge():
    said = [*CHANGES.values(), *measure_words.ACTIVITY_ENDS, *measure_words.PAIN_ENDS]
    assert [str(words) for words in said if JUDGES.search(str(words))] == []
