"""Rules in words: one function for each thing that a reader is told, in Japanese and English.

Guards, provisions, time limits with their start and counting, hand-overs of data. A value or
part of a kind that is not known here raises: nothing is ever shown as Python writes it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final, assert_never

from . import guard as kinds
from .basis import Basis, Mark, Source
from .called import CalledWhen
from .deadline import (
    EXACT,
    Before,
    Counting,
    Deadline,
    Length,
    OnEntry,
    OnEvent,
    OnFact,
    Renewal,
    Start,
    Stop,
    Unit,
    length_amount,
)
from .facts import Fact, Kind
from .grouped import grouped
from .guard import ALWAYS, Guard, Scalar
from .kept import kept
from .kind_words import KINDS
from .languages import Language
from .pattern import Pattern
from .phrasing import Phrasing, phrasing
from .process import Process, Remark, Remarks, Share, Told
from .text import Text

if TYPE_CHECKING:
    from .property import Learns, Occasion, Property

_COMPARISON = {
    "==": Text("{0}が{1}", "{0} is {1}"),
    "!=": Text("{0}が{1}でない", "{0} is not {1}"),
    "<": Text("{0}が{1}未満", "{0} is below {1}"),
    "<=": Text("{0}が{1}以下", "{0} is at most {1}"),
    ">": Text("{0}が{1}を超える", "{0} is above {1}"),
    ">=": Text("{0}が{1}以上", "{0} is at least {1}"),
}
_IN_TIME = {  # of days and moments
    **_COMPARISON,
    "<": Text("{0}が{1}より前", "{0} is before {1}"),
    "<=": Text("{0}が{1}以前", "{0} is no later than {1}"),
    ">": Text("{0}が{1}より後", "{0} is after {1}"),
    ">=": Text("{0}が{1}以後", "{0} is no earlier than {1}"),
}
YES: Final = Text("はい", "yes")
NO: Final = Text("いいえ", "no")
_NONE = Text("なし", "none")
_NO_LENGTH = Text("期間の定めなし", "no length set")
_TO_THE_DAY = Text("記録された日まで", "until the day recorded")
_AT_ONCE, _SAME_DAY = Text("直ちに", "at once"), Text("当日中", "within the same day")
UNITS: Final = {
    Unit.MINUTES: Text("分", "minute"),
    Unit.HOURS: Text("時間", "hour"),
    Unit.DAYS: Text("日", "day"),
    Unit.MONTHS: Text("か月", "month"),
    Unit.YEARS: Text("年", "year"),
}
_SIGNS = {Mark.READ: "", Mark.KNOWN: "△", Mark.INFERRED: "※"}
ON_ENTRY: Final = Text("その状態に入った時", "coming into the state")
FIRST_DAY: Final = Text("初日算入", "the first day counts")
NEXT_DAY: Final = Text("初日不算入", "counted from the next day")
REST_DAY_MOVES: Final = Text("末日が休日なら翌平日まで", "a rest day at the end moves it")
REST_DAY_STAYS: Final = Text("休日でも延びない", "ends on rest days too")
STOP_DAY: Final = Text("停止の始まる日は算入", "a stop's first day is used")
STOP_DAY_UNUSED: Final = Text("停止の始まる日は不算入", "a stop's first day is not used")
RESUME_DAY: Final = Text("終わる日も算入", "its last day is used too")
RESUME_DAY_UNUSED: Final = Text("終わる日は不算入", "its last day is not")
_STOPPED = Text("{0}である間は停止する", "stopped while {0}")
_ADDED = Text("{0}により加算: {1}", "added with {0}: {1}")
_AHEAD, _BY = Text("{0}の{1}前まで", "{1} before {0}"), Text("{0}まで", "by {0}")
_COUNTED_BACK = Text("{0}からさかのぼる", "counted back from {0}")
_BEFORE = Text("{0}からさかのぼる({1}のときに判定)", "counted back from {0} (judged with {1})")
NO_DAY: Final = Text("期日未定", "no day yet")
AGAINST: Final = "≠"  # the one mark of what is irregular: by itself where there is no room
IRREGULAR: Final = Text(f"〔{AGAINST}規則に反する〕", f"[{AGAINST}\u00a0irregular]")
OVERDUE: Final = Text("! 超過", "! overdue")
_STILL = Text("停止中・残り{0}", "stopped, {0} left")
_THEN = Text("その後{0}", "then {0}")
BY_CONSENT: Final = Text("本人の同意により", "with the person's consent")
_HANDED = Text("提供 → {0}({1}): {2}", "Hand to {0} ({1}): {2}")
_TOLD = Text("{0}に知らせる", "{0} is told")
_TOLD_BY = Text("{0}に知らせる({1})", "{0} is told ({1})")
_OWED, _MET = Text("{0}に対する義務", "owed to {0}"), Text("{0}により果たす", "met by {0}")
_CONSENTED = Text("本人の同意", "with consent")  # in a row, where room is scarce

# What of a part is meant, by the name of its field.
FIELDS: Final = {
    "condition": Text("要件", "condition"),
    "guard": Text("要件", "condition"),
    "parameter": KINDS["parameter"],
    "value": Text("値", "value"),
    "choices": Text("選べる値", "values allowed"),
    "label": Text("名称", "name"),
    "law_id": Text("e-Gov法令ID", "e-Gov law id"),
    "revision": Text("確認した版", "revision read"),
    "read_on": Text("確認した日", "read on"),
    "short": Text("略称", "short name"),
    "url": Text("掲載先", "address"),
    "by": Text("報告できる機関", "who may report it"),
    "home": Text("所管する系列", "home track"),
    "unseen_by": Text("状態を知らされずに報告する機関", "who reports it unseen"),
    "told": Text("知らされる機関", "who is told"),
    "owed_to": Text("誰に対する義務か", "owed to"),
    "met_by": Text("果たす事象", "met by"),
    "stops": Text("停止", "stopped in"),
    "renewals": Text("更新", "renewed by"),
    "before": Text("さかのぼる起点", "counted back from"),
    "records": Text("記録する事実", "what is recorded with it"),
    "outdates": Text("改めて確認する事実", "facts to be confirmed anew"),
    "papers": Text("書面", "papers"),
    "transitions": Text("対象の規則", "rules concerned"),
    "since": Text("いつから", "since"),
    "shares": Text("情報提供", "hand-over of data"),
    "basis": Text("根拠", "basis"),
    "event": KINDS["event"],
    "sources": Text("元の状態", "from"),
    "target": Text("行き先", "leads to"),
    "holder": Text("担当", "held by"),
    "owner": Text("管理する機関", "owner"),
    "source": Text("確認する機関", "supplied by"),
    "kind": Text("種類", "kind"),
    "unit": Text("単位", "unit"),
    "length": Text("長さ", "length"),
    "counting": Text("数え方", "counting"),
    "start": Text("起算", "start"),
    "on_expiry": Text("満了したとき", "on expiry"),
    "machine": KINDS["machine"],
    "states": Text("進行する状態", "runs in"),
    "initial": Text("最初の状態", "initial state"),
    "seen_by": Text("見える機関", "always seen by"),
    "seen_with_consent": Text("同意により見える機関", "seen with consent by"),
    "note": Text("注", "note"),
    "main_machine": Text("主な系列", "main track"),
    "main_route": Text("通常の流れ", "usual course"),
    "road": Text("通常の流れの図", "the road, as drawn"),
    "consent": Text("同意の規則", "consent rule"),
    "stage": KINDS["stage"],
    "final": Text("終了状態", "final"),
    "outcome": Text("結果", "outcome"),
    "rest": Text("休止できる状態", "a state of rest"),
    "ends_case": Text("事件全体を終える", "ends the whole case"),
    "called_when": Text("事実による呼び名", "name by the facts"),
    "minimum": Text("最小", "minimum"),
    "maximum": Text("最大", "maximum"),
}


# -- parts and values --------------------------------------------------------------------------


def heading(text: Text) -> Text:
    """The words as they begin a line."""
    return Text(text.ja, text.en[:1].upper() + text.en[1:])


def names_text(process: Process, kind: str, ids: Iterable[str], lang: Language) -> str:
    """Parts of one kind by their labels, joined as the language joins a list."""
    said, known = phrasing(lang), process.by_id[kind]
    return said.join(said(known[id].label) for id in ids)


def value_text(fact: Fact, value: object, lang: Language) -> str:
    """A value of a fact as people write it, with its unit; of several, all."""
    said = phrasing(lang)
    if isinstance(value, frozenset):
        return said.join(value_text(fact, one, lang) for one in sorted(value)) or _NONE.in_(lang)
    choice = fact.choice(value) if isinstance(value, str) else None
    if choice:
        return said(choice.label)
    plain = scalar_text(value, lang)  # type: ignore[arg-type]
    return said.together(plain, said(fact.unit)) if fact.unit and type(value) is int else plain


def scalar_text(value: Scalar | None, lang: Language) -> str:
    """A plain value: はい / yes, 2024-06-03, 65; なし / none."""
    if isinstance(value, bool):
        return (YES if value else NO).in_(lang)
    if value is None:
        return _NONE.in_(lang)
    if isinstance(value, date):  # or a moment
        return value.isoformat()
    return str(value) if isinstance(value, int | str) else assert_never(value)


# -- grounds -----------------------------------------------------------------------------------


def basis_text(process: Process, basis: Basis, lang: Language, *, signs: bool = False) -> str:
    """The provision with its mark: 刑訴法203条1項 / CCP art. 203(1); 〔推定〕 if inferred, or,
    where `signs` are explained beside it, ※. What rests on no source is told by its note. Where
    nobody gave a source, it says of what."""
    said = phrasing(lang)
    if basis.mark is Mark.NONE:
        return said.together(about_text(process, basis, lang), said.remarked(said(Mark.NONE.label)))
    cited = basis.law or (basis.evidence[0] if basis.evidence else "")
    source = process.by_id["source"].get(cited)
    words = basis.note if source is None else source.short or source.label
    name = said(words) if words else ""
    text = said.together(name, basis.article(lang))
    if signs or basis.mark is Mark.READ:
        return text + _SIGNS[basis.mark]
    return said.together(text, said.remarked(said(basis.mark.label)))


def about_text(process: Process, basis: Basis, lang: Language) -> str:
    """What of its part a ground speaks of: 報告できる機関「警察」 / who may report it 'police'."""
    said = phrasing(lang)
    field, _, member = basis.about.partition(" ")
    part = process.by_id[_MEMBERS.get(field, field)].get(member) if member else None
    words = said(FIELDS[field]) if field in FIELDS else ""
    named = said.quoted(said(part.label) if part else member) if member else ""
    return said.together(words, named)


_MEMBERS: Final = {"by": "agency", "seen_by": "agency"}  # whose parts a field lists


def grounds_text(process: Process, bases: Iterable[Basis], lang: Language) -> str:
    """All provisions on which something rests, each once."""
    return phrasing(lang).grounds(basis_text(process, b, lang) for b in bases)


def read_text(source: Source, lang: Language) -> str:
    """Which text of a statute was read, and when; "" where neither is known."""
    said = phrasing(lang)
    text = said(source.revision) if source.revision else ""
    if source.read_on is None:
        return text
    return said(_READ_AS if text else _READ, source.read_on, text)


_READ = Text("{0}に確認", "read on {0}")
_READ_AS = Text("{1}、{0}に確認", "{1}, read on {0}")


# -- time limits -------------------------------------------------------------------------------


def limit_text(process: Process, deadline: Deadline, lang: Language) -> str:
    """The time limit with its length: 送致 48時間 / referral 48 hours."""
    return f"{deadline.label.in_(lang)} {length_text(process, deadline, lang)}".strip(" ")


def length_text(process: Process, deadline: Deadline, lang: Language) -> str:
    """How long the deadline is: 48時間 / 48 hours."""
    said, before = phrasing(lang), deadline.before
    length = _length(process, deadline.length, lang)
    if before is None:
        return length or said(_no_time(deadline))
    day = said(process.fact(before.fact).label)
    return said(_AHEAD, day, length) if length else said(_BY, day)


def _length(process: Process, length: Length, lang: Language) -> str:
    """The amount and what is added to it; empty where that is nothing."""
    said, amount = phrasing(lang), length_amount(process, length)
    if amount is None:
        return said(_NO_LENGTH)
    own = [said.counted(amount, UNITS[length.unit])] if amount else []
    return said.added([*own, *(said(process.fact(f).label) for f in length.plus)])


def _no_time(deadline: Deadline) -> Text:
    """A limit without length: days run to the end of the day on which it starts."""
    if isinstance(deadline.start, OnFact):
        return _TO_THE_DAY
    return _AT_ONCE if deadline.length.unit in EXACT else _SAME_DAY


def links_text(process: Process, deadline: Deadline, lang: Language) -> str:
    """Where a limit stands still and by what it is renewed; empty where it does neither."""
    said = phrasing(lang)
    parts = [stop_text(process, stop, lang) for stop in deadline.stops]
    if parts:
        days = said.series(map(said, _stop_days(deadline.counting)))
        parts[-1] += said.bracketed(said.together(days, said.remarked(said(Mark.INFERRED.label))))
    return said.series((*parts, *(renewal_text(process, r, lang) for r in deadline.renewals)))


def stop_text(process: Process, stop: Stop, lang: Language) -> str:
    """Where a limit stands still."""
    where = kinds.InState(stop.machine, stop.states)
    return phrasing(lang)(_STOPPED, guard_text(process, where, lang))


def renewal_text(process: Process, renewal: Renewal, lang: Language) -> str:
    """With what a limit goes on for longer, and for how long."""
    said = phrasing(lang)
    events = said.one_of(said(process.event(event).label) for event in renewal.events)
    return said(_ADDED, events, _length(process, renewal.length, lang))


def _stop_days(counting: Counting) -> tuple[Text, Text]:
    return (
        STOP_DAY if counting.stop_day_counts else STOP_DAY_UNUSED,
        RESUME_DAY if counting.resume_day_counts else RESUME_DAY_UNUSED,
    )


def still_text(left: timedelta | None, renewals: Iterable[tuple[int, Unit]], lang: Language) -> str:
    """What is left of a limit that has no end, and what it was renewed for: 停止中・残り7日 /
    stopped, 7 days left. Of one that is counted back, that its day is not known yet."""
    said = phrasing(lang)
    if left is None:
        return said(NO_DAY)
    minutes, days = left // timedelta(minutes=1), left.days
    parts = ((minutes // 60, Unit.HOURS), (minutes % 60, Unit.MINUTES))
    if left == timedelta(days=days):
        parts = ((days, Unit.DAYS), (0, Unit.HOURS))
    some = [said.counted(n, UNITS[unit]) for n, unit in parts if n]
    words = said(_STILL, said.together(*(some or [said.counted(0, UNITS[parts[0][1]])])))
    further = (said(_THEN, said.counted(n, UNITS[unit])) for n, unit in renewals)
    return said.series((words, *further))


def before_text(process: Process, before: Before | None, lang: Language) -> str:
    """From which day a limit is counted back, and what is expected; empty where it is not."""
    said = phrasing(lang)
    if before is None:
        return ""
    day = said(process.fact(before.fact).label)
    if not before.events:
        return said(_COUNTED_BACK, day)
    events = said.one_of(said(process.event(event).label) for event in before.events)
    return said(_BEFORE, day, events)


def start_text(process: Process, start: Start, lang: Language) -> str:
    """With what a time limit begins: 逮捕 / arrest; その状態に入った時 / coming into the state."""
    said = phrasing(lang)
    match start:
        case OnEvent():
            return said.listed(process.event(e).label for e in start.events)
        case OnFact():
            return said(process.fact(start.fact).label)
        case OnEntry():
            return said(ON_ENTRY)
    assert_never(start)


def counting_text(counting: Counting, lang: Language) -> str:
    """How the days of a time limit are counted, all of it."""
    first = FIRST_DAY if counting.first_day_counts else NEXT_DAY
    rest = REST_DAY_MOVES if counting.rest_day_moves else REST_DAY_STAYS
    said = phrasing(lang)
    usual = (counting.stop_day_counts, counting.resume_day_counts) == (True, False)
    stops = () if usual else map(said, _stop_days(counting))
    return said.series((said(first), said(rest), *stops))


# -- hand-overs of data ------------------------------------------------------------------------


def share_text(
    process: Process, share: Share, lang: Language, *others: str, signs: bool = False
) -> str:
    """Which facts go to whom, and why that is allowed; to `others` too, where the same goes."""
    said = phrasing(lang)
    to = said.listed(process.agency(id).label for id in (share.to, *others))
    why = ground_text(process, share, lang, signs=signs) if share.exception else said(_CONSENTED)
    return said(_HANDED, to, why, said.listed(process.fact(f).label for f in share.facts))


def ground_text(process: Process, share: Share, lang: Language, *, signs: bool = False) -> str:
    """Why a hand-over is allowed: the law, or the person's consent."""
    if share.exception is None:
        return BY_CONSENT.in_(lang)
    return basis_text(process, share.exception, lang, signs=signs)


