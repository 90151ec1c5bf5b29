"""The words that are the same on every sheet. Short enough for 12 point in three columns.

Symptom, then what to do; never a disease beside a person's own entry.
"""

EMERGENCY = (
    "You fell and cannot stand",
    "Leg shorter or turned out",
    "Leg can’t take weight",
    "Hot, swollen hip and ill",
    "Chest pain, can’t breathe",
    "Numb between your legs, or cannot pee",
)
URGENT = (
    "Sudden bad hip pain",
    "Hot, shivery or unwell",
    "Calf swollen and sore",
    "New numb or weak leg",
)
GP = (
    "Weight loss, no reason",
    "Pain every night",
    "Had cancer, new pain",
)
CLINIC = (
    "Still worse after 2 days",
    "Not sure how to do it",
)
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
