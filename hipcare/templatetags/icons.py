"""Icons, drawn in the page: no request, no sprite, the colour of the words beside them.

An icon is one line of path data on a 24 grid, stroked, never filled. An icon says nothing by itself: words stand
beside it, or its button has an ``aria-label``.
"""

import functools

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


def ring(x: float, y: float, radius: float) -> str:
    across = 2 * radius
    arc = f"a{radius:g} {radius:g} 0 1 0"
    return f"M{x - radius:g} {y:g}{arc} {across:g} 0{arc} {-across:g} 0Z"


ICONS = {
    # what to do, what is so
    "help": ring(12, 12, 9.5) + "M9.3 9.3a2.8 2.8 0 1 1 4 2.6c-.9.4-1.3 1-1.3 2M12 17.2v.1",
    "stop": "M8 2.8h8l5.2 5.2v8L16 21.2H8L2.8 16V8ZM12 7.5v5.5M12 16.5v.1",
    "warn": "M12 3.5 22 20.5H2ZM12 10v4.5M12 17.6v.1",
    "info": ring(12, 12, 9.5) + "M12 11v5.5M12 7.5v.1",
    "tick": "M4.5 12.5 10 18 20 6.5",
    "clock": ring(12, 12, 9.5) + "M12 6.5V12l3.8 2.3",
    "calendar": "M5.5 5h13A2.5 2.5 0 0 1 21 7.5v11a2.5 2.5 0 0 1-2.5 2.5h-13A2.5 2.5 0 0 1 3 18.5v-11"
    "A2.5 2.5 0 0 1 5.5 5ZM3 10h18M8 2.5V7M16 2.5V7",
    "phone": "M6.2 3.5h3l1.6 4.2-2.2 1.6a12 12 0 0 0 6.1 6.1l1.6-2.2 4.2 1.6v3a2.2 2.2 0 0 1-2.4 2.2"
    "A16.5 16.5 0 0 1 4 5.9a2.2 2.2 0 0 1 2.2-2.4Z",
    "flag": "M5 22V3M5 4h13l-2.5 4.5L18 13H5",
    "chat": "M3.5 5.5a2 2 0 0 1 2-2h13a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2H10l-5 4v-4a1.5 1.5 0 0 1-1.5-1.5Z",
    "offline": "M2.5 2.5 21.5 21.5M5 12.5a10 10 0 0 1 4.2-2.4M19 12.5a10 10 0 0 0-5.5-2.7M1.8 8.8A15 15 0 0 1 6 6.2"
    "M22.2 8.8A15 15 0 0 0 10.3 5M8.5 16a5 5 0 0 1 7 0M12 19.8v.1",
    # ways to go, things to press
    "back": "m15 5-7 7 7 7",
    "next": "m9 5 7 7-7 7",
    "up": "m5 15 7-7 7 7",
    "down": "m5 9 7 7 7-7",
    "arrow": "M4 12h15M13 6l6 6-6 6",
    "undo": "M4 9h10a6 6 0 0 1 0 12H9M8.5 4.5 4 9l4.5 4.5",
    "plus": "M12 4.5v15M4.5 12h15",
    "minus": "M4.5 12h15",
    "cross": "m5.5 5.5 13 13M18.5 5.5l-13 13",
    "play": "M7 4.5v15l12.5-7.5Z",
    "pause": "M8 4.5v15M16 4.5v15",
    "search": ring(10.5, 10.5, 7) + "M16 16l5 5",
    "edit": "M4 20.5 5.2 15.5 16.5 4.2a2 2 0 0 1 2.8 0l.5.5a2 2 0 0 1 0 2.8L8.5 18.8ZM14 7l3 3",
    "swap": "M7.5 20.5V4M3.5 8l4-4 4 4M16.5 3.5V20M12.5 16l4 4 4-4",
    "eye": "M2 12s3.6-7 10-7 10 7 10 7-3.6 7-10 7S2 12 2 12Z" + ring(12, 12, 3),
    # things
    "print": "M7 8V3h10v5M7 17H4.5A1.5 1.5 0 0 1 3 15.5v-5A2.5 2.5 0 0 1 5.5 8h13a2.5 2.5 0 0 1 2.5 2.5v5"
    "a1.5 1.5 0 0 1-1.5 1.5H17M7 14h10v7H7Z",
    "phone-device": "M9 2h6a2.5 2.5 0 0 1 2.5 2.5v15A2.5 2.5 0 0 1 15 22H9a2.5 2.5 0 0 1-2.5-2.5v-15"
    "A2.5 2.5 0 0 1 9 2ZM11 18.5h2",
    "page": "M6 2.5h8l5 5v14H6A1.5 1.5 0 0 1 4.5 20V4A1.5 1.5 0 0 1 6 2.5ZM14 2.5v5h5M8.5 13h7M8.5 17h7",
    "note": "M4.5 4h15v11l-5 5h-10ZM14.5 20v-5h5M8 8.5h8M8 12.5h5",
    "link": "M10 14a4.5 4.5 0 0 0 6.5.3l3-3a4.5 4.5 0 0 0-6.4-6.4l-1.5 1.5"
    "M14 10a4.5 4.5 0 0 0-6.5-.3l-3 3a4.5 4.5 0 0 0 6.4 6.4l1.5-1.5",
    "key": ring(8, 15.5, 5) + "M11.5 12l9-9M16.5 7l3 3",
    # positions
    "lying": ring(4.8, 12, 2.3) + "M8.5 13.5h6l3-4 3.5 5M2 18h20",
    "side_lying": ring(4.8, 12.5, 2.3) + "M8.5 14.5H21M13.5 14 20.5 9M2 18.5h20",
    "sitting": ring(9.5, 4.5, 2.3) + "M9.5 8.5v6.5h6V21M5.5 10v11M5.5 17.5h7",
    "standing": ring(11, 4, 2.3) + "M11 7.5V14l-2 7M11 14l3.5 2.5-1 4.5M11 9l4.5 3M19 12v9",
    "kneeling": ring(5, 8, 2.3) + "M8 10.5l9 .5v7.5h4.5M8.5 10.5V18.5M2 21.5h20",
}

