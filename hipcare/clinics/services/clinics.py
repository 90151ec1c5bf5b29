"""Setting a clinic up: the clinic, its staff, its details, and what is still missing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from hipcare.audit.models import Entry
from hipcare.audit.trail import add_to_trail, differences
from hipcare.clinics.models import Clinic, Patient, User
from hipcare.clinics.services.texts import wording_of
from hipcare.text import line


@dataclass(frozen=True, slots=True)
class SetupStep:
    """Something a clinic lead does once, in words, and where."""

    name: str
    words: str
    is_done: bool
    href: str
    button: str


MORE_STEPS: list[Callable[[User], SetupStep]] = []
"""What the apps above this one ask of a new clinic; each adds its own when it is ready."""


CLINIC_CHANGED: list[Callable[[Clinic], None]] = []
"""What they do when details of a clinic changed."""


@dataclass(frozen=True)
class FirstSteps:
    """What stands between a new clinic and its first programme."""

    has_second_factor: bool
    account: bool
    details: bool
    patient: bool
    has_one_lead: bool
    texts_are_signed: bool
    is_demo: bool
    more: Sequence[SetupStep]

    @property
    def texts_are_done(self) -> bool:
        """Whether what the clinic says may be given: signed, or only played with."""
        return self.texts_are_signed or self.is_demo

    @property
    def are_done(self) -> bool:
        return (
            self.account
            and self.details
            and self.patient
            and self.texts_are_done
            and all(step.is_done for step in self.more)
        )


def first_steps(user: User) -> FirstSteps:
    second = is_mfa_enabled(user)
    return FirstSteps(
        has_second_factor=second,
        account=second or not settings.STAFF_SECOND_FACTOR,
        details=not user.clinic.missing_help_numbers,
        patient=Patient.objects.visible_to(user).exists(),
        has_one_lead=User.objects.visible_to(user).filter(role=User.Role.LEAD, is_active=True).count() == 1,
        texts_are_signed=wording_of(user.clinic).signature is not None,
        is_demo=user.clinic.is_demo,
        more=[step(user) for step in MORE_STEPS],
    )


@transaction.atomic
def save_clinic(*, clinic: Clinic, by: User) -> Clinic:
    """Save those of the clinic's details that changed; without a change nothing is written.

    Where it now dials otherwise, so are its patients called and found.
    """
    before = Clinic.objects.select_for_update().get(pk=clinic.pk)
    if changed := differences(before, clinic):
        clinic.save()
        add_to_trail(actor=by, action=Entry.Action.CHANGE, subject=clinic, fields=changed)
        for tell in CLINIC_CHANGED:
            tell(clinic)
    if clinic.calling_country != before.calling_country:
        for patient in Patient.objects.visible_to(by):
            patient.clinic = clinic
            patient.save(update_fields=["phone"])
    return clinic


@transaction.atomic
def call_colleague(*, person: User, by: User) -> User:
    """Save what patients call ``person``; left empty, it is guessed from the name again."""
    person.save(update_fields=["called"])
    add_to_trail(actor=by, action=Entry.Action.CHANGE, subject=person, fields=["called"])
    return person


@transaction.atomic
def open_clinic(*, name: str, email: str, lead: str, password: str, called: str = "") -> User:
    """Make a clinic and its first lead. Raises ``ValidationError`` in words; then nothing is saved."""
    clinic = Clinic(name=name)
    clinic.full_clean()
    clinic.save()
    return add_staff(clinic=clinic, email=email, name=lead, password=password, role=User.Role.LEAD, called=called)


@transaction.atomic
def add_staff(
    *, clinic: Clinic, email: str, name: str, password: str, role: str = User.Role.PHYSIOTHERAPIST, called: str = ""
) -> User:
    """Make a sign-in for a colleague; ``called`` is what patients read, where the name's own guess is not right.

    Raises ``ValidationError`` in words; then nothing is saved.
    """
    person = User(clinic=clinic, email=line(email).lower(), name=name, role=role, called=called)
    person.set_password(password)
    person.full_clean()
    validate_password(password, person)
    person.save()
    return person
