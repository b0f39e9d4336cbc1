"""Scenario files in TOML, YAML or JSON; every fault is reported with file, line and field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, time
from difflib import get_close_matches
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Final

from ..definition import Text, Transitional, UnknownId, Variant
from ..definition.arguments import argument, path_of
from ..definition.errors import LoadError, plain_word
from ..definition.files.data_file import DataFile, parse
from ..definition.files.data_file import read as read_data
from ..definition.files.limits import INCLUDED
from ..definition.files.transitional_file import load_transitional
from ..definition.files.variant_file import load_variant
from ..definition.grouped import grouped
from ..definition.text import written as shown
from .form import CODES, FORM, MOST, NOT_OWED, OPEN, STANDINGS, keys, needed, saying
from .model import Attempt, Expected, Law, Opening, Scenario, Step, Where, is_told
from .moments import is_dated, is_day, is_moment, is_time, plain

_FOLDERS = ("stories", "tours")

# What a field must be, in words.
_WORD: Final = Text("文字列", "a text")
_WORDS: Final = Text('["一つ", "もう一つ"]のような並び', '["one", "other"]')
_TABLE: Final = Text("名前と値の表", "a table of names and values")
_TABLES: Final = Text("表の並び", "a list of tables")
_FACT: Final = Text(
    "文字列、整数、true、false、null 又は文字列の並び",
    "a text, a whole number, true, false, null, or a list of texts",
)
_DAY: Final = Text("2024-06-12 のような日付", "a day like 2024-06-12")
_YES: Final = Text("true 又は false", "true or false")
_END: Final = Text("open 又は closed", "open or closed")
_ORIGIN: Final = Text("published 又は filler", "published or filler")
_TIME: Final = Text("09:00 又は 2024-06-12T09:00", "09:00 or 2024-06-12T09:00")
_MOMENT: Final = Text(
    "2024-06-12T09:00、+2d、+3h、+1d 10:00 のいずれかの形",
    "2024-06-12T09:00, +2d, +3h or +1d 10:00",
)
_LIMIT: Final = Text(
    '2024-06-12、"2024-06-12T09:00" 又は "none"', '2024-06-12, "2024-06-12T09:00" or "none"'
)


def story_names(folder: str = "stories") -> tuple[str, ...]:
    """The shipped scenarios, by file name: published `stories`, or `tours` of the rules."""
    if folder not in _FOLDERS:
        raise UnknownId("folder", folder, _FOLDERS)
    return _names(folder)


@cache
def _names(folder: str) -> tuple[str, ...]:
    found = resources.files(__package__) / folder
    return tuple(sorted(f.name.removesuffix(".toml") for f in found.iterdir()
                        if f.name.endswith(".toml")))  # fmt: skip


def shipped(name: str) -> Scenario:
    """A shipped scenario by its name, such as `cs01_counsel_notices` or just `cs01`."""
    argument("name", name, str)
    asked = plain_word(name)
    for folder in _FOLDERS:
        for known in story_names(folder):
            if asked in (known, known.split("_")[0]):
                return _shipped(folder, known)
    near = tuple(get_close_matches(name[:200], story_names())) or story_names()
    raise LoadError(name, None, "", "story_not_shipped", known=near)


@cache
def _shipped(folder: str, name: str) -> Scenario:
    file = resources.files(__package__) / folder / f"{name}.toml"
    return read(file.read_text("utf-8"), file.name)


def load(path: str | Path) -> Scenario:
    """A scenario file; LoadError names the file, the line and the field that is wrong."""
    return _scenario(read_data(path), path_of(path).parent)


def read(text: str, file: str, format: str = "toml") -> Scenario:
    """The scenario in this text."""
    return _scenario(parse(text, file, format))


class _Lines(Mapping[str, int | None]):
    """The lines of a table and of some of its fields, looked for when one is asked for: in a file
    in which nothing is wrong none is."""

    def __init__(self, table: _Fields, keys: tuple[str, ...]) -> None:
        self._table, self._keys = table, dict.fromkeys(keys)

    def __getitem__(self, key: str) -> int | None:
        self._keys[key]  # one that is not there is refused as mappings refuse it
        return self._table.line(key)

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


class _Fields:
    """One table of a scenario file, with its place in it."""

    def __init__(self, source: DataFile, at: str, data: Any, allowed: Iterable[str]) -> None:
        self.source, self.at = source, at
        self.data = self._kind("", data, Mapping, _TABLE)
        allowed = tuple(allowed)
        for key in data:
            if key not in allowed:
                near = get_close_matches(key[:200], allowed, n=1)
                code = "story_field_near" if near else "story_field"
                raise self.wrong(key, code, id=key, known=tuple(near) or allowed)

    def _here(self, key: str) -> str:
        return f"{self.at}.{key}" if self.at and key else self.at or key

    def wrong(self, key: str, code: str, **values: Any) -> LoadError:
        """What is wrong with one of the fields."""
        return LoadError(self.source.file, self.line(key), self._here(key), code, **values)

    def unknown(self, key: str, kind: str, id: str, known: Iterable[str]) -> LoadError:
        """A field names something that there is not."""
        error = UnknownId(kind, id, known)
        return self.wrong(key, error.code, **error.values)

    def where(self, *keys: str) -> Where:
        """Where this table and some of its fields stand."""
        return Where(self.source.file, self.at, _Lines(self, ("", *keys)))

    def line(self, key: str) -> int | None:
        """The line of a field; of the table itself for none."""
        return self.source.line_of(self._here(key))

    def need(self, *keys: str) -> None:
        for key in keys:
            if key not in self.data:
                raise self.wrong(key, "story_missing", id=key)

    def text(self, key: str, default: Any = None) -> Any:
        """A word; a moment may be written with or without quotes."""
        if key not in self.data:
            return default
        value = self.data[key]
        if isinstance(value, date | time):
            value = value.isoformat()
        return self._kind(key, value, str, _WORD)  # nor null: what is not said is left out

    def _kind(self, key: str, value: Any, kind: type, wanted: Text) -> Any:
        """The value of a field, if it is of this kind."""
        if not isinstance(value, kind):
            raise self.wrong(key, "story_value", wanted=wanted)
        return value

    def word(self, key: str, default: Any = None) -> Any:
        """A text that says something."""
        value = self.text(key, default)
        if value is not None and not shown(value):
            raise self.wrong(key, "story_empty")
        return value

    def filled(self, keys: Iterable[str]) -> None:
        """What must say something says it."""
        for key in keys:
            if self.data.get(key) in ({}, [], ""):
                raise self.wrong(key, "story_empty")

    def words(self, key: str) -> tuple[str, ...]:
        return self._words(key, self.data.get(key, []))

    def _words(self, key: str, value: Any) -> tuple[str, ...]:
        value = [value] if isinstance(value, str) else value
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            raise self.wrong(key, "story_value", wanted=_WORDS)
        return tuple(value)

    def day(self, key: str) -> date:
        value = _as_written(self.data[key])
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        raise self.wrong(key, "story_value", wanted=_DAY)

    def facts(self, key: str) -> dict[str, Any]:
        """What is known: a value each, or several words; null where it is not known."""
        table = self.table(key)
        for id, value in table.items():
            words = isinstance(value, list) and all(isinstance(v, str) for v in value)
            if not words and not isinstance(value, str | int | date | time | None):
                raise self.wrong(f"{key}.{id}", "story_value", wanted=_FACT)
        return table

    def limit(self, key: str, value: Any) -> date | datetime | None:
        """A last day, a last moment, or "none" for a limit that must not be running."""
        if value == NOT_OWED:
            return None
        found: date = self._kind(key, _as_written(value), date, _LIMIT)
        return found

    def moment(self, key: str) -> str:
        """A moment as `when` takes it."""
        word = plain(self.text(key, "") or "")
        if not is_moment(word):
            raise self.wrong(key, "story_value", wanted=_MOMENT)
        return word

    def yes(self, key: str) -> bool:
        return self._kind(key, self.data.get(key, False), bool, _YES) is True

    def table(self, key: str) -> dict[str, Any]:
        return dict(self._kind(key, self.data.get(key, {}), Mapping, _TABLE))

    def lists(self, key: str, *, may_be_empty: bool = False) -> dict[str, tuple[str, ...]]:
        for id, value in self.table(key).items():
            if not may_be_empty and value in ([], ""):
                raise self.wrong(f"{key}.{id}", "story_empty")
        return {k: self._words(f"{key}.{k}", v) for k, v in self.table(key).items()}

    def ids(self, key: str) -> dict[str, str]:
        table = self.table(key)
        for id, value in table.items():
            self._kind(f"{key}.{id}", value, str, _WORD)
        return table

    def inner(self, key: str, allowed: Iterable[str]) -> _Fields:
        return _Fields(self.source, self._here(key), self.data[key], allowed)

    def each(self, key: str, allowed: tuple[str, ...]) -> list[_Fields]:
        value = self._kind(key, self.data.get(key, []), list, _TABLES)
        if len(value) > MOST:
            raise self.wrong(key, "story_long", limit=MOST)
        here = self._here(key)
        return [_Fields(self.source, f"{here}[{i}]", v, allowed) for i, v in enumerate(value)]

    def both(self, key: str, default: str = "") -> Text:
        """A text in both languages, or one text for both."""
        value = self.data.get(key, default)
        if isinstance(value, str):
            return Text(value, value)
        text = self.inner(key, ("ja", "en"))
        text.need("ja", "en")
        return Text(text.text("ja"), text.text("en"))


def _as_written(value: Any) -> Any:
    """A day or a moment that is written in quotes, as JSON has to."""
    word = plain(value) if isinstance(value, str) else ""
    if is_day(word):
        return date.fromisoformat(word)
    return datetime.fromisoformat(word) if is_dated(word) else value


def _scenario(source: DataFile, folder: Path | None = None) -> Scenario:
    top = _Fields(source, "", source.data, keys("scenario"))
    top.need(*needed("scenario"))
    openings = tuple(_openings(top.each("open", keys("open"))))
    for key in ("open", "step"):
        if not top.data[key]:
            raise top.wrong(key, "story_missing", id=key)
    on = top.day("on")
    laws = tuple(_laws(top.each("under", keys("law")), on, folder)) or (
        Law(on, where=top.where("process", "on")),
    )
    steps = _steps(top, tuple(o.case for o in openings), _law_names(laws))
    _told_of_all(top, laws, openings, steps)
    return Scenario(
        id=top.word("id"),
        process=top.word("process"),
        on=on,
        title=top.both("title", top.text("id")),
        published=top.both("published"),
        sources=top.words("sources"),
        openings=openings,
        steps=steps,
        laws=laws,
        file=source.file,
        where=top.where("process", "on"),
    )


def _law_names(laws: Iterable[Law]) -> dict[str, str]:
    """By what steps speak of a law: by its id, or by its file's name where that says no other."""
    files = grouped((law.variant_id, law.id) for law in laws)
    named = {name: ids[0] for name, ids in files.items() if name and len({*ids}) == 1}
    return named | {law.id: law.id for law in laws}


