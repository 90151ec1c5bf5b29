import pytest
from hypothesis import given
from hypothesis import strategies as st

from exercises.dosage import Dose
from exercises.sides import Side
from exercises.wording import dose_line, unusual_parts
from programmes.rules.schedule import EVERY_DAY, Frequency
from programmes.wording.doses import one_line, patient_dose, plain_sentence
from programmes.wording.phrases import seconds

MON_WED_FRI = Frequency(weekdays=frozenset({0, 2, 4}))
EVERY = Frequency(weekdays=EVERY_DAY)

THREE_TENS = Dose(sets=3, reps=10, hold_s=5, rest_s=30)


def test_one_line_is_the_domains_own():
    assert (
        one_line(THREE_TENS, "left", MON_WED_FRI)
        == "3 × 10 · hold 5 s · rest 30 s · left leg · once a day · Mon Wed Fri"
    )


def test_plain_sentence_is_the_domains_own():
    assert plain_sentence(THREE_TENS, "left", MON_WED_FRI) == (
        "Do 10 with your left leg, holding each for 5 seconds. Rest for 30 seconds. Do this 3 times. "
        "Once a day on Monday, Wednesday and Friday."
    )


@pytest.mark.parametrize(
    ("dose", "side", "frequency", "line", "sentence"),
    [
        (Dose(), "each", None, "1 × 10 · each leg", "Do 10 with each leg."),
        (
            Dose(),
            "in_turn",
            Frequency(weekdays=EVERY_DAY, times_a_day=2),
            "1 × 10 · each leg in turn · twice a day · every day",
            "Do 10 with each leg in turn. Twice a day, every day.",
        ),
        (
            Dose(hold_s=3, hold_to_s=5),
            "both",
            Frequency(days_a_week=3),
            "1 × 10 · hold 3–5 s · both legs · once a day · 3 days a week",
            (
                "Do 10 with both legs. Hold for 3 to 5 seconds each time. "
                "Once a day on 3 days a week. You choose the days."
            ),
        ),
        (
            Dose(reps=1, hold_s=20, hold_to_s=30),
            "each",
            Frequency(as_needed=True),
            "hold 20–30 s · each leg · as needed",
            "Hold for 20 to 30 seconds with each leg. Do this when you need it.",
        ),
        (
            Dose(sets=2, reps=1, hold_s=60),
            "right",
            Frequency(days_a_week=7, times_a_day=3),
            "2 × hold 60 s · right leg · 3 times a day · every day",
            "Hold for 1 minute with your right leg. Do this twice. 3 times a day, every day.",
        ),
        (
            Dose(directions=2),
            "left",
            Frequency(days_a_week=1),
            "1 × 10 · each direction · left leg · once a day · 1 day a week",
            "Do 10 in each direction with your left leg. Once a day on 1 day a week. You choose the days.",
        ),
        (
            Dose(reps=8, reps_to=12, load="red band", tempo="3 seconds down"),
            "",
            Frequency(weekdays=frozenset({6})),
            "1 × 8–12 · red band · 3 seconds down · once a day · Sun",
            "Do 8 to 12. Use red band. Speed: 3 seconds down. Once a day on Sunday.",
        ),
        (Dose(reps=1), "left", None, "1 × 1 · left leg", "Do 1 with your left leg."),
    ],
)
def test_line_and_sentence_say_the_same(dose, side, frequency, line, sentence):
    assert one_line(dose, side, frequency) == line
    assert plain_sentence(dose, side, frequency) == sentence


@pytest.mark.parametrize(
    ("dose", "side", "words"),
    [
        (Dose(), "left", "10 times"),
        (Dose(reps=1), "left", "1 time"),
        (Dose(), "each", "10 on each leg"),
        (Dose(), "in_turn", "10 on each leg"),
        (Dose(sets=2), "both", "2 sets of 10"),
        (Dose(sets=2), "each", "2 sets of 10 on each leg"),
        (Dose(reps=8, reps_to=12), "both", "8 to 12 times"),
        (Dose(directions=2), "each", "10 each way on each leg"),
        (Dose(reps=1, hold_s=20, hold_to_s=30), "each", "Hold 20 to 30 seconds on each leg"),
        (Dose(reps=1, hold_s=20), "left", "Hold 20 seconds"),
        (Dose(sets=2, reps=1, hold_s=120), "left", "2 holds of 2 minutes"),
    ],
)
def test_patient_dose_is_what_a_card_has_room_for(dose, side, words):
    assert patient_dose(dose, side) == words


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (1, None, "1 second"),
        (45, None, "45 seconds"),
        (60, None, "1 minute"),
        (90, None, "90 seconds"),
        (1, 2, "1 to 2 seconds"),
    ],
)
def test_seconds_in_words(low, high, words):
    assert seconds(low, high) == words


@pytest.mark.parametrize(
    ("dose", "questions"),
    [
        (Dose(reps=30, sets=5), []),
        (Dose(reps=31), ["31 reps"]),
        (Dose(reps=20, reps_to=40), ["20–40 reps"]),
        (Dose(reps=100, sets=6), ["100 reps", "6 sets"]),
    ],
)
def test_unusual_asks_is_this_right(dose, questions):
    assert unusual_parts(dose) == questions


def test_dose_line_of_the_library_has_no_days():
    assert dose_line(Dose(hold_s=3), "both") == "1 × 10 · hold 3 s · both legs"
    assert dose_line(Dose()) == "1 × 10"


doses = st.builds(
    Dose,
    sets=st.integers(1, 10),
    reps=st.integers(1, 100),
    hold_s=st.integers(0, 300),
    rest_s=st.integers(0, 600),
    directions=st.integers(1, 2),
)


@given(doses, st.sampled_from(["", *Side.values]))
def test_line_never_has_an_empty_part_and_sentence_always_ends(dose, side):
    assert all(part.strip() for part in one_line(dose, side, EVERY).split(" · "))
    assert plain_sentence(dose, side, EVERY).endswith(".")
    assert "  " not in plain_sentence(dose, side, EVERY)
