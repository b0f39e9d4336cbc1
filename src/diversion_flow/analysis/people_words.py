"""The third layer in words: who is treated differently, and how, in two languages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from ..definition import Deadline, Fact, Kind, Language, Process, Text
from ..definition.facts import Value
from ..definition.grouped import grouped
from ..definition.phrasing import phrasing
from ..definition.wording import (
    before_text,
    counting_text,
    duty_text,
    guard_text,
    length_text,
    links_text,
    start_text,
    value_text,
)
from ..runtime.sight import sight
from .cells import KNOWN, NEVER, UNKNOWN, Bits, Cells, Cube, Question, ground
from .days import asked_text, days_text
from .difference import Difference, Place, Treatment
from .structure_words import Saying
from .witness import Witness


class Words:
    """Sentences about two processes and what differs between them, in one language."""

    def __init__(self, a: Process, b: Process, cells: Cells, lang: Language) -> None:
        self.a, self.b, self.cells, self.lang = a, b, cells, lang
        self._said = phrasing(lang)

    def name(self, process: Process) -> str:
        """What to call one of the two processes, so that they can be told apart."""
        if self._said(self.a.name) != self._said(self.b.name):
            return self._said(process.name)
        if self.a.version != self.b.version:
            return process.version
        return self._said(_FIRST if process is self.a else _SECOND)

    def said(self, found: Difference) -> str:
        """Who is treated differently, and how."""
        return _SAYS[found.kind](self, found)

    def rule(self, found: Difference) -> str:
        """One kind of case, how each process treats it, and what it lacks."""
        who = self.example(found)
        sentence = _SENTENCE if who else _WHOEVER if found.cube else _EVERYONE
        text = self._said(sentence).format(
            who=who,
            whom=self.cube(found.cube),
            event=self._said.join(dict.fromkeys(map(self._event, found.rules))),
            where=self._where(found.rules),
            one=self.name(self.a), a=self._outcome(self.a, found, found.before),
            other=self.name(self.b), b=self._outcome(self.b, found, found.after),
        )  # fmt: skip
        if found.why is None:
            return text
        law = self.a if found.before is None else self.b
        if found.why == NEVER:
            return text + self._said(_OPEN_TO_NOBODY, self.name(law))
        return text + self._said(_WHY, self.name(law), asked_text(law, found.why, self.lang))

    def undecided(self, place: Place) -> str:
        """That it takes too much effort to say whom the rules at a place treat differently."""
        states = (self._state(place.machine, state) for state in place.states)
        where = self._said.either(map(self._said.quoted, states))
        event = self._event(place) if place.event else ""
        sentence = _UNDECIDED if place.event else _UNDECIDED_THERE if where else _UNDECIDED_AT_ALL
        return self._said(sentence, where, event)

    def unreached(self, places: Iterable[Place]) -> Iterator[str]:
        """Machine by machine, what is another where no case comes that both treat alike until
        then."""
        for machine, there in grouped((place.machine, place) for place in places).items():
            states = grouped((place.event, state) for place in there for state in place.states)
            each = [Place(event, machine, where) for event, where in states.items()]
            named = grouped((self._where([at]) if at.event else "", self._named(at)) for at in each)
            parts = (
                self._said(_ON_EVENTS, w, self._said.join(events)) for w, events in named.items()
            )
            if machine:
                label = self._label("machine", machine)
                yield self._said(_UNREACHED, label, self._said.series(parts))
            else:
                yield self._said(_UNREACHED_AT_ALL)

    def _named(self, place: Place) -> str:
        """The event, or where none is meant, the states."""
        if place.event:
            return self._said.quoted(self._event(place))
        states = (self._state(place.machine, state) for state in place.states)
        return self._said(_STANDING, self._said.one_of(states))

    def _where(self, places: Iterable[Place]) -> str:
        """In which states that happens, where the event happens in others, too."""
        told: dict[str, None] = {}
        for at in places:
            laws = (law for law in (self.a, self.b) if at.machine in law.by_id["machine"])
            rules = (rule for law in laws for rule in law.machine(at.machine).on(at.event))
            if {state for rule in rules for state in rule.sources} - {*at.states}:
                told |= dict.fromkeys(self._state(at.machine, state) for state in at.states)
        return self._said(_WHERE, self._said.either(map(self._said.quoted, told))) if told else ""

    def _event(self, place: Place) -> str:
        return self._label("event", place.event)

    def _law(self, kind: str, id: str) -> Process:
        return self.b if id in self.b.by_id[kind] else self.a

    def _outcome(self, process: Process, found: Difference, target: str | None) -> str:
        place = found.rules[0]
        if place.event not in process.by_id["event"]:
            return self._said(_UNHEARD_OF)
        home = process.event(place.event).home == place.machine
        if target is None:
            return self._said(_REFUSED[home])
        label = process.machine(place.machine).state(target).label
        return self._said(_ACCEPTED[home], self._said(label))

    def example(self, found: Difference) -> str:
        """The smallest example: `age: 64 years, disability: suspected`."""
        said = self.facts(found.profile)
        for about in found.cube:
            if about.kind == "machine":
                state = self._state(about.id, _stands(found, about.id))
                said.append(f"{self._label('machine', about.id)}: {state}")
        return self._said.traits(said)

    def facts(self, facts: Mapping[str, Value | None]) -> list[str]:
        """Facts with their values: `age: 64 years`."""
        return [self._fact(id, value) for id, value in facts.items()]

    def _fact(self, id: str, value: Value | None) -> str:
        schema = self._schema(id, value)
        return f"{self._said(schema.label)}: {self._value(schema, value)}"

    def _label(self, kind: str, id: str) -> str:
        return self._said(self._law(kind, id).by_id[kind][id].label)

    def _schema(self, id: str, value: Value | None) -> Fact:
        """The fact as the process has it that knows this value."""
        schemas = [p.fact(id) for p in (self.b, self.a) if id in p.by_id["fact"]]
        if isinstance(value, str):
            return next((s for s in schemas if s.choice(value)), schemas[0])
        return schemas[0]

    def _value(self, schema: Fact, value: Value | None) -> str:
        if value is None:
            return self._said(_NOT_RECORDED)
        return value_text(schema, value, self.lang)

    def _state(self, machine: str, state: str) -> str:
        for law in (self.b, self.a):
            known = law.by_id["machine"].get(machine)
            for each in known.states if known else ():
                if each.id == state:
                    return self._said(each.label)
        return state

    def cube(self, cube: Cube) -> str:
        """The cube as a condition."""
        return self._said.both(self._allowed(about, bits) for about, bits in cube.items())

    def _allowed(self, about: Question, bits: Bits) -> str:
        yes = self.cells.yes(bits)
        if about.kind == "working day":
            return self._said(_DAY[yes])
        if about.kind == "day":
            spans = self.cells.spans(about, bits)
            return self._said(_ON, self._said.either(days_text(*s, self.lang) for s in spans))
        if about.kind in _OF_PARTS:
            part, *words = _OF_PARTS[about.kind]
            return self._said(words[yes], self._label(part, about.id))
        if about.kind == "machine":
            states = (self._state(about.id, c.value) for c in self.cells.allowed(about, bits))
            either = self._said.either(map(self._said.quoted, states))
            return f"{self._label('machine', about.id)}: {either}"
        schema = self._schema(about.id, about.value)
        label = self._said(schema.label)
        if about.kind == "value":
            return self._said(_HOLDS[yes], label, value_text(schema, about.value, self.lang))
        return f"{label}: {self._said.either(self._ranges(about, bits))}"

    def _ranges(self, about: Question, bits: Bits) -> Iterator[str]:
        """The values that are allowed: neighbours joined to ranges, single values by name."""
        for low, high in self.cells.spans(about, bits):
            if low is KNOWN:
                yield self._said(_RECORDED)
            elif low is UNKNOWN:
                yield self._said(_NOT_RECORDED)
            else:
                yield self._span(about.id, low, high)

    def _span(self, fact: str, low: Value | None, high: Value | None) -> str:
        schema = self._schema(fact, low)
        up_to, or_more = _SPANS[schema.kind in (Kind.DATE, Kind.DATETIME)]
        if low is None and high is None:
            return self._said(_RECORDED)
        if low == high:
            return self._value(schema, low)
        if low is None or low == schema.minimum:
            return self._said(up_to, self._value(schema, high))
        if high is None or high == schema.maximum:
            return self._said(or_more, self._value(schema, low))
        return f"{self._value(schema, low)}–{self._value(schema, high)}"

    def limit(self, found: Difference) -> str:
        """How long the limit is under each process."""
        id = found.deadline or ""
        old, new = (p.by_id["deadline"].get(id) for p in (self.a, self.b))
        states = (self._state(place.machine, s) for place in found.rules for s in place.states)
        return self._said(_RUNS).format(
            where=self._said.either(map(self._said.quoted, states)),
            deadline=self._label("deadline", id),
            one=self.name(self.a), a=self._period(self.a, old, self.b, new),
            other=self.name(self.b), b=self._period(self.b, new, self.a, old),
        )  # fmt: skip

    def _period(
        self, process: Process, deadline: Deadline | None, another: Process, other: Deadline | None
    ) -> str:
        if deadline is None:
            return self._said(_NO_LIMIT)
        said = length_text(process, deadline, self.lang)
        if other is None or deadline.start != other.start:
            start = start_text(process, deadline.start, self.lang)
            said += self._said.bracketed(self._said(_FROM, start))
        if other is None:
            duty = duty_text(process, deadline, self.lang) if deadline.owed_to else ""
            follows = self._follows(process, deadline) if deadline.on_expiry or not duty else ""
            return said + "".join(map(self._said.bracketed, filter(None, (follows, duty))))
        if deadline.counting != other.counting:
            said += self._said.bracketed(counting_text(deadline.counting, self.lang))
        guard = ground(process, deadline.guard)
        if guard != ground(another, other.guard):
            said += self._said.bracketed(self._said(_IF, guard_text(process, guard, self.lang)))
        if set(deadline.states) != set(other.states):
            states = (self._state(deadline.machine, state) for state in deadline.states)
            said += self._said.bracketed(self._said(_WHILE, self._said.one_of(states)))
        if deadline.on_expiry != other.on_expiry:
            said += self._said.bracketed(self._follows(process, deadline))
        if deadline.owner != other.owner:
            owner = self._said(process.agency(deadline.owner).label)
            said += self._said.bracketed(self._said(_WATCHED, owner))
        if (set(deadline.owed_to), set(deadline.met_by)) != (set(other.owed_to), set(other.met_by)):
            duty = duty_text(process, deadline, self.lang) or self._said(_NO_DUTY)
            said += self._said.bracketed(duty)
        if deadline.before != other.before:
            said += self._said.bracketed(
                before_text(process, deadline.before, self.lang) or self._said(_ONWARDS)
            )
        if (deadline.stops, deadline.renewals) != (other.stops, other.renewals):
            links = links_text(process, deadline, self.lang) or self._said(_NO_LINKS)
            said += self._said.bracketed(links)
        return said

    def _follows(self, process: Process, deadline: Deadline) -> str:
        if deadline.on_expiry is None:
            return self._said(_WARNS)
        return self._said(_THEN, self._said(process.event(deadline.on_expiry).label))

    def reporter(self, found: Difference) -> str:
        """That another agency acts, and who."""
        [place] = found.rules
        who = (self._said.listed(p.agency(by).label for by in p.event(place.event).by)
               or self._said(_NOBODY) for p in (self.b, self.a))  # fmt: skip
        return self._under(_ACTS, self._event(place), *who)

    def home(self, found: Difference) -> str:
        """Which machine decides on an event under each process."""
        machines = (self._label("machine", place.machine) for place in found.rules)
        return self._under(_DECIDES, self._event(found.rules[0]), *machines)

    def lapse(self, found: Difference) -> str:
        """That under one process an event may be reported only as a time limit runs out."""
        return self._only(_LAPSES, found, self._event(found.rules[0]))

    def record(self, found: Difference) -> str:
        """What may be recorded with an event under one process only."""
        facts = self._said.join(self._said.quoted(self._label("fact", id)) for id in found.profile)
        return self._only(_RECORDS, found, self._event(found.rules[0]), facts)

    def outdated(self, found: Difference) -> str:
        """What was told earlier and counts with an event, or after it, under one process only, or
        is seen on."""
        [fact], (event, *later) = found.profile, found.rules
        number = fact not in self.b.event(event.event).outdates
        names = (self.b, self.a) if number else (self.a, self.b)
        words = self._event(event), self._said.quoted(self._label("fact", fact))
        if None not in found.witnesses[0].results:
            cases = filter(None, (witness.results[number] for witness in found.witnesses))
            seers = dict.fromkeys(
                agency.label for case in cases for agency in names[0].agencies
                if fact in sight(case, agency.id).facts
            )  # fmt: skip
            listed = self._said.listed(seers)
            return self._said(_SEEN_ON, *map(self.name, names), *words, listed)
        sentence = _COUNTS_LATER if later else _COUNTS
        return self._said(sentence, *map(self.name, names), *words, *map(self._event, later))

    def fact(self, found: Difference) -> str:
        """What may be recorded at all under one process only."""
        unknown = self._others(found)[1].by_id["fact"]
        facts = (
            self._fact(id, value) if id in unknown else self._said.quoted(self._label("fact", id))
            for id, value in found.profile.items()
        )
        return self._only(_FACTS, found, self._said.traits(facts))

    def start(self, found: Difference) -> str:
        """Where a case begins under each process."""
        [place] = found.rules
        states = (self._state(place.machine, s or "") for s in (found.after, found.before))
        return self._under(_BEGINS, self._label("machine", place.machine), *states)

    def sight(self, found: Difference) -> str:
        """What an agency sees or is given under one process only."""
        assert found.seen is not None
        items = self._said.join(self._said.quoted(self._label(*i)) for i in found.seen.items)
        agency = self._label("agency", found.seen.agency)
        if found.seen.items[0][0] == "event":
            return self._only(_TOLD, found, agency, items)
        if found.rules:
            return self._only(_GIVEN, found, agency, items, self._event(found.rules[0]))
        return self._only(_SEES_ON_CONSENT if found.seen.consented else _SEES, found, agency, items)

    def consent(self, found: Difference) -> str:
        """When the person's consent holds under each process."""
        rules = (p.consent and Saying(p, self.lang).consent(p.consent) for p in (self.b, self.a))
        return self._under(_CONSENT, *(rule or self._said(_NEVER) for rule in rules))

    def rest(self, found: Difference) -> str:
        """Where a case counts as closed under one process only, and whose limits end with it."""
        [place] = found.rules
        machine, state = place.machine, self._state(place.machine, place.states[0])
        law = self._others(found)[1]
        limits = dict.fromkeys(limit for w in found.witnesses for limit in _ended(found, w))
        named = self._said.series(self._limit(law, law.deadline(id)) for id in limits)
        sentence = _ENDED if limits else _CLOSED
        return self._only(sentence, found, self._label("machine", machine), state, named)

    def _limit(self, law: Process, limit: Deadline) -> str:
        """A limit by its name, and whom it concerns."""
        concerned = dict.fromkeys((limit.owner, *limit.owed_to))
        agencies = self._said.listed(law.agency(id).label for id in concerned)
        return self._said.quoted(self._said(limit.label)) + self._said.bracketed(agencies)

    def _under(self, sentence: Text, *words: str) -> str:
        return self._said(sentence, self.name(self.b), self.name(self.a), *words)

    def _only(self, sentence: Text, found: Difference, *words: str) -> str:
        return self._said(sentence, *map(self.name, self._others(found)), *words)

    def _others(self, found: Difference) -> tuple[Process, Process]:
        """The process under which it is so, and the other."""
        return (self.b, self.a) if _law(found) else (self.a, self.b)


