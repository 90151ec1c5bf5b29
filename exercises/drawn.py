"""The address of pictures that are not in the library: drawn when they are first asked for, then kept."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from exercises.figures import Picture, Style, figure
from hipcare.access import Audience, audience
from hipcare.http import SignedInRequest

YEAR = 365 * 24 * 60 * 60
POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""A picture runs and fetches nothing; its own styles are what moves it."""


@audience(Audience.SIGNED_IN)
@require_GET
@cache_control(private=True, max_age=YEAR, immutable=True)
def drawn(_request: SignedInRequest, **asked: str) -> HttpResponse:
    """Answer with a picture of one of the people: a still takes a fraction of a second once, an animation seconds."""
    from exercises.figures.gallery.kept import svg_from  # noqa: PLC0415 - numpy, for the first who needs it

    svg = svg_from(settings.FIGURES_DIR, _picture(**asked))
    return HttpResponse(svg, content_type="image/svg+xml", headers={"Content-Security-Policy": POLICY})


def _picture(*, person: str, slug: str, side: str, kind: str, of: str) -> Picture:
    """Return the picture that has exactly this address; ``of`` is the hash of all it is drawn from."""
    try:
        picture = figure(slug, side, kind, Style(person=person))
    except ValueError:
        raise Http404("There is no such picture.") from None
    if picture.subject is None or (picture.subject.side, picture.subject.token) != (side, of):
        raise Http404("There is no such picture.")
    return picture
