"""The stable form of an entry: one line of JSON, the same entry the same bytes; and the chain of
digests that holds the entries of a dossier together."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any, Final, TypeVar

from ..definition import (
    DefinitionError,
    DiversionFlowError,
    History,
    Process,
    TransitionalRule,
)
from ..definition.arguments import argument
from ..definition.files import plain, scalars
from ..definition.files.data_file import parse
from ..definition.files.limits import DEEPEST
from ..definition.moments import moment, read_moment
from .entry import Entry, EntryError, EntryKind, Irregular, entry_of, facts_of, text
from .law import Law, Laws, found, laws_of, pinned

FORMAT: Final = 1
LONGEST_LINE: Final = 100_000  # signs that are read at one go
_FILE: Final = "<entry>"
_HEADING: Final = "<heading>"
_HEAD: Final = ("case", "format", "law")
Made = TypeVar("Made")


def dump_entry(entry: Entry) -> str:
    """The entry as one line of JSON without its line break: the same entry gives the same bytes."""
    argument("entry", entry, Entry)
    return json_line(entry_to_data(entry))


def load_entry(line: str, *, law: Laws = None) -> Entry:
    """The entry that a line holds; LoadError says what is wrong with it, never what it says.
    `law` gives laws that are shipped otherwise by now, by the digests by which they are named."""
    return _read(line, _FILE, law, _entry, _at_once)


def json_line(data: Mapping[str, Any]) -> str:
    """Plain data as one line of JSON."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def derived_id(entry: Entry) -> str:
    """An id made of what the entry says; when it was recorded is no part of it."""
    said = {k: v for k, v in entry_to_data(entry, id="").items() if k not in ("id", "recorded")}
    return sha256(json_line(said).encode()).hexdigest()[:16]


def dump_heading(case: str, law: Law) -> str:
    """What a dossier's entries are about, as one line of JSON: the case and the law that it was
    opened on."""
    argument("law", law, Process, History)
    return json_line({"format": FORMAT, "case": text(case, "case"), "law": pinned(law)})


def load_heading(line: str, *, law: Laws = None) -> tuple[str, Law]:
    """The case and the law that a heading names, or the law that is given in place of that;
    LoadError says what is wrong with it."""
    laws_of(law)
    return _read(line, _HEADING, law, _heading, _heading)


# -- the chain -------------------------------------------------------------------------------------


def first_digest(heading: str) -> str:
    """Where a dossier's chain begins: the digest of its heading (case and law), one line."""
    argument("heading", heading, str)
    return sha256(
        f"diversion_flow dossier {FORMAT}\n{heading}".encode(errors="surrogatepass")
    ).hexdigest()


def next_digest(previous: str, line: str) -> str:
    """The digest of an entry's line behind the entry whose digest is `previous`."""
    argument("previous", previous, str)
    argument("line", line, str)
    return sha256(f"{previous}\n{line}".encode(errors="surrogatepass")).hexdigest()


# -- out -------------------------------------------------------------------------------------------


def entry_to_data(entry: Entry, id: str | None = None) -> dict[str, Any]:
    """The entry as plain data; what it does not tell is left out."""
    told: dict[str, Any] = {
        "id": entry.id if id is None else id,
        "kind": entry.kind.value,
        "happened": entry.happened.isoformat(),
        "recorded": entry.recorded.isoformat(),
        **{name: value for name in _TEXTS if (value := getattr(entry, name))},
    }
    if entry.place is not None:
        told["place"] = entry.place
    if entry.facts:
        told["facts"] = {fact: _fact_to_data(value) for fact, value in entry.facts}
    if entry.references:
        told["references"] = list(entry.references)
    if entry.irregular is not None:
        told["irregular"] = plain.write(entry.irregular, Irregular)
    if entry.states:
        told["states"] = dict(entry.states)
    if entry.since:
        told["since"] = {id: then.isoformat() for id, then in entry.since}
    if entry.to is not None:
        told["to"] = pinned(entry.to)
    if entry.rule is not None:
        told["rule"] = plain.write(entry.rule, TransitionalRule)
    return told


def _fact_to_data(value: object) -> Any:
    return sorted(value) if isinstance(value, frozenset) else scalars.value_to_data(value)


# -- in --------------------------------------------------------------------------------------------


def _read(
    line: str,
    file: str,
    law: Laws,
    read: Callable[[Mapping[str, Any], Laws], Made],
    at_once: Callable[[Mapping[str, Any], Laws], Made],
) -> Made:
    """What a line's data are, if it can be had at one go; else once more, to say what is wrong
    and where."""
    if (data := _plainly(line)) is not None:
        try:
            return at_once(data, law)
        except (DiversionFlowError, KeyError, TypeError):
            pass
    source = parse(line, file, "json")
    try:
        return read(source.data, law)
    except DiversionFlowError as error:
        raise error.located(source.file, source.line_of(error.field)) from None


