"""Sign what patients read, and take a signature back."""

import hashlib
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from exercises.models import Exercise, Reading, Topic
from exercises.signatures import Signature, signed_words, words_digest
from exercises.topics import TopicReading
from exercises.wording import in_words
from hipcare.audit.models import Entry
from hipcare.audit.trail import add_to_trail
from hipcare.clinics.models import Clinic, User
from hipcare.clinics.services.clinics import SetupStep

Signed = Exercise | Topic
"""What a signature stands under."""


class WordsChangedError(Exception):
    """What is to be signed is not what was read."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One text: the signature under its words as they are, or else the last one under what they were."""

    text: Signed
    signature: Signature | None
    earlier: Signature | None

    @property
    def is_topic(self) -> bool:
        return isinstance(self.text, Topic)

    @property
    def read(self) -> Reading | TopicReading:
        """What patients read; of an exercise, for the leg that is drawn where no patient is in sight."""
        return self.text.read if isinstance(self.text, Topic) else self.text.read_for(self.text.figure_side)

    @property
    def start_position(self) -> str:
        """How an exercise starts, for that leg."""
        return "" if isinstance(self.text, Topic) else in_words(self.text.start_position, self.text.figure_side)


def to_be_signed(user: User) -> list[Signed]:
    """Return all that this clinic may give to patients."""
    return [*Exercise.objects.visible_to(user).current(), *Topic.objects.visible_to(user).current()]


def ever_signed(user: User) -> list[Signed]:
    """Return all that this clinic can have signed, what is out of use too."""
    return [*Exercise.objects.visible_to(user), *Topic.objects.visible_to(user)]


def standings(user: User, texts: Iterable[Signed]) -> list[Standing]:
    found: dict[uuid.UUID, list[Signature]] = {}
    for signature in Signature.objects.visible_to(user).in_force().select_related("clinic"):
        found.setdefault(signature.signed_id, []).append(signature)
    return [_standing(one, found.get(one.pk, [])) for one in texts]


def _standing(text: Signed, signatures: list[Signature]) -> Standing:
    words = words_digest(text.pinned_text())
    covering = next((one for one in signatures if one.words == words), None)
    return Standing(text, covering, None if covering or not signatures else signatures[0])


def unsigned(clinic: Clinic, texts: Iterable[Signed]) -> set[uuid.UUID]:
    signed = signed_words(clinic)
    return {one.pk for one in texts if (one.pk, words_digest(one.pinned_text())) not in signed}


def digest_of(texts: Iterable[Signed]) -> str:
    """Return a digest of what is to be read before these are signed together."""
    read = sorted(f"{one.pk} {words_digest(one.pinned_text())}" for one in texts)
    return hashlib.sha256("\n".join(read).encode()).hexdigest()


@transaction.atomic
def sign(*, texts: Iterable[Signed], by: User, name: str, registration_number: str, read: str) -> list[Signature]:
    """Sign ``texts`` as they are; one that is signed already is left alone.

    ``read`` is the ``digest_of`` what the person had before them. Raises ``WordsChangedError`` where it is another.
    """
    rows = _locked(texts)
    left = unsigned(Clinic.objects.get(pk=by.clinic_id), rows)
    to_sign = [one for one in rows if one.pk in left]
    if to_sign and digest_of(to_sign) != read:
        raise WordsChangedError
    signed = [_signature(one, by, name, registration_number) for one in to_sign]
    for signature in signed:
        signature.save(force_insert=True)
        add_to_trail(actor=by, action=Entry.Action.CHANGE, subject=signature)
    return signed


def _locked(texts: Iterable[Signed]) -> list[Signed]:
    asked = list(texts)
    exercises = [one.pk for one in asked if isinstance(one, Exercise)]
    topics = [one.pk for one in asked if isinstance(one, Topic)]
    found: list[Signed] = []
    if exercises:
        found += Exercise.objects.select_for_update().filter(pk__in=exercises).order_by("pk")
    if topics:
        found += Topic.objects.select_for_update().filter(pk__in=topics).order_by("pk")
    return found


def _signature(text: Signed, by: User, name: str, registration_number: str) -> Signature:
    return Signature(
        clinic=by.clinic,
        **{"topic" if isinstance(text, Topic) else "exercise": text},
        text_version=text.text_version,
        words=words_digest(text.pinned_text()),
        name=name,
        registration_number=registration_number,
        signed_by=by,
    )


@transaction.atomic
def withdraw(*, texts: Iterable[Signed], by: User) -> list[Signature]:
    """Take back the clinic's signatures under ``texts``; the rows are kept. Doing it twice changes nothing."""
    asked = {one.pk for one in texts}
    in_force = Signature.objects.visible_to(by).in_force().select_for_update()
    taken = [one for one in in_force if one.signed_id in asked]
    for signature in taken:
        signature.withdrawn_at, signature.withdrawn_by = timezone.now(), by
        signature.save(update_fields=["withdrawn_at", "withdrawn_by"])
        add_to_trail(actor=by, action=Entry.Action.CHANGE, subject=signature)
    return taken


def counted(exercises: int, topics: int = 0) -> str:
    """Return "1 exercise", "3 topics" or "26 exercises and 19 topics"."""
    parts = [f"{n} {what}{'' if n == 1 else 's'}" for n, what in ((exercises, "exercise"), (topics, "topic")) if n]
    return " and ".join(parts)


def statement(texts: Collection[Signed]) -> str:
    topics = sum(isinstance(one, Topic) for one in texts)
    if len(texts) > 1:
        which = f"in these {counted(len(texts) - topics, topics)}"
    else:
        which = "in this topic" if topics else "in this exercise"
    return (
        f"I am a registered physiotherapist. I have read every word that patients read {which}. "
        "It may be given to patients of this clinic."
    )


def last_signer(user: User) -> Signature | None:
    """Return what ``user`` signed last, to fill in name and number again."""
    return Signature.objects.visible_to(user).filter(signed_by=user).first()


def first_step(user: User) -> SetupStep:
    """Return how far the clinic is with its signatures, for the page that sets a clinic up."""
    texts = to_be_signed(user)
    left = len(unsigned(user.clinic, texts))
    return SetupStep(
        name="Sign the exercises and topics",
        words=_progress(left, len(texts)),
        is_done=not left or user.clinic.is_demo,
        href=reverse("exercises:signatures"),
        button="Read and sign",
    )


def _progress(left: int, total: int) -> str:
    if not total:
        return "There is nothing to sign yet."
    if not left:
        return f"A registered physiotherapist has signed {'it' if total == 1 else f'all {total}'}."
    are = "is" if left == 1 else "are"
    return (
        f"Patients are given only what a registered physiotherapist has signed. {left} of {total} {are} not signed yet."
    )