_Load = Callable[[Path], Variant | Transitional]
_Read = dict[tuple[_Load, Path], str]  # the ids of what is in the files that were read


def _laws(each: Iterable[_Fields], on: date, folder: Path | None) -> Iterable[Law]:
    told: set[tuple[object, ...]] = set()
    read: _Read = {}
    for data in each:
        law = _law(data, on, folder, read)
        key = law.on, law.place, law.variant, law.crosses, law.transitional
        if key in told:
            raise data.wrong("", "story_law_twice", id=law.id)
        told.add(key)
        yield law


def _law(data: _Fields, on: date, folder: Path | None, read: _Read) -> Law:
    day = data.day("on") if "on" in data.data else on
    variant, rules = data.word("variant"), data.word("transitional")
    crosses = data.yes("crosses") or rules is not None
    if crosses and variant is not None:
        raise data.wrong("transitional" if rules else "crosses", "story_crosses")
    called = None
    if folder is not None and variant is not None:
        files = [folder / name for name in variant.split("+")]
        if len(set(files)) < len(files):
            raise data.wrong("variant", "lists_twice")
        called = "+".join(_called(data, "variant", file, load_variant, read) for file in files)
    if folder is not None and rules is not None:
        called = _called(data, "transitional", folder / rules, load_transitional, read)
    place = data.word("place")
    return Law(day, place, variant, called, crosses, rules, data.where(*keys("law")))


