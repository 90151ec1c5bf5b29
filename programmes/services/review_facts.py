"""What of a patient's summary says what there is to look at: the entries it comes from, and its place in the list."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.utils import timezone

from hipcare.clinics.models import Clinic, Patient
from programmes.models import (
    LookedAt,
    NextDay,
    PatientMessage,
    PatientSummary,
    Pause,
    PerformedExercise,
    Prescription,
    Programme,
    Session,
)
from programmes.models.summary import cutoffs_of
from programmes.rules.adherence import Window
from programmes.rules.entries import ToldWords, pack_entries, unpack_entries
from programmes.rules.pauses import silent_since
from programmes.rules.review import (
    LATER,
    NEWEST,
    RecentSession,
    ReviewKey,
    has_passed,
    is_quiet,
    place_of,
    review_facts,
)

IN_ONE_GO = 500
LONGEST_NOTE = 90
COUNTED_AGAIN = ["place", "is_easy", "review_seen", "quiet_since", "quiet_seen", "state"]


def say_what_to_read(
    summary: PatientSummary,
    patient: Patient,
    newest: Sequence[Session],
    blank: Mapping[uuid.UUID, int],
    pauses: Iterable[Window],
) -> None:
    """Write into ``summary`` the newest entries, unread words and who looked last, and what follows from them.

    ``blank`` says by session how many boxes of a paper diary were left blank.
    """
    looked = LookedAt.objects.filter(patient=patient).values_list("at", "by").first()
    summary.looked_at, summary.looked_by_id = looked or (None, None)
    summary.entries = pack_entries(list(_entries(newest[:NEWEST], blank)), _unread(patient))
    count_facts(summary, patient, pauses)


def count_facts(summary: PatientSummary, patient: Patient, pauses: Iterable[Window]) -> None:
    """Work out anew what follows from the entries by the clinic's cut-offs; ``pauses`` are the programme's."""
    cutoffs, zone = cutoffs_of(patient.clinic), patient.clinic.zone
    sessions, told = unpack_entries(summary.entries)
    facts = review_facts(sessions, cutoffs, usual=patient.usual_pain, looked_at=summary.looked_at)
    summary.place = place_of(facts, has_told=told is not None)
    summary.is_easy = summary.place == LATER and any(fact.key is ReviewKey.EASY for fact in facts)
    since = summary.programme_since and timezone.localdate(summary.programme_since, zone)
    looked_on = timezone.localdate(summary.looked_at, zone) if summary.looked_at else dt.date.min
    last = max(since, summary.last_day or since) if since and not summary.alone_since else None
    summary.quiet_since = last and silent_since(last, pauses, cut_off=cutoffs.quiet_days, looked_on=looked_on)
    summary.review_seen = has_passed(summary.review_on, looked_on)
    summary.quiet_seen = summary.looked_at is not None and is_quiet(summary.quiet_since, looked_on, cutoffs)
    if patient.archived_at:
        _leave_the_lists(summary)


def _leave_the_lists(summary: PatientSummary) -> None:
    summary.is_archived, summary.has_draft, summary.is_easy = True, False, False
    summary.physiotherapist_id = summary.review_on = summary.quiet_since = None
    summary.place = LATER


def _entries(sessions: Iterable[Session], blank: Mapping[uuid.UUID, int]) -> Iterable[RecentSession]:
    names = _names_of_sore(sessions)
    for session in sessions:
        performed = list(session.performed.all())
        said: NextDay | None = getattr(session, "next_day", None)
        yield RecentSession(
            id=session.pk.hex,
            day=session.local_date,
            at=max(session.received_at, session.corrected_at or session.received_at),
            pain=session.pain,
            is_whole=bool(performed) and not blank[session.pk] and all(map(is_done, performed)),
            is_easy=session.was_easy,
            settled={"yes": True, "no": False}.get(said.answer) if said else None,
            answered_at=said.answered_at if said else None,
            sore=tuple(names[one.prescription_id] for one in performed if is_too_sore(one)),
        )


def is_done(performed: PerformedExercise) -> bool:
    return performed.outcome == performed.Outcome.DONE


def is_too_sore(performed: PerformedExercise) -> bool:
    return performed.outcome == performed.Outcome.SKIPPED and performed.reason == performed.Reason.TOO_SORE


def _names_of_sore(sessions: Iterable[Session]) -> dict[object, str]:
    left_out = {one.prescription_id for session in sessions for one in session.performed.all() if is_too_sore(one)}
    if not left_out:
        return {}
    return {row.pk: row.exercise_name for row in Prescription.objects.filter(pk__in=left_out)}


def _unread(patient: Patient) -> ToldWords | None:
    unread = list(PatientMessage.objects.filter(patient=patient, read_at=None).values_list("text", "written_at"))
    return ToldWords(len(unread), shortened(unread[0][0]), unread[0][1]) if unread else None


def shortened(note: str) -> str:
    words = " ".join(note.split())
    return words if len(words) <= LONGEST_NOTE else f"{words[:LONGEST_NOTE].rsplit(' ', 1)[0]} …"


def count_facts_of(clinic: Clinic) -> None:
    """Work out anew what all of a clinic's summaries say, after its cut-offs, bands or zone changed; needs no entry."""
    summaries = PatientSummary.objects.filter(clinic=clinic, is_archived=False).select_related("patient")
    paused = _pauses_in(clinic)
    changed = []
    for summary in summaries.select_for_update(of=("self",)).order_by("pk"):
        before = [getattr(summary, name) for name in COUNTED_AGAIN]
        summary.patient.clinic = clinic
        count_facts(summary, summary.patient, paused[summary.pk])
        if before != [getattr(summary, name) for name in COUNTED_AGAIN]:
            summary.state = uuid.uuid4()
            changed.append(summary)
    PatientSummary.objects.bulk_update(changed, COUNTED_AGAIN, batch_size=IN_ONE_GO)


def _pauses_in(clinic: Clinic) -> defaultdict[uuid.UUID, list[Window]]:
    """Return the pauses of the programmes in force, by patient."""
    found: defaultdict[uuid.UUID, list[Window]] = defaultdict(list)
    active = Programme.objects.active().filter(patient__clinic=clinic)
    for pause in Pause.objects.filter(programme__in=active).select_related("programme"):
        found[pause.programme.patient_id].append(pause.window)
    return found
