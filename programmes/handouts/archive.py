"""Printing: what was handed over once is printed again byte for byte; anything else is rendered and kept.

A sheet bears a one-time code for the patient's phone. It is good to print again while that code is open, and after
it was used; where the code has run out or was replaced, the same version is rendered with the new one.
"""

import hashlib
import logging
import math
import re
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.db.models import Prefetch
from django.template.loader import render_to_string

from exercises import figures
from exercises.ahead import draw_ahead, make_ready
from hipcare.audit.models import Entry
from hipcare.audit.trail import record
from hipcare.clinics.models import PairingCode, Patient, User
from hipcare.clinics.services import make_pairing_code
from programmes.handouts.content import Sheet, look_of, sheet_of
from programmes.handouts.messages import Job
from programmes.handouts.renderer import Rendered, renderer
from programmes.models import Handout, Prescription, Programme, Version
from programmes.models.programme import VersionQuerySet

TEMPLATE = "programmes/handout/sheet.html"
EXERCISES_ON_A_PAGE = 4
log = logging.getLogger("hipcare.handouts")
NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class DamagedSheetError(Exception):
    """The archived file is not the one that was handed over."""

    def __init__(self, handout: Handout) -> None:
        super().__init__(f"The archived sheet {handout.pk} does not match its SHA-256.")


def print_handout(*, version: Version, by: User, layout: str = Handout.Layout.FULL) -> Handout:
    """Return the sheet of a given ``version``: the archived one, or a new one with an open code, archived.

    Adds one row to the audit trail. Raises ``RendererError`` when no sheet could be made and
    ``DamagedSheetError`` when the archived one is not what it was; then nothing is recorded.
    """
    version = with_everything(version)
    kept, code = kept_sheet_or_code(version=version, by=by, layout=layout)
    if kept is not None:
        return reprint_handout(handout=kept, by=by)
    sheet = sheet_of(version, code, replaced_by(version))
    make_ready(sheet.pictures)  # before the renderer's time begins
    return keep(version=version, by=by, layout=layout, code=code, rendered=renderer.render(job_of(sheet)))


def draw_for(version: Version) -> None:
    """Have the pictures of a version just given drawn meanwhile: what its sheet shows, and the patient's pages."""
    try:
        draw_ahead(_shown(with_everything(version)))
    except Exception:
        log.exception("No picture is drawn ahead")  # the programme is given all the same


def _shown(version: Version) -> list[figures.Picture]:
    """Return the pictures of a version's sheet and of the patient's pages."""
    style, rows = figures.Style(person=version.patient.person), version.prescriptions.all()
    drawn = [row for row in rows if figures.is_drawn(row.words["slug"])]
    shown = [
        figures.figure(row.words["slug"], row.picture_side, kind, style) for kind in figures.ON_PAGES for row in drawn
    ]
    return [*sheet_of(version, None, None).pictures, *shown]


@transaction.atomic
def reprint_handout(*, handout: Handout, by: User) -> Handout:
    """Return an archived sheet to print again, and say so in the audit trail. Raises ``DamagedSheetError``."""
    if hashlib.sha256(handout.pdf).hexdigest() != handout.sha256:
        raise DamagedSheetError(handout)
    patient = handout.version.programme.patient
    record(actor=by, action=Entry.Action.REPRINT, subject=handout, patient=patient)
    return handout


def with_everything(version: Version) -> Version:
    """Return a given ``version`` with all that its sheet shows, in two queries."""
    return given_versions().get(pk=version.pk)


def replaced_by(version: Version) -> Version | None:
    """Return the version before ``version``, if any."""
    earlier = given_versions().filter(programme=version.programme_id, number__lt=version.number)
    return earlier.order_by("number").last()


def given_versions() -> VersionQuerySet:
    """Return given versions with their people and rows."""
    rows = Prefetch("prescriptions", Prescription.objects.select_related("exercise"))
    return (
        Version.objects.given()
        .select_related("given_by", "programme__patient__clinic", "programme__patient__physiotherapist")
        .prefetch_related(rows)
    )


@transaction.atomic
def kept_sheet_or_code(*, version: Version, by: User, layout: str) -> tuple[Handout | None, PairingCode | None]:
    """Return the archived sheet that is still good, or else the code that a new one bears.

    The patient's row is locked, so that two clicks at once find one code between them.
    """
    patient = Patient.objects.select_for_update().get(pk=version.patient.pk)
    sheets = Handout.objects.filter(version=version, layout=layout, **looks(version)).without_bytes()
    sheets = sheets.select_related("pairing_code", "version__programme__patient")
    can_pair = version.programme.status == Programme.Status.ACTIVE
    for sheet in sheets:
        if is_still_good(sheet, can_pair=can_pair):
            return sheet, None
    if not can_pair:
        return None, None
    found = PairingCode.objects.filter(patient=patient).still_open().first()
    return None, found or make_pairing_code(patient=patient, by=by)


def looks(version: Version) -> dict[str, Any]:
    """Return how a sheet of ``version`` is drawn now; one that was drawn otherwise is not printed in its place."""
    return asdict(look_of(version))


def is_still_good(sheet: Handout, *, can_pair: bool) -> bool:
    """Say whether the sheet's code is open or did its work, or no code could be made now either."""
    code = sheet.pairing_code
    return not can_pair if code is None else (code.is_open or code.used_at is not None)


def job_of(sheet: Sheet) -> Job:
    """Return what the renderer needs for ``sheet``, without the control characters that XML cannot hold."""
    markup = NOT_IN_XML.sub("", render_to_string(TEMPLATE, {"sheet": sheet}))
    return Job(
        markup=markup,
        pictures=tuple(picture.file for picture in sheet.pictures),
        qr=sheet.on_phone.qr if sheet.on_phone else "",
        back_pages=math.ceil(len(sheet.exercises) / EXERCISES_ON_A_PAGE),
    )


@transaction.atomic
def keep(*, version: Version, by: User, layout: str, code: PairingCode | None, rendered: Rendered) -> Handout:
    """Archive a rendered sheet, unless another click has just archived its twin; then return that one."""
    patient = Patient.objects.select_for_update().get(pk=version.patient.pk)
    same = Handout.objects.filter(version=version, layout=layout, pairing_code=code, **looks(version))
    twin = same.select_related("version__programme__patient").first()
    if twin is not None:
        return reprint_handout(handout=twin, by=by)
    handout = Handout.objects.create(
        version=version,
        layout=layout,
        pairing_code=code,
        printed_by=by,
        pages=rendered.pages,
        **looks(version),
        sha256=hashlib.sha256(rendered.pdf).hexdigest(),
        pdf=rendered.pdf,
    )
    record(actor=by, action=Entry.Action.PRINT, subject=handout, patient=patient)
    return handout
