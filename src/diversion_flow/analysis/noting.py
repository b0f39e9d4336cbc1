"""What is no fault of a process and must still be said: where its law states no ground yet, who
reports unseen, and who has to act in time on what nobody tells it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..definition import (
    LANGUAGES,
    OPENED,
    Fact,
    Language,
    Machine,
    Mark,
    Process,
    Remark,
    Text,
)
from ..definition.arguments import argument
from ..definition.kept import kept
from ..definition.moments import Moment, day_of
from ..definition.phrasing import phrasing
from ..definition.wording import called_text, grounds_text
from ..runtime.names import other_names
from ..runtime.provision import seen_on
from ..runtime.sight import sights
from .checking import blind_by_law, sees_anything
from .findings import Finding, FindingCode


def notes(process: Process, *, on: Moment | None = None) -> tuple[Finding, ...]:
    """What should be known of a process that `check` finds no fault in.

    One note for each agency that always sees what others report and for which the law states no
    ground: what becomes visible by such a row of who sees what is recorded as provided on none.
    One for each that reports an event without being told where its machine stands, as the law
    means it; one for a law that shows no machine to anybody. One for each time limit whose owner
    does not learn of what starts it: it neither sees that, even with consent, nor reports it nor is
    told.

    One for each part whose name follows a fact of the case, such as the day of the offence.

    And each remark of the law: where a person decides, what is left out; of those that hold from
    a day on, such as that what was read may be law no more, the ones that hold `on` that day.
    """
    argument("process", process, Process)
    law = process
    rows = ((agency.id, *_rows(law, agency.id)) for agency in law.agencies)
    grounds = (_note(law, *row) for row in rows if row[1] or row[2])
    day = None if on is None else day_of(on)
    return (
        *grounds,
        *blind_by_law(law),
        *_unseen(law),
        *_untold(law),
        *_called(law),
        *_remarked(law, day),
    )


def _called(law: Process) -> Iterator[Finding]:
    """The parts whose name follows a fact, and stands as the law in force has it until then."""
    for part, other in other_names(law):
        ja, en = (called_text(law, other, lang) for lang in LANGUAGES)
        yield Finding(
            FindingCode.CALLED_BY_FACT, "note", (part,),
            Text(f"呼び名は事件の事実によります: {ja}。未記録のときは施行中の法によります。",
                 f"What it is called follows a fact of the case: {en}; while that is not known, "
                 "the name under the law in force stands."),
        )  # fmt: skip


def _remarked(law: Process, day: date | None) -> Iterator[Finding]:
    for remark in law.remarks:
        if remark.since is None or (day is not None and remark.since <= day):
            said = Text(*(_with_ground(law, remark, lang) for lang in LANGUAGES))
            yield Finding(FindingCode[remark.kind.name], "note", (remark.id,), said)


def _with_ground(law: Process, remark: Remark, lang: Language) -> str:
    grounds = phrasing(lang).bracketed(grounds_text(law, remark.basis, lang))
    return f"{remark.label.in_(lang)}{grounds}"


def _untold(law: Process) -> Iterator[Finding]:
    """The limits whose owner does not learn of what starts them."""
    eyes = kept(law, sights) if sees_anything(law) else {}
    for deadline in law.deadlines if eyes else ():
        owner, events = deadline.owner, [law.event(e) for e in deadline.begun_by if e != OPENED]
        learns = eyes[owner].consented.events
        if missed := [e.label for e in events if e.id not in learns and owner not in e.by]:
            ja, en = (phrasing(lang).listed(missed) for lang in LANGUAGES)
            by = law.agency(owner).label
            yield Finding(
                FindingCode.DUTY_UNTOLD, "note", (deadline.id, owner),
                Text(f"この期限を守る{by.ja}には、起算となる{ja}を知らせる定めがありません。",
                     f"Nothing tells {by.en}, who keeps this limit, of what starts it: {en}."),
            )  # fmt: skip


def _unseen(law: Process) -> Iterator[Finding]:
    """That nobody sees anything, which may be meant of a drawing, and of no desk."""
    if not sees_anything(law):
        yield Finding(
            FindingCode.BLIND_REPORTER, "note", (law.id,),
            Text("どの系列にも seen_by がなく、どの機関の画面にも状態と期限は現れません"
                 "(見てよい機関を系列の seen_by に書いてください)。",
                 "No track says who sees it: no agency is shown where a case stands and what runs "
                 "(name those who may see it in the track's seen_by)."),
        )  # fmt: skip


def _rows(law: Process, agency: str) -> tuple[tuple[Machine, ...], tuple[Fact, ...]]:
    """The machines and facts that this agency always sees on no ground that the law states, but
    for what it supplies itself."""
    machines = (m for m in law.machines if agency in m.seen_by)
    facts = (f for f in law.facts if agency in f.seen_by and agency != f.source)
    return (
        tuple(machine for machine in machines if not _grounded(machine, agency)),
        tuple(fact for fact in facts if not _grounded(fact, agency)),
    )


def _grounded(part: Fact | Machine, agency: str) -> bool:
    return any(basis.mark is not Mark.NONE for basis in seen_on(part, agency))


def _note(
    law: Process, agency: str, machines: tuple[Machine, ...], facts: tuple[Fact, ...]
) -> Finding:
    by = law.agency(agency).label
    seen = [part.label for part in machines] + [part.label for part in facts]
    ja, en = (phrasing(lang).listed(seen) for lang in LANGUAGES)
    return Finding(
        FindingCode.SIGHT_WITHOUT_GROUND, "note", (agency,),
        Text(f"「{by.ja}」が同意によらず常に見る{ja}について、その根拠が示されていません"
             f"(それぞれの basis に about = \"seen_by {agency}\" の出典を書いてください)。",
             f"'{by.en}' always sees, without consent, {en}; no ground is stated for it "
             f"(give each a basis with about = \"seen_by {agency}\")."),
    )  # fmt: skip
