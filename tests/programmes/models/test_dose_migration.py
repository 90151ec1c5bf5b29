"""Loads and tempos in words become numbers; what was given prints the words it was given with."""

import pytest

from exercises.dosage import Dose
from exercises.migrations import _written_doses as written
from programmes.wording.doses import one_line, plain_sentence


@pytest.mark.parametrize(
    ("load", "columns"),
    [
        ("0.5 kg at the ankle", {"load_g": 500, "load": "at the ankle"}),
        ("2 kg", {"load_g": 2000, "load": ""}),
        ("12.75 kg in each hand", {"load_g": 12750, "load": "in each hand"}),
        ("0.3 kg", {}),
        ("0 kg", {}),
        ("51 kg", {}),
        ("1.0 kg", {}),
        ("01 kg", {}),
        ("2kg", {}),
        ("2 kg ", {}),
        ("about 2 kg", {}),
        ("red band", {}),
        ("", {}),
    ],
)
def test_a_weight_becomes_a_number_only_where_it_prints_the_same(load, columns):
    assert written.weight_in(load) == columns
    if columns:
        old, new = Dose(load=load), Dose(**columns)
        assert one_line(old, "left") == one_line(new, "left")
        assert plain_sentence(old, "left") == plain_sentence(new, "left")


@pytest.mark.parametrize(
    ("load", "columns"),
    [
        ("red band", {"band": "red", "load": ""}),
        ("green band round the knees", {"band": "green", "load": "round the knees"}),
        ("2 kg", {"load_g": 2000, "load": ""}),
        ("pink band", {}),
        ("a red band", {}),
        ("red bands", {}),
    ],
)
def test_a_band_of_ours_becomes_its_colour(load, columns):
    assert written.load_in(load) == columns


@pytest.mark.parametrize(
    ("tempo", "reps", "hold_s", "columns"),
    [
        ("3 up, 3 down", 10, 0, {"up_s": 3, "down_s": 3, "hold_s": 0, "tempo": ""}),
        ("3 up, 3 down", 10, 5, {"up_s": 3, "down_s": 3, "hold_s": 5, "tempo": ""}),
        ("3 seconds up, 1 hold, 3 down", 10, 0, {"up_s": 3, "down_s": 3, "hold_s": 1, "tempo": ""}),
        ("3 seconds up, 1 second hold, 3 seconds down", 10, 1, {"up_s": 3, "down_s": 3, "hold_s": 1, "tempo": ""}),
        ("3 seconds up, 1 hold, 3 down", 10, 2, {}),
        ("3 seconds up, 1 hold, 3 down", 1, 0, {}),
        ("31 up, 3 down", 10, 0, {}),
        ("3 seconds down", 10, 0, {}),
        ("slowly", 10, 0, {}),
    ],
)
def test_a_tempo_becomes_numbers_where_it_says_nothing_else(tempo, reps, hold_s, columns):
    assert written.tempo_in(tempo, reps, hold_s) == columns
