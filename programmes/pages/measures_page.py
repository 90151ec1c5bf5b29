"""What was measured with a patient over time."""

import datetime as dt
from collections.abc import Sequence

from hipcare.clinics.models import Patient
from programmes.models import Measurement, Version
from programmes.rules.measured import Measured


def measured_of(patient: Patient) -> list[Measured]:
    """Return what was measured with a patient and not taken back, newest first: three queries at most."""
    return [one.as_values for one in Measurement.objects.filter(patient=patient).kept().with_scores()]


def starts_of(patient: Patient) -> Sequence[dt.date]:
    """Return the days, where the clinic is, on which each of the patient's programmes was first given."""
    given = Version.objects.given().filter(programme__patient=patient, number=1).values_list("given_at", flat=True)
    return [moment.astimezone(patient.clinic.zone).date() for moment in given if moment]
