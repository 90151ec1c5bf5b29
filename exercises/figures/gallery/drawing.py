"""The way into the engine. Whoever imports this pays for numpy; a page that only names pictures does not."""

from exercises.figures.drawings import draw
from exercises.figures.gallery.subjects import PORTRAIT, Subject
from exercises.figures.portraits import portrait
from exercises.figures.poses import read


def sides_drawn(slug: str) -> tuple[str, ...]:
    """Return the sides an exercise is drawn for: both legs at once, or one at a time."""
    return ("both",) if read(slug).legs == "both" else ("left", "right")


def svg_of(subject: Subject) -> str:
    """Return a picture, drawn now: a still in a fraction of a second, an animation in some seconds."""
    if subject.kind == PORTRAIT:
        return portrait(subject.style)
    return draw(read(subject.slug), subject.side, subject.kind, subject.style)
