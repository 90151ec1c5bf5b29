"""Give a draft to the patient: say what is still missing, then number it, freeze it and open the way in."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from exercises.sides import Side, SideMode, side_for
from exercises.wording import unusual_parts
from hipcare.audit.models import Entry
from hipcare.audit.trail import add_to_trail
from hipcare.clinics.models import Clinic, User
from hipcare.clinics.services.devices import make_pairing_code
from hipcare.clinics.services.texts import wording_of
from programmes.models import LastChange, Prescription, Programme, Version
from programmes.models.prescription import MOST_PRESCRIPTIONS, UNUSUALLY_MANY
from programmes.rules.schedule import next_start
from programmes.rules.twins import apart_in, repeated, sharing_a_leg
from programmes.services.draft_values import NO_EDITS, Edits
from programmes.services.drafts import ROW_FIELDS, apply_edits, lock
from programmes.services.phases import phase_after_giving
from programmes.services.summaries import renew_summary
from programmes.unsigned import unsigned, unsigned_topics
from programmes.wording.phrases import joined

LONGEST_REVIEW = dt.timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that stands in the way, and in ``words`` what to do about it.

    ``field`` is a field of the draft's form, ``<prescription>-side``, or "rows", "clinic", "you".
    """

    field: str
    words: str


class CannotGiveError(Exception):
    """The draft cannot be given yet; ``missing`` says all that is in the way."""

    def __init__(self, missing: list[Missing]) -> None:
        super().__init__(" ".join(one.words for one in missing))
        self.missing = missing


@transaction.atomic
def give_version(
    *, draft: Version, by: User, reason: str = "", confirmed: Collection[str] = (), edits: Edits = NO_EDITS
) -> Version:
    """Give the draft: number it, pin the words and the facts it was given under, and make a pairing code.

    It is given at the moment of the edits. ``confirmed`` holds those of ``unusual(draft)`` the physiotherapist has
    said are right. Giving what was given already changes nothing and returns it. Raises ``CannotGiveError``, and then
    keeps nothing, the edits included.
    """
    version = lock(draft)
    if version.is_given:
        return version
    apply_edits(version, edits, by)
    version.reason = reason or version.reason
    at = edits.at or timezone.now()
    if refusals := refusals_of(version, by, confirmed, at):
        raise CannotGiveError(refusals)
    before = version.programme.current
    _pin(version, by, at)
    LastChange.objects.filter(version=version).delete()
    version.save()
    phase_after_giving(version, before)
    Programme.objects.filter(pk=version.programme_id).update(alone_since=None, alone_by=None)  # there is a review again
    renew_summary(version.patient.pk)
    make_pairing_code(patient=version.patient, by=by, at=at)
    add_to_trail(actor=by, action=Entry.Action.GIVE, subject=version, patient=version.patient, at=at)
    return version


def refusals_of(draft: Version, by: User, confirmed: Collection[str], at: dt.datetime | None = None) -> list[Missing]:
    """Return everything that Give would say ``at`` a moment, or now."""
    return [*missing_to_give(draft, by=by, at=at), *_unconfirmed(draft, confirmed), *_unchanged(draft)]


def next_number(programme_id: uuid.UUID) -> int:
    last = Version.objects.given().filter(programme=programme_id).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def missing_to_give(draft: Version, *, by: User | None = None, at: dt.datetime | None = None) -> list[Missing]:
    """Return everything that has to be there before the draft can be given ``at`` a moment, in the page's order."""
    rows = list(draft.prescriptions.select_related("exercise"))
    return [
        *_missing_around(draft, by),
        *_missing_signatures(draft, rows, by),
        *_missing_sides(draft, rows),
        *_missing_apart(rows),
        *_missing_in(rows),
        *_missing_on(draft, at),
    ]


