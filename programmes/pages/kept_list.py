"""The list of patients as it was drawn before, as long as the clinic's state says that it shows the same.

The database gives the clinic another state whenever it writes a patient or a patient's summary (``ClinicSummary``).
"""

import datetime as dt
from typing import Any

from hipcare.clinics.models import User
from programmes.models import ClinicSummary
from programmes.pages.kept import digest_of, values_of
from programmes.pages.list_query import ListQuery

KEPT_FOR = dt.timedelta(hours=1)


def summary_of_clinic(user: User) -> ClinicSummary | None:
    return ClinicSummary.objects.visible_to(user).first()


def key_of_list(user: User, clinic: ClinicSummary | None, day: dt.date, asked: ListQuery, *beside: Any) -> str:
    """Return what tells this list from any other: a digest of all it depends on, ``beside`` being what else does.

    "" where no list can be kept: a clinic without a summary has no state that would tell of a change.
    """
    if clinic is None:
        return ""
    return digest_of(day, values_of(user), values_of(user.clinic), clinic.state, asked, beside)
