"""What a sheet says: a version as a plain tree of words and pictures, ready for the template.

No queries where the version comes with its people and prescriptions (``archive.given_versions`` sees to that), save
one for the clinic's own rules where there are hip precautions.
Of the patient: the first name, the leg and the goal. No surname, birth date, condition or number.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils import dateformat

from exercises import figures
from exercises.wording import dose_line
from hipcare.clinics import help_signs
from hipcare.clinics.precautions import HipRules
from hipcare.clinics.services.texts import Wording, wording_of
from programmes.handouts import words
from programmes.rules import day as day_rules
from programmes.unsigned import sample_words
from programmes.wording import today as day_words
from programmes.wording.differences import news_of, precautions_changed
from programmes.wording.frequencies import frequency_parts, frequency_sentence
from programmes.wording.phrases import lowered

if TYPE_CHECKING:
    import datetime as dt

    from hipcare.clinics.models import Clinic, PairingCode
    from programmes.models import Prescription, Version

ON_THE_BACK = "60mm"  # lines for pairs that are 36 to 55 mm wide
IN_FRONT = "40mm"
UNSIGNED_ADVICE = "No physiotherapist has signed this advice."
MOST_PICTURES_IN_FRONT = 4
MOST_LETTERS_UNDER_A_PICTURE = 14  # of a caption in one line; a longer one needs a second


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure, what it shows, and the word beside it."""

    figure: figures.FigureFile
    alt: str
    label: str

    @property
    def name(self) -> str:
        """Its file, as the renderer is told of it."""
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
    why: str
    stop_if: str
    note: str
    leg: str
    leg_words: str
    is_wide: bool
    pictures: Sequence[Picture]
    front_picture: Picture | None
    """The picture that tells it from the others: how it ends."""

    @property
    def has_long_captions(self) -> bool:
        """Whether words under an upright picture need a second line; beside a wide one there is room for three."""
        return not self.is_wide and any(len(one.label) > MOST_LETTERS_UNDER_A_PICTURE for one in self.pictures)

    @property
    def line(self) -> str:
        """The one line, of which the sheet sets the dose in bold."""
        return self.dose + self.when


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
    """Everything on a full sheet, in reading order."""

    letterhead: Letterhead
    first_name: str
    hip: str
    goal: str
    note: str
    on_phone: PhoneBox | None
    hip_rules: HipRules | None
    help: HelpBox
    exercises: Sequence[ExerciseBlock]
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
    words: object = field(default=words)

    @property
    def title(self) -> str:
        """The sheet's name."""
        return f"{self.first_name}’s exercises"

    @property
    def foot(self) -> str:
        """The line at the foot of each page, before "Page 1 of 2"."""
        return f"{self.first_name}, version {self.version}, {self.made_on}. Help: {self.letterhead.phone}"

    @property
    def has_pictures_in_front(self) -> bool:
        """Whether page 1 shows the exercises as pictures; more than four, or under a list of rules, are a list."""
        lists_rules = self.hip_rules is not None and bool(self.hip_rules.rules)
        return len(self.exercises) <= MOST_PICTURES_IN_FRONT and not lists_rules

    @property
    def columns(self) -> Sequence[Sequence[ExerciseBlock]]:
        """The exercises for a list in two columns."""
        half = (len(self.exercises) + 1) // 2
        return [column for column in (self.exercises[:half], self.exercises[half:]) if column]

    @property
    def pictures(self) -> list[figures.FigureFile]:
        """The figures it shows, each once."""
        front = [block.front_picture for block in self.exercises if self.has_pictures_in_front]
        back = [picture for block in self.exercises for picture in block.pictures]
        return list(dict.fromkeys(picture.figure for picture in [*front, *back] if picture))


def sheet_of(version: "Version", code: "PairingCode | None", previous: "Version | None") -> Sheet:
    """Return the sheet of a given ``version``: ``code`` is the way in to print, ``previous`` what it replaces."""
    patient = version.patient
    clinic = patient.clinic
    rows = list(version.prescriptions.all())
    found = news_of(previous.prescriptions.all(), rows) if previous else []
    rules = precautions_changed(previous.precautions, version.precautions) if previous else ""
    given = version.given_at.astimezone(clinic.zone) if version.given_at else version.made_at
    said = wording_of(clinic)
    advice = said.advice(version.pain_ok_up_to or 0)
    return Sheet(
        letterhead=Letterhead(clinic.name, clinic.address, clinic.phone, clinic.opening_hours),
        help=help_box(clinic, version, said),
        first_name=patient.first_name,
        hip=hip(version.affected_side),
        goal=version.goal,
        note=version.note,
        on_phone=phone_box(code),
        hip_rules=clinic.hip_rules(version.precautions),
        exercises=[exercise_block(number, row, look_of(version)) for number, row in enumerate(rows, start=1)],
        how_often=how_often(rows),
        minutes=day_rules.minutes(rows),
        bands=pain_bands(version, advice),
        advice=advice,
        equipment=equipment(rows),
        review_day=day(version.review_on) if version.review_on else "",
        version=version.number or 0,
        made_on=dateformat.format(given, "j F Y"),
        made_at=given.isoformat(timespec="seconds"),
        made_by=version.given_by.name if version.given_by else "",
        physio=version.given_by.called if version.given_by else "",
        changes=[*filter(None, [rules]), *found],
        replaces=previous.number if previous else None,
        unsigned=sample_words(clinic, rows) or ("" if said.signature else UNSIGNED_ADVICE),
    )


