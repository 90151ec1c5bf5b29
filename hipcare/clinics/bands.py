"""The colours of elastic bands, lightest first, as most makers have them. A clinic writes its own list. Pure."""

from collections.abc import Sequence
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


def as_listed(band: str, bands: Sequence[str]) -> str:
    """Return ``band`` as a list or ours spells it: "Red" is "red"; one that neither knows as it was typed."""
    known = {one.casefold(): one for one in [*BANDS, *bands]}
    return known.get(band.casefold(), band)


def moved(bands: Sequence[str], band: str, place: int) -> list[str]:
    """Return the list with ``band`` at a place, from 0, or at the end that is nearest to it."""
    rest = [one for one in bands if one != band]
    if len(rest) < len(bands):
        rest.insert(max(place, 0), band)
    return rest
