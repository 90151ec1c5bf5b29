"""A colleague's sign-in."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from hipcare.clinics.management.names import CALLED, say_what_patients_read
from hipcare.clinics.management.passwords import asked_password, in_words, say_next_steps
from hipcare.clinics.models import Clinic, User
from hipcare.clinics.services.clinics import add_staff
from hipcare.folding import sort_key


class Command(BaseCommand):
    """``manage.py add_staff priya@example.org "Priya Nair"``."""

    help = "Make a sign-in for a physiotherapist, or with --lead for another clinic lead. Asks for a password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the email address to sign in with")
        parser.add_argument("name", help="first and last name")
        parser.add_argument("--called", default="", help=CALLED)
        parser.add_argument("--clinic", default="", help="the clinic's name; not needed where there is only one")
        parser.add_argument("--lead", action="store_true", help="may also change the clinic's settings")
        parser.add_argument("--password-stdin", action="store_true", help="read the password from standard input")

    def handle(self, *args: Any, **options: Any) -> None:
        clinic = self._clinic(options["clinic"])
        say_what_patients_read(self.stdout, name=options["name"], called=options["called"])
        password = asked_password(whose=options["email"], from_stdin=options["password_stdin"])
        role = User.Role.LEAD if options["lead"] else User.Role.PHYSIOTHERAPIST
        try:
            person = add_staff(
                clinic=clinic,
                email=options["email"],
                name=options["name"],
                called=options["called"],
                password=password,
                role=role,
            )
        except ValidationError as problem:
            raise in_words(problem) from None
        self.stdout.write(f"{person.name} can sign in at {clinic.name} as {person.get_role_display()}.")
        steps = [
            f"Tell {person.name} the password in person, and to change it after signing in",
            f"Sign in as {person.email} at {settings.SITE_URL}{reverse('account_login')}",
        ]
        say_next_steps(self.stdout, steps)

    def _clinic(self, name: str) -> Clinic:
        found = list(Clinic.objects.filter(sort_key=sort_key(name)) if name else Clinic.objects.all()[:2])
        if len(found) == 1:
            return found[0]
        if found:
            raise CommandError("There is more than one such clinic. Say which with --clinic.")
        raise CommandError("There is no such clinic. Make one with: manage.py create_clinic")
