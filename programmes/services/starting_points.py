"""Fill a draft anew: from a template, from the current version, with nothing, or with what was there before.

Every starting point returns what it replaced, for ``start_from_contents``.
"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q

from hipcare.clinics.models import User
from programmes.models import Phase, Prescription, Template, TemplateItem, Version
from programmes.models.rhythm import DAYS_FIELDS, RHYTHM_FIELDS, TIMES_FIELDS
from programmes.rules.merging import ORDER
from programmes.services import drafts
from programmes.services.draft_values import NO_EDITS, Edits, keys_of, note_changes, plain
from programmes.services.drafts import Contents, row_from


@transaction.atomic
def start_from_template(
    *, draft: Version, template: Template, by: User, phase: Phase | None = None, edits: Edits = NO_EDITS
) -> Contents:
    """Replace the rows by the template's, on the patient's own side; days and times stay as they were chosen.

    Of a template with phases they are those of ``phase``, or of its first one. Its note to the patient goes where
    nobody has written one.
    """
    draft = _open_for(draft, by, edits)
    phase = phase or template.phases.first()
    note = (phase.note if phase else "") or template.note
    rows = [_row_from(item, draft) for item in (phase or template).items.select_related("exercise")]
    return _replace(draft, rows, _with_note(draft, by, name=template.name, note=note), by, edits)


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
    draft = _open_for(draft, by, edits)
    current = draft.programme.current
    rows = [drafts.copy_of(row) for row in current.prescriptions.all()] if current else []
    said = drafts.values(current, ("name", "note")) if current else {"name": "", "note": ""}
    rhythm = drafts.values(current, RHYTHM_FIELDS) if current else {}
    return _replace(draft, rows, {**_with_note(draft, by, **said), **rhythm}, by, edits)


@transaction.atomic
def start_from_contents(*, draft: Version, contents: Contents, by: User, edits: Edits = NO_EDITS) -> Contents:
    draft = _open_for(draft, by, edits)
    about = _with_note(draft, by, name=contents["name"], note=contents.get("note", draft.note))
    rhythm = drafts.unfolded(contents, RHYTHM_FIELDS)
    return _replace(draft, [row_from(row) for row in contents["rows"]], {**about, **rhythm}, by, edits)


@transaction.atomic
def start_blank(*, draft: Version, by: User, edits: Edits = NO_EDITS) -> Contents:
    draft = _open_for(draft, by, edits)
    return _replace(draft, [], _with_note(draft, by, name="", note=""), by, edits)


def _open_for(draft: Version, by: User, edits: Edits) -> Version:
    draft = drafts.locked(draft)
    drafts.apply_edits(draft, edits, by)
    return draft


def _with_note(draft: Version, by: User, *, name: str, note: str) -> dict[str, str]:
    """Return what a starting point says of the whole draft: its name, and its note unless somebody wrote their own.

    A template's note that stands there as it came is nobody's own: it gives way to the next one's.
    """
    templates = Template.objects.visible_to(by).filter(Q(note=draft.note) | Q(phases__note=draft.note))
    is_own = bool(draft.note) and not templates.exists()
    return {"name": name, "note": draft.note if is_own else note}


def _replace(draft: Version, rows: list[Prescription], about: Mapping[str, Any], by: User, edits: Edits) -> Contents:
    """Put ``rows`` in the place of the draft's, and say ``about`` it what they came with. Return what was there."""
    contents: Contents = {name: plain(getattr(draft, name)) for name in ("name", "note", *RHYTHM_FIELDS)}
    contents["rows"] = [drafts.contents_of(row) for row in draft.prescriptions.all()]
    gone = [row["id"] for row in contents["rows"]]
    draft.prescriptions.all().delete()
    drafts.put(draft, rows)
    changed = keys_of(draft, drafts.set_values(draft, about) - {"name"})
    drafts.keep(draft, by, edits)
    note_changes(draft, [ORDER, *changed, *gone, *(str(row.pk) for row in rows)], by, edits)
    return contents
