"""Addresses of pictures that are not static files: drawn when first asked for, or made at the pace of a dose."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from exercises.ahead import draw_ahead
from exercises.figures import ON_PAGES, FigureFile, Film, Style, figure, film_of
from exercises.figures.moving.film import film, pace_of
from exercises.pictures import is_kept, kept
from hipcare.access import Audience, audience
from hipcare.http import SignedInRequest

YEAR = 365 * 24 * 60 * 60
POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""A picture runs and fetches nothing; its own styles are what moves it."""
SECONDS_TO_WAIT = "3"


@audience(Audience.SIGNED_IN)
@require_safe
def drawn(_request: SignedInRequest, **asked: str) -> HttpResponse:
    """Answer with a picture of one of the people."""
    from exercises.figures.gallery.store import svg_from  # noqa: PLC0415 - numpy, for the first who needs it

    return _for_ever(svg_from(settings.FIGURES_DIR, _picture(**asked)))


@audience(Audience.SIGNED_IN)
@require_safe
def filmed(_request: SignedInRequest, **asked: str) -> HttpResponse:
    """Answer with a moving picture at a pace; drawings that are not there yet are drawn beside the server.

    Then the answer is 202 and says when to ask again (js/moving.js does): no request holds a worker for seconds.
    """
    found = _film(**asked)
    if not is_kept(found.reel):
        draw_ahead([found.reel])
        return HttpResponse(status=202, headers={"Retry-After": SECONDS_TO_WAIT, "Cache-Control": "no-store"})
    return _for_ever(film(kept(found.reel).decode(), found.pace).encode())


def _for_ever(svg: bytes) -> HttpResponse:
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


def _film(*, person: str, slug: str, side: str, of: str, pace: str) -> Film:
    try:
        found = film_of(slug, side, pace_of(pace), Style(person=person))
    except ValueError:
        raise Http404("There is no such picture.") from None
    if (found.subject.side, found.token) != (side, of):
        raise Http404("There is no such picture.")
    return found
