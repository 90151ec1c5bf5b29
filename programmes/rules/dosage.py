"""The one line and the plain sentences of a prescription, the same on screen, paper and export. Pure."""

from exercises.dosage import Dose
from exercises.sides import TAKE_TURNS, Side
from exercises.wording import dose_parts, span
from programmes.rules.schedule import Frequency, frequency_parts, frequency_sentence


def one_line(dose: Dose, side: str, frequency: Frequency | None = None) -> str:
    """Return ``3 × 10 · hold 5 s · rest 30 s · left leg · once a day · Mon Wed Fri``."""
    return " · ".join([*dose_parts(dose, side), *(frequency_parts(frequency) if frequency else [])])


def seconds(low: int, high: int | None = None) -> str:
    """Return "1 second", "20 to 30 seconds"; whole minutes as minutes."""
    if high is None and low >= 60 and low % 60 == 0:
        return "1 minute" if low == 60 else f"{low // 60} minutes"
    amount = f"{low} to {high}" if high else str(low)
    return "1 second" if amount == "1" else f"{amount} seconds"


WITH_LEG = {
    Side.LEFT: " with your left leg",
    Side.RIGHT: " with your right leg",
    Side.EACH: " with each leg",
    Side.IN_TURN: " with each leg in turn",
    Side.BOTH: " with both legs",
}


def plain_sentence(dose: Dose, side: str, frequency: Frequency | None = None) -> str:
    """Return the dose in plain sentences.

    "Do 10 with your left leg, holding each for 5 seconds. Rest for 30 seconds. Do this 3 times. Once a day on
    Monday, Wednesday and Friday."
    """
    leg = WITH_LEG[Side(side)] if side else ""
    count = span(dose.reps, dose.reps_to).replace("–", " to ")
    if dose.is_one_hold:
        doing = f"Hold for {seconds(dose.hold_s, dose.hold_to_s)}{leg}"
    else:
        holding = f", holding each for {seconds(dose.hold_s, dose.hold_to_s)}" if dose.hold_s else ""
        each_way = " in each direction" if dose.directions > 1 else ""
        doing = f"Do {count}{each_way}{leg}{holding}"
    sentences = [
        f"{doing}.",
        f"Rest for {seconds(dose.rest_s)}." if dose.rest_s else "",
        f"Do this {'twice' if dose.sets == 2 else f'{dose.sets} times'}." if dose.sets > 1 else "",
        f"Use {dose.load}." if dose.load else "",
        f"Speed: {dose.tempo}." if dose.tempo else "",
        frequency_sentence(frequency) if frequency else "",
    ]
    return " ".join(sentence for sentence in sentences if sentence)


def patient_dose(dose: Dose, side: str) -> str:
    """Return the dose for a patient's card: "10 times", "2 rounds of 10", "10 on each leg", "Hold 20 seconds"."""
    leg = " on each leg" if side in TAKE_TURNS else ""
    if dose.is_one_hold:
        hold = seconds(dose.hold_s, dose.hold_to_s)
        return f"{dose.sets} holds of {hold}{leg}" if dose.sets > 1 else f"Hold {hold}{leg}"
    count = span(dose.reps, dose.reps_to).replace("–", " to ") + (" each way" if dose.directions > 1 else "")
    if dose.sets > 1:
        return f"{dose.sets} rounds of {count}{leg}"
    return f"{count}{leg}" if leg or dose.directions > 1 else f"{count} {'time' if count == '1' else 'times'}"
