"""A sheet as it would be printed now, and the code for the patient's phone that it bears.

Where the newest code is open, that is the one. A code that was used, by a phone that is still in, did its work: its
sheet is good while nothing else on it differs, but no new sheet is printed with it.
"""

import re
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import translation

from hipcare.clinics.models import PairingCode
from programmes.handouts.content import sheet_of
from programmes.handouts.fingerprint import key_of
from programmes.handouts.layouts import Layout
from programmes.handouts.renderer.messages import Job
from programmes.handouts.sheet import Sheet
from programmes.models import Programme, Version

NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Proof:
    """A sheet as it would be printed now; ``key`` is the same as long as nothing on it differs."""

    sheet: Sheet
    code: PairingCode | None
    job: Job
    key: str


def proof_of(version: Version, code: PairingCode | None, previous: Version | None, layout: Layout) -> Proof:
    """Return what the sheet of ``version`` with ``code`` is now. Nothing of it depends on the day it is printed."""
    with translation.override(version.patient.language):
        sheet = sheet_of(version, code, previous, layout)
        job = job_of(sheet)
    return Proof(sheet, code, job, key_of(job))


def job_of(sheet: Sheet) -> Job:
    """Return what the renderer needs for ``sheet``."""
    return Job(
        markup=markup_of(sheet.layout, sheet=sheet),
        pictures=tuple(picture.file for picture in sheet.pictures),
        qr=sheet.on_phone.qr if sheet.on_phone else "",
        layout=sheet.layout.name,
        parts=sheet.layout.parts(len(sheet.exercises), len(sheet.topics)),
    )


def markup_of(layout: Layout, **said: object) -> str:
    """Return a layout's page with what it says, without the control characters that XML cannot hold."""
    return NOT_IN_XML.sub("", render_to_string(layout.template, said))


def can_pair(version: Version) -> bool:
    """Say whether a code for the patient's phone belongs on a sheet: not where the programme has ended."""
    return version.programme.status == Programme.Status.ACTIVE


def code_to_print(version: Version) -> PairingCode | None:
    """Return the patient's newest code if it is open, or brought in a phone that is still in."""
    if not can_pair(version):
        return None
    newest = PairingCode.objects.by_clinic().filter(patient=version.patient).select_related("device").first()
    return newest if newest is not None and (newest.is_open or has_its_phone(newest)) else None


def has_its_phone(code: PairingCode) -> bool:
    return code.device is not None and code.device.unpaired_at is None and not code.device.run_out
