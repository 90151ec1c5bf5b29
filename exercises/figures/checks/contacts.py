"""Whether a drawn figure touches what it should, reaches what it reaches for, and bends only as people do.

Pure checks over a movement, its skeletons and bodies; what is amiss comes back in words for whoever wrote the pose
file, with the key to mend (``whereabouts``). Lengths in cm, angles in degrees. A gap is the distance between two
surfaces; below 0 they press together.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

import numpy as np

from exercises.figures.body.parts import Part
from exercises.figures.body.parts import reflection as mirrored_part
from exercises.figures.checks.gaps import box_gap, lowest, part_gap
from exercises.figures.checks.keys import key_of_joint, key_of_part, key_of_target
from exercises.figures.pose.files import Contact
from exercises.figures.pose.movements import Movement
from exercises.figures.pose.postures import Pair
from exercises.figures.pose.vocabulary import PARTS
from exercises.figures.room.props import Support, furniture, supports
from exercises.figures.skeleton.geometry import MIRROR, Array
from exercises.figures.skeleton.solving import Skeleton, solve

TIMES: Final = tuple(place / 6 for place in range(7))
"""Start, end and five times between."""
MISS: Final = 1.5
PRESS, FLOAT = -1.5, 3.0
"""A contact's gap is never outside these; where two parts of the body press together, both give way."""
SOFT: Final = frozenset({"torso", "collar", "sleeve", "hair"})
CLOTH: Final = 3.5
"""How much further a shirt or hair may be pressed: that far they stand off the body."""
RANGES: Final[Mapping[str, Pair]] = MappingProxyType(
    {
        "flexion": (-30.0, 130.0),
        "abduction": (-30.0, 50.0),
        "rotation": (-45.0, 60.0),
        "knee": (0.0, 140.0),
        "elbow": (0.0, 145.0),
    }
)
SLACK: Final = 0.5
"""Degrees a joint may stand outside its range: what a solved limb is off by."""
FOOT: Final = ("foot", "sole", "ankle")
"""What a foot is drawn from."""
GRASP: Final = 0.3
"""A hand closed further holds what it touches: its palm rests there, fingers and thumb go round."""
GROUND: Final = ("floor", "mat", "bed")
"""What nothing may go through."""
DEEP: Final = ("floor", "mat")

Dress = Callable[[Skeleton], Sequence[Part]]


@dataclass(frozen=True, slots=True)
class Moment:
    """One time of a movement, solved and dressed."""

    t: float
    skeleton: Skeleton
    parts: Mapping[str, tuple[Part, ...]]


@dataclass(frozen=True, slots=True)
class Room:
    """What there is to touch: flat sides of props by name, and soft things."""

    flat: Mapping[str, Support]
    soft: Mapping[str, tuple[Part, ...]]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing amiss at one time: what it is ``about``, by how much, the file's ``key`` to mend, and its words."""

    about: str
    amount: float
    key: str
    words: str


def findings(
    movement: Movement, dress: Dress, times: Sequence[float] = (), *, mirrored: bool = False
) -> tuple[str, ...]:
    """Return everything amiss in a movement in words, each thing once, at the time it is worst.

    ``dress`` puts a body's parts on a skeleton; ``mirrored`` asks of the figure with the left leg working, reflected
    as a whole together with its room. Where no ``times`` are given, it looks at those of ``looked_at``.
    """
    room = _room(movement, mirrored=mirrored)
    worst: dict[str, Fault] = {}
    for t in times or looked_at(movement):
        moment = _moment(movement, dress, t, mirrored=mirrored)
        for fault in _faults(movement, moment, room):
            if fault.about not in worst or fault.amount > worst[fault.about].amount:
                worst[fault.about] = fault
    return tuple(f"{movement.slug}.json: {fault.key}: {fault.words}" for fault in worst.values())


def looked_at(movement: Movement) -> tuple[float, ...]:
    """Return the times a movement is looked at: ``TIMES``, its end picture's, and one more in each contact that would
    hold between them unseen.
    """
    times = {*TIMES, movement.end_t}
    spans = [contact.times for contact in movement.contacts]
    between = {sum(span) / 2 for span in spans if not any(span[0] <= t <= span[1] for t in times)}
    return tuple(sorted(times | between))


