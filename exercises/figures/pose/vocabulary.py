"""The words of a pose file, and the rules that hold between them.

``checked`` reads a file and answers with its data or with every fault in it; ``complete_keys`` spells out the poses a
file only hints at. What each word means is told in ``poses/README.md``.
"""

from collections.abc import Iterator
from typing import Any, Final, cast

from exercises.figures.pose.schema import (
    Check,
    PoseError,
    bounds,
    by_name,
    direction,
    load,
    number,
    numbers,
    one_of,
    several,
    span,
    stanza,
    word,
)

SIDES: Final = ("l", "r")
LEGS: Final = ("leg_l", "leg_r")
LIMBS: Final = (*LEGS, "arm_l", "arm_r")
SEGMENTS_OF: Final = {
    f"{limb}_{side}": tuple(f"{segment}_{side}" for segment in segments)
    for limb, segments in {"leg": ("thigh", "shank", "foot"), "arm": ("upper", "fore", "hand")}.items()
    for side in SIDES
}
"""The segments that belong to a limb."""
TRUNK: Final = ("pelvis", "abdomen", "chest", "neck", "head")
SEGMENTS: Final = TRUNK + tuple(segment for limb in LIMBS for segment in SEGMENTS_OF[limb])
PARTS: Final = (
    *("pelvis", "torso", "neck", "head", "hair"),
    *(f"{part}_{side}" for part in ("thigh", "shank", "foot", "sleeve", "upper", "fore", "hand") for side in SIDES),
)
"""What a body is drawn from, as a contact or a ghost may name it."""
PROP_OF: Final = {
    "floor": None,
    "mat": "mat",
    "bed": "bed",
    "pillow": "pillow",
    "cushion": "cushion",
    "chair_seat": "chair",
    "chair_back": "chair",
    "worktop": "worktop",
}
"""The surfaces to rest on, and the prop each belongs to; a floor is under every figure."""
MODES: Final = {
    "leg": {"hip": "by angles", "ankle_at": "to a fixed target", "ankle_to": "to a target on a segment"},
    "arm": {"shoulder": "by angles", "wrist_at": "to a fixed target", "wrist_to": "to a target on a segment"},
}
"""The three ways to say how a limb is held, by the key that stands for each."""
JOINTS: Final = tuple(
    f"{joint}_{side}{axis}"
    for side in SIDES
    for joint, axes in {"hip": (" flexion", " abduction", " rotation"), "knee": ("",), "elbow": ("",)}.items()
    for axis in axes
)

degrees = number("a number of degrees", -360, 360)
centimetres = number("a number of centimetres")
time = number("a time", 0, 1)
share = number("a number", 0, 1)
turns = numbers(3, "degrees")
place = numbers(3, "x, y, z in cm")
on_segment = stanza({"frame": one_of(*SEGMENTS), "local": place})


def _either(ways: dict[str, Check]) -> Check:
    """Check an object by the one key in it that says which of some ways it is written in."""

    def check(value: Any, path: str) -> Iterator[str]:
        said = [way for way in ways if isinstance(value, dict) and way in value]
        if len(said) != 1:
            yield f"{path}: says {' and '.join(said) or 'none'} of {', '.join(ways)}; exactly one is needed"
        else:
            yield from ways[said[0]](value, path)

    return check


def _by_type(kinds: dict[str, Check]) -> Check:
    """Check an object by the word its key ``type`` has."""

    def check(value: Any, path: str) -> Iterator[str]:
        kind = value.get("type") if isinstance(value, dict) else None
        if isinstance(kind, str) and kind in kinds:
            yield from kinds[kind](value, path)
        else:
            yield from stanza({"type": one_of(*kinds)})(value if kind is None else {"type": kind}, path)

    return check


def _anything(_value: Any, _path: str) -> Iterator[str]:
    return iter(())


def _one_or_several(each: Check) -> Check:
    def check(value: Any, path: str) -> Iterator[str]:
        return (several(each, fewest=1) if isinstance(value, list) else each)(value, path)

    return check


def _surface(value: Any, path: str) -> Iterator[str]:
    if isinstance(value, dict):
        return stanza({"height": centimetres})(value, path)
    return one_of(*PROP_OF, *PARTS)(value, path)


