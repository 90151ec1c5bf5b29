"""What a patient said of a session, in words: pain and effort. For the patient, who reads it back, and for staff.

Whoever shows what was said asks here for all of it, so that one more question is told everywhere.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from django.utils.functional import lazy
from django.utils.translation import gettext as _

from programmes.wording.phrases import joined_by_commas, lowered


class Answered(Protocol):
    """A session, or what one said before."""

    pain: int | None
    effort: str
    note: str

    def get_effort_display(self) -> str: ...


@dataclass(frozen=True, slots=True)
class AnswerWords:
    """One answer as staff read it: "Pain" with the number that stands out in it, or "Pain not said"."""

    words: str
    number: int | None = None
    is_said: bool = True

    def __str__(self) -> str:
        return self.words if self.number is None else f"{self.words} {self.number}"


def _pain_in_words(number: int) -> str:
    ends = {0: _("0, no pain"), 10: _("10, worst pain you can imagine")}
    return ends.get(number, _("%(pain)s out of 10") % {"pain": number})


pain_in_words = lazy(_pain_in_words, str)  # how a number of the scale is read out


def answers_for_patient(said: Answered, hurt: str = "") -> list[tuple[str, str]]:
    """Return what each question was about, and the answer: ("Worst pain", "3 out of 10"); ``hurt`` names which one."""
    answers = [
        (_("Worst pain"), "" if said.pain is None else _("%(pain)s out of 10") % {"pain": said.pain}),
        (_("How hard"), said.get_effort_display()),
    ]
    found = [(about, answer or _("not said")) for about, answer in answers]
    return [*found[:1], (_("Which one hurt"), hurt), *found[1:]] if hurt else found


def answers_for_staff(said: Answered, hurt: str = "") -> list[AnswerWords]:
    unsaid = (AnswerWords(_("Pain not said"), is_said=False), AnswerWords(_("Effort not said"), is_said=False))
    return [
        unsaid[0] if said.pain is None else AnswerWords(_("Pain"), said.pain),
        *([AnswerWords(_("Hurt: %(name)s") % {"name": hurt})] if hurt else []),
        AnswerWords(said.get_effort_display()) if said.effort else unsaid[1],
    ]


def in_one_line(answers: Iterable[AnswerWords]) -> str:
    """Return "pain 3, somewhat hard"."""
    return joined_by_commas(lowered(str(answer)) for answer in answers)
