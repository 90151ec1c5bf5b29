"""What changed between two versions: as sentences for the patient, and in short for staff."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exercises.sides import TAKE_TURNS, Side
from exercises.wording import named_parts
from hipcare.clinics.precautions import NONE, HipPrecautions
from programmes.rules.changes import ChangeKind, ComparedRow, Difference, DoseChange, DosePart, changes, on_the_card
from programmes.rules.twins import moments_of
from programmes.wording.doses import patient_dose
from programmes.wording.frequencies import days_line, times_line
from programmes.wording.phrases import joined, seconds
from programmes.wording.twin_names import name_apart

SEPARATOR = " · "
OTHERWISE_TOLD = {DosePart.COUNT, DosePart.DIRECTIONS}  # by the dose on the card
TOLD_ONE_BY_ONE = {DosePart.HOLD, DosePart.REST, DosePart.LEG}
NOW_WITH: Mapping[str, object] = {
    Side.LEFT: gettext_lazy("Do it with your left leg now."),
    Side.RIGHT: gettext_lazy("Do it with your right leg now."),
    Side.BOTH: gettext_lazy("Do it with both legs now."),
}
NO_SIDE = ""
GIVEN_FOR: Mapping[str, object] = {
    Side.LEFT: gettext_lazy("This programme was given for the left hip."),
    Side.RIGHT: gettext_lazy("This programme was given for the right hip."),
    Side.BOTH: gettext_lazy("This programme was given for both hips."),
    NO_SIDE: gettext_lazy("This programme was given while the sore side was not known."),
}
RECORD_SAYS: Mapping[str, object] = {
    Side.LEFT: gettext_lazy("The record now says left hip."),
    Side.RIGHT: gettext_lazy("The record now says right hip."),
    Side.BOTH: gettext_lazy("The record now says both hips."),
    NO_SIDE: gettext_lazy("The record now says not known yet."),
}


def name_in(change: DoseChange) -> str:
    """Return "Bridge", or "Clamshell (left leg)" where the exercise stands more than once."""
    row = change.row
    return name_apart(row.exercise_name, change.apart, row.side, moments_of(row))


def news_of(old: Iterable[ComparedRow], new: Iterable[ComparedRow]) -> list[str]:
    """Return what changed, a sentence for the patient each."""
    return [patient_sentence(change) for change in changes(old, new)]


def names_stopped(old: Iterable[ComparedRow], new: Iterable[ComparedRow]) -> list[str]:
    return [name_in(change) for change in changes(old, new) if change.kind is ChangeKind.STOPPED]


def patient_sentence(change: DoseChange) -> str:
    """Return what changed about one exercise: "Bridge is now 2 sets of 10. It was 10."."""
    was, now, name = change.was, change.now, name_in(change)
    if now is None:
        return _("%(name)s has stopped. Leave it out now.") % {"name": name}
    dose = patient_dose(now.dose, now.side, inside=True)
    if was is None:
        return _("%(name)s is new: %(dose)s.") % {"name": name, "dose": dose}
    if on_the_card(was) == on_the_card(now):
        return _("%(name)s has changed. Read it again before you start.") % {"name": name}
    before = patient_dose(was.dose, was.side, inside=True)
    words = _("%(name)s is now %(dose)s. It was %(dose_before)s.")
    return " ".join([words % {"name": name, "dose": dose, "dose_before": before}, *besides(change, now)])


def besides(change: DoseChange, now: ComparedRow) -> list[str]:
    """Return what differs besides the short dose, a sentence each; nothing where that tells all."""
    untold = [one for one in change.differences if one.part not in OTHERWISE_TOLD]
    if any(one.part not in TOLD_ONE_BY_ONE for one in untold):
        return [_("Other parts have changed too: read it again.")]
    if now.dose.is_one_hold:  # its short dose is the hold
        untold = [one for one in untold if one.part is not DosePart.HOLD]
    return [words for words in map(_now, untold) if words]


def _now(difference: Difference) -> str:
    """Return one part as it is now: "The hold is now 5 seconds."; nothing for a leg that the short dose has."""
    now = difference.now
    if difference.part is DosePart.LEG:
        return "" if now is None or now in TAKE_TURNS else str(NOW_WITH[now])
    if difference.part is DosePart.REST:
        rest = _("The rest between sets is now %(rest)s.") if now else _("There is no rest between sets now.")
        return rest % {"rest": seconds(now)} if now else rest
    return _("The hold is now %(hold)s.") % {"hold": seconds(*now)} if now else _("There is no hold now.")


def parts_in_words(row: ComparedRow) -> dict[str, str]:
    """Return the parts of a row's one line and its progression rule, by what they are about."""
    found = named_parts(row.dose, row.side)
    if row.frequency is not None:
        times = "" if row.frequency.as_needed else times_line(row.frequency)
        found |= {DosePart.TIMES_A_DAY: times, DosePart.DAYS: days_line(row.frequency)}
    if row.progression:
        found |= {DosePart.PROGRESSION: _("when to go on: “%(rule)s”") % {"rule": row.progression.rstrip(".")}}
    return found


def gone_and_added(change: DoseChange) -> tuple[str, str]:
    """Return the parts that differ, as they were and as they are: ("1 × 10", "2 × 10")."""
    was, now = (parts_in_words(row) if row else {} for row in (change.was, change.now))
    parts = [one.part for one in change.differences]
    gone, added = ([words[part] for part in parts if words.get(part)] for words in (was, now))
    return SEPARATOR.join(gone), SEPARATOR.join(added)


