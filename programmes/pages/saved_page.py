"""What is offered for putting a saved session right."""

from programmes.models import Prescription, Session
from programmes.rules import day as day_rules


def rows_to_tick(session: Session) -> list[Prescription]:
    """Return what can be ticked when a session is put right: what it knows, what its day asks for, what is as needed.

    Where that is nothing, all of its version.
    """
    rows = list(session.version.prescriptions.all())
    known = {row.prescription_id for row in session.performed.all()}
    near = [row for row in rows if row.pk in known or row.is_due_on(session.local_date) or row.as_needed]
    return day_rules.in_order(near or rows)
