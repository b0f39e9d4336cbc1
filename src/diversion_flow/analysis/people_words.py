"""The third layer in words: who is treated differently, and how, in two languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..definition import Deadline, Language, Process, Text
from ..definition.wording import guard_text, length_text, value_text
from .cells import KNOWN, UNKNOWN, Cell, Cells, Cube, Question

if TYPE_CHECKING:
    from .people import Difference


class Words:
    """Sentences about two processes and what differs between them, in one language."""

    def __init__(self, a: Process, b: Process, cells: Cells, lang: Language) -> None:
        self.a, self.b, self.cells, self.lang = a, b, cells, lang
        self._either = "又は" if lang == "ja" else " or "

    def name(self, law: Process) -> str:
        """What to call one of the two processes, so that they can be told apart."""
        if self.a.name != self.b.name:
            return law.name.in_(self.lang)
        if self.a.version != self.b.version:
            return law.version
        return (
            Text("甲", "the first").in_(self.lang)
            if law is self.a
            else Text("乙", "the second").in_(self.lang)
        )

    def difference(self, found: Difference) -> str:
        """One kind of case, how each process treats it, and what it lacks."""
        join = "・" if self.lang == "ja" else ", "
        events = (self._law("event", p.event).event(p.event).label for p in found.rules)
        sentence = _SENTENCE if found.cube else _EVERYONE
        text = sentence.in_(self.lang).format(
            who=self.example(found),
            whom=self.cube(found.cube),
            event=join.join(dict.fromkeys(e.in_(self.lang) for e in events)),
            one=self.name(self.a), a=self._outcome(self.a, found, found.before),
            other=self.name(self.b), b=self._outcome(self.b, found, found.after),
        )  # fmt: skip
        if found.why is None:
            return text
        law = self.a if found.before is None else self.b
        return text + _WHY.in_(self.lang).format(
            self.name(law), guard_text(law, found.why, self.lang)
        )

    def _law(self, kind: str, id: str) -> Process:
        return self.b if id in self.b.by_id[kind] else self.a

    def _outcome(self, law: Process, found: Difference, target: str | None) -> str:
        place = found.rules[0]
        home = self._law("event", place.event).event(place.event).home == place.machine
        if target is None:
            return _REFUSED[home].in_(self.lang)
        label = law.machine(place.machine).state(target).label.in_(self.lang)
        return _ACCEPTED[home].in_(self.lang).format(label)

    def example(self, found: Difference) -> str:
        """The smallest example: `age: 64 years, disability: suspected`."""
        said = [self.fact(id, value) for id, value in found.profile.items()]
        for about, mask in found.cube.items():
            if about.kind == "machine":
                label = self._law("machine", about.id).machine(about.id).label
                state = self._state(about.id, self.cells.picked(about, mask)[0].value)
                said.append(f"{label.in_(self.lang)}: {state}")
        join = "、" if self.lang == "ja" else ", "
        return join.join(said) or Text("誰でも", "anyone").in_(self.lang)

    def fact(self, id: str, value: Any) -> str:
        """A fact and its value: `age: 64 years`."""
        schema = self._schema(id, value)
        return f"{schema.label.in_(self.lang)}: {self._value(schema, value)}"

    def _schema(self, id: str, value: Any) -> Any:
        """The fact as the process has it that knows this value."""
        schemas = [p.fact(id) for p in (self.b, self.a) if id in p.by_id["fact"]]
        if isinstance(value, str):
            return next((s for s in schemas if s.choice(value)), schemas[0])
        return schemas[0]

    def _value(self, schema: Any, value: Any) -> str:
        if value is None:
            return Text("未記録", "not recorded").in_(self.lang)
        if isinstance(value, frozenset):
            return "・".join(value_text(schema, v, self.lang) for v in sorted(value))
        return value_text(schema, value, self.lang)

    def _state(self, machine: str, state: str) -> str:
        for law in (self.b, self.a):
            if machine in law.by_id["machine"]:
                for known in law.machine(machine).states:
                    if known.id == state:
                        return known.label.in_(self.lang)
        return state

    def cube(self, cube: Cube) -> str:
        """The cube as a condition."""
        join = "、かつ" if self.lang == "ja" else " and "
        return join.join(self._allowed(about, mask) for about, mask in cube.items())

    def _allowed(self, about: Question, mask: int) -> str:
        if about.kind == "working day":
            return _DAY[mask == 1].in_(self.lang)
        if about.kind == "deadline":
            label = self._law("deadline", about.id).deadline(about.id).label
            return _RUNNING[mask == 1].in_(self.lang).format(label.in_(self.lang))
        if about.kind == "machine":
            label = self._law("machine", about.id).machine(about.id).label
            quoted = "「{0}」" if self.lang == "ja" else "'{0}'"
            states = [quoted.format(self._state(about.id, c.value))
                      for c in self.cells.picked(about, mask)]  # fmt: skip
            return f"{label.in_(self.lang)}: {self._either.join(states)}"
        schema = self._schema(about.id, about.value)
        label = schema.label
        if about.kind == "value":
            value = value_text(schema, about.value, self.lang)
            return _HOLDS[mask == 1].in_(self.lang).format(label.in_(self.lang), value)
        values = self._ranges(about, mask)
        return f"{label.in_(self.lang)}: {self._either.join(values)}"

    def _ranges(self, about: Question, mask: int) -> list[str]:
        """The values that the bits allow: neighbours joined to ranges, single values by name."""
        said: list[str] = []
        run: list[Cell] = []
        cells = self.cells.of(about)
        numbers = any(cell.low != cell.high for cell in cells)
        for bit, cell in enumerate(cells):
            allowed = bool(mask >> bit & 1)
            if allowed and numbers and cell.value is not UNKNOWN:
                run.append(cell)
                continue
            if run:
                said.append(self._span(about.id, run))
                run = []
            if allowed and cell.value is KNOWN:
                said.append(Text("記録済み", "recorded").in_(self.lang))
            elif allowed:
                value = None if cell.value is UNKNOWN else cell.value
                said.append(self._value(self._schema(about.id, value), value))
        return said

    def _span(self, fact: str, run: list[Cell]) -> str:
        schema, low, high = self._schema(fact, None), run[0].low, run[-1].high
        if low == high:
            return self._value(schema, low)
        if schema.minimum == low:
            return Text("{0}以下", "up to {0}").in_(self.lang).format(self._value(schema, high))
        if schema.maximum == high:
            return Text("{0}以上", "{0} or more").in_(self.lang).format(self._value(schema, low))
        return f"{self._value(schema, low)}–{self._value(schema, high)}"

    def deadline(self, old: Deadline, new: Deadline) -> str:
        """How long the deadline is under each process."""
        states = [self._state(new.machine, s) for s in new.states]
        quoted = "・".join(states) if self.lang == "ja" else " or ".join(f"'{s}'" for s in states)
        return _RUNS.in_(self.lang).format(
            where=quoted, deadline=new.label.in_(self.lang),
            one=self.name(self.a), a=self._period(self.a, old, new),
            other=self.name(self.b), b=self._period(self.b, new, old),
        )  # fmt: skip

    def _period(self, law: Process, deadline: Deadline, other: Deadline) -> str:
        counting = deadline.counting
        said = length_text(law, deadline, self.lang)
        if counting.first_day_counts:
            said += Text("(初日算入)", ", the first day counts").in_(self.lang)
        if counting.rest_day_moves:
            said += Text("(休日は翌平日)", ", moved off a rest day").in_(self.lang)
        if deadline.guard != other.guard:
            words = Text("({0}の場合)", " (if {0})").in_(self.lang)
            said += words.format(guard_text(law, deadline.guard, self.lang))
        return said


_UNNAMED = {True: Text("甲", "the first"), False: Text("乙", "the second")}
_SENTENCE = Text(
    "例: {who} — 「{event}」は【{other}】{b}、【{one}】{a}。他の要件を満たし、{whom}の全ての人。",
    "For example {who}: '{event}' is {b} under [{other}], {a} under [{one}]. So is everyone who "
    "meets the rest and has {whom}.",
)
_EVERYONE = Text(
    "要件を満たす全ての人: 「{event}」は【{other}】{b}、【{one}】{a}。",
    "Everyone who meets the rule: '{event}' is {b} under [{other}], {a} under [{one}].",
)
_WHY = Text("【{0}】の要件: {1}。", " [{0}] asks: {1}.")
_REFUSED = {True: Text("不可", "refused"), False: Text("変化なし", "without effect here")}
_ACCEPTED = {
    True: Text("可(→「{0}」)", "accepted (→ '{0}')"),
    False: Text("→「{0}」", "followed by '{0}'"),
}
_DAY = {True: Text("平日", "a working day"), False: Text("休日", "a rest day")}
_RUNNING = {
    True: Text("期限「{0}」の期間内", "'{0}' running"),
    False: Text("期限「{0}」の期間外", "'{0}' not running"),
}
_HOLDS = {
    True: Text("{0}に{1}を含む", "{0} including {1}"),
    False: Text("{0}に{1}を含まない", "{0} without {1}"),
}
_RUNS = Text(
    "{where}にある人: 期限「{deadline}」は【{other}】{b}、【{one}】{a}。",
    "Whoever is in {where}: '{deadline}' is {b} under [{other}], {a} under [{one}].",
)
