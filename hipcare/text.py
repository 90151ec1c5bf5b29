"""The one gate for text: what of the characters that people type, paste or import is kept. Pure.

A person sees what is kept, and two texts that look the same are the same. What is typed on a Mac, copied from a
PDF or pasted from a chat comes decomposed, with no-break spaces, with characters that nobody sees or that turn the
direction of the page. Form fields (``hipcare.fields``) and columns (``hipcare.columns``) put everything through.
"""

import re
import unicodedata
from collections.abc import Callable
from typing import Any

# Controls (save those that are spaces and new lines), surrogates, noncharacters, and Unicode's default-ignorables:
# zero-width, direction, fillers. Variation selectors, tags and joiners have their own rules below.
UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e001f\U000e0080-\U000e00ff\U000e01f0-\U000e0fff]"
)
SPACES = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000]")
NEW_LINES = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")

# A joiner shapes the letters of these scripts (Arabic to Mongolian, and the later Indic ones); elsewhere it
# only makes two words out of one. In a picture it makes one picture of two.
JOINED = "\u0600-\u1bff\ua800-\uabff\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc\U00010a00-\U00011fff"
PICTURE = "\u00a9\u00ae\u203c-\u3299\U0001f000-\U0001faff"
JOINERS = re.compile(
    f"(?<=[{JOINED}])[\u200c\u200d](?=[{JOINED}])|(?<=[{PICTURE}\ufe0f])\u200d(?=[{PICTURE}])|([\u200c\u200d])"
)
SELECTORS = re.compile(
    f"(?<=[#*0-9{PICTURE}])[\ufe0e\ufe0f]|(?<=[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])[\U000e0100-\U000e01ef]"
    "|([\ufe00-\ufe0f\U000e0100-\U000e01ef])"
)
TAGS = re.compile("\U0001f3f4[\U000e0020-\U000e007e]{1,8}\U000e007f|([\U000e0020-\U000e007f])")

MOST_MARKS = 6  # on one letter; scripts that stack marks need five
MOST_MARKS_OF_NO_SCRIPT = 3  # accents: what is above them would climb over the line before
MOST_PASSES = 8  # words need two; a page of nothing but marks and joiners is not words
NO_SCRIPT = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")


def line(text: str) -> str:
    """Return ``text`` as one line: composed, nothing unseen in it, one space between words and none around them."""
    return " ".join(_kept(text).split())


def lines(text: str) -> str:
    return "\n".join(part.rstrip(" ") for part in _kept(text).split("\n")).strip()


def shows(text: str) -> bool:
    """Say whether ``text`` has a letter or a number that somebody can see."""
    return any(unicodedata.category(character)[0] in "LN" for character in line(text))


def through_the_gate(value: Any, gate: Callable[[str], str] = line) -> Any:
    """Return what was read from a JSON file with every text of it through the gate."""
    if isinstance(value, str):
        return gate(value)
    if isinstance(value, list):
        return [through_the_gate(one, gate) for one in value]
    if isinstance(value, dict):
        return {name: through_the_gate(one, gate) for name, one in value.items()}
    return value


def _kept(text: str) -> str:
    text = UNSEEN.sub("", SPACES.sub(" ", NEW_LINES.sub("\n", text)))
    if text.isascii():
        return text
    for _ in range(MOST_PASSES):  # what goes can leave a neighbour without its letter
        before, text = text, _one_pass(unicodedata.normalize("NFC", text))
        if text == before:
            return text
    letters = "".join(character for character in text if unicodedata.category(character) not in {"Mn", "Me", "Cf"})
    return unicodedata.normalize("NFC", letters)


def _one_pass(text: str) -> str:
    for rule in (TAGS, SELECTORS, JOINERS):
        text = rule.sub(lambda found: "" if found[1] else found[0], text)
    return _few_marks(text)


def _few_marks(text: str) -> str:
    kept: list[str] = []
    marks = MOST_MARKS
    for character in text:
        is_mark = unicodedata.category(character) in {"Mn", "Me"}
        marks = marks + 1 if is_mark else MOST_MARKS if character.isspace() else 0
        if not is_mark or marks <= (MOST_MARKS_OF_NO_SCRIPT if NO_SCRIPT.match(character) else MOST_MARKS):
            kept.append(character)
    return "".join(kept)
