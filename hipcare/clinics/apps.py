from django.apps import AppConfig


class ClinicsConfig(AppConfig):
    name = "hipcare.clinics"
    label = "clinics"

    def ready(self) -> None:
        from hipcare import access, checks  # noqa: F401, PLC0415 - registers the system checks
