"""How hard patients' words are to read. Pure: no database, no request.

The Flesch–Kincaid grade, a US school year: 0.39 × words a sentence + 11.8 × syllables a word − 15.59 (Kincaid,
Fishburne, Rogers and Chissom, US Navy Research Branch Report 8-75, 1975). Syllables are counted by a heuristic, so a
grade is a lint and not a measurement of a person; it is right within a syllable for the words that patients read here.
"""

import re

NUMBERS = {"0": "zero", "1": "one", "2": "two", "3": "three", "4": "four", "5": "five", "6": "six", "7": "seven"}
SPOKEN = {"8": "eight", "9": "nine", "10": "ten", "20": "twenty", "30": "thirty", "60": "sixty"}


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.!?])\s+", text.strip()) if part]


def words(text: str) -> list[str]:
    """Return the words of a text, numerals as they are spoken."""
    spoken = NUMBERS | SPOKEN
    return [spoken.get(word, word) for word in re.findall(r"[A-Za-z0-9]+(?:['’-][A-Za-z]+)*", text)]


def syllables(word: str) -> int:
    """Return about how many syllables a word has: groups of vowels, without endings that are not spoken."""
    word = re.sub(r"[^a-z]", "", word.lower())
    if not re.search(r"[^aeiouy]les?$", word):
        word = re.sub(r"(?<=[^sxzcgh])es$|(?<=th)es$|(?<=[^td])ed$|e$", "", word)
    together = re.findall(r"[aeiouy]+", word)
    apart = re.findall(r"[aeoy]ing|ia|io(?!n|us)|(?<![qg])ua|(?<=[cqu])ie[nt]|(?<=[aeiouy].)ea$", word)
    return max(len(together) + len(apart), 1)


def grade(text: str) -> float:
    """Return the Flesch–Kincaid grade of a text, to one decimal and never below 0."""
    spoken = words(text)
    if not spoken:
        return 0.0
    a_sentence = len(spoken) / len(sentences(text))
    a_word = sum(map(syllables, spoken)) / len(spoken)
    return max(0.0, round(0.39 * a_sentence + 11.8 * a_word - 15.59, 1))  # in this order: never "-0.0"