def unusual(draft: Version) -> list[str]:
    """Return what deserves the question "is this right?", in words."""
    rows = list(draft.prescriptions.select_related("exercise"))
    found = [
        (row, [*unusual_parts(row.dose), *_more_pain(row, draft), *_other_leg(row, draft.patient.affected_side)])
        for row in rows
    ]
    asked = [f"{row.name}: {joined(words)}" for row, words in found if words]
    twice = [_both_for_one_leg(rows[one], rows[other]) for one, other in sharing_a_leg(rows)]
    return [*asked, *twice, *([f"{len(rows)} exercises"] if len(rows) > UNUSUALLY_MANY else [])]


def _both_for_one_leg(one: Prescription, other: Prescription) -> str:
    return f"{one.exercise_name}: one leg does both “{one.side_words}” and “{other.side_words}”"


def _more_pain(row: Prescription, draft: Version) -> list[str]:
    """Return that a row's own pain limit is above the one that everything else has."""
    usual = draft.patient.clinic.pain_ok_up_to
    return [f"pain up to {row.pain_up_to}, not {usual}"] if (row.pain_up_to or 0) > usual else []


def _other_leg(row: Prescription, affected: str) -> list[str]:
    """Return that a row for the sore leg only is not for it: a draft copied before the record was put right."""
    usual = side_for(row.exercise.side_mode, affected)
    is_other = row.exercise.side_mode == SideMode.AFFECTED_ONLY and row.side and usual and row.side != usual
    return [f"{row.side_words}, not {Side(usual).label}"] if is_other else []


def review_date_problem(day: dt.date, today: dt.date) -> str:
    if day <= today:
        return "The review date must be after today."
    if day > today + LONGEST_REVIEW:
        return "The review date must be within a year."
    return ""


def _missing_around(draft: Version, by: User | None) -> Iterator[Missing]:
    patient = draft.patient
    if by is not None and not by.name.strip():
        yield Missing("you", "Your account has no name. The sheet must say who gave it: ask your clinic lead.")
    if numbers := patient.clinic.missing_help_numbers:
        yield Missing("clinic", f"The help box needs the {joined(numbers)}. Add it on the clinic’s page.")
    if not patient.hip_precautions:
        yield Missing("hip_precautions", "Answer the question about hip precautions. It may be “None”.")


def _missing_signatures(draft: Version, rows: list[Prescription], by: User | None) -> Iterator[Missing]:
    clinic = draft.patient.clinic
    if clinic.is_demo:
        return
    if wording_of(clinic).signature is None:
        words = "What your clinic says about pain and when to get help is not signed by a registered physiotherapist."
        yield Missing("texts", f"{words} {_who_signs(clinic, by, 'it')}")
    topics = [f"“{topic.title}”" for topic in unsigned_topics(clinic, draft.chosen_topics())]
    names = [*dict.fromkeys(row.name for row in unsigned(clinic, rows)), *topics]
    if names:
        are = "is" if len(names) == 1 else "are"
        words = f"{joined(names)} {are} not signed by a registered physiotherapist."
        yield Missing("signatures", f"{words} {_who_signs(clinic, by, 'it' if len(names) == 1 else 'them')}")


def _who_signs(clinic: Clinic, by: User | None, what: str) -> str:
    if by is not None and by.is_lead:
        return f"Read and sign {what} first."
    leads = User.objects.staff().filter(clinic=clinic, role=User.Role.LEAD, is_active=True).order_by("name", "pk")
    return f"Ask {' or '.join(lead.name for lead in leads) or 'your clinic lead'} to sign {what}."


def _missing_sides(draft: Version, rows: list[Prescription]) -> Iterator[Missing]:
    """Yield what is not said about the legs; to say once which hip is sore fills in all that are for that one."""
    sore_only = [row for row in rows if row.exercise.side_mode == SideMode.AFFECTED_ONLY]
    is_unknown = bool(sore_only) and not draft.patient.affected_side
    if is_unknown:
        yield Missing("affected_side", f"Say which hip is sore. {sore_only[0].name} is for the sore leg only.")
    for row in rows:
        if not row.side and not (is_unknown and row in sore_only):
            yield Missing(f"{row.pk}-side", f"Choose the leg for {row.name}.")


