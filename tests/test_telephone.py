"""Telephone numbers: whatever way they are written, what is dialled is right."""

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from hipcare.telephone import countries, country_of, dialled, digits_of, is_written, link_to
from hipcare.text import line


@pytest.mark.parametrize(
    "typed",
    [
        "01632 960118",
        "01632 960 118",
        "(01632) 960118",
        "+44 (0)1632 960118",
        "+44(0)1632 960118",
        "+44 1632 960118",
        "0044 1632 960118",
        "0044 (0)1632 960118",
        "01632/960118",
        "01632-960118",
        "01632–960118",
        "01632.960.118",
        "01632 960118 ext 22",
        "01632 960118 x22",
        "01632 960118 Ext. 22",
        "01632\xa0960\u202f118",
    ],
)
def test_one_number_in_any_writing_dials_the_same(typed):
    assert link_to(line(typed), "GB") == "tel:+441632960118"


@pytest.mark.parametrize("short", ["999", "111", "112", "101", "116 123"])
def test_a_short_number_is_dialled_as_it_is(short):
    assert link_to(short, "GB") == f"tel:{short.replace(' ', '')}"


@pytest.mark.parametrize(
    ("typed", "country", "right"),
    [
        ("030 901820", "DE", "+4930901820"),
        ("+49 (0)30 901820", "GB", "+4930901820"),
        ("+34 (0)912 345 678", "GB", "+34912345678"),  # Spain has no nought to leave out
        ("+39 (0)6 1234 5678", "GB", "+390612345678"),  # Italy dials it
        ("06 1234 5678", "IT", "+390612345678"),
        ("(415) 555-0132", "US", "+14155550132"),
        ("01632 960118", "US", ""),
    ],
)
def test_a_number_is_dialled_as_in_its_country(typed, country, right):
    assert dialled(typed, country) == right


@pytest.mark.parametrize("typed", ["", "call me", "960118", "12", "0800 FLOWERS", "01632 960118 or 07700 900123", "+"])
def test_what_cannot_be_dialled_is_nothing(typed):
    assert dialled(typed, "GB") == ""


def test_a_number_from_before_anybody_checked_is_cut_to_its_digits():
    assert link_to("960118 ext 3", "GB") == "tel:960118"


@given(typed=st.text("0123456789 +()-/.x", max_size=30))
def test_a_link_never_holds_more_than_a_plus_and_digits(typed):
    found = link_to(typed, "GB").removeprefix("tel:")
    assert set(found) <= set("+0123456789")
    assert "+" not in dialled(typed, "GB")[1:]


def test_a_number_is_found_with_its_countrys_code_and_without():
    assert digits_of("(01632) 960118 ext 3", "GB") == "441632960118 01632960118"
    assert (digits_of("111", "GB"), digits_of("", "GB"), digits_of("960118", "GB")) == ("111", "", "960118")


def test_written_is_not_yet_dialled():
    assert is_written("960118")
    assert not is_written("call me")


def test_countries_come_from_the_time_zones_table():
    assert [country_of(zone) for zone in ("Europe/London", "Europe/Warsaw", "UTC")] == ["GB", "PL", "GB"]
    assert countries()["PL"] == "Poland"
    assert [*countries().values()] == sorted(countries().values())


def test_the_filter_dials_as_in_the_clinics_country():
    page = Template('{% load telephones %}{{ "030 901820"|dial:clinic }}')
    assert page.render(Context({"clinic": type("C", (), {"calling_country": "DE"})})) == "tel:+4930901820"
