"""Hip precautions: what was chosen, and the plain rules a patient reads for that choice. Pure.

Everybody with the same choice reads the same words: nothing here is compared with an exercise. A record and a given
version hold the choice and its note, never a sentence; the sentences are made here, last.
"""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hipcare.moments import full_date

NONE, POSTERIOR, ANTERIOR, OTHER = "none", "posterior", "anterior", "other"
KINDS_WITH_RULES = (POSTERIOR, ANTERIOR, OTHER)
UNTIL = gettext_noop("Keep to these until your surgeon says you can stop. Not sure? Ask us first.")


@dataclass(frozen=True, slots=True)
class HipPrecautions:
    """The choice ("" while nobody has asked), what the surgeon said, and who wrote it down when.

    ``since`` is the day of the operation, or the day from which the rules hold; ``review_on`` is when staff look at
    them again: no date ever lifts them.
    """

    kind: str
    note: str = ""
    operated_side: str = ""
    since: dt.date | None = None
    set_by: str = ""
    set_on: dt.date | None = None
    review_on: dt.date | None = None

    @property
    def has_rules(self) -> bool:
        return self.kind in KINDS_WITH_RULES

    @property
    def label(self) -> str:
        return self.kind.capitalize() if self.kind else "Not asked yet"

    @property
    def operated(self) -> str:
        return {"left": "left hip", "right": "right hip", "both": "both hips"}.get(self.operated_side, "side not known")

    @property
    def chosen(self) -> tuple[object, ...]:
        """All that a member of staff answers for; where this changed, somebody has set the precautions anew."""
        return (self.kind, self.note, self.operated_side, self.since, self.review_on)

    @property
    def said(self) -> tuple[object, ...]:
        """What a patient is told to keep to; where this is the same, the precautions are the same."""
        return (self.kind, self.note, *((self.operated_side, self.since) if self.has_rules else ()))


@dataclass(frozen=True, slots=True)
class RuleList:
    """The rules in words for one kind, where they come from, and when to look at them again."""

    heading: str
    rules: tuple[str, ...]
    source: str
    review_on: dt.date


AFTER_AN_OPERATION = "After your hip operation"
SOURCE = (
    "Written for HipCare from the lists that UK hospitals hand out after a hip replacement (Leeds, Milton Keynes, "
    "Arthritis Research UK). Not every surgeon asks for all of them."
)
REVIEW = dt.date(2027, 11, 30)
OURS = {
    POSTERIOR: RuleList(
        AFTER_AN_OPERATION,
        (
            "Do not bend your hip past 90 degrees. Keep your knee lower than your hip.",
            "Do not cross your legs or your ankles.",
            "Do not turn your toes in. Do not twist on your leg.",
            "Do not sit on low chairs. Do not reach down to the floor.",
            "In bed, keep a pillow between your legs.",
        ),
        SOURCE,
        REVIEW,
    ),
    ANTERIOR: RuleList(
        AFTER_AN_OPERATION,
        (
            "Do not take your leg out behind you. Walk with short steps.",
            "Do not turn your foot or your knee out.",
            "Do not twist on your leg. Turn with small steps.",
            "Do not cross your legs or your ankles.",
            "In bed, do not lie on your front.",
        ),
        SOURCE,
        REVIEW,
    ),
    OTHER: RuleList("Rules for your hip", (), "The surgeon’s own words stand in the patient’s record.", REVIEW),
}


@dataclass(frozen=True, slots=True)
class HipRules:
    """What a patient reads, on the sheet, on Today and with each exercise. Any part may be ""."""

    heading: str
    about: str
    rules: tuple[str, ...]
    note_from: str
    note: str
    until: str
    set_by: str


def hip_rules(precautions: HipPrecautions, rules: RuleList | None) -> HipRules | None:
    """Return what a patient with these ``precautions`` reads, or None where there is nothing to read.

    ``rules`` are the clinic's for this kind; without them there is only what the surgeon said.
    """
    if not precautions.has_rules:
        note = precautions.note
        return HipRules(_("About your hip"), "", (), _("Note about your hip:"), note, "", "") if note else None
    listed = rules or OURS[OTHER]
    return HipRules(
        heading=listed.heading,
        about=about(precautions),
        rules=listed.rules,
        note_from=_("Your surgeon said:") if precautions.note else "",
        note=precautions.note,
        until=_(UNTIL),
        set_by=written_down(precautions),
    )


def about(precautions: HipPrecautions) -> str:
    """Return whose hip, since when: "For your right hip, since 26 October 2026."; "" where nobody said."""
    since = full_date(precautions.since) if precautions.since else ""
    if not since:
        return {
            "left": _("For your left hip."),
            "right": _("For your right hip."),
            "both": _("For both hips."),
        }.get(precautions.operated_side, "")
    words = {
        "left": _("For your left hip, since %(day)s."),
        "right": _("For your right hip, since %(day)s."),
        "both": _("For both hips, since %(day)s."),
    }.get(precautions.operated_side, _("Since %(day)s."))
    return words % {"day": since}


def written_down(precautions: HipPrecautions) -> str:
    if not precautions.set_by:
        return ""
    if not precautions.set_on:
        return _("Set by %(name)s.") % {"name": precautions.set_by}
    return _("Set by %(name)s on %(day)s.") % {"name": precautions.set_by, "day": full_date(precautions.set_on)}
