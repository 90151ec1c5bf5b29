"""What must hold between the keys of a pose file: a key only changes what the start states, a limb keeps its way."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from exercises.figures.pose.postures import JointArm, JointLeg, OnSegment, Pose
from exercises.figures.pose.schema import FaultsError, read_as, refuse
from exercises.figures.pose.vocabulary import LEGS, LIMBS, MODES, SEGMENTS_OF


@dataclass(frozen=True, slots=True)
class KeyChange:
    """What a key of a file changes of the start, as it is written; ``name`` is the key: "end" or "keys[1]"."""

    t: float
    said: Mapping[str, Any]
    name: str


@dataclass(frozen=True, slots=True)
class Key:
    """A complete pose at a time, and what the file calls it: "start", "end" or "keys[1]"."""

    t: float
    pose: Pose
    name: str


def keys_of(start: Pose, written: Mapping[str, Any], changes: Sequence[KeyChange]) -> tuple[Key, ...]:
    """Return the start, ``written`` like this, and it with each change. Raises ``FaultsError``."""
    refuse(_time_faults(changes))
    keys, faults = [Key(0.0, start, "start")], []
    for change in changes:
        try:
            refuse(_added(written, change.said, change.name))
            keys.append(Key(change.t, read_as(Pose, _merged(written, change.said), change.name), change.name))
        except FaultsError as error:
            faults += error.faults
    refuse(faults or [*_pin_faults(keys), *_target_faults(keys)])
    return tuple(keys)


def _time_faults(changes: Sequence[KeyChange]) -> Iterator[str]:
    for before, change in pairwise((KeyChange(0.0, {}, "start"), *changes)):
        if change.t <= before.t:
            yield f"{change.name}.t: times rise from one key to the next, {change.t:g} does not"
    if changes[-1].t != 1:
        yield f"{changes[-1].name}.t: the last key is at time 1, not {changes[-1].t:g}"


def _merged(base: Any, change: Any) -> Any:
    if isinstance(base, dict) and isinstance(change, dict):
        return base | {name: _merged(base.get(name), entry) for name, entry in change.items()}
    return change


def _added(start: Mapping[str, Any], change: Any, path: str) -> Iterator[str]:
    """Yield the keys a change brings that the start does not state: a key may only change."""
    if not isinstance(change, dict):
        yield f"{path}: an object with what changes"
        return
    for name, entry in change.items():
        here = f"{path}.{name}"
        if name not in start:
            yield f"{here}: {_stays(start, name) or 'start says nothing of this; a key only changes what start states'}"
        elif isinstance(start[name], dict):
            yield from _added(start[name], entry, here)


def _stays(start: Mapping[str, Any], name: str) -> str:
    for modes in MODES.values():
        for mode, words in modes.items():
            if name in modes and mode in start:
                return f"start moves this limb {words} ({mode}); a limb keeps one mode in all keys"
    return ""


def _pin_faults(keys: Sequence[Key]) -> Iterator[str]:
    """Yield pins to a segment that is not placed before the figure is."""
    pins = {key.pose.root.pin.frame for key in keys if key.pose.root.pin}
    if len(pins) > 1:
        yield f"start.root.pin.frame: one segment carries the figure in all keys, not {' and '.join(sorted(pins))}"
    for limb in LIMBS:
        if pins & set(SEGMENTS_OF[limb]) and not isinstance(keys[0].pose.limb(limb), JointLeg | JointArm):
            yield f"start.root.pin.frame: {limb} reaches for a target, so it cannot carry the figure"


def _target_faults(keys: Sequence[Key]) -> Iterator[str]:
    """Yield targets on segments that move with the limb that reaches for them."""
    start = keys[0].pose
    leans = {limb: _leans_on(start, limb) for limb in LIMBS}
    for limb, other in leans.items():
        path = f"start.{limb}.{'ankle' if limb in LEGS else 'wrist'}_to.frame"
        if other == limb:
            yield f"{path}: a limb cannot reach for itself"
        elif other and leans[other] == limb:
            yield f"{path}: {limb} and {other} reach for each other"
        elif limb in LEGS and other and other not in LEGS:
            yield f"{path}: legs are placed before arms, so a leg cannot reach for an arm"
        if any(_target_frame(key.pose, limb) != _target_frame(start, limb) for key in keys):
            yield f"{path}: a target stays on one segment in all keys"


def _target_frame(pose: Pose, limb: str) -> str:
    target = getattr(pose.limb(limb), "target", None)
    return target.frame if isinstance(target, OnSegment) else ""


def _leans_on(pose: Pose, limb: str) -> str:
    frame = _target_frame(pose, limb)
    return next((other for other in LIMBS if frame in SEGMENTS_OF[other]), "")
