"""What a clinic says to all its patients: our wording with its own in place, who signed it, and changing it."""

import hashlib
import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from hipcare.audit.models import Entry
from hipcare.audit.trail import add_to_trail
from hipcare.clinics.advice import OUR_BANDS, SENTENCES, advice, as_written
from hipcare.clinics.help_signs import OURS, REVIEW_ON, Sign, SignGroup, signs_of
from hipcare.clinics.models import Clinic, ClinicText, TextSignature, User
from hipcare.clinics.models.clinic_text import ADVICE
from hipcare.clinics.precautions import RuleList

NO_EMERGENCY = "The list must keep at least one sign to call an ambulance for"


class TextsChangedError(Exception):
    """What is to be signed is not what was read."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What a clinic says: signs, hidden ones too, sentences by key; and the signature over these and its hip rules."""

    signs: list[Sign]
    own: dict[str, str]
    signature: TextSignature | None
    earlier: TextSignature | None
    digest: str

    def advice(self, pain_ok_up_to: int) -> dict[str, str]:
        return advice(self.own, pain_ok_up_to)


def wording_of(clinic: Clinic) -> Wording:
    """Return what ``clinic`` says, in three queries, none where its texts are fetched; of one not saved, ours."""
    is_kept = not clinic._state.adding
    texts = list(clinic.texts.all()) if is_kept else []
    signatures = list(clinic.text_signatures.all()) if is_kept else []
    signs, own = _signs(texts), _sentences(texts)
    digest = _digest(signs, as_written(own), clinic.rules() if is_kept else {}, clinic.pain_bands)
    signature = next((one for one in signatures if one.words == digest), None)
    return Wording(signs, own, signature, next(iter(signatures), None), digest)


def advice_of(clinic: Clinic, pain_ok_up_to: int) -> dict[str, str]:
    return advice(_sentences(clinic.texts.filter(group=ADVICE)), pain_ok_up_to)


def signs_for(clinic: Clinic) -> list[Sign]:
    """Return only the list of signs, in one query; of a clinic not saved, ours."""
    return signs_of() if clinic._state.adding else _signs(clinic.texts.all())


def _signs(texts: Iterable[ClinicText]) -> list[Sign]:
    return signs_of(text for text in texts if text.group != ADVICE)


def _sentences(texts: Iterable[ClinicText]) -> dict[str, str]:
    return {text.key: text.words for text in texts if text.group == ADVICE}


def _digest(
    signs: Iterable[Sign], said: Mapping[str, str], rules: Mapping[str, RuleList], bands: tuple[int, int]
) -> str:
    """Return a digest of every word that patients read of it, and of the scores these are said for: what a signature
    covers. Our own bands are left out, so that signatures from before bands were covered hold where nothing is new.
    """
    read = [(one.group, one.words, one.short, one.after_operation) for one in signs if not one.why_hidden]
    lists = sorted((kind, one.heading, one.rules) for kind, one in rules.items())
    own_bands = [] if bands == OUR_BANDS else [bands]
    return hashlib.sha256(json.dumps([read, sorted(said.items()), lists, *own_bands]).encode()).hexdigest()


def asks_to_sign(clinic: Clinic) -> str:
    """Return what to say after the words of ``clinic`` were changed; "" while a signature covers them."""
    if wording_of(clinic).signature is not None:
        return ""
    return "It is not signed now: sign what your clinic says before the next programme is given."


def sign_of(clinic: Clinic, key: str) -> Sign | None:
    return next((sign for sign in signs_for(clinic) if sign.key == key), None)


@transaction.atomic
def save_sentences(*, clinic: Clinic, by: User, said: Mapping[str, str]) -> None:
    """Save the clinic's sentences by key; one that reads as ours is ours, and follows our releases."""
    before = as_written(_sentences(clinic.texts.filter(group=ADVICE)))
    for sentence in SENTENCES:
        words = said[sentence.key]
        if words != before[sentence.key]:
            _save(clinic, by, ADVICE, sentence.key, {"words": "" if words == sentence.words else words})


