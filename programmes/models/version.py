"""A version of a programme: a draft until it is given.

From then on it is frozen: neither it nor its prescriptions can be saved or deleted. An edit opens the next draft.
"""

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property

from exercises.models import Topic
from exercises.topics import TopicReading
from hipcare.clinics.models import Patient, User
from hipcare.clinics.precautions import HipPrecautions
from hipcare.columns import Line
from programmes.models.programme import Programme
from programmes.models.rhythm import Rhythm
from programmes.rules.following import PinnedPhase, phase_at
from programmes.wording.weeks import standing_in_words

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from programmes.models.prescription import Prescription


BEGUN_WITH = ("name", "template_id", "copied_from_id")  # the columns that say what it was started from
FOLLOWED = ("phase", "follows")  # the columns that say which phases a version follows, and where it is in them
MOST_TOPICS = 3


class FrozenError(RuntimeError):
    """A given version cannot be changed."""

    def __init__(self) -> None:
        super().__init__("A given version is frozen. Open a draft to change the programme.")


class VersionQuerySet(models.QuerySet["Version"]):
    def visible_to(self, user: User) -> Self:
        """Return the versions ``user`` may see; patients never see a draft."""
        seen = self.filter(programme__patient__in=Patient.objects.visible_to(user))
        return seen.given() if user.is_patient else seen

    def given(self) -> Self:
        return self.filter(number__isnull=False).order_by("number")

    def drafts(self) -> Self:
        return self.filter(number=None)

    def current(self) -> Self:
        """Return the current version of each programme: the newest given one, unless the programme has ended."""
        newer = Version.objects.filter(programme=models.OuterRef("programme"), number__gt=models.OuterRef("number"))
        return self.given().filter(~models.Exists(newer), programme__status=Programme.Status.ACTIVE)

    def before(self, version: "Version") -> Self:
        """Return those given before ``version`` in its programme; the first is the version before."""
        return self.filter(programme=version.programme_id, number__lt=version.number).order_by("-number")

    def after(self, version: "Version") -> Self:
        return self.filter(programme=version.programme_id, number__gt=version.number).order_by("number")

    def current_first(self) -> Self:
        """Return given ones, a patient's current version first; where the programme has ended, its last one."""
        return self.given().order_by("programme__status", "-programme__started_at", "-number")