# -- who is told, what is owed ------------------------------------------------------------------


def told_text(process: Process, told: Told, lang: Language, *, signs: bool = False) -> str:
    """Who is told that an event has happened, by which paper and on which ground."""
    said = phrasing(lang)
    to = said(process.agency(told.to).label)
    paper = [said.quoted(said(process.paper(told.paper).label))] if told.paper else []
    grounds = [basis_text(process, basis, lang, signs=signs) for basis in told.basis]
    how = said.series((*paper, *grounds))
    return said(_TOLD_BY, to, how) if how else said(_TOLD, to)


def called_text(process: Process, other: CalledWhen, lang: Language) -> str:
    """Another name, in which cases, and on which ground."""
    said = phrasing(lang)
    grounds = (basis_text(process, basis, lang) for basis in other.basis)
    when = said.series((guard_text(process, other.guard, lang), *grounds))
    return said(_CALLED, said(other.label), when)


_CALLED = Text("「{0}」({1})", "'{0}' ({1})")


def duty_text(process: Process, deadline: Deadline, lang: Language) -> str:
    """To whom something is owed and what meets it; empty where the limit is no duty."""
    said = phrasing(lang)
    to = said.listed(process.agency(id).label for id in deadline.owed_to)
    met = said.one_of(said(process.event(id).label) for id in deadline.met_by)
    parts = [said(phrase, words) for phrase, words in ((_OWED, to), (_MET, met)) if words]
    return said.series(parts)