@transaction.atomic
def save_sign(*, clinic: Clinic, by: User, sign: Sign, said: Mapping[str, Any]) -> None:
    """Save what was said of ``sign``. Raises ``ValidationError`` where no sign for an ambulance would be left."""
    ours = next((one for one in OURS if one.key == sign.key), None)
    values = {name: value for name, value in said.items() if ours is None or getattr(ours, name) != value}
    blank = {"words": "", "short": "", "source": "", "review_on": None}
    if ours is not None:
        values = blank | {"why_hidden": ""} | values
    _save(clinic, by, values.pop("group", sign.group), sign.key, values)
    _check_emergency(clinic)


@transaction.atomic
def add_sign(*, clinic: Clinic, by: User, said: Mapping[str, Any]) -> str:
    key, group = f"own-{uuid.uuid4().hex[:8]}", said["group"]
    last = max((sign.order for sign in signs_for(clinic) if sign.group == group), default=0)
    _save(clinic, by, group, key, {**{name: v for name, v in said.items() if name != "group"}, "order": last + 10})
    return key


@transaction.atomic
def put_back(*, clinic: Clinic, by: User, sign: Sign) -> None:
    for row in clinic.texts.filter(key=sign.key).exclude(group=ADVICE):
        add_to_trail(actor=by, action=Entry.Action.CHANGE, subject=row)
        row.delete()
    _check_emergency(clinic)


@transaction.atomic
def move_sign(*, clinic: Clinic, by: User, sign: Sign, step: int) -> None:
    """Move ``sign`` one place up (-1) or down (1) among those of its group; at the end of it nothing happens."""
    kind = (sign.group, sign.after_operation)
    row = [one for one in signs_for(clinic) if (one.group, one.after_operation) == kind]
    place = [one.key for one in row].index(sign.key)
    if not 0 <= place + step < len(row):
        return
    row[place], row[place + step] = row[place + step], row[place]
    for number, one in enumerate(row, start=1):
        if one.order != 10 * number:
            _save(clinic, by, one.group, one.key, {"order": 10 * number})


def _save(clinic: Clinic, by: User, group: str, key: str, values: Mapping[str, Any]) -> None:
    rows = clinic.texts.filter(key=key)
    row = (rows.filter(group=ADVICE) if group == ADVICE else rows.exclude(group=ADVICE)).first()
    row = row or ClinicText(clinic=clinic, key=key, review_on=REVIEW_ON if key.startswith("own-") else None)
    for name, value in {**values, "group": group, "changed_by": by}.items():
        setattr(row, name, value)
    row.full_clean()
    row.save()
    add_to_trail(actor=by, action=Entry.Action.CHANGE, subject=row, fields=values.keys())


def _check_emergency(clinic: Clinic) -> None:
    left = [sign for sign in signs_for(clinic) if sign.group == SignGroup.EMERGENCY and not sign.why_hidden]
    if all(sign.after_operation for sign in left):
        raise ValidationError(NO_EMERGENCY)


@transaction.atomic
def sign_texts(*, clinic: Clinic, by: User, name: str, registration_number: str, read: str) -> TextSignature:
    """Sign all that the clinic says, as it is; signed already, that signature is returned.

    ``read`` is the digest of what the person had before them. Raises ``TextsChangedError`` where it is another.
    """
    found = wording_of(Clinic.objects.select_for_update().get(pk=clinic.pk))
    if found.digest != read:
        raise TextsChangedError
    if found.signature is not None:
        return found.signature
    signature = TextSignature.objects.create(
        clinic=clinic, words=read, name=name, registration_number=registration_number, signed_by=by
    )
    add_to_trail(actor=by, action=Entry.Action.CHANGE, subject=signature)
    return signature
