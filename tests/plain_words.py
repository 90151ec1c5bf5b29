"""What patients' texts keep to: no clinic words, no long sentences."""

import re

from exercises.readability import sentences, words

CLINIC_WORDS = re.compile(
    r"\b(?:abduct|adduct|rotat|pelvi|quadruped|bilateral|unilateral|supine|prone|extension|flexion|glute|lumbar|"
    r"affected|repetition|range of motion)\w*",
    re.IGNORECASE,
)
"""Clinic words that patients' texts do without."""


def longest_sentence(text):
    """Return the number of words in the longest sentence."""
    return max((len(words(sentence)) for sentence in sentences(text)), default=0)