def chip_on_record(change: DoseChange, version: int | None) -> str:
    """Return the same for an exercise of the current version: "new in version 2", "was 1 × 10"."""
    return _("new in version %(number)s") % {"number": version} if change.kind is ChangeKind.NEW else staff_chip(change)


def staff_chip(change: DoseChange) -> str:
    """Return the chip: "was 1 × 10", "now with hold 3 s", "new" or "stopped"."""
    if change.kind is ChangeKind.NEW:
        return _("new")
    if change.kind is ChangeKind.STOPPED:
        return _("stopped")
    gone, added = gone_and_added(change)
    return _("was %(dose)s") % {"dose": gone} if gone else _("now with %(dose)s") % {"dose": added}


def staff_summary(found: Sequence[DoseChange]) -> str:
    """Return the changes in a line: "Bridge 1 × 10 to 2 × 10. New: Clamshell. Stopped: Step-up."."""
    names: dict[ChangeKind, str] = {}
    for kind in ChangeKind:
        names[kind] = ", ".join(name_in(change) for change in found if change.kind is kind)
    sentences = [
        *(_changed(change) for change in found if change.kind is ChangeKind.CHANGED),
        _("New: %(names)s.") % {"names": names[ChangeKind.NEW]} if names[ChangeKind.NEW] else "",
        _("Stopped: %(names)s.") % {"names": names[ChangeKind.STOPPED]} if names[ChangeKind.STOPPED] else "",
    ]
    return " ".join(sentence for sentence in sentences if sentence)


def _changed(change: DoseChange) -> str:
    gone, added = gone_and_added(change)
    words = {"name": name_in(change), "was": gone, "now": added}
    if gone and added:
        return _("%(name)s %(was)s to %(now)s.") % words
    return (_("%(name)s without %(was)s.") if gone else _("%(name)s with %(now)s.")) % words


def card_chips(old: Iterable[ComparedRow], new: Iterable[ComparedRow]) -> dict[Any, str]:
    """Return what to say on the cards of ``new`` that are not as they were, by prescription."""
    return {change.now.pk: card_chip(change) for change in changes(old, new) if change.now is not None}


def card_chip(change: DoseChange) -> str:
    """Return "New", "Changed: was 10 on each leg", or "Changed" where the card does not say what."""
    was, now = change.was, change.now
    if was is None or now is None:
        return _("New")
    if on_the_card(was) == on_the_card(now):
        return _("Changed")
    return _("Changed: was %(dose)s") % {"dose": patient_dose(was.dose, was.side, inside=True)}


def topics_changed(was: Sequence[str], now: Sequence[str]) -> list[str]:
    """Return what to tell a patient whose topics, by title, are not those of the version before."""
    new = [_("New to read: “%(title)s”") % {"title": title} for title in now if title not in was]
    gone = [_("No longer to read: “%(title)s”") % {"title": title} for title in was if title not in now]
    return [*new, *gone]


def topics_differ(was: Sequence[str], now: Sequence[str]) -> list[tuple[str, str]]:
    """Return the same for staff: each title with its chip."""
    new = [(title, _("new topic")) for title in now if title not in was]
    return [*new, *((title, _("topic taken out")) for title in was if title not in now)]


def precautions_changed(was: HipPrecautions, now: HipPrecautions) -> str:
    """Return what to tell a patient whose hip precautions are not as they were; "" where they are."""
    if was.said == now.said:
        return ""
    if now.has_rules and was.has_rules:
        return _("Your hip rules have changed. Read them before you start.")
    if now.has_rules:
        return _("Your hip rules are new. Read them before you start.")
    if was.has_rules:
        return _("You have no hip rules to keep to now. Not sure? Ask us before you start.")
    return _("The note about your hip has changed.") if now.note else ""


def precautions_differ(was: HipPrecautions, now: HipPrecautions) -> str:
    """Return the same for staff: "Hip precautions: posterior to none.", "Hip precautions: other note."; or ""."""
    if was.said == now.said:
        return ""
    if was.kind != now.kind:
        kinds = {"was": was.kind or NONE, "now": now.kind or _("not asked")}
        return _("Hip precautions: %(was)s to %(now)s.") % kinds
    pairs = {
        _("note"): (was.note, now.note),
        _("operated hip"): (was.operated_side, now.operated_side),
        _("start"): (was.since, now.since),
    }
    parts = [name for name, (before, after) in pairs.items() if before != after]
    return _("Hip precautions: other %(parts)s.") % {"parts": joined(parts)}


def first_version(template: str) -> str:
    """Return what the first version of a programme came from."""
    return _("Started from %(template)s.") % {"template": template} if template else _("First version.")


def version_changed(precautions: str, found: Sequence[DoseChange]) -> str:
    """Return what a version changed: ``precautions`` as ``precautions_differ`` says it, then the exercises."""
    return f"{precautions} {staff_summary(found) or _('Same exercises and doses.')}".strip()


def still_reads(differ: str) -> str:
    """Return what to do where the precautions are not those that the patient reads; "" where they are."""
    again = _("The patient still reads the old ones: give the programme again.")
    return f"{differ} {again}" if differ else ""


def side_differs(given_for: str, now: str) -> str:
    """Return what to say where the sore side is not the one of the current version; "" where it is."""
    if given_for == now:
        return ""
    return f"{GIVEN_FOR.get(given_for, GIVEN_FOR[NO_SIDE])} {RECORD_SAYS.get(now, RECORD_SAYS[NO_SIDE])}"
