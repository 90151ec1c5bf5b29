"""How a patient's phone gets in: a one-time code opens a device.

The code itself is never stored. It is derived from the row's id and the server's secret key
(``hipcare.clinics.codes``), so it can be shown, printed and shown again while it is open, and a stolen
database alone opens nothing.
"""

import datetime as dt
import uuid
from typing import Self
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from hipcare.clinics import codes
from hipcare.clinics.models.device import Device
from hipcare.clinics.models.helper import Helper
from hipcare.clinics.models.patient import Patient
from hipcare.clinics.models.user import User
from hipcare.setting_values import shown_host

CODE_LIFE = dt.timedelta(days=14)
OWN_CODE_LIFE = dt.timedelta(minutes=10)
HELPER_CODE_LIFE = dt.timedelta(hours=24)
OTHER_CODES_TYPED_AT_ONCE = 1_400  # own and helpers': see ``codes`` for the sum
WRONG_TRIES = 3


def two_weeks_from_now() -> dt.datetime:
    return timezone.now() + CODE_LIFE


class PairingCodeQuerySet(models.QuerySet["PairingCode"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(patient__in=Patient.objects.visible_to(user))

    def by_clinic(self) -> Self:
        """Those that the clinic gives out to the patient; the others are for one more phone, or for a helper."""
        return self.filter(kind=PairingCode.MadeBy.CLINIC)

    def unspent(self) -> Self:
        """Those that nobody used or replaced, old ones too: each has a locator of its own."""
        return self.filter(used_at=None, closed_at=None)

    def open_by_scan(self) -> Self:
        return self.unspent().filter(expires_at__gt=timezone.now())

    def still_open(self) -> Self:
        """Those that open a phone both ways, scanned and typed."""
        return self.open_by_scan().filter(wrong_tries__lt=WRONG_TRIES)


class PairingCode(models.Model):
    """A one-time way in for one patient: QR token and typed code are two faces of it."""

    class MadeBy(models.TextChoices):
        CLINIC = "clinic", "the clinic's"
        OWN = "own", "the patient's, for another phone of their own"
        HELPER = "helper", "a helper's, made by the patient or the clinic"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="pairing_codes")
    kind = models.CharField(max_length=6, choices=MadeBy, default=MadeBy.CLINIC, editable=False)
    helper = models.ForeignKey(Helper, null=True, blank=True, on_delete=models.CASCADE, related_name="codes")
    locator = models.CharField(max_length=codes.LOCATOR_LENGTH, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(default=two_weeks_from_now)
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    has_check = models.BooleanField(default=True, editable=False, help_text="Codes of release 0.1.0 have none.")
    closed_at = models.DateTimeField("replaced or withdrawn", null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)
    device = models.OneToOneField(Device, null=True, blank=True, on_delete=models.SET_NULL, related_name="code")

    objects = PairingCodeQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["locator"],
                condition=Q(used_at=None, closed_at=None),
                name="open_codes_have_their_own_locator",
            ),
            models.CheckConstraint(
                condition=Q(kind="helper", helper__isnull=False) | (~Q(kind="helper") & Q(helper=None)),
                name="codes_of_helpers_say_whose",
            ),
        ]

    def __str__(self) -> str:
        return f"pairing code made {self.made_at:%Y-%m-%d}"

    @property
    def token(self) -> str:
        """The secret part of the QR address, 26 characters."""
        return codes.token_of(self.pk)

    @property
    def link(self) -> str:
        """The address in the QR code. The secret is behind the #, which browsers do not send."""
        return f"{settings.SITE_URL}{reverse('pair')}#{self.token}"

    @property
    def square(self) -> str:
        return codes.square_of(self.link)

    @property
    def typed_code(self) -> str:
        """The twelve characters for typing: ``7K3M-Q9TX-2HVD``."""
        return codes.grouped(self.typed_plainly)

    @property
    def typed_plainly(self) -> str:
        """The same without hyphens."""
        if not self.has_check:
            return self.locator + codes.secret_of(self.pk, codes.SECRET_LENGTH + codes.CHECK_LENGTH)
        code = self.locator + codes.secret_of(self.pk)
        return code + codes.check_of(code)

    @property
    def typed_at(self) -> str:
        """Where the code is typed, as one types it: "hep.example.org/j"."""
        return f"{shown_host(urlsplit(settings.SITE_URL).netloc)}{reverse('pair')}"

    @property
    def is_expired(self) -> bool:
        return self.expires_at <= timezone.now()

    @property
    def is_open_by_scan(self) -> bool:
        return self.used_at is None and self.closed_at is None and not self.is_expired

    @property
    def is_open(self) -> bool:
        """Whether it opens a phone both ways. Wrong tries shut it for typing alone: nobody guesses a token."""
        return self.is_open_by_scan and self.wrong_tries < WRONG_TRIES


class PairingTry(models.Model):
    """A typed code that names no open one; kept as long as a code lives, so that it is answered as a real one is."""

    locator = models.CharField(max_length=64, help_text="Keyed hash of the locator.")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "pairing tries"
        indexes = [models.Index(fields=["locator", "at"], name="tries_of_a_locator")]

    def __str__(self) -> str:
        return f"wrong code at {self.at:%Y-%m-%d %H:%M}"
