import pytest

from exercises.readability import grade, sentences, syllables, words
from tests.plain_words import CLINIC_WORDS, longest_sentence


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("leg", 1), ("knee", 1), ("chair", 1), ("squeeze", 1), ("straight", 1), ("stairs", 1), ("shoes", 1),
        ("used", 1), ("moved", 1), ("sides", 1), ("clothes", 1), ("the", 1), ("here", 1), ("tea", 1), ("b", 1),
        ("heavy", 2), ("little", 2), ("ankle", 2), ("circles", 2), ("slowly", 2), ("lower", 2), ("lying", 2),
        ("going", 2), ("lifted", 2), ("rounded", 2), ("pinches", 2), ("bridges", 2), ("faces", 2), ("quiet", 2),
        ("before", 2), ("people", 2), ("science", 2),
        ("exercise", 3), ("together", 3), ("unsteady", 3), ("position", 3), ("physio", 3), ("area", 3), ("usual", 3),
        ("piano", 3), ("diary", 3),
        ("physiotherapist", 6), ("rehabilitation", 6),
    ],
)  # fmt: skip
def test_syllables_are_counted(word, count):
    assert syllables(word) == count


def test_sentences_end_with_a_stop_or_with_the_text():
    assert sentences("Sit tall. Breathe! Is it sore? Rest") == ["Sit tall.", "Breathe!", "Is it sore?", "Rest"]
    assert sentences("  ") == []


def test_numerals_are_read_as_they_are_spoken():
    assert words("Do 10, then don’t lift side-lying 2") == ["Do", "ten", "then", "don’t", "lift", "side-lying", "two"]


def test_longest_sentence_counts_words():
    assert longest_sentence("Sit tall. Put your foot down slowly.") == 5
    assert longest_sentence("") == 0


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("", 0.0),
        ("...", 0.0),
        ("Lie on your back.", 0.0),  # 4 words, 4 syllables: −2.2, and no school year is below 0
        ("Lower your hips slowly.", 3.7),  # 4 words, 6 syllables: 1.56 + 17.7 − 15.59
        ("Keep your heels together, in line with your bottom.", 3.7),  # 9 words, 12 syllables: 3.51 + 15.73 − 15.59
    ],
)
def test_grade_is_the_formula(text, level):
    assert grade(text) == level


def test_hard_text_has_a_high_grade():
    assert grade("Abduction of the affected extremity necessitates bilateral pelvic stabilisation.") > 20


@pytest.mark.parametrize("word", ["abduct", "Abduction", "rotate", "pelvis", "quadruped", "bilateral", "flexion"])
def test_clinic_words_are_found(word):
    assert CLINIC_WORDS.search(f"Now {word} it.")


def test_plain_words_are_not_taken_for_clinic_words():
    assert CLINIC_WORDS.search("Lift your right knee, then lower it. Your glove is on the chair.") is None


def test_grade_just_under_nought_has_no_minus():
    just_under = f"{'lift it ' * 5}. {'lift it ' * 5}. {'lift it ' * 4} up."  # 29 words of one syllable: −0.02
    assert str(grade(just_under)) == "0.0"
