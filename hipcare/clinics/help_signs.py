"""When to get help: the same static list for everyone, on the help page and on every sheet. Pure.

Symptom, then what to do; never a disease, and nothing that depends on what a patient said. This is our list, which a
clinic may change (``hipcare.clinics.services.texts``); it stands in the code so that the help page needs no database.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from hipcare.clinics.advice import STOP, with_stop

REVIEW_ON = dt.date(2027, 11, 28)
"""When somebody is to look at our list again."""


class SignGroup(StrEnum):
    """Whom to call, most urgent first."""

    EMERGENCY = "emergency"
    URGENT = "urgent"
    CLINIC = "clinic"
    GP = "gp"


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign: in whole words for a page, and short enough for one line of half a sheet.

    ``after_operation`` signs are added to the list where there are hip precautions. ``source`` says where it is from.
    """

    key: str
    group: SignGroup
    words: str
    short: str
    source: str
    review_on: dt.date = REVIEW_ON
    after_operation: bool = False
    order: int = 0
    is_own: bool = False
    why_hidden: str = ""

    def filled(self, pain_ok_up_to: int) -> "Sign":
        words, short = (with_stop(text, pain_ok_up_to) for text in (self.words, self.short))
        return replace(self, words=words, short=short)


GLOUCESTERSHIRE = "NHS Gloucestershire G-care, hip pain pathway, g-care.glos.nhs.uk (pathway 52/3)"
GP_REASONING = "GP reasoning, hip pain, gpreasoning.uk"
TAYSIDE = "NHS Tayside, trochanteric bursitis, rightdecisions.scot.nhs.uk"
EXETER = "Exeter Hip Unit, support for GPs, exeterhipunit.co.uk/support-for-gps"
HIP_FRACTURE = "NHS, hip fracture, hct.nhs.uk"
HIP_PAIN = "NHS symptom list for hip pain, as reprinted on 18 July 2023 (secondary)"
CAUDA_EQUINA = "Torbay and South Devon NHS, cauda equina syndrome, torbayandsouthdevon.nhs.uk; GIRFT pathway"
URGENT_MSK = "NHS England, urgent and emergency musculoskeletal conditions requiring onward referral, 23 March 2020"
NG226 = "NICE guideline NG226, nice.org.uk/guidance/ng226"
NORTH_EAST_ESSEX = "North East Essex, hip self-help, neecommunity.org.uk"
DERBYSHIRE = "Derbyshire Community Health Services, hip self-management leaflet"
GUIDE = "Physiotherapy for Hip Pain: The Essential Guide, “When to seek help”"
COMMON = "General clinical knowledge: for the clinic to check"


def _signs(group: SignGroup, *rows: tuple[str, str, str, str], after: Sequence[str] = ()) -> list[Sign]:
    """Return the signs of a group in order, from (key, words, short words, source); ``after`` an operation only."""
    return [
        Sign(key, group, words, short, source, after_operation=key in after, order=10 * number)
        for number, (key, words, short, source) in enumerate(rows, start=1)
    ]


