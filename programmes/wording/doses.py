"""The one line, the plain sentences and the short dose of a prescription, the same on screen, paper and export."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from exercises.dosage import Dose
from exercises.sides import TAKE_TURNS, Side
from exercises.wording import dose_parts, weight_or_band
from hipcare.clinics.bands import colour_of
from programmes.rules.schedule import Frequency
from programmes.wording.frequencies import frequency_parts, frequency_sentence
from programmes.wording.phrases import minutes, range_of, seconds

DO: Mapping[str, object] = {
    "": gettext_lazy("Do %(count)s."),
    Side.LEFT: gettext_lazy("Do %(count)s with your left leg."),
    Side.RIGHT: gettext_lazy("Do %(count)s with your right leg."),
    Side.EACH: gettext_lazy("Do %(count)s with each leg."),
    Side.IN_TURN: gettext_lazy("Do %(count)s with each leg in turn."),
    Side.BOTH: gettext_lazy("Do %(count)s with both legs."),
}
DO_HOLDING: Mapping[str, object] = {
    "": gettext_lazy("Do %(count)s, holding each for %(hold)s."),
    Side.LEFT: gettext_lazy("Do %(count)s with your left leg, holding each for %(hold)s."),
    Side.RIGHT: gettext_lazy("Do %(count)s with your right leg, holding each for %(hold)s."),
    Side.EACH: gettext_lazy("Do %(count)s with each leg. Hold for %(hold)s each time."),
    Side.IN_TURN: gettext_lazy("Do %(count)s with each leg in turn. Hold for %(hold)s each time."),
    Side.BOTH: gettext_lazy("Do %(count)s with both legs. Hold for %(hold)s each time."),
}
DO_EACH_WAY: Mapping[str, object] = {
    "": gettext_lazy("Do %(count)s in each direction."),
    Side.LEFT: gettext_lazy("Do %(count)s in each direction with your left leg."),
    Side.RIGHT: gettext_lazy("Do %(count)s in each direction with your right leg."),
    Side.EACH: gettext_lazy("Do %(count)s in each direction with each leg."),
    Side.IN_TURN: gettext_lazy("Do %(count)s in each direction with each leg in turn."),
    Side.BOTH: gettext_lazy("Do %(count)s in each direction with both legs."),
}
DO_EACH_WAY_HOLDING: Mapping[str, object] = {
    "": gettext_lazy("Do %(count)s in each direction. Hold for %(hold)s each time."),
    Side.LEFT: gettext_lazy("Do %(count)s in each direction with your left leg. Hold for %(hold)s each time."),
    Side.RIGHT: gettext_lazy("Do %(count)s in each direction with your right leg. Hold for %(hold)s each time."),
    Side.EACH: gettext_lazy("Do %(count)s in each direction with each leg. Hold for %(hold)s each time."),
    Side.IN_TURN: gettext_lazy("Do %(count)s in each direction with each leg in turn. Hold for %(hold)s each time."),
    Side.BOTH: gettext_lazy("Do %(count)s in each direction with both legs. Hold for %(hold)s each time."),
}
KEEP_GOING: Mapping[str, object] = {
    "": gettext_lazy("Keep going for %(minutes)s."),
    Side.LEFT: gettext_lazy("Keep going for %(minutes)s with your left leg."),
    Side.RIGHT: gettext_lazy("Keep going for %(minutes)s with your right leg."),
    Side.EACH: gettext_lazy("Keep going for %(minutes)s with each leg."),
    Side.IN_TURN: gettext_lazy("Keep going for %(minutes)s with each leg in turn."),
    Side.BOTH: gettext_lazy("Keep going for %(minutes)s."),
}
HOLD: Mapping[str, object] = {
    "": gettext_lazy("Hold for %(hold)s."),
    Side.LEFT: gettext_lazy("Hold for %(hold)s with your left leg."),
    Side.RIGHT: gettext_lazy("Hold for %(hold)s with your right leg."),
    Side.EACH: gettext_lazy("Hold for %(hold)s with each leg."),
    Side.IN_TURN: gettext_lazy("Hold for %(hold)s with each leg in turn."),
    Side.BOTH: gettext_lazy("Hold for %(hold)s with both legs."),
}
SHORT_HOLD = {
    (False, False): gettext_lazy("Hold %(hold)s"),
    (True, False): gettext_lazy("Hold %(hold)s on each leg"),
    (False, True): pgettext_lazy("inside a sentence", "hold %(hold)s"),
    (True, True): pgettext_lazy("inside a sentence", "hold %(hold)s on each leg"),
}


def one_line(dose: Dose, side: str, frequency: Frequency | None = None) -> str:
    """Return ``3 × 10 · hold 5 s · rest 30 s · left leg · once a day · Mon Wed Fri``."""
    return " · ".join([*dose_parts(dose, side), *(frequency_parts(frequency) if frequency else [])])


def plain_sentence(dose: Dose, side: str, frequency: Frequency | None = None) -> str:
    """Return the dose in plain sentences.

    "Do 10 with your left leg, holding each for 5 seconds. Rest for 30 seconds. Do this 3 times. Once a day on
    Monday, Wednesday and Friday."
    """
    sentences = [
        doing(dose, side),
        _tempo(dose),
        _("Rest for %(rest)s.") % {"rest": seconds(dose.rest_s)} if dose.rest_s else "",
        _repeated(dose.sets),
        _("Use %(load)s.") % {"load": _load(dose)} if _load(dose) else "",
        _("Speed: %(tempo)s.") % {"tempo": dose.tempo} if dose.tempo else "",
        _how_hard(dose),
        own_pain_limit(dose),
        frequency_sentence(frequency) if frequency else "",
    ]
    return " ".join(sentence for sentence in sentences if sentence)


def doing(dose: Dose, side: str) -> str:
    """Return what is done once: "Do 10 with your left leg, holding each for 5 seconds."."""
    return str(_ways_to_do(dose)[side]) % {
        "count": range_of(dose.reps, dose.reps_to),
        "hold": seconds(dose.hold_s, dose.hold_to_s),
        "minutes": minutes(dose.for_minutes or 0),
    }


def _ways_to_do(dose: Dose) -> Mapping[str, object]:
    is_held = dose.hold_s and not dose.up_s  # a tempo says the hold
    if dose.is_for_minutes:
        return KEEP_GOING
    if dose.is_one_hold:
        return HOLD
    if dose.goes_both_ways:
        return DO_EACH_WAY_HOLDING if is_held else DO_EACH_WAY
    return DO_HOLDING if is_held else DO


def _tempo(dose: Dose) -> str:
    """Return the tempo: "Speed: 3 seconds up, hold for 1 second, 3 seconds down."; or ""."""
    if not dose.up_s or not dose.down_s:
        return ""
    words = _("Speed: %(up)s up, %(down)s down.")
    if dose.hold_s and not dose.is_one_hold:
        words = _("Speed: %(up)s up, hold for %(hold)s, %(down)s down.")
    hold = seconds(dose.hold_s, dose.hold_to_s)
    return words % {"up": seconds(dose.up_s), "hold": hold, "down": seconds(dose.down_s)}


def _load(dose: Dose) -> str:
    """Return the load inside a sentence: "2 kg at the ankle", "the red band"."""
    thing = _("the %(colour)s band") % {"colour": colour_of(dose.band)} if dose.band else weight_or_band(dose)
    return " ".join(part for part in (thing, dose.load) if part)


def _how_hard(dose: Dose) -> str:
    if dose.effort_of_10 is None:
        return ""
    return _("How hard it should feel: %(number)s out of 10.") % {"number": dose.effort_of_10}


def own_pain_limit(dose: Dose) -> str:
    """Return the pain limit of this one exercise as a sentence, or "" where it has the programme's."""
    if dose.pain_up_to is None:
        return ""
    if dose.pain_up_to == 0:
        return _("This one should not hurt at all.")
    return _("Pain up to %(number)s out of 10 is OK in this one.") % {"number": dose.pain_up_to}