# -- remarks -----------------------------------------------------------------------------------

REMARKS: Final = {
    Remarks.OPEN_NORM: Text("判断に委ねられた要件", "left to judgment"),
    Remarks.LEFT_OUT: Text("収録していないもの", "left out"),
    Remarks.MAY_HAVE_CHANGED: Text("改正の可能性", "may have changed"),
}


def limit_details(process: Process, deadline: Deadline, lang: Language) -> tuple[str, ...]:
    """What there is to know of a limit beside its name, length and law: when it starts, how its
    days are counted, what it is owed for, what stops or renews it, what follows."""
    said, follows, counting = phrasing(lang), deadline.on_expiry, deadline.counting
    return tuple(filter(None, (
        said(_FROM, start_text(process, deadline.start, lang)),
        said(FIRST_DAY) if counting.first_day_counts else "",
        said(REST_DAY_MOVES) if counting.rest_day_moves else "",
        before_text(process, deadline.before, lang),
        duty_text(process, deadline, lang),
        links_text(process, deadline, lang),
        said(_LAW, said(process.event(follows).label)) if follows else said(_ALERT),
    )))  # fmt: skip


_FROM = Text("{0}から", "from: {0}")
_LAW = Text("満了すると法律上「{0}」", "on expiry, by law: {0}")
_ALERT = Text("過ぎると担当への警告のみ", "on expiry: an alert only")


