"""What staff measured with a patient on one day: activities, pain, change, and the chair stand."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from hipcare.clinics.models import Patient, User
from hipcare.columns import Line
from programmes.models.activity import Activity
from programmes.rules.measured import (
    MOST_CHANGE,
    MOST_SCORE,
    MOST_STANDS,
    SEAT_HEIGHTS_CM,
    ChairStands,
    Measured,
    Scored,
)

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

COUNTED_FIELDS = ("stands", "seat_height", "hands_used", "walking_aid", "counted_by")
MEASURED_FIELDS = ("measured_on", "pain", "felt_change", "felt_since", *COUNTED_FIELDS)


class MeasurementQuerySet(models.QuerySet["Measurement"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(patient__in=Patient.objects.visible_to(user))

    def kept(self) -> Self:
        """Return those that nobody took back."""
        return self.filter(taken_back_at=None)

    def with_scores(self) -> Self:
        return self.select_related("by").prefetch_related("scores__activity")


class Measurement(models.Model):
    """One day's measures. The page makes the id, so that sending it twice changes nothing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    # No index of its own: that of measurements_of_a_patient begins with it.
    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="measurements", db_index=False)
    measured_on = models.DateField()
    pain = models.PositiveSmallIntegerField("pain of the last 24 hours on average, 0 to 10", null=True, blank=True)
    felt_change = models.SmallIntegerField("change since the programme began, -5 to 5", null=True, blank=True)
    felt_since = models.DateField("when that programme began", null=True, blank=True)
    stands = models.PositiveSmallIntegerField("full stands in 30 seconds", null=True, blank=True)
    seat_height = models.PositiveSmallIntegerField("height of the seat in cm", null=True, blank=True)
    hands_used = models.BooleanField(null=True, blank=True)
    walking_aid = Line(max_length=40, blank=True)
    counted_by = Line(max_length=80, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)
    taken_back_at = models.DateTimeField(null=True, blank=True, editable=False)
    taken_back_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = MeasurementQuerySet.as_manager()
    scores: "RelatedManager[ActivityScore]"
    revisions: "RelatedManager[MeasurementRevision]"

    class Meta:
        ordering = ["-measured_on", "-at"]
        indexes = [models.Index(fields=["patient", "-measured_on"], name="measurements_of_a_patient")]
        constraints = [
            models.CheckConstraint(
                name="measured_pain_is_0_to_10", condition=Q(pain__isnull=True) | Q(pain__lte=MOST_SCORE)
            ),
            models.CheckConstraint(
                name="a_felt_change_is_since_a_day",
                condition=Q(felt_change=None, felt_since=None)
                | Q(felt_change__range=(-MOST_CHANGE, MOST_CHANGE), felt_since__isnull=False),
            ),
            models.CheckConstraint(
                name="stands_are_counted_from_a_chair",
                condition=Q(stands=None, seat_height=None, hands_used=None, walking_aid="", counted_by="")
                | Q(stands__lte=MOST_STANDS, seat_height__range=SEAT_HEIGHTS_CM, hands_used__isnull=False)
                & ~Q(counted_by=""),
            ),
            models.CheckConstraint(
                name="a_measurement_taken_back_says_by_whom",
                condition=Q(taken_back_at=None, taken_back_by=None)
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"measured on {self.measured_on:%Y-%m-%d}"

    @property
    def contents(self) -> dict[str, Any]:
        """What it says, as JSON can hold it: the fields, and the scores by the activity's id."""
        said = {name: getattr(self, name) for name in MEASURED_FIELDS}
        plain = {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in said.items()}
        return {**plain, "scores": {str(one.activity_id): one.score for one in self.scores.all()}}

    @property
    def as_values(self) -> Measured:
        """What it says, in the order of the activities; asks nothing if it was fetched ``with_scores``."""
        return values_in(self.contents, [one.activity for one in self.scores.all()], by=self.by.name)


def values_in(contents: Mapping[str, Any], activities: Iterable[Activity], by: str = "") -> Measured:
    """Return the ``contents`` of a measurement as values; ``activities`` say what those with a score are called."""
    scored, since = contents["scores"], contents["felt_since"]
    named = sorted((one for one in activities if str(one.pk) in scored), key=lambda one: one.place)
    return Measured(
        on=dt.date.fromisoformat(contents["measured_on"]),
        scores=tuple(Scored(str(one.pk), one.name, scored[str(one.pk)]) for one in named),
        pain=contents["pain"],
        change=contents["felt_change"],
        change_since=dt.date.fromisoformat(since) if since else None,
        stands=_chair_stands(contents),
        by=by,
    )


def _chair_stands(contents: Mapping[str, Any]) -> ChairStands | None:
    count, *how = (contents[name] for name in COUNTED_FIELDS)
    return None if count is None else ChairStands(count, *how)


class ActivityScore(models.Model):
    """How well the patient could do one activity on that day, as they say: 0 cannot, 10 as before."""

    # No index of its own: that of one_score_of_an_activity_at_a_time begins with it.
    measurement = models.ForeignKey(Measurement, on_delete=models.CASCADE, related_name="scores", db_index=False)
    activity = models.ForeignKey(Activity, on_delete=models.RESTRICT, related_name="scores")
    score = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["measurement", "activity"], name="one_score_of_an_activity_at_a_time"),
            models.CheckConstraint(name="activity_score_is_0_to_10", condition=Q(score__lte=MOST_SCORE)),
        ]

    def __str__(self) -> str:
        return f"{self.score} of 10"


class MeasurementRevision(models.Model):
    """What a measurement said before it was put right; nothing is lost."""

    measurement = models.ForeignKey(Measurement, on_delete=models.CASCADE, related_name="revisions")
    was = models.JSONField(help_text="Measurement.contents as it was")
    replaced_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["replaced_at"]

    def __str__(self) -> str:
        return f"before {self.replaced_at:%Y-%m-%d %H:%M}"