def _heading(data: Mapping[str, Any], law: Laws) -> tuple[str, Law]:
    """The case and the law of these data; refused also where they are of a form that is not
    known."""
    number = data.get("format")
    if number != FORMAT or isinstance(number, bool):
        raise DefinitionError("format_number", wanted=FORMAT).within("format")
    for name in data:
        if name not in _HEAD:
            raise DefinitionError("unknown_field", id=name, known=_HEAD).within(name)
    for name in _HEAD:
        if name not in data:
            raise DefinitionError("missing", id=name).within(name)
    case = _within("case", scalars.text, data["case"])
    if isinstance(law, Process | History):
        return case, law
    return case, _within("law", lambda named: found(named, law), data["law"])


def _within(name: str, read: Callable[[Any], Made], data: Any) -> Made:
    try:
        return read(data)
    except DiversionFlowError as error:
        raise error.within(name) from None


def _at_once(data: Mapping[str, Any], law: Laws) -> Entry:
    """The same of data as most entries have them, each looked at once; any other error where they
    are none."""
    if not data.keys() <= _USUAL or not data["id"]:
        return _entry(data, law)
    said = {
        **data,
        "kind": _KINDS[data["kind"]],
        "happened": moment(_moment(data["happened"])),
        "recorded": moment(_moment(data["recorded"])),
    }
    if "facts" in data:
        told = {**data["facts"]}.items()  # as `Entry` takes them, but for days and moments
        said["facts"] = facts_of({k: _fact(v) if isinstance(v, dict) else v for k, v in told})
    return entry_of(said)


def _entry(data: Mapping[str, Any], law: Laws) -> Entry:
    if not data.keys() <= _READ.keys():
        raise EntryError("entry_field", known=sorted(_READ))
    for name in _NEEDED:
        if name not in data:
            raise DefinitionError("missing", id=name).within(name)
    said, name = {**data}, ""
    try:
        for name in data:
            if name == "to":
                said[name] = _to(data[name], law)
            else:
                said[name] = _READ[name](data[name])
    except DiversionFlowError as error:
        raise error.within(name) from None
    return Entry(**said)


class _NotPlain(Exception):
    """Not to be read at one go."""


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _NotPlain
    return found


def _short(digits: str) -> int:
    if len(digits) > 18:
        raise _NotPlain
    return int(digits)


def _no(_: str) -> Any:
    raise _NotPlain


_SCAN: Final = json.JSONDecoder(
    object_pairs_hook=_unique, parse_int=_short, parse_float=_no, parse_constant=_no
).raw_decode


def _plainly(line: object) -> dict[str, Any] | None:
    """The data of a line as we write them, read at one go; None of any other, which is to be read
    with care."""
    if not isinstance(line, str) or len(line) > LONGEST_LINE:
        return None
    if line.count("{") + line.count("[") > DEEPEST:
        return None
    try:
        data, end = _SCAN(line, 0)
    except (ValueError, _NotPlain):
        return None
    return data if end == len(line) and isinstance(data, dict) else None


def _id(data: Any) -> str:
    if data == "":
        raise EntryError("entry_id")
    return scalars.text(data)


def _moment(data: Any) -> datetime:
    """A moment as it is written here: with its offset, so that it means the same anywhere."""
    read = read_moment(data) if isinstance(data, str) else None
    if read is None or read.tzinfo is None:
        scalars.text(data)
        raise DefinitionError("no_moment")
    return read


def _table(read: Callable[[Any], Any]) -> Callable[[Any], dict[str, Any]]:
    def read_table(data: Any) -> dict[str, Any]:
        if not isinstance(data, dict):
            raise scalars.wrong(data, "dict")
        found: dict[str, Any] = {}
        for name in data:
            try:
                found[scalars.text(name)] = read(data[name])
            except DefinitionError as error:
                raise error.within("") from None
        return found

    return read_table


def _fact(data: Any) -> Any:
    if isinstance(data, list):
        return frozenset(map(scalars.text, data))
    if isinstance(data, Mapping) and "parameter" in data:
        raise scalars.wrong(data, "str", "int", "bool", "date")
    return scalars.value_from_data(data)


def _irregular(data: Any) -> Irregular:
    told = _table(scalars.text)(data)
    if told.keys() != _IRREGULAR:
        raise EntryError("entry_field", known=sorted(_IRREGULAR))
    return Irregular(**told)


def _to(data: Any, given: Laws = None) -> Process:
    law = found(data, given)
    if not isinstance(law, Process):
        raise EntryError("law_form", forms=("shipped", "process"))
    return law


_TEXTS: Final = ("office", "user", "event", "by", "note", "supersedes", "reason")
_IRREGULAR: Final = {"transition", "responsible"}
_NEEDED: Final = ("id", "kind", "happened", "recorded")
_KINDS: Final = {kind.value: kind for kind in EntryKind}
_USUAL: Final = {*_NEEDED, *_TEXTS, "facts"}
_READ: Final[Mapping[str, Callable[[Any], Any]]] = {
    "id": _id,
    "kind": plain.reader(EntryKind),
    "happened": _moment,
    "recorded": _moment,
    **dict.fromkeys(_TEXTS, scalars.text),
    "place": scalars.whole,
    "facts": _table(_fact),
    "references": plain.reader(tuple[str, ...]),
    "irregular": _irregular,
    "states": _table(scalars.text),
    "since": _table(_moment),
    "to": _to,
    "rule": plain.reader(TransitionalRule),
}
