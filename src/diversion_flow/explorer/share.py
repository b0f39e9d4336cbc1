"""Plain data in which what is equal is stored once: laws differ in little.

What occurs more than once goes into a pool and is referred to as `{"$": number}`, in a list by
its distance from the reference before it. The page reads it back so that equal parts are the
same object.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections import Counter
from collections.abc import Iterator
from typing import Any

_REFERENCE = 6  # about how many characters a reference costs; measured, as deflate shortens it
_SHORT = 10  # what is written in so few characters is not worth one


def packed(data: Any) -> str:
    """The data as base85 of raw deflate, with a comma for `<`, which could begin a tag; the same
    data give the same text."""
    text = json.dumps(_Shared(data).data(), separators=(",", ":"))
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15, 9)
    packed = base64.b85encode(deflate.compress(text.encode()) + deflate.flush())
    return packed.decode("ascii").replace("<", ",")


class _Shared:
    """Gives each distinct value one number, bottom-up; two equal parts have equal numbers."""

    def __init__(self, data: Any) -> None:
        self._numbers: dict[Any, int] = {}
        self._known: dict[int, int] = {}  # lists and tables by identity: no part is read twice
        self._values: list[Any] = []
        self._uses: Counter[int] = Counter()
        self._root = self._number(data)
        self._places: dict[int, int] = {}
        self._sizes: list[int] = []

    def data(self) -> dict[str, Any]:
        """The pool, in which a part refers to earlier ones only, and the data themselves."""
        pool: list[Any] = []
        for number in range(len(self._values)):
            size = self._size(number)
            if self._uses[number] > 1 and size > _SHORT:
                written = self._written(number)
                self._places[number] = len(pool)
                pool.append(written)
                size = _REFERENCE
            self._sizes.append(size)
        return {"pool": pool, "data": self._written(self._root)}

    def _number(self, value: Any) -> int:
        if not isinstance(value, dict | list):
            return self._numbered((type(value), value))
        if id(value) not in self._known:
            self._known[id(value)] = self._numbered(self._key(value))
        return self._known[id(value)]

    def _key(self, value: Any) -> Any:
        if isinstance(value, dict):
            return ("{", *((name, self._number(part)) for name, part in value.items()))
        return ("[", *(self._number(part) for part in value))

    def _numbered(self, key: Any) -> int:
        if key not in self._numbers:
            self._numbers[key] = len(self._values)
            self._values.append(key)
            self._uses.update(_parts(key))
        return self._numbers[key]

    def _size(self, number: int) -> int:
        """About how many characters it takes to write the value."""
        tag, *parts = self._values[number]
        if tag == "{":
            return sum(len(name) + 4 + self._sizes[part] for name, part in parts)
        if tag == "[":
            return sum(1 + self._sizes[part] for part in parts)
        return len(parts[0]) if tag is str else 4

    def _written(self, number: int) -> Any:
        if number in self._places:
            return {"$": self._places[number]}
        tag, *parts = self._values[number]
        if tag == "{":
            return {name: self._written(part) for name, part in parts}
        return list(self._items(parts)) if tag == "[" else parts[0]

    def _items(self, parts: list[int]) -> Iterator[Any]:
        """The items of a list; a reference says how far it is from the one before it, for
        neighbours in one list are mostly neighbours in the pool, and steps of one pack well."""
        last = 0
        for part in parts:
            item = self._written(part)
            if part in self._places:
                last, item = self._places[part], {"$": self._places[part] - last}
            yield item


def _parts(key: Any) -> Iterator[int]:
    """The numbers of what is directly inside."""
    tag, *parts = key
    if tag == "{":
        yield from (part for _, part in parts)
    elif tag == "[":
        yield from parts
