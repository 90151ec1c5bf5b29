"""A programme, its versions and their prescriptions.

A version is a draft until it is given; from then on it is frozen: neither it nor its prescriptions can be saved or
deleted. An edit opens the next draft.
"""

import uuid
from typing import TYPE_CHECKING, Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q

from exercises import sides
from exercises.dosage import minutes_for
from exercises.models import Dosage, Exercise, movement_in_words
from exercises.sides import Side
from hipcare.clinics.models import Patient, User
from hipcare.clinics.precautions import HipPrecautions
from hipcare.columns import Line
from programmes.rules import dosage
from programmes.rules.schedule import DAYS_A_WEEK, TIMES_A_DAY, Frequency

if TYPE_CHECKING:
    import datetime as dt

    from django.db.models.fields.related_descriptors import RelatedManager

MOST_PRESCRIPTIONS = 12
UNUSUALLY_MANY = 6


class FrozenError(RuntimeError):
    """A given version cannot be changed."""

    def __init__(self) -> None:
        super().__init__("A given version is frozen. Open a draft to change the programme.")


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def visible_to(self, user: User) -> Self:
        """Return the programmes of the patients ``user`` may see."""
        return self.filter(patient__in=Patient.objects.visible_to(user))

    def active(self) -> Self:
        """Return those not ended."""
        return self.filter(status=Programme.Status.ACTIVE)


class Programme(models.Model):
    """What one patient has been given over time."""

    class Status(models.TextChoices):
        ACTIVE = "active", "active"
        ENDED = "ended", "ended"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="programmes")
    status = models.CharField(max_length=6, choices=Status, default=Status.ACTIVE)
    started_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ProgrammeQuerySet.as_manager()
    versions: "RelatedManager[Version]"

    class Meta:
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["patient"], condition=Q(status="active"), name="one_active_programme_per_patient"
            ),
        ]

    def __str__(self) -> str:
        return f"programme of {self.started_at:%Y-%m-%d}"


class VersionQuerySet(models.QuerySet["Version"]):
    def visible_to(self, user: User) -> Self:
        """Return the versions ``user`` may see; patients never see a draft."""
        seen = self.filter(programme__patient__in=Patient.objects.visible_to(user))
        return seen.given() if user.is_patient else seen

    def given(self) -> Self:
        """Return those handed to the patient, in order."""
        return self.filter(number__isnull=False).order_by("number")

    def drafts(self) -> Self:
        """Return those still being written."""
        return self.filter(number=None)

    def current(self) -> Self:
        """Return the newest given version of each active programme."""
        newer = Version.objects.filter(programme=models.OuterRef("programme"), number__gt=models.OuterRef("number"))
        return self.given().filter(~models.Exists(newer), programme__status=Programme.Status.ACTIVE)


