"""Progression rules to choose from: sentences in which a physiotherapist tells a patient when to go on. Pure.

They are words to print, chosen or changed for each exercise by a person. Nothing reads them, and no score meets them.
A clinic puts its own list in the place of ours.
"""

MOST_RULES, LONGEST_RULE = 12, 120
OURS = (
    "When 12 feels easy on two days, tell me.",
    "When all of them feel easy for a week, tell me.",
    "When you can do it well without your hands, tell me.",
    "When your hip feels fine the next day for a week, tell me.",
    "Stay with this one until we meet again.",
)
