"""Answers in words: what was found, the story that shows it, what was taken for granted."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Final

from ..definition import Language, Process, Text
from ..definition.arguments import argument
from ..definition.phrasing import phrasing
from ..definition.wording import property_text
from .proving import Answer, Assumed, Broken, NotSettled, Proved
from .walking import Story

_VERDICTS: Final = {
    Proved: Text("証明された", "proved"),
    Broken: Text("成り立たない", "broken"),
    NotSettled: Text("決着がつかない", "not settled"),
}
_ASSUMED: Final = {
    Assumed.RULES: Text("規則に反する記録はないものとした", "nothing happens against the rules"),
    Assumed.OPENING: Text(
        "事件の開始時には、後に記録される事実は知られていないものとした",
        "a case opens with nothing known of what events record later",
    ),
    Assumed.FAIR: Text(
        "何度でも起こり得ることは、いつかは起こるものとした",
        "what may happen again and again happens at last",
    ),
    Assumed.FREE: Text(
        "問いに現れない事実は、必要な値になり得るものとした",
        "facts that are not followed can become what a way asks for",
    ),
    Assumed.UNTIMED: Text("期間の経過は考えない", "clocks are left out"),
    Assumed.FOLLOWED: Text(
        "終わりとは、問いに関わる系列が休止できることをいう",
        "at rest are the tracks that matter to the question",
    ),
}
_WHY: Final = {
    "effort": Text(
        "手数の上限に達した。系列や事実の少ない問いに分けるか、手数の上限(--effort)を上げる",
        "it takes more effort than was given: ask of fewer tracks and facts, or give more"
        " (--effort)",
    ),
    "not_walked": Text(
        "順路はあるが、日時と事実を伴って歩けなかった。次に必要な事象: {0}。"
        "その事象の条件と期限をexplainで確かめるか、試みの上限(--tries)を上げる",
        "there is a way, but it could not be walked with days and facts; next should be: {0}. See"
        " with `explain` what it asks and which limits run, or let more be tried (--tries)",
    ),
}
_WAY = Text("最短の適法な順路", "the shortest lawful course there")
_NOT_FOUND = Text(
    "順路があるかどうかは分からない(日時と事実を伴う道が見付からなかった)",
    "whether a course leads there is not settled: none was found with days and facts",
)
_NOTHING = Text("そこに至る順路はない", "no course leads there")
_AT_ONCE = Text("何も起こらないうちから、そうである", "it is so before anything happens")


def answer_text(process: Process, answer: Answer, lang: Language) -> str:
    """The question, the answer, the story step by step, and what was assumed."""
    argument("process", process, Process)
    argument("answer", answer, Proved, Broken, NotSettled)
    return "\n".join(chain(*answer_parts(process, answer, lang)))


def answer_parts(
    process: Process, answer: Answer, lang: Language
) -> tuple[list[str], list[str], list[str]]:
    """The same in lines: what was found, the story step by step, what was assumed."""
    story = () if answer.story is None else story_lines(process, answer.story, lang)
    assumed = (phrasing(lang)(_ASSUMED[assumed]) for assumed in answer.assumed)
    found = list(_found(process, answer, lang))
    return found, [f"    {line}" for line in story], [f"  ※ {line}" for line in assumed]


def _found(process: Process, answer: Answer, lang: Language) -> Iterator[str]:
    said = phrasing(lang)
    asked = answer.property
    yield f"{said(_VERDICTS[type(answer)])}{said.colon}{said(asked.label)} ({asked.id})"
    yield f"  {property_text(process, asked, lang)}"
    if isinstance(answer, NotSettled):
        labels = said.listed(process.event(event).label for event in answer.next)
        yield f"  {said(_WHY[answer.why], labels)}"
    if isinstance(answer, Broken) and answer.story is None:
        yield f"  {said(_NOTHING)}"


def way_lines(answer: Answer, lang: Language) -> Iterator[str]:
    """The way to what is wanted, step by step, each at the earliest moment tried; else whether
    there is none, or none was found."""
    said = phrasing(lang)
    if isinstance(answer, Proved) and answer.story is not None:
        yield f"{said(_WAY)}{said.colon}".rstrip()
        told = story_lines(answer.story.case.process, answer.story, lang)
        yield from (f"  {line}" for line in told)
    else:
        yield said(_NOTHING if isinstance(answer, Broken) else _NOT_FOUND)


def story_lines(process: Process, story: Story, lang: Language) -> Iterator[str]:
    """Each step with its moment, its reporter and the facts that are recorded with it, by name."""
    said = phrasing(lang)
    if not story.steps:
        yield said(_AT_ONCE)
    for number, step in enumerate(story.steps, 1):
        who = said(process.agency(step.by).label)
        what = said(process.event(step.event).label)
        facts = said.bracketed(said.listed(process.fact(fact).label for fact in step.facts))
        yield f"{number}. {step.at:%Y-%m-%d %H:%M} {who}{said.colon}{what}{facts}"
