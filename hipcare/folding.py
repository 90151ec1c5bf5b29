"""The one key by which words are compared, searched and sorted. Pure, and the same on every database.

Databases differ in what they know of capitals and accents beyond ASCII, and in the order of letters; so the key is
made here and stored. "Özlem", "ozlem" and "ÖZLEM" have one key; so have "O’Brien", "O'Brien" and "obrien".
"""

import re
import unicodedata

# Letters that no normalisation takes apart, and those that are written in several ways.
LETTERS = str.maketrans({
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t", "ŋ": "n",
    "ĸ": "k", "ƒ": "f", "ə": "e", "ɛ": "e", "ɔ": "o", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ƴ": "y", "ŀ": "l", "ß": "ss",
    "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ـ": None,
})  # fmt: skip
APOSTROPHES = re.compile("['’‘‛`´ʹʻʼʽʾʿˈ′＇׳״]")
# The marks of scripts that people write with and without them; those of other scripts are letters to their readers.
MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0730-\u074a\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
)


def fold(text: str) -> str:
    """Return the key of ``text``: small plain letters and digits, one space between words."""
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).casefold()
    text = MARKS.sub("", APOSTROPHES.sub("", text)).translate(LETTERS)
    return " ".join("".join(map(_plain, unicodedata.normalize("NFC", text))).split())


def _plain(character: str) -> str:
    kind = unicodedata.category(character)
    if kind == "Nd":
        return str(unicodedata.decimal(character))
    if kind[0] in "LMN":
        return character
    return "" if kind == "Cf" else " "


def sort_key(*texts: str) -> bytes:
    """Return the key of several texts, the first the weightiest. Bytes: every database has one order of them."""
    return "\0".join(folded for text in texts if (folded := fold(text))).encode()