def _law(found: Difference) -> int:
    """Which of the two processes it is, under which alone it is so: as the replay shows."""
    if found.seen is not None:
        return found.seen.law
    witness = found.witnesses[0]
    if found.kind != "rest":
        return int(witness.accepted_by == 1)
    one, other = ((case.closed, not case.deadlines()) for case in witness.results if case)
    return int(other > one)


def _ended(found: Difference, witness: Witness) -> list[str]:
    """The limits that have ended with the case under one process and run on under the other."""
    one = _law(found)
    over, lasting = ([c.deadline.id for c in case.deadlines()] if case else []
                     for case in (witness.results[one], witness.results[1 - one]))  # fmt: skip
    return [] if over else lasting


def _stands(found: Difference, machine: str) -> str:
    """Where the machine stands in the case that shows it."""
    stood = (case.states.get(machine) for case in found.witnesses[0].cases)
    return next(state for state in stood if state is not None)


_FIRST, _SECOND = Text("甲", "the first"), Text("乙", "the second")
_WHERE = Text("{0}にあるときの", " in {0}")
_RECORDED, _NOT_RECORDED = Text("記録済み", "recorded"), Text("未記録", "not recorded")
# Of numbers, and of days.
_SPANS = {
    False: (Text("{0}以下", "up to {0}"), Text("{0}以上", "{0} or more")),
    True: (Text("{0}まで", "until {0}"), Text("{0}から", "from {0}")),
}
_SENTENCE = Text(
    "例えば、{who}の場合、{where}「{event}」は、【{other}】では{b}、【{one}】では{a}。"
    "他の要件を満たし、{whom}に当たる人は、全て同様である。",
    "For example {who}: '{event}'{where} is {b} under [{other}], {a} under [{one}]. So is everyone "
    "who meets the other conditions and has {whom}.",
)
_WHOEVER = Text(
    "他の要件を満たし、{whom}に当たる全ての人について、{where}「{event}」は、【{other}】では{b}、"
    "【{one}】では{a}。",
    "Everyone who meets the other conditions and has {whom}: '{event}'{where} is {b} under "
    "[{other}], {a} under [{one}].",
)
_EVERYONE = Text(
    "要件を満たす全ての人について、{where}「{event}」は、【{other}】では{b}、【{one}】では{a}。",
    "Everyone who meets the rule: '{event}'{where} is {b} under [{other}], {a} under [{one}].",
)
_WHY = Text("【{0}】の要件は、{1}。", " [{0}] asks: {1}.")
_OPEN_TO_NOBODY = Text(
    "【{0}】では、この規則による者はいない。", " Under [{0}] the rule is open to nobody."
)  # fmt: skip
_REFUSED = {True: Text("認められない", "refused"), False: Text("影響がない", "without effect here")}
_ACCEPTED = {
    True: Text("認められる(→「{0}」)", "accepted (→ '{0}')"),
    False: Text("「{0}」となる", "followed by '{0}'"),
}
_DAY = {True: Text("平日", "a working day"), False: Text("休日", "a rest day")}
_ON = Text("事象の日: {0}", "the day of the event: {0}")
_OF_PARTS: dict[str, tuple[str, Text, Text]] = {  # of which kind of part; not so, and so
    "deadline": ("deadline", Text("期限「{0}」の期間外", "'{0}' not running"),
                 Text("期限「{0}」の期間内", "'{0}' running")),
    "missed": ("deadline", Text("「{0}」の義務の不履行なし", "'{0}' not missed"),
               Text("「{0}」の義務の不履行あり", "'{0}' missed")),
    "named": ("fact", Text("{0}を同時に示さない", "{0} not named with it"),
              Text("{0}を同時に示す", "{0} named with it")),
    "narrows": ("fact", Text("{0}に加える", "something added to {0}"),
                Text("{0}に何も加えない", "nothing added to {0}")),
}  # fmt: skip
_HOLDS = {
    True: Text("{0}に{1}を含む", "{0} including {1}"),
    False: Text("{0}に{1}を含まない", "{0} without {1}"),
}
_RUNS = Text(
    "{where}にある人について、期限「{deadline}」は、【{other}】では{b}、【{one}】では{a}。",
    "Whoever is in {where}: '{deadline}' is {b} under [{other}], {a} under [{one}].",
)
_FROM, _IF = Text("起算: {0}", "from: {0}"), Text("{0}の場合", "if {0}")
_WHILE = Text("{0}の間のみ", "only while {0}")
_THEN, _WARNS = Text("満了により「{0}」", "then '{0}'"), Text("満了しても警告のみ", "only warns")
_NO_LIMIT = Text("定めがない", "not set")
_WATCHED = Text("管理: {0}", "watched by {0}")
_UNHEARD_OF = Text("定めがない", "unknown")
_NOBODY, _NEVER = Text("なし", "nobody"), Text("なし", "never")
_ACTS = Text(
    "報告する機関だけが異なる。「{2}」を報告できるのは、【{0}】では{3}、【{1}】では{4}。",
    "Only who acts differs: '{2}' may be reported by {3} under [{0}], by {4} under [{1}].",
)
_DECIDES = Text(
    "「{2}」が起こるかどうかは、【{0}】では「{3}」によって、【{1}】では「{4}」によって決まる。",
    "Whether '{2}' may happen depends on '{3}' under [{0}], on '{4}' under [{1}].",
)
_LAPSES = Text(
    "「{2}」は、【{0}】ではいつでも報告できるが、【{1}】では期限の満了によるほかは起こらない。",
    "'{2}' may be reported at any time under [{0}]; under [{1}] it happens only as a time limit "
    "runs out.",
)
_RECORDS = Text(
    "「{2}」とともに{3}を記録することは、【{0}】ではできるが、【{1}】ではできない。",
    "With '{2}', {3} may be recorded under [{0}], not under [{1}].",
)
_COUNTS = Text(
    "「{2}」について、それより前に記録された{3}は、【{0}】では数えるが、【{1}】では数えない。",
    "For '{2}', what was recorded earlier of {3} counts under [{0}], not under [{1}].",
)
_SEEN_ON = Text(
    "「{2}」より前に記録された{3}は、その後も{4}が【{0}】では見ることができ、【{1}】では見ることができ"
    "ない。",
    "What was told of {3} before '{2}' is seen on by {4} under [{0}], not under [{1}].",
)
_COUNTS_LATER = Text(
    "「{2}」より前に記録された{3}は、その後の「{4}」について、【{0}】では数えるが、"
    "【{1}】では数えない。",
    "What was told of {3} before '{2}' counts for a later '{4}' under [{0}], not under [{1}].",
)
_FACTS = Text(
    "{2}を記録することは、【{0}】ではできるが、【{1}】ではできない。",
    "{2} may be recorded under [{0}], not under [{1}].",
)
_BEGINS = Text(
    "事件が始まるとき、「{2}」は、【{0}】では「{3}」、【{1}】では「{4}」。",
    "When a case begins, '{2}' is '{3}' under [{0}], '{4}' under [{1}].",
)
_SEES = Text(
    "{2}は、{3}を、【{0}】では見ることができ、【{1}】では見ることができない。",
    "{2} sees {3} under [{0}], not under [{1}].",
)
_SEES_ON_CONSENT = Text(
    "{2}は、本人の同意があれば、{3}を、【{0}】では見ることができ、【{1}】では見ることができない。",
    "With the person's consent {2} sees {3} under [{0}], not under [{1}].",
)
_TOLD = Text(
    "{3}は、【{0}】では{2}に知らされるが、【{1}】では知らされない。",
    "{2} is told of {3} under [{0}], not under [{1}].",
)
_ONWARDS = Text("起算からの期間", "counted on from its start")
_NO_LINKS = Text("停止も更新もしない", "neither stopped nor renewed")
_NO_DUTY = Text("義務の定めはない", "no duty")
_GIVEN = Text(
    "「{4}」のとき、{2}は、{3}の提供を、【{0}】では受け、【{1}】では受けない。",
    "With '{4}', {2} is given {3} under [{0}], not under [{1}].",
)
_CONSENT = Text(
    "本人の同意は、【{0}】では{2}。【{1}】では{3}。",
    "The person's consent holds {2} under [{0}], {3} under [{1}].",
)
_CLOSED = Text(
    "「{2}」が「{3}」にあり、ほかに残るものがない事件は、【{0}】では終結しており、【{1}】では"
    "終結していない。",
    "A case with '{2}' in '{3}' and nothing else left is closed under [{0}], not under [{1}].",
)
_ENDED = Text(
    "「{2}」が「{3}」にある事件は、【{0}】では終わっており、【{1}】では続く。事件とともに次の期限も"
    "終わる: {4}。",
    "A case with '{2}' in '{3}' is over under [{0}], goes on under [{1}]. These time limits end "
    "with it: {4}.",
)
_UNDECIDED_THERE = Text(
    "{0}における取扱いの違いは、実際の経過によって確かめられなかった。",
    "In {0}: whether anyone is treated differently is not settled; no course of a case shows it.",
)
_STANDING = Text("{0}にあること", "being in {0}")
_ON_EVENTS = Text("{0}{1}", "{1}{0}")
_UNREACHED = Text(
    "「{0}」における次の違いには、それまで両者で同じに扱われた事件が至ることはない: {1}",
    "'{0}': no case that both treat alike until then comes to what differs on {1}",
)
_UNREACHED_AT_ALL = Text(
    "情報を見る機関の違いには、それまで両者で同じに扱われた事件が至ることはない。",
    "No case that both treat alike until then comes to where agencies see more or less.",
)
_UNDECIDED_AT_ALL = Text(
    "情報を見る機関の違いは、実際の経過によって確かめられなかった。",
    "Whether any agency sees more or less is not settled; no course of a case shows it.",
)
_SAYS: dict[Treatment, Callable[[Words, Difference], str]] = {
    "rule": Words.rule,
    "limit": Words.limit,
    "reporter": Words.reporter,
    "home": Words.home,
    "lapse": Words.lapse,
    "record": Words.record,
    "outdated": Words.outdated,
    "fact": Words.fact,
    "start": Words.start,
    "sight": Words.sight,
    "consent": Words.consent,
    "rest": Words.rest,
}
_UNDECIDED = Text(
    "{0}における「{1}」について、取扱いの変わる人がいるかどうかは、定められた探索量では"
    "確かめられなかった。",
    "In {0}, on '{1}': whether anyone is treated differently is not settled; no course of a case "
    "that was looked for within the effort shows it.",
)
