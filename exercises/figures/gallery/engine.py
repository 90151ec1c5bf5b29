"""The way into the engine. Whoever imports this pays for numpy; a page that only names pictures does not."""

from exercises.figures.gallery.subjects import PORTRAIT, Subject
from exercises.figures.marks.svg import stamp
from exercises.figures.moving.animation import COARSE, moving
from exercises.figures.pose.movements import Movement, read
from exercises.figures.scene.portraits import portrait
from exercises.figures.scene.stage import set_up
from exercises.figures.scene.stills import still
from exercises.figures.scene.styles import KINDS, MIDDLE, SIDES, Style, one_of


def sides_of(slug: str) -> tuple[str, ...]:
    """Return the sides an exercise is drawn for: both legs at once, or one at a time."""
    return ("both",) if read(slug).legs == "both" else ("left", "right")


def svg_of(subject: Subject) -> str:
    """Return a picture, drawn now: a still in a fraction of a second, an animation in some seconds."""
    if subject.kind == PORTRAIT:
        return portrait(subject.style)
    return draw(read(subject.slug), subject.side, subject.kind, subject.style)


def draw(movement: Movement, side: str, kind: str, style: Style) -> str:
    one_of(SIDES, side, "sides")
    one_of((*KINDS, MIDDLE), kind, "kinds")
    if kind == "animation":
        name = stamp(movement.slug, side, kind, style.palette, style.line, style.person)
        return moving(set_up(movement, side, style, COARSE), name)
    return still(set_up(movement, side, style), kind)
