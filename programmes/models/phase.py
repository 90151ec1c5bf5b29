"""The phases of a template: stretches of weeks, each with its own exercises."""

from typing import TYPE_CHECKING

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q

from hipcare.columns import Line
from programmes.models.template import Template
from programmes.rules.following import Weeks
from programmes.wording.weeks import phase_in_words

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from programmes.models.template import TemplateItem

LAST_WEEK = 104


class Phase(models.Model):
    """One stretch of weeks of a template. The weeks say what it is meant for: no date is ever worked out of them."""

    template = models.ForeignKey(Template, on_delete=models.CASCADE, related_name="phases")
    order = models.PositiveSmallIntegerField()
    name = Line(max_length=60, blank=True, help_text="Left out, it is known by its weeks.")
    first_week = models.PositiveSmallIntegerField(validators=[MaxValueValidator(LAST_WEEK)])
    last_week = models.PositiveSmallIntegerField(validators=[MaxValueValidator(LAST_WEEK)])
    description = Line("for the physiotherapist", max_length=200, blank=True)
    note = Line(
        "note to the patient", max_length=300, blank=True, help_text="For this phase; left out, the template's note."
    )

    items: "RelatedManager[TemplateItem]"

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["template", "order"], name="one_phase_per_place_in_a_template"),
            models.CheckConstraint(
                name="the_weeks_of_a_phase_rise",
                condition=Q(last_week__gte=F("first_week"), last_week__lte=LAST_WEEK),
                violation_error_message=f"The weeks of a phase rise, up to {LAST_WEEK}.",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def weeks(self) -> Weeks:
        return Weeks(self.first_week, self.last_week)

    @property
    def weeks_in_words(self) -> str:
        return phase_in_words(self.weeks, "")

    @property
    def label(self) -> str:
        return phase_in_words(self.weeks, self.name)