def _faults(movement: Movement, moment: Moment, room: Room) -> Iterator[Fault]:
    yield from _misses(movement, moment)
    yield from _bent_too_far(movement, moment)
    yield from _gaps(movement, moment, room)
    yield from _sunk(movement, moment, room)


def gaps(
    movement: Movement, dress: Dress, times: Sequence[float] = (), *, mirrored: bool = False
) -> Mapping[Contact, tuple[float, ...]]:
    room = _room(movement, mirrored=mirrored)
    moments = [_moment(movement, dress, t, mirrored=mirrored) for t in times or looked_at(movement)]
    return {
        contact: tuple(_gap(contact, moment, room) for moment in moments if _holds(contact, moment))
        for contact in movement.contacts
    }


def _moment(movement: Movement, dress: Dress, t: float, *, mirrored: bool) -> Moment:
    skeleton = solve(movement.pose_at(t))
    drawn = [mirrored_part(part) if mirrored else part for part in dress(skeleton)]
    return Moment(t, skeleton, _by_name(drawn))


def _by_name(parts: Sequence[Part]) -> Mapping[str, tuple[Part, ...]]:
    names = dict.fromkeys(part.name for part in parts)
    return {name: tuple(part for part in parts if part.name == name) for name in names}


def _room(movement: Movement, *, mirrored: bool) -> Room:
    flat, soft = supports(movement.props), furniture(movement.props).soft
    flat = {name: _deep(surface) if name in DEEP else surface for name, surface in flat.items()}
    if mirrored:
        flat = {name: _mirrored_surface(surface) for name, surface in flat.items()}
        soft = tuple(mirrored_part(part) for part in soft)
    return Room(flat, _by_name([part for part in soft if part.name != "floor"]))


def _deep(surface: Support) -> Support:
    """Return a surface that goes on far below its top, so that nothing is found beneath it."""
    down = np.array([0.0, 50.0, 0.0])
    return replace(surface, centre=surface.centre - down, half=surface.half + down)


def _mirrored_surface(surface: Support) -> Support:
    return replace(surface, centre=MIRROR @ surface.centre, axes=MIRROR @ surface.axes @ MIRROR)


def _misses(movement: Movement, moment: Moment) -> Iterator[Fault]:
    for limb, miss in moment.skeleton.misses.items():
        if miss >= MISS:
            mend = "bring it nearer, or move the root" + (" or bend the spine" if limb.startswith("arm") else "")
            words = f"{limb} misses it by {miss:.1f} cm at time {moment.t:.2f} (less than {MISS:g} is allowed): {mend}"
            yield Fault(f"{limb} misses", miss, key_of_target(movement, moment.t, limb), words)


def _bent_too_far(movement: Movement, moment: Moment) -> Iterator[Fault]:
    for joint, angle in joint_angles(moment.skeleton).items():
        low, high = movement.wider.get(joint, RANGES[joint.rpartition(" ")[2].partition("_")[0]])
        if not low - SLACK <= angle <= high + SLACK:
            allowed = f"(from {low:g} to {high:g} is allowed): bring it into range, or say under wider why it leaves it"
            words = f"{joint} is {angle:.0f} degrees at time {moment.t:.2f} {allowed}"
            yield Fault(joint, max(low - angle, angle - high), key_of_joint(movement, moment.t, joint), words)


def joint_angles(skeleton: Skeleton) -> Mapping[str, float]:
    """Return the clinical angles of hips, knees and elbows as solved: ``"hip_r flexion"``, ``"knee_r"``, …."""
    frames, found = skeleton.frames, {}
    for side, sign in (("l", 1.0), ("r", -1.0)):
        turn = frames["pelvis"].axes.T @ frames[f"thigh_{side}"].axes
        found[f"hip_{side} flexion"] = -_degrees(turn[2, 1], turn[1, 1])
        found[f"hip_{side} abduction"] = sign * float(np.rad2deg(np.arcsin(np.clip(-turn[0, 1], -1, 1))))
        found[f"hip_{side} rotation"] = sign * _degrees(turn[0, 2], turn[0, 0])
        found[f"knee_{side}"] = _hinge(frames[f"thigh_{side}"].axes, frames[f"shank_{side}"].axes)
        found[f"elbow_{side}"] = -_hinge(frames[f"upper_{side}"].axes, frames[f"fore_{side}"].axes)
    return found


