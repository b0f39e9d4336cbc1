"""A test that failed, told so that an analyst of the policy can read it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..definition import Language, LawGap, Process, Text
from ..definition.phrasing import phrasing
from ..definition.wording import basis_text, guard_text
from ..processes import in_force, names, places
from ..runtime.clause import whole_guard
from ..runtime.reasons import texts
from ..scenarios import Law, Played, Scenario
from ..scenarios.play import passes


def failure(
    scenario: Scenario, law: Law, process: Process, played: Sequence[Played],
    lang: Language = "en",
) -> str:  # fmt: skip
    """The story so far, the step that went otherwise, why, the rule and its source, and which
    shipped law would have passed. `played` ends with the step that failed."""
    failed = played[-1]
    parts = [
        _HEAD.in_(lang).format(
            id=scenario.id, title=scenario.title.in_(lang), number=failed.step.number,
            all=len(scenario.steps), law=f"{process.name.in_(lang)}, {law.on}",
        ),
        *_section(_STORY, _story(played, lang), lang),
        *_section(_EXPECTED, [_problem(failed, lang)], lang),
        *_section(_WHY, _why(failed, lang), lang),
        *_section(_RULE, _rules(failed, lang), lang),
        *_section(_PASSES, list(_passing(scenario, law, process, lang)), lang),
    ]  # fmt: skip
    return "\n".join(parts)


def _section(head: Text, lines: Sequence[str], lang: Language) -> list[str]:
    if not lines:
        return []
    return ["", head.in_(lang), *(f"  {line}" for text in lines for line in text.split("\n"))]


def _story(played: Sequence[Played], lang: Language) -> list[str]:
    return [_line(p, lang, "→ " if p is played[-1] else "  ") for p in played]


def _line(played: Played, lang: Language, mark: str) -> str:
    step, process = played.step, played.after.process
    known = step.event in process.by_id["event"]
    event = process.event(step.event or "").label.in_(lang) if known else step.event
    agency = process.by_id["agency"].get(step.by or "")
    by = agency.label.in_(lang) if agency else step.by or ""
    what = f"{by}: {event}" if step.event else _PASSING.in_(lang)
    moved = "" if played.refusal is None else _REFUSED.in_(lang)
    if played.refusal is None:
        states = {m: s for m, s in played.after.states.items() if played.before.state(m) != s}
        moved = phrasing(lang).join(
            process.machine(m).state(s).label.in_(lang) for m, s in states.items()
        )
    moment = f"{played.at:%Y-%m-%d %H:%M}"
    return f"{mark}{step.number:>3}  {moment}  {what}" + (f"  ⇒ {moved}" if moved else "")


def _problem(failed: Played, lang: Language) -> str:
    lines = []
    for problem in failed.problems:
        lines.append(_WANTED.in_(lang).format(problem.expected.in_(lang)))
        lines.append(_FOUND.in_(lang).format(problem.found.in_(lang)))
    return "\n".join(lines)


def _why(failed: Played, lang: Language) -> list[str]:
    if failed.refusal is not None:
        return [*texts(failed.refusal.reasons, lang)]
    process = failed.after.process
    lines = []
    for record in failed.records:
        for moved in record.moved:
            machine = process.machine(moved.machine)
            names = [machine.state(s).label.in_(lang) for s in (moved.source, moved.target)]
            lines.append(f"{machine.label.in_(lang)}: {names[0]} → {names[1]}"
                         f" [{moved.machine}.{moved.transition}]")  # fmt: skip
    return lines


def _rules(failed: Played, lang: Language) -> list[str]:
    """The rules of the event that the step was about, and where they come from."""
    process, event = failed.after.process, failed.step.event
    if event is None or event not in process.by_id["event"]:
        return []
    lines = []
    for machine in process.machines:
        for rule in machine.on(event):
            if failed.before.state(machine.id) in rule.sources:
                asked = guard_text(process, whole_guard(process, rule), lang)
                lines.append(f"{machine.id}.{rule.id}: {asked}")
                lines += [f"  § {basis_text(process, b, lang)}" for b in rule.basis]
    return lines


def _passing(scenario: Scenario, law: Law, process: Process, lang: Language) -> Iterator[str]:
    """The shipped laws of that day under which the story goes as it says."""
    if scenario.process not in names():
        return
    for place in (None, *places(scenario.process)):
        try:
            other = in_force(scenario.process, on=law.on, place=place)
        except LawGap:
            continue
        if other != process and passes(scenario, other, law):
            yield f"{other.name.in_(lang)} ({place or _NATIONAL.in_(lang)})"


_HEAD = Text("{id}「{title}」: 全{all}ステップの{number}番目が異なる({law})",
             "{id} '{title}': step {number} of {all} went differently ({law})")  # fmt: skip
_STORY = Text("ここまでの経過", "The story so far")
_EXPECTED = Text("期待と結果", "Expected and found")
_WHY = Text("理由", "Why")
_RULE = Text("規則と典拠", "The rule and its source")
_PASSES = Text("次の規則では期待どおり", "It would have passed under")
_WANTED, _FOUND = Text("期待: {0}", "expected: {0}"), Text("結果: {0}", "found:    {0}")
_PASSING, _REFUSED = Text("時の経過", "time passes"), Text("不可", "refused")
_NATIONAL = Text("全国", "national")
