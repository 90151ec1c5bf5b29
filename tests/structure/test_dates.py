"""Days and times in what people read come from one place, in the reader's language."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
READ_BY_PEOPLE = sorted(
    path
    for pattern in (
        "templates/**/*.html",
        "programmes/pages/*.py",
        "programmes/builder/*.py",
        "programmes/builder/views/*.py",
        "programmes/builder/forms/conflicts.py",
        "hipcare/clinics/forms/*.py",
        "programmes/handouts/**/*.html",
        "programmes/handouts/**/*.py",
        "programmes/wording/*.py",
        "programmes/views/patient/*.py",
        "programmes/rules/*.py",
        "exercises/wording.py",
        "hipcare/clinics/precautions.py",
        "hipcare/stamps.py",
    )
    for path in ROOT.glob(pattern)
)
A_DATE_OF_ITS_OWN = re.compile(
    r"%-?[aAbBdpI]\b|strftime|dateformat|\|\s*(?:date|time):(?!['\"]Y-m-d['\"])|\b(?:January|Jan|Monday|Mon)\b['\"],\s*['\"]"
)


def dates_in(source):
    """Return what writes a date by itself."""
    return A_DATE_OF_ITS_OWN.findall(source)


@pytest.mark.parametrize("path", READ_BY_PEOPLE, ids=lambda path: str(path.relative_to(ROOT)))
def test_dates_are_written_in_one_place(path):
    assert dates_in(path.read_text()) == []


@pytest.mark.parametrize(
    "planted",
    [
        '{{ day|date:"l j F" }}',
        'f"{day:%A} {day.day}"',
        'day.strftime("%-d %b")',
        'DAYS = ("Mon", "Tue")',
        "dateformat.format(day, 'j F')",
    ],
)
def test_a_planted_date_is_found(planted):
    assert dates_in(planted) != []
