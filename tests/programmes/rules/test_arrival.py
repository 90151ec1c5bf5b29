"""Which day a session is for, by when its page was drawn and what the patient answered."""

import datetime as dt

import pytest

from programmes.rules.arrival import day_meant, days_to_choose
from programmes.wording.dates import day_called

SUNDAY = dt.date(2026, 11, 29)


def back(days):
    return SUNDAY - dt.timedelta(days=days)


@pytest.mark.parametrize(
    ("opened", "answered", "day"),
    [
        (SUNDAY, None, SUNDAY),
        (back(-1), None, SUNDAY),  # drawn where it is tomorrow already
        (dt.date.max, None, SUNDAY),
        (back(1), None, None),  # a night lies between
        (back(30), None, None),
        (dt.date.min, None, None),
        (None, None, None),
        (back(1), SUNDAY, SUNDAY),
        (back(1), back(1), back(1)),
        (back(30), back(7), back(7)),
        (None, back(3), back(3)),
        (back(1), back(8), None),  # answered, then left for another week
        (back(1), back(-1), SUNDAY),  # answered, then flown west
        (SUNDAY, back(8), SUNDAY),
    ],
)
def test_day_meant(opened, answered, day):
    assert day_meant(opened=opened, answered=answered, today=SUNDAY) == day


def test_days_to_choose_are_today_and_the_7_before():
    assert days_to_choose(SUNDAY) == [back(n) for n in range(8)]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (SUNDAY, "Today, Sunday 29 November"),
        (back(1), "Yesterday, Saturday 28 November"),
        (back(2), "Friday 27 November"),
    ],
)
def test_days_are_called_as_people_call_them(day, words):
    assert day_called(day, SUNDAY) == words
