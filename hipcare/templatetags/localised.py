"""Dates and times in the reader's language, and the attributes that say which language words are in."""

from collections.abc import Callable
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from hipcare import moments
from hipcare.languages import ENGLISH, runs_from_right_to_left, tag_of

register = template.Library()


def _of_nothing_nothing(write: Callable[[Any], str]) -> Callable[[Any], str]:
    return lambda moment: write(moment) if moment else ""


for function in (
    moments.weekday,
    moments.short_weekday,
    moments.weekday_and_date,
    moments.day_and_month,
    moments.full_date,
    moments.short_day,
    moments.short_date,
    moments.month_and_year,
    moments.short_date_and_year,
    moments.short_date_and_time,
    moments.short_day_and_time,
    moments.short_date_year_and_time,
    moments.clock_time,
    moments.hour_and_minute,
):
    register.filter(function.__name__, _of_nothing_nothing(function))


@register.simple_tag
def page_language() -> str:
    """Return the ``lang`` of ``<html>``: the language that the page is written in."""
    return tag_of(get_language() or ENGLISH)


@register.simple_tag
def page_direction() -> SafeString:
    """Return the ``dir`` of ``<html>``, where the page does not run from left to right."""
    return SafeString(' dir="rtl"' if runs_from_right_to_left(get_language() or ENGLISH) else "")


@register.simple_tag
def text_language(code: str) -> SafeString:
    """Return ``lang`` and ``dir`` of words in the language ``code``; nothing where the page is in it too."""
    here = get_language() or ENGLISH
    if code == here:
        return SafeString("")
    backwards = runs_from_right_to_left(code)
    turned = backwards != runs_from_right_to_left(here)
    direction = f' dir="{"rtl" if backwards else "ltr"}"' * turned
    return format_html(' lang="{}"{}', tag_of(code), SafeString(direction))
