"""Pairing a patient's phone: make a one-time code, find the code somebody brings, open a device, take one away."""

import datetime as dt
import hmac
import uuid
from enum import Enum, auto

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from hipcare.audit.models import Entry
from hipcare.audit.trail import add_to_trail
from hipcare.clinics import codes
from hipcare.clinics.models import Device, PairingCode, PairingTry, Patient, User
from hipcare.clinics.models.pairing import CODE_LIFE, WRONG_TRIES, PairingCodeQuerySet

MOST_DEVICES = 3
LOCATOR_ATTEMPTS = 20


class Refusal(Enum):
    """Why a code opens nothing."""

    SLIP = auto()  # its check character is not right: no try
    UNKNOWN = auto()
    SHUT = auto()  # typed wrong too often; the square still opens a phone
    USED = auto()
    REPLACED = auto()  # by a newer one, or withdrawn with the account
    EXPIRED = auto()


class CodeRefusedError(Exception):
    """A code that opens nothing. ``code`` is the row when the whole secret was right; ``left`` are tries left."""

    def __init__(self, why: Refusal, code: PairingCode | None = None, *, left: int | None = None) -> None:
        super().__init__(f"This code opens nothing: {why.name.lower()}.")
        self.why = why
        self.code = code
        self.left = left


@transaction.atomic
def make_pairing_code(*, patient: Patient, by: User, at: dt.datetime | None = None) -> PairingCode:
    """Make the patient's one open code ``at`` a moment, else now; older ones stop working.

    It writes no audit row: the caller records what the code was made for (given, printed, changed).
    """
    Patient.objects.select_for_update().get(pk=patient.pk)
    at = at or timezone.now()
    close_codes(patient=patient, at=at)
    for _ in range(LOCATOR_ATTEMPTS):
        row = uuid.uuid4()
        try:
            with transaction.atomic():
                return PairingCode.objects.create(
                    pk=row,
                    patient=patient,
                    locator=codes.new_locator(),
                    token_hash=codes.token_hash(codes.token_of(row)),
                    made_by=by,
                    made_at=at,
                    expires_at=at + CODE_LIFE,
                )
        except IntegrityError:
            continue  # another open code has this locator
    raise RuntimeError("No free locator for a pairing code.")


def close_codes(*, patient: Patient, at: dt.datetime | None = None) -> int:
    """Make the patient's unused codes stop working. Return how many there were."""
    unused = PairingCode.objects.filter(patient=patient, used_at=None, closed_at=None)
    return unused.update(closed_at=at or timezone.now())


def find_code(*, token: str = "", typed: str = "") -> PairingCode:
    """Return the open code that a QR token or typed code stands for.

    Raises ``CodeRefusedError``. Only who brings the whole secret is told that a code is used, replaced or expired; a
    wrong one is answered alike whether its locator names a code or not. Nobody is refused for what others on the same
    network have tried: what stops guessing is that each code takes few tries. Not to be called inside a transaction:
    a wrong try must be kept whatever comes after.
    """
    code = _code_for_token(token) if token else _code_for_typed(codes.normalised(typed))
    if why := _closed_because(code):
        raise CodeRefusedError(why, code)
    return code


def _closed_because(code: PairingCode) -> Refusal | None:
    """Return why a code that somebody has the whole secret of opens nothing, or None."""
    if code.used_at:
        return Refusal.USED
    if code.closed_at or not code.patient.user.is_active:
        return Refusal.REPLACED
    return Refusal.EXPIRED if code.is_expired else None


def _code_for_token(token: str) -> PairingCode:
    code = _with_people().filter(token_hash=codes.token_hash(token.strip().upper())).first()
    if code is None:
        raise CodeRefusedError(Refusal.UNKNOWN)
    return code


