"""The columns of a dose, shared by the exercises of the library, templates and prescriptions."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator, StepValueValidator
from django.db import models
from django.db.models import F, Q

from exercises import dosage
from exercises.dosage import Dose
from hipcare.columns import Line


def whole_number(
    limits: tuple[int, int], verbose_name: str, **kwargs: Any
) -> "models.PositiveSmallIntegerField[Any, Any]":
    low, high = limits
    return models.PositiveSmallIntegerField(
        verbose_name, validators=[MinValueValidator(low), MaxValueValidator(high)], **kwargs
    )


def number_if_any(limits: tuple[int, int], verbose_name: str) -> "models.PositiveSmallIntegerField[Any, Any]":
    return whole_number(limits, verbose_name, null=True, blank=True)


def within(name: str, limits: tuple[int, int]) -> Q:
    return Q(**{name: None}) | Q(**{f"{name}__range": limits})


class Dosage(models.Model):
    """The columns of a dose; ``dose`` is the value that the rules work with."""

    sets = whole_number(dosage.SETS, "sets", default=1)
    reps = whole_number(dosage.REPS, "reps", default=10)
    reps_to = number_if_any(dosage.REPS, "reps, up to")
    hold_s = whole_number(dosage.HOLD_S, "hold, seconds", default=0)
    hold_to_s = number_if_any(dosage.HOLD_S, "hold, up to")
    rest_s = whole_number(dosage.REST_S, "rest, seconds", default=0)
    directions = whole_number(dosage.DIRECTIONS, "directions", default=1)
    load = Line(max_length=40, blank=True, help_text='Where the load goes, or what it is: "at the ankle".')
    tempo = Line(max_length=40, blank=True, help_text="In words, as it was written before there were numbers.")
    load_g = models.PositiveIntegerField(
        "load, grams",
        null=True,
        blank=True,
        validators=[
            MinValueValidator(dosage.LOAD_G[0]),
            MaxValueValidator(dosage.LOAD_G[1]),
            StepValueValidator(dosage.LOAD_STEP_G),
        ],
    )
    band = Line("colour of the band", max_length=20, blank=True)
    up_s = number_if_any(dosage.TEMPO_S, "tempo: seconds up")
    down_s = number_if_any(dosage.TEMPO_S, "tempo: seconds down")
    for_minutes = number_if_any(dosage.MINUTES, "minutes, in place of reps")
    effort_of_10 = number_if_any(dosage.EFFORT, "how hard it should feel, of 10")
    pain_up_to = number_if_any(dosage.PAIN_UP_TO, "its own pain limit, of 10")
    progression = Line(
        "progression rule",
        max_length=120,
        blank=True,
        help_text="Printed as it is written; nothing is worked out of it.",
    )

    DOSE_FIELDS = (
        "sets", "reps", "reps_to", "hold_s", "hold_to_s", "rest_s", "directions", "load", "tempo",
        "load_g", "band", "up_s", "down_s", "for_minutes", "effort_of_10", "pain_up_to",
    )  # fmt: skip

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(name="%(class)s_sets_are_1_to_10", condition=Q(sets__range=dosage.SETS)),
            models.CheckConstraint(
                name="%(class)s_reps_are_1_to_100_and_rise",
                condition=Q(reps__range=dosage.REPS)
                & (Q(reps_to=None) | Q(reps_to__gt=F("reps"), reps_to__lte=dosage.REPS[1])),
                violation_error_message="Reps go from 1 to 100, and a range must rise.",
            ),
            models.CheckConstraint(
                name="%(class)s_hold_is_0_to_300_s_and_rises",
                condition=Q(hold_s__range=dosage.HOLD_S)
                & (Q(hold_to_s=None) | Q(hold_to_s__gt=F("hold_s"), hold_to_s__lte=dosage.HOLD_S[1])),
                violation_error_message="A hold is 0 to 300 seconds, and a range must rise.",
            ),
            models.CheckConstraint(name="%(class)s_rest_is_0_to_600_s", condition=Q(rest_s__range=dosage.REST_S)),
            models.CheckConstraint(
                name="%(class)s_has_1_or_2_directions", condition=Q(directions__range=dosage.DIRECTIONS)
            ),
            models.CheckConstraint(
                name="%(class)s_load_is_a_weight_or_a_band",
                condition=within("load_g", dosage.LOAD_G) & (Q(load_g=None) | Q(band="")),
                violation_error_message="A load is a weight of 0.25 to 50 kg, or a band.",
            ),
            models.CheckConstraint(
                name="%(class)s_tempo_goes_up_and_down",
                condition=Q(up_s=None, down_s=None) | Q(up_s__range=dosage.TEMPO_S, down_s__range=dosage.TEMPO_S),
                violation_error_message="A tempo needs the seconds up and the seconds down, 1 to 30 each.",
            ),
            models.CheckConstraint(
                name="%(class)s_minutes_stand_without_reps",
                condition=Q(for_minutes=None)
                | Q(for_minutes__range=dosage.MINUTES, reps_to=None, hold_s=0, hold_to_s=None, up_s=None),
                violation_error_message="Minutes, 1 to 180, stand without a range of reps, a hold or a tempo.",
            ),
            models.CheckConstraint(
                name="%(class)s_effort_and_pain_are_of_10",
                condition=within("effort_of_10", dosage.EFFORT) & within("pain_up_to", dosage.PAIN_UP_TO),
            ),
        ]

    @property
    def dose(self) -> Dose:
        return Dose(**{name: getattr(self, name) for name in self.DOSE_FIELDS})
