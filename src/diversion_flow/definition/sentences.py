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
}

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
    # -- libraries ------------------------------------------------------------------------------
    "missing_extra": Sentence(
        Text("ライブラリ{library:q}がありません", "the library {library:q} is not installed"),
        Text("次の命令で入ります: {install}", "bring it with: {install}"),
    ),
    "no_layout": Sentence(
        Text(
            "図の配置に使うGraphvizがありません",
            "there is no Graphviz here to lay the drawing out",
        ),
        Text(
            "次の命令で入ります: {install}(又は apt-get install graphviz)",
            "bring it with: {install}, or: apt-get install graphviz",
        ),
    ),
    "no_font": Sentence(
        Text(
            "日本語の書体がなく、文字が四角になってしまいます",
            "there is no Japanese font here; letters would be boxes",
        ),
        Text(
            "次の命令で入ります: {install}(又は apt-get install fonts-ipaexfont-gothic)",
            "bring one with: {install}, or: apt-get install fonts-ipaexfont-gothic",
        ),
    ),
    # -- files --------------------------------------------------------------------------------
    # -- cases, moments and facts ---------------------------------------------------------------
    # -- questions about processes ---------------------------------------------------------------
    "process_wanted": Sentence(
        Text("{argument}は過程ではなく{found}です", "{argument} is no process but {found}"),
        Text(
            "過程(Process)を指定してください。例: processes.in_force(...)",
            "give a Process, as processes.in_force(...) does",
        ),
    ),
    "comparison_wanted": Sentence(
        Text("比較の結果ではなく{found}です", "this is no comparison but {found}"),
        Text("compare(a, b) の結果を指定してください", "give what compare(a, b) returns"),
    ),
    "cases_wanted": Sentence(
        Text("事件の代わりに{found}があります", "there is {found} where cases are wanted"),
        Text("事件(Case)の一覧を指定してください", "give a list of cases"),
    ),
    "case_of_another": Sentence(
        Text(
            "この事件は過程{its:q}のもので、{asked:q}のものではありません",
            "the case belongs to the process {its:q}, not to {asked:q}",
        ),
        Text(
            "同じ過程の事件を指定してください",
            "give cases of the process that was compared",
        ),
    ),
    "effort_wanted": Sentence(
        Text("effortが探索量(節点の数)ではありません", "effort is no number of nodes"),
        Text("0以上の整数を指定してください", "give a whole number from 0 up"),
    ),
    "no_such_solver": Sentence(
        Text("solver{solver:q}はありません", "there is no solver {solver:q}"),
        Text("次のいずれかです: {known}", "it is one of: {known}"),
    ),
    "not_decided": Sentence(
        Text(
            "定められた探索量では判定できません",
            "this takes more effort than was given and is not decided",
        ),
        Text("effortを増やしてください", "give more effort"),
    ),
    # -- scenarios ----------------------------------------------------------------------------
    # -- drawings and pages --------------------------------------------------------------------
    # -- BPMN and other exchange ---------------------------------------------------------------
    # -- the command line ------------------------------------------------------------------------
}