class Version(Rhythm):
    """A numbered state of a programme: who gave it, when, why, and until when. No number: a draft.

    Its rhythm is that of every prescription that has none of its own.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    name = Line("started from", max_length=60, blank=True, help_text="The template's name.")
    goal = Line("goal, in the patient's words", max_length=120, blank=True)
    note = Line("note to the patient", max_length=300, blank=True)
    review_on = models.DateField(null=True, blank=True)
    reason = Line("what changed and why", max_length=200, blank=True)
    phase = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Its place among those it follows.")
    follows = models.JSONField("the template's phases when it was chosen", default=dict, blank=True, editable=False)
    topics = models.JSONField("topics to read", default=list, blank=True)
    topic_words = models.JSONField("the topics’ words when given", default=list, blank=True, editable=False)
    # What these two name may go, and then it is not there: a given version stays as it is.
    template = models.ForeignKey(
        "programmes.Template",
        null=True,
        blank=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="versions",
    )
    copied_from = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
        help_text="A version of another patient, for staff to read.",
    )
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    saved_at = models.DateTimeField(auto_now=True)
    given_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(null=True, blank=True)
    # As they stood when it was given; the patient's record and the clinic's settings may change later.
    affected_side = models.CharField(max_length=5, blank=True)
    hip_precautions = models.CharField(max_length=10, choices=Patient.Precautions, blank=True)
    hip_precautions_note = Line(max_length=240, blank=True)
    operated_side = models.CharField(max_length=5, choices=Patient.HipSide, blank=True)
    hip_precautions_since = models.DateField(null=True, blank=True)
    hip_precautions_by = Line("name of who set the precautions", max_length=80, blank=True)
    hip_precautions_on = models.DateField(null=True, blank=True)
    hip_precautions_review_on = models.DateField(null=True, blank=True)
    pain_fine_up_to = models.PositiveSmallIntegerField(null=True, blank=True)
    pain_ok_up_to = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = VersionQuerySet.as_manager()
    prescriptions: "RelatedManager[Prescription]"

    class Meta:
        ordering = ["programme", "number"]
        constraints = [
            *Rhythm.Meta.constraints,
            models.UniqueConstraint(fields=["programme", "number"], name="version_numbers_are_used_once"),
            models.UniqueConstraint(fields=["programme"], condition=Q(number=None), name="one_draft_at_a_time"),
            models.CheckConstraint(
                name="a_given_version_is_complete",
                condition=Q(number=None)
                | Q(
                    number__gte=1,
                    given_by__isnull=False,
                    given_at__isnull=False,
                    review_on__isnull=False,
                    pain_ok_up_to__isnull=False,
                    hip_precautions__in=["none", "posterior", "anterior", "other"],
                )
                & (~Q(hip_precautions="other") | ~Q(hip_precautions_note="")),
            ),
            models.CheckConstraint(
                name="every_version_after_the_first_has_a_reason",
                condition=Q(number=None) | Q(number=1) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number}" if self.number else "draft"

    def save(self, **kwargs: Any) -> None:
        if not self._state.adding and Version.objects.given().filter(pk=self.pk).exists():
            raise FrozenError
        super().save(**kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        if self.is_given:
            raise FrozenError
        return super().delete(*args, **kwargs)

    @property
    def is_given(self) -> bool:
        return self.number is not None

    @cached_property
    def previous(self) -> "Version | None":
        """Return the version before, None for a first one and for a draft."""
        return Version.objects.before(self).first() if self.is_given else None

    @property
    def readings(self) -> list[TopicReading]:
        """The topics of a given version, in the words they were given with."""
        return [TopicReading(words) for words in self.topic_words]

    def chosen_topics(self) -> list[Topic]:
        """Return the topics of a draft, in its order, as the library has them now."""
        found = Topic.objects.in_bulk(self.topics) if self.topics else {}
        return [found[pk] for pk in map(uuid.UUID, self.topics) if pk in found]

    def topics_to_choose(self) -> models.QuerySet[Topic]:
        """Return what there is for the patient's clinic, and what the draft holds though it is out of use."""
        return Topic.objects.of_clinic(self.patient.clinic_id).filter(Q(retired=False) | Q(pk__in=self.topics))

    def pin_topics(self) -> None:
        """Write down the words that its topics are given with."""
        chosen = self.chosen_topics()
        self.topics = [str(topic.pk) for topic in chosen]
        self.topic_words = [topic.pinned_text() for topic in chosen]

    @property
    def patient(self) -> Patient:
        return self.programme.patient

    @property
    def precautions(self) -> HipPrecautions:
        return HipPrecautions(
            kind=self.hip_precautions,
            note=self.hip_precautions_note,
            operated_side=self.operated_side,
            since=self.hip_precautions_since,
            set_by=self.hip_precautions_by,
            set_on=self.hip_precautions_on,
            review_on=self.hip_precautions_review_on,
        )

    def pin_circumstances(self) -> None:
        """Write down what it is given under: the sore side, the hip precautions, the clinic's pain bands."""
        clinic, chosen = self.patient.clinic, self.patient.precautions
        self.affected_side = self.patient.affected_side
        self.pain_fine_up_to, self.pain_ok_up_to = clinic.pain_fine_up_to, clinic.pain_ok_up_to
        self.hip_precautions, self.hip_precautions_note = chosen.kind, chosen.note
        self.operated_side, self.hip_precautions_since = chosen.operated_side, chosen.since
        self.hip_precautions_by, self.hip_precautions_on = chosen.set_by, chosen.set_on
        self.hip_precautions_review_on = chosen.review_on

    @property
    def phase_now(self) -> PinnedPhase | None:
        """The phase it is for; None where it follows none."""
        return phase_at(self.follows, self.phase)

    def is_at(self, phase: PinnedPhase, of: "Version") -> bool:
        """Say whether this is for ``phase`` of what the version ``of`` follows."""
        return (self.phase, self.follows) == (phase.place, of.follows)

    @property
    def phase_in_words(self) -> str:
        """Which of its phases it is for, "" where it follows none."""
        return standing_in_words(self.phase_now) if self.phase_now else ""

    @property
    def stamp(self) -> str:
        """Which state of a draft this is: it differs after every save."""
        return self.saved_at.isoformat()


class LoadedVersions(list[Version]):
    """All versions of a patient, read already, newest first: asked as ``Version.objects`` is, without a query."""

    @classmethod
    def newest_first(cls, versions: Iterable[Version]) -> Self:
        """Put them in order, the draft of a programme before what was given of it."""
        return cls(sorted(versions, key=lambda v: (v.programme.started_at, not v.is_given, _place(v)), reverse=True))

    @property
    def draft(self) -> Version | None:
        return next((version for version in self if not version.is_given), None)

    @property
    def current(self) -> Version | None:
        active = (v for v in self if v.is_given and v.programme.status == Programme.Status.ACTIVE)
        return next(active, None)

    @property
    def since(self) -> dt.datetime | None:
        """When the first version of the programme in force was given."""
        return self._given_in(self.current.programme_id)[-1].given_at if self.current else None

    def before(self, version: Version | None) -> Version | None:
        """Return the version before, None for a first one."""
        if version is None:
            return None
        return next((v for v in self._given_in(version.programme_id) if _place(v) < _place(version)), None)

    def after(self, version: Version) -> list[Version]:
        return [v for v in reversed(self._given_in(version.programme_id)) if _place(v) > _place(version)]

    def _given_in(self, programme: uuid.UUID) -> list[Version]:
        return [version for version in self if version.is_given and version.programme_id == programme]


def _place(version: Version) -> int:
    return version.number or 0
