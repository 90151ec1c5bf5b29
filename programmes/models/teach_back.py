"""What was gone through with the patient before they left with a version."""

from django.db import models
from django.utils import timezone

from hipcare.clinics.models import User
from programmes.models.version import Version

TAUGHT = ("showed", "knows_when_to_stop", "old_sheet_back")


class TeachBack(models.Model):
    """What somebody ticked when they gave a version; the version itself is frozen."""

    version = models.OneToOneField(Version, on_delete=models.CASCADE, primary_key=True, related_name="teach_back")
    showed = models.BooleanField("showed me each exercise", default=False)
    knows_when_to_stop = models.BooleanField("knows when to stop and who to call", default=False)
    old_sheet_back = models.BooleanField("old sheet taken back", default=False)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"teach-back of {self.version_id}"

    @property
    def ticked(self) -> list[str]:
        return [name for name in TAUGHT if getattr(self, name)]

    @property
    def in_words(self) -> list[str]:
        """What was ticked: "showed me each exercise"."""
        return [field_words(name) for name in self.ticked]


def field_words(name: str) -> str:
    return str(TeachBack._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
