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
What it is made of is looked at when it is made: CallError where it could not be said later. The
sentences are opened with the first error.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Self
from unicodedata import normalize

from .bare import bare
from .languages import Language
from .phrasing import phrasing
from .text import Text, shown, worded

# The part concerned, by kinds and ids, and its field, which has no id:
# (("machine", "main"), ("transition", "help"), ("target", "")).
At = tuple[tuple[str, str], ...]


class DiversionFlowError(Exception):
    """Root of every error that this library raises on purpose.

    `code` is its row in the table of sentences (`own`: the caller brought the sentence),
    `values` what the sentence speaks of; `file`, `line` (None where unknown), `field` and `at`
    say where; `text(lang)` says all of it. `status` is that of an answer over HTTP that tells it.
    """

    status = 422

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
        from .sentences import SENTENCES, asks

        _require("code", code, str)
        if code == "own" or code not in SENTENCES:  # a sentence of a caller's own
            code, values = "own", {"problem": code, "remedy": values.get("remedy", "")} | values
        if lacking := asks(code) - values.keys():
            raise CallError("sentence_lacks", id=code, names=tuple(sorted(lacking)))
        self.code = code
        self.values: dict[str, Any] = {name: _sayable(v) for name, v in values.items()}
        _require("file", file, str)
        _require("line", line, int, type(None))
        _require("field", field, str)
        self.file, self.line, self.field, self.at = shown(file), line, bare(field), _parts(at)
        super().__init__(code)

    @property
    def problem(self) -> str:
        """What is wrong, in English, without where and without the remedy."""
        return self._said("en")[0]

    @property
    def remedy(self) -> str:
        """What to do about it, in English; empty where the problem says it."""
        return self._said("en")[1]

    @property
    def place(self) -> str:
        """Where: `law.toml:12: machines[0].initial`, or `machine main, transition help`; empty
        where there is no place."""
        return self._place("en")

    def _place(self, lang: Language) -> str:
        from .sentences import part_named

        file = self.file + (f":{self.line}" if self.line else "")
        field = worded(self.field).replace("\n", " ")
        return ": ".join(filter(None, (file, field or part_named(self.at, lang))))

    def text(self, lang: Language = "en") -> str:
        """Where, what and what to do, in one line."""
        problem, remedy = self._said(lang)
        line = problem + phrasing(lang).bracketed(remedy)
        return ": ".join(filter(None, (self._place(lang), line)))

    def _said(self, lang: Language) -> tuple[str, str]:
        """What is wrong, and what to do about it."""
        from .sentences import SENTENCES, filled

        row = SENTENCES[self.code]
        remedy = filled(row.remedy, self.values, lang) if row.remedy else ""
        return filled(row.problem, self.values, lang), remedy

    def located(self, file: str, line: int | None, field: str = "") -> LoadError:
        """The same fault, as found in a file."""
        _require("field", field, str)
        return LoadError.telling(self, file, line, field or self.field)

    def within(self, field: str) -> Self:
        """The same fault, seen from one level further out: its field lies in that one."""
        _require("field", field, str)
        dot = "." if self.field and not self.field.startswith("[") else ""
        self.field = f"{field}{dot}{self.field}"
        return self

    def __str__(self) -> str:
        return self.text()

    def __reduce__(self) -> Any:
        return _again, (type(self), self.args, self.__dict__)


def _require(name: str, value: object, *kinds: type) -> None:
    huge = isinstance(value, int) and value.bit_length() > _MOST_BITS
    if not isinstance(value, kinds) or isinstance(value, bool) or huge:
        wanted = tuple(kind.__name__ for kind in kinds if kind is not type(None))
        raise CallError("call_kind", name=name, wanted=wanted, found=type(value).__name__)


def _parts(at: object) -> At:
    """The place as it was given, if it is one: pairs of texts."""
    _require("at", at, tuple)
    for number, part in enumerate(at):  # type: ignore[arg-type, var-annotated]
        _require(f"at[{number}]", part, tuple)
        if len(part) != 2:
            raise CallError("call_kind", name=f"at[{number}]", wanted=("tuple[str, str]",),
                            found="tuple")  # fmt: skip
        for word in part:
            _require(f"at[{number}]", word, str)
    return tuple((bare(kind), bare(id)) for kind, id in at)  # type: ignore[attr-defined]


_MOST_BITS = 1000  # of a number that anybody wants to read
# What can be said, pickled and compared whatever becomes of the one who gave it.
_SAID = (str, float, date, Text, type(None), DiversionFlowError)


