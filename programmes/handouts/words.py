"""The words that are the same on every sheet, besides the clinic's own.

Those are the signs to get help for (``hipcare.clinics.help_signs``) and its advice (``hipcare.clinics.advice``).
"""

NOBODY_WATCHES = "No one checks the app or this sheet between visits."

PAIN_WORDS = {"fine": "Fine", "okay": "OK", "stop": "Stop"}
