"""Pairing a patient's phone: make a one-time code, find the code somebody brings, open a device, take one away."""

import datetime as dt
import hmac
import uuid
from enum import Enum, auto
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from hipcare.audit.models import Entry
from hipcare.audit.trail import add_to_trail
from hipcare.clinics import codes
from hipcare.clinics.models import Device, Helper, PairingCode, PairingTry, Patient, User
from hipcare.clinics.models.device import DeviceQuerySet
from hipcare.clinics.models.pairing import (
    CODE_LIFE,
    HELPER_CODE_LIFE,
    OTHER_CODES_TYPED_AT_ONCE,
    OWN_CODE_LIFE,
    WRONG_TRIES,
    PairingCodeQuerySet,
)

MOST_DEVICES = 3  # of one patient, and of each helper
MOST_PEOPLE = 3  # on one phone
LOCATOR_ATTEMPTS = 20
MadeBy = PairingCode.MadeBy


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


class TooManyDevicesError(Exception):
    """The patient has as many phones as there can be: one is to be taken off first."""


class TooManyPeopleError(Exception):
    """The phone is that of as many people as can share one."""


@transaction.atomic
def make_pairing_code(*, patient: Patient, by: User, at: dt.datetime | None = None) -> PairingCode:
    """Make the clinic's one open code for a patient ``at`` a moment, else now; older ones of it stop working.

    It writes no audit row: the caller records what the code was made for (given, printed, changed).
    """
    Patient.objects.select_for_update().get(pk=patient.pk)
    at = at or timezone.now()
    close_codes(patient=patient, at=at)
    return _new_code(patient=patient, made_by=by, made_at=at, expires_at=at + CODE_LIFE)


@transaction.atomic
def make_own_code(*, patient: Patient) -> PairingCode:
    """Make a code with which the patient's own next phone gets in, for ten minutes; the clinic's stays as it is.

    While very many are open it is for scanning alone. Raises ``TooManyDevicesError``.
    """
    Patient.objects.select_for_update().get(pk=patient.pk)
    if own_devices(patient).count() >= MOST_DEVICES:
        raise TooManyDevicesError
    return _code_beside_the_clinics(patient, patient.user, OWN_CODE_LIFE, kind=MadeBy.OWN)


@transaction.atomic
def make_helper_code(*, helper: Helper, by: User) -> PairingCode:
    """Make the one open code of a helper, for a day. Raises ``Helper.DoesNotExist`` for one who was taken away."""
    patient = Patient.objects.select_for_update().get(pk=helper.patient_id)
    helper = Helper.objects.active().get(pk=helper.pk)
    return _code_beside_the_clinics(patient, by, HELPER_CODE_LIFE, kind=MadeBy.HELPER, helper=helper)


def _code_beside_the_clinics(patient: Patient, by: User, life: dt.timedelta, **whose: Any) -> PairingCode:
    now = timezone.now()
    close_codes(patient=patient, at=now, **whose)
    at_once = PairingCode.objects.open_by_scan().exclude(kind=MadeBy.CLINIC).count()
    tries = 0 if at_once < OTHER_CODES_TYPED_AT_ONCE else WRONG_TRIES
    code = _new_code(patient=patient, made_by=by, made_at=now, expires_at=now + life, wrong_tries=tries, **whose)
    add_to_trail(actor=by, action=Entry.Action.CHANGE, subject=code, patient=patient)
    return code


def _new_code(**fields: Any) -> PairingCode:
    for _ in range(LOCATOR_ATTEMPTS):
        row = uuid.uuid4()
        try:
            with transaction.atomic():
                return PairingCode.objects.create(
                    pk=row,
                    locator=codes.new_locator(),
                    token_hash=codes.token_hash(codes.token_of(row)),
                    **fields,
                )
        except IntegrityError:
            continue  # another open code has this locator
    raise RuntimeError("No free locator for a pairing code.")


def close_codes(
    *, patient: Patient, at: dt.datetime | None = None, kind: str = MadeBy.CLINIC, helper: Helper | None = None
) -> int:
    """Make the patient's unused codes of a kind, or of one helper, stop working. Return how many there were."""
    unused = PairingCode.objects.unspent().filter(patient=patient, kind=kind, helper=helper)
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
    people = ("patient__clinic", "patient__physiotherapist", "patient__user", "helper")
    return PairingCode.objects.select_related(*people)


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


def own_devices(patient: Patient, helper: Helper | None = None) -> DeviceQuerySet:
    """Return the patient's phones that are let in, or those of one helper of theirs."""
    return Device.objects.live().filter(patient=patient, helper=helper)


@transaction.atomic
def pair(*, code: PairingCode, session_key: str, device_name: str, take_off: Device | None = None) -> Device:
    """Let the code's patient, or helper, in on the browser of ``session_key`` beside whoever else is; use the code up.

    ``take_off`` is the phone of theirs that goes instead where there are as many as there can be; else nothing is
    taken from anybody. Raises ``TooManyDevicesError``, ``TooManyPeopleError``, and ``CodeRefusedError`` when the code
    is no longer open: of two phones that say yes at the same moment only one gets in.
    """
    patient = Patient.objects.select_for_update(of=("self",)).select_related("user").get(pk=code.patient_id)
    if not PairingCode.objects.open_by_scan().filter(pk=code.pk).update(used_at=timezone.now()):
        raise CodeRefusedError(Refusal.USED, code)
    helper, here = code.helper, Device.objects.active().filter(session_key=session_key)
    by = helper or patient.user
    for before in here.filter(patient=patient, helper=helper):
        unpair(device=before, by=by)
    if take_off is not None and (take_off.patient_id, take_off.helper_id) == (patient.pk, code.helper_id):
        unpair(device=take_off, by=by)
    if own_devices(patient, helper).count() >= MOST_DEVICES:
        raise TooManyDevicesError
    if here.live().count() >= MOST_PEOPLE:
        raise TooManyPeopleError
    device = Device.objects.create(patient=patient, helper=helper, name=device_name, session_key=session_key)
    PairingCode.objects.filter(pk=code.pk).update(device=device)
    add_to_trail(actor=by, action=Entry.Action.PAIR, subject=device, patient=patient)
    return device


def move_devices(*, before: str, to: str) -> None:
    """Take everybody of a browser along when the key of its session changes."""
    Device.objects.filter(session_key=before).update(session_key=to)


@transaction.atomic
def unpair(*, device: Device, by: User | Helper) -> None:
    """Sign a device out: its next request is nobody's. Others on the same browser stay. Twice changes nothing."""
    if Device.objects.active().filter(pk=device.pk).update(unpaired_at=timezone.now()):
        add_to_trail(actor=by, action=Entry.Action.UNPAIR, subject=device, patient=device.patient)