# Seen from behind, so that the right leg is on the right, as one feels one's own body.
LEFT_LEG = "M3 2.5h6.3v9L8.6 21.5H5.2L3 11.5Z"
RIGHT_LEG = "M17 2.5h-6.3v9l.7 10h3.4L17 11.5Z"

# side: is the left leg the working one, is the right one
LEGS = {
    "left": (True, False),
    "right": (False, True),
    "each": (True, True),
    "in_turn": (True, True),
    "both": (True, True),
}


@register.simple_tag
@functools.cache
def icon(name: str, extra: str = "") -> SafeString:
    """Draw the icon ``name``; ``extra`` is classes to add. An unknown name is a mistake, and a ``KeyError``."""
    classes = f"icon {extra}".strip()
    # The size is for a page whose style sheet did not come.
    return format_html(
        '<svg class="{}" width="20" height="20" viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
        '<path d="{}"/></svg>',
        classes,
        ICONS[name],
    )


@register.simple_tag
@functools.cache
def legs(side: str) -> SafeString:
    left, right = LEGS[side]
    return format_html(
        '<svg class="legs" width="20" height="24" viewBox="0 0 20 24" aria-hidden="true" focusable="false">'
        '<path class="{}" d="{}"/><path class="{}" d="{}"/></svg>',
        "working" if left else "resting",
        LEFT_LEG,
        "working" if right else "resting",
        RIGHT_LEG,
    )


@register.simple_tag
def leg_chip(side: str, words: str) -> SafeString:
    """Return the chip with glyph and words: "Right leg", "Right hip"."""
    return format_html('<span class="chip chip-leg">{}{}</span>', legs(side), words)


@register.simple_tag
def brand_mark() -> SafeString:
    return format_html(
        '<svg class="brand-mark" width="32" height="32" viewBox="0 0 32 32" aria-hidden="true" focusable="false">'
        '<rect class="mark-ground" width="32" height="32" rx="9"/>'
        '<path class="mark-socket" d="{}" fill="none" stroke-width="3.4" stroke-linecap="round"/>'
        '<circle class="mark-ball" cx="17.8" cy="15.6" r="4.9"/></svg>',
        "M23.8 10.2a9.3 9.3 0 1 0 .6 10.5M21.3 19l3.9 4.2",
    )
