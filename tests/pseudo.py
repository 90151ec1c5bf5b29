"""Two languages that nobody speaks, made of ours: every word longer, accented and marked; one from right to left.

What a page shows outside the marks was never in the catalogue; what grows too long shows where a page is too narrow.
"""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import django
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.utils.translation import to_locale

from tests.messages import words_in_sources

LONG, BACKWARDS = "en-xa", "ar-xb"
LANGUAGES = [("en-gb", "English"), (LONG, "Long"), (BACKWARDS, "From right to left")]
OPEN, CLOSE = "⟦⟧"
TURNED = {LONG: "{}", BACKWARDS: "\u202e{}\u202c"}
ACCENTED = str.maketrans("aceinosuyACEINOSUY", "áçéíñöšúýÁÇÉÍÑÖŠÚÝ")
KEPT = re.compile(r"%\(\w+\)[sd]|%%|<[^>]*>|&\w+;|\{\w+\}|\s+")
A_FORMAT = re.compile(r"a (date|time)\b.*")
"""The context of what is no word: how a date is written."""


def disguised(words: str, language: str = LONG) -> str:
    """Return ``words`` marked, accented and two fifths longer; what is filled in, tags and spaces stay."""
    parts = re.split(f"({KEPT.pattern})", words)
    said = "".join(
        part if n % 2 or not part else TURNED[language].format(part.translate(ACCENTED)) for n, part in enumerate(parts)
    )
    letters = sum(len(part) for part in parts[::2])
    return f"{OPEN}{said}{'~' * (2 * letters // 5)}{CLOSE}"


def catalogue(language: str) -> Catalog:
    """Return the words of the site and of Django, disguised."""
    found = Catalog(locale="en")
    with (Path(django.__file__).parent / "conf" / "locale" / "en" / "LC_MESSAGES" / "django.po").open("rb") as file:
        djangos = read_po(file)
    for message in [*djangos, *words_in_sources()]:
        if not message.id:
            continue
        as_it_is = A_FORMAT.fullmatch(message.context or "")
        many = message.id if isinstance(message.id, (tuple, list)) else [message.id]
        said = [words if as_it_is else disguised(words, language) for words in many]
        found.add(message.id, said if len(said) > 1 else said[0], context=message.context)
    return found


def write_catalogues(folder: Path) -> None:
    """Write both languages, compiled, as ``LOCALE_PATHS`` has them."""
    for language in (LONG, BACKWARDS):
        path = folder / to_locale(language) / "LC_MESSAGES" / "django.mo"
        path.parent.mkdir(parents=True)
        with path.open("wb") as file:
            write_mo(file, catalogue(language))


ATTRIBUTES = {"alt", "title", "placeholder", "aria-label", "label", "data-wait", "data-failed"}
EMPTY = {"area", "br", "col", "hr", "img", "input", "link", "meta", "wbr"}
LATIN = re.compile(r"[A-Za-zÀ-ž]{2,}")
NO_WORDS = re.compile(r"HipCare|7K3M-Q9TX-2HVD|\S+@\S+")


def unmarked(text: str) -> list[str]:
    """Return the words of ``text`` that stand outside the marks, in Latin letters."""
    outside, depth = [], 0
    for letter in text:
        depth += (letter == OPEN) - (letter == CLOSE)
        if depth == 0:
            outside.append(" " if letter == CLOSE else letter)
    return LATIN.findall(NO_WORDS.sub(" ", "".join(outside)))


class LooseWords(HTMLParser):
    """Collects what a page says outside the marks, save where it says itself that it is in another language."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language, self.found, self.text = language.lower(), [], []
        self.open: list[tuple[str, bool]] = []
        self.script = ""

    @property
    def is_foreign(self) -> bool:
        return bool(self.open) and self.open[-1][1]

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        foreign = said["lang"].lower() != self.language if "lang" in said else self.is_foreign
        if not foreign:
            shown = [said[name] for name in ATTRIBUTES & said.keys() if said[name]]
            if tag in {"button", "input"} and said.get("type") in {"submit", "button"}:
                shown.append(said.get("value") or "" if tag == "input" else "")
            self.found += [word for text in shown for word in unmarked(text)]
        if tag not in EMPTY:
            self.open.append((tag, foreign))
        self.script = said.get("type", "none") if tag == "script" else "style" if tag == "style" else ""

    def handle_endtag(self, tag):
        if tag in EMPTY:  # <br/>
            return
        self.script = ""
        while self.open:
            if self.open.pop()[0] == tag:
                break

    def handle_data(self, data):
        if self.script == "application/json":
            self.found += [word for text in texts_in(json.loads(data)) for word in unmarked(text)]
        elif not self.script and not self.is_foreign:
            self.text.append(data)


def texts_in(value):
    """Yield every text in what JSON holds."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for one in value.values() if isinstance(value, dict) else value:
            yield from texts_in(one)


def loose_words(page: str, language: str) -> list[str]:
    """Return the words of a page that were never translated."""
    reader = LooseWords(language)
    reader.feed(page)
    return [*reader.found, *unmarked("".join(reader.text))]
