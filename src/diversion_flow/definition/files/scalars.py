"""The single values that a file may hold, read strictly: 65 is not "65", and true is not 1."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Final, TypeVar

from attrs import Attribute, Factory

from ..errors import DefinitionError
from ..guard import ParameterRef
from ..moments import read_day, read_moment
from ..text import HALF

Read = TypeVar("Read")

_BIGGEST: Final = 10**18
_VALUE: Final = ("str", "int", "bool", "date")
_AS_IT_IS: Final = (bool, date)


def wrong(data: object, *wanted: str) -> DefinitionError:
    """The data are of another type than these."""
    return DefinitionError("wrong_type", found=type(data).__name__, wanted=wanted)


def field_of(data: Any, name: str, read: Callable[[Any], Read]) -> Read:
    """What is read of one field; an error names it."""
    try:
        return read(data[name])
    except DefinitionError as error:
        raise error.within(name) from None


def text(data: Any) -> str:
    """A text without half characters."""
    if not isinstance(data, str):
        raise wrong(data, "str")
    if not data.isascii() and HALF.search(data):
        raise DefinitionError("half_character")
    return data


def truth(data: Any) -> bool:
    """true or false."""
    if not isinstance(data, bool):
        raise wrong(data, "bool")
    return data


def whole(data: Any) -> int:
    """A whole number of at most 18 digits."""
    if not isinstance(data, int) or isinstance(data, bool):
        raise wrong(data, "int")
    if not -_BIGGEST < data < _BIGGEST:
        raise DefinitionError("no_number")
    return data


def day(data: Any) -> date:
    """A day, as TOML and YAML know it or as JSON writes it."""
    if isinstance(data, date) and not isinstance(data, datetime):
        return data
    if not isinstance(data, str):
        raise wrong(data, "date")
    found = read_day(data)
    if found is None:
        raise DefinitionError("no_day")
    return found


def value_to_data(value: object) -> Any:
    """A constant or parameter reference; dates are tagged."""
    if isinstance(value, ParameterRef):
        return {"parameter": value.id}
    if isinstance(value, datetime):
        return {"datetime": value.isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    return value


def value_from_data(data: Any) -> bool | int | str | date | datetime | ParameterRef | None:
    """The constant or parameter reference that was written."""
    if data is None or isinstance(data, _AS_IT_IS):
        return data
    if isinstance(data, str):
        return text(data)
    if isinstance(data, int):
        return whole(data)
    if not isinstance(data, Mapping) or len(data) != 1 or (tag := next(iter(data))) not in _TAGS:
        raise wrong(data, *_VALUE)
    try:
        return _TAGS[tag](text(data[tag]))
    except DefinitionError as error:
        raise error.within(tag) from None


def constant(data: Any) -> Any:
    """The constant that was written, or none; a parameter has a value of its own."""
    found = value_from_data(data)
    if isinstance(found, ParameterRef):
        raise wrong(data, *_VALUE)
    return found


def _moment(written: str) -> datetime:
    found = read_moment(written)
    if found is None:
        raise DefinitionError("no_moment")
    return found


_TAGS: Final[dict[str, Callable[[str], date | ParameterRef]]] = {
    "parameter": ParameterRef,
    "date": day,
    "datetime": _moment,
}


def default_of(attribute: Attribute[Any]) -> Any:
    """What a field is that a file does not say; NOTHING where it has to."""
    default: Any = attribute.default
    return default.factory() if isinstance(default, Factory) else default  # type: ignore[arg-type]