_foot = stanza({"flat": degrees}, {"pitch": degrees, "roll": degrees})
_foot_angles = {"ankle": degrees, "foot_out": degrees, "foot": _foot}
_pole = {"pole": direction}
_swung = {"swivel": degrees, **_foot_angles}
_leg = _either(
    {
        "hip": stanza({"hip": turns, "knee": degrees}, _foot_angles),
        "ankle_at": stanza({"ankle_at": place, **_pole}, _swung),
        "ankle_to": stanza({"ankle_to": on_segment, **_pole}, _swung),
    }
)
_closed: dict[str, Check] = {"grip": share, "dev": degrees}
_aimed: dict[str, Check] = {"dir": direction, "palm": direction}


def _hand(value: Any, path: str) -> Iterator[str]:
    aimed = isinstance(value, dict) and bool(_aimed.keys() & value.keys())
    return stanza(_aimed if aimed else {}, _closed)(value, path)


_wrist = {"pron": degrees, "wrist": degrees, "hand": _hand}
_arm = _either(
    {
        "shoulder": stanza({"shoulder": turns, "elbow": degrees}, _wrist),
        "wrist_at": stanza({"wrist_at": place, **_pole}, _wrist),
        "wrist_to": stanza({"wrist_to": on_segment, **_pole}, _wrist),
    }
)
_pin = stanza({"frame": one_of(*SEGMENTS), "local": place, "at": place})
_root = _either({"pos": stanza({"pos": place, "rot": turns}), "pin": stanza({"pin": _pin, "rot": turns})})
_spine = stanza({}, {"lumbar": turns, "thorax": turns})
_pose = stanza(
    {"root": _root, "leg_l": _leg, "leg_r": _leg, "arm_l": _arm, "arm_r": _arm},
    {"spine": _spine, "neck": turns},
)
_type: dict[str, Check] = {"type": word}
_sized: dict[str, Check] = {**_type, "at": place, "size": place}
_worn: dict[str, Check] = {**_type, "round": several(one_of(*SEGMENTS), fewest=1), "along": centimetres}
_prop = _by_type(
    {
        **dict.fromkeys(("floor", "mat", "bed", "worktop", "wall", "cushion"), stanza(_sized, {"yaw": degrees})),
        "chair": stanza({**_type, "at": place}, {"yaw": degrees}),
        "pillow": stanza({**_type, "at": place}, {"yaw": degrees, "size": place}),
        **dict.fromkeys(("band", "belt", "weight"), stanza(_worn)),
    }
)
_ring: dict[str, Check] = {
    "frame": one_of(*SEGMENTS),
    "normal": direction,
    "r": centimetres,
    "arc": numbers(2, "degrees"),
}
_points = several(numbers(2, "x, y on the screen in cm"), fewest=2)
_arrow = _either(
    {
        "anchor": stanza({"anchor": one_of(*SEGMENTS), "pts": _points}, {"local": place, "t": time}),
        "circle": stanza({"circle": stanza(_ring, {"local": place, "t": time})}),
        "frame": stanza({"frame": one_of(*SEGMENTS), "local": place}, {"span": span, "offset": centimetres}),
    }
)
_contact = stanza({"part": one_of(*PARTS), "on": _surface}, {"times": span})
_file = stanza(
    {
        "legs": one_of("one", "both"),
        "camera": stanza({"yaw": degrees, "pitch": degrees}),
        "start": _pose,
        "seconds": number("a number of seconds", 0.5, 60),
    },
    {
        "feet": one_of("shoes", "socks"),
        "props": several(_prop),
        "end": _anything,
        "keys": several(_anything, fewest=1),
        "end_t": time,
        "arrow": _one_or_several(_arrow),
        "ghost": several(one_of(*PARTS)),
        "contacts": several(_contact),
        "wider": by_name(JOINTS, stanza({"range": bounds, "reason": word})),
    },
)


def checked(name: str, text: str | bytes) -> dict[str, Any]:
    """Return the data of a pose file, or raise ``PoseError`` with a line for each fault in it."""
    data = load(name, text)
    for rule in (_shape_faults, _key_faults, _pin_faults, _target_faults, _surface_faults):
        faults = list(rule(data))
        if faults:
            raise PoseError("\n".join(f"{name}: {fault}" for fault in faults))
    return cast("dict[str, Any]", data)


def _shape_faults(data: Any) -> Iterator[str]:
    return _file(data, "")


def complete_keys(data: dict[str, Any]) -> list[tuple[float, dict[str, Any], str]]:
    """Return the times, complete poses and key paths of a checked file: start, and start with what each key changes."""
    start = data["start"]
    return [(0.0, start, "start")] + [(t, _merged(start, change), path) for t, change, path in _changes(data)]


