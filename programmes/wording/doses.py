"""The one line, the plain sentences and the short dose of a prescription, the same on screen, paper and export."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from exercises.dosage import Dose
from exercises.sides import TAKE_TURNS, Side
from exercises.wording import dose_parts
from programmes.rules.schedule import Frequency
from programmes.wording.frequencies import frequency_parts, frequency_sentence
from programmes.wording.phrases import range_of, seconds

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
    Side.EACH: gettext_lazy("Do %(count)s with each leg, holding each for %(hold)s."),
    Side.IN_TURN: gettext_lazy("Do %(count)s with each leg in turn, holding each for %(hold)s."),
    Side.BOTH: gettext_lazy("Do %(count)s with both legs, holding each for %(hold)s."),
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
    "": gettext_lazy("Do %(count)s in each direction, holding each for %(hold)s."),
    Side.LEFT: gettext_lazy("Do %(count)s in each direction with your left leg, holding each for %(hold)s."),
    Side.RIGHT: gettext_lazy("Do %(count)s in each direction with your right leg, holding each for %(hold)s."),
    Side.EACH: gettext_lazy("Do %(count)s in each direction with each leg, holding each for %(hold)s."),
    Side.IN_TURN: gettext_lazy("Do %(count)s in each direction with each leg in turn, holding each for %(hold)s."),
    Side.BOTH: gettext_lazy("Do %(count)s in each direction with both legs, holding each for %(hold)s."),
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
        _("Rest for %(rest)s.") % {"rest": seconds(dose.rest_s)} if dose.rest_s else "",
        _repeated(dose.sets),
        _("Use %(load)s.") % {"load": dose.load} if dose.load else "",
        _("Speed: %(tempo)s.") % {"tempo": dose.tempo} if dose.tempo else "",
        frequency_sentence(frequency) if frequency else "",
    ]
    return " ".join(sentence for sentence in sentences if sentence)


def doing(dose: Dose, side: str) -> str:
    """Return what is done once: "Do 10 with your left leg, holding each for 5 seconds."."""
    if dose.is_one_hold:
        sentences = HOLD
    elif dose.directions > 1:
        sentences = DO_EACH_WAY_HOLDING if dose.hold_s else DO_EACH_WAY
    else:
        sentences = DO_HOLDING if dose.hold_s else DO
    return str(sentences[side]) % {
        "count": range_of(dose.reps, dose.reps_to),
        "hold": seconds(dose.hold_s, dose.hold_to_s),
    }


def _repeated(sets: int) -> str:
    if sets == 2:
        return _("Do this twice.")
    return ngettext("Do this %(sets)s time.", "Do this %(sets)s times.", sets) % {"sets": sets} if sets > 1 else ""


def patient_dose(dose: Dose, side: str, *, inside: bool = False) -> str:
    """Return the dose for a patient's card: "10 times", "2 rounds of 10", "10 on each leg", "Hold 20 seconds".

    ``inside`` a sentence it begins with a small letter.
    """
    on_each_leg = side in TAKE_TURNS
    if dose.is_one_hold:
        return _short_hold(dose, on_each_leg=on_each_leg, inside=inside)
    count = range_of(dose.reps, dose.reps_to)
    if dose.directions > 1:
        count = _("%(count)s each way") % {"count": count}
    if dose.sets > 1:
        return _rounds(dose.sets, on_each_leg=on_each_leg) % {"sets": dose.sets, "count": count}
    if on_each_leg:
        return _("%(count)s on each leg") % {"count": count}
    if dose.directions > 1:
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
        return ngettext("%(sets)s round of %(count)s on each leg", "%(sets)s rounds of %(count)s on each leg", sets)
    return ngettext("%(sets)s round of %(count)s", "%(sets)s rounds of %(count)s", sets)


def short_hold(dose: Dose) -> str:
    """Return the hold of each time, which the short dose leaves out: "hold 3 seconds", or ""."""
    if dose.is_one_hold or not dose.hold_s:
        return ""
    return str(SHORT_HOLD[False, True]) % {"hold": seconds(dose.hold_s, dose.hold_to_s)}