def remarks_on(process: Process, rules: Iterable[str]) -> tuple[Remark, ...]:
    """The remarks that speak of one of these rules (`machine.transition`)."""
    spoken = kept(process, _spoken_of)
    found = {n for rule in rules for n in spoken.get(rule, ())}
    return tuple(process.remarks[n] for n in sorted(found))


def _spoken_of(process: Process) -> dict[str, tuple[int, ...]]:
    """By rule the places of the remarks that speak of it."""
    return grouped((rule, n) for n, r in enumerate(process.remarks) for rule in r.transitions)


def remark_text(process: Process, remark: Remark, lang: Language) -> str:
    """What it says, of which kind it is, and its source."""
    said = phrasing(lang)
    grounds = grounds_text(process, remark.basis, lang)
    words = f"{said(REMARKS[remark.kind])}{said.colon}{said(remark.label)}"
    return words + (said.bracketed(grounds) if grounds else "")


# -- guards ------------------------------------------------------------------------------------


def guard_text(process: Process, guard: Guard, lang: Language) -> str:
    """The guard as a phrase: 年齢が65歳以上 / age is at least 65 years."""
    return _PHRASES[type(guard)](process, guard, phrasing(lang))


def _all_of(process: Process, guard: kinds.AllOf, said: Phrasing) -> str:
    return said.both(_bracketed(process, part, said) for part in guard.guards)


