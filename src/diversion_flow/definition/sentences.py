"""What can be wrong, in words: one row a code, in Japanese and English.

A template names the error's values: `{id}` as it stands, `{id:q}` quoted, `{kind:k}` a kind of
part in words. A tuple is joined as the language joins a list; a `Text` gives its language.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from attrs import frozen

from .phrasing import Phrasing, phrasing
from .text import Language, Text, clean

_LONGEST: Final = 80  # characters of a value that comes from a file or a caller


@frozen
class Sentence:
    """What is wrong, and what to do about it."""

    problem: Text
    remedy: Text | None = None


def filled(template: Text, values: Mapping[str, Any], lang: Language) -> str:
    """The template with these values in it, in that language."""
    said = phrasing(lang)
    return template.in_(lang).format(**{name: _Value(v, said) for name, v in values.items()})


class _Value:
    """A value of an error as a template may ask for it: short, clean, in one language."""

    def __init__(self, value: Any, said: Phrasing) -> None:
        self.value, self.said = value, said

    def __format__(self, spec: str) -> str:
        if isinstance(self.value, tuple | list | frozenset | set):
            words = sorted(self.value) if isinstance(self.value, frozenset | set) else self.value
            return self.said.join(format(_Value(v, self.said), spec) for v in words)
        if spec == "l":
            return str(self.value)
        if spec == "k":
            return self.said(KINDS.get(str(self.value), Text(str(self.value), str(self.value))))
        word = self._word()
        return self.said.quoted(word) if spec == "q" else word

    def _word(self) -> str:
        value = self.value
        if isinstance(value, Text):
            return self.said(value)
        if hasattr(value, "problem"):  # an error that this one tells on
            return str(value.text(self.said.lang))
        if isinstance(value, datetime):
            return value.strftime("%Y-%m-%d %H:%M")
        if isinstance(value, date):
            return value.isoformat()
        word = clean(str(value)).replace("\n", " ")
        return word if len(word) <= _LONGEST else word[: _LONGEST - 1] + "…"


KINDS: Final = {
    "agency": Text("機関", "agency"),
    "stage": Text("段階", "stage"),
    "event": Text("事象", "event"),
    "fact": Text("事実", "fact"),
    "paper": Text("書面", "paper"),
    "parameter": Text("方針", "parameter"),
    "deadline": Text("期限", "deadline"),
    "source": Text("典拠", "source"),
    "machine": Text("状態機械", "machine"),
    "state": Text("状態", "state"),
    "transition": Text("遷移", "transition"),
    "choice": Text("選択肢", "choice"),
    "field": Text("欄", "field"),
    "format": Text("形式", "format"),
    "view": Text("図", "view"),
    "process": Text("過程", "process"),
    "version": Text("版", "version"),
    "place": Text("地域", "place"),
    "story": Text("事例", "story"),
    "command": Text("コマンド", "command"),
    "option": Text("オプション", "option"),
}

_SEE: Final = Text("{see} で書き方を表示します", "{see} shows how")

SENTENCES: Final[dict[str, Sentence]] = {
    # A sentence that a caller brings, in the language in which it is written.
    "own": Sentence(Text("{problem:l}", "{problem:l}"), Text("{remedy:l}", "{remedy:l}")),
    # -- ids and definitions ------------------------------------------------------------------
    "unknown_id": Sentence(Text("{kind:k}{id:q}はありません", "no {kind:k} {id:q}")),
    "unknown_id_near": Sentence(
        Text(
            "{kind:k}{id:q}はありません。近いもの: {nearest}",
            "no {kind:k} {id:q}; nearest: {nearest}",
        )
    ),
    # -- files --------------------------------------------------------------------------------
    # -- cases, moments and facts ---------------------------------------------------------------
    # -- scenarios ----------------------------------------------------------------------------
    # -- drawings and pages --------------------------------------------------------------------
    # -- BPMN and other exchange ---------------------------------------------------------------
    # -- the command line ------------------------------------------------------------------------
    "own_fault": Sentence(
        Text(
            "diversion_flow の不具合です({kind}、{where})。入力の誤りではありません",
            "this is a fault of diversion_flow, not of what it was given ({kind} at {where})",
        ),
        Text(
            "この行を添えてお知らせください。{name}=1 を設定すると経緯を表示します",
            "please report this line; with {name}=1 it shows how it came about",
        ),
    ),
    "no_output": Sentence(
        Text("標準出力に書き込めません: {why}", "standard output cannot be written: {why}"),
        Text("出力先を確かめてください", "look at where the output goes"),
    ),
    "call_option": Sentence(
        Text(
            "オプション{option:q}の値の有無が違います",
            "option {option:q} lacks its value, or takes none",
        ),
        _SEE,
    ),
    "call_extra": Sentence(
        Text("余分な語があります: {words}", "more words than the command takes: {words}"), _SEE
    ),
    "call_missing": Sentence(Text("{name}がありません", "{name} is missing"), _SEE),
    "call_value": Sentence(
        Text("{name}の値が違います", "{name} has a value that it cannot have"),
        Text("{wanted}を指定してください", "give {wanted}"),
    ),
    "call_wrong": Sentence(
        Text("コマンドの書き方が違います: {said}", "the call is wrong: {said}"), _SEE
    ),
    "call_after": Sentence(
        Text(
            "--after {steps} は指定できません。事例の段階は {there} までです",
            "--after {steps}: the story has {there} steps",
        ),
    ),
    "call_day": Sentence(
        Text("{word:q}は日付ではありません", "{word:q} is no day"),
        Text("2024-06-03 のように書いてください", "write it like 2024-06-03"),
    ),
    "call_other_process": Sentence(
        Text(
            "事例{story:q}は過程{its:q}のもので、{asked:q}のものではありません",
            "story {story:q} is of the process {its:q}, not of {asked:q}",
        ),
        Text("その過程の事例を指定してください", "name a story of that process"),
    ),
}
