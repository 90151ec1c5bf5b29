"""A clinic's own progression rules: changed, and put back to ours."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from hipcare.audit.models import Entry
from hipcare.audit.trail import add_to_trail
from hipcare.clinics.models import Clinic, ProgressionList, User
from hipcare.clinics.progression import OURS


def progression_rules_of(clinic: Clinic) -> list[str]:
    """Return what physiotherapists of ``clinic`` choose from."""
    return ProgressionList.objects.rules_of(clinic)


@transaction.atomic
def save_progression_rules(*, clinic: Clinic, by: User, rules: Sequence[str]) -> None:
    """Save the list; one that reads as ours is ours, and follows our releases."""
    if list(rules) == progression_rules_of(clinic):
        return
    if tuple(rules) == OURS:
        put_progression_rules_back(clinic=clinic, by=by)
        return
    row = ProgressionList.objects.filter(clinic=clinic).first() or ProgressionList(clinic=clinic)
    row.rules, row.changed_by, row.changed_at = list(rules), by, timezone.now()
    row.full_clean(exclude=["rules"])  # a list may be empty
    row.save()
    add_to_trail(actor=by, action=Entry.Action.CHANGE, subject=row, fields=["rules"])


@transaction.atomic
def put_progression_rules_back(*, clinic: Clinic, by: User) -> None:
    for row in ProgressionList.objects.filter(clinic=clinic):
        add_to_trail(actor=by, action=Entry.Action.CHANGE, subject=row)
        row.delete()
