from django.apps import AppConfig

from hipcare.operate.hooks import Preparation


class ProgrammesConfig(AppConfig):
    name = "programmes"
    preparations = (Preparation("demo clinic", "load_demo", is_demo=True),)

    def warm_up(self) -> None:
        """Start this worker's renderer at once, so that the day's first sheet does not wait for it."""
        from programmes.handouts.renderer.pool import warm  # noqa: PLC0415 - there are no settings before this moment

        warm()
