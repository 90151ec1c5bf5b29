"""Days and times in words; the words of a date are pinned here once, for every page that writes one."""

import datetime as dt

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

from hipcare import moments

DAY = dt.date(2026, 12, 7)
FORMS = {
    "weekday": "Monday",
    "short_weekday": "Mon",
    "weekday_and_date": "Monday 7 December",
    "day_and_month": "7 December",
    "full_date": "7 December 2026",
    "short_day": "Mon 7 Dec",
    "short_date": "7 Dec",
}


@pytest.mark.parametrize(("name", "words"), FORMS.items())
def test_day_in_words(name, words):
    assert getattr(moments, name)(DAY) == words
    assert Template(f"{{{{ day|{name} }}}}").render(Context({"day": DAY})) == words


def test_moment_is_told_by_the_readers_clock():
    moment = dt.datetime(2026, 12, 6, 23, 5, tzinfo=dt.UTC)
    with timezone.override("Europe/Athens"):
        assert moments.clock_time(moment) == "1:05 am"
        assert moments.weekday_and_date(moment) == "Monday 7 December"
    with timezone.override("Europe/London"):
        assert moments.clock_time(moment) == "11:05 pm"
        assert moments.weekday_and_date(moment) == "Sunday 6 December"


def test_names_of_days_and_months_are_the_readers():
    with translation.override("cy"):
        assert moments.weekday_and_date(DAY) == "Dydd Llun 7 Rhagfyr"