def help_box(clinic: "Clinic", version: "Version", said: Wording) -> HelpBox:
    """Return the help box with the clinic's numbers: the same lists for everybody, longer after an operation."""
    is_after = version.precautions.has_rules
    signs = help_signs.shown(said.signs, version.pain_ok_up_to or 0, after_operation=is_after)
    return HelpBox(
        emergency=help_list(f"{clinic.emergency_phone} or A&E now", signs["emergency"]),
        urgent=help_list(f"Call {clinic.urgent_phone} today", signs["urgent"]),
        call_us=help_list(f"Call us {clinic.phone}", signs["clinic"]),
        gp=help_list("Call your GP this week", signs["gp"]),
    )


def help_list(heading: str, signs: Sequence[help_signs.Sign]) -> HelpList:
    """Return ``signs`` as they fit into a column, those for after an operation last."""
    return HelpList(heading, [sign.short for sign in signs])


def hip(affected: str) -> str:
    """Return whose hip the sheet is for, in words; "" where nobody said."""
    return {"left": "For your left hip", "right": "For your right hip", "both": "For both hips"}.get(affected, "")


def phone_box(code: "PairingCode | None") -> PhoneBox | None:
    """Return the QR address, the typed code and the address to type, or None without an open code."""
    return PhoneBox(qr=code.link, code=code.typed_code, address=code.typed_at) if code else None


@dataclass(frozen=True, slots=True)
class Look:
    """Whom the pictures of a sheet show, and whether without colour."""

    person: str
    in_grey: bool

    def style(self, line: str) -> figures.Style:
        """Return how to draw with lines of this weight."""
        return figures.Style(palette="grey" if self.in_grey else "colour", line=line, person=self.person)


def look_of(version: "Version") -> Look:
    """Return how the sheet of ``version`` is drawn now: as the patient's record and the clinic say."""
    return Look(version.patient.person, version.patient.clinic.prints_in_grey)


def exercise_block(number: int, row: "Prescription", look: Look) -> ExerciseBlock:
    """Return one exercise, its words as pinned when given."""
    dose = dose_line(row.dose, row.side)
    is_drawn = figures.is_drawn(str(row.words["slug"]))
    front = picture_of(row, "end", row.end_alt, look.style(IN_FRONT)) if is_drawn else None
    return ExerciseBlock(
        number=number,
        name=row.name,
        short_dose=row.short_dose,
        dose=dose,
        when="".join(f" · {part}" for part in frequency_parts(row.frequency)) if row.frequency else "",
        sentence=row.sentence,
        trains=row.trains,
        steps=row.steps,
        why=str(row.in_words("why")),
        stop_if=", or ".join(row.in_words("stop_if")),
        note=row.note,
        leg=row.side,
        leg_words=row.side_words.capitalize(),
        is_wide=front is not None and not front.figure.is_upright,
        pictures=pair_of(row, look.style(ON_THE_BACK)) if is_drawn else [],
        front_picture=front,
    )


def pair_of(row: "Prescription", style: figures.Style) -> list[Picture]:
    """Return start and end. The end, with its arrow, is told as the whole movement."""
    told = (("start", row.start_alt), ("end", row.movement_alt))
    return [picture_of(row, kind, alt, style) for kind, alt in told]


def picture_of(row: "Prescription", kind: str, alt: str, style: figures.Style) -> Picture:
    """Return how an exercise starts or ends, and ``alt``, its words as pinned when given."""
    slug, side = str(row.words["slug"]), row.picture_side
    return Picture(
        figure=figures.figure(slug, side, kind, style),
        alt=alt,
        label=str(row.in_words(f"{kind}_label")),
    )


def how_often(rows: Sequence["Prescription"]) -> str:
    """Return the days and times that all rows share; "" where they differ and each says its own."""
    shared = {row.frequency for row in rows}
    frequency = shared.pop() if len(shared) == 1 else None
    return frequency_sentence(frequency) if frequency else ""


def pain_bands(version: "Version", advice: Mapping[str, str]) -> list[PainBand]:
    """Return the pain table with the version's bands."""
    numbers = day_words.pain_bands(version.pain_fine_up_to or 0, version.pain_ok_up_to or 0)
    return [
        PainBand(css, number, word, advice[key])
        for css, number, (key, word) in zip("abc", numbers, words.PAIN_WORDS.items(), strict=True)
    ]


def equipment(rows: Sequence["Prescription"]) -> str:
    """Return what is needed, each thing once: "bed or mat, folded towel", where a mat goes without saying."""
    things = dict.fromkeys(lowered(str(thing)) for row in rows for thing in row.words["equipment"])
    return ", ".join(one for one in things if not any(one in other for other in things if other != one))


def day(date: "dt.date") -> str:
    """Return a day as people say it: "Monday 7 December"."""
    return dateformat.format(date, "l j F")
