"""Prescriptions and topics whose words nobody registered has signed for the clinic."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from exercises.models import Topic
from exercises.signatures import signed_words, words_digest
from hipcare.clinics.models import Clinic
from programmes.models import Prescription

SAMPLE = _("Sample: no physiotherapist has signed this.")
"""What a patient of a made-up clinic reads; nobody else is given anything unsigned."""


def unsigned(clinic: Clinic, rows: Iterable[Prescription]) -> list[Prescription]:
    """Return those of ``rows`` that ``clinic`` has not signed as they are; one query, or none with its signatures."""
    signed = signed_words(clinic)
    return [row for row in rows if (row.exercise_id, words_digest(row.words)) not in signed]


def unsigned_topics(clinic: Clinic, topics: Iterable[Topic]) -> list[Topic]:
    """Return those of ``topics`` that ``clinic`` has not signed as they are in the library."""
    signed = signed_words(clinic)
    return [topic for topic in topics if (topic.pk, words_digest(topic.pinned_text())) not in signed]


def sample_topic(clinic: Clinic, topic: str, words: Mapping[str, Any]) -> str:
    """Return the same line for a topic that was given in these ``words``, by its id."""
    if not clinic.is_demo or (uuid.UUID(topic), words_digest(words)) in signed_words(clinic):
        return ""
    return str(SAMPLE)


def sample_words(clinic: Clinic, rows: Iterable[Prescription]) -> str:
    """Return the line that says so to a patient of a made-up clinic, or "". Asks nothing in any other clinic."""
    return str(SAMPLE) if clinic.is_demo and unsigned(clinic, rows) else ""
