"""What patients call a new colleague: said before anything is saved."""

from django.core.management.base import OutputWrapper

from hipcare.clinics.naming import called_of
from hipcare.text import line

CALLED = 'what patients call them, for example "Dr Novak"; left out, it is guessed from the name and shown'


def say_what_patients_read(out: OutputWrapper, *, name: str, called: str) -> None:
    if shown := line(called) or called_of(line(name)):
        out.write(f'Patients will read "{shown}". Not right? Stop with Ctrl-C and add: --called "Dr Novak"')
