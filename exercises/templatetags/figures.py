"""Pictures in templates: ``{% figure %}`` for an address, ``{% figure_img %}`` for the whole element."""

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from exercises.figures import figure_or_none, figure_size

register = template.Library()


@register.simple_tag(name="figure")
def figure_url(slug: str, side: str, frame: str) -> str:
    """Return the address of a picture; ``side`` is left, right or both, ``frame`` start or end."""
    return static(figure_or_none(slug, side, frame))


@register.simple_tag
def figure_img(slug: str, side: str, frame: str, alt: str = "", *, lazy: bool = True) -> SafeString:
    """Return the ``<img>`` with its size, so that nothing jumps; say ``lazy=False`` for what is seen first."""
    path = figure_or_none(slug, side, frame)
    width, height = figure_size(path)
    return format_html(
        '<img class="fig" src="{}" width="{}" height="{}" alt="{}" loading="{}" decoding="async">',
        static(path),
        width,
        height,
        alt,
        "lazy" if lazy else "eager",
    )
