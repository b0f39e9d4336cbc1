"""One agency's part on one page: what comes to it, what it reports, its limits, what it may see.

The page is for the desk: a box to tick for everything that the agency may report, the usual
course first, each point with its legal basis. Here it is put into words, and into Markdown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from attrs import evolve, frozen

from ...definition import (
    Basis,
    Deadline,
    Event,
    Fact,
    Language,
    Machine,
    Process,
    Share,
    State,
    Text,
    wording,
)
from ...definition.arguments import argument
from ...definition.citing import address
from ...definition.grouped import grouped
from ...definition.phrasing import phrasing
from ..formats.table import markdown
from .extract import law_text
from .numbering import route_of, stage_of

HINT = Text("□ 報告できる事象  ■ 期限  ‡ 改めて確認する  {0} 根拠(△ 典拠未確認、※ 推定)",
            "□ may be reported  ■ time limit  ‡ to be confirmed anew  "
            "{0} basis (△ not verified, ※ inferred)")  # fmt: skip
_TITLE = Text("{0}: {1} チェックリスト", "{0}: {1}, checklist")
BLANKS = (Text("整理番号", "Reference"), Text("担当", "Officer"), Text("開始日", "Begun"))
_USUAL = Text("報告すること: 通常の流れ", "To report: the usual course")
_OTHER = Text("報告すること: 例外・その他", "To report: exceptions and the rest")
_HELD = Text("手元に来るとき(状態 ← 事象)", "When the case is with you (state ← event)")
_LIMITS = Text("守る期限", "Time limits you keep")
_TOLD = Text("知らされること", "What you are told")
_OWED = Text("ほかの機関があなたに負う義務", "What others owe you")
_FACTS = Text("記録に責任を負う事項", "Facts that you are the source of")
_SEEN = Text("見ることができるもの", "What you may see")
_ALL_OWN = Text("記録に責任を負う事項の全て", "All facts that you are the source of")
_ALWAYS, _CONSENTED = Text("常に", "Always"), Text("本人の同意の範囲で", "Within consent")
_NOTHING = Text("なし", "None")
_BASIS = Text("根拠", "Basis")
_PAPERS, _RECORDS = wording.heading(wording.FIELDS["papers"]), Text("記録", "Record")
_RECEIVED = Text("受け取る事実({1}): {0}", "You are handed ({1}): {0}")
_OUTDATES = wording.heading(wording.FIELDS["outdates"])
_OPENED = Text("登録時", "from the opening")


@frozen
class Item:
    """One point: its words, more about it, the provisions on which it rests, each with the
    address at which it can be read, if it has one; an `event` that may be ticked, or a limit."""

    said: str
    more: tuple[str, ...] = ()
    basis: tuple[tuple[str, str], ...] = ()
    event: str = ""
    limit: bool = False

    @property
    def heavy(self) -> bool:
        """Whether it is to be ticked or kept."""
        return bool(self.event) or self.limit


@frozen
class Section:
    """Points under one heading; `parts` are smaller headings (stages, machines) inside it."""

    title: str
    parts: tuple[tuple[str, tuple[Item, ...]], ...]


@frozen
class Sheet:
    """One agency's page, in one language."""

    lang: Language
    title: str
    law: str
    sections: tuple[Section, ...]


# -- what the page says ------------------------------------------------------------------------


def sheet(process: Process, agency: str, lang: Language = "ja") -> Sheet:
    """Everything that concerns this agency; UnknownId where the process has none such."""
    argument("process", process, Process)
    argument("agency", agency, str)
    known = process.agency(agency)
    writer = _Writer(process, agency, lang)
    title = _TITLE.in_(lang).format(known.label.in_(lang), process.label.in_(lang))
    note = (known.note.in_(lang),) if known.note else ()
    law = "  ".join((law_text(process, lang), *note))
    return Sheet(lang, title, law, tuple(writer.sections()))


def noted(page: Sheet) -> Sheet:
    """The page for paper: each point with the numbers of its provisions, which are listed once, at
    the end."""
    numbers: dict[tuple[str, str], str] = {}

    def with_numbers(item: Item) -> Item:
        found = ((numbers.setdefault(b, f"[{len(numbers) + 1}]"), b[1]) for b in item.basis)
        return evolve(item, basis=tuple(found))

    sections = [
        evolve(section, parts=tuple((name, tuple(map(with_numbers, items)))
                                    for name, items in section.parts))
        for section in page.sections
    ]  # fmt: skip
    if numbers:
        listed = tuple((f"{n} {said}", to) for (said, to), n in numbers.items())
        sections.append(Section(_BASIS.in_(page.lang), (("", (Item("", basis=listed),)),)))
    return evolve(page, sections=tuple(sections))


