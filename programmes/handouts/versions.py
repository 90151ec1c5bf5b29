"""Given versions with all that their sheets show, in a fixed number of queries."""

from django.db.models import Prefetch

from programmes.models import Prescription, Version
from programmes.models.version import VersionQuerySet

CLINIC = "programme__patient__clinic"


def with_everything(version: Version) -> Version:
    return given_versions().get(pk=version.pk)


def version_before(version: Version) -> Version | None:
    return given_versions().before(version).first()


def given_versions() -> VersionQuerySet:
    """Return given versions with their people, their rows and what their clinics say."""
    rows = Prefetch("prescriptions", Prescription.objects.select_related("exercise"))
    return (
        Version.objects.given()
        .select_related("given_by", CLINIC, "programme__patient__physiotherapist")
        .prefetch_related(rows, *(f"{CLINIC}__{told}" for told in ("texts", "text_signatures", "precaution_lists")))
    )
