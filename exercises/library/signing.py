"""Sign what patients read, and take a signature back."""

import hashlib
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from exercises.models import Exercise, Reading
from exercises.signatures import Signature, signed_words, words_digest
from exercises.wording import in_words
from hipcare.audit.models import Entry
from hipcare.audit.trail import add_to_trail
from hipcare.clinics.models import Clinic, User
from hipcare.clinics.services.clinics import SetupStep


class WordsChangedError(Exception):
    """What is to be signed is not what was read."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One exercise: the signature under its words as they are, or else the last one under what they were."""

    exercise: Exercise
    signature: Signature | None
    earlier: Signature | None

    @property
    def read(self) -> Reading:
        """What patients read, for the leg that is drawn where no patient is in sight."""
        return self.exercise.read_for(self.exercise.figure_side)

    @property
    def start_position(self) -> str:
        """How it starts, for that leg."""
        return in_words(self.exercise.start_position, self.exercise.figure_side)


def standings(user: User, exercises: Iterable[Exercise]) -> list[Standing]:
    found: dict[uuid.UUID, list[Signature]] = {}
    for signature in Signature.objects.visible_to(user).in_force().select_related("clinic"):
        found.setdefault(signature.exercise_id, []).append(signature)
    return [_standing(one, found.get(one.pk, [])) for one in exercises]


def _standing(exercise: Exercise, signatures: list[Signature]) -> Standing:
    words = words_digest(exercise.pinned_text())
    covering = next((one for one in signatures if one.words == words), None)
    return Standing(exercise, covering, None if covering or not signatures else signatures[0])


def unsigned(clinic: Clinic, exercises: Iterable[Exercise]) -> set[uuid.UUID]:
    signed = signed_words(clinic)
    return {one.pk for one in exercises if (one.pk, words_digest(one.pinned_text())) not in signed}


def digest_of(exercises: Iterable[Exercise]) -> str:
    """Return a digest of what is to be read before these are signed together."""
    read = sorted(f"{one.pk} {words_digest(one.pinned_text())}" for one in exercises)
    return hashlib.sha256("\n".join(read).encode()).hexdigest()


@transaction.atomic
def sign(*, exercises: Iterable[Exercise], by: User, name: str, registration_number: str, read: str) -> list[Signature]:
    """Sign ``exercises`` as they are; one that is signed already is left alone.

    ``read`` is the ``digest_of`` what the person had before them. Raises ``WordsChangedError`` where it is another.
    """
    rows = list(Exercise.objects.select_for_update().filter(pk__in=[one.pk for one in exercises]).order_by("pk"))
    left = unsigned(Clinic.objects.get(pk=by.clinic_id), rows)
    to_sign = [one for one in rows if one.pk in left]
    if to_sign and digest_of(to_sign) != read:
        raise WordsChangedError
    signed = [_signature(one, by, name, registration_number) for one in to_sign]
    for signature in signed:
        signature.save(force_insert=True)
        add_to_trail(actor=by, action=Entry.Action.CHANGE, subject=signature)
    return signed


def _signature(exercise: Exercise, by: User, name: str, registration_number: str) -> Signature:
    return Signature(
        clinic=by.clinic,
        exercise=exercise,
        text_version=exercise.text_version,
        words=words_digest(exercise.pinned_text()),
        name=name,
        registration_number=registration_number,
        signed_by=by,
    )


@transaction.atomic
def withdraw(*, exercises: Iterable[Exercise], by: User) -> list[Signature]:
    """Take back the clinic's signatures under ``exercises``; the rows are kept. Doing it twice changes nothing."""
    in_force = Signature.objects.visible_to(by).in_force().select_for_update()
    taken = list(in_force.filter(exercise__in=list(exercises)))
    for signature in taken:
        signature.withdrawn_at, signature.withdrawn_by = timezone.now(), by
        signature.save(update_fields=["withdrawn_at", "withdrawn_by"])
        add_to_trail(actor=by, action=Entry.Action.CHANGE, subject=signature)
    return taken


def counted(exercises: int) -> str:
    return f"{exercises} exercise{'' if exercises == 1 else 's'}"


def statement(exercises: Collection[Exercise]) -> str:
    which = f"in these {len(exercises)} exercises" if len(exercises) > 1 else "in this exercise"
    return (
        f"I am a registered physiotherapist. I have read every word that patients read {which}. "
        "It may be given to patients of this clinic."
    )


def last_signer(user: User) -> Signature | None:
    """Return what ``user`` signed last, to fill in name and number again."""
    return Signature.objects.visible_to(user).filter(signed_by=user).first()


def first_step(user: User) -> SetupStep:
    """Return how far the clinic is with its signatures, for the page that sets a clinic up."""
    exercises = list(Exercise.objects.visible_to(user).current())
    left = len(unsigned(user.clinic, exercises))
    return SetupStep(
        name="Sign the exercises",
        words=_progress(left, len(exercises)),
        is_done=not left or user.clinic.is_demo,
        href=reverse("exercises:signatures"),
        button="Read and sign",
    )


def _progress(left: int, total: int) -> str:
    if not total:
        return "There is no exercise to sign yet."
    if not left:
        return f"A registered physiotherapist has signed {'it' if total == 1 else f'all {total}'}."
    are = "is" if left == 1 else "are"
    return (
        f"Patients are given only what a registered physiotherapist has signed. {left} of {total} {are} not signed yet."
    )
