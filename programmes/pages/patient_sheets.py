"""What a patient's page shows of the sheets that were handed out, and why one is not the one to hand out now."""

from dataclasses import dataclass

from django.db.models import prefetch_related_objects

from hipcare.clinics.models import PairingCode, Patient
from programmes.handouts.content import sheet_of
from programmes.handouts.layouts import LAYOUTS
from programmes.handouts.since import changed_since, code_marks
from programmes.models import Handout, Version
from programmes.models.handout import HandoutQuerySet
from programmes.models.version import LoadedVersions
from programmes.wording.sheet_marks import out_of_use


@dataclass(frozen=True, slots=True)
class HandedOutSheet:
    """One sheet handed out, with why it is not the one to hand out now, if it is not, and what would differ on it."""

    handout: Handout
    is_current: bool
    marks: list[str]
    changed: list[str]

    @property
    def layout(self) -> str:
        """Which layout it is in, in words."""
        return str(LAYOUTS[self.handout.layout].label)


def handouts_of(patient: Patient) -> HandoutQuerySet:
    sheets = Handout.objects.without_bytes().filter(version__programme__patient=patient)
    return sheets.select_related("version", "printed_by", "pairing_code")


def sheets_of(patient: Patient, versions: LoadedVersions) -> list[HandedOutSheet]:
    current = versions.current
    newest = PairingCode.objects.by_clinic().filter(patient=patient).first() if current else None
    asked_by_each = [
        "texts",
        "text_signatures",
        "precaution_lists",
        *(["signatures"] if patient.clinic.is_demo else []),
    ]
    prefetch_related_objects([patient.clinic], *asked_by_each)  # once, for whichever sheets there are
    handouts = list(handouts_of(patient))
    printed = {(handout.version_id, handout.layout) for handout in handouts}
    now = {
        (version.pk, name): sheet_of(version, None, versions.before(version), layout)
        for version in versions
        for name, layout in LAYOUTS.items()
        if (version.pk, name) in printed
    }
    found = []
    for handout in handouts:
        is_current = current is not None and handout.version_id == current.pk
        marks = [] if is_current else [why_not_current(handout.version, current)]
        changed = changed_since(handout, now[handout.version_id, handout.layout])
        found.append(HandedOutSheet(handout, is_current, [*marks, *code_marks(handout.pairing_code, newest)], changed))
    return found


def why_not_current(version: Version, current: Version | None) -> str:
    is_followed = current is not None and current.programme_id == version.programme_id
    return out_of_use(current.number if current and is_followed else None)
