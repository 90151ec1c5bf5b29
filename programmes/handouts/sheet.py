"""What a sheet says: a plain tree of words and pictures, ready for the template of its layout.

Of the patient: the first name, the leg and the goal. No surname, birth date, condition or number. The names of the
fields are in the digests that archived sheets keep (``fingerprint``): renamed, a part would be told as changed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from exercises.pictures import Picture
from exercises.topics import TopicSection
from hipcare.clinics.precautions import HipRules
from hipcare.languages import ENGLISH
from programmes.handouts.layouts import Layout


@dataclass(frozen=True, slots=True)
class SheetPicture:
    """A figure, what it shows, and the word beside it."""

    figure: Picture
    alt: str
    label: str

    @property
    def name(self) -> str:
        return self.figure.file


@dataclass(frozen=True, slots=True)
class ExerciseBlock:
    """One exercise as the sheet has it."""

    number: int
    name: str
    short_dose: str
    dose: str
    when: str
    sentence: str
    trains: str
    steps: Sequence[str]
    feel: str
    why: str
    stop_if: str
    note: str
    progression: str
    leg: str
    leg_words: str
    language: str = field(compare=False)  # of its words; the words are what is compared
    is_wide: bool
    pictures: Sequence[SheetPicture]
    front_picture: SheetPicture | None
    """The picture that tells it from the others: how it ends."""

    @property
    def longest_label(self) -> int:
        return max((len(picture.label) for picture in self.pictures), default=0)

    @property
    def line(self) -> str:
        return self.dose + self.when


@dataclass(frozen=True, slots=True)
class TopicBlock:
    """One topic as the sheet has it, on a page of its own."""

    title: str
    summary: str
    sections: Sequence[TopicSection]
    picture: SheetPicture
    certainty: str
    marks: Sequence[bool]
    sure: str
    sources: Sequence[str]
    checked: str
    language: str = field(compare=False)


@dataclass(frozen=True, slots=True)
class HelpList:
    """Whom to call, and for what."""

    heading: str
    items: Sequence[str]


@dataclass(frozen=True, slots=True)
class HelpBox:
    """The lists of the help box, most urgent first."""

    emergency: HelpList
    urgent: HelpList
    call_us: HelpList
    gp: HelpList


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who made the sheet."""

    clinic: str
    address: str
    phone: str
    hours: str


@dataclass(frozen=True, slots=True)
class PainBand:
    """One column of the pain table."""

    css: str
    numbers: str
    word: str
    advice: str


@dataclass(frozen=True, slots=True)
class PhoneBox:
    """How to open the programme on a phone."""

    qr: str
    code: str
    address: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything on a sheet, in reading order."""

    layout: Layout

    letterhead: Letterhead
    first_name: str
    hip: str
    goal: str
    note: str
    on_phone: PhoneBox | None
    hip_rules: HipRules | None
    help: HelpBox
    exercises: Sequence[ExerciseBlock]
    topics: Sequence[TopicBlock]
    how_often: str
    minutes: int
    bands: Sequence[PainBand]
    advice: Mapping[str, str]
    equipment: str
    review_day: str
    version: int
    made_on: str
    made_at: str
    made_by: str
    physio: str
    changes: Sequence[str]
    replaces: int | None
    unsigned: str
    words: Mapping[str, object]
    """What is the same on every sheet, whatever the clinic says."""
    said_in: str = field(default_factory=get_language)
    """The language of all but the exercises' words: the reader's."""

    @property
    def title(self) -> str:
        return _("%(name)s’s exercises") % {"name": self.first_name}

    @property
    def foot(self) -> str:
        help_line = (_("Help: %(phone)s") % {"phone": self.letterhead.phone}).replace(" ", "\N{NO-BREAK SPACE}")
        words = _("%(name)s, version %(number)s, %(day)s.")
        return f"{words % {'name': self.first_name, 'number': self.version, 'day': self.made_on}} {help_line}"

    @property
    def around_page_numbers(self) -> tuple[str, str, str]:
        return around_page_numbers()

    @property
    def language(self) -> str:
        """The language of the exercises' words, where all have the same; else that of the first."""
        return self.exercises[0].language if self.exercises else ENGLISH

    @property
    def has_pictures_in_front(self) -> bool:
        """Whether page 1 shows the exercises as pictures; more than there is room for, or under rules, are a list."""
        lists_rules = self.hip_rules is not None and bool(self.hip_rules.rules)
        return len(self.exercises) <= self.layout.most_pictures_in_front and not lists_rules

    @property
    def columns(self) -> Sequence[Sequence[ExerciseBlock]]:
        half = (len(self.exercises) + 1) // 2
        return [column for column in (self.exercises[:half], self.exercises[half:]) if column]

    @property
    def pictures(self) -> list[Picture]:
        front = [block.front_picture for block in self.exercises if self.has_pictures_in_front]
        back = [picture for block in self.exercises for picture in block.pictures]
        topics = [topic.picture for topic in self.topics]
        return list(dict.fromkeys(picture.figure for picture in [*front, *back, *topics] if picture))


def around_page_numbers() -> tuple[str, str, str]:
    """Return what stands before, between and after the two numbers of "Page 1 of 2"."""
    words = _("Page %(page)s of %(pages)s") % {"page": "\0", "pages": "\0"}
    before, between, after = words.split("\0")
    return before, between, after