def _any_of(process: Process, guard: kinds.AnyOf, said: Phrasing) -> str:
    return said.either(_bracketed(process, part, said) for part in guard.guards)


def _bracketed(process: Process, guard: Guard, said: Phrasing) -> str:
    text = guard_text(process, guard, said.lang)
    return f"({text})" if isinstance(guard, kinds.AllOf | kinds.AnyOf) else text


def _not(process: Process, guard: kinds.Not, said: Phrasing) -> str:
    """As people deny it: 身柄が「死亡」でない, not 「身柄が「死亡」」でない."""
    denied = _DENIALS.get(type(guard.guard))
    if denied is not None:
        return denied(process, guard.guard, said)
    return said(Text("「{0}」でない", "not ({0})"), guard_text(process, guard.guard, said.lang))


def _compare(process: Process, guard: kinds.Compare, said: Phrasing) -> str:
    fact, value = process.fact(guard.fact), kinds.constant(process, guard.value)
    label = said(fact.label)
    if fact.kind is Kind.BOOLEAN:
        holds = (value is True) == (guard.operator == "==")
        return label if holds else said(Text("{0}ではない", "not: {0}"), label)
    words = _IN_TIME if fact.kind in (Kind.DATE, Kind.DATETIME) else _COMPARISON
    return said(words[guard.operator], label, value_text(fact, value, said.lang))


