"""The colours of elastic bands, lightest first, as most makers have them. A clinic writes its own list."""

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

BANDS: Final = (
    gettext_noop("yellow"),
    gettext_noop("red"),
    gettext_noop("green"),
    gettext_noop("blue"),
    gettext_noop("black"),
)
MOST_BANDS = 8
LONGEST_BAND = 20


def colour_of(band: str) -> str:
    """Return a colour in the reader's language where it is one of ours, else as the clinic wrote it."""
    return _(band) if band in BANDS else band
