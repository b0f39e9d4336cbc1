"""The law that a dossier follows, as its stable form names it: a shipped process or history by
its id, version, place and digest, one that a variant made of such by the variant, any other by
value.

The digest is of the law without the day on which it ends: a later amendment ends a version and
does not change it, and a history that has grown is the same up to where it grew.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from attrs import evolve

from .. import processes
from ..definition import (
    DefinitionError,
    DiversionFlowError,
    History,
    LawGap,
    Process,
    TransitionalRule,
    UnknownId,
    Variant,
)
from ..definition.arguments import argument
from ..definition.files import plain, scalars
from ..definition.files.data_file import bearable
from ..definition.files.serial import digest, digest_of
from ..definition.kept import kept, kept_each

Law = Process | History
# The law to be taken in place of the one that is named: one for all, or for each that is shipped
# otherwise by now, by the digest by which it is named.
Laws = Process | History | Mapping[str, Law] | None


def pinned(law: Law) -> dict[str, Any]:
    """The law as plain data; of a history that is none of the shipped ones, each version so.
    DefinitionError for one so large that nobody could read it again."""
    if isinstance(law, Process):
        return kept(law, _process)
    return kept(law, _history)


def laws_of(given: Laws) -> Laws:
    """The laws that were given; CallError for what is none."""
    argument("law", given, Process, History, Mapping, type(None))
    if isinstance(given, Mapping):
        for digest, law in given.items():
            argument("law", digest, str)
            argument("law", law, Process, History)
    return given


def found(data: object, given: Laws = None) -> Law:
    """The law that plain data name or describe, or the one that is given for it; DefinitionError,
    with the field, for none, and where another is shipped by now."""
    if not isinstance(data, Mapping) or len(data) != 1 or (form := next(iter(data))) not in _FORMS:
        raise DefinitionError("law_form", forms=tuple(_FORMS))
    try:
        return _instead(form, data[form], given) or _FORMS[form](data[form], given)
    except DiversionFlowError as error:
        raise error.within(form) from None


def _instead(form: str, data: Any, given: Laws) -> Law | None:
    """The law given for one that is named by its digest."""
    named = isinstance(given, Mapping) and isinstance(data, Mapping) and form in _BY_DIGEST
    law = given.get(data.get("digest")) if named else None  # type: ignore[union-attr]
    kind = History if form == "shipped_history" else Process
    return law if isinstance(law, kind) else None


def unended(law: Process) -> str:
    """Twelve letters that change with the law, but for the day on which it ends."""
    return digest(law) if law.until is None else kept(law, _unended)


def _unended(law: Process) -> str:
    return digest(evolve(law, until=None))


# -- out -------------------------------------------------------------------------------------------


def _process(law: Process) -> dict[str, Any]:
    shipped = law.__dict__.get("_shipped")
    if shipped is None:
        return _varied(law) or _readable({"process": plain.write(law, Process)})
    name, on, place, version, _, assumed = shipped()[1]
    named = {"id": name, "version": version, "on": on.isoformat(), "digest": unended(law)}
    return {"shipped": named | _where(place, assumed)}


def _varied(law: Process) -> dict[str, Any] | None:
    """A law that a variant made of one that can be named."""
    base, variant = law.__dict__.get("_varied", (None, None))
    if base is None:
        return None
    edits = plain.write(variant, Variant)
    return _readable({"variant": {"of": pinned(base), "edits": edits, "digest": unended(law)}})


def _history(law: History) -> dict[str, Any]:
    shipped = law.__dict__.get("_shipped")
    if shipped is None:
        return _readable({"history": {"versions": [pinned(one) for one in law.versions],
                                      "amendments": [*map(_rules, law.amendments)]}})  # fmt: skip
    name, place, assumed = shipped[1]
    named = {"id": name, "versions": [unended(v) for v in law.versions], "digest": _whole(law)}
    return {"shipped_history": named | _where(place, assumed)}


def _readable(data: dict[str, Any]) -> dict[str, Any]:
    if not bearable(json.dumps(data, ensure_ascii=False), "json"):
        raise DefinitionError("law_too_large")
    return data


def _rules(rules: tuple[TransitionalRule, ...]) -> list[Any]:
    return [plain.write(rule, TransitionalRule) for rule in rules]


def _where(place: str | None, assumed: Any) -> dict[str, Any]:
    where: dict[str, Any] = {"place": place} if place is not None else {}
    if assumed:
        where["assume"] = {draft: day.isoformat() for draft, day in assumed}
    return where


def _whole(law: History, count: int | None = None) -> str:
    """The digest of a history up to so many versions: of each, and of what becomes of cases."""
    return kept_each(law, _digest, len(law.versions) if count is None else count)


def _digest(law: History, count: int) -> str:
    told = [[unended(v) for v in law.versions[:count]],
            [_rules(rules) for rules in law.amendments[: count - 1]]]  # fmt: skip
    return digest_of(told)


# -- in --------------------------------------------------------------------------------------------


def _by_name(data: Any, _: Laws) -> Process:
    named = _read(data, _NAMED)
    with _shipped(named):
        law = processes.in_force(
            named["id"], on=named["on"], place=named.get("place"), assume=named.get("assume")
        )
    if law.version != named["version"]:
        raise _gone(named)
    if unended(law) != named["digest"]:
        raise _another(law, named)
    return law


def _history_by_name(data: Any, _: Laws) -> History:
    named = _read(data, _NAMED_HISTORY)
    with _shipped(named):
        law = processes.history(named["id"], named.get("place"), assume=named.get("assume"))
    count, pairs = len(named["versions"]), zip(law.versions, named["versions"], strict=False)
    if count > len(law.versions):
        raise _gone(named)
    if not count or _whole(law, count) != named["digest"]:
        other = (version for version, digest in pairs if unended(version) != digest)
        raise _another(next(other, law.versions[count - 1]), named)
    return law


@contextmanager
def _shipped(named: Mapping[str, Any]) -> Iterator[None]:
    """What is asked of the shipped laws; one that is none of them told as what was kept."""
    try:
        yield
    except (UnknownId, LawGap):
        raise _gone(named) from None


def _gone(named: Mapping[str, Any]) -> DefinitionError:
    return DefinitionError("law_gone", name=named["id"], digest=named["digest"])


def _another(law: Process, named: Mapping[str, Any]) -> DefinitionError:
    said = {"name": law.id, "version": law.version, "digest": named["digest"]}
    return DefinitionError("law_another", **said)


def _by_variant(data: Any, given: Laws) -> Process:
    named = _read(data, _MADE)
    try:
        base = found(named["of"], given)
    except DiversionFlowError as error:
        raise error.within("of") from None
    try:
        variant: Variant = plain.read(named["edits"], Variant)
    except DefinitionError as error:
        raise error.within("edits") from None
    if not isinstance(base, Process):
        raise DefinitionError("law_form", forms=_OF_A_VERSION).within("of")
    law = variant.apply(base)
    if unended(law) != named["digest"]:
        raise _another(law, named)
    return law


def _by_value(data: Any, _: Laws) -> Process:
    law: Process = plain.read(data, Process)
    return law


def _history_by_versions(data: Any, given: Laws) -> History:
    told = _read(data, {"versions": list, "amendments": list})
    versions = tuple(_version(one, number, given) for number, one in enumerate(told["versions"]))
    try:
        rules = plain.read(told["amendments"], tuple[tuple[TransitionalRule, ...], ...])
    except DefinitionError as error:
        raise error.within("amendments") from None
    return History(versions, rules)


def _version(data: Any, number: int, given: Laws) -> Process:
    here = f"versions[{number}]"
    try:
        law = found(data, given)
    except DiversionFlowError as error:
        raise error.within(here) from None
    if isinstance(law, History):
        raise DefinitionError("law_form", forms=_OF_A_VERSION).within(here)
    return law


def _read(data: Any, form: Mapping[str, type]) -> Mapping[str, Any]:
    """A table with these fields, each of its type; those of where the law holds may be absent."""
    if not isinstance(data, Mapping):
        raise scalars.wrong(data, "dict")
    for name in data:
        if name not in form:
            raise DefinitionError("unknown_field", id=name, known=sorted(form)).within(name)
    for name, kind in form.items():
        if name not in data and name not in ("place", "assume"):
            raise DefinitionError("missing", id=name).within(name)
        if name in data and not isinstance(data[name], kind):
            raise scalars.wrong(data[name], kind.__name__).within(name)
    return data


_PLACE: Final[dict[str, type]] = {"place": str, "assume": dict}
_NAMED: Final = {"id": str, "version": str, "on": str, "digest": str, **_PLACE}
_MADE: Final = {"of": dict, "edits": dict, "digest": str}
_NAMED_HISTORY: Final = {"id": str, "versions": list, "digest": str, **_PLACE}
_FORMS: Final[dict[str, Callable[[Any, Laws], Law]]] = {
    "shipped": _by_name,
    "shipped_history": _history_by_name,
    "variant": _by_variant,
    "process": _by_value,
    "history": _history_by_versions,
}
_OF_A_VERSION: Final = ("shipped", "variant", "process")
_BY_DIGEST: Final = ("shipped", "shipped_history", "variant")
