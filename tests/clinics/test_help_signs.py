"""The list of when to get help: whole, sourced, plain, and the same in its long and its short words."""

import datetime as dt

import pytest

from exercises.readability import grade
from hipcare.clinics.help_signs import OURS, SignGroup, shown, signs_of
from tests.plain_words import CLINIC_WORDS, longest_sentence

ONE_LINE_OF_HALF_A_SHEET = 44
SIGNS = [pytest.param(sign.filled(5), id=sign.key) for sign in OURS]


def words(*keys):
    return " ".join(sign.words for sign in OURS if sign.key in keys)


@pytest.mark.parametrize("sign", SIGNS)
def test_every_sign_has_both_forms_a_source_and_a_review_date(sign):
    assert sign.words
    assert sign.short
    assert sign.source
    assert sign.review_on > dt.date(2026, 11, 28)


@pytest.mark.parametrize("sign", SIGNS)
def test_every_sign_is_plain_and_short(sign):
    for text in (sign.words, sign.short):
        assert grade(text) <= 5
        assert longest_sentence(text) <= 15
        assert not CLINIC_WORDS.search(text)
    assert len(sign.short) <= ONE_LINE_OF_HALF_A_SHEET


def test_keys_and_places_are_each_their_own():
    assert len({sign.key for sign in OURS}) == len(OURS)
    assert len({(sign.group, sign.order) for sign in OURS}) == len(OURS)


def test_the_guides_own_four_reasons_are_there():
    """Pain that lasts, severe pain, pain that stops daily life, and weight loss, fever or pain day and night."""
    assert {"lasting", "daily-life", "sudden-pain", "weight", "unwell", "constant"} <= {sign.key for sign in OURS}


@pytest.mark.parametrize(
    ("key", "group", "said"),
    [
        ("odd-leg", "emergency", "at an odd angle"),
        ("no-weight", "emergency", "suddenly"),
        ("faint", "emergency", "faint"),
        ("bladder-bowels", "emergency", "bowels"),
        ("both-legs", "emergency", "sex"),
        ("pop", "emergency", "out of place"),
        ("wound", "urgent", "red, hot or leaking"),
        ("immune", "urgent", "immune system"),
        ("infection", "urgent", "infection"),
        ("more-running", "urgent", "ran much more"),
        ("worse-fast", "gp", "getting worse quickly"),
        ("stiff", "gp", "30 minutes"),
        ("joints", "gp", "joints"),
    ],
)
def test_what_was_missing_is_said_where_it_belongs(key, group, said):
    sign = next(sign for sign in OURS if sign.key == key)
    assert (sign.group, said in sign.words) == (group, True)


@pytest.mark.parametrize(
    ("key", "kept"),
    [
        ("no-weight", ["suddenly"]),
        ("bladder-bowels", ["pee", "bowels"]),
        ("pain-twice", ["6 or more", "in a row", "Exercise"]),
        ("hot-hip", ["ill"]),
        ("cancer", ["new pain"]),
        ("more-running", ["running"]),
        ("constant", ["day and night", "nothing eases"]),
    ],
)
def test_short_words_keep_the_meaning(key, kept):
    short = next(sign.filled(5).short for sign in OURS if sign.key == key)
    assert [one for one in kept if one not in short] == []


def test_pain_on_lying_on_the_side_at_night_is_not_sent_to_the_gp():
    """Waking from the sore side is the ordinary complaint of outer hip pain."""
    assert "wakes" not in words(*(sign.key for sign in OURS))
    assert words("constant") == "Constant pain, day and night, that nothing eases"


def test_only_what_is_for_after_an_operation_comes_and_goes():
    whole, general = shown(signs_of(), 5), shown(signs_of(), 5, after_operation=False)
    more = {group: [sign.key for sign in whole[group] if sign not in general[group]] for group in SignGroup}
    assert more == {"emergency": ["pop"], "urgent": [], "clinic": [], "gp": []}
    assert all(general.values())
