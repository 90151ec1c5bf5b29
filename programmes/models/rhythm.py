"""How often, as columns: of a whole version, of one prescription, of one exercise in a template."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q

from programmes.rules.schedule import DAYS_A_WEEK, TIMES_A_DAY, Frequency, PartOfDay

DAYS_FIELDS = ("weekdays", "days_a_week", "every_other_day", "starts_on", "as_needed")
"""Which days. They mean something only together."""
TIMES_FIELDS = ("times_a_day", "moments")
"""How many times on each of them, and when."""
RHYTHM_FIELDS = (*DAYS_FIELDS, *TIMES_FIELDS)


class Rhythm(models.Model):
    """The columns of a frequency; ``frequency`` is the value that the rules work with."""

    times_a_day = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(TIMES_A_DAY[0]), MaxValueValidator(TIMES_A_DAY[1])]
    )
    moments = models.CharField(
        max_length=5, blank=True, validators=[RegexValidator(r"^0?1?2?3?4?$")], help_text="0 is morning: 03."
    )
    weekdays = models.CharField(
        max_length=7, blank=True, validators=[RegexValidator(r"^0?1?2?3?4?5?6?$")], help_text="0 is Monday: 024."
    )
    days_a_week = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(DAYS_A_WEEK[0]), MaxValueValidator(DAYS_A_WEEK[1])]
    )
    every_other_day = models.BooleanField(default=False)
    starts_on = models.DateField(
        "every other day from", null=True, blank=True, help_text="Left out, the day on which it is given."
    )
    as_needed = models.BooleanField(default=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_times_a_day_are_1_to_6",
                condition=Q(times_a_day=None) | Q(times_a_day__range=TIMES_A_DAY),
            ),
            models.CheckConstraint(
                name="%(class)s_days_a_week_are_1_to_7",
                condition=Q(days_a_week=None) | Q(days_a_week__range=DAYS_A_WEEK),
            ),
            models.CheckConstraint(
                name="%(class)s_every_other_day_stands_alone",
                condition=Q(every_other_day=False, starts_on=None)
                | Q(every_other_day=True, weekdays="", days_a_week=None, as_needed=False),
                violation_error_message="Every other day stands without weekdays; only it has a first day.",
            ),
        ]

    def clean(self) -> None:
        """Refuse more moments than times a day."""
        super().clean()
        if len(self.moments) > (self.times_a_day or 0):
            raise ValidationError({"moments": "There are more moments than times a day."})

    @property
    def names_days(self) -> bool:
        return bool(self.weekdays or self.days_a_week or self.every_other_day or self.as_needed)

    @property
    def frequency(self) -> Frequency | None:
        """How often it is, or None while either half of it is not chosen."""
        if self.as_needed:
            return Frequency(as_needed=True)
        return self.as_said if self.times_a_day and self.names_days else None

    @property
    def as_said(self) -> Frequency:
        """What is said of it so far; one half may be missing."""
        return Frequency(
            weekdays=frozenset(int(day) for day in self.weekdays),
            days_a_week=self.days_a_week,
            times_a_day=self.times_a_day or 1,
            as_needed=self.as_needed,
            every_other_day=self.every_other_day,
            starts_on=self.starts_on,
            moments=tuple(PartOfDay(int(one)) for one in self.moments),
        )
