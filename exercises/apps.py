from django.apps import AppConfig

from hipcare.operate.hooks import Preparation


class ExercisesConfig(AppConfig):
    name = "exercises"
    preparations = (
        Preparation("exercise library", "load_library"),
        Preparation("former drawings", "build_figures", {"prune": True}),
    )

    def ready(self) -> None:
        from exercises.library.signing import first_step  # noqa: PLC0415 - there are no models before this moment
        from hipcare.clinics.services.clinics import MORE_STEPS  # noqa: PLC0415

        if first_step not in MORE_STEPS:
            MORE_STEPS.append(first_step)