def _member(process: Process, guard: kinds.Member, said: Phrasing, holds: bool = True) -> str:
    fact = process.fact(guard.fact)
    values = said.join(value_text(fact, v, said.lang) for v in guard.values)
    if len(guard.values) == 1:
        return said(_COMPARISON["==" if holds else "!="], said(fact.label), values)
    return said(_ONE_OF if holds else _NONE_OF, said(fact.label), values)


def _includes(process: Process, guard: kinds.Includes, said: Phrasing, holds: bool = True) -> str:
    fact = process.fact(guard.fact)
    value = value_text(fact, guard.value, said.lang)
    return said(_INCLUDES if holds else _INCLUDES_NOT, said(fact.label), value)


def _of_parts(process: Process, guard: Guard, said: Phrasing, holds: bool = True) -> str:
    names = (said(process.by_id[kind][id].label) for kind, id in guard.mentions())
    return said(_OF_PARTS[type(guard)][0 if holds else 1], *names)


def _in_state(process: Process, guard: kinds.InState, said: Phrasing, holds: bool = True) -> str:
    machine = process.machine(guard.machine)
    states = said.one_of(said(machine.state(s).label) for s in guard.states)
    denied = _COMPARISON["!="] if len(guard.states) == 1 else _IN_NONE_OF
    return said(_COMPARISON["=="] if holds else denied, said(machine.label), states)


