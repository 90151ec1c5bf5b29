"""When to get help: the same static list for everyone, on the help page and on every sheet. Pure.

Symptom, then what to do; never a disease, and nothing that depends on what a patient said.
"""

from typing import NamedTuple


class Sign(NamedTuple):
    """One sign: in whole words for a page, and short enough for 12 point in three columns of paper."""

    words: str
    short: str


EMERGENCY = (
    Sign("You fell and cannot stand on your leg", "You fell and cannot stand"),
    Sign("Your leg looks shorter or turned out", "Leg shorter or turned out"),
    Sign("Your leg suddenly cannot take your weight", "Leg can’t take weight"),
    Sign("Your hip is hot, red or swollen and you feel ill", "Hot, swollen hip and ill"),
    Sign("Chest pain, or you cannot get your breath", "Chest pain, can’t breathe"),
    Sign("Numb between your legs, or you cannot pee or control your bowels", "Numb between your legs, or cannot pee"),
)
URGENT = (
    Sign("Bad hip pain that came on suddenly", "Sudden bad hip pain"),
    Sign("You feel hot, shivery or very unwell", "Hot, shivery or unwell"),
    Sign("Your calf is swollen and sore", "Calf swollen and sore"),
    Sign("New numbness or weakness in your leg", "New numb or weak leg"),
)
GP = (
    Sign("You are losing weight without trying", "Weight loss, no reason"),
    Sign("Pain that wakes you night after night", "Pain every night"),
    Sign("You have had cancer and have new pain", "Had cancer, new pain"),
)


def call_the_clinic(pain_ok_up_to: int) -> tuple[Sign, ...]:
    """Return what to call the clinic for; pain counts above the last score of the "OK" band."""
    stop = pain_ok_up_to + 1
    return (
        Sign(f"Pain of {stop} or more, two times in a row", f"Pain {stop} or more, twice"),
        Sign("Still worse after 2 days", "Still worse after 2 days"),
        Sign("You are not sure how to do an exercise", "Not sure how to do it"),
    )
