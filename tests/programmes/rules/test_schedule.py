import datetime as dt

import pytest

from programmes.rules.schedule import EVERY_DAY, Frequency
from programmes.wording.frequencies import days_line, frequency_parts, frequency_sentence
from programmes.wording.phrases import joined

MONDAY = dt.date(2026, 11, 23)
SUNDAY = dt.date(2026, 11, 22)
MON_WED_FRI = Frequency(weekdays=frozenset({0, 2, 4}))


@pytest.mark.parametrize(
    ("frequency", "monday", "sunday"),
    [
        (MON_WED_FRI, True, False),
        (Frequency(weekdays=EVERY_DAY), True, True),
        (Frequency(days_a_week=2), True, True),
        (Frequency(as_needed=True), False, False),
        (Frequency(as_needed=True, weekdays=EVERY_DAY), False, False),
    ],
)
def test_is_due_on(frequency, monday, sunday):
    assert frequency.is_due_on(MONDAY) is monday
    assert frequency.is_due_on(SUNDAY) is sunday


@pytest.mark.parametrize(
    ("frequency", "parts", "sentence"),
    [
        (MON_WED_FRI, ["once a day", "Mon Wed Fri"], "Once a day on Monday, Wednesday and Friday."),
        (
            Frequency(weekdays=frozenset({5, 6}), times_a_day=2),
            ["twice a day", "Sat Sun"],
            "Twice a day on Saturday and Sunday.",
        ),
        (Frequency(weekdays=EVERY_DAY, times_a_day=6), ["6 times a day", "every day"], "6 times a day, every day."),
        (Frequency(days_a_week=7), ["once a day", "every day"], "Once a day, every day."),
        (
            Frequency(days_a_week=1),
            ["once a day", "1 day a week"],
            "Once a day on 1 day a week. You choose the days.",
        ),
        (Frequency(as_needed=True), ["as needed"], "Do this when you need it."),
        (Frequency(), ["once a day"], "Once a day."),
    ],
)
def test_frequency_in_words(frequency, parts, sentence):
    assert frequency_parts(frequency) == parts
    assert frequency_sentence(frequency) == sentence


def test_days_line_as_needed():
    assert days_line(Frequency(as_needed=True)) == "as needed"


@pytest.mark.parametrize(
    ("words", "text"), [([], ""), (["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C")]
)
def test_joined_as_english_lists(words, text):
    assert joined(words) == text
