"""How a pose file is read: pydantic walks through the JSON, and here are the words for what is wrong with it.

A ``Stanza`` is an object of the file; its fields are annotated with the checks below. Every fault is told at its key
path, all of them at once. Only the JSON's shape is judged here: whether a figure can stand like that is asked in
``checks``.
"""

import functools
import json
import math
from collections.abc import Callable, Hashable, Iterable
from typing import Any, ClassVar, TypeVar, cast

from pydantic import ConfigDict, GetCoreSchemaHandler, PlainValidator, TypeAdapter, ValidationError
from pydantic_core import CoreSchema, ErrorDetails, PydanticCustomError, core_schema

LARGEST = 1000.0
"""No length (cm) or angle (degrees) in a drawing is larger."""

T = TypeVar("T")


class PoseError(ValueError):
    """A pose file that cannot be drawn; its words name the file and the key."""


class FaultsError(Exception):
    """Everything amiss in a pose, a sentence each, which begins with its key path."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(faults)
        self.faults = faults


def refuse(faults: Iterable[str]) -> None:
    if found := list(faults):
        raise FaultsError(found)


def fault(words: str) -> PydanticCustomError:
    return PydanticCustomError("pose", "{words}", {"words": words})


class Stanza:
    """An object with the keys of its dataclass and no other; those without a default have to be there."""

    __slots__ = ()
    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    @classmethod
    def __get_pydantic_core_schema__(cls, source: type, handler: GetCoreSchemaHandler) -> CoreSchema:
        shape: Any = handler(source)
        fields = [field for field in shape["schema"]["fields"] if field.get("init", True)]
        known = ", ".join(str(field.get("validation_alias", field["name"])) for field in fields)

        def told(value: Any, read: Callable[[Any], Any]) -> Any:
            if not isinstance(value, dict):
                raise fault(f"an object with {known}, not {quoted(value)}")
            try:
                return read(value)
            except ValidationError as error:
                found = error.errors(include_url=False)
                raise _collected([(_words(one, known), one["loc"]) for one in found]) from None

        return core_schema.no_info_wrap_validator_function(told, shape)


def _collected(faults: list[tuple[str, tuple[int | str, ...]]]) -> ValidationError:
    """Return faults, each at its place, as an error that pydantic puts together with those around it."""
    return ValidationError.from_exception_data(
        "pose", [{"type": fault(words), "loc": place, "input": None} for words, place in faults]
    )


def _words(error: ErrorDetails, known: str) -> str:
    match error["type"]:
        case "missing":
            return "is missing"
        case "unexpected_keyword_argument":
            return f"an unknown key; known here are {known}"
        case "tuple_type":
            return f"a list, not {quoted(error['input'])}"
        case "too_short":
            return f"a list of at least {error['ctx']['min_length']}, not of {error['ctx']['actual_length']}"
    return error["msg"]


def number(what: str, low: float = -LARGEST, high: float = LARGEST) -> PlainValidator:
    """Read one finite number: ``what`` says in words what it is ("a number of degrees")."""

    def read(value: Any) -> float:
        if not _is_number(value):
            raise fault(f"{what}, not {quoted(value)}")
        if not low <= value <= high:
            raise fault(f"{what} from {low:g} to {high:g}, not {quoted(value)}")
        return float(value)

    return PlainValidator(read)


def numbers(count: int, what: str, holds: Callable[..., bool] = lambda *_: True, rule: str = "") -> PlainValidator:
    """Read a list of so many finite numbers, for which a ``rule`` may have to hold as well."""

    def read(value: Any) -> tuple[float, ...]:
        if not (isinstance(value, list) and len(value) == count and all(map(_is_number, value))):
            raise fault(f"a list of {count} numbers ({what}), not {quoted(value)}")
        if max(map(abs, value)) > LARGEST:
            raise fault(f"numbers up to {LARGEST:g} ({what}), not {quoted(value)}")
        if not holds(*value):
            raise fault(f"{rule}, not {quoted(value)}")
        return tuple(map(float, value))

    return PlainValidator(read)


def one_of(*names: str) -> PlainValidator:
    def read(value: Any) -> str:
        if not (isinstance(value, str) and value in names):
            raise fault(f"one of {', '.join(names)}, not {quoted(value)}")
        return value

    return PlainValidator(read)


def some_words(value: Any) -> str:
    if not (isinstance(value, str) and value.strip()):
        raise fault(f"some words, not {quoted(value)}")
    return value


def yes_or_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise fault(f"true or false, not {quoted(value)}")
    return value


def choice(pick: Callable[[Any], Any]) -> PlainValidator:
    """Read a value as the kind that ``pick`` finds for it."""
    return PlainValidator(lambda value: adapter(pick(value)).validate_python(value))


def ways(**kinds: Any) -> PlainValidator:
    """Read an object by the one key in it that says which of some ways it is written in."""

    def pick(value: Any) -> Any:
        said = [way for way in kinds if isinstance(value, dict) and way in value]
        if len(said) != 1:
            raise fault(f"says {' and '.join(said) or 'none'} of {', '.join(kinds)}; exactly one is needed")
        return kinds[said[0]]

    return choice(pick)


def typed(kinds: dict[str, Any]) -> PlainValidator:
    def read(value: Any) -> Any:
        if not isinstance(value, dict):
            raise fault(f"an object with type, not {quoted(value)}")
        kind = value.get("type")
        if isinstance(kind, str) and kind in kinds:
            return adapter(kinds[kind]).validate_python(value)
        words = f"one of {', '.join(kinds)}, not {quoted(kind)}" if "type" in value else "is missing"
        raise _collected([(words, ("type",))])

    return PlainValidator(read)


@functools.cache
def adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def read_as(kind: type[T], data: Any, path: str = "") -> T:
    """Return data as a value of a kind, or raise ``FaultsError``; ``path`` is where in its file it stands."""
    try:
        found: T = adapter(cast("Hashable", kind)).validate_python(data)
    except ValidationError as error:
        found_amiss = error.errors(include_url=False)
        raise FaultsError([f"{_joined(path, one['loc'])}: {_words(one, '')}" for one in found_amiss]) from None
    return found


def _joined(path: str, keys: tuple[int | str, ...]) -> str:
    for key in keys:
        if key != "[key]":  # pydantic's word for an object's key, beside the key itself
            path = f"{path}[{key}]" if isinstance(key, int) else f"{path}.{key}" if path else key
    return path or "the file"


def _is_number(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return abs(value) <= 10 * LARGEST or (isinstance(value, float) and math.isfinite(value))


def quoted(value: Any) -> str:
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
            raise ValueError(f"the key {quoted(key)} is there twice in one object")
        found[key] = value
    return found
