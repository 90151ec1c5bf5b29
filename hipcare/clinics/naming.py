"""What a name gives away of how a person is called: a careful guess, for people to put right. Pure.

Names have no parts that a program could rely on. Where a guess could be a wrong part, the whole name is offered.
"""

import re
import unicodedata

TITLES = frozenset({
    "dr", "doctor", "prof", "professor", "mr", "mrs", "ms", "miss", "mx", "sir", "dame", "lady", "lord", "rev",
    "reverend", "fr", "sister", "herr", "frau", "mme", "mlle",
})  # fmt: skip
PARTICLES = frozenset({
    "van", "von", "der", "den", "de", "del", "della", "di", "da", "dos", "du", "la", "le", "ten", "ter", "bin", "ibn",
    "al", "el", "zu", "af", "av",
})  # fmt: skip


def called_of(name: str) -> str:
    """Return what patients may call ``name``: "Priya" for Priya Nair, "Dr Novak" for Dr Lee Novak, else all of it."""
    words = name.split()
    titles = _titles_of(words)
    rest = words[len(titles) :]
    if not rest or "," in name or not _is_latin(name):
        return name
    return _with_a_title(titles[0], rest, name) if titles else _without(rest, name)


def _with_a_title(title: str, rest: list[str], name: str) -> str:
    """Return title and surname: the last of one or two words, or all from "van der" on."""
    particle = next((place for place, word in enumerate(rest) if word in PARTICLES), None)
    if particle is not None:
        return " ".join([title, *rest[particle:]])
    return f"{title} {rest[-1]}" if len(rest) <= 2 else name


def _without(words: list[str], name: str) -> str:
    """Return the first of two words, where it is a word and no initial; and the first before "van der"."""
    first = words[0]
    stands_alone = len(words) <= 2 or words[1] in PARTICLES
    is_a_word = len(first.rstrip(".")) > 1 and not first.endswith(".") and first not in PARTICLES
    return first if stands_alone and is_a_word else name


def initials_of(name: str) -> str:
    """Return one or two letters for a corner of the page: "PN" for Priya Nair or Dr Priya Nair, "王" for 王秀英."""
    words = [word for word in re.split(r"[\s,]+", name) if _letters_of(word)]
    words = words[len(_titles_of(words)) :] or words
    ends = [words[0], words[-1]] if len(words) > 1 else words
    return "".join(_letters_of(word)[0].upper()[:1] for word in ends)


def _titles_of(words: list[str]) -> list[str]:
    count = 0
    while count < len(words) and words[count].rstrip(".").casefold() in TITLES:
        count += 1
    return words[:count]


def _letters_of(word: str) -> list[str]:
    return [character for character in word if unicodedata.category(character)[0] in "LN"]


def _is_latin(name: str) -> bool:
    letters = [character for character in name if unicodedata.category(character)[0] == "L"]
    return all(unicodedata.name(character, "").startswith("LATIN") for character in letters)
