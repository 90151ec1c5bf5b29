"""What the list of patients shows and sorts by, in one row for each patient."""

import uuid
from typing import Self

from django.db import models

from hipcare.clinics.models import Clinic, Patient, User
from hipcare.columns import Line
from programmes.rules.review import LATER, Cutoffs


def cutoffs_of(clinic: Clinic) -> Cutoffs:
    """Return from which numbers on the list of ``clinic`` names a fact."""
    return Cutoffs(
        pain_above=clinic.pain_ok_up_to,
        pain_times=clinic.look_pain_times,
        pain_of=clinic.look_pain_of,
        unsettled_times=clinic.look_unsettled_times,
        unsettled_of=clinic.look_unsettled_of,
        moved_by=clinic.look_moved_by,
        sore_times=clinic.look_sore_times,
        quiet_days=clinic.look_quiet_days,
        easy_times=clinic.look_easy_times,
    )


def _indexes(whose: str) -> list[models.Index]:
    """Return what the counts and the order of the list of ``whose`` patients read, and nothing else."""
    review = ["review_on", "review_seen"]
    return [
        models.Index(fields=[whose, "place", *review, "has_been_given"], name=f"{whose}_review"),
        models.Index(fields=[whose, "place", "quiet_since", "quiet_seen", *review], name=f"{whose}_quiet"),
        models.Index(fields=[whose], condition=models.Q(is_easy=True), name=f"{whose}_easy"),
        models.Index(fields=[whose], condition=models.Q(has_draft=True), name=f"{whose}_draft"),
    ]


class PatientSummaryQuerySet(models.QuerySet["PatientSummary"]):
    def visible_to(self, user: User) -> Self:
        if user.is_clinic_staff:
            return self.filter(clinic=user.clinic_id)
        return self.filter(patient__user=user.pk)

    def of_physiotherapist(self, user: User) -> Self:
        """Return those of the patients of ``user``, who are of the clinic of ``user``."""
        return self.filter(physiotherapist=user.pk)


class PatientSummary(models.Model):
    """Facts about a patient's programme and sessions that stay true as days go by.

    ``programmes.services.summaries`` writes the row in the transaction that changes what it says; nothing else does.
    Days passed since, the marks of the last days, the count of sessions and the words of facts are worked out from it
    when it is read, so a day that ends makes no row wrong. A patient without a row has no programme yet, not even a
    draft. Of one who is archived it names no physiotherapist, no draft and no date, so that no list counts them.
    """

    patient = models.OneToOneField(Patient, on_delete=models.CASCADE, primary_key=True, related_name="summary")
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, db_index=False, related_name="+")
    has_draft = models.BooleanField(default=False)
    has_been_given = models.BooleanField(default=False)
    is_archived = models.BooleanField(default=False)
    # The programme in force; empty where there is none.
    programme_name = Line(max_length=60, blank=True)
    version_number = models.PositiveSmallIntegerField(null=True)
    programme_since = models.DateTimeField(null=True)
    review_on = models.DateField(null=True)
    alone_since = models.DateField("no review and no log is asked for since", null=True)
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
    # What there is to look at, for the physiotherapist whose patient it is, and who looked last.
    physiotherapist = models.ForeignKey(User, null=True, on_delete=models.PROTECT, db_index=False, related_name="+")
    entries = models.TextField("newest sessions and unread words", blank=True, help_text="See rules.entries.")
    place = models.PositiveSmallIntegerField("the first fact of the entries", default=int(LATER))
    is_easy = models.BooleanField("all done and easy, and nothing that goes before", default=False)
    review_seen = models.BooleanField("somebody looked since the review date passed", default=False)
    quiet_since = models.DateField("the last log, or the first plan", null=True)
    quiet_seen = models.BooleanField("somebody looked since it has been quiet", default=False)
    looked_at = models.DateTimeField(null=True)
    looked_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, db_index=False, related_name="+")

    objects = PatientSummaryQuerySet.as_manager()

    class Meta:
        indexes = [*_indexes("clinic"), *_indexes("physiotherapist")]

    def __str__(self) -> str:
        return f"summary of {self.patient_id}"
