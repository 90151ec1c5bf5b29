"""The catalogues of words: taken from the sources, merged into each language's file, compiled. No gettext program.

``make messages`` writes; ``make check`` asks whether everything is written. A new language: docs/translating.md.
"""

import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages import extract
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation import templatize

ROOT = Path(__file__).resolve().parents[1]
LOCALE = ROOT / "hipcare" / "locale"
SOURCES = ("hipcare", "exercises", "programmes")
KEYWORDS: dict[str, Any] = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
NOTES = ("Translators:",)


def sources() -> Iterator[tuple[str, str]]:
    """Yield the path of everything that may hold words to translate, and its text as Python."""
    for folder in SOURCES:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield str(path.relative_to(ROOT)), path.read_text()
    for path in sorted([*(ROOT / "templates").rglob("*.html"), *(ROOT / "programmes").rglob("*.html")]):
        yield str(path.relative_to(ROOT)), as_python(path.read_text())


def as_python(template: str) -> str:
    """Return the words of a template as calls of gettext, at the left margin, where Python's own grammar reads them."""
    return "\n".join(line.lstrip() for line in templatize(template).splitlines())


def words_in_sources() -> Catalog:
    """Return every message of the site, with the files it stands in."""
    catalog = Catalog(project="HipCare", charset="utf-8")
    for path, text in sources():
        found = extract.extract("python", io.BytesIO(text.encode()), KEYWORDS, NOTES, {"encoding": "utf-8"})
        for _line, message, notes, context in found:
            flags = {"python-format"} if "%(" in str(message) else set()
            catalog.add(message, locations=[(path, 0)], auto_comments=notes, context=context, flags=flags)
    return catalog


def merged(kept: Path, found: Catalog) -> Catalog:
    """Return the catalogue of one language with the words that the sources hold now; nothing is guessed."""
    language = kept.parts[-3]
    with kept.open("rb") as file:
        catalog = read_po(file, locale=language)
    catalog.update(found, no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    return catalog


def is_translated(message: Message) -> bool:
    """Say whether a message has its words, and each of its plurals too."""
    return bool(message.string and all(message.string))


def files_of(kept: Path, catalog: Catalog) -> dict[Path, bytes]:
    """Return what the two files of a language are to hold: to be read by people, and by the site."""
    words, compiled = io.BytesIO(), io.BytesIO()
    write_po(words, catalog, width=120, include_lineno=False, sort_output=True, ignore_obsolete=True)
    for message in catalog:
        if message.id and not is_translated(message):
            message.string = ""  # or an empty plural would be printed instead of the English one
    write_mo(compiled, catalog)
    return {kept: words.getvalue(), kept.with_suffix(".mo"): compiled.getvalue()}


def wanted() -> dict[Path, bytes]:
    """Return what every catalogue is to hold."""
    found = words_in_sources()
    return {
        path: text
        for kept in sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))
        for path, text in files_of(kept, merged(kept, found)).items()
    }


def stale() -> list[Path]:
    """Return the catalogues that do not hold what they are to."""
    return [path for path, text in wanted().items() if not path.exists() or path.read_bytes() != text]


def start(locale: str) -> None:
    """Begin a language: "cy", "pt_BR"."""
    kept = LOCALE / locale / "LC_MESSAGES" / "django.po"
    kept.parent.mkdir(parents=True)
    with kept.open("wb") as file:
        write_po(file, Catalog(locale=locale, project="HipCare", charset="utf-8"))


def write() -> None:
    """Write every catalogue, and say how much of each is translated."""
    for path, text in wanted().items():
        path.write_bytes(text)
    for kept in sorted(LOCALE.glob("*/LC_MESSAGES/django.po")):
        with kept.open("rb") as file:
            messages = [message for message in read_po(file) if message.id]
        done = sum(map(is_translated, messages))
        print(f"{kept.parts[-3]}: {done} of {len(messages)}")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["start", locale]:
            start(locale)
            write()
        case ["write"]:
            write()
        case _ if stale():
            raise SystemExit(f"Not as the sources have it: {', '.join(map(str, stale()))}. Run: make messages")
