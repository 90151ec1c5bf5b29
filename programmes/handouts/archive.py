"""Printing, and printing again.

*Print* is the newest truth: an archived sheet is used again only if everything on it would be printed the same now;
its code for the patient's phone too (``proof``), and where there is none to print, one is made.
*Print again* is byte for byte what was handed over, and says what has changed since.
"""

import hashlib
from dataclasses import asdict

from django.db import transaction

from exercises.ahead import make_ready
from hipcare.audit.models import Entry
from hipcare.audit.trail import add_to_trail
from hipcare.clinics.models import Patient, User
from hipcare.clinics.services.devices import make_pairing_code
from programmes.handouts.content import look_of
from programmes.handouts.fingerprint import parts_of
from programmes.handouts.layouts import FULL, Layout
from programmes.handouts.proof import Proof, can_pair, code_to_print, proof_of
from programmes.handouts.renderer.messages import Rendered
from programmes.handouts.renderer.pool import renderer
from programmes.handouts.versions import version_before, with_everything
from programmes.models import Handout, Version


class DamagedSheetError(Exception):
    """The archived file is not the one that was handed over."""

    def __init__(self, handout: Handout) -> None:
        super().__init__(f"The archived sheet {handout.pk} does not match its SHA-256.")


def print_handout(*, version: Version, by: User, layout: Layout = FULL) -> Handout:
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


def is_intact(handout: Handout) -> bool:
    """Say whether the archived file is still the one that was handed over."""
    return hashlib.sha256(handout.pdf).hexdigest() == handout.sha256


@transaction.atomic
def reprint_handout(*, handout: Handout, by: User) -> Handout:
    """Return an archived sheet to print again, and say so in the audit trail. Raises ``DamagedSheetError``."""
    if not is_intact(handout):
        raise DamagedSheetError(handout)
    patient = handout.version.programme.patient
    add_to_trail(actor=by, action=Entry.Action.REPRINT, subject=handout, patient=patient)
    return handout


@transaction.atomic
def kept_sheet_and_proof(*, version: Version, by: User, layout: Layout) -> tuple[Handout | None, Proof]:
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


def archived(version: Version, proof: Proof) -> Handout | None:
    same = Handout.objects.filter(version=version, layout=proof.sheet.layout.name, printed_key=proof.key)
    return same.select_related("pairing_code", "printed_by", "version__programme__patient").first()


@transaction.atomic
def keep(*, version: Version, by: User, proof: Proof, rendered: Rendered) -> Handout:
    """Archive a rendered sheet, unless another click has just archived its twin; then return that one."""
    patient = Patient.objects.select_for_update().get(pk=version.patient.pk)
    twin = archived(version, proof)
    if twin is not None:
        return reprint_handout(handout=twin, by=by)
    handout = Handout.objects.create(
        version=version,
        layout=proof.sheet.layout.name,
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
