"""Where the colours of a clinic's bands are written down."""

from collections import Counter
from collections.abc import Iterable

from hipcare.clinics.models import Clinic
from programmes.models import Prescription, TemplateItem, Version


def bands_in_use(clinic: Clinic) -> dict[str, list[str]]:
    """Return by colour how many programmes in use, drafts and templates of the clinic hold it, in words."""
    rows = Prescription.objects.filter(version__programme__patient__clinic=clinic).exclude(band="")
    items = TemplateItem.objects.filter(template__clinic=clinic, template__retired=False).exclude(band="")
    found = [
        ("programme", rows.filter(version__in=Version.objects.current()).values_list("band", "version")),
        ("draft", rows.filter(version__in=Version.objects.drafts()).values_list("band", "version")),
        ("template", items.values_list("band", "template")),
    ]
    words: dict[str, list[str]] = {}
    for what, held in found:
        for band, number in _counted(held):
            words.setdefault(band, []).append(f"{number} {what}{'' if number == 1 else 's'}")
    return words


def _counted(held: Iterable[tuple[str, object]]) -> list[tuple[str, int]]:
    """Return how many different things hold each colour."""
    return sorted(Counter(band for band, _holder in set(held)).items())
