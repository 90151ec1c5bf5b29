"""How much of a day is done and saved, as a sentence from values."""

import pytest

from programmes.wording import patients_day as words


@pytest.mark.parametrize(
    ("saved", "asked", "said"),
    [
        (0, 3, "What you did is saved."),
        (1, 3, "1 of 3 exercises is saved."),
        (2, 3, "2 of 3 exercises are saved."),
        (1, 1, "Your exercise is saved."),
        (1, 0, "Your exercise is saved."),
        (3, 3, "All 3 exercises are saved."),
        (2, 0, "2 exercises are saved."),
    ],
)
def test_how_much_of_a_day_is_saved(saved, asked, said):
    assert words.saved_of_day(saved, asked) == said
