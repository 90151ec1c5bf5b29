"""What an exercise can be replaced with: easier, harder, without the floor."""

from django.db import models
from django.db.models import F, Q


class Relative(models.Model):
    """Another exercise for the same purpose: an easier one, a harder one, or one that needs no floor.

    Read "``other`` is ``how`` than ``exercise``"; ``order`` is that of the library's file.
    """

    class How(models.TextChoices):
        EASIER = "easier", "Easier"
        HARDER = "harder", "Harder"
        NO_FLOOR = "no_floor", "Without the floor"

    exercise = models.ForeignKey("exercises.Exercise", on_delete=models.CASCADE, related_name="relatives")
    other = models.ForeignKey("exercises.Exercise", on_delete=models.CASCADE, related_name="+")
    how = models.CharField(max_length=8, choices=How)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["how", "order"]
        constraints = [
            models.CheckConstraint(name="nothing_is_its_own_relative", condition=~Q(exercise=F("other"))),
            models.UniqueConstraint(fields=["exercise", "how", "order"], name="one_relative_per_place"),
            models.UniqueConstraint(fields=["exercise", "how", "other"], name="relative_is_named_once"),
            models.UniqueConstraint(
                fields=["exercise", "other"], condition=~Q(how="no_floor"), name="relative_is_easier_or_harder"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.exercise}: {self.get_how_display()}: {self.other}"
