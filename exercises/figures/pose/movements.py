"""Movements: the values an exercise is drawn from, read from its pose file once and never changed.

``read(slug)`` gives a ``Movement``; ``movement.pose_at(t)`` the pose at a time from 0 (start) to 1. Every exercise is
authored for the right leg. The keys of a file are described in ``poses/README.md``.
"""

import dataclasses
import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import cast

from exercises.figures.pose.files import Arrow, Contact, Middle, PoseFile, Prop, Viewpoint
from exercises.figures.pose.postures import Pair, Pose, mix
from exercises.figures.pose.rules import Key, KeyChange, keys_of
from exercises.figures.pose.schema import FaultsError, PoseError, load, read_as, refuse
from exercises.figures.pose.vocabulary import PROP_OF

FOLDER = Path(__file__).resolve().parents[1] / "poses"

NAME = re.compile("[a-z0-9]+(-[a-z0-9]+)*")
"""How a pose file may be called: its name stands in addresses."""


@dataclass(frozen=True, slots=True)
class Movement:
    """One exercise as it is drawn: its poses over time and everything around them."""

    slug: str
    legs: str
    """Which are coloured: "one", the working leg (authored as the right one), or "both"."""
    feet: str
    """In "shoes" or in "socks"."""
    camera: Viewpoint
    props: tuple[Prop, ...]
    keys: tuple[Key, ...]
    end_t: float
    arrows: tuple[Arrow, ...]
    middle: Middle | None
    """The third picture between start and end, where a movement needs one."""
    ghost: tuple[str, ...]
    contacts: tuple[Contact, ...]
    seconds: float
    wider: Mapping[str, Pair]
    """Joint angles that may go beyond the usual range in this exercise: ``"hip_r rotation": (-45, 70)``."""

    @property
    def loops(self) -> bool:
        """Whether it goes round and ends where it starts, rather than there and back."""
        return self.keys[0].pose == self.keys[-1].pose

    @property
    def halfway(self) -> "Movement | None":
        """This movement up to its middle picture, with that one's arrows."""
        if self.middle is None:
            return None
        return dataclasses.replace(self, end_t=self.middle.t, arrows=listed(self.middle.arrow), ghost=())

    def pose_at(self, t: float) -> Pose:
        """Return the pose at time ``t`` (0 to 1): every number linearly between the keys on either side."""
        for before, after in zip(self.keys, self.keys[1:], strict=False):
            if t <= before.t:
                return before.pose
            if t < after.t:
                return cast("Pose", mix(before.pose, after.pose, (t - before.t) / (after.t - before.t)))
        return self.keys[-1].pose


def slugs() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in FOLDER.glob("*.json")))


@functools.cache
def read(slug: str) -> Movement:
    """Return the movement of an exercise. Nobody drew it, or the file is wrong: ``PoseError`` says what and where."""
    if slug not in slugs():
        raise PoseError(f"{slug}.json: there is no such pose file")
    if not NAME.fullmatch(slug):
        raise PoseError(f"{slug}.json: a file's name has small letters, digits and hyphens alone: seated-march.json")
    return parse(slug, (FOLDER / f"{slug}.json").read_bytes())


def parse(slug: str, text: str | bytes) -> Movement:
    """Return the movement written in ``text`` (JSON); every fault is named in one ``PoseError``."""
    name = f"{slug}.json"
    data = load(name, text)
    try:
        file = read_as(PoseFile, data)
        keys = keys_of(file.start, data["start"], _changes(file))
        refuse(_surface_faults(file))
    except FaultsError as error:
        raise PoseError("\n".join(f"{name}: {fault}" for fault in error.faults)) from None
    return _movement(slug, file, keys)


def listed(arrows: Arrow | tuple[Arrow, ...]) -> tuple[Arrow, ...]:
    return arrows if isinstance(arrows, tuple) else (arrows,)


def _changes(file: PoseFile) -> list[KeyChange]:
    if (file.end is None) == (not file.keys):
        raise FaultsError(
            ["end: a file has an end, or keys where there is more than a start and an end; one of the two"]
        )
    if file.end is None:
        rows = enumerate(dict(key) for key in file.keys)
        return [KeyChange(float(said.pop("t")), said, f"keys[{place}]") for place, said in rows]
    if file.end_t not in {None, 1}:
        raise FaultsError(["end_t: only a file with keys says when its end picture is"])
    return [KeyChange(1.0, file.end, "end")]


def _surface_faults(file: PoseFile) -> Iterator[str]:
    there = {prop.type for prop in file.props}
    for place, contact in enumerate(file.contacts):
        prop = PROP_OF.get(contact.on) if isinstance(contact.on, str) else None
        if prop and prop not in there:
            yield f"contacts[{place}].on: there is no {prop} among the props"
        if contact.on == contact.part:
            yield f"contacts[{place}].on: a part cannot rest on itself"


def _movement(slug: str, file: PoseFile, keys: tuple[Key, ...]) -> Movement:
    return Movement(
        slug=slug,
        legs=file.legs,
        feet=file.feet,
        camera=file.camera,
        props=file.props,
        keys=keys,
        end_t=(0.5 if file.keys else 1.0) if file.end_t is None else file.end_t,
        arrows=listed(file.arrow),
        middle=file.middle,
        ghost=file.ghost,
        contacts=file.contacts,
        seconds=file.seconds,
        wider=MappingProxyType({joint: wider.range for joint, wider in file.wider.items()}),
    )
