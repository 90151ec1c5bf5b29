"""The languages that patients can read the site in: English, and each that has a catalogue in ``hipcare/locale``.

Pure enough for the settings: nothing here needs them.
"""

from pathlib import Path

from django.conf.locale import LANG_INFO
from django.utils.translation import to_language

LOCALE_DIR = Path(__file__).parent / "locale"
ENGLISH = "en-gb"


def languages_in(folder: Path) -> list[tuple[str, str]]:
    """Return English, and the languages with a compiled catalogue in ``folder``: code and own name."""
    found = sorted(to_language(path.parts[-3]) for path in folder.glob("*/LC_MESSAGES/django.mo"))
    return [(ENGLISH, "English"), *((code, own_name(code)) for code in found)]


def _known(code: str) -> dict[str, object]:
    known: dict[str, object] = LANG_INFO.get(code) or LANG_INFO.get(code.partition("-")[0], {})
    return known


def own_name(code: str) -> str:
    return str(_known(code).get("name_local", code)).capitalize()


def runs_from_right_to_left(code: str) -> bool:
    return bool(_known(code).get("bidi", False))


def tag_of(code: str) -> str:
    """Return a language as a page's ``lang`` says it: "en-GB"."""
    language, _, region = code.partition("-")
    return f"{language}-{region.upper()}" if region else language
