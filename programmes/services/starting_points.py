"""Fill a draft anew: from a template, from the current version, with nothing, or with what was there before.

Every starting point returns what it replaced, for ``start_from_contents``.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q

from hipcare.clinics.models import User
from programmes.models import Phase, Prescription, Template, TemplateItem, Version
from programmes.models.pinned_phases import pinned
from programmes.models.rhythm import DAYS_FIELDS, RHYTHM_FIELDS, TIMES_FIELDS
from programmes.models.version import BEGUN_WITH, FOLLOWED
from programmes.rules.following import notes_of
from programmes.rules.merging import ORDER
from programmes.services import drafts
from programmes.services.draft_values import NO_EDITS, Edits, keys_of, note_changes, plain
from programmes.services.drafts import Contents, row_from

SAID = (*BEGUN_WITH, "note", *FOLLOWED)


NO_PHASES: Mapping[str, Any] = {"phase": None, "follows": {}}
BEGUN_ANEW: Mapping[str, Any] = {"name": "", "template_id": None, "copied_from_id": None, **NO_PHASES}


@transaction.atomic
def start_from_template(
    *, draft: Version, template: Template, by: User, phase: Phase | None = None, edits: Edits = NO_EDITS
) -> Contents:
    """Replace the rows by the template's, on the patient's own side; days and times stay as they were chosen.

    Of a template with phases they are those of ``phase``, or of its first one, and the draft keeps what all of them
    say now. Its note to the patient goes where nobody has written one.
    """
    draft = _open_for(draft, by, edits)
    phase = phase or template.phases.first()
    rows = rows_from((phase or template).items.select_related("exercise"), draft)
    note = (phase.note if phase else "") or template.note
    followed = {"phase": phase.order, "follows": pinned(template)} if phase else NO_PHASES
    said = {**BEGUN_ANEW, "name": template.name, "template_id": template.pk, **followed}
    return _replace(draft, rows, about(draft, by, note=note, **said), by, edits)


def rows_from(items: Iterable[TemplateItem], draft: Version) -> list[Prescription]:
    """Return the rows that a template's items become in ``draft``."""
    return [_row_from(item, draft) for item in items]


def _row_from(item: TemplateItem, draft: Version) -> Prescription:
    """Return a template's exercise for a draft: on the patient's own side, in the programme's rhythm or its own."""
    own_days, own_times = item.names_days, item.times_a_day is not None
    return Prescription(
        exercise=item.exercise,
        side=item.side_for(draft.patient.affected_side),
        note=item.note,
        own_days=own_days,
        own_times=own_times,
        **drafts.values(item, drafts.TAKEN_OVER),
        **drafts.values(item if own_days else draft, DAYS_FIELDS),
        **drafts.values(item if own_times else draft, TIMES_FIELDS),
    )


@transaction.atomic
def start_from_current_version(*, draft: Version, by: User, edits: Edits = NO_EDITS) -> Contents:
    current = draft.programme.current
    if current is None:
        return start_blank(draft=draft, by=by, edits=edits)
    return start_from_version(draft=draft, version=current, rows=current.prescriptions.all(), by=by, edits=edits)


@transaction.atomic
def start_from_version(
    *, draft: Version, version: Version, rows: Iterable[Prescription], by: User, edits: Edits = NO_EDITS
) -> Contents:
    """Replace the rows by ``rows`` of ``version``; days, times, note and phase become its own too."""
    draft = _open_for(draft, by, edits)
    said = {**about(draft, by, **drafts.values(version, SAID)), **drafts.values(version, RHYTHM_FIELDS)}
    return _replace(draft, [drafts.copy_of(row) for row in rows], said, by, edits)


@transaction.atomic
def start_with(*, draft: Version, rows: list[Prescription], said: Mapping[str, Any], by: User) -> Contents:
    """Replace the rows by ``rows`` that somebody made for this draft, and what is said with them; no note comes."""
    draft = _open_for(draft, by, NO_EDITS)
    return _replace(draft, rows, about(draft, by, note="", **said), by, NO_EDITS)


@transaction.atomic
def start_from_contents(*, draft: Version, contents: Contents, by: User, edits: Edits = NO_EDITS) -> Contents:
    draft = _open_for(draft, by, edits)
    said = {"note": draft.note, **BEGUN_ANEW, **drafts.unfolded(contents, SAID)}
    rhythm = drafts.unfolded(contents, RHYTHM_FIELDS)
    rows = [row_from(row) for row in contents["rows"]]
    return _replace(draft, rows, {**about(draft, by, **said), **rhythm}, by, edits)


@transaction.atomic
def start_blank(*, draft: Version, by: User, edits: Edits = NO_EDITS) -> Contents:
    draft = _open_for(draft, by, edits)
    return _replace(draft, [], about(draft, by, note="", **BEGUN_ANEW), by, edits)


def _open_for(draft: Version, by: User, edits: Edits) -> Version:
    draft = drafts.locked(draft)
    drafts.apply_edits(draft, edits, by)
    return draft


def about(draft: Version, by: User, *, note: str, **said: Any) -> dict[str, Any]:
    """Return what a starting point says of the whole draft, its note only where nobody wrote their own.

    A template's note that stands there as it came is nobody's own: it gives way to the next one's.
    """
    templates = Template.objects.visible_to(by).filter(Q(note=draft.note) | Q(phases__note=draft.note))
    is_own = bool(draft.note) and draft.note not in notes_of(draft.follows) and not templates.exists()
    return {**said, "note": draft.note if is_own else note}


def _replace(draft: Version, rows: list[Prescription], said: Mapping[str, Any], by: User, edits: Edits) -> Contents:
    """Put ``rows`` in the place of the draft's, with what they came with. Return what was there."""
    contents: Contents = {name: plain(getattr(draft, name)) for name in (*SAID, *RHYTHM_FIELDS)}
    contents["rows"] = [drafts.contents_of(row) for row in draft.prescriptions.all()]
    gone = [row["id"] for row in contents["rows"]]
    changed = keys_of(draft, fill(draft, rows, said) - {*BEGUN_WITH, *FOLLOWED})
    drafts.keep(draft, by, edits)
    note_changes(draft, [ORDER, *changed, *gone, *(str(row.pk) for row in rows)], by, edits)
    return contents


def fill(draft: Version, rows: list[Prescription], said: Mapping[str, Any]) -> set[str]:
    """Put ``rows`` in the place of the draft's, and ``said`` into the draft, which the caller saves.

    Return the names of what is not as it was.
    """
    draft.prescriptions.all().delete()
    drafts.put(draft, rows)
    return drafts.set_values(draft, said)