def _code_for_typed(plain: str) -> PairingCode:
    """Return the code that was typed, whatever its state; a wrong secret counts against the open code it names."""
    is_slip = codes.is_slip(plain)
    named = _with_people().filter(locator=plain[: codes.LOCATOR_LENGTH])
    rows = [row for row in named if not (is_slip and row.has_check)]
    if is_slip and not rows:
        raise CodeRefusedError(Refusal.SLIP)
    for row in rows:
        if _opens(row, plain):
            return row
    left = _tries_left(plain[: codes.LOCATOR_LENGTH])
    raise CodeRefusedError(Refusal.UNKNOWN if left else Refusal.SHUT, left=left)


def _with_people() -> PairingCodeQuerySet:
    return PairingCode.objects.select_related("patient__clinic", "patient__physiotherapist", "patient__user")


def _opens(code: PairingCode, plain: str) -> bool:
    """Say whether ``plain`` is the code, typed. The try is counted before it is compared, so that guesses
    sent side by side cannot outrun the count, and taken back when it was right.
    """
    unspent = PairingCode.objects.unspent().filter(pk=code.pk)
    if code.used_at is None and code.closed_at is None:
        counted = unspent.filter(wrong_tries__lt=WRONG_TRIES).update(wrong_tries=F("wrong_tries") + 1)
        if not counted:
            return False
    right = hmac.compare_digest(plain.encode(), code.typed_plainly.encode())
    if right:
        unspent.filter(wrong_tries__gt=0).update(wrong_tries=F("wrong_tries") - 1)
    return right


def _tries_left(locator: str) -> int:
    """Return how many tries are left after a wrong one; where ``locator`` names no open code, as if it did."""
    if code := PairingCode.objects.unspent().filter(locator=locator).first():
        return WRONG_TRIES - code.wrong_tries
    name, since = codes.locator_hash(locator), timezone.now() - CODE_LIFE
    PairingTry.objects.filter(at__lte=since).delete()
    tried = PairingTry.objects.filter(locator=name).count()
    if tried < WRONG_TRIES:
        PairingTry.objects.create(locator=name)
    return max(WRONG_TRIES - tried - 1, 0)


def open_code(pk: str | None) -> PairingCode | None:
    """Return the code ``pk`` that a browser was shown, if it would still pair a device."""
    return _with_people().open_by_scan().filter(pk=pk, patient__user__is_active=True).first() if pk else None


@transaction.atomic
def pair(*, code: PairingCode, session_key: str, device_name: str, instead_of: str | None = None) -> Device:
    """Open a device for the code's patient and use the code up.

    ``session_key`` is the signed-in session of the device, ``instead_of`` the one that this browser had before:
    a device of it, this patient's or another's, is given up. Raises ``CodeRefusedError`` when the code is no
    longer open: of two phones that say yes at the same moment only one gets in.
    """
    patient = Patient.objects.select_for_update().select_related("user").get(pk=code.patient_id)
    if not PairingCode.objects.open_by_scan().filter(pk=code.pk).update(used_at=timezone.now()):
        raise CodeRefusedError(Refusal.USED, code)
    device = Device.objects.create(patient=patient, name=device_name, session_key=session_key)
    PairingCode.objects.filter(pk=code.pk).update(device=device)
    add_to_trail(actor=patient.user, action=Entry.Action.PAIR, subject=device, patient=patient)
    for given_up in Device.objects.active().filter(session_key=instead_of).exclude(session_key=session_key):
        unpair(device=given_up, by=given_up.patient.user)
    for oldest in Device.objects.active().filter(patient=patient).order_by("-paired_at", "pk")[MOST_DEVICES:]:
        unpair(device=oldest, by=patient.user)
    return device


@transaction.atomic
def unpair(*, device: Device, by: User) -> None:
    """Sign a device out: its next request is nobody's. Doing it twice changes nothing."""
    if Device.objects.active().filter(pk=device.pk).update(unpaired_at=timezone.now()):
        add_to_trail(actor=by, action=Entry.Action.UNPAIR, subject=device, patient=device.patient)