def _degrees(y: float, x: float) -> float:
    return float(np.rad2deg(np.arctan2(y, x)))


def _hinge(upper: Array, lower: Array) -> float:
    bone = upper.T @ lower[:, 1]
    return _degrees(bone[2], bone[1])


def _holds(contact: Contact, moment: Moment) -> bool:
    return contact.times[0] <= moment.t <= contact.times[1]


def _gaps(movement: Movement, moment: Moment, room: Room) -> Iterator[Fault]:
    at = f"at time {moment.t:.2f}"
    for place, contact in enumerate(movement.contacts):
        if not _holds(contact, moment):
            continue
        gap, key = _gap(contact, moment, room), f"contacts[{place}]"
        on = contact.on if isinstance(contact.on, str) else f"a height of {contact.on:g} cm"
        if gap > FLOAT:
            mend = "bring them together, or say by its times when it leaves"
            words = f"{contact.part} floats {gap:.1f} cm off {on} {at} (up to {FLOAT:g} is allowed): {mend}"
            yield Fault(f"{contact.part} floats off {on}", gap, key, words)
        elif gap < (least := _press(contact.part, contact.on)):
            mend = "move them apart"
            words = f"{contact.part} sinks {-gap:.1f} cm into {on} {at} (up to {-least:g} is allowed): {mend}"
            yield Fault(f"{contact.part} sinks into {on}", -gap, key, words)


def _press(part: str, on: str | float) -> float:
    """Return how far below 0 the gap may be."""
    if part.partition("_")[0] in SOFT:
        return PRESS - CLOTH
    return 2 * PRESS if on in PARTS else PRESS


def _gap(contact: Contact, moment: Moment, room: Room) -> float:
    touching = _parts(contact.part, moment)
    if isinstance(contact.on, float):
        return min(lowest(part) for part in touching) - contact.on
    if contact.on in room.soft:
        return min(part_gap(part, other) for part in touching for other in room.soft[contact.on])
    if contact.on in room.flat:
        return min(box_gap(part, room.flat[contact.on]) for part in touching)
    return min(part_gap(part, other) for part in touching for other in _parts(contact.on, moment))


def _parts(name: str, moment: Moment) -> list[Part]:
    stem, _, side = name.partition("_")
    names = [f"{each}_{side}" for each in FOOT] if stem == "foot" else [name]
    found = [part for each in names for part in moment.parts.get(each, ())]
    if stem == "hand" and moment.skeleton.grip[side] >= GRASP:
        return [max(found, key=lambda part: float(part.shapes.max()))]
    return found


def _sunk(movement: Movement, moment: Moment, room: Room) -> Iterator[Fault]:
    """Yield the parts that go through what the figure lies or stands on, whether or not they were to touch it."""
    grounds = [name for name in GROUND if name in room.flat]
    told = {contact.part for contact in movement.contacts if contact.on in grounds and _holds(contact, moment)}
    highest = max(room.flat[name].top for name in grounds)
    low = {name: [part for part in parts if lowest(part) < highest] for name, parts in moment.parts.items()}
    for name, parts in low.items():
        if name in told or not parts:
            continue
        gap, ground = min((box_gap(part, room.flat[each]), each) for part in parts for each in grounds)
        if gap < (least := _press(name, ground)):
            allowed = f"at time {moment.t:.2f} (up to {-least:g} is allowed): move it away"
            words = f"{name} goes {-gap:.1f} cm through {ground} {allowed}"
            yield Fault(f"{name} goes through {ground}", -gap, key_of_part(movement, moment.t, name), words)
