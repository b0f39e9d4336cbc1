"""What a drawing of a process shows: one machine, the overview, one agency's part."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from math import sqrt
from typing import Literal

from attrs import evolve

from ...definition import (
    ALWAYS,
    Agency,
    Basis,
    Deadline,
    Event,
    Language,
    Machine,
    Mark,
    Process,
    Stage,
    State,
    Text,
    Transition,
    UnknownId,
    wording,
)
from ...definition.files.serial import digest
from ...definition.grouped import grouped
from ...definition.kept import kept
from ...definition.phrasing import phrasing
from ...definition.walks import distances
from ...runtime import Case
from ...runtime.clause import cited_guard
from ...runtime.program import program
from ...runtime.view import View
from ..formats.leads import links
from ..layout.measure import em, wrap
from ..layout.placed import LEADING
from ..model import SHAPES, Band, Diagram, Edge, Links, Node, Rule, Span, Standing
from .case_shown import AGAINST_SIGN, NO_CASE, CaseShown, Way, arrival, told_of
from .elsewhere import ONLY, OPEN, steps_told
from .numbering import MANY, STAGE, corner_text, sheet_text, usual_rules, usual_steps
from .veiled import seen_machines

_LABEL, _SMALL = 11.0, 17.0  # em: how wide a label, and the small print under it, may be
_FLAT = 3.0  # how much wider a note is than high
_SIGNS = {
    **{sign: SHAPES[sign] for sign in ("same", "other", "law", "usual")},
    "inferred": Text("点線・※: 推定(典拠なし)", "Dotted, ※: inferred, no source read"),
    **{sign: SHAPES[sign] for sign in ("start", "end")},
    "limit": Text("■: 期限", "■: time limit"),
    "⇒": Text("⇒: 義務の相手方", "⇒: to whom it is owed"),
    "≫": Text("≫: 停止・更新がある(一覧を参照)",
              "≫: may stand still or be renewed (see the list)"),
    "papers": Text("◇: 書面あり", "◇: papers"),
    "†": Text("†: ほかの機関に知らされる", "†: others are told"),
    "¶": Text("¶: 判断に委ねられた要件がある", "¶: left to a person's judgment"),
    "‡": Text("‡: 改めて確認する事実がある",
              "‡: some facts are to be confirmed anew"),
    "▽": Text("▽: ここで終わってよい", "▽: a case may rest here"),
    "▼": Text("▼: 事件全体を終える", "▼: ends the whole case"),
    "kept": Text("+: 状態を変えない記録", "+: state unchanged"),
    "rules": Text("(数字): 規則の一覧の番号", "(n): number in the list of rules"),
    "tied": SHAPES["tied"],
    "course": Text("この図は通常の流れのみ。ほかの移行は系列ごとの図を参照",
                   "Only the usual course; all other steps are on each track's own sheet"),
    "case": Text("◉ 現在  ✓ 経過  ▷ 次に可能", "◉ now  ✓ passed  ▷ possible next"),
    "open": OPEN,
    "against": AGAINST_SIGN,
}  # fmt: skip
_NAMED = Text("{0}の状態({1})から: {2}", "From {0} states ({1}): {2}")
_ALL = Text("終わり以外のすべて", "all but the ends")
_ALL_BUT = Text("終わりと{0}以外のすべて", "all but the ends and {0}")
_OUTDATES = wording.heading(wording.FIELDS["outdates"])
_HOLDER, _PAPERS = Text("〔{0}〕", "{0}"), Text("書面: {0}", "Papers: {0}")
_UNTIL = Text(" → {0}まで", " → until {0}")
_LIMIT = Text("■期限", "■Limit:")
_AS_OF = Text("{0} 現在の事件", "the case as of {0}")
_IN_FORCE = Text("{0}・{1}施行の法令", "{0}, law in force from {1}")


Numbers = Mapping[str, int]  # rule (`machine.transition`) → its number in the list
Listing = Callable[[Process], dict[str, str]]  # each rule that is drawn → its event, in order
Drawing = Callable[[Process, Language, Numbers], Diagram]
Shown = tuple[Machine, Sequence[Transition]]  # what is drawn of a machine


CHARTS = ("overview",)
_Kind = Literal["chart", "machine", "agency"]
_TITLES: dict[_Kind, Text] = {
    "chart": Text("{0}: 状態ごとの流れ", "{0}: course by states"),
    "machine": Text("{0}: {1}", "{0}: {1}"),
    "agency": Text("{0}: {1}の役割", "{0}: {1}"),
}


def drawn(
    process: Process,
    view: str,
    lang: Language = "ja",
    case: Case | View | None = None,
    numbers: Numbers | None = None,
    *,
    corner: bool = True,
    full: bool = True,
) -> Diagram:
    """One view, by its id, with or without the law in the corner, and what else there is to know
    of its rules, limits and states.

    `overview`: stages as columns, agencies as lanes, the way of a case from first contact to the
    end. Shown is the usual course; everything else is on the machines' own
    sheets, and the legend says so. A machine: all its states and rules. An agency's part: the
    states that it holds and the events that it may report.
    """
    known = drawable(process)
    if view not in known:
        raise UnknownId("view", view, known)
    part = known[view]
    kind: _Kind = "chart" if part is None else "machine" if isinstance(part, Machine) else "agency"
    sheet = _Sheet(process, view, kind, lang, case, numbers or {}, full=full and kind != "chart")
    for machine, rules in _listed(process, view):
        sheet.draw(machine, tuple(rules))
    title = _TITLES[kind].in_(lang).format(*(x.label.in_(lang) for x in (process, part) if x))
    return sheet.finish(title, corner=corner)


def viewer(a: Process, b: Process, view: str) -> tuple[Listing, Drawing]:
    """Lists, and draws, one view of two processes, of which one may not have the part viewed."""
    kinds = [k for k in ("machine", "agency") if any(view in law.by_id[k] for law in (a, b))]
    if view not in CHARTS and not kinds:
        raise UnknownId("view", view, drawable(a) | drawable(b))

    def has(law: Process) -> bool:
        return view in CHARTS or view in law.by_id[kinds[0]]

    def listing(law: Process) -> dict[str, str]:
        parts = _listed(law, view) if has(law) else ()
        return {f"{drawn.id}.{t.id}": t.event for drawn, rules in parts for t in rules}

    def draw(law: Process, lang: Language, numbers: Numbers) -> Diagram:
        held = law if has(law) else b if law is a else a
        sheet = of_law(drawn(held, view, lang, None, numbers), held)
        return sheet if held is law else evolve(sheet, nodes=(), edges=(), rules=(), groups=())

    return listing, draw


def _listed(process: Process, view: str) -> Iterable[Shown]:
    """The machines of a view, each with the rules that it lists."""
    if view in CHARTS:
        return _main_route(process)
    machine = process.by_id["machine"].get(view)
    return [(machine, machine.transitions)] if machine else _of_agency(process, view)


def views(process: Process) -> tuple[str, ...]:
    """What can be drawn of boxes and arrows: the overview, each machine, each agency."""
    machines = [m.id for m in process.machines]
    return (*CHARTS, *machines, *(a.id for a in process.agencies if a.id not in machines))


def drawable(process: Process) -> dict[str, Machine | Agency | None]:
    """The views, each with the part that it shows, where it shows one."""
    parts = {**process.by_id["agency"], **process.by_id["machine"]}
    return {view: None if view in CHARTS else parts[view] for view in views(process)}


def _of_agency(process: Process, id: str) -> Iterator[Shown]:
    for drawn in process.machines:
        if rules := [t for t in drawn.transitions if _concerns(process, id, drawn, t)]:
            yield drawn, rules


def _concerns(process: Process, agency: str, drawn: Machine, rule: Transition) -> bool:
    """Whether the agency reports the event to this machine, or takes over the case by it."""
    event = process.event(rule.event)
    if agency in event.by and event.home == drawn.id:
        return True
    return rule.target not in rule.sources and drawn.state(rule.target).holder == agency


def _main_route(process: Process) -> Iterator[Shown]:
    """The usual course."""
    usual = usual_rules(process)
    for drawn in process.machines:
        if rules := [t for t in drawn.transitions if f"{drawn.id}.{t.id}" in usual]:
            yield drawn, rules


def _worded(process: Process) -> Callable[[str, str, Language, bool, bool], Rule]:
    """What the lists say of a rule, which stands on several sheets, by its machine and its id; that
    of a chart leaves the condition to the others, and that of an overview what more there is."""

    @cache
    def worded(machine: str, id: str, lang: Language, chart: bool, full: bool) -> Rule:
        rule = process.machine(machine).transition(id)
        event = process.event(rule.event)
        guard = ALWAYS if chart else cited_guard(process, rule)
        condition = "" if guard == ALWAYS else wording.guard_text(process, guard, lang)
        papers = wording.names_text(process, "paper", rule.papers, lang)
        told = (
            _PAPERS.in_(lang).format(papers) if papers else "",
            _more(process, f"{machine}.{id}", event, lang) if full else "",
        )
        return Rule(
            f"{machine}.{id}", 0, event.label.in_(lang),
            wording.names_text(process, "agency", event.by, lang), condition,
            wording.grounds_text(process, rule.basis, lang), inferred(rule.basis),
            links=links(process, rule.basis, lang), of=event.id,
            more="\n".join(filter(None, told)),
        )  # fmt: skip

    return worded


def _more(process: Process, rule: str, event: Event, lang: Language) -> str:
    """What there is to know of a rule beside its condition and its papers."""
    said = phrasing(lang)
    lost = wording.names_text(process, "fact", event.outdates, lang)
    remarks = wording.remarks_on(process, [rule])
    return said.series((
        *((said(_OUTDATES) + said.colon + lost,) if lost else ()),
        *(wording.remark_text(process, remark, lang) for remark in remarks),
        *(wording.told_text(process, told, lang) for told in event.told),
    ))  # fmt: skip


def _bands(parts: Iterable[Agency | Stage], used: set[str], lang: Language) -> tuple[Band, ...]:
    """A band for each part that holds something, and one for what none of them holds."""
    bands = (Band(part.id, part.label.in_(lang)) for part in parts if part.id in used)
    return (*bands, *((Band("", "—"),) if "" in used else ()))


class _Sheet:
    """Collects nodes, arrows and rules of one drawing."""

    def __init__(
        self, process: Process, view: str, kind: _Kind, lang: Language,
        case: Case | View | None, numbers: Numbers, *, full: bool,
    ) -> None:  # fmt: skip
        self.process, self.view, self.lang = process, view, lang
        self._chart, self._machine = kind == "chart", kind == "machine"
        # Without stages there are no columns to fill, and no lane tells who holds a state.
        self._lanes = self._chart and bool(process.stages)
        self._focus = view if kind == "agency" else ""
        self._full = full  # the overview leaves to the sheets what they tell
        self._numbers = numbers
        self.nodes: dict[str, Node] = {}
        self.edges: dict[tuple[str, str], Edge] = {}  # by source and target
        self.rules: list[Rule] = []
        self.groups: list[Band] = []
        self._reported: dict[str, str] = {}  # the event of each rule in the list
        # The numbers in the list: of events, or of what is said of rules, alike ones together.
        self._given: dict[object, int] = {}
        self._drawn: set[Way] = set()  # the ways for which an arrow or a line stands
        # of each note, by what events rules lead on from which of many states
        self._many: dict[str, dict[tuple[int, str], list[str]]] = {}
        # Asked of the case once, not for every state that is drawn.
        self._case = told_of(case, self._focus)
        # The machines that are drawn.
        self._seen = seen_machines(case) if isinstance(case, View) else process.by_id["machine"]

    # -- one machine -------------------------------------------------------------------

    def draw(self, drawn: Machine, rules: Sequence[Transition]) -> None:
        if drawn.id not in self._seen:
            return
        if self._focus:
            self.groups.append(Band(drawn.id, drawn.label.in_(self.lang)))
        # A state that only the note "from n states" speaks of needs no box on a partial sheet.
        used = {s for t in rules for s in (t.target, *(() if self._chart else few(t.sources)))}
        used |= {drawn.initial} if self._chart else set()
        loops = [t for t in rules if t.target in t.sources]
        for state in drawn.states:
            if self._machine or state.id in used:
                self._state(drawn, state, loops)
        for transition in rules:
            self._rule(drawn, transition)

    def _state(self, drawn: Machine, state: State, loops: Sequence[Transition]) -> None:
        holder = self.process.agency(state.holder).label.in_(self.lang) if state.holder else ""
        ends = (("▽", state.rest), ("▼", state.ends_case))
        rests = [sign for sign, so in ends if so and self._full]
        small = [] if self._lanes or not holder else [_HOLDER.in_(self.lang).format(holder)]
        small = [" ".join((*small, *rests))] if small or rests else []
        limits = self.process.limits(drawn.id, state.id)
        for limit in limits:
            said = self._length(limit) if self._chart and _statutory(limit) else self._clock(limit)
            small.append(said + self._ties(limit))
        small += [self._loop(drawn, t) for t in loops if t.target == state.id]
        label = state.label.in_(self.lang)
        self._drawn.add(arrival(drawn.id, state.id))
        irregular = self._case.irregular(drawn.id, state.id)
        if self._chart and self.process.machines[1:]:
            small.insert(0, drawn.label.in_(self.lang))
        self.nodes[f"{drawn.id}.{state.id}"] = Node(
            id=f"{drawn.id}.{state.id}",
            lines=wrap(f"{wording.AGAINST} {label}" if irregular else label, _LABEL),
            small=tuple(line for text in small for line in wrap(text, _SMALL)),
            kind="final" if state.final else "initial" if state.id == drawn.initial else "state",
            lane=state.holder or "",
            column=state.stage or "",
            group=drawn.id if self._focus else "",
            standing=self._standing(drawn, state.id),
            inferred=inferred(state.basis),
            quiet=bool(self._focus) and state.holder != self._focus,
            irregular=irregular,
            title=f"{drawn.label.in_(self.lang)}: {label}",
            links=tuple(link for d in limits for link in self._cited(d)),
        )

    def _rule(self, drawn: Machine, transition: Transition) -> None:
        loop = transition.sources == (transition.target,)
        number = self._list(drawn, transition)
        if loop:
            return
        target = f"{drawn.id}.{transition.target}"
        sources = [s for s in transition.sources if s != transition.target]
        if self._chart:
            steps = usual_steps(self.process)
            sources = [s for s in sources if (drawn.id, s, transition.id) in steps]
        elif len(sources) >= MANY:
            self._from_many(drawn, transition, number, target)
            return
        for source in sources:
            self._arrow(f"{drawn.id}.{source}", target, drawn, transition, number)

    def _from_many(self, drawn: Machine, transition: Transition, number: int, target: str) -> None:
        """One note for all rules that lead here from many states, instead of a fan of arrows; what
        leads on from the same states is told together."""
        said, event = phrasing(self.lang), self.process.event(transition.event).label
        others = [s for s in transition.sources if s != transition.target]
        went = self._went(drawn, transition, others)
        self._drawn |= {(drawn.id, s, transition.id) for s in others}
        note = f"{target}.from_many"
        told = self._many.setdefault(note, {})
        where = len(transition.sources), self._sources(drawn, transition)
        told.setdefault(where, []).append(f"{said(event)} ({number}){' ✓' if went else ''}")
        old = self.nodes.get(note, Node(note, (), kind="note", group=self.nodes[target].group))
        self.nodes[note] = evolve(old, standing=went or old.standing)
        edge = self.edges.get((note, target), Edge(f"{note}-{target}", note, target))
        self.edges[note, target] = evolve(
            edge, standing=edge.standing or went, rules=(*edge.rules, f"{drawn.id}.{transition.id}")
        )

    def _worded(self, note: str, told: Mapping[tuple[int, str], list[str]]) -> Node:
        """The note with what it tells."""
        said = phrasing(self.lang)
        named = [said(_NAMED, *where, said.join(events)) for where, events in told.items()]
        return evolve(self.nodes[note], small=_paragraph(named), title=" ".join(named))

    def _sources(self, drawn: Machine, rule: Transition) -> str:
        """The states from which a rule leads on from many, by their names or by those left out."""
        said = phrasing(self.lang)
        others = [s for s in drawn.states if not s.final and s.id not in {*rule.sources}]
        if not others:
            return said(_ALL)
        if len(others) < len(rule.sources) / 2:
            return said(_ALL_BUT, said.join(said(s.label) for s in others))
        return said.join(said(drawn.state(s).label) for s in rule.sources)

    def _arrow(
        self, source: str, target: str, drawn: Machine, transition: Transition, number: int
    ) -> None:
        """An arrow, or one more event on the arrow that is there."""
        event = self.process.event(transition.event)
        label = event.label.in_(self.lang) + self._marks(drawn, transition)
        by_law = event.id in program(self.process).by_law
        rule, state = f"{drawn.id}.{transition.id}", source.removeprefix(f"{drawn.id}.")
        fired = self._went(drawn, transition, [state])
        main = self._machine and (drawn.id, state, transition.id) in usual_steps(self.process)
        if {source, target} <= self.nodes.keys():
            self._drawn.add((drawn.id, state, transition.id))
        if there := self.edges.get((source, target)):
            said = there.label.split("\n")
            text = there.label if label in said else f"{there.label}\n{label}"
            self.edges[source, target] = evolve(
                there, label=text, by_law=there.by_law and by_law,
                numbers=tuple(dict.fromkeys((*there.numbers, number))),
                inferred=there.inferred and inferred(transition.basis),
                standing=there.standing or fired, main=there.main or main,
                rules=(*there.rules, rule),
            )  # fmt: skip
            return
        handover = self._lane(source) != self._lane(target) or bool(transition.shares)
        self.edges[source, target] = Edge(
            f"{source}-{target}", source, target, label, (number,), handover, by_law,
            inferred(transition.basis), fired, main=main, rules=(rule,),
        )  # fmt: skip

    def _lane(self, node: str) -> str:
        return self.nodes[node].lane if node in self.nodes else ""

    # -- words --------------------------------------------------------------------------

    def _list(self, drawn: Machine, transition: Transition) -> int:
        """The rule's number in the list under the chart, which rules have together of which the
        same is said; in a chart of several machines its event's, which may move more than one."""
        worded = kept(self.process, _worded)
        rule = worded(drawn.id, transition.id, self.lang, self._chart, self._full)
        alike = rule.of if self._chart else evolve(rule, id="", of="")
        given = self._given.setdefault(alike, len(self._given) + 1)
        number = self._numbers.get(rule.id, given)
        self._reported[rule.id] = rule.of
        self.rules.append(evolve(rule, number=number))
        return number

    def _marks(self, drawn: Machine, transition: Transition) -> str:
        """The signs of what the list tells of a rule, beside its event."""
        event = self.process.event(transition.event)
        signs: dict[str, tuple[object, ...]] = {"◇": transition.papers}
        if self._full:
            judged = wording.remarks_on(self.process, [f"{drawn.id}.{transition.id}"])
            signs |= {"†": event.told, "¶": judged, "‡": event.outdates}
        return "".join(f" {sign}" for sign, so in signs.items() if so)

    def _limits(self) -> Iterator[Rule]:
        """What there is to know of the limits in the boxes."""
        process, lang, series = self.process, self.lang, phrasing(self.lang).series
        for limit in process.deadlines:
            if any(f"{limit.machine}.{state}" in self.nodes for state in limit.states):
                owner = process.agency(limit.owner).label.in_(lang)
                yield Rule(
                    limit.id, 0, wording.limit_text(process, limit, lang), owner,
                    series(wording.limit_details(process, limit, lang)),
                    wording.grounds_text(process, limit.basis, lang), inferred(limit.basis),
                    links=links(process, limit.basis, lang),
                )  # fmt: skip

    def _loop(self, drawn: Machine, transition: Transition) -> str:
        self._drawn.add((drawn.id, transition.target, transition.id))
        went = " ✓" if self._went(drawn, transition, [transition.target]) else ""
        label = self.process.event(transition.event).label.in_(self.lang)
        return f"+ {label}{self._marks(drawn, transition)}{went}"

    def _went(self, drawn: Machine, rule: Transition, sources: Iterable[str]) -> Standing:
        """Whether the case went by this rule from one of these states."""
        ways = ((drawn.id, source, rule.id) for source in sources)
        return "" if self._case.went.isdisjoint(ways) else "visited"

    def _clock(self, deadline: Deadline) -> str:
        """The deadline on the state in which it runs, with its law; in a case, until when."""
        said = phrasing(self.lang)
        cited = "".join(said.bracketed(basis) for basis, _ in self._cited(deadline))
        limit = wording.limit_text(self.process, deadline, self.lang)
        return f"{said(_LIMIT)} {limit}{cited}{self._until(deadline)}"

    def _ties(self, deadline: Deadline) -> str:
        """The signs of what the list tells of a limit: that it may stop, to whom it is owed."""
        if not self._full:
            return ""
        owed = wording.names_text(self.process, "agency", deadline.owed_to, self.lang)
        return (" ≫" if deadline.in_links else "") + (f" ⇒ {owed}" if owed else "")

    def _cited(self, deadline: Deadline) -> Links:
        """The law of a limit, and where it can be read."""
        cited = [basis for basis in deadline.basis if basis.law][:1]
        return links(self.process, cited, self.lang)

    def _length(self, deadline: Deadline) -> str:
        """How long the deadline runs: its name and law stand at the head of the chart."""
        length = wording.length_text(self.process, deadline, self.lang)
        return f"■ {length}{self._until(deadline)}"

    def _until(self, deadline: Deadline) -> str:
        text = ""
        for clock in self._case.running:
            if clock.deadline.id == deadline.id:
                if clock.last is None:
                    text += f" ‖ {wording.still_text(clock.left, clock.renewals, self.lang)}"
                else:
                    text += _UNTIL.in_(self.lang).format(f"{clock.last:%Y-%m-%d %H:%M}")
        return text

    def _standing(self, drawn: Machine, state: str) -> Standing:
        case = self._case
        if standing := case.standing(drawn.id, state):
            return standing
        here = case.states.get(drawn.id)
        leads = (t for t in drawn.transitions if here in t.sources and t.event in case.possible)
        return "possible" if any(t.target == state for t in leads) else ""

    def _clocks(self) -> Iterator[Span]:
        """The statutory time limits of the states that are drawn, in the process's order."""
        for deadline in filter(_statutory, self.process.deadlines):
            ids = (f"{deadline.machine}.{state}" for state in deadline.states)
            if nodes := tuple(id for id in ids if id in self.nodes):
                begins = self._begins(deadline, nodes)
                links = self._cited(deadline)
                yield Span(deadline.id, self._clock(deadline), nodes, begins, links=links)

    def _begins(self, deadline: Deadline, running: tuple[str, ...]) -> tuple[str, ...]:
        """Where the case is once the limit's clock has started: where the event that starts it
        leads on the way to the boxes in which it runs, else wherever it leads on this sheet."""
        if not deadline.begun_by:
            return running
        by = {rule for rule, event in self._reported.items() if event in deadline.begun_by}
        begun = {ends for ends, edge in self.edges.items() if not by.isdisjoint(edge.rules)}
        back = grouped((target, source) for source, target in self.edges.keys() - begun)
        starts, reached = {target for _, target in begun}, distances(back, running)
        found = starts & reached.keys() or starts
        return tuple(node for node in self.nodes if node in found) or running

    def finish(self, title: str, *, corner: bool) -> Diagram:
        process, lang = self.process, self.lang
        self.nodes |= {note: self._worded(note, told) for note, told in self._many.items()}
        held = {n.lane for n in self.nodes.values()}
        in_columns = {n.column for n in self.nodes.values()}
        lanes = self._lanes
        drawn = Diagram(
            id=f"{process.id}_{self.view}",
            title=title,
            description=_description(self, title),
            lang=lang,
            nodes=tuple(self.nodes.values()),
            edges=tuple(e for ends, e in self.edges.items() if self.nodes.keys() >= {*ends}),
            lanes=_bands(process.agencies, held, lang) if lanes else (),
            columns=_bands(process.stages, in_columns, lang) if lanes else (),
            groups=tuple(self.groups),
            stages=() if lanes else tuple(self._stages()),
            clocks=tuple(self._clocks()) if lanes else (),
            rules=tuple(self.rules),
            limits=tuple(self._limits()) if self._full else (),
            corner=tuple(corner_lines(process, self.view, lang, self._case)) if corner else (),
        )  # fmt: skip
        told = steps_told(process, self._case, self._drawn, lang)
        return evolve(drawn, legend=(*told, *self._signs(lanes=lanes, tied=bool(drawn.tied))))

    def _signs(self, *, lanes: bool, tied: bool) -> Iterator[str]:
        """What the signs mean that are on the sheet."""
        nodes, edges = self.nodes.values(), self.edges.values()
        kinds = {node.kind for node in nodes}
        small = [line for node in nodes for line in node.small]
        signs = "".join((*small, *(edge.label for edge in edges)))
        there = {
            "same": any(not (e.handover or e.by_law or e.inferred or e.main) for e in edges),
            "other": any(e.handover and not (e.by_law or e.inferred or e.main) for e in edges),
            "law": any(e.by_law for e in edges),
            "usual": any(e.main for e in edges),
            "inferred": any(n.inferred for n in nodes) or any(e.inferred for e in edges),
            "start": "initial" in kinds,
            "end": "final" in kinds,
            "limit": any("■" in line for line in small),
            "papers": not lanes and "◇" in signs,
            **{sign: sign in signs for sign in "⇒≫†¶‡▽▼"},
            "kept": any(line.startswith("+ ") for line in small),
            "rules": any(e.numbers for e in edges),
            "tied": lanes and tied,
            "course": lanes,
            "case": self._case is not NO_CASE,
            "open": bool(self._case.agency),
            "against": any(n.irregular for n in nodes),
        }
        yield from (text.in_(self.lang) for sign, text in _SIGNS.items() if there[sign])

    def _stages(self) -> Iterator[Band]:
        """The stages as panels are called, with the sheets on which all of each is."""
        for number, stage in enumerate(self.process.stages, 1):
            sheet = sheet_text(self.process, f"{STAGE}{stage.id}", self.lang)
            yield Band(stage.id, f"{number} {stage.label.in_(self.lang)} ({sheet})")


