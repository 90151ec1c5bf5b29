"""Load the made-up clinic of fixtures/demo into an empty database on one's own computer."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from hipcare.clinics.demo_people import PASSWORD
from programmes.services.demo_clinic import NoDemoHereError, load_demo_clinic


class Command(BaseCommand):
    help = "Load a made-up clinic with staff, patients and two weeks of entries (local runs, empty database)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load it, or say why not."""
        try:
            clinic = load_demo_clinic(today=timezone.localdate())
        except NoDemoHereError as refused:
            raise CommandError(f"The demo clinic was not loaded. {refused}") from refused
        self.stdout.write(f"{clinic.name}: everybody's password is {PASSWORD}")
