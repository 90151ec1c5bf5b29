"""The font on screen is two files: what English needs, which every page loads, and the rest, for pages that show it."""

import re
from pathlib import Path

from fontTools.ttLib import TTFont

STATIC = Path(__file__).parents[2] / "hipcare" / "static"
FACES = re.findall(r"@font-face \{(.*?)\}", (STATIC / "css" / "tokens.css").read_text(), re.DOTALL)
WHOLE = STATIC / "fonts" / "hipcare-hyperlegible-400.ttf"
MOST_BYTES = 15_000  # of the file that every first visit loads
FIRST, *OTHERS = FACES


def file_of(face):
    return STATIC / "css" / re.search(r'url\("(.*?)"\)', face).group(1)


def letters_in(path):
    return set(TTFont(path).getBestCmap())


def letters_named(face):
    named = set()
    for start, end in re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", face.partition("unicode-range:")[2]):
        named |= set(range(int(start, 16), int(end or start, 16) + 1))
    return named


def test_each_face_names_the_letters_that_its_file_has():
    assert len(FACES) == 2
    for face in FACES:
        assert letters_named(face) == letters_in(file_of(face))


def test_no_letter_is_lost_and_none_is_there_twice():
    first, more = (letters_in(file_of(face)) for face in FACES)
    assert not first & more
    assert first | more == letters_in(WHOLE)


def test_every_page_loads_the_letters_of_english_and_no_more():
    assert set(map(ord, "Tick 10 – “don’t stop” £5 · 3 × 10 …")) <= letters_named(FIRST)
    assert file_of(FIRST).stat().st_size <= MOST_BYTES
    page = (STATIC.parents[1] / "templates" / "base.html").read_text()
    assert re.findall(r"fonts/[\w.-]+", page) == [f"fonts/{file_of(FIRST).name}"]


def test_the_weights_that_the_pages_use_are_in_the_files():
    used = {
        int(weight)
        for sheet in (STATIC / "css").rglob("*.css")
        for weight in re.findall(r"font-weight: (\d+);", sheet.read_text())
    }
    for face in FACES:
        axis = TTFont(file_of(face))["fvar"].axes[0]
        assert axis.minValue <= min(used) <= max(used) <= axis.maxValue
