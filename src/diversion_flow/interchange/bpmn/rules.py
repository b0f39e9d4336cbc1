"""The rules of a drawing: which event moves which track from where to where, and on what choice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product
from typing import Final

from attrs import Factory, define, evolve, field, frozen

from ...definition import Guard, Language, Length, Text, every
from ...definition.guard import ALWAYS, Compare, Includes, InState
from .branches import Start, Track
from .conditions import simple
from .graph import TASKS, Drawing, Link, Node
from .names import Names, last_part, snake
from .source import ITSELF, MADE
from .timers import Expiries, expiries, length
from .tracks import Passage, Plan

WAITS: Final = "not_started"
DONE: Final = "done"
_AFTER: Final = "_after_"
_BRANCHES: Final = "_branches_after_"
_OTHERWISE: Final = "その他"
_MOST_MORE: Final = 10_000  # rules than flows: what each of many leads to is a rule for each
_MADE: Final = {  # what is not drawn is called, by its kind
    "eventBasedGateway": Text("開始前", "not yet begun"),
    "parallelGateway": Text("並行して進行", "at once"),
    "inclusiveGateway": Text("並行して進行", "at once"),
    "startEvent": Text("開始", "start"),
    "endEvent": Text("終了", "end"),
}
# How a guard asks for a choice: the fact's label and this, then the choice's label.
_IS: Final = Text("が", " is ")
# How it asks for one of several: these around the label of the fact and that of the choice.
WHICH: Final = Text("{0}で進む流れ", "{0}: which branches")
_HAS: Final = Text("に", " includes ")
_HAS_END: Final = Text("を含む", "")


@define
class Rule:
    """A transition in the making; its sources are states of one track."""

    track: Track
    id: str
    event: str
    sources: list[str]
    target: str
    guard: Guard
    note: str = ""
    enters: tuple[Start, ...] = ()  # the splits whose branches begin with it


@define
class Limit:
    """A deadline in the making."""

    track: Track
    id: str
    label: Text
    length: Length
    states: list[str]
    expiry: _Key | None = None


@frozen
class Asked:
    """What a choice fact is about, and the labels of its choices by the rules they stand for."""

    track: Track
    event: str
    labels: dict[str, str] = Factory(dict)
    several: bool = False  # whether several may be chosen at once


@frozen
class _Exit:
    """An event by which a state may be left, and the ways it opens."""

    event: str
    ways: tuple[Passage, ...]
    guard: Guard = ALWAYS
    said: tuple[str, ...] = ()  # what the drawing says of the event besides its name


# What an event is known by: its message, or else a node on one of the tracks that have it.
_Key = tuple[Track | None, str]


@define
class Rules:
    """Everything that happens in a drawing, found state by state."""

    drawing: Drawing
    plans: list[Plan]
    lang: Language
    machines: dict[Track, str] = Factory(dict)
    arrived: dict[tuple[Track, str], str] = Factory(dict)  # at which join -> state
    states: dict[str, str] = Factory(dict)  # node -> state
    rules: list[Rule] = Factory(list)
    limits: dict[tuple[Track, str], Limit] = Factory(dict)
    events: dict[str, Text] = Factory(dict)
    asked: dict[str, Asked] = Factory(dict)
    _keys: dict[_Key, str] = Factory(dict)
    _expiries: Expiries = field(init=False)
    _event_names: Names = field(init=False)
    _limit_names: Names = field(init=False)
    _join_names: Names = field(init=False)
    _most: int = field(init=False)  # rules
    _rule_names: dict[Track, Names] = Factory(dict)
    # By the split entered: the event, the condition, and the track that comes to it.
    _entering: dict[Start, dict[tuple[str, Guard, Track], None]] = Factory(dict)
    _by_id: dict[tuple[Track, str], Rule] = Factory(dict)
    # By the state and the message: the node that waits for it there.
    _awaited: dict[tuple[Track, str, str], str] = Factory(dict)

    def __attrs_post_init__(self) -> None:
        ours = self.drawing.ours
        self._expiries = expiries(plan.pool for plan in self.plans)
        self._event_names, self._limit_names = Names(ours), Names(ours)
        self._join_names = Names(ours)
        self._most = _MOST_MORE + sum(len(plan.pool.links) for plan in self.plans)

    def find(self) -> None:
        """Name the machines and states, then follow every way out of every state."""
        names = Names(self.drawing.ours)
        for plan in self.plans:
            self._name(plan, names)
        for plan in self.plans:
            for track in plan.tracks:
                for node in plan.states(track):
                    for exit in self._exits(plan, track, node):
                        self._follow(plan, track, node, exit)
            for track in plan.tracks[1:]:
                self._begin(plan, track)

    def label(self, node: Node, otherwise: str) -> Text:
        """The label of an element; our own export documents it in the other language."""
        if node.part.tag == MADE:
            return _MADE[node.kind]
        node.part.take("name")
        shown = node.name or otherwise
        return self.pair(shown, node.said.partition("\n")[0] if self.drawing.ours else "")

    def pair(self, shown: str, other: str = "") -> Text:
        """What the drawing shows, with the other language where it is known."""
        return Text.of(self.lang, shown, other or shown)

    def event_of(self, message: str) -> str:
        """The event that a message stands for; empty where nothing happens on it."""
        return self._keys.get((None, message), "")

    def in_order(self) -> list[str]:
        """The events in the order of their messages; then those that no message names."""
        told = filter(None, map(self.event_of, self.drawing.messages))
        return [*dict.fromkeys((*told, *self.events))]

    def choice_of(self, track: Track, event: str) -> str:
        """The id of the fact that says which way a machine goes after an event."""
        return f"{self.machines[track]}{_AFTER}{event}"

    def branches_of(self, track: Track, event: str) -> str:
        """The id of the fact that says which branches begin on a machine after an event."""
        return f"{self.machines[track]}{_BRANCHES}{event}"

    # -- names ---------------------------------------------------------------------------------

    def _name(self, plan: Plan, machines: Names) -> None:
        pool, ours = plan.pool, self.drawing.ours
        branched = len(plan.tracks) > 1
        names = Names(ours, {WAITS, DONE} if branched else set())
        drawn = {id for track in plan.tracks for id in track.nodes}
        for node in pool.nodes.values():
            if node.id in drawn and plan.is_state(node):
                self.states[node.id] = names.given(node.id, node.name, _word(node))
        for track in plan.tracks:
            for number, place in enumerate(track.rests):
                self.arrived[track, place] = names.unique(DONE) if number else DONE
        main, *branches = plan.tracks
        self.machines[main] = machines.given(pool.id, pool.name, "track")
        for track in branches:
            first = self._state(plan, track, self.first(plan, track))
            self.machines[track] = machines.unique(f"{self.machines[main]}_{first}")

    def first(self, plan: Plan, track: Track) -> str:
        """The node with which a branch begins."""
        assert track.entry
        return plan.ways(track, track.entry)[0].target

    def _state(self, plan: Plan, track: Track, node: str) -> str:
        """What a track comes to: a state of its own, a join at which it waits, or a split that it
        is within, whose branches begin again."""
        if node in track.nodes:
            return self.states[node]
        if node in track.rests:
            return self.arrived[track, node]
        first = self.first(plan, track)
        if first == node:
            raise self.drawing.wrong(plan.pool.nodes[node], "bpmn_circle")
        return WAITS if track.awaits else self._state(plan, track, first)

    # -- events --------------------------------------------------------------------------------

    def _reported(self, track: Track, state: Node, node: Node) -> str:
        """The event that a message or another trigger stands for; one for each message. Where two
        wait in one state for the same message, which of them has come is told by the event."""
        message = self._message(node)
        first = self._awaited.setdefault((track, state.id, message), node.id)
        shared = message and first == node.id
        key = (None, message) if shared else (track, node.id)
        name = self.drawing.called(message)
        if key not in self._keys:
            id = self._event_names.given(key[1], name or node.name, "event")
            self._keys[key] = id
            self.events[id] = self.label(node, name or id)
        known = self._keys[key]
        label = self.events[known].in_(self.lang)
        if node.name == label:
            node.part.take("name")
        part = self.drawing.messages.get(message)
        if part:
            part.take(ITSELF)
            if name == label or self.drawing.ours:
                part.take("name")
        return known

    def _message(self, node: Node) -> str:
        """The message that is waited for; a task that receives says it itself."""
        if node.kind == "receiveTask":
            return node.part.refers("messageRef")
        return node.trigger.value if node.trigger.kind == "message" else ""

    def _besides(self, node: Node) -> tuple[str, ...]:
        """What an event says that its name, or that of its message, does not."""
        if self.drawing.ours:
            return ()
        said = () if "name" in node.part.taken else (node.name,)
        node.part.take("name")
        node.part.take_said("documentation")
        return tuple(filter(None, (*said, node.said)))

    def _made(self, key: _Key, wished: str, label: Text) -> str:
        """An event that the drawing does not name."""
        if key not in self._keys:
            id = self._keys[key] = self._event_names.unique(wished)
            self.events[id] = label
        return self._keys[key]

    def _done(self, track: Track, node: Node) -> str:
        id = self.states[node.id]
        return self._made((track, node.id), f"{id}_done", _completion(self.label(node, id)))

    # -- ways out of a state -------------------------------------------------------------------

    def _exits(self, plan: Plan, track: Track, node: Node) -> Iterator[_Exit]:
        going = plan.going(node)
        if node.kind == "endEvent":
            return
        if plan.is_split(node):
            yield from self._together(plan, track, node)
        elif node.id in plan.decisions:
            yield _Exit(self._done(track, node), plan.choices(track, node))
        elif node.kind == "eventBasedGateway":
            for link in going:
                yield from self._triggered(plan, track, node, plan.pool.nodes[link.target])
        elif node.kind not in TASKS:
            yield from self._triggered(plan, track, node, node)
        else:
            borders = plan.pool.borders.get(node.id, ())
            for border in borders:
                yield from self._triggered(plan, track, node, border)
            if going:
                yield _Exit(self._done(track, node), plan.ways(track, plan.only(node)))
            elif not borders:
                self.drawing.losses.note("no_end", node.part)

    def _together(self, plan: Plan, track: Track, split: Node) -> Iterator[_Exit]:
        """Behind a join: when every branch that leads to it is done."""
        closing = plan.closing(track, split)
        if closing is None:
            return
        join = plan.pool.nodes[closing.join]
        guard = every(*(self._there(plan, t, join) for t in closing.branches))
        event = self._done(track, split)
        if join.id in track.joins:
            yield _Exit(event, (Passage(join.id, ()),), guard)
        else:
            yield _Exit(event, plan.ways(track, plan.only(join)), guard, self._told(join))

    def _there(self, plan: Plan, track: Track, join: Node) -> Guard:
        """A branch waits at the join; an inclusive one waits for no branch that cannot come."""
        states = [self.arrived[track, join.id]]
        if join.kind != "parallelGateway":
            if plan.chosen(track):
                states.insert(0, WAITS)
            ends = (n for n in plan.states(track) if plan.is_end(track, n))
            states += [self.states[node.id] for node in ends]
        return InState(self.machines[track], tuple(states))

    def _gathered(self, plan: Plan, track: Track) -> tuple[str, Guard, tuple[str, ...]]:
        """The event on which a track begins behind a join of some branches."""
        assert track.entry
        join = plan.pool.nodes[track.entry.source]
        id = self._join_names.given(join.id, join.name, "join")
        event = self._made((track, join.id), f"{id}_done", _completion(self.pair(join.name or id)))
        guard = every(*(self._there(plan, t, join) for t in track.awaits))
        return event, guard, self._told(join)

    def _enters(self, plan: Plan, track: Track, node: str) -> tuple[Start, ...]:
        """The splits whose branches begin where a track comes to a node."""
        if node in track.nodes:
            return ((track, node),) if plan.is_split(plan.pool.nodes[node]) else ()
        if node not in track.again:
            return ()
        outer = next(start for start in reversed(track.starts) if start[1] == node)
        if node != track.split or track.awaits:
            return (outer,)
        return (outer, *self._enters(plan, track, self.first(plan, track)))

    def _opened(self, plan: Plan, track: Track, event: str) -> Guard:
        """The branch is among those that the flow takes, on this event."""
        assert track.parent
        assert track.entry
        fact, link = self.branches_of(track.parent, event), track.entry
        value = self.machines[track]
        asked = self.asked.setdefault(fact, Asked(track.parent, event, several=True))
        label = link.name or link.condition
        if label:
            link.part.take("name")
        else:
            first = plan.pool.nodes[self.first(plan, track)]
            label = self.label(first, value).in_(self.lang)
        asked.labels.setdefault(value, label)
        return Includes(fact, value)

    def _told(self, node: Node) -> tuple[str, ...]:
        return () if self.drawing.ours else tuple(node.told())

    def _triggered(self, plan: Plan, track: Track, state: Node, node: Node) -> Iterator[_Exit]:
        """The ways out by each of the triggers of an event."""
        for each in node.each():
            if each.trigger.kind == "timer":
                event = self._timed(plan, track, state, each)
            elif each.trigger.kind or node is not state:
                event = self._reported(track, state, each)
            else:
                event = self._done(track, state)
            if event:
                ways = plan.ways(track, plan.only(node))
                yield _Exit(event, ways, said=self._besides(node))

    def _timed(self, plan: Plan, track: Track, state: Node, timer: Node) -> str:
        """Note the time limit; give the event of its expiry, if a rule of its own follows."""
        found = length(timer.trigger.value)
        if found is None:
            self._unmeasured(timer)
            limit = None
        else:
            limit = self._limit(track, state, timer, found)
        if not timer.interrupts:
            return ""
        message = self._expiries.event(timer) if self.drawing.ours else ""
        if limit and message:
            limit.expiry = (None, message)
            return ""
        id = limit.id if limit else self._event_names.given(timer.id, timer.name, "timer")
        label = self.label(timer, id)
        event = self._made((track, timer.id), f"{id}_passed",
                           Text(f"{label.ja}の経過", f"{label.en}: passed"))  # fmt: skip
        if limit:
            limit.expiry = (track, timer.id)
        return event

    def _unmeasured(self, timer: Node) -> None:
        definition = timer.trigger.part
        self.drawing.losses.note("timers", timer.part)
        for part in definition.parts if definition else ():
            self.drawing.losses.lose("timers", part)

    def expiry(self, limit: Limit) -> str | None:
        """The event that happens when a time limit has passed."""
        return self._keys.get(limit.expiry) if limit.expiry else None

    def _limit(self, track: Track, state: Node, timer: Node, found: Length) -> Limit:
        if timer.trigger.part:
            timer.trigger.part.take_said("timeDuration")
        timer.part.take("name")
        key = (track, last_part(timer.id) if self.drawing.ours else timer.id)
        if key not in self.limits:
            id = self._limit_names.given(timer.id, timer.name, "limit")
            shown, other = timer.name or id, ""
            if self.drawing.ours:  # the name says the length, too, as the second line does
                other, _, rest = timer.said.partition("\n")
                shown = shown.removesuffix(rest.partition("\n")[0]).rstrip(" ")
            self.limits[key] = Limit(track, id, self.pair(shown or id, other), found, [])
        self.limits[key].states.append(self.states[state.id])
        return self.limits[key]

    # -- rules ---------------------------------------------------------------------------------

    def _begin(self, plan: Plan, track: Track) -> None:
        """A branch begins with whatever leads its track's parent to the split; what follows some
        of the branches, when these wait at its join."""
        assert track.entry
        first, way = self.first(plan, track), plan.ways(track, track.entry)[0]
        target = self._state(plan, track, first)
        rests = [self.arrived[track, place] for place in track.rests]
        enters = self._enters(plan, track, first)
        if track.awaits:
            event, guard, said = self._gathered(plan, track)
            note = self._note(plan, way, said)
            self._add(Rule(track, f"begin_on_{event}", event, [WAITS], target, guard, note, enters))
        elif plan.chosen(track):
            way = evolve(way, asked=((plan.pool.nodes[track.split], track.entry), *way.asked))
        for event, guard in self._beginnings(plan, track):
            if track.awaits:
                if rests:
                    self._add(Rule(track, f"anew_on_{event}", event, rests, WAITS, guard))
                continue
            sources = [state for state in (WAITS, *rests) if state != target]
            self._add(Rule(track, f"begin_on_{event}", event, sources, target, guard,
                           self._note(plan, way, ()), enters))  # fmt: skip

    def _beginnings(self, plan: Plan, track: Track) -> list[tuple[str, Guard]]:
        """What leads to the split of a branch, and on which condition the branch begins then;
        what it does itself is no beginning."""
        found = [(e, guard) for e, guard, by in self._entering.get(track.start, ()) if by != track]
        if plan.chosen(track) and not track.awaits:
            found = [(e, every(guard, self._opened(plan, track, e))) for e, guard in found]
        always = {event for event, guard in found if guard == ALWAYS}
        return [(e, guard) for e, guard in found if guard == ALWAYS or e not in always]

    def _follow(self, plan: Plan, track: Track, state: Node, exit: _Exit) -> None:
        ways = [w for w in exit.ways if not (w.by_default and w.target == state.id)]
        guards = self._simple(ways)
        for way in ways:
            target = self._state(plan, track, way.target)
            rule = Rule(track, self._wished(state, way, target), exit.event,
                        [self.states[state.id]], target, exit.guard,
                        self._note(plan, way, exit.said),
                        self._enters(plan, track, way.target))  # fmt: skip
            if way.asked:
                self._choose(rule, way, guards.get(way))
            self._add(rule)

    def _choose(self, rule: Rule, way: Passage, read: Guard | None) -> None:
        """The rule's guard: the choice that the flow stands for."""
        fact = self.choice_of(rule.track, rule.event)
        if read is None:
            rule.id = self._free(rule, fact)
            read = Compare(fact, "==", rule.id)
        rule.guard = every(read, rule.guard)
        for part in read.walk():
            if isinstance(part, Includes):
                asked = self.asked.setdefault(
                    part.fact, Asked(rule.track, rule.event, several=True)
                )
                asked.labels.setdefault(part.value, self._one_of(rule, way, part.value))
        if isinstance(read, Compare) and read.fact == fact:
            asked = self.asked.setdefault(fact, Asked(rule.track, rule.event))
            asked.labels.setdefault(str(read.value), self._choice(rule, way))

    def _free(self, rule: Rule, fact: str) -> str:
        """The rule's id, unless another rule has it; our own export repeats it for each source."""
        names = self._rule_names.setdefault(rule.track, Names(self.drawing.ours))
        guard = every(Compare(fact, "==", rule.id), rule.guard)
        if rule.id not in names.taken or (self.drawing.ours and self._same(rule, guard)):
            return rule.id
        return names.free(rule.id)

    def _same(self, rule: Rule, guard: Guard) -> Rule | None:
        """The rule that says the same of another source."""
        found = self._by_id.get((rule.track, rule.id))
        same = found and (found.event, found.target, found.guard) == (
            rule.event, rule.target, guard)  # fmt: skip
        return found if same else None

    def _add(self, rule: Rule) -> None:
        names = self._rule_names.setdefault(rule.track, Names(self.drawing.ours))
        known = self._same(rule, rule.guard)
        if known:
            known.sources.extend(s for s in rule.sources if s not in known.sources)
            known.note = _lines(known.note, rule.note)
        else:
            rule.id = names.unique(rule.id)
            self.rules.append(rule)
            if len(self.rules) > self._most:
                place = rule.track.entry or rule.track.pool
                raise self.drawing.wrong(place, "bpmn_many_rules")
            for start in rule.enters:
                self._entering.setdefault(start, {})[rule.event, rule.guard, rule.track] = None
            self._by_id[rule.track, rule.id] = rule

    def _wished(self, state: Node, way: Passage, target: str) -> str:
        if self.drawing.ours:
            for link in reversed(way.links):
                named = link.id.rpartition("-")[2]  # else what a flow leads to: `machine.state`
                if named and snake(named) == named:
                    return named
        return f"{self.states[state.id]}_to_{target}"

    def _note(self, plan: Plan, way: Passage, said: Iterable[str]) -> str:
        """What the drawing says of the event and of the flows and nodes on its way; our own
        export keeps a rule's note apart from what it tells of the rule."""
        if self.drawing.ours:
            return _lines(*(link.note for link in way.links))
        return _lines(*said, *self.on_the_way(plan, way))

    def on_the_way(self, plan: Plan, way: Passage) -> Iterator[str]:
        """Conditions, names and documentation that no choice has for its label."""
        asking = {node.id for node, _ in way.asked}
        chosen = {id(link) for _, link in way.asked}
        for link in way.links:
            if link.condition:
                self.drawing.losses.note("conditions", link.part)
            yield from link.told(named=id(link) not in chosen)
            node = plan.pool.nodes[link.target]
            if node.id != way.target:
                yield from node.told(named=node.id not in asking)

    # -- choices -------------------------------------------------------------------------------

    def _simple(self, ways: Iterable[Passage]) -> dict[Passage, Guard]:
        """The guards of our own simple conditions, if all of one gateway's are simple. They speak
        of our own machines: of none of ours something begins beside what goes on."""
        asked = [way for way in ways if way.asked]
        if not self.drawing.ours or any(len(plan.tracks) > 1 for plan in self.plans):
            return {}
        read = {way: simple(way.asked[-1][1].condition) for way in asked}
        guards = {way: guard for way, guard in read.items() if guard is not None}
        if len(guards) == len(read) and all(map(self._known, guards.values())):
            return guards
        for way in asked:
            self.drawing.losses.note("conditions", way.asked[-1][1].part)
        return {}

    def _known(self, guard: Guard) -> bool:
        """Whether the guard asks only for states and for choices of this drawing: what nothing
        leads to is not read, and who goes on with a drawing may have taken a state out."""
        machines = set(self.machines.values())
        places = {
            (self.machines[track], self.states[node.id])
            for plan in self.plans for track in plan.tracks for node in plan.states(track)
        }  # fmt: skip
        return all(
            (
                not isinstance(part, InState)
                or places.issuperset(product([part.machine], part.states))
            )
            and (not isinstance(part, Compare | Includes) or self._divides(machines, part.fact))
            for part in guard.walk()
        )

    def _divides(self, machines: set[str], fact: str) -> bool:
        """Whether a fact of this name is the choice of a machine after an event."""
        starts = (f"{machine}{word}" for machine in machines for word in (_AFTER, _BRANCHES))
        events = {last_part(message) for message in self.drawing.messages}
        return any(fact.startswith(start) and fact[len(start) :] in events for start in starts)

    def _one_of(self, rule: Rule, way: Passage, value: str) -> str:
        """The label of a branch, in our own export."""
        link = way.asked[-1][1]
        link.part.take("name")
        said = link.part.take_line("documentation")
        fact = WHICH.in_(self.lang).format(self._on_a_line(rule.event))
        _, found, label = said.rpartition(f"{fact}{_HAS.in_(self.lang)}")
        return label.removesuffix(_HAS_END.in_(self.lang)) if found else value

    def _on_a_line(self, event: str) -> str:
        """The event's label, as it stands in a line of documentation."""
        return self.events[event].in_(self.lang).replace("\n", " ")

    def _choice(self, rule: Rule, way: Passage) -> str:
        """The label of a choice: the way's answers, with the questions where they are named."""
        if self.drawing.ours:
            link = way.asked[-1][1]
            link.part.take("name")
            said = link.part.take_line("documentation")
            event = self._on_a_line(rule.event)
            label = said.removeprefix(f"{event}?{_IS.in_(self.lang)}")
            return (label or link.name) if link.name else rule.id  # a flow that was added says none
        for node, link in way.asked:
            node.part.take("name")
            link.part.take("name")
        return " / ".join(
            f"{node.name}: {_answer(link)}" if node.name else _answer(link)
            for node, link in way.asked
        )


def _completion(label: Text) -> Text:
    return Text(f"{label.ja}の完了", f"{label.en}: done")


def _answer(link: Link) -> str:
    return link.name or link.condition or _OTHERWISE


def _lines(*said: str) -> str:
    """Each of these once, on lines of their own."""
    return "\n".join(dict.fromkeys(filter(None, said)))


def _word(node: Node) -> str:
    """What a state without a usable name is called."""
    if node.kind in TASKS:
        return "task"
    return {
        "endEvent": "end", "startEvent": "start", "parallelGateway": "parallel",
        "exclusiveGateway": "decision", "inclusiveGateway": "parallel",
        "complexGateway": "parallel",
    }.get(node.kind, "waiting")  # fmt: skip