# fmt: off
OURS: tuple[Sign, ...] = (
    *_signs(
        SignGroup.EMERGENCY,
        ("fall", "You fell or were hurt, and cannot stand on that leg",
         "A fall, and you cannot stand on that leg", f"{GLOUCESTERSHIRE}; {GP_REASONING}; {HIP_FRACTURE}"),
        ("odd-leg", "Your leg looks shorter, turned out or at an odd angle",
         "Leg shorter, turned out or at an odd angle", f"{GLOUCESTERSHIRE}; {HIP_FRACTURE}; {HIP_PAIN}"),
        ("tingling", "Your leg tingles or goes numb after a fall or a knock",
         "Leg tingling or numb after a fall", HIP_PAIN),
        ("no-weight", "Your leg suddenly cannot take your weight",
         "Leg suddenly cannot take your weight", f"{TAYSIDE}; {EXETER}"),
        ("hot-hip", "Your hip is hot, red or swollen and you feel ill",
         "Hip hot, red or swollen, and you feel ill", f"{GLOUCESTERSHIRE}; {GP_REASONING}; {NG226}"),
        ("chest", "Chest pain, or you cannot get your breath",
         "Chest pain, or cannot get your breath", COMMON),
        ("faint", "You faint, or nearly faint, when you exercise",
         "You faint, or nearly faint", COMMON),
        ("numb-between-legs", "You are numb or tingle between your legs or round your bottom",
         "Numb between legs or round your bottom", CAUDA_EQUINA),
        ("bladder-bowels", "You cannot pee, or cannot hold your pee or your bowels",
         "Cannot pee, or cannot hold pee or bowels", CAUDA_EQUINA),
        ("both-legs", "Both your legs turn weak, or sex feels numb or has changed",
         "Both legs weak, or sex feels numb", CAUDA_EQUINA),
        ("pop", "A sudden pop or sharp pain, and your hip feels out of place",
         "A sudden pop, and hip feels out of place", COMMON),
        after=["pop"],
    ),
    *_signs(
        SignGroup.URGENT,
        ("sudden-pain", "Bad hip pain that came on suddenly", "Bad hip pain that came on suddenly",
         f"{HIP_PAIN}; {GUIDE}"),
        ("unwell", "You feel hot, shivery or very ill", "You feel hot, shivery or very ill",
         f"{GUIDE}; {URGENT_MSK}"),
        ("wound", "A wound near your hip is red, hot or leaking", "Wound red, hot or leaking", COMMON),
        ("calf", "Your calf is swollen and sore", "Calf swollen and sore", COMMON),
        ("weak-leg", "Your leg is newly numb or weak, or your foot drops",
         "New numb or weak leg, or foot that drops", f"{GLOUCESTERSHIRE}; {URGENT_MSK}"),
        ("immune", "New hip pain, and your immune system is weak",
         "New pain and a weak immune system", f"{GLOUCESTERSHIRE}; {NORTH_EAST_ESSEX}"),
        ("infection", "New hip pain soon after an infection",
         "New pain soon after an infection", f"{GLOUCESTERSHIRE}; {NORTH_EAST_ESSEX}"),
        ("more-running", "Groin pain that began when you walked or ran much more",
         "Groin pain after a jump in running", GLOUCESTERSHIRE),
    ),
    *_signs(
        SignGroup.CLINIC,
        ("pain-twice", f"Pain of {STOP} or more as you exercise, two times in a row",
         f"Exercise pain {STOP} or more, 2 times in a row", COMMON),
        ("still-worse", "Still worse 2 days after you exercised",
         "Still worse 2 days after exercise", COMMON),
        ("lasting", "Pain that is no better after a few weeks",
         "Pain no better after a few weeks", f"{GUIDE}; {NORTH_EAST_ESSEX}; {DERBYSHIRE}"),
        ("daily-life", "Pain that stops you doing daily things",
         "Pain that stops you doing daily things", GUIDE),
        ("how", "You are not sure how to do an exercise",
         "Not sure how to do an exercise", COMMON),
    ),
    *_signs(
        SignGroup.GP,
        ("weight", "You lose weight without trying, or sweat at night",
         "Weight loss without trying, or night sweats", f"{GUIDE}; {GLOUCESTERSHIRE}; {URGENT_MSK}"),
        ("constant", "Constant pain, day and night, that nothing eases",
         "Constant pain day and night, nothing eases", f"{GLOUCESTERSHIRE}; {NORTH_EAST_ESSEX}"),
        ("cancer", "You have had cancer and have new pain that will not go",
         "Had cancer, and new pain will not go", f"{GLOUCESTERSHIRE}; {TAYSIDE}; {NORTH_EAST_ESSEX}"),
        ("worse-fast", "It is getting worse quickly", "It is getting worse quickly", f"{NG226}; {GLOUCESTERSHIRE}"),
        ("stiff", "Stiff for more than 30 minutes each morning",
         "Stiff more than 30 minutes each day", NG226),
        ("joints", "Several joints hurt or swell", "Several joints hurt or swell", NG226),
    ),
)
# fmt: on


class Changed(Protocol):
    """What a clinic says of one sign; what is empty is as ours."""

    key: str
    group: str
    words: str
    short: str
    source: str
    review_on: dt.date | None
    order: int | None
    after_operation: bool
    why_hidden: str


def signs_of(changes: Iterable[Changed] = ()) -> list[Sign]:
    """Return a clinic's whole list, hidden signs too, in order: ours, with what the clinic changed, and its own."""
    changed = {change.key: change for change in changes}
    ours = [_changed(sign, changed.pop(sign.key, None)) for sign in OURS]
    own = [_own(change) for change in changed.values() if change.words]
    return sorted([*ours, *own], key=_place)


def _place(sign: Sign) -> tuple[int, bool, int, str]:
    return list(SignGroup).index(sign.group), sign.after_operation, sign.order, sign.key


def _changed(sign: Sign, change: Changed | None) -> Sign:
    if change is None:
        return sign
    return replace(
        sign,
        words=change.words or sign.words,
        short=change.short or sign.short,
        source=change.source or sign.source,
        review_on=change.review_on or sign.review_on,
        order=sign.order if change.order is None else change.order,
        why_hidden=change.why_hidden,
    )


def _own(change: Changed) -> Sign:
    return Sign(
        key=change.key,
        group=SignGroup(change.group),
        words=change.words,
        short=change.short,
        source=change.source,
        review_on=change.review_on or REVIEW_ON,
        after_operation=change.after_operation,
        order=change.order or 0,
        is_own=True,
        why_hidden=change.why_hidden,
    )


Lists = Mapping[str, Sequence[Sign]]
"""Signs by group."""


def shown(signs: Iterable[Sign], pain_ok_up_to: int, *, after_operation: bool = True) -> Lists:
    """Return what is not hidden, by group; without what is for ``after_operation`` only where so asked."""
    filled = [sign.filled(pain_ok_up_to) for sign in signs if not sign.why_hidden]
    said = [sign for sign in filled if after_operation or not sign.after_operation]
    return {group.value: [sign for sign in said if sign.group == group] for group in SignGroup}
