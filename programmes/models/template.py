"""Named lists of exercises to start from."""

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.text import capfirst

from exercises import wording
from exercises.dose_columns import Dosage
from exercises.models import Exercise
from exercises.sides import Leg, SideMode, side_of_leg
from hipcare.clinics.models import Clinic, User
from hipcare.columns import Line
from hipcare.derived import DerivedModel, DerivedQuerySet, SortKey
from programmes.models.rhythm import Rhythm
from programmes.wording.frequencies import days_line, times_line

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from programmes.models.phase import Phase


class TemplateQuerySet(DerivedQuerySet["Template"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(Q(clinic=None) | Q(clinic=user.clinic_id))

    def own(self) -> Self:
        """Return those of a clinic: the shared ones are nobody's to change."""
        return self.filter(clinic__isnull=False)

    def current(self) -> Self:
        return self.filter(retired=False)


class Template(DerivedModel):
    """A starting point. The programme's days, times and review date are never in it: those are the physiotherapist's.

    One of its exercises may bring days or times of its own, where the programme that it is taken from states them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clinic = models.ForeignKey(Clinic, null=True, blank=True, on_delete=models.CASCADE, related_name="templates")
    slug = models.SlugField(max_length=60)
    name = Line(max_length=60)
    description = Line(max_length=200, blank=True)
    note = Line(
        "note to the patient",
        max_length=300,
        blank=True,
        help_text="Fills the draft's note where it is empty; the physiotherapist reads and changes it before giving.",
    )
    order = models.PositiveSmallIntegerField(default=0)
    retired = models.BooleanField(default=False)
    made_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(null=True, blank=True, editable=False)
    changed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(null=True, blank=True, editable=False)
    last_changes = models.JSONField("who changed each value last", default=dict, blank=True, editable=False)
    sort_key = SortKey("name", default=b"")

    objects = TemplateQuerySet.as_manager()
    phases: "RelatedManager[Phase]"
    items: "RelatedManager[TemplateItem]"

    class Meta:
        ordering = ["order", "sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["clinic", "slug"], name="one_template_per_clinic_and_slug"),
            models.UniqueConstraint(fields=["slug"], condition=Q(clinic=None), name="one_shared_template_per_slug"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def parts(self) -> "list[Phase] | list[Template]":
        """Whatever holds its items: its phases, or where it has none the template itself."""
        return list(self.phases.all()) or [self]


class TemplateItem(Dosage, Rhythm):
    """One exercise of a template, or of one of its phases, with its dose and a note to print beside it.

    Days or times a day that it does not say are those of the programme.
    """

    template = models.ForeignKey(Template, on_delete=models.CASCADE, related_name="items")
    phase = models.ForeignKey(
        "programmes.Phase", null=True, blank=True, on_delete=models.CASCADE, related_name="items"
    )  # None where the template has none
    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField()
    leg = models.CharField(max_length=5, choices=Leg, blank=True)
    note = Line(max_length=200, blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [
            *Dosage.Meta.constraints,
            *Rhythm.Meta.constraints,
            models.UniqueConstraint(fields=["template", "order"], name="one_item_per_place_in_a_template"),
        ]

    def __str__(self) -> str:
        return f"{self.order}. {self.exercise_id}"

    @property
    def name(self) -> str:
        return self.exercise.name

    @property
    def own_days(self) -> bool:
        return self.names_days

    @property
    def own_times(self) -> bool:
        return self.times_a_day is not None

    @property
    def side(self) -> str:
        """The leg it is for, named also where the exercise decides it."""
        usual = Leg.SORE if self.exercise.side_mode == SideMode.AFFECTED_ONLY else Leg.EACH
        return self.leg or usual

    def side_for(self, affected: str) -> str:
        return side_of_leg(self.leg, self.exercise.side_mode, affected)

    @property
    def rhythm_in_words(self) -> str:
        """The days and times that are its own, not the programme's: "Mon Wed Fri, twice a day", or ""."""
        days = days_line(self.as_said) if self.names_days else ""
        times = times_line(self.as_said) if self.times_a_day else ""
        return capfirst(", ".join(filter(None, [days, times])))

    @property
    def dose_line(self) -> str:
        """The dose in one line, with how it treats the legs: "1 × 10 · sore leg only"."""
        return wording.usual_line(self.dose, self.exercise.side_mode, self.leg)