def _called(data: _Fields, field: str, file: Path, load: _Load, read: _Read) -> str:
    """The id of what is in a file, by which steps speak of it; each is read once."""
    if (load, file) in read:
        return read[load, file]
    if len(read) == INCLUDED:
        raise data.wrong(field, "include_many", limit=INCLUDED)
    try:
        return read.setdefault((load, file), load(file).id)
    except LoadError as error:
        if error.code not in ("cannot_read", "no_format"):  # it is wrong: told with its own line
            raise
        raise data.wrong(field, error.code, **error.values) from None


def _openings(each: Iterable[_Fields]) -> Iterable[Opening]:
    opened: set[str] = set()
    for data in each:
        case, at = data.word("case", "case"), plain(data.text("at", "09:00"))
        if case in opened:
            raise data.wrong("case", "story_twice", id=case)
        if not is_time(at) and not is_dated(at):
            raise data.wrong("at", "story_value", wanted=_TIME)
        ends = data.text("ends")
        if ends not in (None, *FORM["open"]["ends"].words):
            raise data.wrong("ends", "story_value", wanted=_END)
        opened.add(case)
        yield Opening(
            case, at, data.facts("facts"), data.ids("states"), dict(_since(data)),
            data.text("reason", ""), ends, data.where(*keys("open")),
        )  # fmt: skip


