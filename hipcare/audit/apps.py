from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "hipcare.audit"
    label = "audit"