def _repeated(sets: int) -> str:
    if sets == 2:
        return _("Do this twice.")
    return ngettext("Do this %(sets)s time.", "Do this %(sets)s times.", sets) % {"sets": sets} if sets > 1 else ""


def patient_dose(dose: Dose, side: str, *, inside: bool = False) -> str:
    """Return the dose for a patient's card: "10 times", "2 sets of 10", "10 on each leg", "Hold 20 seconds",
    "20 minutes".

    ``inside`` a sentence it begins with a small letter.
    """
    on_each_leg = side in TAKE_TURNS
    if dose.is_one_hold:
        return _short_hold(dose, on_each_leg=on_each_leg, inside=inside)
    count = minutes(dose.for_minutes) if dose.for_minutes else range_of(dose.reps, dose.reps_to)
    if dose.goes_both_ways:
        count = _("%(count)s each way") % {"count": count}
    if dose.sets > 1:
        return _rounds(dose.sets, on_each_leg=on_each_leg) % {"sets": dose.sets, "count": count}
    if on_each_leg:
        return _("%(count)s on each leg") % {"count": count}
    if dose.goes_both_ways or dose.is_for_minutes:
        return count
    return ngettext("%(count)s time", "%(count)s times", dose.reps_to or dose.reps) % {"count": count}


def _short_hold(dose: Dose, *, on_each_leg: bool, inside: bool) -> str:
    hold = seconds(dose.hold_s, dose.hold_to_s)
    if dose.sets == 1:
        return str(SHORT_HOLD[on_each_leg, inside]) % {"hold": hold}
    words = (
        ngettext("%(sets)s hold of %(hold)s on each leg", "%(sets)s holds of %(hold)s on each leg", dose.sets)
        if on_each_leg
        else ngettext("%(sets)s hold of %(hold)s", "%(sets)s holds of %(hold)s", dose.sets)
    )
    return words % {"sets": dose.sets, "hold": hold}


def _rounds(sets: int, *, on_each_leg: bool) -> str:
    if on_each_leg:
        return ngettext("%(sets)s set of %(count)s on each leg", "%(sets)s sets of %(count)s on each leg", sets)
    return ngettext("%(sets)s set of %(count)s", "%(sets)s sets of %(count)s", sets)


def short_hold(dose: Dose) -> str:
    """Return the hold of each time, which the short dose leaves out: "hold 3 seconds", or ""."""
    if dose.is_one_hold or not dose.hold_s:
        return ""
    return str(SHORT_HOLD[False, True]) % {"hold": seconds(dose.hold_s, dose.hold_to_s)}
