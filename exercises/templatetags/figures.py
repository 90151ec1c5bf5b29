"""Pictures in templates: of an exercise, or of what was pinned of one, ``{% figure_img %}``.

Where there is no exercise and any picture of the library will do, ``{% figure %}`` and ``{% example_img %}`` take its
slug: in quotes, never from a row.
"""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from exercises.dosage import Dose
from exercises.figures import figure, portrait_of
from exercises.pictures import (
    Film,
    Picture,
    Pictured,
    Style,
    address_of,
    has_three,
    is_pictured,
    movement_of,
    picture_of,
    picture_of_topic,
    telling_still,
    timing_of,
)
from exercises.topics import TopicReading
from exercises.wording import film_words

register = template.Library()
NOBODY_IN_MIND = Style().person


def element(picture: Picture | Film, alt: str, *, lazy: bool) -> SafeString:
    """Return the ``<img>`` of ``picture`` with its size, so that nothing jumps; what is seen first comes first."""
    return format_html(
        '<img class="picture" src="{}" width="{}" height="{}" alt="{}" loading="{}" decoding="async"{}>',
        address_of(picture),
        picture.width,
        picture.height,
        alt,
        "lazy" if lazy else "eager",
        "" if lazy else SafeString(' fetchpriority="high"'),
    )


@register.simple_tag(name="figure")
def figure_url(slug: str, side: str, kind: str) -> str:
    return address_of(figure(slug, side, kind))


@register.simple_tag
def example_img(slug: str, side: str, kind: str, alt: str = "", *, lazy: bool = True) -> SafeString:
    return element(figure(slug, side, kind), alt, lazy=lazy)


@register.simple_tag
def figure_img(
    exercise: Pictured, side: str, kind: str, alt: str = "", *, person: str = NOBODY_IN_MIND, lazy: bool = True
) -> SafeString:
    """Return the ``<img>``, of a patient's ``person`` where there is one; say ``lazy=False`` for what is seen first."""
    return element(picture_of(exercise, side, kind, Style(person=person)), alt, lazy=lazy)


@register.simple_tag
def movement_img(exercise: Pictured, side: str, dose: Dose, alt: str, *, person: str = NOBODY_IN_MIND) -> SafeString:
    """Return the ``<img>`` of the moving picture at the pace of a dose; "" where there is none."""
    moving = movement_of(exercise, side, dose, Style(person=person))
    return element(moving, alt, lazy=True) if moving else SafeString("")


@register.simple_tag
def movement_words(dose: Dose) -> str:
    """Return how long the moving picture of a dose holds, and which ways it goes; "" where it just goes and comes."""
    pace = timing_of(dose)
    return film_words(pace.hold, pace.ways)


@register.simple_tag
def topic_img(read: TopicReading, *, person: str = NOBODY_IN_MIND) -> SafeString:
    return element(picture_of_topic(read.picture, Style(person=person)), read.picture_alt, lazy=False)


@register.simple_tag
def figure_shape(exercise: Pictured, side: str) -> str:
    """Return "upright" or "lying", the shape of an exercise's pictures; "" where there is none."""
    if not is_pictured(exercise):
        return ""
    return "upright" if picture_of(exercise, side, "end").is_upright else "lying"


@register.filter(name="has_three")
def has_third_picture(exercise: Pictured) -> bool:
    return has_three(exercise)


@register.simple_tag
def telling_img(
    exercise: Pictured, side: str, *, person: str = NOBODY_IN_MIND, lazy: bool = True, says: bool = False
) -> SafeString:
    """Return the ``<img>`` of the one picture by which an exercise is known; with words where it ``says`` something."""
    kind = telling_still(exercise)
    alt = getattr(exercise, "end_alt" if kind == "end" else "movement_alt") if says else ""
    return figure_img(exercise, side, kind, alt, person=person, lazy=lazy)


@register.simple_tag
def portrait(person: str, alt: str = "") -> SafeString:
    return element(portrait_of(person), alt, lazy=True)
