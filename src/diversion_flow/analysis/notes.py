"""What is no fault of a process and must still be said: where its law states no ground yet, and
who reports unseen."""

from __future__ import annotations

from ..definition import Fact, Machine, Process, Text
from .arguments import process_of
from .check import blind_by_law
from .findings import Finding, FindingCode, Severity


def notes(process: Process) -> tuple[Finding, ...]:
    """What should be known of a process that `check` finds no fault in.

    One note for each agency that always sees what others report: no ground can be stated for such
    a row of who sees what yet, so that what becomes visible by it is recorded as provided on none.
    One for each that reports an event without being told where its machine stands, as the law
    means it.
    """
    law = process_of(process, "process")
    rows = ((agency.id, *_rows(law, agency.id)) for agency in law.agencies)
    grounds = (_note(law, *row) for row in rows if row[1] or row[2])
    return (*grounds, *blind_by_law(law))


def _rows(law: Process, agency: str) -> tuple[tuple[Machine, ...], tuple[Fact, ...]]:
    """The machines and facts that this agency always sees, but for what it supplies itself."""
    machines = tuple(m for m in law.machines if agency in m.seen_by)
    return machines, tuple(f for f in law.facts if agency in f.seen_by and agency != f.source)


def _note(
    law: Process, agency: str, machines: tuple[Machine, ...], facts: tuple[Fact, ...]
) -> Finding:
    label, here, known = law.agency(agency).label, len(machines), len(facts)
    return Finding(
        FindingCode.SIGHT_WITHOUT_GROUND, Severity.NOTE, (agency,),
        Text(f"「{label.ja}」が同意によらず常に見る系列{here}件と、ほかの機関が記録する事実{known}件に"
             "ついて、その根拠が示されていません。",
             f"'{label.en}' always sees, without consent, {_count(here, 'track')} and "
             f"{_count(known, 'fact')} that others supply; no ground is stated for it."),
    )  # fmt: skip


def _count(number: int, what: str) -> str:
    return f"{number} {what}" + ("" if number == 1 else "s")
