from django.apps import AppConfig


class OperateConfig(AppConfig):
    name = "hipcare.operate"
    label = "operate"
