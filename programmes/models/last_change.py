"""Who changed a value of a draft last."""

from django.db import models

from hipcare.clinics.models import User
from programmes.models.version import Version


class LastChange(models.Model):
    """Who changed one value of a draft last, when and in which window; gone once the draft is given.

    ``key`` names the value as ``programmes.rules.merging`` does. What it says is in the draft alone.
    """

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="last_changes")
    key = models.CharField(max_length=60)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    window = models.CharField(max_length=36, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="one_last_change_of_each_value"),
        ]

    def __str__(self) -> str:
        return f"last change of {self.key}"
