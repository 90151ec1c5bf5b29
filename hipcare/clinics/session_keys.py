"""What a session holds besides who it belongs to."""

PAIRING = "pairing"
"""The code this browser has shown and not yet said yes to."""
SCANNED = "scanned_code"
"""The code of the sheet that was scanned last, so that Today can say whether there is a newer one."""
HELPS_AS = "helps_as"
"""The helper who is here for the patient that the session is of; not there where it is the patient."""