class Version(models.Model):
    """A numbered state of a programme: who gave it, when, why, and until when. No number: a draft."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    name = Line("started from", max_length=60, blank=True, help_text="The template's name.")
    goal = Line("goal, in the patient's words", max_length=120, blank=True)
    note = Line("note to the patient", max_length=300, blank=True)
    review_on = models.DateField(null=True, blank=True)
    reason = Line("what changed and why", max_length=200, blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(auto_now=True)
    given_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(null=True, blank=True)
    # As they stood when it was given; the patient's record and the clinic's settings may change later.
    affected_side = models.CharField(max_length=5, blank=True)
    hip_precautions = models.CharField(max_length=10, choices=Patient.Precautions, blank=True)
    hip_precautions_note = Line(max_length=240, blank=True)
    operated_side = models.CharField(max_length=5, choices=Patient.Side, blank=True)
    hip_precautions_since = models.DateField(null=True, blank=True)
    hip_precautions_by = Line("name of who set the precautions", max_length=80, blank=True)
    hip_precautions_on = models.DateField(null=True, blank=True)
    hip_precautions_review_on = models.DateField(null=True, blank=True)
    pain_fine_up_to = models.PositiveSmallIntegerField(null=True, blank=True)
    pain_ok_up_to = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = VersionQuerySet.as_manager()
    prescriptions: "RelatedManager[Prescription]"

    class Meta:
        ordering = ["programme", "number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="version_numbers_are_used_once"),
            models.UniqueConstraint(fields=["programme"], condition=Q(number=None), name="one_draft_at_a_time"),
            models.CheckConstraint(
                name="a_given_version_is_complete",
                condition=Q(number=None)
                | Q(
                    number__gte=1,
                    given_by__isnull=False,
                    given_at__isnull=False,
                    review_on__isnull=False,
                    pain_ok_up_to__isnull=False,
                    hip_precautions__in=["none", "posterior", "anterior", "other"],
                )
                & (~Q(hip_precautions="other") | ~Q(hip_precautions_note="")),
            ),
            models.CheckConstraint(
                name="every_version_after_the_first_has_a_reason",
                condition=Q(number=None) | Q(number=1) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number}" if self.number else "draft"

    def save(self, **kwargs: Any) -> None:
        """Save a draft; refuse a version that was already given."""
        if not self._state.adding and Version.objects.given().filter(pk=self.pk).exists():
            raise FrozenError
        super().save(**kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete a draft; refuse a given version."""
        if self.is_given:
            raise FrozenError
        return super().delete(*args, **kwargs)

    @property
    def is_given(self) -> bool:
        """Handed over, and so frozen."""
        return self.number is not None

    def rows_replaced(self) -> "list[Prescription]":
        """Return what the version before this one held, in its order, each with that version; nothing for the first."""
        before = (self.number or 0) - 1
        found = Prescription.objects.filter(version__programme=self.programme_id, version__number=before)
        return list(found.select_related("version"))

    @property
    def patient(self) -> Patient:
        """Whose programme it is."""
        return self.programme.patient

    @property
    def precautions(self) -> HipPrecautions:
        """The hip precautions as they were chosen when it was given."""
        return HipPrecautions(
            kind=self.hip_precautions,
            note=self.hip_precautions_note,
            operated_side=self.operated_side,
            since=self.hip_precautions_since,
            set_by=self.hip_precautions_by,
            set_on=self.hip_precautions_on,
            review_on=self.hip_precautions_review_on,
        )

    def pin_precautions(self, chosen: HipPrecautions) -> None:
        """Write down the hip precautions it is given under."""
        self.hip_precautions, self.hip_precautions_note = chosen.kind, chosen.note
        self.operated_side, self.hip_precautions_since = chosen.operated_side, chosen.since
        self.hip_precautions_by, self.hip_precautions_on = chosen.set_by, chosen.set_on
        self.hip_precautions_review_on = chosen.review_on

    @property
    def stamp(self) -> str:
        """Which state of a draft this is: it differs after every save."""
        return self.saved_at.isoformat()