class _Writer:
    """Puts one agency's part into words."""

    def __init__(self, process: Process, agency: str, lang: Language) -> None:
        self.process, self.agency, self.lang = process, agency, lang

    def sections(self) -> Iterator[Section]:
        mine = [e for e in self.process.events if self.agency in e.by]
        usual = {rule.event for _, rule in route_of(self.process)}
        yield self._section(_USUAL, self._staged([e for e in mine if e.id in usual]))
        owned = [d for d in self.process.deadlines if d.owner == self.agency]
        yield self._section(_LIMITS, [("", [self._limit(d) for d in owned])])
        yield self._section(_OTHER, self._staged([e for e in mine if e.id not in usual]))
        if told := list(self._told()):
            yield self._section(_TOLD, [("", told)])
        if owed := [self._limit(d) for d in self.process.deadlines if self.agency in d.owed_to]:
            yield self._section(_OWED, [("", owed)])
        yield self._section(_HELD, list(self._held()))
        yield self._section(_FACTS, [("", list(self._facts()))])
        yield self._section(_SEEN, list(self._seen()))

    def _section(self, title: Text, parts: list[tuple[str, list[Item]]]) -> Section:
        """The parts that have points; one that says so where there are none."""
        filled = tuple((name, tuple(items)) for name, items in parts if items)
        nothing = (("", (Item(_NOTHING.in_(self.lang)),)),)
        return Section(title.in_(self.lang), filled or nothing)

    # -- to report ----------------------------------------------------------------------------

    def _staged(self, events: list[Event]) -> list[tuple[str, list[Item]]]:
        """The events in the order of the stages in which they happen."""
        stages = [(s.id, s.label.in_(self.lang)) for s in self.process.stages] + [("", "")]
        return [
            (label, [self._event(e) for e in events if stage_of(self.process, e) == id])
            for id, label in stages
        ]

    def _event(self, event: Event) -> Item:
        found = [(m, t) for m in self.process.machines for t in m.on(event.id)]
        at, rules = (f"{m.id}.{t.id}" for m, t in found), [rule for _, rule in found]
        papers = dict.fromkeys(p for rule in rules for p in rule.papers)
        more = [
            self._list(_PAPERS, (self.process.paper(p).label for p in papers)),
            self._list(_RECORDS, (self._recorded(event, f) for f in event.records)),
            self._list(
                _OUTDATES,
                (self.process.fact(f).label for f in event.outdates if f not in event.records),
            ),
            *self._gives(s for rule in rules for s in rule.shares),
            *(
                wording.remark_text(self.process, r, self.lang)
                for r in wording.remarks_on(self.process, at)
            ),
            *(wording.told_text(self.process, told, self.lang, signs=True) for told in event.told),
        ]
        whole = any(not basis.about for basis in event.basis)
        bases = (*event.basis, *(b for rule in rules if not whole for b in rule.basis))
        label = event.label.in_(self.lang)
        return Item(label, tuple(m for m in more if m), self._basis(bases), event.id)

    def _recorded(self, event: Event, fact: str) -> Text:
        """A fact that the event records; with a sign, if what was known of it no longer counts."""
        label = self.process.fact(fact).label
        return Text(f"{label.ja}‡", f"{label.en}‡") if fact in event.outdates else label

    def _gives(self, shares: Iterable[Share]) -> Iterator[str]:
        """What is handed on; recipients of the same facts on the same ground together."""
        together = grouped(((share.facts, share.exception), share) for share in shares)
        for alike in together.values():
            _, *others = dict.fromkeys(share.to for share in alike)
            yield wording.share_text(self.process, alike[0], self.lang, *others, signs=True)

    # -- limits, states, facts, sight ----------------------------------------------------------

    def _limit(self, deadline: Deadline) -> Item:
        length = wording.length_text(self.process, deadline, self.lang)
        said = f"{deadline.label.in_(self.lang)}: {length}"
        more = wording.limit_details(self.process, deadline, self.lang)
        return Item(said, more, self._basis(deadline.basis), limit=True)

    def _told(self) -> Iterator[Item]:
        """Each event of which it learns, by which paper, and what it is handed with it."""
        for event in self.process.events:
            told = [told for told in event.told if told.to == self.agency]
            rules = (t for machine in self.process.machines for t in machine.on(event.id))
            given = dict.fromkeys(s for t in rules for s in t.shares if s.to == self.agency)
            if told or given:
                papers = (self.process.paper(t.paper).label for t in told if t.paper)
                more = (self._list(_PAPERS, papers), *map(self._received, given))
                basis = self._basis(basis for each in told for basis in each.basis)
                yield Item(event.label.in_(self.lang), tuple(filter(None, more)), basis)

    def _received(self, share: Share) -> str:
        facts = self._join(self.process.fact(fact).label for fact in share.facts)
        why = wording.ground_text(self.process, share, self.lang, signs=True)
        return _RECEIVED.in_(self.lang).format(facts, why)

    def _held(self) -> Iterator[tuple[str, list[Item]]]:
        """The states it holds, by machine; those into which the same events lead, together."""
        for machine in self.process.machines:
            held = (state for state in machine.states if state.holder == self.agency)
            together = grouped((_arrivals(machine, state), state) for state in held)
            items = [self._arrival(machine, states, came) for came, states in together.items()]
            yield machine.label.in_(self.lang), items

    def _arrival(self, machine: Machine, states: Sequence[State], events: Iterable[str]) -> Item:
        opened = [_OPENED] if any(state.id == machine.initial for state in states) else []
        came = self._join([*opened, *(self.process.event(e).label for e in events)])
        names = self._join(state.label for state in states)
        return Item(names, (f"← {came}",), self._basis(b for s in states for b in s.basis))

    def _facts(self) -> Iterator[Item]:
        """The facts it can supply."""
        supplied = (f for f in self.process.facts if f.source == self.agency)
        return self._on_grounds(supplied, lambda basis: not basis.of_a_row)

    def _seen(self) -> Iterator[tuple[str, list[Item]]]:
        """What it always sees, each on its own ground, and what it sees with consent."""
        parts: tuple[Machine | Fact, ...] = (*self.process.machines, *self.process.facts)
        always = [p for p in parts if self.agency in p.seen_by]
        mine = partial(Basis.speaks_of, field="seen_by", member=self.agency)
        own = [p for p in always if isinstance(p, Fact) and p.source == self.agency]
        said = list(self._on_grounds((p for p in always if p not in own), mine))
        yield _ALWAYS.in_(self.lang), said + self._own(list(self._on_grounds(own, mine)), len(own))
        consented = [
            p.label for p in parts if self.agency in p.seen_with_consent and p not in always
        ]
        yield _CONSENTED.in_(self.lang), [Item(self._join(consented))] if consented else []

    def _own(self, items: list[Item], count: int) -> list[Item]:
        """What it is the source of: not each again, where it sees all of that on one ground."""
        every = count == sum(f.source == self.agency for f in self.process.facts) > 1
        once = every and len(items) == 1
        return [evolve(items[0], said=_ALL_OWN.in_(self.lang))] if once else items

    def _on_grounds(
        self, parts: Iterable[Machine | Fact], meant: Callable[[Basis], bool]
    ) -> Iterator[Item]:
        """The parts, those that rest on the same grounds together."""
        together = grouped((self._basis(filter(meant, p.basis)), p.label) for p in parts)
        for grounds, labels in together.items():
            yield Item(self._join(labels), basis=grounds)

    # -- words ---------------------------------------------------------------------------------

    def _list(self, name: Text, labels: Iterable[Text]) -> str:
        joined = self._join(labels)
        return f"{name.in_(self.lang)}: {joined}" if joined else ""

    def _join(self, labels: Iterable[Text]) -> str:
        return phrasing(self.lang).listed(labels)

    def _basis(self, bases: Iterable[Basis]) -> tuple[tuple[str, str], ...]:
        """The provisions, each once, with a sign in place of the mark's words."""
        process, found = self.process, dict[str, str]()
        for basis in bases:
            said = wording.basis_text(process, basis, self.lang, signs=True)
            found.setdefault(said, address(process, basis) or "")
        return tuple(found.items())


