"""The dose a number to a line, as the exercise's own page shows it."""

import pytest

from exercises.dosage import Dose
from programmes.rules.schedule import Frequency
from programmes.wording.dose_lists import dose_list


@pytest.mark.parametrize(
    ("dose", "lines"),
    [
        (Dose(), [("Times", "10")]),
        (
            Dose(sets=2, hold_s=3, rest_s=30),
            [
                ("Sets", "2"),
                ("Times in each set", "10"),
                ("Hold each time for", "3 seconds"),
                ("Rest between sets", "30 seconds"),
            ],
        ),
        (
            Dose(reps=8, reps_to=12, directions=2, rest_s=60),
            [("Times each way", "8 to 12"), ("Then rest for", "1 minute")],
        ),
        (Dose(sets=2, directions=2), [("Sets", "2"), ("Times each way in each set", "10")]),
        (Dose(reps=1, hold_s=20, hold_to_s=30), [("Hold for", "20 to 30 seconds")]),
        (Dose(sets=2, for_minutes=20), [("Sets", "2"), ("Keep going for", "20 minutes")]),
        (
            Dose(load_g=2000, load="at the ankle", up_s=3, down_s=1, effort_of_10=5, pain_up_to=3),
            [
                ("Times", "10"),
                ("Use", "2 kg at the ankle"),
                ("Speed", "3 seconds up, 1 second down"),
                ("How hard it should feel", "5 out of 10"),
                ("Pain that is OK", "up to 3 out of 10"),
            ],
        ),
        (Dose(tempo="slow", pain_up_to=0), [("Times", "10"), ("Speed", "slow"), ("Pain that is OK", "none at all")]),
    ],
)
def test_each_number_says_what_it_is(dose, lines):
    assert dose_list(dose) == lines


def test_how_often_comes_last():
    lines = dose_list(Dose(), Frequency(weekdays=frozenset({0, 2})))
    assert lines[-1] == ("How often", "Once a day on Monday and Wednesday.")
