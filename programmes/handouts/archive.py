"""Printing, and printing again.

*Print* is the newest truth: an archived sheet is used again only if everything on it would be printed the same now.
*Print again* is byte for byte what was handed over, and says what has changed since.

A sheet bears a one-time code for the patient's phone. Where the newest code is open, that is the one. A code that was
used, by a phone that is still in, did its work: its sheet is good while nothing else on it differs, but no new sheet
is printed with it. Otherwise a code is made.
"""

import hashlib
import logging
import math
import re
from dataclasses import asdict, dataclass

from django.db import transaction
from django.db.models import Prefetch
from django.template.loader import render_to_string

from exercises import figures
from exercises.ahead import draw_ahead, make_ready
from hipcare.audit.models import Entry
from hipcare.audit.trail import add_to_trail
from hipcare.clinics.models import PairingCode, Patient, User
from hipcare.clinics.services.devices import make_pairing_code
from programmes.handouts.content import Sheet, look_of, sheet_of
from programmes.handouts.printed import key_of, parts_of
from programmes.handouts.renderer.messages import Job, Rendered
from programmes.handouts.renderer.pool import renderer
from programmes.models import Handout, Prescription, Programme, Version
from programmes.models.version import VersionQuerySet

TEMPLATE = "layouts/full.html"
EXERCISES_ON_A_PAGE = 4
CLINIC = "programme__patient__clinic"
log = logging.getLogger("hipcare.handouts")
NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class DamagedSheetError(Exception):
    """The archived file is not the one that was handed over."""

    def __init__(self, handout: Handout) -> None:
        super().__init__(f"The archived sheet {handout.pk} does not match its SHA-256.")


def print_handout(*, version: Version, by: User, layout: str = Handout.Layout.FULL) -> Handout:
    """Return the sheet of a given ``version`` as it is now: the archived one if nothing on it differs, or a new one.

    Adds one row to the audit trail. Raises ``RendererError`` when no sheet could be made and
    ``DamagedSheetError`` when the archived one is not what it was; then nothing is recorded.
    """
    version = with_everything(version)
    kept, proof = kept_sheet_and_proof(version=version, by=by, layout=layout)
    if kept is not None:
        return reprint_handout(handout=kept, by=by)
    make_ready(proof.sheet.pictures)  # before the renderer's time begins
    return keep(version=version, by=by, proof=proof, rendered=renderer.render(proof.job))


def draw_for(version: Version) -> None:
    """Have the pictures of a version just given drawn meanwhile: what its sheet shows, and the patient's pages."""
    try:
        draw_ahead(_shown(with_everything(version)))
    except Exception:
        log.exception("No picture is drawn ahead")  # the programme is given all the same


def _shown(version: Version) -> list[figures.FigureFile]:
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
    add_to_trail(actor=by, action=Entry.Action.REPRINT, subject=handout, patient=patient)
    return handout


def with_everything(version: Version) -> Version:
    """Return a given ``version`` with all that its sheet shows."""
    return given_versions().get(pk=version.pk)


def version_before(version: Version) -> Version | None:
    """Return the version before ``version`` with all that its sheet shows."""
    return given_versions().before(version).first()


def given_versions() -> VersionQuerySet:
    """Return given versions with their people, their rows and what their clinics say."""
    rows = Prefetch("prescriptions", Prescription.objects.select_related("exercise"))
    return (
        Version.objects.given()
        .select_related("given_by", CLINIC, "programme__patient__physiotherapist")
        .prefetch_related(rows, *(f"{CLINIC}__{told}" for told in ("texts", "text_signatures", "precaution_lists")))
    )


@dataclass(frozen=True, slots=True)
class Proof:
    """A sheet as it would be printed now; ``key`` is the same as long as nothing on it differs."""

    sheet: Sheet
    code: PairingCode | None
    layout: str
    job: Job
    key: str


def proof_of(version: Version, code: PairingCode | None, previous: Version | None, layout: str) -> Proof:
    """Return what the sheet of ``version`` with ``code`` is now. Nothing of it depends on the day it is printed."""
    sheet = sheet_of(version, code, previous)
    job = job_of(sheet)
    return Proof(sheet, code, layout, job, key_of(job, layout))


@transaction.atomic
def kept_sheet_and_proof(*, version: Version, by: User, layout: str) -> tuple[Handout | None, Proof]:
    """Return what is to be printed, and the archived sheet that is the same, if there is one.

    The patient's row is locked, so that two clicks at once find one code between them.
    """
    patient = Patient.objects.select_for_update().get(pk=version.patient.pk)
    previous = version_before(version)
    code = code_to_print(version)
    if code is None and can_pair(version):
        code = make_pairing_code(patient=patient, by=by)
    proof = proof_of(version, code, previous, layout)
    kept = archived(version, proof)
    if kept is None and code is not None and not code.is_open:
        proof = proof_of(version, make_pairing_code(patient=patient, by=by), previous, layout)
    return kept, proof


def can_pair(version: Version) -> bool:
    """Say whether a code for the patient's phone belongs on a sheet: not where the programme has ended."""
    return version.programme.status == Programme.Status.ACTIVE


def code_to_print(version: Version) -> PairingCode | None:
    """Return the patient's newest code if it is open, or brought in a phone that is still in."""
    if not can_pair(version):
        return None
    newest = PairingCode.objects.filter(patient=version.patient).select_related("device").first()
    return newest if newest is not None and (newest.is_open or has_its_phone(newest)) else None


def has_its_phone(code: PairingCode) -> bool:
    """Say whether the phone that ``code`` brought in is still in."""
    return code.device is not None and code.device.unpaired_at is None


def archived(version: Version, proof: Proof) -> Handout | None:
    """Return the archived sheet that says and shows exactly what ``proof`` does."""
    same = Handout.objects.filter(version=version, layout=proof.layout, printed_key=proof.key)
    return same.select_related("pairing_code", "printed_by", "version__programme__patient").first()


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
def keep(*, version: Version, by: User, proof: Proof, rendered: Rendered) -> Handout:
    """Archive a rendered sheet, unless another click has just archived its twin; then return that one."""
    patient = Patient.objects.select_for_update().get(pk=version.patient.pk)
    twin = archived(version, proof)
    if twin is not None:
        return reprint_handout(handout=twin, by=by)
    handout = Handout.objects.create(
        version=version,
        layout=proof.layout,
        pairing_code=proof.code,
        printed_by=by,
        printed_key=proof.key,
        printed_parts=parts_of(proof.sheet),
        pages=rendered.pages,
        **asdict(look_of(version)),
        sha256=hashlib.sha256(rendered.pdf).hexdigest(),
        pdf=rendered.pdf,
    )
    add_to_trail(actor=by, action=Entry.Action.PRINT, subject=handout, patient=patient)
    return handout
