"""The address of pictures that are not in the library: drawn when they are first asked for, then kept."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from exercises.ahead import draw_ahead
from exercises.figures import ON_PAGES, FigureFile, Style, figure
from exercises.pictures import is_kept
from hipcare.access import Audience, audience
from hipcare.http import SignedInRequest

YEAR = 365 * 24 * 60 * 60
POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""A picture runs and fetches nothing; its own styles are what moves it."""
SECONDS_TO_WAIT = "3"


@audience(Audience.SIGNED_IN)
@require_safe
def drawn(_request: SignedInRequest, **asked: str) -> HttpResponse:
    """Answer with a picture of one of the people; a moving one that is not there yet is drawn beside the server.

    Then the answer is 202 and says when to ask again (js/moving.js does): no request holds a worker for seconds.
    """
    from exercises.figures.gallery.store import svg_from  # noqa: PLC0415 - numpy, for the first who needs it

    picture = _picture(**asked)
    if asked["kind"] == "animation" and not is_kept(picture):
        draw_ahead([picture])
        return HttpResponse(status=202, headers={"Retry-After": SECONDS_TO_WAIT, "Cache-Control": "no-store"})
    svg = svg_from(settings.FIGURES_DIR, picture)
    answer = HttpResponse(svg, content_type="image/svg+xml", headers={"Content-Security-Policy": POLICY})
    patch_cache_control(answer, private=True, max_age=YEAR, immutable=True)
    return answer


def _picture(*, person: str, slug: str, side: str, kind: str, of: str) -> FigureFile:
    try:
        picture = figure(slug, side, kind, Style(person=person))
    except ValueError:
        raise Http404("There is no such picture.") from None
    there = (picture.subject.side, picture.subject.token) if picture.subject and kind in ON_PAGES else None
    if there != (side, of):
        raise Http404("There is no such picture.")
    return picture
