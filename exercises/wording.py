"""A dose and its legs in words, the same wherever they are read. The only grammar of this app.

Values come in, words go out; nobody reads them back. ``{leg}`` and ``{other}`` in the library's texts are filled here.
"""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from exercises.dosage import Dose
from exercises.sides import TAKE_TURNS, Leg, Side, SideMode, leading_leg, trained_side
from hipcare.clinics.bands import colour_of


def span(low: int, high: int | None) -> str:
    """Return a number or a range: ``10``, ``20–30``."""
    return f"{low}–{high}" if high and high != low else str(low)


def named_parts(dose: Dose, side: str) -> dict[str, str]:
    """Return the parts of the line by what they are about: ``{"count": "3 × 10", "hold": "hold 5 s", …}``."""
    parts = {
        **_count_parts(dose),
        "directions": _("each direction") if dose.goes_both_ways else "",
        "rest": _("rest {seconds} s").format(seconds=dose.rest_s) if dose.rest_s else "",
        "load": load_in_words(dose),
        "tempo": tempo_in_words(dose),
        "effort_of_10": _of_ten(_("feels {number}/10"), dose.effort_of_10),
        "pain": _of_ten(_("pain up to {number}"), dose.pain_up_to),
        "leg": "" if dose.is_for_minutes and side == Side.BOTH else leg(side),
    }
    return {name: part for name, part in parts.items() if part}


def _count_parts(dose: Dose) -> dict[str, str]:
    hold = _("hold {seconds} s").format(seconds=span(dose.hold_s, dose.hold_to_s)) if dose.hold_s else ""
    if dose.is_one_hold or dose.is_for_minutes:
        one = hold if dose.is_one_hold else _("{minutes} min").format(minutes=dose.for_minutes)
        return {"count": f"{dose.sets} × {one}" if dose.sets > 1 else one}
    return {"count": f"{dose.sets} × {span(dose.reps, dose.reps_to)}", "hold": hold}


def _of_ten(words: str, number: int | None) -> str:
    return "" if number is None else words.format(number=number)


def kilograms(grams: int) -> str:
    """Return "2 kg", "0.5 kg", as the reader writes numbers."""
    return _("{number} kg").format(number=number_format(Decimal(grams) / 1000))


def weight_or_band(dose: Dose) -> str:
    """Return what has to be at hand: "2 kg", "red band", or ""."""
    if dose.load_g:
        return kilograms(dose.load_g)
    return _("{colour} band").format(colour=colour_of(dose.band)) if dose.band else ""


def load_in_words(dose: Dose) -> str:
    """Return the load and where it goes: "2 kg at the ankle", "red band", "a full bottle", or ""."""
    return " ".join(part for part in (weight_or_band(dose), dose.load) if part)


def tempo_in_words(dose: Dose) -> str:
    """Return the tempo in short, without the hold: "3 s up, 3 s down"; an older one as it was written."""
    numbers = _("{up} s up, {down} s down").format(up=dose.up_s, down=dose.down_s) if dose.up_s else ""
    return ", ".join(part for part in (numbers, dose.tempo) if part)


def dose_parts(dose: Dose, side: str) -> list[str]:
    """Return the parts of the line that are about the dose: ``["3 × 10", "hold 5 s", "rest 30 s", "left leg"]``."""
    return [*named_parts(dose, side).values()]


def dose_line(dose: Dose, side: str = "") -> str:
    """Return the dose as one line, as the library shows it: ``1 × 10 · hold 3 s · both legs``."""
    return " · ".join(dose_parts(dose, side))


def usual_line(dose: Dose, mode: str, for_leg: str = Leg.USUAL) -> str:
    """Return a dose nobody has yet been given, with how it treats the legs: ``1 × 10 · sore leg only``.

    ``for_leg`` is the leg that a template means, whatever the exercise usually does.
    """
    named = Leg.USUAL if mode == SideMode.BILATERAL else Leg(for_leg)
    legs = {
        Leg.USUAL: SideMode(mode).label,
        Leg.SORE: SideMode.AFFECTED_ONLY.label,
        Leg.OTHER: "other leg only",
        Leg.EACH: SideMode.EACH_SIDE.label,
    }
    return " · ".join([*dose_parts(dose, ""), str(legs[named])])


def unusual_parts(dose: Dose) -> list[str]:
    """Return what deserves the question "is this right?": ``["20–40 reps", "6 sets"]``."""
    reps = f"{span(dose.reps, dose.reps_to)} reps" if dose.has_unusual_reps else ""
    sets = f"{dose.sets} sets" if dose.has_unusual_sets else ""
    load = kilograms(dose.load_g) if dose.load_g and dose.has_unusual_load else ""
    minutes = f"{dose.sets * (dose.for_minutes or 0)} minutes" if dose.has_unusual_minutes else ""
    return [part for part in (reps, sets, load, minutes) if part]


def film_words(hold: int, ways: int) -> str:
    """Return what a moving picture does: "It holds for 30 seconds, while the ring fills." or ""."""
    held = ngettext("It holds for {count} second.", "It holds for {count} seconds, while the ring fills.", hold)
    both = _("It goes one way, then the other way.")
    return " ".join([*([held.format(count=hold)] if hold else []), *([both] if ways > 1 else [])])


def leg(side: str) -> str:
    """Return "left leg", "each leg in turn", …, or "" while it is not chosen."""
    return str(Side(side).label) if side else ""


def trains(side: str, works: str) -> str:
    """Return whose hip is trained in a patient's words: "Trains your left hip", "Trains both hips" or ""."""
    return {
        Side.LEFT.value: _("Trains your left hip"),
        Side.RIGHT.value: _("Trains your right hip"),
        Side.BOTH.value: _("Trains both hips"),
    }.get(trained_side(side, works), "")


def moves_and_trains(side: str, works: str) -> str:
    """Return the same for a clinician, with the leg that moves: "Right leg moves · trains the left hip"."""
    trained = trained_side(side, works)
    if not trained:
        return ""
    hips = "both hips" if trained == Side.BOTH else f"the {trained} hip"
    return f"{side.capitalize()} leg moves · trains {hips}"


def in_words(text: str, side: str, affected: str = "") -> str:
    """Return ``text`` with ``{leg}`` and ``{other}`` as "left" or "right", as the picture shows it."""
    left, right = pgettext("which leg", "left"), pgettext("which leg", "right")
    shown, other = (left, right) if leading_leg(side, affected) == Side.LEFT else (right, left)
    return text.replace("{leg}", shown).replace("{other}", other)


def with_change(steps: Sequence[str], side: str, position: str, ways: int = 1) -> list[str]:
    """Return ``steps``, which tell of one way and one leg, with the other way and the change of legs at their end."""
    turn = _("Then change sides.") if position == "side_lying" else _("Then change legs.")
    ends = [_("Do the other way too.")] if ways > 1 else []
    ends += [turn] if side in TAKE_TURNS else []
    return [*steps[:-1], " ".join([steps[-1], *ends])] if steps else []
