"""Write down what was gone through with the patient before they left."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction

from hipcare.audit.models import Entry
from hipcare.audit.trail import add_to_trail
from hipcare.clinics.models import User
from programmes.models import TeachBack, Version
from programmes.models.teach_back import TAUGHT


@transaction.atomic
def note_teach_back(
    *, version: Version, ticked: Collection[str], shown: Collection[str], by: User, at: dt.datetime
) -> None:
    """Keep what is ``ticked``. ``shown`` is what the page showed as ticked: what nobody touched there stays."""
    touched = {name for name in TAUGHT if (name in ticked) != (name in shown)}
    if not touched:
        return
    row, _is_new = TeachBack.objects.select_for_update().get_or_create(version=version, defaults={"by": by, "at": at})
    for name in touched:
        setattr(row, name, name in ticked)
    row.by, row.at = by, at
    row.save()
    patient = version.patient
    add_to_trail(actor=by, action=Entry.Action.CHANGE, subject=row.version, patient=patient, fields=touched)