def _parameter_is(process: Process, guard: kinds.ParameterIs, said: Phrasing) -> str:
    label = said(process.parameter(guard.parameter).label)
    if isinstance(guard.value, bool):
        yes, no = Text("「{}」とする", "policy: {}"), Text("「{}」としない", "policy: not {}")
        return said(yes if guard.value else no, label)
    return f"{label}={scalar_text(guard.value, said.lang)}"


def _grounded(process: Process, guard: kinds.Grounded, said: Phrasing) -> str:
    words = _bracketed(process, guard.guard, said)
    return words + said.bracketed(grounds_text(process, guard.basis, said.lang))


_ONE_OF, _NONE_OF = (
    Text("{0}が{1}のいずれか", "{0} is one of {1}"),
    Text("{0}が{1}のいずれでもない", "{0} is not one of {1}"),
)
_IN_NONE_OF = Text("{0}が{1}のいずれでもない", "{0} is not {1}")
_INCLUDES, _INCLUDES_NOT = (
    Text("{0}に{1}を含む", "{0} includes {1}"),
    Text("{0}に{1}を含まない", "{0} does not include {1}"),
)
# What is said where one asks and where one denies it, by the names of the parts asked about.
_OF_PARTS: Final[Mapping[type[Guard], tuple[Text, ...]]] = {
    kinds.Always: (Text("条件なし", "always"), Text("満たし得ない条件", "never")),
    kinds.Known: (
        Text("{0}が記録済み", "{0} is recorded"),
        Text("{0}が未記録", "{0} is not recorded"),
    ),
    kinds.Named: (
        Text("{0}をこの記録とともに一つ以上示す", "{0}: at least one is named with this event"),
    ),
    kinds.Narrows: (
        Text("{0}にこれまでになかったものを加えない", "nothing is added to {0}"),
    ),
    kinds.OnWorkingDay: (
        Text("平日(休日以外)である", "it is a working day"),
        Text("休日である", "it is a rest day"),
    ),
    kinds.Running: (
        Text("期限「{0}」の期間内", "it is within the period of '{0}'"),
        Text("期限「{0}」の期間外", "it is outside the period of '{0}'"),
    ),
    kinds.Missed: (
        Text("「{0}」の義務の不履行がある", "the duty '{0}' was missed"),
        Text("「{0}」の義務の不履行がない", "the duty '{0}' was not missed"),
    ),
}  # fmt: skip
_Phrase = Callable[[Process, Any, Phrasing], str]
_DENIALS: Final[Mapping[type[Guard], _Phrase]] = {
    kinds.Member: partial(_member, holds=False),
    kinds.Includes: partial(_includes, holds=False),
    kinds.InState: partial(_in_state, holds=False),
    **{kind: partial(_of_parts, holds=False) for kind, said in _OF_PARTS.items() if said[1:]},
}
_PHRASES: Final[Mapping[type[Guard], _Phrase]] = {
    kinds.Grounded: _grounded,
    kinds.AllOf: _all_of,
    kinds.AnyOf: _any_of,
    kinds.Not: _not,
    kinds.Compare: _compare,
    kinds.Member: _member,
    kinds.Includes: _includes,
    kinds.InState: _in_state,
    kinds.ParameterIs: _parameter_is,
    **dict.fromkeys(_OF_PARTS, _of_parts),
}


# -- questions about whole courses -----------------------------------------------------------------

