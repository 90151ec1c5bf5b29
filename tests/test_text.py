"""The one gate for text: what is kept of what people type, and what never comes in."""

import unicodedata

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from hipcare import fields
from hipcare.fields import LineField, LinesField, has_a_letter
from hipcare.text import line, lines, shows, through_the_gate

# What goes wrong at the seams of the rules: joiners, marks, selectors, tags, fillers, direction, new lines, jamo.
ODD = (
    "\u200b\u200c\u200d\u0301\u0300\u0323\ufe0f\ufe0e\u2800\u3164\u202e\u2066\xa0\u2028\x85\r\n\t\0 aé#1\u0627"
    "\u064e\u0628\u0915\u094d\u0937\u1100\u1161\u034f\u845b\U000e0100\U0001f3f4\U000e0067\U000e007f\U0001f468"
    "\U0001f3fd\ud800\ufeff"
)
ANYTHING = st.text() | st.text(alphabet=ODD) | st.text(alphabet=st.characters(exclude_categories=()))


@pytest.mark.parametrize("gate", [line, lines])
@given(typed=ANYTHING)
def test_the_gate_has_nothing_to_do_a_second_time(gate, typed):
    assert gate(gate(typed)) == gate(typed)


@pytest.mark.parametrize("gate", [line, lines])
@given(typed=ANYTHING)
def test_what_is_kept_is_composed_and_never_longer(gate, typed):
    assert unicodedata.is_normalized("NFC", gate(typed))
    assert len(gate(typed)) <= len(unicodedata.normalize("NFC", typed))


@given(typed=ANYTHING)
def test_no_control_comes_in_save_new_lines_of_a_note(typed):
    assert {unicodedata.category(one) for one in line(typed)} & {"Cc", "Cs", "Zl", "Zp"} == set()
    assert {one for one in lines(typed) if unicodedata.category(one) in {"Cc", "Cs", "Zl", "Zp"}} <= {"\n"}
    assert {one for one in lines(typed) if one.isspace()} <= {" ", "\n"}


@given(words=st.lists(st.text("abcXYZéßłøİñ-’'.0123456789", min_size=1), min_size=1))
def test_plain_words_are_kept_letter_for_letter(words):
    assert line(" ".join(words)) == lines(" ".join(words)) == " ".join(words)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Jose\u0301", "José"),
        ("  Ann \t\n Lee ", "Ann Lee"),
        ("01632\xa0960\u202f118", "01632 960 118"),
        ("Mar\u200bgaret\ufeff", "Margaret"),
        ("\u202eellE\u202c", "ellE"),
        ("\u2066Ann\u2069", "Ann"),
        ("so\xadre hip", "sore hip"),
        ("Ann\x07\x1b[31m", "Ann[31m"),
        ("An\0n", "Ann"),
        ("An\ud800n", "Ann"),
        ("Ma\u200drie", "Marie"),
        ("a" + "\u0301" * 40, "á" + "\u0301" * 3),
        ("\u0301\u0301x", "x"),
        ("\u3164\u115f\u2800\u200b", ""),
    ],
    ids=ascii,
)
def test_what_nobody_sees_or_means_is_not_kept(typed, kept):
    assert line(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "می‌خواهم",  # Persian, with a joiner's opposite inside the word
        "क्‍ष",  # Devanagari
        "ශ්‍රී",  # Sinhala
        "👨‍👩‍👧 🏃🏽‍♀️ 🏴󠁧󠁢󠁷󠁬󠁳󠁿 1️⃣ ♥️",
        "葛󠄀城",  # a Japanese name with the right form of its first sign
        "Nguyễn Đức",
        "ถ้วยน้ำ",
        "שָׁלוֹם",
        "ྐྵྒྷ".replace("ྐྵ", "ཀྵ"),
        "Ọ̀ṣun",
    ],
    ids=ascii,
)
def test_what_a_language_or_a_picture_needs_is_kept(typed):
    assert line(typed) == unicodedata.normalize("NFC", typed)


def test_a_note_keeps_its_new_lines_and_a_line_has_none():
    typed = " Sore after.  \r\n\r\nBetter\x0bnow.\u2028Thank you \n"
    assert lines(typed) == "Sore after.\n\nBetter\nnow.\nThank you"
    assert line(typed) == "Sore after. Better now. Thank you"


def test_a_page_of_marks_and_joiners_is_no_words_and_takes_no_time():
    assert line("\u094d\u200c" * 20_000) == ""


@pytest.mark.parametrize("name", ["\u200b", "\u2800", "\u3164", "\xa0", "-", ".", "’", "🌻", "\u0301", ""], ids=ascii)
def test_nothing_shows_of_this(name):
    assert not shows(name)


@pytest.mark.parametrize("name", ["J", "王", "ش", "O’Brien", "7", "Ⅷ"])
def test_a_letter_or_a_number_shows(name):
    assert shows(name)


def test_what_a_file_says_goes_through_with_all_that_is_in_it():
    read = {"name": "Bri\u200bdge", "steps": ["Lie\xa0down."], "dose": {"sets": 2, "load": " red  band"}, "no": None}
    assert through_the_gate(read) == {
        "name": "Bridge",
        "steps": ["Lie down."],
        "dose": {"sets": 2, "load": "red band"},
        "no": None,
    }


def test_a_field_counts_what_is_kept():
    assert LineField(max_length=3).clean(" Jo\u200b\u200be\u0301 ") == "Joé"
    assert LinesField(max_length=3).clean("a\r\nb") == "a\nb"


@pytest.mark.parametrize("field", [LineField(), LinesField()])
def test_a_null_is_refused_in_words(field):
    with pytest.raises(ValidationError, match=str(fields.CANNOT_BE_KEPT)):
        field.clean("An\0n")


def test_a_name_needs_a_letter_and_nothing_is_for_another_to_refuse():
    with pytest.raises(ValidationError, match="at least one letter"):
        has_a_letter("-")
    assert has_a_letter("") is None


def test_a_field_lets_what_is_typed_stand_in_its_own_direction():
    assert LineField().widget.attrs["dir"] == "auto"
    assert LinesField().widget.attrs["dir"] == "auto"
