"""The first thing on a new server: a clinic, and the person who leads it."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandParser
from django.urls import reverse

from hipcare.clinics.management.names import CALLED, say_what_patients_read
from hipcare.clinics.management.passwords import asked_password, in_words, say_next_steps
from hipcare.clinics.services.clinics import open_clinic


class Command(BaseCommand):
    """``manage.py create_clinic "Alder Lane" lee@example.org "Lee Ferreira"``."""

    help = "Make a clinic and its first clinic lead. Asks for a password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("clinic", help="the clinic's name, as on its letterhead")
        parser.add_argument("email", help="the lead's email address, to sign in with")
        parser.add_argument("name", help="the lead's first and last name")
        parser.add_argument("--called", default="", help=CALLED)
        parser.add_argument("--password-stdin", action="store_true", help="read the password from standard input")

    def handle(self, *args: Any, **options: Any) -> None:
        say_what_patients_read(self.stdout, name=options["name"], called=options["called"])
        password = asked_password(whose=options["email"], from_stdin=options["password_stdin"])
        try:
            lead = open_clinic(
                name=options["clinic"],
                email=options["email"],
                lead=options["name"],
                called=options["called"],
                password=password,
            )
        except ValidationError as problem:
            raise in_words(problem) from None
        self.stdout.write(f"{lead.clinic.name} is ready. {lead.name} is its clinic lead.")
        steps = [
            f"Sign in as {lead.email} at {settings.SITE_URL}{reverse('account_login')}",
            f"Fill in the clinic's phone number at {settings.SITE_URL}{reverse('clinic_settings')}",
            f'Add colleagues: manage.py add_staff EMAIL "First Last" --clinic "{lead.clinic.name}"',
        ]
        if settings.STAFF_SECOND_FACTOR:
            steps.insert(1, "Add a second factor when asked: an authenticator app or a passkey")
        say_next_steps(self.stdout, steps)
