"""Left and right. One value drives the words, the picture and the glyph. Pure: no database, no request."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SideMode(TextChoices):
    """How an exercise treats the two legs."""

    EACH_SIDE = "each_side", _("each leg")
    AFFECTED_ONLY = "affected_only", _("sore leg only")
    BILATERAL = "bilateral", _("both legs together")


class Side(TextChoices):
    """Which leg a prescription is for; the label is the one used everywhere."""

    LEFT = "left", _("left leg")
    RIGHT = "right", _("right leg")
    EACH = "each", _("each leg")
    IN_TURN = "in_turn", _("each leg in turn")
    BOTH = "both", _("both legs")


class Leg(TextChoices):
    """Which leg something is for while nobody says whose: as in a template, which is for many patients."""

    USUAL = "", "as the exercise usually does"
    SORE = "sore", "sore leg"
    OTHER = "other", "other leg"
    EACH = "each", "each leg"


TAKE_TURNS = (Side.EACH, Side.IN_TURN)
"""One leg does it all, then the other does it all."""


class Works(TextChoices):
    """Which leg an exercise trains, seen from the one that moves."""

    MOVING = "moving", _("the leg that moves")
    OTHER = "other", _("the other leg")
    BOTH = "both", _("both legs")


def side_for(mode: str, affected: str) -> str:
    """Return the side a new prescription starts with.

    ``affected`` is the patient's affected side: left, right, both or "" (not known). The answer is a ``Side``,
    or "" where the exercise is for the affected leg only and nobody has said which that is.
    """
    if mode == SideMode.BILATERAL:
        return Side.BOTH
    if mode == SideMode.EACH_SIDE:
        return Side.EACH
    return Side.IN_TURN if affected == "both" else affected


def sore_side_for(mode: str, affected: str) -> str:
    """Return the side of a prescription that is meant for the sore leg, whatever the exercise usually does."""
    if mode == SideMode.BILATERAL:
        return Side.BOTH
    side = side_for(SideMode.AFFECTED_ONLY, affected)
    return Side.EACH if side == Side.IN_TURN and mode == SideMode.EACH_SIDE else side


def side_of_leg(leg: str, mode: str, affected: str) -> str:
    """Return the side that ``leg`` means for a patient; "" where it is for one leg and nobody knows which is sore."""
    if mode == SideMode.BILATERAL:
        return Side.BOTH
    if leg == Leg.SORE:
        return sore_side_for(mode, affected)
    if leg == Leg.EACH:
        return Side.EACH if mode == SideMode.EACH_SIDE else Side.IN_TURN
    return opposite(affected) if leg == Leg.OTHER else side_for(mode, affected)


def opposite(side: str) -> str:
    return {Side.LEFT.value: Side.RIGHT.value, Side.RIGHT.value: Side.LEFT.value}.get(side, "")


def leg_of_side(side: str, mode: str, affected: str) -> Leg:
    """Return what a patient's ``side`` is for everybody; the usual one where nobody can say which leg it is to them."""
    if not side or side == side_for(mode, affected) or mode == SideMode.BILATERAL:
        return Leg.USUAL
    if side in TAKE_TURNS:
        return Leg.EACH
    return Leg.USUAL if not opposite(affected) else Leg.SORE if side == affected else Leg.OTHER


def sides_of(mode: str) -> list[Side]:
    """Return the sides a physiotherapist can choose for an exercise of ``mode``, in reading order."""
    if mode == SideMode.BILATERAL:
        return [Side.BOTH]
    return [Side.LEFT, Side.RIGHT, Side.IN_TURN if mode == SideMode.AFFECTED_ONLY else Side.EACH]


def side_after_swap(side: str, mode: str, affected: str) -> str:
    """Return the side of an exercise of ``mode`` that takes the place of one for ``side``: the same where it can be."""
    return side if side in sides_of(mode) else side_for(mode, affected)


def leading_leg(side: str, affected: str = "") -> str:
    """Return the leg that pictures and words show, "left" or "right".

    Where both legs have their turn it is the affected one, and the right one where that is not known.
    """
    if side in (Side.LEFT, Side.RIGHT):
        return side
    return affected if affected in (Side.LEFT, Side.RIGHT) else Side.RIGHT


def picture_side(side: str, affected: str = "") -> str:
    """Return the figure to draw: "left", "right", or "both" where both legs work together."""
    return Side.BOTH if side == Side.BOTH else leading_leg(side, affected)


def trained_side(side: str, works: str) -> str:
    """Return whose hip is trained where that is not plainly the leg that moves: "left", "right" or "both"; else "".

    Where both legs move, or each has its turn, both hips are trained in the end, and nothing needs saying.
    """
    if side not in (Side.LEFT, Side.RIGHT) or works == Works.MOVING:
        return ""
    if works == Works.BOTH:
        return Side.BOTH
    return Side.LEFT if side == Side.RIGHT else Side.RIGHT


def is_for_the_other_hip(side: str, works: str, affected: str) -> bool:
    """Say whether one leg alone does it and not for the sore hip; never where both are sore, or none is known."""
    one_of = (Side.LEFT, Side.RIGHT)
    return side in one_of and affected in one_of and (trained_side(side, works) or side) not in (affected, Side.BOTH)
