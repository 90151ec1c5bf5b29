"""Pictures in templates: ``{% figure %}`` for an address, ``{% figure_img %}`` for the whole element."""

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from exercises.figures import Picture, figure_or_none

register = template.Library()


def address_of(picture: Picture) -> str:
    """Return where a browser finds ``picture``."""
    return static(picture.file)


@register.simple_tag(name="figure")
def figure_url(slug: str, side: str, kind: str) -> str:
    """Return the address of a picture; ``side`` is left, right or both, ``kind`` start, end or animation."""
    return address_of(figure_or_none(slug, side, kind))


@register.simple_tag
def figure_img(slug: str, side: str, kind: str, alt: str = "", *, lazy: bool = True) -> SafeString:
    """Return the ``<img>`` with its size, so that nothing jumps; say ``lazy=False`` for what is seen first."""
    picture = figure_or_none(slug, side, kind)
    return format_html(
        '<img class="fig" src="{}" width="{}" height="{}" alt="{}" loading="{}" decoding="async">',
        address_of(picture),
        picture.width,
        picture.height,
        alt,
        "lazy" if lazy else "eager",
    )
