"""The one way to the picture of an exercise: asked of the exercise, or of what a version pinned of it; never of a slug.

A clinic may call an exercise of its own as one of the library is called, and that has no drawing: ``library_slug`` is
"" for it. Pages, sheets and what is drawn ahead ask here which pictures there are and where; a photograph would be one
more kind of ``Picture``, and nothing outside this module would learn of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final, Protocol

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse

from exercises.dosage import SECONDS_A_REP, Dose
from exercises.figures import (
    NO_FIGURE,
    ON_PAGES,
    STATIC,
    FigureFile,
    Film,
    Pace,
    Style,
    figure,
    film_of,
    has_middle,
    is_drawn,
)

__all__ = [
    "Film",
    "Picture",
    "Pictured",
    "Style",
    "address_of",
    "has_three",
    "is_a_topics_picture",
    "is_kept",
    "is_pictured",
    "keep_all",
    "kept",
    "movement_of",
    "picture_of",
    "picture_of_topic",
    "stills_of",
    "telling_still",
    "timing_of",
]

PLAIN: Final = Style()
MIDDLE: Final = "middle"
DRAWINGS: Final = "exercises/topics"
"""Where the drawings that no exercise has lie, below the static files. By hand, 400 × 300."""
Picture = FigureFile
"""What is shown: a drawing, or ``NO_FIGURE``. A photograph will be another value with a file, a width and a height."""


class Pictured(Protocol):
    """An exercise, or a row of a version with the words that were pinned of one."""

    @property
    def library_slug(self) -> str:
        """What the library calls it; "" for a clinic's own."""


def is_pictured(exercise: Pictured) -> bool:
    slug = exercise.library_slug
    return bool(slug) and is_drawn(slug)


def picture_of(exercise: Pictured, side: str, kind: str, style: Style = PLAIN) -> Picture:
    """Return the picture of an exercise with this leg; a side or kind that does not exist raises ``ValueError``."""
    return figure(exercise.library_slug, side, kind, style) if is_pictured(exercise) else NO_FIGURE


def movement_of(exercise: Pictured, side: str, dose: Dose, style: Style = PLAIN) -> Film | None:
    """Return the moving picture, which moves as its dose asks for; None where there is none."""
    return film_of(exercise.library_slug, side, timing_of(dose), style) if is_pictured(exercise) else None


def timing_of(dose: Dose) -> Pace:
    """Return the seconds out, held and back and the ways round that a dose asks for.

    A hold counts at its upper end, as it does in ``minutes_for``; without a tempo, a way takes half of what that
    reckons for a rep.
    """
    way, hold = SECONDS_A_REP // 2, dose.hold_to_s or dose.hold_s
    return Pace(out=dose.up_s or way, hold=hold, back=dose.down_s or way, ways=2 if dose.goes_both_ways else 1)


def stills_of(exercise: Pictured) -> Sequence[str]:
    """Return the kinds of still picture there are of an exercise, in their order."""
    if not is_pictured(exercise):
        return ()
    return [kind for kind in ON_PAGES if kind != MIDDLE or has_middle(exercise.library_slug)]


def has_three(exercise: Pictured) -> bool:
    """Say whether it takes a third picture, between start and end, to show how an exercise is done."""
    return MIDDLE in stills_of(exercise)


def telling_still(exercise: Pictured) -> str:
    """Return the kind of the one picture that tells an exercise from the others: how it ends, or the middle of the way
    where all that is seen at the end is somebody who stands.
    """
    return MIDDLE if has_three(exercise) else "end"


def address_of(picture: Picture | Film) -> str:
    """Return where a browser finds ``picture``: among the static files, or where it is drawn when first asked for."""
    if picture.subject is None:
        return static(picture.file)
    subject = picture.subject
    named = [subject.style.person, subject.slug, subject.side]
    if isinstance(picture, Film):
        return reverse("exercises:filmed", args=[*named, picture.token, picture.pace.code])
    return reverse("exercises:drawn", args=[*named, subject.kind, subject.token])


def is_kept(picture: Picture) -> bool:
    """Say whether a picture's file is there: in the library, or drawn before."""
    return picture.is_built or (settings.FIGURES_DIR / picture.file).exists()


def kept(picture: Picture) -> bytes:
    """Return what is in the file of a picture that is there (``is_kept``), without the engine."""
    return ((STATIC if picture.is_built else settings.FIGURES_DIR) / picture.file).read_bytes()


def keep_all(pictures: Iterable[Picture]) -> None:
    """Have the files of ``pictures`` there for the renderer, drawing what has to be drawn."""
    from exercises.figures.gallery.store import svg_from  # noqa: PLC0415 - numpy, for the first who needs it

    for picture in pictures:
        svg_from(settings.FIGURES_DIR, picture)


def picture_of_topic(picture: Mapping[str, str], style: Style = PLAIN) -> Picture:
    """Return the picture of a topic: a drawing of its own, or that of a library's exercise."""
    if "drawing" in picture:
        return FigureFile(400, 300, f"{DRAWINGS}/{picture['drawing']}.svg")
    return figure(picture["exercise"], picture["side"], picture["kind"], style)


def is_a_topics_picture(picture: Mapping[str, str]) -> bool:
    """Say whether there is such a picture to show."""
    if picture.keys() == {"drawing"}:
        return (Path(__file__).parent / "static" / DRAWINGS / f"{picture['drawing']}.svg").is_file()
    try:
        return picture.keys() == {"exercise", "side", "kind"} and bool(picture_of_topic(picture))
    except ValueError:
        return False
