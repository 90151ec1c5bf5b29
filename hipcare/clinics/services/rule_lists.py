"""A clinic's own hip rules: changed, and put back to ours."""

from django.db import transaction
from django.utils import timezone

from hipcare.audit.models import Entry
from hipcare.audit.trail import add_to_trail
from hipcare.clinics.models import Clinic, PrecautionList, User
from hipcare.clinics.precautions import OURS, RuleList


@transaction.atomic
def save_rules(*, clinic: Clinic, by: User, kind: str, said: RuleList) -> None:
    """Save the rules of one kind; a list that reads as ours is ours, and follows our releases."""
    before = clinic.rules_for(kind)
    if said == before:
        return
    if said == OURS[kind]:
        put_rules_back(clinic=clinic, by=by, kind=kind)
        return
    row = clinic.precaution_lists.filter(kind=kind).first() or PrecautionList(clinic=clinic, kind=kind)
    row.heading, row.rules, row.source, row.review_on = said.heading, list(said.rules), said.source, said.review_on
    row.changed_by, row.changed_at = by, timezone.now()
    row.full_clean(exclude=["rules"])  # a list may be empty
    row.save()
    names = ("heading", "rules", "source", "review_on")
    changed = [name for name in names if getattr(said, name) != getattr(before, name)]
    add_to_trail(actor=by, action=Entry.Action.CHANGE, subject=row, fields=changed)


@transaction.atomic
def put_rules_back(*, clinic: Clinic, by: User, kind: str) -> None:
    for row in clinic.precaution_lists.filter(kind=kind):
        add_to_trail(actor=by, action=Entry.Action.CHANGE, subject=row)
        row.delete()
