"""A store that lasts as long as the program: for tests, trials and simulations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from threading import RLock

from .rows import Head, Passed, Row

_Case = tuple[Head, tuple[Row, ...]]


class MemoryRows:
    """Rows in a table of this program; several threads may use them."""

    def __init__(self) -> None:
        self._cases: dict[str, _Case] = {}
        self._before: dict[str, _Case | None] | None = None  # as `writing` found it
        self._lock = RLock()

    @contextmanager
    def writing(self) -> Iterator[None]:
        with self._lock:
            if self._before is not None:
                yield
                return
            self._before = {}
            try:
                yield
            except BaseException:
                self._undo(self._before)
                raise
            finally:
                self._before = None

    def head(self, place: str) -> Head | None:
        return self.case(place)[0]

    def case(self, place: str) -> tuple[Head | None, list[Row]]:
        with self._lock:
            head, rows = self._cases.get(place, (None, ()))
        return head, list(rows)

    def places(self) -> Iterable[str]:
        with self._lock:
            return sorted(
                place for place, (head, rows) in self._cases.items() if head.version or rows
            )

    def put(self, place: str, rows: Sequence[Row], head: Head, before: Head | None) -> bool:
        now, there = self.case(place)
        names = {row.name for row in there}
        alone = now is None and there  # without a head
        if now != before or alone or not names.isdisjoint(row.name for row in rows):
            return False
        with self.writing():
            self._set(place, (head, (*there, *rows)))
        return True

    def replace(self, place: str, rows: Sequence[Row], head: Head, before: Head) -> bool:
        with self.writing():
            self._set(place, (head, tuple(rows)))
        return True

    def lasting(self) -> bool:
        return self._before is None

    def due(self, until: datetime) -> Iterable[tuple[str, Head]]:
        with self._lock:
            found = [
                (head.due, place, head)
                for place, (head, _) in self._cases.items()
                if head.due is not None and head.due <= until
            ]
        return [(place, head) for _, place, head in sorted(found, key=lambda f: f[:2])]

    def first_due(self, until: datetime, passed: Passed | None) -> tuple[str, Head] | None:
        ahead = (
            (place, head)
            for place, head in self.due(until)
            if passed is None or (head.due is not None and (head.due, place) > passed)
        )
        return next(iter(ahead), None)

    def alone(self) -> None:
        """What is forgotten inside `writing` comes back where that fails."""

    def delete(self, place: str) -> None:
        with self.writing():
            self._set(place, None)

    def scrub(self) -> bool:
        return True  # what is forgotten here has no bytes that another program could find

    def close(self) -> None:
        """Nothing was opened."""

    def _set(self, place: str, case: _Case | None) -> None:
        if self._before is not None:
            self._before.setdefault(place, self._cases.get(place))
        self._replace(place, case)

    def _undo(self, before: dict[str, _Case | None]) -> None:
        for place, case in before.items():
            self._replace(place, case)

    def _replace(self, place: str, case: _Case | None) -> None:
        if case is None:
            self._cases.pop(place, None)
        else:
            self._cases[place] = case