def _since(data: _Fields) -> Iterable[tuple[str, str]]:
    """Since when a case that begins midway is where it is; a day in quotes or without."""
    for id, value in data.table("since").items():
        word = value.isoformat() if isinstance(value, date) else value
        if not isinstance(word, str) or not (is_time(word := plain(word)) or is_dated(word)):
            raise data.wrong(f"since.{id}", "story_value", wanted=_TIME)
        yield id, word


def _steps(top: _Fields, opened: tuple[str, ...], laws: Mapping[str, str]) -> tuple[Step, ...]:
    """The steps, as many as can be played in a moment."""
    steps, asked = list[Step](), 0
    for index, data in enumerate(top.each("step", keys("step"))):
        steps.append(_step(data, index, opened, laws))
        asked += asked_of(steps[-1])
        if asked > MOST:
            raise top.wrong(f"step[{index}]", "story_long", limit=MOST)
    return tuple(steps)


def _told_of_all(
    top: _Fields, laws: Iterable[Law], openings: tuple[Opening, ...], steps: tuple[Step, ...]
) -> None:
    """Each law has a step, and each case one after which it is looked at how it ends."""
    for law in laws:
        told = {step.case for step in steps if is_told(step, law)}
        if not told:
            raise top.wrong("step", "story_none", id=law.id)
        for index, opening in enumerate(openings):
            if opening.ends and opening.case not in told:
                raise top.wrong(f"open[{index}].ends", "story_none", id=law.id)