def _paragraph(said: Sequence[str]) -> tuple[str, ...]:
    """The lines of a note: much of it is wider, so that it is no column."""
    wide = max(_SMALL, sqrt(_FLAT * LEADING * sum(map(em, said))))
    return tuple(line for text in said for line in wrap(text, wide))


def _description(sheet: _Sheet, title: str) -> str:
    states = [n.title for n in sheet.nodes.values() if n.kind != "note"]
    said = Text("{0}。状態: {1}。", "{0}. States: {1}.").in_(sheet.lang)
    return said.format(title, phrasing(sheet.lang).series(states))


def few(sources: tuple[str, ...]) -> tuple[str, ...]:
    """The states from which a rule leads on, unless they are many."""
    return sources if len(sources) < MANY else ()


def _statutory(deadline: Deadline) -> bool:
    """Whether a law sets the limit, rather than a practice or an agreement."""
    return any(basis.law for basis in deadline.basis)


def inferred(bases: Iterable[Basis]) -> bool:
    """Whether something rests on conclusions alone, of which no source was read."""
    marks = [b.mark for b in bases]
    return bool(marks) and all(mark is Mark.INFERRED for mark in marks)


def of_law(drawn: Diagram, law: Process) -> Diagram:
    """The drawing with the digest of the law as it is, whatever its parts are called in a case."""
    return evolve(drawn, corner=(*drawn.corner, digest(law)))


def corner_lines(
    process: Process, view: str, lang: Language, case: CaseShown, law_digest: str = ""
) -> Iterator[str]:
    """The corner of a sheet: its number, of whose view alone it tells, of which moment, under which
    law, with its digest if that is told here."""
    said = phrasing(lang)
    if number := corner_text(process, view, lang):
        yield number
    if case.agency not in ("", view):
        yield said(ONLY, said(process.agency(case.agency).label))
    if case.at is not None:
        yield said(_AS_OF, f"{case.at:%Y-%m-%d %H:%M}")
    yield f"{law_text(process, lang)}   {law_digest}".rstrip()


def law_text(process: Process, lang: Language) -> str:
    """The law by its name, and since when it holds."""
    said = phrasing(lang)
    name = said(process.name)
    return said(_IN_FORCE, name, said.day(process.since, year=True)) if process.since else name
