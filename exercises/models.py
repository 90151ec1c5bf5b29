"""What can be done: the exercises of the shared library and of each clinic."""

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from exercises import dosage
from exercises.cautions import Caution, CautionClass, Together, cautions_of, line_of, unwritten, wrong_with
from exercises.dose_columns import Dosage
from exercises.relatives import Relative
from exercises.sides import SideMode, Works, picture_side, side_for
from exercises.signatures import Signature
from exercises.sources import Citation, sources_of, wrong_with_sources
from exercises.topics import Topic
from exercises.usual_doses import UsualDose
from exercises.wording import in_words, moves_and_trains, usual_line, with_change
from hipcare.clinics.models import Clinic
from hipcare.columns import Line, Texts
from hipcare.derived import DerivedModel, DerivedQuerySet, SortKey
from hipcare.languages import ENGLISH

if TYPE_CHECKING:
    from hipcare.clinics.models import User

__all__ = ["Exercise", "Reading", "Relative", "Signature", "Topic", "UsualDose", "movement_in_words"]


def sentences(value: object) -> None:
    """Refuse anything but a list of words somebody can read."""
    if not isinstance(value, list) or not all(isinstance(text, str) and text.strip() for text in value):
        raise ValidationError("Write a list of sentences.")


def sentence_list(**kwargs: Any) -> Texts:
    return Texts(default=list, validators=[sentences], **kwargs)


def cautions_by_class(value: object) -> None:
    """Refuse anything but a verdict and a sentence for each class that is named."""
    if wrong := wrong_with(value):
        raise ValidationError(wrong)


def sources_to_find(value: object) -> None:
    """Refuse anything but a list of sources with titles, and addresses that are some."""
    if wrong := wrong_with_sources(value):
        raise ValidationError(wrong)


def movement_in_words(movement: str, start: str, end: str) -> str:
    """Return the movement in words, or the two pictures in words where nobody has written it."""
    return movement or f"{start} {end}".strip()


@dataclass(frozen=True, slots=True)
class Reading:
    """An exercise in a patient's words, for one side. ``stop`` ends the sentence "Stop this exercise if …"."""

    steps: list[str]
    why: str
    feel: str
    stop: str
    easings: list[str]
    start_alt: str
    end_alt: str
    movement_alt: str

    @property
    def sentences(self) -> list[str]:
        easings = [f"{easing}." for easing in self.easings]
        return [*self.steps, self.why, *filter(None, [self.feel]), f"Stop this exercise if {self.stop}", *easings]


class ExerciseQuerySet(DerivedQuerySet["Exercise"]):
    def visible_to(self, user: "User") -> Self:
        return self.filter(Q(clinic=None) | Q(clinic=user.clinic_id))

    def current(self) -> Self:
        return self.filter(retired=False)


