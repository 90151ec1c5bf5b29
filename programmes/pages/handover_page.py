"""How a given version is handed over: a code for the phone, a sheet for the wall."""

from dataclasses import dataclass

from django.utils.text import capfirst

from hipcare.clinics.models import PairingCode, User
from hipcare.clinics.services.texts import wording_of
from programmes.handouts.layouts import Layout, layouts_for
from programmes.handouts.since import LastSheet, last_sheet
from programmes.models import Prescription, TeachBack, Version
from programmes.models.teach_back import TAUGHT, field_words
from programmes.unsigned import unsigned


@dataclass(frozen=True, slots=True)
class PaperChoice:
    """A layout that can be printed, and the sheet of it that was printed last."""

    layout: Layout
    last: LastSheet | None


@dataclass(frozen=True, slots=True)
class TaughtChoice:
    """One thing to go through before the patient leaves, with whether it is ticked."""

    name: str
    label: str
    is_ticked: bool


@dataclass(frozen=True, slots=True)
class Handover:
    """The version with its newest code, its last sheets, and what has come after it."""

    version: Version
    rows: list[Prescription]
    unsigned: list[Prescription]
    clinic_is_unsigned: bool
    code: PairingCode | None
    papers: list[PaperChoice]
    newer: Version | None
    is_over: bool
    taught: list[TaughtChoice]

    @property
    def link(self) -> str:
        return self.code.link if self.code and self.code.is_open else ""

    @property
    def qr(self) -> str:
        return self.code.square if self.code and self.link else ""


def handover_of(version: Version, user: User) -> Handover:
    clinic, rows = version.patient.clinic, list(version.prescriptions.all())
    codes = PairingCode.objects.visible_to(user).by_clinic().select_related("device").filter(patient=version.patient)
    current = Version.objects.visible_to(user).current().filter(programme__patient=version.patient).first()
    return Handover(
        version=version,
        rows=rows,
        unsigned=unsigned(clinic, rows),
        clinic_is_unsigned=wording_of(clinic).signature is None,
        code=codes.order_by("-made_at").first(),
        papers=[PaperChoice(layout, last_sheet(version, layout)) for layout in layouts_for(version.patient)],
        newer=None if current == version else current,
        is_over=current is None,
        taught=_taught(version),
    )


def _taught(version: Version) -> list[TaughtChoice]:
    kept: TeachBack | None = getattr(version, "teach_back", None)
    ticked = kept.ticked if kept else []
    names = [name for name in TAUGHT if name != "old_sheet_back" or version.number != 1]
    return [TaughtChoice(name, capfirst(field_words(name)), name in ticked) for name in names]
