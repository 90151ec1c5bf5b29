"""What somebody at the desk types to find a patient: words, numbers, a date of birth in the usual writings. Pure."""

import datetime as dt
import re
from dataclasses import dataclass

from hipcare.folding import fold

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
NUMBERS = re.compile(r"(?<![\w./-])(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?![\w/-])")
BIG_FIRST = re.compile(r"(?<![\w./-])(\d{4})([./-])(\d{1,2})\2(\d{1,2})(?![\w/-])")
A_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
DAY_MONTH = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s.-]*(?:of )?{A_MONTH}[\s.,-]*(?P<year>\d{{4}}|\d{{2}})\b", re.IGNORECASE
)
MONTH_DAY = re.compile(
    rf"\b{A_MONTH}[\s.]*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s,]+(?P<year>\d{{4}}|\d{{2}})\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Everything that a patient must have: each of the words, and one of the dates where there are any."""

    words: tuple[str, ...]
    born: frozenset[dt.date]

    @property
    def is_nothing(self) -> bool:
        return not self.words and not self.born


def wanted(typed: str) -> Wanted:
    """Read what was typed. A date is day first, as it is written here; month first only where no day is meant."""
    for pattern in (BIG_FIRST, NUMBERS, DAY_MONTH, MONTH_DAY):
        if (found := pattern.search(typed)) and (dates := _dates(pattern, found)):
            rest = typed[: found.start()] + " " + typed[found.end() :]
            return Wanted(_words(rest), frozenset(dates))
    return Wanted(_words(typed), frozenset())


def _words(typed: str) -> tuple[str, ...]:
    """Return the folded words; a telephone number's "00" before the country is no part of what is kept."""
    return tuple(re.sub(r"^00(?=\d)", "", word) for word in fold(re.sub(r"\(0\)", " ", typed)).split())


def _dates(pattern: re.Pattern[str], found: re.Match[str]) -> list[dt.date]:
    if pattern is BIG_FIRST:
        return _possible([found[1]], int(found[3]), int(found[4]))
    if pattern is NUMBERS:
        first, second = int(found[1]), int(found[3])
        return _possible(_years(found[4]), second, first) or _possible(_years(found[4]), first, second)
    return _possible(_years(found["year"]), MONTHS.index(found["month"].lower()[:3]) + 1, int(found["day"]))


def _years(typed: str) -> list[str]:
    return [typed] if len(typed) == 4 else [f"19{typed}", f"20{typed}"]


def _possible(years: list[str], month: int, day: int) -> list[dt.date]:
    dates = []
    for year in years:
        try:
            dates.append(dt.date(int(year), month, day))
        except ValueError:
            continue
    return dates
