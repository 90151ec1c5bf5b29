"""The people who sign in: staff by email and password, patients by a paired device."""

import uuid
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from hipcare import text
from hipcare.clinics.models.clinic import Clinic
from hipcare.clinics.naming import called_of, initials_of
from hipcare.columns import Name
from hipcare.derived import DerivedModel, DerivedQuerySet, SortKey

if TYPE_CHECKING:
    from hipcare.clinics.models.device import Device
    from hipcare.clinics.models.helper import Helper


def kept_name_of(person: uuid.UUID) -> str:
    """Return under what a phone keeps what is one person's: it tells of nobody."""
    return uuid.uuid5(person, "phone").hex


class Called(Name):
    """What patients call a member of staff: filled in from the name where nobody has said."""

    def pre_save(self, instance: models.Model, add: bool) -> str:  # noqa: FBT001 - Django's signature
        if isinstance(instance, User) and instance.is_clinic_staff and not text.line(instance.called):
            instance.called = called_of(text.line(instance.name))
        called: str = super().pre_save(instance, add)
        return called


class UserQuerySet(DerivedQuerySet["User"]):
    def visible_to(self, user: "User") -> Self:
        """Return a clinic's staff to its staff, and only oneself to a patient."""
        if user.is_clinic_staff:
            return self.staff().filter(clinic=user.clinic_id)
        return self.filter(pk=user.pk)

    def staff(self) -> Self:
        return self.filter(role__in=User.STAFF_ROLES)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)["User"]):  # type: ignore[misc]
    """Makes people with the fields that their role needs."""

    use_in_migrations = False

    def get_by_natural_key(self, username: str | None) -> "User":
        found: User = self.get(email__iexact=username)
        return found

    def create_staff(self, *, clinic: Clinic, email: str, name: str, password: str | None, **fields: Any) -> "User":
        fields.setdefault("role", User.Role.PHYSIOTHERAPIST)
        user: User = self.model(clinic=clinic, email=email.strip().lower(), name=name, **fields)
        user.set_password(password)
        user.save()
        return user

    def create_for_patient(self, *, clinic: Clinic, name: str) -> "User":
        user: User = self.model(clinic=clinic, role=User.Role.PATIENT, name=name, email=None)
        user.set_unusable_password()
        user.save()
        return user


class User(DerivedModel, AbstractBaseUser):
    """A person of one clinic, in one role."""

    class Role(models.TextChoices):
        PHYSIOTHERAPIST = "physiotherapist", "physiotherapist"
        LEAD = "lead", "clinic lead"
        PATIENT = "patient", "patient"

    STAFF_ROLES: ClassVar = [Role.PHYSIOTHERAPIST, Role.LEAD]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="people")
    role = models.CharField(max_length=20, choices=Role)
    name = Name(max_length=80)
    called = Called("what patients call this person", max_length=80, blank=True)
    sort_key = SortKey("name", default=b"")
    email = models.EmailField(unique=True, null=True, blank=True)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()
    device: "Device | None" = None  # of a patient who is here (``backends.person_of``); no column

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="staff_have_email_and_patients_have_none",
                condition=Q(role="patient", email=None) | (~Q(role="patient") & Q(email__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_clinic_staff(self) -> bool:
        return self.role in self.STAFF_ROLES

    @property
    def is_lead(self) -> bool:
        return self.role == self.Role.LEAD

    @property
    def is_patient(self) -> bool:
        """Signed in by a paired device."""
        return self.role == self.Role.PATIENT

    @property
    def kept_under(self) -> str:
        """Under what a phone keeps what is this person's; it stays the same after pairing again."""
        return self.device.kept_under if self.device else kept_name_of(self.pk)

    @property
    def helper(self) -> "Helper | None":
        """Who is here for the patient, where it is not the patient."""
        return self.device.helper if self.device else None

    @property
    def shows_past(self) -> bool:
        """Whether Today says what was saved before."""
        return self.device is None or self.device.shows_past

    @property
    def initials(self) -> str:
        """One or two capitals for the corner of the page: "PN"."""
        return initials_of(self.name)
