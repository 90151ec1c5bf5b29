"""From a given version to the sheet that says it.

No queries where the version comes with its people and prescriptions (``versions`` sees to that), save one for the
clinic's own rules where there are hip precautions.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from exercises.pictures import Style, has_three, picture_of, picture_of_topic, stills_of, telling_still
from exercises.wording import dose_line, weight_or_band
from hipcare.clinics import help_signs
from hipcare.clinics.services.texts import Wording, wording_of
from hipcare.moments import full_date, weekday_and_date
from programmes.handouts.layouts import FULL, Layout
from programmes.handouts.sheet import (
    ExerciseBlock,
    HelpBox,
    HelpList,
    Letterhead,
    PainBand,
    PhoneBox,
    Sheet,
    SheetPicture,
    TopicBlock,
)
from programmes.rules import day as day_rules
from programmes.unsigned import sample_topic, sample_words
from programmes.wording import patients_day as day_words
from programmes.wording.differences import news_of, precautions_changed, topics_changed
from programmes.wording.frequencies import frequency_parts, frequency_sentence
from programmes.wording.phrases import lowered

if TYPE_CHECKING:
    from exercises.topics import TopicReading
    from hipcare.clinics.models import Clinic, PairingCode
    from programmes.models import Prescription, Version

UNSIGNED_ADVICE = gettext_noop("No physiotherapist has signed this advice.")


def sheet_of(
    version: "Version", code: "PairingCode | None", previous: "Version | None", layout: Layout = FULL
) -> Sheet:
    """Return the sheet of a given ``version`` in its reader's language, whoever asks.

    ``code`` is the way in to print, ``previous`` what it replaces.
    """
    with translation.override(version.patient.language):
        return _sheet_of(version, code, previous, layout)


def _sheet_of(version: "Version", code: "PairingCode | None", previous: "Version | None", layout: Layout) -> Sheet:
    patient = version.patient
    clinic = patient.clinic
    rows = list(version.prescriptions.all())
    given = version.given_at.astimezone(clinic.zone) if version.given_at else version.made_at
    said = wording_of(clinic)
    advice = said.advice(version.pain_ok_up_to or 0)
    look = look_of(version)
    return Sheet(
        layout=layout,
        letterhead=Letterhead(clinic.name, clinic.address, clinic.phone, clinic.opening_hours),
        help=help_box(clinic, version, said),
        first_name=patient.first_name,
        hip=hip(version.affected_side),
        goal=version.goal,
        note=version.note,
        on_phone=phone_box(code),
        hip_rules=clinic.hip_rules(version.precautions),
        exercises=[exercise_block(number, row, look, layout) for number, row in enumerate(rows, start=1)],
        topics=[topic_block(read, look, layout) for read in version.readings],
        how_often=how_often(rows),
        minutes=day_rules.minutes(rows),
        bands=pain_bands(version, advice),
        advice=advice,
        equipment=equipment(rows),
        review_day=weekday_and_date(version.review_on) if version.review_on else "",
        version=version.number or 0,
        made_on=full_date(given.date()),
        made_at=given.isoformat(timespec="seconds"),
        made_by=version.given_by.name if version.given_by else "",
        physio=version.given_by.called if version.given_by else "",
        changes=changes_since(previous, version) if previous else [],
        replaces=previous.number if previous else None,
        words={"NOBODY_WATCHES": nobody_watches(), "PAIN_WORDS": pain_words()},
        unsigned=sample_words(clinic, rows) or sample_of_topics(version) or unsigned_advice(said),
    )


def changes_since(previous: "Version", version: "Version") -> list[str]:
    """Return what a version changed: the rules of the hip first, then its exercises and its topics."""
    rules = precautions_changed(previous.precautions, version.precautions)
    rows = news_of(previous.prescriptions.all(), version.prescriptions.all())
    return [*filter(None, [rules]), *rows, *topics_told(version, previous)]


def unsigned_advice(said: Wording) -> str:
    return "" if said.signature else _(UNSIGNED_ADVICE)


def topic_block(read: "TopicReading", look: "Look", layout: Layout) -> TopicBlock:
    """Return a topic in the words it was given with; the frame round them is in the reader's language."""
    days = {"day": full_date(read.checked_on), "again": full_date(read.check_again_on)}
    return TopicBlock(
        title=read.title,
        summary=read.summary,
        sections=read.sections,
        picture=SheetPicture(picture_of_topic(read.picture, look.style(layout.back_line)), read.picture_alt, ""),
        certainty=str(read.certainty.label),
        marks=read.certainty.marks,
        sure=read.sure,
        sources=[f"{one.in_print} ({full_date(one.read_on)})" for one in read.sources],
        checked=_("Checked on %(day)s. To be checked again by %(again)s.") % days,
        language=read.language,
    )


def nobody_watches() -> str:
    return _("No one checks the app or this sheet between visits.")


def sample_of_topics(version: "Version") -> str:
    """Return the line of a made-up clinic where nobody has signed one of the topics, or ""."""
    each = zip(version.topics, version.topic_words, strict=True)
    return next((said for topic, words in each if (said := sample_topic(version.patient.clinic, topic, words))), "")


def topics_told(version: "Version", previous: "Version") -> list[str]:
    was, now = ([one.title for one in each.readings] for each in (previous, version))
    return [f"{told}." for told in topics_changed(was, now)]


