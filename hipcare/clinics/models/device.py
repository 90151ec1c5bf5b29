"""A patient's phone, tablet or computer: who is here, for how long, and why it is out.

The row says whether a browser is signed in, whatever its cookie says: a request finds it by the key of its session,
or it is nobody's. All limits are lengths of time, so no clock is moved by a summer or a zone.
"""

import datetime as dt
import uuid
from enum import Enum
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hipcare.clinics.models.helper import Helper
from hipcare.clinics.models.patient import Patient
from hipcare.clinics.models.user import User, kept_name_of
from hipcare.columns import Line

DEVICE_LIFE = dt.timedelta(days=180)
IDLE_LIMIT = dt.timedelta(days=30)
ENDS_SOON = dt.timedelta(days=14)
LONG_AWAY = dt.timedelta(days=20)
PIN_TRIES = 5
KINDS = {
    "Phone": gettext_lazy("Phone"),
    "Tablet": gettext_lazy("Tablet"),
    "Computer": gettext_lazy("Computer"),
    "iPhone": gettext_lazy("iPhone"),
    "iPad": gettext_lazy("iPad"),
}  # those of ``hipcare.http.device_name``


def half_a_year_from_now() -> dt.datetime:
    return timezone.now() + DEVICE_LIFE


class CutOff(Enum):
    """Why a device is out."""

    TAKEN_OFF = "taken off, by the patient or the clinic"
    ENDED = "half a year is over"
    IDLE = "not used for 30 days"


class DeviceQuerySet(models.QuerySet["Device"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(patient__in=Patient.objects.visible_to(user))

    def active(self) -> Self:
        """Those that nobody took off, some of which may be out by themselves."""
        return self.filter(unpaired_at=None)

    def live(self) -> Self:
        """Those that are let in now."""
        now = timezone.now()
        return self.active().filter(ends_at__gt=now, last_used_at__gt=now - IDLE_LIMIT, patient__user__is_active=True)

    def with_people(self) -> Self:
        """Bring who it is of, and whether others are let in on the same browser, in the same query."""
        others = Device.objects.live().filter(session_key=OuterRef("session_key")).exclude(pk=OuterRef("pk"))
        people = self.select_related("patient__user", "patient__clinic", "patient__physiotherapist", "helper")
        return people.annotate(is_shared=Exists(others))


class Device(models.Model):
    """A browser that a patient has paired, or somebody who helps them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="devices")
    helper = models.ForeignKey(Helper, null=True, blank=True, on_delete=models.CASCADE, related_name="devices")
    name = Line(max_length=60, help_text='What it is, in plain words: "Phone, Chrome".')
    session_key = models.CharField(max_length=40, editable=False, db_index=True)
    paired_at = models.DateTimeField(default=timezone.now)
    last_used_at = models.DateTimeField("first used on the last day of use", default=timezone.now)
    ends_at = models.DateTimeField(default=half_a_year_from_now)
    unpaired_at = models.DateTimeField(null=True, blank=True)
    # Where the patient's record was merged: the user that its session and what it keeps still name.
    paired_as = models.UUIDField(null=True, blank=True, editable=False)
    pin = models.CharField("hash of the PIN that hides the past here", max_length=128, blank=True, editable=False)
    pin_tries = models.PositiveSmallIntegerField("wrong ones since the last right one", default=0, editable=False)

    objects = DeviceQuerySet.as_manager()
    is_shared = False  # with others who are let in on the same browser, where that was asked (``with_people``)

    class Meta:
        ordering = ["-paired_at"]

    def __str__(self) -> str:
        return self.name

    @property
    def cut_off(self) -> CutOff | None:
        """Why it is out; None while it is let in, as ``live`` has it."""
        if self.unpaired_at or not self.patient.user.is_active:
            return CutOff.TAKEN_OFF
        return self.run_out

    @property
    def run_out(self) -> CutOff | None:
        """Which limit it has reached by itself."""
        now = timezone.now()
        if self.ends_at <= now:
            return CutOff.ENDED
        return CutOff.IDLE if self.last_used_at <= now - IDLE_LIMIT else None

    @property
    def in_words(self) -> str:
        """Its name, which is kept in English, in the reader's language."""
        kind, _comma, browser = self.name.partition(", ")
        known = str(KINDS.get(kind, kind))
        return _("%(kind)s with %(browser)s") % {"kind": known, "browser": browser} if browser else known

    @property
    def ends_soon(self) -> bool:
        """Whether to say when it ends. A new code before that lets it stay."""
        return self.ends_at <= timezone.now() + ENDS_SOON

    @property
    def days_away(self) -> int:
        """How many days it was not used, where that is worth a word, else 0."""
        away = timezone.now() - self.last_used_at
        return away.days if away > LONG_AWAY else 0

    @property
    def is_used_today(self) -> bool:
        """Whether today's use is written down already."""
        return timezone.localdate(self.last_used_at) == timezone.localdate()

    @property
    def kept_under(self) -> str:
        """Under what the browser keeps what is this person's: the patient's, or one helper's. See ``User``."""
        return kept_name_of(self.helper_id or self.session_user)

    @property
    def session_user(self) -> uuid.UUID:
        """The user whom the browser's session names."""
        return self.paired_as or self.patient.user_id

    @property
    def shows_past(self) -> bool:
        """Whether Today says what was saved before: to nobody but the patient, and to nobody where there is a PIN."""
        return self.helper_id is None and not self.pin

    @property
    def pin_tries_left(self) -> int:
        return max(PIN_TRIES - self.pin_tries, 0)

    @property
    def told(self) -> tuple[object, ...]:
        """What the patient's pages say of it, for the key of a page that is kept."""
        helper = (self.helper.pk, self.helper.name) if self.helper else None
        return (self.ends_at if self.ends_soon else None, self.days_away, self.is_shared, helper, self.shows_past)
