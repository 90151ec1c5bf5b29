"""Prescriptions whose words nobody registered has signed for the clinic."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from exercises.signatures import signed_words, words_digest
from hipcare.clinics.models import Clinic
from programmes.models import Prescription

SAMPLE = _("Sample: no physiotherapist has signed this.")
"""What a patient of a made-up clinic reads; nobody else is given anything unsigned."""


def unsigned(clinic: Clinic, rows: Iterable[Prescription]) -> list[Prescription]:
    """Return those of ``rows`` that ``clinic`` has not signed as they are; one query, or none with its signatures."""
    signed = signed_words(clinic)
    return [row for row in rows if (row.exercise_id, words_digest(row.words)) not in signed]


def sample_words(clinic: Clinic, rows: Iterable[Prescription]) -> str:
    """Return the line that says so to a patient of a made-up clinic, or "". Asks nothing in any other clinic."""
    return str(SAMPLE) if clinic.is_demo and unsigned(clinic, rows) else ""
