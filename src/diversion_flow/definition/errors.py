"""Every error that the library raises on purpose: a code, its values as data, a sentence in two
languages (`sentences`), and where there is a file its name, line and field.

* DiversionFlowError
  x DefinitionError      a definition contradicts itself; `at` names the part
    + LoadError          a file is wrong; names file, line and field
  x UnknownId            an id that the definition does not have; names the nearest ones
  x LawGap               no law of that name is in force on that day
  x CallError            an argument of a call is of another kind than the call takes
  x MissingExtra         a library that is asked for is not installed; names the command
  x FileRefused          a file cannot be read, or not be written there

An error can be pickled, copied and printed for ever after; its text never holds case content.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any, Self

from .phrasing import phrasing
from .sentences import SENTENCES, filled, part_named
from .text import Language, worded

# The part concerned, by kinds and ids, and its field, which has no id:
# (("machine", "main"), ("transition", "help"), ("target", "")).
At = tuple[tuple[str, str], ...]


class DiversionFlowError(Exception):
    """Root of every error that this library raises on purpose.

    `code` is its row in the table of sentences (`own`: the caller brought the sentence),
    `values` what the sentence speaks of; `file`, `line` (None where unknown), `field` and `at`
    say where; `text(lang)` says all of it.
    """

    def __init__(
        self,
        code: str,
        *,
        file: str = "",
        line: int | None = None,
        field: str = "",
        at: At = (),
        **values: Any,
    ) -> None:
        if code not in SENTENCES:  # a sentence of a caller's own
            code, values = "own", {"problem": code, "remedy": values.get("remedy", "")}
        self.code, self.values = code, values
        self.file, self.line, self.field, self.at = file, line, field, at
        super().__init__(code)

    @property
    def problem(self) -> str:
        """What is wrong, in English, without where and without the remedy."""
        return self._problem("en")

    @property
    def remedy(self) -> str:
        """What to do about it, in English; empty where the problem says it."""
        return self._remedy("en")

    @property
    def place(self) -> str:
        """Where: `law.toml:12: machines[0].initial`, or `machine main, transition help`; empty
        where there is no place."""
        return self._place("en")

    def _place(self, lang: Language) -> str:
        file, field = (worded(word).replace("\n", " ") for word in (self.file, self.field))
        file += f":{self.line}" if self.line else ""
        return ": ".join(filter(None, (file, field or part_named(self.at, lang))))

    def text(self, lang: Language = "en") -> str:
        """Where, what and what to do, in one line."""
        line = self._problem(lang) + phrasing(lang).bracketed(self._remedy(lang))
        return ": ".join(filter(None, (self._place(lang), line)))

    def _problem(self, lang: Language) -> str:
        return filled(SENTENCES[self.code].problem, self.values, lang)

    def _remedy(self, lang: Language) -> str:
        said = SENTENCES[self.code].remedy
        return filled(said, self.values, lang) if said else ""

    def located(self, file: str, line: int | None, field: str = "") -> LoadError:
        """The same fault, as found in a file."""
        return LoadError(file, line, field or self.field, self.code, at=self.at, **self.values)

    def within(self, field: str) -> Self:
        """The same fault, seen from one level further out: its field lies in that one."""
        dot = "." if self.field and not self.field.startswith("[") else ""
        self.field = f"{field}{dot}{self.field}"
        return self

    def __str__(self) -> str:
        return self.text()

    def __reduce__(self) -> Any:
        return _again, (type(self), self.args, self.__dict__)


def _again(kind: type[Exception], args: tuple[Any, ...], state: dict[str, Any]) -> Exception:
    error = kind.__new__(kind, *args)
    error.args = args  # some of Python's own kinds forget them
    error.__dict__.update(state)
    return error


class DefinitionError(DiversionFlowError, ValueError):
    """A definition is wrong: what it says contradicts itself or is none of what is allowed."""

    @classmethod
    def unknown(cls, kind: str, id: object, known: Iterable[str], **where: Any) -> Self:
        """The definition itself names an id that it does not have."""
        error = UnknownId(kind, id, known)
        return cls(error.code, **error.values, **where)


class LoadError(DefinitionError):
    """A file is wrong: `file`, `line` (None where unknown), `field`.

    `problem` is a code of the table, or a sentence of a reader's own with its `remedy`.
    """

    def __init__(
        self,
        file: str,
        line: int | None,
        field: str,
        problem: str,
        remedy: str = "",
        *,
        at: At = (),
        **values: Any,
    ) -> None:
        values |= {"remedy": remedy} if remedy else {}
        super().__init__(problem, file=file, line=line, field=field, at=at, **values)


class UnknownId(DiversionFlowError, KeyError):
    """`kind` has no member `id`; `nearest` lists the ids most like it. Of what can be no id, the
    type is told: a value of any other kind might not be printed or pickled."""

    def __init__(self, kind: str, id: object, known: Iterable[str], **where: Any) -> None:
        self.kind = kind
        self.id = id = id if isinstance(id, str | None) else worded(id)
        self.nearest = _nearest(id, known)
        code = "unknown_id_near" if self.nearest else "unknown_id"
        super().__init__(code, kind=kind, id=id, nearest=self.nearest, **where)


def _nearest(id: object, known: Iterable[str]) -> tuple[str, ...]:
    # Longer than any id there is: nothing is like it, and likeness costs the square of it.
    if not isinstance(id, str) or len(id) > 200:
        return ()
    return tuple(get_close_matches(id, sorted(known), n=3, cutoff=0.5))


class LawGap(DiversionFlowError, LookupError):
    """No shipped law of this name is in force on the day asked for."""


class CallError(DiversionFlowError, TypeError, ValueError):
    """An argument of a call is of another kind than the call takes. The value itself, which may
    be case content, is never told."""


class MissingExtra(DiversionFlowError, ImportError):
    """A library that is asked for is not installed; the text names the command that brings it."""


class FileRefused(DiversionFlowError, OSError):
    """A file cannot be read, or cannot be written where it was asked for."""
