"""What the pages have in common on which a clinic lead changes the clinic's own words."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from hipcare.clinics.models import Clinic
from hipcare.clinics.services.texts import asks_to_sign
from hipcare.http import SignedInRequest
from hipcare.stamps import held


@contextmanager
def clinic_held(request: SignedInRequest) -> Iterator[Clinic]:
    """Give the person's clinic; where a form was sent, nobody else writes it until the block ends."""
    with held(request, Clinic.objects.visible_to(request.user)) as rows:
        yield get_object_or_404(rows)


def say_saved(request: SignedInRequest, *words: str) -> None:
    said = (*words, asks_to_sign(request.user.clinic))
    messages.success(request, " ".join(part for part in said if part))


def put_back(write: Callable[[Clinic], None], request: SignedInRequest, *, said: str, page: str) -> HttpResponse:
    """Let something of the clinic's be as ours again, unless that is refused, and go back to the page it is on."""
    with clinic_held(request) as clinic:
        try:
            write(clinic)
        except ValidationError as refusal:
            messages.error(request, f"{' '.join(refusal.messages)}. Nothing was changed.")
        else:
            say_saved(request, said)
    return redirect(page)
