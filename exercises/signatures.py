"""A registered physiotherapist's signature under what patients read of an exercise or a topic.

It covers the words as they stood: when they change, it covers them no longer. Each clinic signs for itself.
"""

import hashlib
import json
import uuid
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from hipcare.clinics.models import Clinic, User
from hipcare.columns import Line, Name

if TYPE_CHECKING:
    import datetime as dt

NOT_READ = frozenset({"slug", "language", "position", "side_mode", "text_version"})
"""What a given version keeps of an exercise or a topic besides its words."""


def words_digest(words: Mapping[str, Any]) -> str:
    """Return the SHA-256 of what patients read in a ``pinned_text``; what is left empty is no word."""
    read = {name: value for name, value in words.items() if value and name not in NOT_READ}
    return hashlib.sha256(json.dumps(read, sort_keys=True).encode()).hexdigest()


class SignatureQuerySet(models.QuerySet["Signature"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(clinic=user.clinic_id)

    def in_force(self) -> Self:
        """Return those nobody has withdrawn; the words may have changed all the same."""
        return self.filter(withdrawn_at=None)


class Signature(models.Model):
    """One exercise or one topic signed for one clinic. A withdrawn one is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="signatures")
    exercise = models.ForeignKey(
        "exercises.Exercise", null=True, blank=True, on_delete=models.CASCADE, related_name="signatures"
    )
    topic = models.ForeignKey(
        "exercises.Topic", null=True, blank=True, on_delete=models.CASCADE, related_name="signatures"
    )
    text_version = models.PositiveSmallIntegerField()
    words = models.CharField("digest of what was signed", max_length=64, editable=False)
    name = Name("full name", max_length=80)
    registration_number = Line("registration number", max_length=30)
    signed_at = models.DateTimeField(default=timezone.now)
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = SignatureQuerySet.as_manager()

    class Meta:
        ordering = ["-signed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["clinic", "exercise", "words"],
                condition=Q(withdrawn_at=None),
                name="the_same_words_are_signed_once",
            ),
            models.UniqueConstraint(
                fields=["clinic", "topic", "words"],
                condition=Q(withdrawn_at=None),
                name="the_same_words_of_a_topic_are_signed_once",
            ),
            models.CheckConstraint(
                name="an_exercise_or_a_topic_is_signed",
                condition=Q(exercise__isnull=False, topic=None) | Q(exercise=None, topic__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"signed by {self.name}, {self.signed_at:%Y-%m-%d}"

    @property
    def signed_id(self) -> uuid.UUID:
        """Which exercise or topic is signed; no two rows of the library have the same id."""
        found = self.exercise_id or self.topic_id
        assert found is not None  # noqa: S101 - the database holds it
        return found

    @property
    def signed_on(self) -> "dt.date":
        return timezone.localdate(self.signed_at, self.clinic.zone)


def signed_words(clinic: Clinic) -> set[tuple[uuid.UUID, str]]:
    """Return what ``clinic`` has signed: exercises and topics, by id, with digests of words.

    No query where its signatures are fetched.
    """
    return {(one.signed_id, one.words) for one in clinic.signatures.all() if one.withdrawn_at is None}
