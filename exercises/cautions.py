"""What a clinician weighs up before choosing an exercise, by class of patient. Pure: no database, no request.

The same for everyone who reads it: nothing here is ever matched to a patient's record.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import TextChoices


class CautionClass(TextChoices):
    """Whom a caution is about, in the order in which they are always read."""

    POSTERIOR = "posterior", "Hip replacement, posterior precautions"
    ANTERIOR = "anterior", "Hip replacement, anterior precautions"
    THIN_BONES = "thin_bones", "Thin bones (osteoporosis)"
    FALLS = "falls", "At risk of falls"
    OUTER_HIP_PAIN = "outer_hip_pain", "Outer hip pain (GTPS)"
    PREGNANCY = "pregnancy", "Late pregnancy and pelvic girdle pain"
    KNEE_REPLACEMENT = "knee_replacement", "Knee replacement"


SHORT = {
    CautionClass.POSTERIOR: "THR posterior",
    CautionClass.ANTERIOR: "THR anterior",
    CautionClass.THIN_BONES: "Thin bones",
    CautionClass.FALLS: "Falls",
    CautionClass.OUTER_HIP_PAIN: "GTPS",
    CautionClass.PREGNANCY: "Pregnancy",
    CautionClass.KNEE_REPLACEMENT: "Knee replacement",
}


class Verdict(TextChoices):
    """What a caution comes to, in one of four turns of phrase."""

    DO_NOT_USE = "do_not_use", "do not use"
    IF_CLEARED = "if_cleared", "only if cleared"
    WITH_CARE = "with_care", "with care"
    NOTHING_SPECIAL = "nothing_special", "nothing special"


ICONS = {
    Verdict.DO_NOT_USE: "stop",
    Verdict.IF_CLEARED: "help",
    Verdict.WITH_CARE: "warn",
    Verdict.NOTHING_SPECIAL: "minus",
}


@dataclass(frozen=True, slots=True)
class Caution:
    """One class and what it comes to; ``why`` is a sentence for who wants to know more."""

    of: CautionClass
    verdict: Verdict
    why: str

    @property
    def icon(self) -> str:
        return ICONS[self.verdict]


@dataclass(frozen=True, slots=True)
class Together:
    """Neighbours in the line that come to the same: "THR posterior, THR anterior: do not use"."""

    verdict: Verdict
    classes: tuple[CautionClass, ...]

    @property
    def icon(self) -> str:
        return ICONS[self.verdict]

    @property
    def words(self) -> str:
        return f"{', '.join(SHORT[one] for one in self.classes)}: {self.verdict.label}"


def cautions_of(kept: Mapping[str, Mapping[str, str]]) -> list[Caution]:
    """Return what is kept of each class, in the fixed order; a class of which nothing was written is left out."""
    return [Caution(one, Verdict(kept[one]["verdict"]), kept[one]["why"]) for one in CautionClass if one.value in kept]


def line_of(cautions: Iterable[Caution]) -> list[Together]:
    """Return what stands in the line, in order; what is nothing special is left to the fold."""
    special = (caution for caution in cautions if caution.verdict != Verdict.NOTHING_SPECIAL)
    return [
        Together(verdict, tuple(caution.of for caution in alike))
        for verdict, alike in groupby(special, key=lambda caution: caution.verdict)
    ]


def unwritten(kept: Iterable[str]) -> list[CautionClass]:
    return [one for one in CautionClass if one.value not in kept]


def wrong_with(kept: Any) -> str:
    """Return what is wrong with cautions as they are kept, or ""."""
    if not isinstance(kept, dict):
        return 'Write one entry for each class, such as {"falls": {"verdict": "with_care", "why": "…"}}.'
    for name, entry in kept.items():
        if name not in CautionClass.values:
            return f"{name!r} is not one of {', '.join(CautionClass.values)}."
        if not isinstance(entry, dict) or entry.keys() != {"verdict", "why"}:
            return f"{name} needs a verdict and a why."
        if entry["verdict"] not in Verdict.values:
            return f"{name}: the verdict is not one of {', '.join(Verdict.values)}."
        if not isinstance(entry["why"], str) or not entry["why"].strip():
            return f"{name}: say why in a sentence."
    return ""
