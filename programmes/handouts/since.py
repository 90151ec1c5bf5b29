"""What has changed since a sheet was handed over, told to whoever is about to print it again. Reads only."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from hipcare.clinics.models import PairingCode
from programmes.handouts.archive import archived
from programmes.handouts.content import phone_box
from programmes.handouts.fingerprint import changed_parts, parts_of
from programmes.handouts.layouts import FULL, Layout
from programmes.handouts.proof import can_pair, code_to_print, proof_of
from programmes.handouts.sheet import Sheet
from programmes.handouts.versions import version_before
from programmes.models import Handout, Version
from programmes.wording.sheet_marks import NOT_KNOWN, code_is_spent, newer_code


@dataclass(frozen=True, slots=True)
class LastSheet:
    """A version's sheet that was printed last: whether it would be printed the same now, and what would not."""

    handout: Handout
    is_current: bool
    changed: list[str]


def last_sheet(version: Version, layout: Layout = FULL) -> LastSheet | None:
    """Return the sheet that *Print* would use again, or else the newest; None if there is none.

    ``version`` comes with everything (``versions``).
    """
    sheets = Handout.objects.without_bytes().filter(version=version, layout=layout.name)
    newest = sheets.select_related("pairing_code", "printed_by").first()
    if newest is None:
        return None
    code = code_to_print(version)
    proof = proof_of(version, code, version_before(version), layout)
    makes_a_code = code is None and can_pair(version)
    if not makes_a_code and (same := archived(version, proof)):
        return LastSheet(same, is_current=True, changed=[])
    since = [*changed_since(newest, proof.sheet), *code_marks(newest.pairing_code, code)]
    return LastSheet(newest, is_current=False, changed=since)


def changed_since(handout: Handout, now: Sheet) -> list[str]:
    """Return which parts of an archived sheet would be printed otherwise now, its code aside."""
    if not handout.printed_parts:
        return [str(NOT_KNOWN)]
    return changed_parts(handout.printed_parts, parts_of(replace(now, on_phone=phone_box(handout.pairing_code))))


def code_marks(code: PairingCode | None, newest: PairingCode | None) -> Iterator[str]:
    """Yield what became of the code on a sheet; nothing of one that would still pair a phone."""
    if code is not None and not code.is_open:
        yield code_is_spent(code.used_at)
    if newest is not None and newest.is_open and newest != code:
        yield newer_code(newest.made_at)
