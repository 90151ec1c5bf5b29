"""What a pose file may say, and the words for what is wrong with it.

A check takes a value and the key path it stands at, and yields one sentence for each fault; checks are put together
in tables. Only the JSON's shape is judged here: whether a figure can stand like that is asked in ``contacts``.
"""

import json
import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any

LARGEST = 1000.0
"""No length (cm) or angle (degrees) in a drawing is larger."""

Check = Callable[[Any, str], Iterator[str]]
Fields = Mapping[str, Check]


class PoseError(ValueError):
    """A pose file that cannot be drawn; its words name the file and the key."""


def number(what: str, low: float = -LARGEST, high: float = LARGEST) -> Check:
    """Check one finite number: ``what`` says in words what it is ("a number of degrees")."""

    def check(value: Any, path: str) -> Iterator[str]:
        if not _is_number(value):
            yield f"{path}: {what}, not {_quoted(value)}"
        elif not low <= value <= high:
            yield f"{path}: {what} from {low:g} to {high:g}, not {_quoted(value)}"

    return check


def numbers(count: int, what: str) -> Check:
    """Check a list of so many finite numbers."""

    def check(value: Any, path: str) -> Iterator[str]:
        if not (isinstance(value, list) and len(value) == count and all(_is_number(entry) for entry in value)):
            yield f"{path}: a list of {count} numbers ({what}), not {_quoted(value)}"
        elif max(abs(entry) for entry in value) > LARGEST:
            yield f"{path}: numbers up to {LARGEST:g} ({what}), not {_quoted(value)}"

    return check


def direction(value: Any, path: str) -> Iterator[str]:
    """Check a direction: three numbers, not all of them 0."""
    faults = list(numbers(3, "x, y, z")(value, path))
    yield from faults
    if not faults and not any(value):
        yield f"{path}: a direction, which cannot be [0, 0, 0]"


def span(value: Any, path: str) -> Iterator[str]:
    """Check two times, the first not after the second."""
    faults = list(numbers(2, "from, to")(value, path))
    yield from faults
    if not faults and not 0 <= value[0] <= value[1] <= 1:
        yield f"{path}: two times from 0 to 1 in order, not {_quoted(value)}"


def bounds(value: Any, path: str) -> Iterator[str]:
    """Check a lowest and a highest angle."""
    faults = list(numbers(2, "lowest, highest")(value, path))
    yield from faults
    if not faults and value[0] >= value[1]:
        yield f"{path}: the lowest angle and the highest, in this order, not {_quoted(value)}"


def word(value: Any, path: str) -> Iterator[str]:
    """Check some words."""
    if not (isinstance(value, str) and value.strip()):
        yield f"{path}: some words, not {_quoted(value)}"


def one_of(*names: str) -> Check:
    """Check one of some names."""

    def check(value: Any, path: str) -> Iterator[str]:
        if not (isinstance(value, str) and value in names):
            yield f"{path}: one of {', '.join(names)}, not {_quoted(value)}"

    return check


def several(each: Check, *, fewest: int = 0) -> Check:
    """Check a list of things of one kind."""

    def check(value: Any, path: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield f"{path}: a list, not {_quoted(value)}"
            return
        if len(value) < fewest:
            yield f"{path}: a list of at least {fewest}, not of {len(value)}"
        for place, entry in enumerate(value):
            yield from each(entry, f"{path}[{place}]")

    return check


def stanza(must: Fields, may: Fields | None = None) -> Check:
    """Check an object: the keys it must have, those it may have, and no other."""
    known = {**must, **(may or {})}

    def check(value: Any, path: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield f"{path or 'the file'}: an object with {', '.join(known)}, not {_quoted(value)}"
            return
        yield from (f"{_join(path, name)}: is missing" for name in must if name not in value)
        for name, entry in value.items():
            if name in known:
                yield from known[name](entry, _join(path, name))
            else:
                yield f"{_join(path, name)}: an unknown key; known here are {', '.join(known)}"

    return check


def by_name(known: tuple[str, ...], each: Check) -> Check:
    """Check an object whose keys are names out of a list, all with values of one kind."""
    return stanza({}, dict.fromkeys(known, each))


def _is_number(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return abs(value) <= 10 * LARGEST or (isinstance(value, float) and math.isfinite(value))


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _quoted(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:57]}…"


def load(name: str, text: str | bytes) -> Any:
    """Return the JSON in ``text``; ``name`` is the file's, for the words of an error."""
    try:
        plain = text.decode() if isinstance(text, bytes) else text
        return json.loads(plain, object_pairs_hook=_no_twins)
    except UnicodeDecodeError:
        raise PoseError(f"{name}: is not text in UTF-8") from None
    except json.JSONDecodeError as error:
        raise PoseError(f"{name}: line {error.lineno}, column {error.colno}: {error.msg}") from None
    except RecursionError:
        raise PoseError(f"{name}: has too many brackets inside each other") from None
    except ValueError as error:
        raise PoseError(f"{name}: {error}") from None


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"the key {_quoted(key)} is there twice in one object")
        found[key] = value
    return found