class Exercise(DerivedModel, Dosage):
    """One exercise: what patients read, what clinicians weigh up, its usual dose and where it comes from.

    Patients' texts may hold ``{leg}`` and ``{other}``, which become "left" and "right" (``wording.in_words``).
    Lists are JSON lists of sentences. The dosage columns are the usual dose. ``fixtures/library/README.md`` says
    what each field is for and how it is written.
    """

    class Position(models.TextChoices):
        LYING = "lying", "Lying on your back"
        SIDE_LYING = "side_lying", "Lying on your side"
        SITTING = "sitting", "Sitting"
        STANDING = "standing", "Standing"
        KNEELING = "kneeling", "On hands and knees"

    class Kind(models.TextChoices):
        STRENGTH = "strength", "Strength"
        STRETCH = "stretch", "Stretch"
        MOBILITY = "mobility", "Mobility"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clinic = models.ForeignKey(Clinic, null=True, blank=True, on_delete=models.CASCADE, related_name="exercises")
    slug = models.SlugField(max_length=60)
    name = Line(max_length=60)
    clinical_name = Line(max_length=80, blank=True)
    also_called = sentence_list(blank=True, help_text="Other names clinicians search by.")
    position = models.CharField(max_length=12, choices=Position)
    kind = models.CharField(max_length=10, choices=Kind)
    side_mode = models.CharField(max_length=15, choices=SideMode)
    works = models.CharField("which leg it trains", max_length=6, choices=Works, default=Works.MOVING)

    language = models.CharField("language of these words", max_length=20, default=ENGLISH)
    start_position = Line(max_length=200)
    steps = sentence_list()
    why = Line(max_length=120)
    feel = Line("where it is felt", max_length=80, blank=True)
    mistakes = sentence_list(blank=True)
    stop_if = sentence_list()
    easings = sentence_list(blank=True, help_text="Ways to make this same exercise easier; patients read them.")
    harder = sentence_list(blank=True, help_text="Ways to make this same exercise harder; for the clinician.")
    swaps = sentence_list(
        blank=True,
        help_text="Other exercises instead, where none can be chosen; for the clinician, not for patients.",
    )
    start_label = Line(max_length=20, default="Start")
    end_label = Line(max_length=20, default="Lift")
    start_alt = Line("the start picture in words", max_length=200)
    end_alt = Line("the end picture in words", max_length=200)
    movement_alt = Line(
        "the movement in words", max_length=200, blank=True, help_text="Left out, it is the two pictures in words."
    )

    equipment = sentence_list(blank=True)
    needs = sentence_list(blank=True, help_text="What a person must manage to do it; for the clinician.")
    muscles = sentence_list(blank=True)
    tags = sentence_list(blank=True, help_text="For searching, see clinical tags in the library's README.")
    cautions_for = Texts(
        "cautions by class",
        default=dict,
        blank=True,
        validators=[cautions_by_class],
        help_text="For the clinician to weigh up; the same for every patient, never matched to a record.",
    )
    cautions = sentence_list(blank=True, help_text="What else to weigh up.")
    hold_range_s = models.JSONField(
        "hold the source leaves open, seconds",
        null=True,
        blank=True,
        help_text='Where it says "a few seconds": [2, 5]. Shown to clinicians; the usual hold lies within.',
    )
    guide_dose = Line("dose as the source guide says it", max_length=120, blank=True)
    unlike_guide = Line(
        "how it differs from the source guide", max_length=200, blank=True, help_text="Shown to clinicians."
    )
    sources = Texts(default=list, blank=True, validators=[sources_to_find], help_text="Where it comes from.")
    reviewed_by = Line(max_length=80, blank=True)
    reviewed_on = models.DateField(null=True, blank=True)
    review_on = models.DateField("check again on", null=True, blank=True)
    text_version = models.PositiveSmallIntegerField(default=1)
    retired = models.BooleanField(default=False)
    in_templates = Texts(default=list, blank=True, editable=False, help_text="Names of the shared templates it is in.")
    sort_key = SortKey("name", default=b"")

    objects = ExerciseQuerySet.as_manager()

    class Meta(Dosage.Meta):
        ordering = ["sort_key", "pk"]
        constraints = [
            *Dosage.Meta.constraints,
            models.UniqueConstraint(fields=["clinic", "slug"], name="one_exercise_per_clinic_and_slug"),
            models.UniqueConstraint(fields=["slug"], condition=Q(clinic=None), name="one_shared_exercise_per_slug"),
        ]

    PINNED_FIELDS = (
        "slug",
        "language",
        "name",
        "clinical_name",
        "position",
        "side_mode",
        "works",
        "start_position",
        "steps",
        "why",
        "feel",
        "mistakes",
        "stop_if",
        "easings",
        "start_label",
        "end_label",
        "start_alt",
        "end_alt",
        "movement_alt",
        "equipment",
        "text_version",
    )

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse a range of holds that does not hold the usual one."""
        if self.hold_range_s is None:
            return
        match self.hold_range_s:
            case [int(low), int(high)] if dosage.HOLD_S[0] <= low <= self.hold_s <= high <= dosage.HOLD_S[1]:
                return
        raise ValidationError({"hold_range_s": "Write two whole numbers with the usual hold between them: [2, 5]."})

    @property
    def second_name(self) -> str:
        """The line under the plain name: the clinical name, or another that clinicians use."""
        return self.clinical_name or next(iter(self.also_called), "")

    @property
    def library_slug(self) -> str:
        """What the library calls it, and its drawings; "" for a clinic's own, whatever slug that bears."""
        return self.slug if self.clinic_id is None else ""

    @property
    def figure_side(self) -> str:
        """The side to draw where no patient is in sight: both legs, or the right one."""
        return picture_side(side_for(self.side_mode, ""))

    @property
    def comes_from(self) -> list[Citation]:
        return sources_of(self.sources)

    @property
    def class_cautions(self) -> list[Caution]:
        return cautions_of(self.cautions_for)

    @property
    def cautions_line(self) -> list[Together]:
        return line_of(self.class_cautions)

    @property
    def unwritten_cautions(self) -> list[CautionClass]:
        """The classes of which nothing is written: an exercise of the clinic's own may have some."""
        return unwritten(self.cautions_for)

    def moves_and_trains(self, side: str) -> str:
        return moves_and_trains(side, self.works)

    def pinned_text(self) -> dict[str, Any]:
        """Return what a given version keeps of this exercise, so that later edits here do not alter it."""
        return {name: getattr(self, name) for name in self.PINNED_FIELDS}

    def usual_dose_line(self) -> str:
        """Return the usual dose in one line, with how it treats the legs: ``1 × 10 · sore leg only``."""
        return usual_line(self.dose, self.side_mode)

    def steps_for(self, side: str) -> list[str]:
        return with_change([in_words(step, side) for step in self.steps], side, self.position, self.directions)

    def read_for(self, side: str) -> Reading:
        return Reading(
            steps=self.steps_for(side),
            why=self.why,
            feel=self.feel,
            stop=f"{', or '.join(self.stop_if)}.",
            easings=self.easings,
            start_alt=in_words(self.start_alt, side),
            end_alt=in_words(self.end_alt, side),
            movement_alt=in_words(movement_in_words(self.movement_alt, self.start_alt, self.end_alt), side),
        )