def asked_of(step: Step) -> int:
    """How much is to be worked out for a step."""
    expected = (step.expected, *step.under.values(), *(t.expected for t in step.attempts))
    of_agencies = ("owed", "sees", "hidden", "possible")
    return sum(1 + sum(len(getattr(e, name)) for name in (*of_agencies, *OPEN)) for e in expected)


def _step(data: _Fields, index: int, opened: tuple[str, ...], laws: Mapping[str, str]) -> Step:
    data.need(*needed("step"))
    data.filled(saying("step"))
    origin, advance = data.text("origin", "filler"), data.yes("advance")
    if origin not in FORM["step"]["origin"].words:
        raise data.wrong("origin", "story_value", wanted=_ORIGIN)
    if ("event" in data.data) == advance:
        raise data.wrong("", "story_event")
    for key in ("by", "facts"):
        if advance and key in data.data:
            raise data.wrong(key, "story_event")
    if "event" in data.data and "by" not in data.data:
        raise data.wrong("by", "story_missing", id="by")
    case = data.word("case", opened[0])
    if case not in opened:
        raise data.unknown("case", "case", case, opened)
    only = tuple(_law_named(data, "only", id, laws) for id in data.words("only"))
    return Step(
        number=index + 1,
        case=case,
        at=data.moment("at"),
        origin=origin,
        event=data.word("event"),
        by=data.word("by"),
        facts=data.facts("facts"),
        advance_to=advance,
        expected=_expected(data),
        under=_under(data, laws, only),
        only=only,
        attempts=tuple(_attempt(t) for t in data.each("try", keys("try"))),
        note=data.both("note") if "note" in data.data else None,
        where=data.where("event", "by", "facts", "at"),
    )


def _under(data: _Fields, laws: Mapping[str, str], only: tuple[str, ...]) -> dict[str, Expected]:
    told = {id: _law_named(data, f"under.{id}", id, laws) for id in data.table("under")}
    for id, law in told.items():
        if only and law not in only:
            raise data.wrong(f"under.{id}", "story_none", id=law)
    inside = data.inner("under", told) if told else data
    inside.filled(told)
    return {law: _expected(inside.inner(id, keys("expected"))) for id, law in told.items()}


def _law_named(data: _Fields, key: str, id: str, laws: Mapping[str, str]) -> str:
    """The law of the story by the id of what changes it, or by the name of that file."""
    if id not in laws:
        raise data.unknown(key, "law", id, laws)
    return laws[id]


def _attempt(data: _Fields) -> Attempt:
    data.need(*needed("try"))
    at = data.moment("at") if "at" in data.data else None
    return Attempt(data.word("event"), data.word("by"), at, data.facts("facts"), _expected(data))


def _expected(data: _Fields) -> Expected:
    data.filled(saying("expected"))
    refused = data.words("refused")
    for code in refused:
        if code not in CODES:
            raise data.unknown("refused", "reason", code, CODES)
    if "because" in data.data and not refused:
        raise data.wrong("because", "story_no_refusal")
    return Expected(
        refused=refused,
        because=_because(data) if "because" in data.data else {},
        states=data.ids("states"),
        deadlines={k: data.limit(f"deadlines.{k}", v) for k, v in data.table("deadlines").items()},
        duties=_duties(data),
        owed=data.lists("owed", may_be_empty=True),
        sees=data.lists("sees"),
        hidden=data.lists("hidden"),
        possible=data.lists("possible", may_be_empty=True),
        **{name: data.words(name) for name in OPEN},
        where=data.where(*data.data),
    )


def _duties(data: _Fields) -> dict[str, str]:
    duties = data.ids("duties")
    for id, standing in duties.items():
        if standing not in STANDINGS:
            raise data.unknown(f"duties.{id}", "standing", standing, STANDINGS)
    return duties


def _because(data: _Fields) -> dict[str, tuple[str, ...]]:
    inside = data.inner("because", keys("because"))
    inside.filled(saying("because"))
    return {key: inside.words(key) for key in keys("because") if key in inside.data}