def _arrivals(machine: Machine, state: State) -> tuple[str, ...]:
    """The events that bring the machine into this state from another."""
    came = (t.event for t in machine.transitions
            if t.target == state.id and set(t.sources) - {state.id})  # fmt: skip
    return tuple(dict.fromkeys(came))


# -- Markdown ----------------------------------------------------------------------------------


def checklist(process: Process, agency: str, lang: Language = "ja") -> str:
    """The agency's page as Markdown."""
    page = sheet(process, agency, lang)
    lines = [
        f"# {markdown(page.title)}",
        "",
        markdown(page.law),
        "",
        HINT.in_(lang).format("§"),
        "",
    ]
    for section in page.sections:
        lines += [f"## {markdown(section.title)}", ""]
        for name, items in section.parts:
            lines += [f"### {markdown(name)}", ""] if name else []
            lines += [*(_point(item) for item in items), ""]
    return "\n".join(lines)


def _point(item: Item) -> str:
    box = "□ " if item.event else "■ " if item.limit else ""
    more = [markdown("; ".join(item.more))] if item.more else []
    if item.basis:
        more.append("§ " + "; ".join(_linked(*each) for each in item.basis))
    return f"- {box}{markdown(item.said)}" + (f" — {'; '.join(more)}" if more else "")


def _linked(said: str, address: str) -> str:
    return f"[{markdown(said)}](<{address}>)" if address else markdown(said)