def _sayable(value: object) -> object:
    """The value, as the error keeps it: of what might not be said later, the type."""
    if isinstance(value, _SAID) or (isinstance(value, int) and value.bit_length() <= _MOST_BITS):
        return bare(value)
    if isinstance(value, tuple | list | set | frozenset):
        ordered = value if isinstance(value, tuple | list) else sorted(value, key=worded)
        return tuple(map(_sayable, ordered))
    return worded(value)


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
        return cls(error.code, **where, **error.values)


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

    @classmethod
    def telling(
        cls, error: DiversionFlowError, file: str, line: int | None, field: str = ""
    ) -> Self:
        """A fault that was found elsewhere, as it shows in a file."""
        _require("error", error, DiversionFlowError)
        values = dict(error.values)
        problem = values.pop("problem", error.code)  # of a caller's own sentence
        return cls(file, line, field, problem, at=error.at, **values)


class UnknownId(DiversionFlowError, KeyError):
    """`kind` has no member `id`, or none of several kinds has; `nearest` lists the ids most like
    it. Where `known` gives parts by their ids, what they are called in either language counts too;
    where nothing is like it and there are few, all are told; of many parts, the command that lists
    them; of many other words, some. Of what can be no id, the type is told: a value of any other
    kind might not be printed or pickled. `told` is the code of a sentence that says more."""

    status = 404

    def __init__(
        self,
        kind: str | tuple[str, ...],
        id: object,
        known: Iterable[str],
        *,
        told: str = "",
        **where: Any,
    ) -> None:
        kinds = kind if isinstance(kind, tuple) else (kind,)
        for one in kinds:
            _require("kind", one, str)
        self.kind = kind
        self.id = id = bare(id) if isinstance(id, str | None) else worded(id)
        ids = tuple(_ids(known))
        parts = known if isinstance(known, Mapping) else dict.fromkeys(ids)
        self.nearest = () if kind in _UNLIKE else _nearest(id, parts)
        there: dict[str, Any] = {}
        if told:
            code, there = told, {"known": ids}
        elif self.nearest:
            code, there = "unknown_id_near", {"nearest": self.nearest}
        elif 0 < len(ids) <= _FEW:
            code, there = "unknown_id_of", {"known": ids}
        elif _LISTED.issuperset(kinds) and ids:
            code = "unknown_part"
        elif ids:
            code, there = "unknown_id_among", {"known": ids[:_SOME]}
        else:
            code = "unknown_id"
        super().__init__(code, kind=kind, id=id, **there, **where)


# Likeness costs length times length: this is far more than an id and all parts of a law have.
_COMPARED = 10_000_000
_FEW, _SOME = 30, 8  # are still read; are enough to see what they are like
# Which the command lists.
_LISTED = frozenset(
    ("agency", "choice", "deadline", "event", "fact", "machine", "paper", "parameter", "remark",
     "source", "stage", "state", "transition")
)  # fmt: skip
# Few and short: what is spelt alike is no likelier meant.
_UNLIKE = frozenset(("format", "language"))


def _nearest(id: object, known: Mapping[str, object]) -> tuple[str, ...]:
    """The few ids that are most like it, or called most alike: what is like it as a whole comes
    before what holds it."""
    if not isinstance(id, str):
        return ()
    from difflib import get_close_matches  # not every program meets an unknown id

    called = defaultdict[str, list[str]](list)
    for one, part in known.items():
        for word in {one, *_names(part)}:
            called[plain_word(word)].append(one)
    asked, words = plain_word(id), sorted(called)
    little = len(asked) * sum(map(len, words)) < _COMPARED
    like = get_close_matches(asked, words, cutoff=0.5) if little else ()
    holding = [word for word in words if len(asked) > 1 and asked in word]
    return tuple(dict.fromkeys(one for word in (*like, *holding) for one in called[word]))[:5]


def _names(part: object) -> tuple[str, ...]:
    label = getattr(part, "label", None)
    return (label.ja, label.en) if isinstance(label, Text) else ()


def plain_word(word: str) -> str:
    """As it is compared: neither wide nor narrow, neither large nor small."""
    return normalize("NFKC", word).casefold().strip()


def _ids(known: object) -> Iterable[str]:
    if isinstance(known, str) or not isinstance(known, Iterable):
        found = type(known).__name__
        raise CallError("call_kind", name="known", wanted=("Iterable[str]",), found=found)
    for number, id in enumerate(known):
        _require(f"known[{number}]", id, str)
        yield id


class LawGap(DiversionFlowError, LookupError):
    """No shipped law of this name is in force on the day asked for."""


class CallError(DiversionFlowError, TypeError, ValueError):
    """An argument of a call is of another kind than the call takes. The value itself, which may
    be case content, is never told."""


class MissingExtra(DiversionFlowError, ImportError):
    """A library that is asked for is not installed; the text names the command that brings it."""

    status = 500


class FileRefused(DiversionFlowError, OSError):
    """A file cannot be read, or cannot be written where it was asked for."""

    status = 500
