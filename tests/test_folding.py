"""The one key by which words are compared and sorted."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipcare.clinics.models import Patient
from hipcare.folding import fold, sort_key
from hipcare.text import line
from tests.factories import ClinicFactory, PatientFactory, PhysioFactory


@pytest.mark.parametrize(
    ("writings", "key"),
    [
        (["Özlem Çelik", "OZLEM ÇELIK", "özlem  celik", "O\u0308zlem C\u0327elik"], "ozlem celik"),
        (["Brontë", "BRONTË", "bronte"], "bronte"),
        (["Wałęsa", "WAŁĘSA", "walesa"], "walesa"),
        (["Nguyễn", "NGUYỄN", "nguyen"], "nguyen"),
        (["Åberg", "A\u030aberg", "åberg", "aberg"], "aberg"),
        (["O’Brien", "O'Brien", "OʼBrien", "O‘Brien", "OBRIEN"], "obrien"),
        (["Straße", "STRASSE", "Stra\u1e9ee"], "strasse"),
        (["İnci Işık", "INCI ISIK", "inci ışık"], "inci isik"),
        (["Þór Ægisdóttir", "thor aegisdottir"], "thor aegisdottir"),
        (["Ångström-Núñez", "angstrom nunez", "Ångström–Núñez", "Ångström  Núñez"], "angstrom nunez"),
        (["Đặng", "dang"], "dang"),
        (["Жукова", "ЖУКОВА"], "жукова"),
        (["Королёв", "королев"], "королев"),
        (["Σίσυφος", "ΣΊΣΥΦΟΣ", "σισυφοσ"], "σισυφοσ"),
        (["محمّد", "محمد"], "محمد"),
        (["علي", "علی", "على"], "علي"),
        (["می‌خواهم", "میخواهم"], "ميخواهم"),
        (["ﬁona", "Fiona"], "fiona"),
        (["AL-2041", "al 2041", "ＡＬ‑２０４１"], "al 2041"),
        (["२०", "20"], "20"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_however_it_is_written_the_key_is_one(writings, key):
    assert {fold(writing) for writing in writings} == {key}


@pytest.mark.parametrize(("one", "other"), [("がか", "かか"), ("सुन", "सन"), ("Lee", "Leigh"), ("김", "길")])
def test_letters_that_readers_tell_apart_stay_apart(one, other):
    assert fold(one) != fold(other)


@given(st.text())
def test_a_key_of_a_key_is_the_key(typed):
    assert fold(fold(typed)) == fold(typed)


@given(st.text())
def test_the_gate_changes_no_key(typed):
    assert fold(line(typed)) == fold(typed) or len(line(typed)) < len(typed)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_key_is_words_and_single_spaces(typed):
    assert fold(typed).split() == [word for word in fold(typed).split(" ") if word]


def test_the_weightiest_name_comes_first_and_a_missing_one_does_not_count():
    names = [("Zola", "Émile"), ("", "Özlem"), ("Ellis", "Ann"), ("ÉLLIS", "Bea"), ("Ellison", "Al"), ("Łuczak", "Ewa")]
    in_order = sorted(names, key=lambda name: sort_key(*name))
    assert [first for _last, first in in_order] == ["Ann", "Bea", "Al", "Ewa", "Özlem", "Émile"]


def test_the_database_sorts_as_the_key_does(db):
    """Run on SQLite and on PostgreSQL, whatever its collation: the order is the same."""
    physio = PhysioFactory(clinic=ClinicFactory())
    lasts = [
        "Zola",
        "Éllis",
        "ellis",
        "Ellison",
        "de Vries",
        "De-Vries",
        "O’Brien",
        "Obama",
        "Østby",
        "Łuczak",
        "Ärzte",
    ]
    names = [(last, first) for last in [*lasts, "Жукова", "王", "", "Ångström"] for first in ("Bea", "ann")]
    for last, first in random.Random(1).sample(names, len(names)):
        PatientFactory(clinic=physio.clinic, physiotherapist=physio, first_name=first, last_name=last)
    found = [(patient.last_name, patient.first_name) for patient in Patient.objects.all()]
    assert [sort_key(*name) for name in found] == sorted(sort_key(*name) for name in names)