def _changes(data: dict[str, Any]) -> list[tuple[float, dict[str, Any], str]]:
    """Return when, what and under which key path a file changes its start."""
    if "end" in data:
        return [(1.0, data["end"], "end")]
    return [
        (float(key["t"]), {name: entry for name, entry in key.items() if name != "t"}, f"keys[{place}]")
        for place, key in enumerate(data["keys"])
    ]


def _merged(base: Any, change: Any) -> Any:
    if isinstance(base, dict) and isinstance(change, dict):
        return base | {name: _merged(base.get(name), entry) for name, entry in change.items()}
    return change


def _key_faults(data: dict[str, Any]) -> Iterator[str]:
    """Yield what is wrong with the end, or the keys: their times, what they add, the poses they make."""
    if ("end" in data) == ("keys" in data):
        yield "end: a file has an end, or keys where there is more than a start and an end; one of the two"
        return
    if "end" in data and data.get("end_t", 1) != 1:
        yield "end_t: only a file with keys says when its end picture is"
    faults = list(_time_faults(data.get("keys", [])))
    yield from faults
    if faults:
        return
    for _, change, path in _changes(data):
        added = list(_added(data["start"], change, path))
        yield from added
        if not added:
            yield from _pose(_merged(data["start"], change), path)


def _time_faults(keys: list[Any]) -> Iterator[str]:
    last = 0.0
    for place, key in enumerate(keys):
        path = f"keys[{place}]"
        if isinstance(key, dict):
            faults = list(stanza({"t": time})({name: entry for name, entry in key.items() if name == "t"}, path))
        else:
            faults = [f"{path}: an object with t and what changes then"]
        yield from faults
        if not faults and not key["t"] > last:
            yield f"{path}.t: times rise from one key to the next, {key['t']:g} does not"
        last = key["t"] if not faults else last
    if keys and last != 1:
        yield f"keys[{len(keys) - 1}].t: the last key is at time 1, not {last:g}"


def _added(start: Any, change: Any, path: str) -> Iterator[str]:
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


def _stays(start: dict[str, Any], name: str) -> str:
    for modes in MODES.values():
        for mode, words in modes.items():
            if name in modes and mode in start:
                return f"start moves this limb {words} ({mode}); a limb keeps one mode in all keys"
    return ""


def _pin_faults(data: dict[str, Any]) -> Iterator[str]:
    """Yield pins to a segment that is not placed before the figure is."""
    pins = {pose["root"]["pin"]["frame"] for _, pose, _ in complete_keys(data) if "pin" in pose["root"]}
    if len(pins) > 1:
        yield f"start.root.pin.frame: one segment carries the figure in all keys, not {' and '.join(sorted(pins))}"
    for limb in LIMBS:
        if pins & set(SEGMENTS_OF[limb]) and not {"hip", "shoulder"} & data["start"][limb].keys():
            yield f"start.root.pin.frame: {limb} reaches for a target, so it cannot carry the figure"


def _target_faults(data: dict[str, Any]) -> Iterator[str]:
    """Yield targets on segments that move with the limb that reaches for them."""
    start = data["start"]
    leans = {limb: _leans_on(start[limb]) for limb in LIMBS}
    for limb, other in leans.items():
        path = f"start.{limb}.{'ankle' if limb in LEGS else 'wrist'}_to.frame"
        if other == limb:
            yield f"{path}: a limb cannot reach for itself"
        elif other and leans[other] == limb:
            yield f"{path}: {limb} and {other} reach for each other"
        elif limb in LEGS and other and other not in LEGS:
            yield f"{path}: legs are placed before arms, so a leg cannot reach for an arm"
        if any(_target_frame(pose[limb]) != _target_frame(start[limb]) for _, pose, _ in complete_keys(data)):
            yield f"{path}: a target stays on one segment in all keys"


def _target_frame(limb: dict[str, Any]) -> str:
    return str(next((entry["frame"] for key, entry in limb.items() if key.endswith("_to")), ""))


def _leans_on(limb: dict[str, Any]) -> str:
    frame = _target_frame(limb)
    return next((other for other in LIMBS if frame in SEGMENTS_OF[other]), "")


def _surface_faults(data: dict[str, Any]) -> Iterator[str]:
    there = {prop["type"] for prop in data.get("props", [])}
    for place, contact in enumerate(data.get("contacts", [])):
        on = contact["on"]
        prop = PROP_OF.get(on) if isinstance(on, str) else None
        if prop and prop not in there:
            yield f"contacts[{place}].on: there is no {prop} among the props"
        if on == contact["part"]:
            yield f"contacts[{place}].on: a part cannot rest on itself"
