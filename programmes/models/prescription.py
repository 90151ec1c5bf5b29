"""One exercise in a version: how much, how often, with which leg, and the words it was given with."""

import uuid
from collections.abc import Hashable, Iterable
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F
from django.utils import translation
from django.utils.text import capfirst

from exercises import sides, wording
from exercises.dosage import minutes_for
from exercises.dose_columns import Dosage
from exercises.models import Exercise, movement_in_words
from exercises.sides import Side
from hipcare.columns import Line
from hipcare.languages import ENGLISH
from programmes.models.rhythm import Rhythm
from programmes.models.version import FrozenError, Version
from programmes.rules.twins import Distinction, counted_as, moments_of
from programmes.wording import doses
from programmes.wording.frequencies import times_line
from programmes.wording.patients_day import ways
from programmes.wording.twin_names import name_apart

if TYPE_CHECKING:
    import datetime as dt

MOST_PRESCRIPTIONS = 12
UNUSUALLY_MANY = 6


COUNTED_BY = ("exercise", "side", "told_apart", "moments")
APART = [
    (Distinction.LEG.value, "the leg"),
    (Distinction.MOMENT.value, "the moment of the day"),
    (Distinction.BOTH.value, "the leg and the moment"),
]


def name_in_place(rows: Iterable["Prescription"], place: int | str | None) -> str:
    """Return the name of the one of a version's ``rows`` that stands in ``place``, or ""."""
    return next((row.name for row in rows if str(row.order) == str(place)), "")


class PrescriptionManager(models.Manager["Prescription"]):
    """Rows that know whose exercise they are of, without a query more."""

    def get_queryset(self) -> models.QuerySet["Prescription"]:
        return super().get_queryset().annotate(exercise_clinic=F("exercise__clinic"))


