from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate

from hipcare.operate.hooks import Preparation


class ProgrammesConfig(AppConfig):
    name = "programmes"
    preparations = (Preparation("demo clinic", "load_demo", is_demo=True),)

    def ready(self) -> None:
        from hipcare.clinics.services import band_lists, clinics, registration  # noqa: PLC0415 - no models before
        from programmes.services import bands_in_use, review_facts, summaries  # noqa: PLC0415

        told: list[tuple[list[Any], Any]] = [
            (band_lists.BAND_USES, bands_in_use.bands_in_use),
            (registration.PATIENT_CHANGED, summaries.renew_summary_of),
            (clinics.CLINIC_CHANGED, review_facts.count_facts_of),
        ]
        for hooks, hook in told:
            if hook not in hooks:
                hooks.append(hook)
        post_migrate.connect(_keep_counting, sender=self)

    def warm_up(self) -> None:
        """Start this worker's renderer at once, so that the day's first sheet does not wait for it."""
        from programmes.handouts.renderer.pool import warm  # noqa: PLC0415 - there are no settings before this moment

        warm()


def _keep_counting(using: str, **_said: Any) -> None:
    """Let the database go on counting patients after its tables changed, where it has come as far as that."""
    from programmes.models.clinic_summary import ClinicSummary, keep_counting  # noqa: PLC0415 - no models before

    if ClinicSummary._meta.db_table in connections[using].introspection.table_names():
        keep_counting(connections[using])
