"""What a patient did, as the patient says."""

import datetime as dt
import uuid
from collections.abc import Hashable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hipcare.clinics.models import Helper, Patient, User
from hipcare.columns import Line, Lines
from programmes.models.prescription import COUNTED_BY, Prescription
from programmes.models.version import Version
from programmes.rules.twins import counted_as

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

CORRECTION_TIME = dt.timedelta(hours=48)
NOTE_LENGTH = 1000


class SessionQuerySet(models.QuerySet["Session"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(version__programme__patient__in=Patient.objects.visible_to(user))

    def to_change_by(self, user: User) -> Self:
        """Those that who is here may look at and put right: the patient all of them, a helper what they entered."""
        return self.filter(helper=user.helper) if user.helper else self

    def between(self, first: dt.date, last: dt.date) -> Self:
        return self.filter(local_date__range=(first, last))


class Answers(models.Model):
    """What a patient can say of a session, besides ticking. Its fields are listed here, and only here."""

    class Effort(models.TextChoices):
        EASY = "easy", _("Easy")
        SOMEWHAT_HARD = "somewhat_hard", _("Somewhat hard")
        HARD = "hard", _("Hard")

    pain = models.PositiveSmallIntegerField("worst pain, 0 to 10", null=True, blank=True)
    hurt = models.PositiveSmallIntegerField("which exercise hurt, by its place in the version", null=True, blank=True)
    effort = models.CharField(max_length=13, choices=Effort, blank=True)
    note = Lines(max_length=NOTE_LENGTH, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(name="session_pain_is_0_to_10", condition=Q(pain__isnull=True) | Q(pain__lte=10)),
        ]

    @property
    def answers(self) -> dict[str, Any]:
        """What was said, by field; what was not said is None or empty."""
        return {name: getattr(self, name) for name in ANSWERS}

    @property
    def was_easy(self) -> bool:
        return self.effort == self.Effort.EASY

    def answer(self, answers: Mapping[str, Any]) -> None:
        for name in ANSWERS:
            setattr(self, name, answers[name])


ANSWERS = tuple(field.name for field in Answers._meta.local_fields)


class Session(Answers):
    """One sitting. The client makes the id, so that sending it twice changes nothing."""

    class Source(models.TextChoices):
        WEB = "web", "on the web"
        PAPER = "paper", "paper diary"
        STAFF = "staff", "written by staff"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    # No index of its own: that of sessions_of_a_version begins with it.
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="sessions", db_index=False)
    local_date = models.DateField("the patient's day")
    received_at = models.DateTimeField(default=timezone.now, editable=False)
    performed_at = models.DateTimeField("when it was said, where it had to wait", null=True, blank=True, editable=False)
    source = models.CharField(max_length=5, choices=Source, default=Source.WEB)
    corrected_at = models.DateTimeField(null=True, blank=True)
    # Who entered what it says now, where it was not the patient. No index: nobody asks from there.
    helper = models.ForeignKey(Helper, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    objects = SessionQuerySet.as_manager()
    performed: "RelatedManager[PerformedExercise]"
    revisions: "RelatedManager[SessionRevision]"

    class Meta(Answers.Meta):
        ordering = ["-local_date", "-received_at"]
        indexes = [models.Index(fields=["version", "-local_date"], name="sessions_of_a_version")]

    def __str__(self) -> str:
        return f"session of {self.local_date:%Y-%m-%d}"

    @property
    def said_at(self) -> dt.datetime:
        """When the patient saved it; with no signal that is long before it arrives."""
        return self.performed_at or self.received_at

    @property
    def is_from_paper(self) -> bool:
        return self.source == self.Source.PAPER

    @property
    def can_be_corrected_until(self) -> dt.datetime:
        """When the patient can no longer put it right; what came on paper staff put right, as long as they like."""
        return self.received_at if self.is_from_paper else self.received_at + CORRECTION_TIME

    @property
    def can_be_corrected(self) -> bool:
        return timezone.now() <= self.can_be_corrected_until

    def given_meanwhile(self, later: Iterable[Version]) -> Version | None:
        """Return the first of ``later``, the versions after its own, that was given before it arrived."""
        return next((v for v in later if v.given_at and v.given_at < self.received_at), None)

    @property
    def is_under_a_version_before(self) -> bool:
        return self.given_meanwhile(Version.objects.after(self.version)) is not None


class PerformedExerciseQuerySet(models.QuerySet["PerformedExercise"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(session__version__programme__patient__in=Patient.objects.visible_to(user))

    def done_by(self, patient: Patient, first: dt.date, last: dt.date) -> dict[Hashable, list[dt.date]]:
        """Return the days a patient did each exercise, as it is counted, whatever the version, in one query."""
        rows = self.filter(
            session__version__programme__patient=patient,
            session__local_date__range=(first, last),
            outcome=PerformedExercise.Outcome.DONE,
        ).values_list(*(f"prescription__{name}" for name in COUNTED_BY), "session__local_date")
        found: dict[Hashable, list[dt.date]] = {}
        for *counted_by, day in rows.order_by("session__local_date"):
            found.setdefault(counted_as(*counted_by), []).append(day)
        return found


class PerformedExercise(models.Model):
    """One prescription inside one session."""

    class Outcome(models.TextChoices):
        DONE = "done", "done"
        PARTLY = "partly", "partly done"
        SKIPPED = "skipped", "not done"

    class Reason(models.TextChoices):
        """Why a patient left one out. Whoever writes for them may say it in words of their own."""

        TOO_SORE = "too_sore", _("Too sore")
        NO_TIME = "no_time", _("No time")
        NOT_SURE_HOW = "not_sure_how", _("Not sure how")

    # No index of its own: that of one_outcome_per_exercise_and_session begins with it.
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="performed", db_index=False)
    prescription = models.ForeignKey(Prescription, on_delete=models.PROTECT, related_name="performed")
    outcome = models.CharField(max_length=7, choices=Outcome)
    reason = Line(max_length=40, blank=True)

    objects = PerformedExerciseQuerySet.as_manager()

    class Meta:
        ordering = ["prescription__order"]
        constraints = [
            models.UniqueConstraint(fields=["session", "prescription"], name="one_outcome_per_exercise_and_session"),
        ]

    def __str__(self) -> str:
        return f"{self.prescription_id}: {self.outcome}"

    @property
    def reason_in_words(self) -> str:
        return str(dict(self.Reason.choices).get(self.reason, self.reason))


class SessionRevision(models.Model):
    """What a session said before it was corrected, or what was sent too late to correct it; nothing is lost."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="revisions")
    replaced_at = models.DateTimeField(default=timezone.now)
    was = models.JSONField(help_text="day, pain, effort, note and the outcome of each prescription.")
    is_late = models.BooleanField("sent when the session could no longer be changed; kept beside it", default=False)
    helper = models.ForeignKey(Helper, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        ordering = ["replaced_at"]

    def __str__(self) -> str:
        return f"before {self.replaced_at:%Y-%m-%d %H:%M}"

    @property
    def answers(self) -> dict[str, Any]:
        """What was said then, by field; of a field that there was not yet, nothing."""
        return answers_in(self.was)


def answers_in(was: Mapping[str, Any]) -> dict[str, Any]:
    return {**Session().answers, **{name: was[name] for name in ANSWERS if name in was}}
