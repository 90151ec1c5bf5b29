"""Where a patient is among the phases that the programme follows, since when, and what is prepared next."""

import datetime as dt
from dataclasses import dataclass
from enum import Enum

from programmes.models import Template, Version
from programmes.models.pinned_phases import pinned
from programmes.models.version import LoadedVersions
from programmes.rules.following import PinnedPhase, phase_at, place_after
from programmes.wording.weeks import phase_in_words, standing_in_words


class TemplateState(Enum):
    """What became of the template since it was chosen. What is prepared stays as it was then."""

    SAME = "same"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class PhaseNow:
    """The phase of the current version, and the next; ``next`` is None at the end, or where nobody follows on.

    ``again`` is the phase to go back to: one that was skipped, or the next one where they were left.
    """

    current: PinnedPhase
    since: dt.datetime | None
    next: PinnedPhase | None
    again: PinnedPhase | None
    after_next: int | None
    draft: Version | None
    is_open: bool
    """The draft is that of the next phase."""
    source: TemplateState

    @property
    def standing(self) -> str:
        return standing_in_words(self.current)

    @property
    def next_label(self) -> str:
        return phase_in_words(self.next.weeks, self.next.name) if self.next else ""

    @property
    def again_label(self) -> str:
        return phase_in_words(self.again.weeks, self.again.name) if self.again else ""

    @property
    def next_exercises(self) -> list[str]:
        return [item["called"] for item in self.next.items] if self.next else []


def phase_of(versions: LoadedVersions) -> PhaseNow | None:
    """Return what there is to say of the current version's phase; None where it follows none."""
    version = versions.current
    current = version.phase_now if version else None
    if version is None or current is None:
        return None
    prepared = phase_at(version.follows, version.programme.next_phase)
    first_after = phase_at(version.follows, place_after(version.follows, version.phase))
    draft = next((one for one in versions if not one.is_given and one.programme_id == version.programme_id), None)
    return PhaseNow(
        current=current,
        since=since(versions, version),
        next=prepared,
        again=first_after if first_after != prepared else None,
        after_next=place_after(version.follows, version.programme.next_phase),
        draft=draft,
        is_open=bool(draft and prepared and draft.is_at(prepared, version)),
        source=source_of(version) if prepared else TemplateState.SAME,
    )


def since(versions: LoadedVersions, version: Version) -> dt.datetime | None:
    """Return when this phase was given first, of the versions that were given for it without a break."""
    first = version
    while (before := versions.before(first)) and (before.phase, before.follows) == (version.phase, version.follows):
        first = before
    return first.given_at


def source_of(version: Version) -> TemplateState:
    """Say what became of the template: three queries, however many exercises it has."""
    template = Template.objects.current().filter(pk=version.follows["template"]).first()
    if template is None:
        return TemplateState.GONE
    return TemplateState.SAME if pinned(template) == version.follows else TemplateState.CHANGED