_PATTERNS: Final = {
    Pattern.REACHABLE: Text("{0}ことがあり得る", "it may come about that {0}"),
    Pattern.POSSIBLE: Text(
        "いつでも、{0}ことがなお可能である", "it always stays possible that {0}"
    ),
    Pattern.EXISTENCE: Text(
        "{0}ことなしに終わらない", "no case comes to rest before it has come about that {0}"
    ),
    Pattern.ABSENCE: Text("{0}ことはない", "it never comes about that {0}"),
    Pattern.PRECEDENCE: Text(
        "{0}までは、{1}ことはない", "not before {0} does it come about that {1}"
    ),
    Pattern.RESPONSE: Text(
        "{0}ときは、その後必ず{1}", "whenever {0}, it comes about later that {1}"
    ),
    Pattern.SUCCESSION: Text(
        "{0}ときは、その後必ず{1}。それまでに{1}ことはない",
        "whenever {0}, it comes about later that {1}, and never before",
    ),
    Pattern.NOT_COEXISTENCE: Text(
        "{0}ことと{1}ことの両方が起こることはない",
        "it never comes about both that {0} and that {1}",
    ),
    Pattern.ONLY_WITH: Text(
        "{1}のは、{0}ときに限る", "it never comes about that {1} unless, with it, {0}"
    ),
}
_SINCE, _UNTIL = Text("{0}とき以後", "once {0}"), Text("{0}ときまで", "up to when {0}")
_STRETCH = Text("{0}ときから{1}ときまで", "from when {0} up to when {1}")
_HAPPENS, _REPORTED = Text("{0}が起こる", "{0} happens"), Text("{0}が報告する", "{0} reports it")
_FIRES, _MOVES = Text("規則{0}が働く", "rule {0} fires"), Text("{0}が動く", "{0} changes")
_NOW_RECORDED = Text("{0}が記録される", "{0} is recorded")
_NOW_TOLD = Text("{0}に知らされる", "{0} is told")
_LEARNS = Text("{0}が{1}を知る", "{0} learns {1}")
_JUST_BEFORE = Text("直前に{0}という状態にある", "just before, {0}")
_AFTER, _AS_SAID = Text("{0}という状態にある", "{0}"), Text("{0}", "{0}")
_ANYTHING = Text("何かが起こる", "anything happens")


def occasion_text(process: Process, occasion: Occasion, lang: Language) -> str:
    """What comes together in one step: 逮捕が起こる / 'arrest' happens."""
    said = phrasing(lang)
    parts = [
        (_JUST_BEFORE, _unless_always(process, occasion.before, lang)),
        (_HAPPENS, said.one_of(said(process.event(e).label) for e in occasion.events)),
        (_REPORTED, said.one_of(said(process.agency(a).label) for a in occasion.by)),
        (_FIRES, said.one_of(occasion.rules)),
        (_MOVES, said.one_of(said(process.machine(m).label) for m in occasion.moves)),
        *((_NOW_RECORDED, said.quoted(said(process.fact(f).label))) for f in occasion.records),
        (_NOW_TOLD, said.one_of(said(process.agency(a).label) for a in occasion.told)),
        *((_AS_SAID, _learnt(process, learns, said)) for learns in occasion.learns),
        (_AFTER, _unless_always(process, occasion.after, lang)),
    ]
    words = [said(phrase, found) for phrase, found in parts if found]
    return said.both(words) if words else said(_ANYTHING)


def _learnt(process: Process, learns: Learns, said: Phrasing) -> str:
    named = process.agency(learns.agency), process.fact(learns.fact)
    return said(_LEARNS, *(said.quoted(said(part.label)) for part in named))


def _unless_always(process: Process, guard: Guard, lang: Language) -> str:
    return "" if guard == ALWAYS else guard_text(process, guard, lang)


def property_text(process: Process, asked: Property, lang: Language) -> str:
    """The question as a sentence."""
    said = phrasing(lang)
    what, *then = (occasion_text(process, o, lang) for o in (asked.what, asked.then) if o)
    scope = [occasion_text(process, o, lang) for o in (asked.since_this, asked.until_this) if o]
    if len(scope) > 1:
        within = said(_STRETCH, *scope)
    else:
        within = said(_SINCE if asked.since_this else _UNTIL, *scope) if scope else ""
    return said.series(filter(None, (within, said(_PATTERNS[asked.pattern], what, *then))))