def pain_words() -> dict[str, str]:
    """Return the word of each band of the pain table, by the advice that belongs to it."""
    return {"fine": _("Fine"), "okay": _("OK"), "stop": _("Stop")}


def help_box(clinic: "Clinic", version: "Version", said: Wording) -> HelpBox:
    """Return the help box with the clinic's numbers: the same lists for everybody, longer after an operation."""
    is_after = version.precautions.has_rules
    signs = help_signs.shown(said.signs, version.pain_ok_up_to or 0, after_operation=is_after)
    return HelpBox(
        emergency=help_list(_("%(number)s or A&E now") % {"number": clinic.emergency_phone}, signs["emergency"]),
        urgent=help_list(_("Call %(number)s today") % {"number": clinic.urgent_phone}, signs["urgent"]),
        call_us=help_list(_("Call us %(number)s") % {"number": clinic.phone}, signs["clinic"]),
        gp=help_list(_("Call your GP this week"), signs["gp"]),
    )


def help_list(heading: str, signs: Sequence[help_signs.Sign]) -> HelpList:
    """Return ``signs`` as they fit into a column, those for after an operation last."""
    return HelpList(heading, [sign.short for sign in signs])


def hip(affected: str) -> str:
    """Return whose hip the sheet is for, in words; "" where nobody said."""
    hips = {"left": _("For your left hip"), "right": _("For your right hip"), "both": _("For both hips")}
    return hips.get(affected, "")


def phone_box(code: "PairingCode | None") -> PhoneBox | None:
    return PhoneBox(qr=code.link, code=code.typed_code, address=code.typed_at) if code else None


@dataclass(frozen=True, slots=True)
class Look:
    """Whom the pictures of a sheet show, and whether without colour."""

    person: str
    in_grey: bool

    def style(self, line: str) -> Style:
        return Style(palette="grey" if self.in_grey else "colour", line=line, person=self.person)


def look_of(version: "Version") -> Look:
    return Look(version.patient.person, version.patient.clinic.prints_in_grey)


def exercise_block(number: int, row: "Prescription", look: Look, layout: Layout) -> ExerciseBlock:
    dose = dose_line(row.dose, row.side)
    front = picture_in_front(row, look.style(layout.front_line))
    return ExerciseBlock(
        number=number,
        name=row.name,
        short_dose=row.short_dose,
        dose=dose,
        when="".join(f" · {part}" for part in frequency_parts(row.frequency)) if row.frequency else "",
        sentence=row.sentence,
        trains=row.trains,
        steps=row.steps,
        feel=row.feel,
        why=str(row.in_words("why")),
        stop_if=", or ".join(row.in_words("stop_if")),
        note=row.note,
        progression=row.progression,
        leg=row.side,
        leg_words=row.side_words.capitalize(),
        language=row.language,
        is_wide=front is not None and not front.figure.is_upright,
        pictures=pictures_beside(row, look.style(layout.back_line)),
        front_picture=front,
    )


def picture_in_front(row: "Prescription", style: Style) -> SheetPicture | None:
    """Return the one picture by which an exercise is known, if there is any."""
    if not stills_of(row):
        return None
    alt = row.movement_alt if has_three(row) else row.end_alt
    return sheet_picture(row, telling_still(row), alt, style)


def pictures_beside(row: "Prescription", style: Style) -> list[SheetPicture]:
    """Return start and end, where there are any, and what is between where that is drawn too.

    The middle is told as the whole movement, or else the end, with its arrow.
    """
    told = {"start": row.start_alt, "middle": row.movement_alt}
    told["end"] = row.end_alt if has_three(row) else row.movement_alt
    return [sheet_picture(row, kind, told[kind], style) for kind in stills_of(row)]


def sheet_picture(row: "Prescription", kind: str, alt: str, style: Style) -> SheetPicture:
    return SheetPicture(
        figure=picture_of(row, row.picture_side, kind, style),
        alt=alt,
        label=_("On the way") if kind == "middle" else str(row.in_words(f"{kind}_label")),
    )


def how_often(rows: Sequence["Prescription"]) -> str:
    """Return the days and times that all rows share; "" where they differ and each says its own."""
    shared = {row.frequency for row in rows}
    frequency = shared.pop() if len(shared) == 1 else None
    return frequency_sentence(frequency) if frequency else ""


def pain_bands(version: "Version", advice: Mapping[str, str]) -> list[PainBand]:
    numbers = day_words.pain_bands(version.pain_fine_up_to or 0, version.pain_ok_up_to or 0)
    return [
        PainBand(css, number, word, advice[key])
        for css, number, (key, word) in zip("abc", numbers, pain_words().items(), strict=True)
    ]


def equipment(rows: Sequence["Prescription"]) -> str:
    """Return what is needed, each thing once: "bed or mat, folded towel", where a mat goes without saying."""
    things = dict.fromkeys(lowered(str(thing)) for row in rows for thing in row.words["equipment"])
    kept = [one for one in things if not any(one in other for other in things if other != one)]
    return ", ".join([*kept, *loads(rows)])


def loads(rows: Sequence["Prescription"]) -> list[str]:
    """Return the weights and bands that are needed, each once, in the language of the exercises' words."""
    found: dict[str, None] = {}
    for row in rows:
        with translation.override(row.language):
            found |= dict.fromkeys(filter(None, [weight_or_band(row.dose)]))
    return [*found]
