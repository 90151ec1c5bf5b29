"""Whether a word that somebody searches by is among others: itself, its beginning, another name, one slip away. Pure.

Plain Python over a few thousand words: a kept library would be one more to watch, and its scores would need explaining.
"""

from collections.abc import Collection
from enum import IntEnum

SLIPS_FROM = 4  # letters: shorter words have too many neighbours
ABBREVIATED_TO = 4  # letters: "thr" is no beginning of "through"
ENDINGS = ("ing", "es", "s", "ed")
EVERY_WORDS = frozenset(
    {"2", "a", "an", "and", "at", "exercise", "exercises", "for", "in", "my", "of", "on", "the", "to", "with"}
)
SYNONYMS = {
    "arthritis": "osteoarthritis", "oa": "osteoarthritis", "wear and tear": "osteoarthritis",
    "gtps": "outer hip", "bursitis": "outer hip", "gluteal tendon": "outer hip", "lateral hip": "outer hip",
    "tendinopathy": "outer hip", "trochanter": "outer hip", "trochanteric": "outer hip",
    "arthroplasty": "replacement", "operation": "replacement", "post op": "replacement", "postop": "replacement",
    "post operative": "replacement", "surgery": "replacement", "tha": "replacement", "thr": "replacement",
    "cam": "labral", "fai": "labral", "fais": "labral", "impingement": "labral", "labrum": "labral",
    "bones": "gentle", "frail": "gentle", "osteopenia": "gentle", "osteoporosis": "gentle", "beginner": "gentle",
    "falls": "balance", "fall": "balance", "fall prevention": "balance", "steady": "balance",
    "backside": "bottom", "bum": "bottom", "butt": "bottom", "buttocks": "bottom", "glute": "gluteus",
    "gluteal": "gluteus", "glutes": "gluteus", "gluts": "gluteus",
    "elastic": "band", "resistance band": "band", "thera band": "band", "theraband": "band", "tubing": "band",
    "dumbbell": "weight", "kilo": "weight", "kg": "weight",
    "abductor": "abduction", "abductors": "abduction", "flexor": "flexion", "flexors": "flexion",
    "extensor": "extension", "extensors": "extension", "external rotation": "rotators", "er": "rotators",
    "core": "trunk", "hams": "hamstrings", "psoas": "iliopsoas", "quads": "quadriceps", "tfl": "tensor",
    "all fours": "kneeling", "counter": "worktop", "kitchen": "worktop", "seated": "sitting", "wheelchair": "sitting",
    "gait": "walk", "limp": "tipping", "trendelenburg": "tipping", "shoes": "socks", "steps": "stairs",
    "stiffness": "stiff", "flexibility": "stretch", "rom": "mobility", "strengthening": "strength",
    "no floor": "nofloor", "isometric": "static", "squats": "squat", "clams": "clam", "bridging": "bridge",
    "bridges": "bridge", "sts": "sit stand", "sl": "single leg", "sleep": "night", "sleeping": "night",
}  # fmt: skip
PHRASES = [phrase for phrase in SYNONYMS if " " in phrase]


class Match(IntEnum):
    """How near a word is to what was asked, the nearest first."""

    EXACT = 0
    BEGINS = 1
    SYNONYM = 2
    SLIP = 3


def asked_words(text: str) -> list[str]:
    """Return what is asked for in a folded ``text``: its words, known phrases in one piece, no "for" and "the"."""
    padded = f" {text} "
    found = [phrase for phrase in PHRASES if f" {phrase} " in padded]
    for phrase in found:
        padded = padded.replace(f" {phrase} ", " ")
    words = [*found, *padded.split()]
    return [word for word in words if word not in EVERY_WORDS] or words


def match(asked: str, words: Collection[str]) -> Match | None:
    """Return how near ``asked`` is to the nearest of ``words``, or None."""
    if asked in words:
        return Match.EXACT
    is_abbreviation = asked in SYNONYMS and len(asked) <= ABBREVIATED_TO
    if not is_abbreviation and any(word.startswith(asked) for word in words):
        return Match.BEGINS
    if _is_there(SYNONYMS.get(asked, ""), words) or _is_another_form(asked, words):
        return Match.SYNONYM
    return Match.SLIP if _is_slip(asked, words) else None


def _is_there(phrase: str, words: Collection[str]) -> bool:
    return bool(phrase) and all(part in words for part in phrase.split())


def _is_another_form(asked: str, words: Collection[str]) -> bool:
    """Say whether ``asked`` is another form of one of ``words``: "walking" of "walk", "raises" of "raised"."""
    stems = {asked.removesuffix(ending) for ending in ENDINGS if asked.endswith(ending)}
    stems |= {stem[:-1] for stem in stems if stem[-1:] == stem[-2:-1]}  # "squatting"
    return any(
        word in (stem, f"{stem}e") or (len(stem) >= SLIPS_FROM and word.startswith(stem))
        for stem in stems
        for word in words
    )


def _is_slip(asked: str, words: Collection[str]) -> bool:
    if len(asked) < SLIPS_FROM:
        return False
    meant = {key for key in SYNONYMS if len(key) >= SLIPS_FROM and is_one_slip(asked, key)}
    return any(len(word) >= SLIPS_FROM and is_one_slip(asked, word) for word in words) or any(
        _is_there(SYNONYMS[key], words) for key in meant
    )


def is_one_slip(one: str, other: str) -> bool:
    """Say whether one letter more, less or else, or two neighbours exchanged, make ``other`` of ``one``."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    left, right = one[start:], other[start:]
    return (
        left[1:] == right[1:]
        or left[1:] == right
        or left == right[1:]
        or (left[1::-1] == right[:2] and left[2:] == right[2:])
    )
