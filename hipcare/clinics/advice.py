"""What a clinic tells all its patients to do about pain, the next morning, easier and harder: our wording. Pure.

These sentences change what somebody does, so they are the clinic's to say: a clinic puts its own in their place and
signs the whole (``hipcare.clinics.services.texts``). They are the same for everyone and depend on nothing anybody
entered. ``STOP`` in them stands for the first score of the clinic's "stop" band.
"""

from collections.abc import Mapping
from typing import NamedTuple

STOP = "{stop}"
OUR_BANDS = (2, 5)
"""The last score that is fine, and the last that is OK, where a clinic has not chosen."""


class Sentence(NamedTuple):
    """A sentence of the clinic's: our wording, what staff know it by, and how long it may be to fit on a sheet."""

    key: str
    label: str
    words: str
    longest: int


SENTENCES = (
    Sentence("fine", "Pain guide: fine", "Carry on.", 60),
    Sentence("okay", "Pain guide: OK", "Go slower, or make it smaller.", 60),
    Sentence("stop", "Pain guide: stop", "Stop this one for today. Fewer or smaller next time.", 60),
    Sentence(
        "morning",
        "Next morning",
        "Your hip should feel back to its usual. Worse? You did a bit too much. Do half as many next time. "
        "Some muscle ache in the first 2 weeks is normal.",
        200,
    ),
    Sentence("easier", "Easier", "Make it smaller, or do half as many. It still counts.", 90),
    Sentence("harder", "Harder", "Only after we meet.", 60),
    Sentence("stop_if", "Stop this exercise if", f"the pain is {STOP} or more out of 10", 60),
)


def with_stop(words: str, pain_ok_up_to: int) -> str:
    return words.replace(STOP, str(pain_ok_up_to + 1))


def as_written(own: Mapping[str, str]) -> dict[str, str]:
    """Return the sentences by key, a clinic's ``own`` in the place of ours, ``STOP`` as it is."""
    return {sentence.key: own.get(sentence.key) or sentence.words for sentence in SENTENCES}


def advice(own: Mapping[str, str], pain_ok_up_to: int) -> dict[str, str]:
    """Return the sentences by key as patients read them, for where the clinic's "OK" band ends."""
    return {key: with_stop(words, pain_ok_up_to) for key, words in as_written(own).items()}