class Prescription(Dosage, Rhythm):
    """One exercise in one version: dose, how often, which leg, in which place, and a note."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="prescriptions")
    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField()
    side = models.CharField("leg", max_length=8, choices=Side, blank=True)
    own_days = models.BooleanField("days that are not the programme’s", default=False)
    own_times = models.BooleanField("times a day that are not the programme’s", default=False)
    told_apart = models.CharField(
        "by what it is told from the same exercise in another row",
        max_length=6,
        choices=APART,
        blank=True,
        editable=False,
        help_text="Written down when it is given.",
    )
    note = Line("note to the patient", max_length=200, blank=True)
    text = models.JSONField("the exercise's words when given", default=dict, blank=True, editable=False)

    objects = PrescriptionManager()

    class Meta:
        ordering = ["order"]
        constraints = [
            *Dosage.Meta.constraints,
            *Rhythm.Meta.constraints,
            models.UniqueConstraint(fields=["version", "order"], name="one_prescription_per_place"),
        ]

    def __str__(self) -> str:
        return f"{self.order}. {self.words['name']}"

    def save(self, **kwargs: Any) -> None:
        if Version.objects.given().filter(pk=self.version_id).exists():
            raise FrozenError
        super().save(**kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        if Version.objects.given().filter(pk=self.version_id).exists():
            raise FrozenError
        return super().delete(*args, **kwargs)

    @property
    def words(self) -> dict[str, Any]:
        """The exercise's words: as pinned when given, or as the library has them while a draft."""
        return self.text or self.exercise.pinned_text()

    @property
    def library_slug(self) -> str:
        """The pinned slug, if the exercise is the library's; "" for a clinic's own."""
        try:
            clinic = vars(self)["exercise_clinic"]
        except KeyError:  # just made, or read on the way from another row
            clinic = self.exercise.clinic_id
        return str(self.words["slug"]) if clinic is None else ""

    @property
    def exercise_name(self) -> str:
        return str(self.words["name"])

    @property
    def name(self) -> str:
        """The exercise's name; where it stands more than once, with what tells it apart: "Clamshell (left leg)"."""
        if not self.told_apart:
            return self.exercise_name
        with translation.override(self.language):
            return name_apart(self.exercise_name, self.told_apart, self.side, moments_of(self))

    @property
    def name_with_leg(self) -> str:
        """The same with its leg, for where versions differ in that: "Clamshell (right leg)"."""
        apart = Distinction.BOTH if Distinction(self.told_apart).by_moment else Distinction.LEG
        with translation.override(self.language):
            return name_apart(self.exercise_name, apart, self.side, moments_of(self))

    @property
    def counted_by(self) -> Hashable:
        """What it is counted by, whichever version it is in."""
        return counted_as(self.exercise_id, self.side, self.told_apart, self.moments)

    @property
    def key(self) -> tuple[uuid.UUID]:
        """What tells it from others wherever it is shown: once it is given, its id stands for all that it says."""
        if not self.version.is_given:
            raise TypeError("A draft's row still changes.")
        return (self.pk,)

    @property
    def language(self) -> str:
        """The language of the exercise's words; of words pinned before they said it, English."""
        return str(self.words.get("language", ENGLISH))

    @property
    def picture_side(self) -> str:
        return sides.picture_side(self.side, self._affected_side)

    @property
    def side_words(self) -> str:
        """The leg in words: "left leg", "each leg in turn", …, or "" while it is not chosen."""
        return str(Side(self.side).label) if self.side else ""

    @property
    def line(self) -> str:
        return doses.one_line(self.dose, self.side, self.frequency)

    @property
    def sentence(self) -> str:
        return doses.plain_sentence(self.dose, self.side, self.frequency)

    @property
    def short_dose(self) -> str:
        return doses.patient_dose(self.dose, self.side)

    @property
    def dose_alone(self) -> str:
        """The same where the leg stands beside it: "10 times"."""
        return doses.patient_dose(self.dose, "")

    @property
    def load_in_words(self) -> str:
        return wording.load_in_words(self.dose)

    @property
    def when_in_the_day(self) -> str:
        """When, or how many times where that is more than once: "Morning and evening"; "" where its name says it."""
        often = self.frequency
        if often is None or Distinction(self.told_apart).by_moment:
            return ""
        return capfirst(times_line(often)) if often.moments or often.times_a_day > 1 else ""

    @property
    def hold_in_words(self) -> str:
        """The hold of each time, which ``short_dose`` leaves out: "hold 3 seconds", or ""."""
        return doses.short_hold(self.dose)

    @property
    def minutes(self) -> int:
        return minutes_for(self.dose, self.side)

    def in_words(self, key: str) -> Any:
        """Return the pinned text ``key`` with left and right filled in for this prescription's picture."""
        found = self.words[key]
        with translation.override(self.language):
            if isinstance(found, list):
                return [wording.in_words(sentence, self.side, self._affected_side) for sentence in found]
            return wording.in_words(str(found), self.side, self._affected_side)

    @property
    def steps(self) -> list[str]:
        """What to do, one action a sentence, down to the change of legs."""
        with translation.override(self.language):
            return wording.with_change(self.in_words("steps"), self.side, self.words["position"], self.directions)

    @property
    def feel(self) -> str:
        """Where it is felt; words pinned before this was written do not say."""
        return str(self.words.get("feel", ""))

    @property
    def easings(self) -> list[str]:
        """Ways to make it easier. Words pinned before there were any have none, for theirs hold other exercises too."""
        return list(self.in_words("easings")) if "easings" in self.words else []

    @property
    def easings_in_words(self) -> str:
        """The same as sentences, in their own language."""
        with translation.override(self.language):
            return ways(self.easings)

    @property
    def trains(self) -> str:
        """Whose hip it trains, where that is not plainly the leg that moves: "Trains your left hip", or ""."""
        return wording.trains(self.side, self._works)

    @property
    def moves_and_trains(self) -> str:
        """The same for a clinician: "Right leg moves · trains the left hip", or ""."""
        return wording.moves_and_trains(self.side, self._works)

    @property
    def is_for_the_other_hip(self) -> bool:
        """Whether one leg alone does it, and not for the sore hip; a second row may do it for that one."""
        return not self.told_apart and sides.is_for_the_other_hip(self.side, self._works, self._affected_side)

    @property
    def _works(self) -> str:
        return str(self.words.get("works", sides.Works.MOVING))

    @property
    def start_alt(self) -> str:
        return str(self.in_words("start_alt"))

    @property
    def end_alt(self) -> str:
        return str(self.in_words("end_alt"))

    @property
    def last_alt(self) -> str:
        """The finish beside the start, in words, down to the change of legs."""
        return self._down_to_the_change(self.end_alt)

    @property
    def alone_alt(self) -> str:
        """The finish where it stands alone: the start too."""
        return self._down_to_the_change(self.start_alt, self.end_alt)

    def _down_to_the_change(self, *told: str) -> str:
        with translation.override(self.language):
            return " ".join(wording.with_change(told, self.side, self.words["position"]))

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
        return self.frequency is not None and self.frequency.is_due_on(day)
