"""Pairing a patient's phone: make a one-time code, find the code somebody brings, open a device, take one away."""

import datetime as dt
import hmac
import uuid

from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from hipcare.audit.models import Entry
from hipcare.audit.trail import add_to_trail
from hipcare.clinics import codes
from hipcare.clinics.models import Device, PairingCode, PairingTry, Patient, User
from hipcare.clinics.models.pairing import CODE_LIFE, WRONG_TRIES, PairingCodeQuerySet

MOST_DEVICES = 3
TRIES_AN_HOUR = 10
HOUR = dt.timedelta(hours=1)
LOCATOR_ATTEMPTS = 20


class CodeRefusedError(Exception):
    """A code that opens nothing. ``code`` is the row when the whole secret was right, else None."""

    def __init__(self, code: PairingCode | None = None) -> None:
        super().__init__("This code opens nothing.")
        self.code = code


class TooManyTriesError(CodeRefusedError):
    """A typed code that was not even looked at: its network has tried too often."""


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


def code_for_token(token: str) -> PairingCode | None:
    return _with_people().filter(token_hash=codes.token_hash(token.strip().upper())).first()


def code_for_typed(typed: str) -> PairingCode | None:
    """Return the code that was typed, whatever its state; a wrong secret counts against the open code it names."""
    plain = codes.normalised(typed)
    locator, secret = plain[: codes.LOCATOR_LENGTH], plain[codes.LOCATOR_LENGTH :]
    return next((code for code in _with_people().filter(locator=locator) if _opens(code, secret)), None)


def _with_people() -> PairingCodeQuerySet:
    return PairingCode.objects.select_related("patient__clinic", "patient__physiotherapist", "patient__user")


def _opens(code: PairingCode, secret: str) -> bool:
    """Say whether ``secret`` is the code's. The try is counted before it is compared, so that guesses
    sent side by side cannot outrun the count, and taken back when it was right.
    """
    unspent = PairingCode.objects.filter(pk=code.pk, used_at=None, closed_at=None)
    if code.used_at is None and code.closed_at is None:
        counted = unspent.filter(wrong_tries__lt=WRONG_TRIES).update(wrong_tries=F("wrong_tries") + 1)
        if not counted:
            return False
    right = hmac.compare_digest(secret.encode(), codes.secret_of(code.pk).encode())
    if right:
        unspent.filter(wrong_tries__gt=0).update(wrong_tries=F("wrong_tries") - 1)
    return right


def find_code(*, token: str = "", typed: str = "", network: str) -> PairingCode:
    """Return the open code that a QR token or typed code stands for.

    Raises ``CodeRefusedError``, the same for a used, old, wrong or burnt code, and ``TooManyTriesError`` for a code
    typed on a network that has tried too often: a token has 128 bits, which nobody guesses, and is always looked at.
    Not to be called inside a transaction: a wrong try must be kept whatever comes after.
    """
    recent = PairingTry.objects.filter(network=network, at__gt=timezone.now() - HOUR)
    if not token and recent.count() >= TRIES_AN_HOUR:
        raise TooManyTriesError
    code = code_for_token(token) if token else code_for_typed(typed)
    if code is None:
        count_wrong_try(network=network)
        raise CodeRefusedError
    if not (code.is_open and code.patient.user.is_active):
        raise CodeRefusedError(code)
    return code


def open_code(pk: str | None) -> PairingCode | None:
    """Return the code ``pk`` that a browser was shown, if it would still pair a device."""
    return _with_people().still_open().filter(pk=pk, patient__user__is_active=True).first() if pk else None


def count_wrong_try(*, network: str) -> None:
    PairingTry.objects.create(network=network)
    PairingTry.objects.filter(at__lte=timezone.now() - HOUR).delete()


@transaction.atomic
def pair(*, code: PairingCode, session_key: str, device_name: str, instead_of: str | None = None) -> Device:
    """Open a device for the code's patient and use the code up.

    ``session_key`` is the signed-in session of the device, ``instead_of`` the one that this browser had before:
    a device of it, this patient's or another's, is given up. Raises ``CodeRefusedError`` when the code is no
    longer open: of two phones that say yes at the same moment only one gets in.
    """
    patient = Patient.objects.select_for_update().select_related("user").get(pk=code.patient_id)
    if not PairingCode.objects.still_open().filter(pk=code.pk).update(used_at=timezone.now()):
        raise CodeRefusedError(code)
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
    """Sign a device out: its next request finds no session. Doing it twice changes nothing."""
    if not Device.objects.active().filter(pk=device.pk).update(unpaired_at=timezone.now()):
        return
    Session.objects.filter(session_key=device.session_key).delete()
    add_to_trail(actor=by, action=Entry.Action.UNPAIR, subject=device, patient=device.patient)
