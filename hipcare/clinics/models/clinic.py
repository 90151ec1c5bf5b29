"""The tenant: everything a person sees belongs to exactly one clinic, save the shared library."""

import uuid
import zoneinfo
from typing import TYPE_CHECKING, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from hipcare.clinics.bands import BANDS
from hipcare.clinics.precautions import OURS, HipPrecautions, HipRules, RuleList, hip_rules
from hipcare.columns import Line, Name, Texts
from hipcare.derived import DerivedLine, DerivedModel, DerivedQuerySet, SortKey
from hipcare.telephone import country_of, dialled

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from hipcare.clinics.models.precaution_list import PrecautionList
    from hipcare.clinics.models.user import User


def time_zone_exists(name: str) -> None:
    if name not in zoneinfo.available_timezones():
        raise ValidationError("Choose a time zone such as Europe/London.")


def usual_bands() -> list[str]:
    """Return the colours of a new clinic's bands, lightest first."""
    return [*BANDS]


class ClinicQuerySet(DerivedQuerySet["Clinic"]):
    def visible_to(self, user: "User") -> Self:
        return self.filter(pk=user.clinic_id)


class Clinic(DerivedModel):
    """A practice, its letterhead, its help numbers and its pain bands (0–10)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = Name(max_length=80)
    address = Line(max_length=160, blank=True)
    phone = Line("clinic phone", max_length=30, blank=True)
    opening_hours = Line("when someone answers", max_length=80, blank=True)
    emergency_phone = Line("emergency number", max_length=20, default="999", blank=True)
    urgent_phone = Line("urgent advice number", max_length=20, default="111", blank=True)
    time_zone = models.CharField(max_length=40, default="Europe/London", validators=[time_zone_exists])
    country = models.CharField(
        "country whose way of dialling is used", max_length=2, blank=True, help_text="Empty: the time zone's."
    )
    pain_fine_up_to = models.PositiveSmallIntegerField("pain that is fine, up to", default=2)
    pain_ok_up_to = models.PositiveSmallIntegerField("pain that is OK, up to", default=5)
    # From which number on the review list names a fact; pain is held against the last score that is OK.
    look_pain_times = models.PositiveSmallIntegerField("sessions above the limit", default=2)
    look_pain_of = models.PositiveSmallIntegerField("of the last sessions", default=3)
    look_unsettled_times = models.PositiveSmallIntegerField("mornings not back to usual", default=2)
    look_unsettled_of = models.PositiveSmallIntegerField("of the last answers", default=3)
    look_moved_by = models.PositiveSmallIntegerField("points away from usual pain", default=2)
    look_sore_times = models.PositiveSmallIntegerField("times too sore for the same exercise", default=2)
    look_quiet_days = models.PositiveSmallIntegerField("days without a log", default=7)
    look_easy_times = models.PositiveSmallIntegerField("sessions all done and easy", default=3)
    bands = Texts("colours of the bands, lightest first", default=usual_bands)
    prints_in_grey = models.BooleanField("sheets are printed without colour", default=False)
    phone_dialled = DerivedLine("phone", "country", "time_zone", by="phone_as_dialled", max_length=20, blank=True)
    sort_key = SortKey("name", default=b"")
    is_demo = models.BooleanField("made-up clinic", default=False, editable=False)

    objects = ClinicQuerySet.as_manager()
    precaution_lists: "RelatedManager[PrecautionList]"

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="pain_bands_rise_from_0_to_10",
                condition=Q(pain_fine_up_to__lt=F("pain_ok_up_to"), pain_ok_up_to__lt=10),
                violation_error_message="The bands must rise, and the last must leave room for 'stop'.",
            ),
            models.CheckConstraint(
                name="the_review_list_counts_from_one",
                condition=Q(
                    look_pain_times__range=(1, F("look_pain_of")),
                    look_unsettled_times__range=(1, F("look_unsettled_of")),
                    look_moved_by__gte=1,
                    look_sore_times__gte=1,
                    look_quiet_days__gte=1,
                    look_easy_times__gte=1,
                ),
                violation_error_message="Each number is at least 1, and none counts more than it looks at.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        """The clinic's time zone: the day a session belongs to is a day here."""
        return zoneinfo.ZoneInfo(self.time_zone)

    @property
    def pain_bands(self) -> tuple[int, int]:
        """The last score that is fine, and the last that is OK; above it is stop for today."""
        return self.pain_fine_up_to, self.pain_ok_up_to

    @property
    def calling_country(self) -> str:
        """The country in which the clinic's and its patients' numbers are dialled: "GB"."""
        return self.country or country_of(self.time_zone)

    @property
    def phone_as_dialled(self) -> str:
        """The clinic's number as a telephone dials it: "+441632960118"."""
        return dialled(self.phone, self.calling_country)

    @property
    def missing_help_numbers(self) -> list[str]:
        numbers = {
            "clinic phone": self.phone,
            "emergency number": self.emergency_phone,
            "urgent advice number": self.urgent_phone,
        }
        return [name for name, number in numbers.items() if not number]

    def rules(self) -> dict[str, RuleList]:
        """Return the rules in words by kind of hip precautions: the clinic's own, else ours."""
        return OURS | {one.kind: one.words for one in self.precaution_lists.all()}

    def rules_for(self, kind: str) -> RuleList | None:
        return self.rules().get(kind)

    def hip_rules(self, precautions: HipPrecautions) -> HipRules | None:
        """Return what a patient with these precautions reads today, or None where that is nothing."""
        return hip_rules(precautions, self.rules_for(precautions.kind) if precautions.has_rules else None)
