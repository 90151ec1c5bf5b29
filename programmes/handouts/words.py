"""The words that are the same on every sheet, besides the signs to get help for (``hipcare.clinics.help_signs``)."""

NOBODY_WATCHES = "No one checks the app or this sheet between visits."

PAIN_ADVICE = (
    ("Fine", "Carry on."),
    ("OK", "Go slower, or make it smaller."),
    ("Stop", "Stop this one for today. Fewer or smaller next time."),
)
NEXT_MORNING = (
    "your hip should feel back to its usual. Worse? You did a bit too much. Do half as many next time. "
    "Some muscle ache in the first 2 weeks is normal."
)
BEFORE_YOU_START = "Wear shoes to stand. Keep a phone near you. Walk about for 3 minutes first."
PRECAUTIONS = "Keep to what your surgeon told you, in these exercises too. Not sure? Ask us before you start."
EASIER = "make it smaller, or do half as many. It still counts."