class Prescription(Dosage):
    """One exercise in one version: dose, how often, which leg, in which place, and a note."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="prescriptions")
    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField()
    side = models.CharField("leg", max_length=8, choices=Side, blank=True)
    times_a_day = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(TIMES_A_DAY[0]), MaxValueValidator(TIMES_A_DAY[1])]
    )
    weekdays = models.CharField(
        max_length=7, blank=True, validators=[RegexValidator(r"^0?1?2?3?4?5?6?$")], help_text="0 is Monday: 024."
    )
    days_a_week = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(DAYS_A_WEEK[0]), MaxValueValidator(DAYS_A_WEEK[1])]
    )
    as_needed = models.BooleanField(default=False)
    note = Line("note to the patient", max_length=200, blank=True)
    text = models.JSONField("the exercise's words when given", default=dict, blank=True, editable=False)

    class Meta(Dosage.Meta):
        ordering = ["order"]
        constraints = [
            *Dosage.Meta.constraints,
            models.UniqueConstraint(fields=["version", "order"], name="one_prescription_per_place"),
            models.CheckConstraint(
                name="times_a_day_are_1_to_6", condition=Q(times_a_day=None) | Q(times_a_day__range=TIMES_A_DAY)
            ),
            models.CheckConstraint(
                name="days_a_week_are_1_to_7", condition=Q(days_a_week=None) | Q(days_a_week__range=DAYS_A_WEEK)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order}. {self.words['name']}"

    def save(self, **kwargs: Any) -> None:
        """Save within a draft; refuse once the version is given."""
        if Version.objects.given().filter(pk=self.version_id).exists():
            raise FrozenError
        super().save(**kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete from a draft; refuse once the version is given."""
        if Version.objects.given().filter(pk=self.version_id).exists():
            raise FrozenError
        return super().delete(*args, **kwargs)

    @property
    def words(self) -> dict[str, Any]:
        """The exercise's words: as pinned when given, or as the library has them while a draft."""
        return self.text or self.exercise.pinned_text()

    @property
    def name(self) -> str:
        """The exercise's plain name."""
        return str(self.words["name"])

    @property
    def frequency(self) -> Frequency | None:
        """How often, or None while nobody has chosen."""
        if self.as_needed:
            return Frequency(as_needed=True)
        if not self.times_a_day or not (self.weekdays or self.days_a_week):
            return None
        return Frequency(
            weekdays=frozenset(int(d) for d in self.weekdays),
            days_a_week=self.days_a_week,
            times_a_day=self.times_a_day,
        )

    @property
    def picture_side(self) -> str:
        """Which figure to draw: "left", "right" or "both"."""
        return sides.picture_side(self.side, self._affected_side)

    @property
    def side_words(self) -> str:
        """The leg in words: "left leg", "each leg in turn", …, or "" while it is not chosen."""
        return str(Side(self.side).label) if self.side else ""

    @property
    def line(self) -> str:
        """The one line, the same on screen, print and export."""
        return dosage.one_line(self.dose, self.side, self.frequency)

    @property
    def sentence(self) -> str:
        """The one line in plain sentences."""
        return dosage.plain_sentence(self.dose, self.side, self.frequency)

    @property
    def short_dose(self) -> str:
        """The dose as a patient's card has it: "2 rounds of 10"."""
        return dosage.patient_dose(self.dose, self.side)

    @property
    def hold_in_words(self) -> str:
        """The hold of each time, which ``short_dose`` leaves out: "hold 3 seconds", or ""."""
        dose = self.dose
        return "" if dose.is_one_hold or not dose.hold_s else f"hold {dosage.seconds(dose.hold_s, dose.hold_to_s)}"

    @property
    def minutes(self) -> int:
        """About how long it takes each time."""
        return minutes_for(self.dose, self.side)

    def in_words(self, key: str) -> Any:
        """Return the pinned text ``key`` with left and right filled in for this prescription's picture."""
        found = self.words[key]
        if isinstance(found, list):
            return [sides.in_words(sentence, self.side, self._affected_side) for sentence in found]
        return sides.in_words(str(found), self.side, self._affected_side)

    @property
    def steps(self) -> list[str]:
        """What to do, one action a sentence, down to the change of legs."""
        return sides.with_change(self.in_words("steps"), self.side, self.words["position"])

    @property
    def easings(self) -> list[str]:
        """Ways to make it easier. Words pinned before there were any have none, for theirs hold other exercises too."""
        return list(self.in_words("easings")) if "easings" in self.words else []

    @property
    def trains(self) -> str:
        """Whose hip it trains, where that is not plainly the leg that moves: "Trains your left hip", or ""."""
        return sides.trains(self.side, self._works)

    @property
    def moves_and_trains(self) -> str:
        """The same for a clinician: "Right leg moves · trains the left hip", or ""."""
        return sides.moves_and_trains(self.side, self._works)

    @property
    def _works(self) -> str:
        return str(self.words.get("works", sides.Works.MOVING))

    @property
    def start_alt(self) -> str:
        """The start picture in words."""
        return str(self.in_words("start_alt"))

    @property
    def end_alt(self) -> str:
        """The end picture in words."""
        return str(self.in_words("end_alt"))

    @property
    def movement_alt(self) -> str:
        """The moving picture in words; of words pinned before there were any, the two pictures'."""
        told = str(self.in_words("movement_alt")) if "movement_alt" in self.words else ""
        return movement_in_words(told, self.start_alt, self.end_alt)

    @property
    def _affected_side(self) -> str:
        version = self.version
        return version.affected_side if version.is_given else version.programme.patient.affected_side

    def is_due_on(self, day: "dt.date") -> bool:
        """Say whether it is to be done on ``day``."""
        return self.frequency is not None and self.frequency.is_due_on(day)