def _missing_apart(rows: list[Prescription]) -> Iterator[Missing]:
    """Yield the rows of an exercise that say the same leg and the same moment of the day as one before them."""
    for row in (rows[place] for place in repeated(rows)):
        if not row.side:
            continue  # that is asked for already
        twice = f"{row.exercise_name} is here twice for {row.side_words}."
        if row.exercise.side_mode == SideMode.BILATERAL:
            yield Missing(f"{row.pk}-moments", f"{twice} Choose a moment of the day for each.")
        else:
            yield Missing(f"{row.pk}-side", f"{twice} Choose another leg, or a moment of the day for each.")


def _missing_in(rows: list[Prescription]) -> Iterator[Missing]:
    if not rows:
        yield Missing("rows", "Pick a template, or add at least one exercise.")
    if len(rows) > MOST_PRESCRIPTIONS:
        yield Missing("rows", f"Remove exercises until there are at most {MOST_PRESCRIPTIONS}.")
    without = [row for row in rows if row.frequency is None]
    own_days = [row for row in without if row.own_days and not row.names_days]
    for row in own_days:
        yield Missing(f"{row.pk}-rhythm", f"Choose the days for {row.name}.")
    if len(without) > len(own_days):
        yield Missing("weekdays", "Choose the days and how many times a day.")


def _missing_on(draft: Version, at: dt.datetime | None) -> Iterator[Missing]:
    today = timezone.localdate(at, timezone=draft.patient.clinic.zone)
    if draft.review_on is None:
        yield Missing("review_on", "Choose a review date.")
    elif problem := review_date_problem(draft.review_on, today):
        yield Missing("review_on", problem)
    if not draft.reason.strip() and next_number(draft.programme_id) > 1:
        yield Missing("reason", "Say what you changed and why. It stays in the patient’s record.")


def _unconfirmed(draft: Version, confirmed: Collection[str]) -> list[Missing]:
    if set(unusual(draft)) <= set(confirmed):
        return []
    return [Missing("is_right", "Check what is unusual. If it is right, tick “Yes, this is right”.")]


def _unchanged(draft: Version) -> list[Missing]:
    current = draft.programme.current
    if current is None or _content(current) != _content(draft):
        return []
    words = f"Nothing has changed since version {current.number}. Change something, or throw the draft away."
    return [Missing("rows", words)]


def _content(version: Version) -> list[object]:
    """Return all that a patient would notice, and the phase: the facts pinned when giving, each row with its words."""
    patient, clinic = version.patient, version.patient.clinic
    facts = (
        (version.affected_side, version.precautions.said, version.pain_fine_up_to, version.pain_ok_up_to)
        if version.is_given
        else (patient.affected_side, patient.precautions.said, clinic.pain_fine_up_to, clinic.pain_ok_up_to)
    )
    rows = version.prescriptions.select_related("exercise")
    topics = version.topic_words if version.is_given else [topic.pinned_text() for topic in version.chosen_topics()]
    return [
        (version.goal, version.note, version.review_on, version.phase, *facts, topics),
        *((row.words, *(getattr(row, name) for name in ROW_FIELDS)) for row in rows),
    ]


def _pin(version: Version, by: User, at: dt.datetime) -> None:
    rows = list(version.prescriptions.select_related("exercise"))
    on = timezone.localdate(at, timezone=version.patient.clinic.zone)
    for row, apart in zip(rows, apart_in(rows), strict=True):
        row.text = row.exercise.pinned_text()
        row.told_apart = apart
        row.starts_on = next_start(row.starts_on, on) if row.every_other_day else None
    Prescription.objects.bulk_update(rows, ["text", "told_apart", "starts_on"])
    version.starts_on = next_start(version.starts_on, on) if version.every_other_day else None
    version.number = next_number(version.programme_id)
    version.reason = version.reason if version.number > 1 else ""
    version.pin_circumstances()
    version.pin_topics()
    version.given_by, version.given_at = by, at
