"""A topic: one page of education, the same for everyone, with how sure we are and where it comes from."""

import datetime as dt
import math
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from hipcare.clinics.models import Clinic
from hipcare.columns import Line, Texts
from hipcare.derived import DerivedModel, DerivedQuerySet, SortKey
from hipcare.languages import ENGLISH

if TYPE_CHECKING:
    from hipcare.clinics.models import User

WORDS_A_MINUTE = 130  # read slowly, on paper or a phone


class Certainty(models.TextChoices):
    """How sure we are that what the page is about helps; ``NONE`` where there is nothing that we could judge."""

    WELL = "well", _("Well supported")
    SOME = "some", _("Some support")
    NOT_SHOWN = "not_shown", _("Not shown to help")
    NONE = "none", _("Not judged")

    @property
    def marks(self) -> list[bool]:
        """Three marks, those that count first; none where nothing is judged."""
        marked = {"well": 3, "some": 2, "not_shown": 1}.get(self.value, 0)
        return [place < marked for place in range(3)] if marked else []


class About(models.TextChoices):
    """The shelves of the list, in its order."""

    UNDERSTANDING = "understanding", "Understanding it"
    TREATMENTS = "treatments", "Treatments"
    LIVING = "living", "Living with it"
    AFTER_SURGERY = "after_surgery", "After surgery"
    HELP = "help", "When to get help"


@dataclass(frozen=True, slots=True)
class TopicSection:
    """A heading with what stands under it: paragraphs, then a list."""

    title: str
    paragraphs: list[str]
    bullets: list[str]


@dataclass(frozen=True, slots=True)
class TopicSource:
    """Where something was read, and when. ``at`` is an address, or says where else to ask."""

    title: str
    who: str
    year: str
    at: str
    read_on: dt.date

    @property
    def is_linked(self) -> bool:
        return self.at.startswith("https://")

    @property
    def in_print(self) -> str:
        """Itself in a line, its address as it is typed."""
        at = self.at.removeprefix("https://") if self.is_linked else capfirst(self.at)
        return f"{self.title}. {self.who}, {self.year}. {at}"


@dataclass(frozen=True, slots=True)
class TopicReading:
    """A topic as a patient reads it, from its ``pinned_text``: the library's words of today, or a version's."""

    words: Mapping[str, Any]

    @property
    def title(self) -> str:
        return str(self.words["title"])

    @property
    def summary(self) -> str:
        return str(self.words["summary"])

    @property
    def language(self) -> str:
        return str(self.words["language"])

    @property
    def picture(self) -> Mapping[str, str]:
        return dict(self.words["picture"])

    @property
    def picture_alt(self) -> str:
        return str(self.words["picture_alt"])

    @property
    def sections(self) -> list[TopicSection]:
        return [TopicSection(**{"paragraphs": [], "bullets": [], **section}) for section in self.words["sections"]]

    @property
    def certainty(self) -> Certainty:
        return Certainty(self.words["certainty"])

    @property
    def sure(self) -> str:
        return str(self.words["sure"])

    @property
    def sources(self) -> list[TopicSource]:
        return [
            TopicSource(**{**source, "read_on": dt.date.fromisoformat(source["read_on"])})
            for source in self.words["sources"]
        ]

    @property
    def checked_on(self) -> dt.date:
        return dt.date.fromisoformat(self.words["reviewed_on"])

    @property
    def check_again_on(self) -> dt.date:
        return dt.date.fromisoformat(self.words["review_on"])

    @property
    def sentences(self) -> list[str]:
        """Everything that is read, heading by heading: to measure it and to look in it."""
        parts = [text for one in self.sections for text in (one.title, *one.paragraphs, *one.bullets)]
        return [text if text.endswith((".", "?", "!")) else f"{text.rstrip(':')}." for text in [self.summary, *parts]]

    @property
    def word_count(self) -> int:
        return len(" ".join(self.sentences).split())

    @property
    def minutes(self) -> int:
        return max(1, math.floor(self.word_count / WORDS_A_MINUTE + 0.5))


def topic_sections(value: object) -> None:
    """Refuse anything but headings with something to read under each."""
    rows = value if isinstance(value, list) else [None]
    for row in rows:
        if not isinstance(row, dict) or not _is_text(row.get("title")):
            raise ValidationError('Write a list of objects with a title, "paragraphs" and perhaps "bullets".')
        below = [row.get(name, []) for name in ("paragraphs", "bullets")]
        if row.keys() - {"title", "paragraphs", "bullets"} or not all(isinstance(texts, list) for texts in below):
            raise ValidationError(f"{row['title']}: only lists of paragraphs and bullets stand under a title.")
        if not any(below) or not all(_is_text(text) for texts in below for text in texts):
            raise ValidationError(f"{row['title']}: nothing to read stands under it.")


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


class TopicQuerySet(DerivedQuerySet["Topic"]):
    def visible_to(self, user: "User") -> Self:
        return self.of_clinic(user.clinic_id)

    def of_clinic(self, clinic: uuid.UUID) -> Self:
        return self.filter(Q(clinic=None) | Q(clinic=clinic))

    def current(self) -> Self:
        return self.filter(retired=False)


class Topic(DerivedModel):
    """One page of education. ``fixtures/library/README.md`` says what each field is for and how it is written.

    What patients read rests on the facts of the register that somebody has read in an original; ``to_check`` is what
    was left out, or needs a clinician's eye, and only staff read it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clinic = models.ForeignKey(Clinic, null=True, blank=True, on_delete=models.CASCADE, related_name="topics")
    slug = models.SlugField(max_length=60)
    about = models.CharField(max_length=15, choices=About)
    language = models.CharField("language of these words", max_length=20, default=ENGLISH)
    title = Line(max_length=60)
    summary = Line("in a line", max_length=120)
    sections = Texts(validators=[topic_sections])
    picture = Texts(default=dict, help_text='{"drawing": "water"}, or an exercise with its side and kind.')
    picture_alt = Line("the picture in words", max_length=200)
    certainty = models.CharField("how sure we are", max_length=10, choices=Certainty)
    sure = Line("how sure we are, in a sentence", max_length=160)
    sources = Texts(default=list, blank=True)
    facts = Texts("what it rests on", default=list, blank=True)
    to_check = Texts("for the clinic to check", default=list, blank=True)
    reviewed_by = Line(max_length=80, blank=True)
    reviewed_on = models.DateField()
    review_on = models.DateField("check again on")
    text_version = models.PositiveSmallIntegerField(default=1)
    retired = models.BooleanField(default=False)
    sort_key = SortKey("title", default=b"")

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["clinic", "slug"], name="one_topic_per_clinic_and_slug"),
            models.UniqueConstraint(fields=["slug"], condition=Q(clinic=None), name="one_shared_topic_per_slug"),
        ]

    PINNED_FIELDS = (
        "slug",
        "language",
        "title",
        "summary",
        "sections",
        "picture",
        "picture_alt",
        "certainty",
        "sure",
        "sources",
        "text_version",
    )

    def __str__(self) -> str:
        return self.title

    @property
    def name(self) -> str:
        return self.title

    def pinned_text(self) -> dict[str, Any]:
        """Return what a given version keeps of this topic, so that later edits here do not alter it."""
        dates = {name: getattr(self, name).isoformat() for name in ("reviewed_on", "review_on")}
        return {**{name: getattr(self, name) for name in self.PINNED_FIELDS}, **dates}

    @property
    def read(self) -> TopicReading:
        return TopicReading(self.pinned_text())
