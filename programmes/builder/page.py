"""What the builder's page shows, put together from the draft, its forms and the library."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from exercises.library.signing import unsigned as unsigned_exercises
from exercises.models import Exercise
from exercises.search import Search, find, is_only_weighed_up
from exercises.sides import SideMode, picture_side, side_for
from exercises.usual_doses import UsualDose
from exercises.wording import dose_line
from hipcare.clinics.models import ProgressionList, User
from hipcare.http import SignedInRequest
from hipcare.problems import Problem, first_input
from programmes.builder import undo
from programmes.builder.forms.builder_forms import BuilderForms, questions
from programmes.builder.forms.row_form import PrescriptionForm
from programmes.builder.starts import Start, started, starts
from programmes.builder.swaps import offer_swaps
from programmes.models import Prescription, Version
from programmes.models.prescription import UNUSUALLY_MANY
from programmes.rules.burden import burden
from programmes.rules.changes import changes
from programmes.services.drafts import Contents, row_from
from programmes.services.giving import Missing, next_number
from programmes.unsigned import unsigned
from programmes.wording.differences import name_in, precautions_differ, staff_chip, topics_differ

POSITIONS = {
    Exercise.Position.LYING: "Lying",
    Exercise.Position.SIDE_LYING: "Side",
    Exercise.Position.SITTING: "Sitting",
    Exercise.Position.STANDING: "Standing",
    Exercise.Position.KNEELING: "Kneeling",
}


@dataclass(frozen=True, slots=True)
class Card:
    """One exercise of the library, drawn for this patient."""

    exercise: Exercise
    picture_side: str
    line: str
    is_own_dose: bool
    """Whether that is the clinic's own usual dose, not the library's."""
    added: bool
    is_signed: bool
    is_only_weighed_up: bool
    """Whether it was found by a word of its cautions alone."""


@dataclass(frozen=True, slots=True)
class Said:
    """What the last action did: ``words`` for the live region, ``focus`` the id that the focus goes to."""

    words: str = ""
    focus: str = ""


NOTHING_SAID = Said()


def today_of(draft: Version) -> dt.date:
    return timezone.localdate(timezone=draft.patient.clinic.zone)


def page(
    draft: Version,
    forms: BuilderForms,
    request: SignedInRequest,
    *,
    missing: list[Missing] | None = None,
    said: Said = NOTHING_SAID,
) -> dict[str, Any]:
    shown = parts(draft, forms, request.user)
    offer_swaps(request.user, forms.rows)
    # Asked for by rows and cards, and by what is missing.
    prefetch_related_objects([draft.patient.clinic], "signatures", "texts", "text_signatures", "precaution_lists")
    return {
        **shown,
        "unsigned": {row.pk for row in unsigned(draft.patient.clinic, [form.row for form in forms.rows])},
        **library(draft, forms, request),
        "pills": [
            *starts(
                request.user,
                draft,
                shown["current"],
                changed=bool(shown["changes"]),
                with_pictures=not forms.rows,
            ),
            *([Start("before", "As it was before", chosen=False)] if undo.replaced(request.session, draft) else []),
        ],
        "positions": POSITIONS,
        "progression_rules": ProgressionList.objects.rules_of(draft.patient.clinic),
        "number": next_number(draft.programme_id),
        "problems": (found := problems(forms, missing or [])),
        "goes_to": next((one.href[1:] for one in found if one.href.startswith("#")), "") if missing is not None else "",
        "hip_rules": draft.patient.clinic.hip_rules(draft.patient.precautions),
        "record_url": _record_url(draft),
        "said": said,
        "asked": "",
        **folding(forms, request),
        "removed": removed_from(draft, request, {str(form.prefix): form.heading for form in forms.rows}),
    }


def folding(forms: BuilderForms, request: SignedInRequest) -> dict[str, Any]:
    """Return whether each row is one line until it is opened: in a long programme, unless all of it was asked for."""
    is_long = len(forms.leading) > UNUSUALLY_MANY
    return {"is_long": is_long, "is_short": is_long and not wants_all(request), "most_in_full": UNUSUALLY_MANY}


def wants_all(request: SignedInRequest) -> bool:
    """Say whether the rows of a long programme are asked for in full, now or since before."""
    asked = request.POST if request.method == "POST" else request.GET
    return asked.get("show", asked.get("view")) == "full"


@dataclass(frozen=True, slots=True)
class Removed:
    """What was taken out and can be put back: one row, or one for each leg."""

    rows: Sequence[Prescription]
    what: str
    """What became of it: "removed", "swapped for Clamshell"."""

    @property
    def row(self) -> Prescription:
        return self.rows[0]


def removed_from(draft: Version, request: SignedInRequest, here: Mapping[str, str]) -> list[Removed]:
    """Return what this person took out of the draft, or wrote in while another took it out.

    ``here`` are the names of the rows that are there, by their ids.
    """
    kept = undo.removed(request.session, draft)
    exercises = Exercise.objects.visible_to(request.user).in_bulk([row["exercise"] for row in kept]) if kept else {}
    return [
        Removed([_row_of(one, draft, exercises) for one in (row, *row.get("with", []))], _what_became_of(row, here))
        for row in kept
        if uuid.UUID(row["exercise"]) in exercises
    ]


def _row_of(contents: Contents, draft: Version, exercises: Mapping[uuid.UUID, Exercise]) -> Prescription:
    row = row_from(contents)
    row.pk, row.version, row.exercise = uuid.UUID(contents["id"]), draft, exercises[row.exercise_id]
    return row


def _what_became_of(contents: Contents, here: Mapping[str, str]) -> str:
    instead = contents.get("instead", "")
    if instead == contents["id"]:
        return "with a dose for each leg"
    return f"swapped for {here[instead]}" if instead in here else "removed"


def parts(draft: Version, forms: BuilderForms, user: User) -> dict[str, Any]:
    """Return what changes with every value: pictures, lines, counts, questions."""
    current = draft.programme.current
    rows = [form.row for form in forms.rows]
    was = [] if current is None else list(current.prescriptions.select_related("exercise"))
    return {
        "draft": draft,
        "patient": draft.patient,
        "forms": forms,
        "whole": forms.whole,
        "burden": burden(rows),
        "stamp": forms.next_stamp,
        "first_wrong": next((one.href for one in problems(forms, [])), ""),
        "questions": questions(draft, forms.confirmed),
        "current": current,
        "started": started(user, draft, rows, was) if rows else None,
        "still": still_to_choose(draft, rows),
        "changes": [*((name_in(one), staff_chip(one)) for one in changes(was, rows)), *_topics(draft, current)]
        if current
        else [],
        "rules_differ": precautions_differ(current.precautions, draft.patient.precautions) if current else "",
    }


def still_to_choose(draft: Version, rows: Sequence[Prescription]) -> list[str]:
    """Return what is not there yet, as the foot of the page lists it; Give says all of it in full."""
    sore_only = any(row.exercise.side_mode == SideMode.AFFECTED_ONLY for row in rows)
    open_rows = any(row.frequency is None for row in rows) if rows else draft.frequency is None
    is_next = draft.programme.current is not None
    asked = {
        "sore hip": sore_only and not draft.patient.affected_side,
        "precautions": not draft.patient.hip_precautions,
        "an exercise": not rows,
        "days": open_rows,
        "review date": draft.review_on is None,
        "why": is_next and not draft.reason.strip(),
    }
    return [words for words, is_open in asked.items() if is_open]


def _topics(draft: Version, current: Version) -> list[tuple[str, str]]:
    """Return what differs about the topics; they are looked up only where they do."""
    if draft.topics == current.topics:
        return []
    return topics_differ([one.title for one in current.readings], [one.title for one in draft.chosen_topics()])


def library(draft: Version, forms: BuilderForms, request: SignedInRequest) -> dict[str, Any]:
    asked = request.POST if request.method == "POST" else request.GET
    query, positions = asked.get("q", "").replace("\0", "")[:80], asked.getlist("position")
    search = Search(words=query, positions=frozenset(positions))
    affected = draft.patient.affected_side
    here = {form.row.exercise_id for form in forms.rows}
    every = list(Exercise.objects.visible_to(request.user).current())
    found = find(every, search)
    left = unsigned_exercises(draft.patient.clinic, found)
    own = UsualDose.objects.by_exercise(draft.patient.clinic)
    cards = [
        Card(
            one,
            picture_side(side_for(one.side_mode, affected), affected),
            dose_line(own.get(one.pk, one).dose),
            is_own_dose=one.pk in own,
            added=one.pk in here,
            is_signed=one.pk not in left,
            is_only_weighed_up=bool(query) and is_only_weighed_up(one, query),
        )
        for one in found
    ]
    add_url = reverse("programmes:draft_add", args=[draft.pk])
    return {
        "patient": draft.patient,
        "cards": cards,
        "add_url": add_url,
        "query": query,
        "chosen_positions": positions,
        "library_size": len(every),
    }


def problems(forms: BuilderForms, missing: list[Missing]) -> list[Problem]:
    found = [Problem(one.words, href_of(one)) for one in missing]
    for part in forms.parts:
        name = part.row.name if isinstance(part, PrescriptionForm) else ""
        for field, errors in part.errors.items():
            href = f"#{first_input(part[field])}"
            sentences = [str(error) for error in errors]
            found += [Problem(words if name in words else f"{name}: {words}", href) for words in sentences]
    return found


def href_of(missing: Missing) -> str:
    match missing.field:
        case "clinic" | "texts":
            return reverse("clinic_settings" if missing.field == "clinic" else "clinic_says")
        case "signatures":
            return reverse("exercises:signatures")
        case "is_right":
            return "#is-right"
        case "rows":
            return "#library"
        case _:
            return ""


def _record_url(draft: Version) -> str:
    back = urlencode({"next": reverse("programmes:builder", args=[draft.pk])})
    return f"{reverse('patient_edit', args=[draft.patient.pk])}?{back}"
