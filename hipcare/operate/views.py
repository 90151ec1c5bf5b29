"""The address that a proxy or a monitor asks."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from hipcare.access import Audience, audience
from hipcare.operate.health import failures
from hipcare.outage import RETRY_AFTER_SECONDS


@audience(Audience.PUBLIC)
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django passes it
    wrong = failures()
    if not wrong:
        return HttpResponse("ok\n", content_type="text/plain")
    lines = "".join(f"{line}\n" for line in wrong)
    again = {"Retry-After": str(RETRY_AFTER_SECONDS)}
    return HttpResponse(lines, status=503, content_type="text/plain", headers=again)
