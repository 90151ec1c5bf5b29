"""What the list of patients shows and sorts by, in one row for each patient."""

import uuid
from typing import Self

from django.db import models

from hipcare.clinics.models import Clinic, Patient, User
from hipcare.columns import Line


class PatientSummaryQuerySet(models.QuerySet["PatientSummary"]):
    def visible_to(self, user: User) -> Self:
        if user.is_clinic_staff:
            return self.filter(clinic=user.clinic_id)
        return self.filter(patient__user=user.pk)


class PatientSummary(models.Model):
    """Facts about a patient's programme and sessions that stay true as days go by.

    ``programmes.services.summaries`` writes the row in the transaction that changes what it says; nothing else does.
    Days passed since, the marks of the last days and the count of sessions are worked out from it when it is read, so
    a day that ends makes no row wrong. A patient without a row has no programme yet, not even a draft.
    """

    patient = models.OneToOneField(Patient, on_delete=models.CASCADE, primary_key=True, related_name="summary")
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, db_index=False, related_name="+")
    has_draft = models.BooleanField(default=False)
    has_been_given = models.BooleanField(default=False)
    # The programme in force; empty where there is none.
    programme_name = Line(max_length=60, blank=True)
    version_number = models.PositiveSmallIntegerField(null=True)
    programme_since = models.DateTimeField(null=True)
    review_on = models.DateField(null=True)
    # The newest session, and the newest that says something.
    last_day = models.DateField(null=True)
    last_done = models.PositiveSmallIntegerField(default=0)
    last_total = models.PositiveSmallIntegerField(default=0)
    last_is_paper = models.BooleanField(default=False)
    pain = models.PositiveSmallIntegerField(null=True)
    pain_on = models.DateField(null=True)
    note = Line("beginning of the newest note", max_length=100, blank=True)
    note_on = models.DateField(null=True)
    # Another one after every write: what was drawn under a state is right as long as it is this one.
    state = models.UUIDField(default=uuid.uuid4, editable=False)
    recent = models.TextField("plans and logs of the last days", blank=True, help_text="See rules.recent.")

    objects = PatientSummaryQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["clinic", "review_on"], name="summaries_by_review"),
            models.Index(fields=["clinic", "last_day", "programme_since"], name="summaries_by_last_day"),
            models.Index(fields=["clinic", "has_been_given"], name="summaries_given"),
        ]

    def __str__(self) -> str:
        return f"summary of {self.patient_id}"
