"""The one account page that is not django-allauth's own."""

from allauth.account import views
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from hipcare.access import Audience, audience


@audience(Audience.PUBLIC)
@require_http_methods(["GET", "POST"])
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign staff out, and whoever is between password and second factor; a patient's phone stays paired."""
    if request.user.is_authenticated and request.user.is_patient:
        raise PermissionDenied
    response: HttpResponse = views.logout(request)
    return response
