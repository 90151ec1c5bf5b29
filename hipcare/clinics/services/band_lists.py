"""The clinic's list of bands: saved, and where its colours are in use."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from django.db import transaction

from hipcare.audit.models import Entry
from hipcare.audit.trail import add_to_trail
from hipcare.clinics.models import Clinic, User

BAND_USES: list[Callable[[Clinic], Mapping[str, Sequence[str]]]] = []
"""What the apps above this one know of where a colour is in use, in words by colour; each adds its own when ready."""


def where_bands_are(clinic: Clinic) -> dict[str, list[str]]:
    """Return by colour where it is in use: ``{"red": ["2 drafts", "1 template"]}``."""
    found: dict[str, list[str]] = defaultdict(list)
    for told in BAND_USES:
        for band, words in told(clinic).items():
            found[band] += words
    return dict(found)


@transaction.atomic
def save_bands(*, clinic: Clinic, by: User, bands: Sequence[str]) -> None:
    """Save the list; what was written down with a colour keeps it. The same list again writes nothing."""
    if list(bands) == clinic.bands:
        return
    clinic.bands = list(bands)
    clinic.save(update_fields=["bands"])
    add_to_trail(actor=by, action=Entry.Action.CHANGE, subject=clinic, fields=["bands"])
