"""Who a session belongs to. Staff sign in by password; a patient's device signs in by its pairing."""

from typing import Any
from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend

from hipcare.clinics.models import User


class StaffBackend(AuthenticationBackend):
    """allauth's sign-in for staff; the clinic comes with the person, in one query."""

    def get_user(self, user_id: UUID) -> User | None:
        staff: User | None = User.objects.staff().filter(pk=user_id, is_active=True).select_related("clinic").first()
        return staff


class DeviceBackend:
    """A paired device. It has no way to sign in by itself: pairing does that (``devices.pair``)."""

    def authenticate(self, _request: Any, **_credentials: Any) -> None:
        return None

    def get_user(self, user_id: UUID) -> User | None:
        """Return the patient's sign-in with patient, physiotherapist and clinic, in one query."""
        patient: User | None = (
            User.objects.filter(pk=user_id, role=User.Role.PATIENT, is_active=True)
            .select_related("clinic", "patient__physiotherapist")
            .first()
        )
        return patient
