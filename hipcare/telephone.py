"""Telephone numbers: kept as they are typed, dialled as a telephone needs them. Pure.

Brackets, slashes and no-break spaces are how people write; in a link they are dialled, or break it. "(0)" after a
country code is never dialled.
"""

import functools
import re
from importlib import resources

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

WRITTEN = re.compile(r"\+?[\d(][\d ()./‐‑–—-]*(?: ?(?:ext\.?|extension|x|#) ?\d{1,7})?", re.IGNORECASE)
EXTENSION = re.compile(r"(?:ext\.?|extension|x|#) ?\d{1,7}$", re.IGNORECASE)
TRUNK_ZERO = re.compile(r"^((?:\+|00)[\d ]{1,6})\(0\)")
DIGITS_OF_A_SERVICE = 3  # 999, 112, 111: dialled as they are
USUAL_COUNTRY = "GB"


def is_written(number: str) -> bool:
    """Say whether ``number`` is written as people write telephone numbers: digits, what stands between, extension."""
    return bool(WRITTEN.fullmatch(number))


def dialled(number: str, country: str) -> str:
    """Return what a telephone in ``country`` is to dial: "+441632960118", "999"; "" where nothing can be."""
    digits = re.sub(r"\D", "", number)
    if not is_written(number):
        return ""
    if len(digits) == DIGITS_OF_A_SERVICE:
        return digits
    for written in (number, TRUNK_ZERO.sub(r"\1", number)):
        if found := _dialled(written, country):
            return found
    return ""


def _dialled(number: str, country: str) -> str:
    try:
        parsed = phonenumbers.parse(number, country)
    except NumberParseException:
        return ""
    if phonenumbers.is_valid_short_number_for_region(parsed, country):
        return phonenumbers.national_significant_number(parsed)
    if phonenumbers.is_possible_number_with_reason(parsed) != phonenumbers.ValidationResult.IS_POSSIBLE:
        return ""
    return phonenumbers.format_number(parsed, PhoneNumberFormat.E164)


def link_to(number: str, country: str) -> str:
    """Return the link that dials ``number``. One that was kept before anybody checked is cut to its digits."""
    bare = EXTENSION.sub("", TRUNK_ZERO.sub(r"\1", number))
    return f"tel:{dialled(number, country) or re.sub(r'[^+0-9]', '', bare)}"


def digits_of(number: str, country: str) -> str:
    """Return the digits by which ``number`` is found, with the country's code and without: "441632… 01632…"."""
    found = dialled(number, country)
    if not found.startswith("+"):
        return found or re.sub(r"\D", "", number)
    parsed = phonenumbers.parse(found)
    national = re.sub(r"\D", "", phonenumbers.format_number(parsed, PhoneNumberFormat.NATIONAL))
    return f"{found[1:]} {national}"


@functools.cache
def countries() -> dict[str, str]:
    named = dict(row[:2] for row in _table("iso3166.tab"))
    known = {code: name for code, name in named.items() if code in phonenumbers.SUPPORTED_REGIONS}
    return dict(sorted(known.items(), key=lambda one: one[1]))


@functools.cache
def country_of(time_zone: str) -> str:
    """Return the country of a time zone: "GB" for "Europe/London"; the usual one where a zone has none."""
    return next((row[0] for row in _table("zone.tab") if row[2] == time_zone), USUAL_COUNTRY)


def _table(name: str) -> list[list[str]]:
    rows = (resources.files("tzdata.zoneinfo") / name).read_text(encoding="utf-8").splitlines()
    return [row.split("\t") for row in rows if row and not row.startswith("#")]
