"""The sheet in two languages that nobody speaks: no word of ours is left in English, nothing is clipped on paper."""

from dataclasses import replace
from itertools import combinations

import pytest
from django.utils import translation

from exercises.ahead import make_ready
from programmes.handouts.content import sheet_of
from programmes.handouts.fingerprint import changed_parts, parts_of
from programmes.handouts.layouts import FULL, LAYOUTS
from programmes.handouts.proof import proof_of
from programmes.handouts.versions import with_everything
from tests.programmes.handouts.sheets import given_sheet, press
from tests.programmes.handouts.test_where_words_stand import all_words_of, words_of
from tests.programmes.test_pseudo_locales import greek_patient
from tests.pseudo import LONG, loose_words

pytestmark = pytest.mark.django_db
MM = 72 / 25.4
EDGE = (12 * MM - 1, 210 * MM - 12 * MM + 1)


@pytest.fixture(params=LAYOUTS.values(), ids=LAYOUTS.keys())
def proof(request, language):
    patient = greek_patient(language)()
    first = given_sheet(patient=patient, exercises=3, goal="Βόλτα")
    changed = given_sheet(programme=first.programme, exercises=4, number=2, note="Σιγά.", goal="Βόλτα")
    return proof_of(with_everything(changed), None, first, request.param)


def test_no_word_of_ours_is_left_in_english(proof, language):
    assert loose_words(proof.job.markup, language) == []


@pytest.mark.parametrize("language", [LONG], indirect=True)
def test_long_words_are_neither_clipped_nor_over_others(proof):
    make_ready(proof.sheet.pictures)
    pdf = press().pdf(proof.job).pdf
    for page in all_words_of(pdf):
        assert [word for word in page if not EDGE[0] <= word.left <= word.right <= EDGE[1]] == []
    for page in words_of(pdf):
        assert [(one, other) for one, other in combinations(page, 2) if one.is_over(other)] == []


def test_a_sheet_is_compared_in_its_readers_language_whoever_looks(language):
    version = with_everything(given_sheet(patient=greek_patient(language)(), exercises=3))
    with translation.override("en-gb"):
        seen_by_staff = sheet_of(version, None, None)
    assert parts_of(seen_by_staff) == parts_of(proof_of(version, None, None, FULL).sheet)


def test_another_language_is_said_and_so_is_english_again(language):
    """Nothing else on the sheet may differ: a language without one translated word."""
    version = with_everything(given_sheet(exercises=1))
    english = proof_of(version, None, None, FULL).sheet
    other = replace(english, said_in=language)

    assert changed_parts(parts_of(english), parts_of(other)) == ["the language"]
    assert changed_parts(parts_of(other), parts_of(english)) == ["the language"]
    assert "said_in" not in parts_of(english), "sheets from before are told to be the same"


def test_a_sheet_says_which_language_it_is_in(language):
    version = with_everything(given_sheet(patient=greek_patient(language)(), exercises=1))
    assert proof_of(version, None, None, FULL).sheet.said_in == language
