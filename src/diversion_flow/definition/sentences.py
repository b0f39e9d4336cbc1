"""What can be wrong, in words: one row a code, in Japanese and English.

A template names the error's values: `{id}` as it stands, `{id:q}` quoted, `{kind:k}` a kind of
part in words. A tuple is joined as the language joins a list; a `Text` gives its language.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache
from string import Formatter
from typing import Any, Final

from .frozen import frozen
from .kind_words import KINDS
from .languages import LANGUAGES, Language
from .phrasing import Phrasing, phrasing
from .text import Text, clean, worded

_LONGEST: Final = 80  # characters of a value that comes from a file or a caller


@frozen
class Sentence:
    """What is wrong, and what to do about it."""

    problem: Text
    remedy: Text | None = None


def _row(ja: str, en: str, *remedy: str) -> Sentence:
    """What is wrong, in Japanese and English; what to do about it, in both too, where the problem
    does not say it."""
    return Sentence(Text(ja, en), Text(*remedy) if remedy else None)


@cache
def asks(code: str) -> frozenset[str]:
    """The values that a code's sentence speaks of."""
    row = SENTENCES[code]
    texts = (row.problem, *((row.remedy,) if row.remedy else ()))
    said = (Formatter().parse(text.in_(lang)) for text in texts for lang in LANGUAGES)
    return frozenset(name for parts in said for _, name, _, _ in parts if name)


def filled(template: Text, values: Mapping[str, Any], lang: Language) -> str:
    """The template with these values in it, in that language."""
    said = phrasing(lang)
    return template.in_(lang).format(**{name: _Value(v, said) for name, v in values.items()})


def part_named(at: Iterable[tuple[str, str]], lang: Language) -> str:
    """A part by the kinds and ids that lead to it: machine main, transition help."""
    said = phrasing(lang)
    steps = ((said(KINDS[kind]) if kind in KINDS else kind, worded(id)) for kind, id in at)
    return said.join(" ".join(filter(None, step)) for step in steps)


class _Value:
    """A value of an error as a template may ask for it: short, clean, in one language."""

    def __init__(self, value: Any, said: Phrasing) -> None:
        self.value, self.said = value, said

    def __format__(self, spec: str) -> str:
        if isinstance(self.value, tuple | list | frozenset | set):
            words = sorted(self.value) if isinstance(self.value, frozenset | set) else self.value
            joined = self.said.alternatives if spec == "k" else self.said.join
            return joined(format(_Value(v, self.said), spec) for v in words)
        if spec == "t":
            return self.said(TYPES.get(str(self.value), Text(str(self.value), str(self.value))))
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
        if isinstance(value, bool | None):  # as files write it
            return "null" if value is None else str(value).lower()
        word = clean(str(value)).replace("\n", " ")
        return word if len(word) <= _LONGEST else word[: _LONGEST - 1] + "…"


_SEE: Final = "{see} で書き方を表示します", "{see} shows how"
# Types of values, by the names that programs give them.
TYPES: Final = {
    "str": Text("文字列", "text"),
    "int": Text("整数", "whole number"),
    "float": Text("小数", "decimal number"),
    "bool": Text("真偽値(true又はfalse)", "true or false"),
    "NoneType": Text("空(null)", "nothing (null)"),
    "tuple": Text("並び", "list"),
    "list": Text("並び", "list"),
    "dict": Text("名前と値の表", "table of names and values"),
    "date": Text("日付", "day"),
    "datetime": Text("日時", "moment"),
    "time": Text("時刻", "time of day"),
    "Text": Text('{ ja = "…", en = "…" }の形の文言', 'label of the form { ja = "…", en = "…" }'),
}

SENTENCES: Final[dict[str, Sentence]] = {
    # A sentence that a caller brings, in the language in which it is written.
    "own": _row("{problem:l}", "{problem:l}", "{remedy:l}", "{remedy:l}"),
    "sentence_lacks": _row(
        "文{id:q}には値が要ります: {names}",
        "the sentence {id:q} speaks of values that are not given: {names}",
    ),
    # -- ids and definitions ------------------------------------------------------------------
    "unknown_id": _row("{kind:k}{id:q}はありません", "no {kind:k} {id:q}"),
    "id_of_another": _row(
        "{kind:k}{id:q}はありません。{of:k}{id:q}はあります",
        "no {kind:k} {id:q}; there is the {of:k} {id:q}",
    ),
    "unknown_part": _row(
        "{kind:k}{id:q}はありません",
        "no {kind:k} {id:q}",
        "コマンド ids が一覧を示します",
        "the command `ids` lists what there is",
    ),
    "unknown_id_near": _row(
        "{kind:k}{id:q}はありません。近いもの: {nearest}", "no {kind:k} {id:q}; nearest: {nearest}"
    ),
    "unknown_id_of": _row(
        "{kind:k}{id:q}はありません",
        "no {kind:k} {id:q}",
        "次のいずれかを指定してください: {known}",
        "one of: {known}",
    ),
    "unknown_id_among": _row(
        "{kind:k}{id:q}はありません",
        "no {kind:k} {id:q}",
        "使える語の例: {known}",
        "there are, among others: {known}",
    ),
    "wrong_type": _row(
        "値が{found:t}になっています",
        "has the wrong type: {found:t}",
        "{wanted:t}を指定してください",
        "give {wanted:t}",
    ),
    "list_changes": _row(
        "値が list になっています(後から変わり得ます)",
        "is a list, which can change",
        "tuple を指定してください",
        "give a tuple",
    ),
    "none_of": _row(
        "認められる値ではありません",
        "is not an allowed value",
        "次のいずれかを指定してください: {allowed}",
        "give one of {allowed}",
    ),
    "twice": _row(
        "{kind:k}{id:q}は二度定義されています",
        "{kind:k} {id:q} is defined twice",
        "一方の名前を変えてください",
        "rename one of them",
    ),
    "no_id": _row(
        "{id:q}は識別子として使えません",
        "{id:q} is not a valid id",
        "英小文字で始め、英小文字・数字・_だけで書いてください",
        "use English snake_case: small letters, digits and _, a letter first",
    ),
    "no_label": _row(
        "表示名がありません",
        "has no label in any language",
        "日本語か英語で名前を付けてください",
        "write a label in Japanese, English or both",
    ),
    "no_source_address": _row(
        "掲載先として使えません",
        "is not usable as the address of a text",
        "空白なしで書くか、外してください",
        "write it without blanks, or leave it out",
    ),
    "no_web_address": _row(
        "ウェブ上の掲載先として使えません",
        "is not a web address",
        "http:// 又は https:// から始め、空白なしで書くか、外してください",
        "begin it with http:// or https://, write it without blanks, or leave it out",
    ),
    "says_nothing": _row(
        "何も書かれていません",
        "says nothing",
        "書くか、外してください",
        "write something, or leave it out",
    ),
    "no_version": _row(
        "版の名前として使えません",
        "is not usable as the name of a version",
        "空白のない一続きの文字で書いてください",
        "write it without blanks",
    ),
    "lists_nothing": _row(
        "何も挙げていません", "names nothing", "一つ以上挙げてください", "name at least one"
    ),
    "lists_twice": _row(
        "同じものを二度挙げています",
        "names the same thing twice",
        "一方を消してください",
        "leave one of them out",
    ),
    "bounds_of_kind": _row(
        "種類{kind:q}の事実に限度があります",
        "a fact of the kind {kind:q} has no bounds",
        "限度を消してください",
        "leave the bound out",
    ),
    "bounds_crossed": _row(
        "最大{high}が最小{low}より小さくなっています",
        "the maximum {high} is below the minimum {low}",
        "一方を改めてください",
        "correct one of them",
    ),
    "number_long": _row(
        "数が長すぎます", "is too long a number", "短くしてください", "write a shorter one"
    ),
    "day_far": _row(
        "暦の端の日です",
        "is a day at the end of the calendar",
        "始めや終わりがないものは書かないでください",
        "leave out what has no beginning or no end",
    ),
    "event_opened": _row(
        "「opened」「law_changed」は記録の開始と法の改正を表す名前です",
        "is the name that journals give to the opening of a case or to a change of law",
        "別の名前にしてください",
        "rename it",
    ),
    "no_choice": _row(
        "{value:q}は選択肢にありません",
        "{value:q} is not one of its choices",
        "次のいずれかを指定してください: {choices}",
        "give one of {choices}",
    ),
    "no_source": _row(
        "元の状態がありません",
        "has no source state",
        "元の状態を一つ以上指定してください",
        "name at least one state it starts from",
    ),
    "no_consent_rule": _row(
        "{to:q}への提供は同意を要しますが、この過程には同意の規則がありません",
        "shares with {to} on consent, and the process has no consent rule",
        "同意の規則を加えるか、提供の例外となる根拠を示してください",
        "add a consent rule, or give the share an exception",
    ),
    "no_recipient": _row(
        "本人の同意は{to:q}に及び得ません。事実{id:q}にその値がないためです",
        "consent can never cover {to}, which is not a choice of the fact {id}",
        "事実{id:q}に選択肢{to:q}を加えてください",
        "add the choice {to} to the fact {id}",
    ),
    "no_recipients": _row(
        "事実{id:q}は提供先の集まりを記録する事実ではありません",
        "fact {id} does not hold a set of recipients",
        "種類がchoicesの事実を指定してください",
        "name a fact of the kind choices",
    ),
    "ends_early": _row(
        "終期{until}が始期{since}より前です",
        "ends on {until}, before it begins on {since}",
        "日付を改めてください",
        "correct one of the days",
    ),
    "no_states": _row(
        "期限が進行する状態がありません",
        "runs in no state",
        "状態を一つ以上指定してください",
        "name at least one state in which it runs",
    ),
    "links_from_fact": _row(
        "記録された日から始まる期限は、停止も更新もできません",
        "a limit that begins with a fact can neither stop nor be renewed",
        "事象で始めてください",
        "begin it with an event",
    ),
    "choices_of_kind": _row(
        "種類{kind}と選択肢が合いません",
        "kind {kind} and its choices do not fit together",
        "choiceとchoicesには選択肢を付け、ほかの種類には付けないでください",
        "give choices to the kinds choice and choices, and to no other",
    ),
    "no_order": _row(
        "事実{id:q}({kind})には大小がありません",
        "fact {id} ({kind}) has no order",
        "== 又は != で比べてください",
        "compare it by == or !=",
    ),
    "holds_one": _row(
        "事実{id:q}の値は一つだけです",
        "fact {id} holds one value, not several",
        "== で比べてください",
        "compare it by ==",
    ),
    "no_value": _row(
        "{value:q}は事実{id:q}の値になりません",
        "{value:q} is not a value of the fact {id}",
        "値は{expected}です",
        "it takes {expected}",
    ),
    "guard_truth": _row(
        "条件の真偽は事案に当てはめるまで定まりません",
        "a guard has no truth value before a case is asked",
        "&、|、~で組み合わせてください",
        "combine guards by &, | and ~",
    ),
    "guard_wanted": _row(
        "{found:t}は条件ではありません",
        "a guard is wanted here, not {found:t}",
        'fact("age") >= 65 のように書いてください',
        'write it like fact("age") >= 65',
    ),
    "compared_with": _row(
        "{found:t}とは比べられません",
        "cannot compare with {found:t}",
        "真偽値、整数、文字列、日付又は方針と比べてください",
        "compare with true or false, a whole number, a text, a day or a policy",
    ),
    "one_by_one": _row(
        "値の代わりに{found:t}があります",
        "expected a value, found {found:t}",
        'in_("a", "b")のように一つずつ並べてください',
        'give each by itself: in_("a", "b")',
    ),
    "id_wanted": _row(
        "{kind:k}の識別子の代わりに{found:t}があります",
        "expected the id of a {kind:k}, found {found:t}",
        "識別子を文字列で指定してください",
        "give the id as a text",
    ),
    "fact_value": _row(
        "{fact:q}に記録できる値ではありません",
        "is not a value that {fact:q} can have",
        "{expected}を記録してください",
        "give {expected}",
    ),
    "no_address": _row(
        "{id:q}は部分の指し方になっていません",
        "{id:q} does not name a part",
        "「transition support.request」「event arrested」「process」のように書いてください",
        "write it like 'transition support.request', 'event arrested' or 'process'",
    ),
    "no_list": _row(
        "{id:q}は並びではありません",
        "{id} is not a list",
        "replaceを使ってください",
        "use 'replace'",
    ),
    "holds_none": _row(
        "{id:q}には{kind:k}を置けません",
        "{id} holds no {kind:k}",
        "{kind:k}を置く{holder:k}をtoで示してください",
        "name in 'to' the {holder:k} to which the {kind:k} belongs",
    ),
    "there_already": _row(
        "{kind:k}{id:q}は既にあります",
        "{kind:k} {id} is there already",
        "置き換えるか、別の名前にしてください",
        "replace it, or choose another id",
    ),
    "kept_whole": _row(
        "過程そのものは削除できません",
        "the process itself cannot be removed",
        "削除する部分を示してください",
        "name the part to remove",
    ),
    "id_stays": _row(
        "識別子は変えられません",
        "an id cannot change",
        "削除して別に加えてください",
        "remove the part and add another",
    ),
    "of_the_variant": _row(
        "変更そのものの欄で定めるものです",
        "the variant itself says that",
        "変更の label・version・since・until に書いてください",
        "write it as label, version, since or until of the variant",
    ),
    "not_asked": _row(
        "この規則はこの条件を求めていません",
        "the rule does not ask for this condition",
        "規則にある条件をそのまま書いてください",
        "write a condition as the rule has it",
    ),
    "for_another": _row(
        "{wanted:q}の変更であり、{id:q}の変更ではありません",
        "is for {wanted}, not for {id}",
        "{wanted:q}に当てはめるか、process の欄を確かめてください",
        "apply it to {wanted}, or correct its process",
    ),
    "after_edits": _row("変更の結果、定義が食い違います。{error}", "after its edits, {error}"),
    "conflict": _row(
        "変更が食い違います。{why}",
        "the changes do not agree: {why}",
        "いずれかを除くか改めてください",
        "drop or change one of them",
    ),
    "no_variants": _row(
        "変更が一つもありません",
        "no variant is given",
        "一つ以上指定してください",
        "give at least one",
    ),
    "none_cited": _row(
        "典拠を示しながら「典拠なし」としています",
        "cites a source but is marked as having none",
        "markを改めるか、典拠を除いてください",
        "correct the mark, or take the source out",
    ),
    "set_kind": _row(
        "この方針の値は{wanted:t}です。{found:t}は設定できません",
        "this policy holds {wanted:t}, not {found:t}",
        "{wanted:t}を指定してください",
        "give {wanted:t}",
    ),
    "set_negative": _row(
        "負の数になっています", "is negative", "0以上の数にしてください", "give 0 or more"
    ),
    "changes_nothing": _row(
        "何も変更していません",
        "changes nothing",
        "変更を書くか、この変更を削ってください",
        "say what is changed, or take the edit out",
    ),
    "set_twice": _row(
        "{what}で変えたものをもう一度変えています",
        "changes again what {what} has changed",
        "一方の変更を除いてください",
        "remove one of the two edits",
    ),
    "outside_law": _row(
        "適用期間({own})が、変更しようとする法の期間({its})の外にあります",
        "applies from {own}, when the law that it changes ({its}) is not in force",
        "期間を改めるか、その期間の法に当てはめてください",
        "correct the days, or apply it to the law of those days",
    ),
    "no_name": _row(
        "{id:q}は名前として使えません",
        "{id:q} cannot be a name",
        "空白を含めず、文字・数字・_・-・.で書いてください",
        "use letters, digits, _, - and . without blanks",
    ),
    "read_nowhere": _row(
        "「典拠確認済み」(read)ですが、何を読んだかが示されていません",
        "is marked 'read', and does not say where it was read",
        "evidenceに読んだ資料を示すか、markをknown又はinferredにしてください",
        "name what was read in 'evidence', or mark it known or inferred",
    ),
    "missed_no_duty": _row(
        "期限{id:q}は義務ではありません",
        "the limit {id:q} is not a duty",
        "何によって果たされるか(met_by)を定めてください",
        "say what meets it (met_by)",
    ),
    "asks_step": _row(
        "一度の記録そのものは、規則の外では条件になりません(事実{fact:q})",
        "what a single step names can be asked by its rules only (fact {fact:q})",
        "その事実が記録されること(records)、又はその後の値を問うてください",
        "ask that the fact is recorded (records), or what it is then",
    ),
    "before_begins": _row(
        "予定の日からさかのぼる期限は、記録された日から始めることも、停止・更新することもできません",
        "a limit that is counted back neither begins with a fact nor stops nor is renewed",
        "事象か状態に入ることで始め、停止と更新を除いてください",
        "begin it with an event or with coming into its states, without stops and renewals",
    ),
    "ask_value": _row(
        "事実{fact:q}の値になっていません",
        "is not a value of the fact {fact:q}",
        "{expected}を指定してください",
        "give {expected}",
    ),
    "ask_nothing": _row(
        "問いに語がありません",
        "names nothing that could happen",
        "できごと、系列.状態、事実などを一つ以上書いてください",
        "name an event, a track.state or a fact at least",
    ),
    "ask_form": _row(
        "語{word:q}に足りないところがあります",
        "the word {word:q} says too little",
        "{form:q}の形で書いてください",
        "write it as {form:q}",
    ),
    "ask_condition": _row(
        "{word:q}は続いている状態ではないので、「!」や「before:」を付けられません",
        "{word:q} does not last, so neither '!' nor 'before:' can go with it",
        "状態、事実、期限、日(custody.free、age=70、running:LIMIT、day:restなど)に付けてください",
        "give a state, a fact, a limit or a day, such as custody.free, age=70, running:LIMIT,"
        " day:rest",
    ),
    "ask_told": _row(
        "{words:q}に当たる通知はありません",
        "nobody is told so by any event: {words:q}",
        "通知先のある事象を`explain`で調べてください",
        "see with `explain` which events tell whom",
    ),
    "property_pair": _row(
        "型{pattern:q}と「then」の有無が合いません",
        "{pattern:q} and `then` do not go together",
        "「then」は、{pairs}にだけ書いてください。一度に起こることは、引用符の中に並べます",
        "`then` goes with {pairs}, and with nothing else; what comes together in one step"
        " stands together in quotes",
    ),
    # -- libraries ------------------------------------------------------------------------------
    "missing_extra": _row(
        "ライブラリ{library:q}がありません",
        "the library {library:q} is not installed",
        "次の命令で入ります: {install}",
        "bring it with: {install}",
    ),
    "no_layout": _row(
        "図の配置に使うGraphvizがありません",
        "Graphviz, which lays the drawing out, is not installed",
        "次の命令で入ります: {install}(又は apt-get install graphviz)",
        "bring it with: {install}, or: apt-get install graphviz",
    ),
    "no_font": _row(
        "日本語の書体がなく、文字が四角になってしまいます",
        "no Japanese font is installed; letters would be drawn as boxes",
        "次の命令で入ります: {install}(又は apt-get install fonts-ipaexfont-gothic)",
        "bring one with: {install}, or: apt-get install fonts-ipaexfont-gothic",
    ),
    # -- files --------------------------------------------------------------------------------
    "file_there": _row(
        "同じ名前のファイルが既にあります",
        "is there already",
        "別の名前にするか、上書きを許してください: overwrite=True、--overwrite",
        "take another name or allow it: overwrite=True, --overwrite",
    ),
    "file_twice": _row(
        "同じ呼出しで二度指定されています",
        "is named twice in one call",
        "ファイルごとに別の名前にしてください",
        "give each file a name of its own",
    ),
    "no_folder": _row(
        "フォルダー{folder:q}がありません",
        "there is no folder {folder:q}",
        "先にフォルダーを作ってください",
        "make the folder first",
    ),
    "file_is_folder": _row(
        "ファイルではなくフォルダーです",
        "is a folder, not a file",
        "その中のファイルの名前まで指定してください",
        "name a file inside it",
    ),
    "file_name": _row(
        "この名前のファイルは作れません",
        "no file can have this name",
        "名前から制御文字を除いてください",
        "take control characters out of the name",
    ),
    "not_written": _row(
        "書き込めません: {why}",
        "cannot be written: {why}",
        "別の場所又は名前を指定してください",
        "choose another place or name",
    ),
    "unsafe_name": _row(
        "{name:q}はファイル名として安全ではありません",
        "{name:q} is not a safe file name",
        "英数字、_、-、.だけを使ってください",
        "use letters, digits, _, - and . only",
    ),
    "cannot_read": _row(
        "ファイルを読めません({why})",
        "cannot be read: {why}",
        "名前と権限を確かめてください",
        "check its name and who may read it",
    ),
    "no_format": _row(
        "読めるファイルの種類ではありません",
        "is not a kind of file that can be read here",
        "末尾が{endings}のいずれかの名前にしてください",
        "give it one of the endings {endings}",
    ),
    "too_large": _row(
        "{limit}バイトより大きいファイルです",
        "is larger than {limit} bytes",
        "分けてください",
        "split it",
    ),
    "too_many": _row(
        "値の数が{limit}を超えます", "holds more than {limit} values", "分けてください", "split it"
    ),
    "too_deep": _row(
        "入れ子が{limit}段を超えます",
        "is nested deeper than {limit}",
        "浅くしてください",
        "flatten it",
    ),
    "not_utf8": _row(
        "UTF-8で書かれていません", "is not UTF-8", "UTF-8で保存してください", "save it as UTF-8"
    ),
    "no_table": _row(
        "名前と値の表になっていません",
        "is not a table of names and values",
        "名前とその値で始めてください",
        "begin with a name and its value",
    ),
    "unreadable": _row(
        "{format}として読めません({why})",
        "is not {format}: {why}",
        "この行の前後を直してください",
        "mend this line or the one before",
    ),
    "given_twice": _row(
        "同じ欄が二度書かれています", "is given twice", "一方を除いてください", "remove one"
    ),
    "no_number": _row(
        "扱える数ではありません",
        "is not a number that can be held",
        "18桁以内の整数で書いてください",
        "write a whole number of at most 18 digits",
    ),
    "half_character": _row(
        "文字の半分だけが含まれています",
        "holds half a character (a lone surrogate)",
        "文字を書き直してください",
        "write the character anew",
    ),
    "no_day": _row(
        "暦にある日付ではありません",
        "is not a day of the calendar",
        "2024-06-03 のように書いてください",
        "write it like 2024-06-03",
    ),
    "no_moment": _row(
        "日時ではありません",
        "is not a date and time",
        "2024-06-03T10:00 のように書いてください",
        "write it like 2024-06-03T10:00",
    ),
    "format_number": _row(
        "この版のライブラリが扱う形式ではありません",
        "is not a format that this release reads",
        "手で書いたものなら {wanted} と書き、後の版が保存したものなら、その版で読み出してください",
        "by hand, write {wanted}; what a later release wrote, read with that release",
    ),
    "missing": _row(
        "必要な欄{id:q}がありません", "{id} is missing", "書き加えてください", "add it"
    ),
    "missing_language": _row(
        "必要な欄{id:q}がありません",
        "{id} is missing",
        '書き加えてください。訳すまでは ""(空)とすれば、もう一方の言語で示されます',
        'add it; until it is translated "" will do: the other language is shown then',
    ),
    "unknown_field": _row(
        "{id:q}という欄はありません", "unknown field {id}", "使える欄: {known}", "known are {known}"
    ),
    "no_start": _row(
        "起算の書き方になっていません",
        "does not say when a time limit starts",
        '{{"events": [...]}}、{{"fact": "..."}}、{{"entry": true}}のいずれかで書いてください',
        'write {{"events": [...]}}, {{"fact": "..."}} or {{"entry": true}}',
    ),
    "no_guard": _row(
        "{found:t}は条件ではありません",
        "is not a guard but {found:t}",
        '{{"fact": "age", "is": ">=", "value": 65}}のように書いてください',
        'write it like {{"fact": "age", "is": ">=", "value": 65}}',
    ),
    "deep_guard": _row(
        "条件の入れ子が{limit}段を超えます",
        "a guard is nested deeper than {limit}",
        "分けてください",
        "take it apart",
    ),
    "no_form": _row(
        "{keys}という組合せの条件はありません",
        "there is no guard with {keys}",
        "次のいずれかで書いてください: {forms}",
        "a guard has {forms}",
    ),
    "null_compared": _row(
        "空(null)とは比べられません",
        "a fact is compared with a value, not with null",
        "値を書いてください",
        "write a value",
    ),
    "only_true": _row(
        "true 以外は書けません",
        "can be nothing but true",
        "そうでないことは not で書いてください",
        "write the contrary with not",
    ),
    "no_edit": _row(
        "変更の書き方になっていません",
        "is not an edit",
        "次の語のうち一つだけで始めてください: {words}",
        "an edit has just one of {words}",
    ),
    "no_includes": _row(
        "ファイル名の並びになっていません",
        "is not a list of file names",
        '["other.toml"]のように書いてください',
        'write ["other.toml"]',
    ),
    "include_circle": _row(
        "このファイル自身に戻ります",
        "leads back to this file",
        "includeを一つ除いてください",
        "remove one of the includes",
    ),
    "include_many": _row(
        "取り込むファイルが{limit}を超えます",
        "includes more than {limit} files",
        "一つのファイルにまとめてください",
        "put some of them into one file",
    ),
    "second_document": _row(
        "二つ目の文書があります", "holds a second document", "除いてください", "remove it"
    ),
    "anchor": _row(
        "アンカー又は別名が使われています",
        "uses an anchor or alias",
        "値をそのまま書いてください",
        "write the value out",
    ),
    "tag": _row(
        "タグ({tag})が付いています", "has a tag ({tag})", "タグを除いてください", "remove the tag"
    ),
    "odd_key": _row(
        "欄の名前が語になっていません",
        "has a key that is not a plain word",
        "語で名付けてください",
        "name it by a word",
    ),
    "ambiguous": _row(
        "{word:q}は語とも真偽値とも読めます",
        "{word:q} may be a word or a truth value",
        'true、false又は引用符付きの"{word}"で書いてください',
        'write true or false, or "{word}" in quotes',
    ),
    "not_made": _row(
        "フォルダーを作れません: {why}",
        "the folder cannot be made: {why}",
        "別の場所又は名前を指定してください",
        "choose another place or name",
    ),
    # -- arguments of calls -----------------------------------------------------------------------
    "call_kind": _row(
        "引数{name:q}の型が違います({found}が渡されました)",
        "the argument {name:q} has the wrong type ({found})",
        "{wanted}を渡してください",
        "give {wanted}",
    ),
    # -- cases, moments and facts ---------------------------------------------------------------
    "moment_kind": _row(
        "引数{name:q}が日時ではありません({found}が渡されました)",
        "the argument {name:q} is not a date or time ({found})",
        "date、datetime、又は 2024-04-01T13:30 のような文字列を渡してください",
        "give a date, a datetime or a text such as 2024-04-01T13:30",
    ),
    "moment_text": _row(
        "引数{name:q}の文字列は日付又は日時として読めません",
        "the text given as {name:q} is not a date or time",
        "ISO 8601で書いてください: 2024-04-01、2024-04-01T13:30、2024-04-01T13:30:00+09:00",
        "write it in ISO 8601: 2024-04-01, 2024-04-01T13:30 or 2024-04-01T13:30:00+09:00",
    ),
    "moment_year": _row(
        "引数{name:q}は{first}年から{last}年までの間にありません",
        "{name:q} lies outside the years {first} to {last}",
        "日付を確かめてください",
        "check the date",
    ),
    "asked_early": _row(
        "請求の日({asked})が、請求のもとになる開示の日({disclosed})より前です",
        "asked for on {asked}, before the disclosure on {disclosed} of which it is asked",
        "日付を確かめてください",
        "check the dates",
    ),
    "moment_beyond": _row(
        "引数{name:q}は期限を計算できる期間({first}から{last}まで)にありません",
        "{name:q} lies outside the time in which limits can be counted ({first} to {last})",
        "日付を確かめてください",
        "check the date",
    ),
    "renewal_beyond": _row(
        "期限{deadline:q}は、計算できる長さを超えて更新されます",
        "the limit {deadline:q} would be renewed for longer than can be counted",
        "更新の記録を確かめてください",
        "check which renewals are recorded",
    ),
    "case_twice": _row(
        "引数{name:q}のidは{other}と同じです",
        "the argument {name:q} has the id of {other}",
        "事件ごとに別のidで開始してください: process.open(..., id=...)",
        "open each case with an id of its own: process.open(..., id=...)",
    ),
    "moment_backwards": _row(
        "事件は既に引数{name:q}より後の時点にあります",
        "the case is already at a later moment than {name:q}",
        "case.at 以後の時刻を渡してください。過去は case.snapshots() にあります",
        "give a moment from case.at on; what was before is in case.snapshots()",
    ),
    "holidays_unknown": _row(
        "国民の祝日が分かるのは{first}年から{last}年までです",
        "national holidays are known for {first} to {last} only",
        "日付を確かめるか、休日による延長をしない期間としてください",
        "check the year, or count the period without moving it off rest days",
    ),
    "limit_unit": _row(
        "{unit:q}という期間の単位はありません",
        "no unit of time {unit:q}",
        "次のいずれか: {units}",
        "one of: {units}",
    ),
    "limit_negative": _row(
        "期間の長さが負の数です",
        "a time limit cannot be negative",
        "0以上の数にしてください",
        "give 0 or more units",
    ),
    "limit_beyond": _row(
        "期間の満了が9999年より後になります",
        "the limit runs beyond the year 9999",
        "より短い期間にしてください",
        "give a smaller amount",
    ),
    "length_bounds": _row(
        "期間の長さは0から{most}までの整数でなければなりません(単位: {unit})",
        "the length must be a whole number from 0 to {most} ({unit})",
        "期間の数又は方針の値を直してください",
        "correct the amount or the policy",
    ),
    "law_gap": _row(
        "{process} {version}は{since}から{until}までの法であり、{day}の法ではありません",
        "{process} {version} is the law from {since} to {until}, not on {day}",
        "その日の法を processes.in_force で選んでください",
        "take the law of that day: processes.in_force",
    ),
    "law_gap_name": _row(
        "{day}に効力のある{name}の版はありません。収録: {shipped}",
        "no version of {name} is in force on {day}; shipped from {shipped}",
        "収録している期間の日を指定してください(それより前の法は収録していません)",
        "take a day on which one is shipped (earlier law is not encoded)",
    ),
    "law_too_large": _row(
        "この法令は、事件の記録とともに保存して読み戻すには大きすぎます",
        "the law is too large to be kept with a case and read again",
        "収録されている法令、その版からなる履歴、又は一つの版を渡してください",
        "give a shipped law, a history of its versions, or one version by itself",
    ),
    "law_gone": _row(
        "{name}は、保存されたときの版・地域(識別符号 {digest})では収録されていません",
        "{name} is not shipped in the version and for the place in which it was kept"
        " (digest {digest})",
        "その識別符号に対する法律として渡すか(law=)、"
        "保存した版又はそれより後の版のこのライブラリで読み出してください",
        "give the law for that digest (law=), or read it with the release of this library that"
        " kept it or a later one",
    ),
    "law_another": _row(
        "収録されている{name}の{version}版は、保存されたもの(識別符号 {digest})と異なります",
        "the shipped version {version} of {name} is not the one kept (digest {digest})",
        "両者を比べ(compare)、扱いが同じなら、その識別符号に対する法律として渡してください"
        "(law=)。異なるなら、"
        "保存したときの版のこのライブラリで読み出してください",
        "compare the two, and if nobody is treated differently, give the law for that digest"
        " (law=); else read it with the release of this library that kept it",
    ),
    "draft_day": _row(
        "{id}の施行日は{first}から{last}までの日です。{day}には施行され得ません",
        "{id} comes into force on a day from {first} to {last}, not on {day}",
        "その間の日を指定してください",
        "assume one of these days",
    ),
    "law_gap_place": _row(
        "{place}には{day}に適用される{name}の独自の定めがありません。収録: {shipped}",
        "{place} has no rule of its own for {name} on {day}; shipped from {shipped}",
        "収録している期間の日を指定するか、place を指定しないでください",
        "take a day on which it has one, or leave out the place",
    ),
    "fact_not_recorded": _row(
        "{event:q}では記録されない事実です。記録する事象: {events}",
        "is not recorded with {event:q}; the events that record it: {events}",
        "その事象とともに記録してください。{event:q}が記録する事実: {records}",
        "record it with one of those; {event:q} records: {records}",
    ),
    "fact_recorded_nowhere": _row(
        "{event:q}では記録されない事実です。これを記録する事象はありません",
        "is not recorded with {event:q}, nor with any other event",
        "事件を開くとき(open)に与えてください",
        "give it when the case is opened",
    ),
    "fact_not_known": _row(
        "まだ記録されていません",
        "is not recorded yet",
        "記録済みの事実は case.facts の id です",
        "ask case.facts which facts are",
    ),
    "fact_no_moment": _row(
        "日本時間で表せない日時です",
        "is a moment that Japanese time cannot express",
        "日付を確かめてください",
        "check the date",
    ),
    "fact_no_start": _row(
        "期限{deadline:q}はこの日からは計算できません",
        "the limit {deadline:q} cannot be counted from this day",
        "{first}から{last}までの日にしてください",
        "give a day from {first} to {last}",
    ),
    "fact_no_length": _row(
        "期限{deadline:q}の長さがこの値では0から{most}までになりません",
        "with this value the limit {deadline:q} is not from 0 to {most} long",
        "値を確かめてください",
        "check the value",
    ),
    "refused": _row(
        "{by}による{event:q}の報告はできません: {why}", "{event:q} by {by} refused: {why}"
    ),
    "journal_entry": _row(
        "記録の{number}番目({event})が過程に合いません: {why}",
        "journal entry {number} ({event}): {why}",
    ),
    "journal_empty": _row(
        "記録がありません",
        "the journal is empty",
        "事件を開いた記録から始めてください",
        "begin with the opening",
    ),
    "journal_opening": _row(
        "記録の{number}番目({event}): 最初の記録、かつ最初の記録だけが{opened:q}です",
        "journal entry {number} ({event}): the first entry, and only it, is {opened:q}",
    ),
    "journal_moves": _row(
        "記録の{number}番目({event}): この過程では記録とは別の規則になります",
        "journal entry {number} ({event}): the process moves differently than was recorded",
    ),
    "journal_not_by_law": _row(
        "記録の{number}番目({event}): この事象を法律上当然に起こす期限は進行していません",
        "journal entry {number} ({event}): no time limit is running at whose end this happens"
        " by operation of law",
    ),
    "advance_endless": _row(
        "期限{deadline:q}の満了が、時が進まないまま繰り返されます",
        "the limit {deadline:q} runs out again and again without time passing",
        "満了の後に期限が止まるか、改めて始まるように定義を直してください(check が示します)",
        "let the limit stop or start anew when it has run out; check() names it",
    ),
    "road_two_rows": _row(
        "機関{id:q}が図の二つの行にあります",
        "the agency {id:q} stands in two rows of the road",
        "一つの行だけに置いてください",
        "let it stand in one",
    ),
    "road_no_row": _row(
        "行為の主体{id:q}が図のどの行にもありません",
        "the agency {id:q} acts, and stands in no row",
        "いずれかの行の agencies に加えてください",
        "add it to the agencies of a group",
    ),
    "road_also_late": _row(
        "番号の付かない行為(also)が通常の流れの途中にあります",
        "an act that is also a beginning stands after the road has begun",
        "最初の番号付きの行為の前に置いてください",
        "put it before the first act of the road",
    ),
    "road_runs_back": _row(
        "段階{id:q}の行為が、後の段階{before:q}の行為より後にあります",
        "an act of the stage {id:q} comes after one of the later stage {before:q}",
        "行為を段階の順に並べてください",
        "order the acts by their stages",
    ),
    "road_no_state": _row(
        "本流の区間に状態がありません",
        "a piece of the spine has no state",
        "spine の状態を一つ以上挙げてください",
        "name one state of the spine or more",
    ),
    "road_off_spine": _row(
        "状態{id:q}は、本流の系列{spine:q}の状態ではありません",
        "the state {id:q} does not belong to the spine {spine:q}",
        "spine の状態を「系列.状態」の形で書いてください",
        "name states of the spine, as track.state",
    ),
    "deadline_circle": _row(
        "期限{id:q}が進行する条件が、それ自身の進行を問うています",
        "whether the time limit {id:q} runs depends on whether it runs",
        "条件からその期限を除いてください",
        "take the time limit out of the guard",
    ),
    # -- histories, and cases that begin midway
    "history_count": _row(
        "版が{versions}個、改正が{amendments}個あります",
        "there are {versions} versions and {amendments} amendments",
        "版の間ごとに改正を一つ置いてください",
        "give one amendment between two versions",
    ),
    "history_process": _row(
        "{id:q}と{other:q}は別の過程です",
        "{id:q} and {other:q} are different processes",
        "同じ過程の版を並べてください",
        "give versions of one process",
    ),
    "history_gap": _row(
        "{old}の終わりの翌日が{new}の始まりではありません",
        "{new} does not begin on the day after the end of {old}",
        "版の since と until を直してください",
        "correct since and until of the versions",
    ),
    "history_last": _row(
        "{old}から{new}への経過規定は、最後の一つだけが条件なしでなければなりません",
        "of the transitional rules from {old} to {new} the last alone must be without a condition",
        "その他の全ての事件の規定を最後に置いてください",
        "end with the rule for all other cases",
    ),
    "history_twice": _row(
        "{old}から{new}への経過規定に同じ名前があります",
        "two transitional rules from {old} to {new} have the same id",
        "別の名前にしてください",
        "rename one",
    ),
    "history_states": _row(
        "経過規定{rule:q}の状態の対応が定まりません",
        "the transitional rule {rule:q} does not say clearly which state becomes which",
        "旧法が続くときは対応を書かず、それ以外は同じ系列の状態に一つずつ対応させてください",
        "give no states where the old law goes on; else one state of the same track for each",
    ),
    "outdated_asked": _row(
        "それまでの記録を失わせ、あわせて記録もしない事実{id:q}を、この事象の規則{rule:q}が問うています",
        "outdates {id:q}, does not record it, and its rule {rule:q} asks for it",
        "その事実をrecordsに加えるか、outdatesから除いてください",
        "add the fact to records, or take it out of outdates",
    ),
    "called_by_facts": _row(
        "呼び名は事実と方針の値によってのみ変えられます",
        "a name can follow facts and policies only",
        "状態、期限、日を問う条件を除いてください",
        "take out what asks about states, time limits or the day",
    ),
    "transitional_process": _row(
        "この経過規定は{wanted:q}のもので、{id:q}には使えません",
        "these transitional rules are for {wanted:q}, not for {id:q}",
        "{wanted:q}の履歴に使ってください",
        "apply them to a history of {wanted:q}",
    ),
    "transitional_day": _row(
        "{day}は改正の日ではありません",
        "the law does not change on {day}",
        "改正の日: {known}",
        "it changes on: {known}",
    ),
    "transitional_twice": _row(
        "{day}の経過規定が二度書かれています",
        "the rules of {day} are given twice",
        "一つにまとめてください",
        "give one list of rules for a day",
    ),
    "crossing_stuck": _row(
        "新法({new})に状態{state:q}がなく、経過規定{rule:q}はその行き先を定めていません",
        "the new law ({new}) has no state {state:q}, and the transitional rule {rule:q} "
        "does not say what becomes of it",
        "経過規定の states に {state} の行き先を書くか、旧法を続けさせてください(continues)",
        "name what {state} becomes in the rule's states, or let the old law go on (continues)",
    ),
    "crossing_fact": _row(
        "新法({new})は事実{fact:q}の記録された値を認めていません(経過規定{rule:q})",
        "the new law ({new}) does not allow what is recorded as {fact:q} "
        "(transitional rule {rule:q})",
        "旧法の値を新法にも残すか、旧法を続けさせてください(continues)",
        "keep the value in the new law, or let the old law go on (continues)",
    ),
    "midway_no_reason": _row(
        "途中から始まる事件に理由がありません",
        "a case begins midway without a reason",
        "reason に理由を書いてください",
        "say why in reason",
    ),
    "midway_no_route": _row(
        "状態{state:q}に至る道がありません",
        "no route leads to the state {state:q}",
        "別の状態を指定してください",
        "give another state",
    ),
    "midway_since": _row(
        "期限の起算に要る日時がありません: {ids}",
        "a time limit begins with a moment that is not given: {ids}",
        "since にその状態に入った日時、又はその事象の日時を書いてください",
        "give in since when the track came into its state, or when the event happened",
    ),
    "midway_after": _row(
        "引数「since」に開始より後の時点があります",
        "a moment in 'since' is after the opening",
        "at 以前の時点を渡してください",
        "give moments up to at",
    ),
    "journal_crossing": _row(
        "記録の{number}番目({event}): この履歴では法の改正がそのように及びません",
        "journal entry {number} ({event}): under this history no change of law takes the case"
        " over so",
        "同じ履歴で再現してください",
        "replay it on the history on which it was opened",
    ),
    # -- questions about processes ---------------------------------------------------------------
    "one_version": _row(
        "{name}は{versions}個の版の履歴です。ここで扱えるのは一つの版です",
        "{name} is a history of {versions} versions; this takes one version",
        "その日の版を指定してください(history.in_force(日))。改正をまたぐ事件は "
        "history.open と advance で進め、draw(case) で描いてください",
        "give the version of a day (history.in_force(day)); lead a case that crosses a change "
        "of law with history.open and advance, and draw it with draw(case)",
    ),
    "story_elsewhere": _row(
        "stories[{number}]は{process}の事例ではありません",
        "stories[{number}] is not a story or case of {process}",
        "同じ過程の事例だけを渡すか、その過程の画面を作ってください",
        "give stories of this process, or make the page of the other one",
    ),
    "comparison_wanted": _row(
        "比較の結果ではなく{found}です",
        "this is not a comparison but {found}",
        "compare(a, b) の結果を指定してください",
        "give what compare(a, b) returns",
    ),
    "cases_wanted": _row(
        "事件の代わりに{found}があります",
        "there is {found} where cases are wanted",
        "事件(Case)の一覧を指定してください",
        "give a list of cases",
    ),
    "case_of_another": _row(
        "この事件は過程{its:q}のもので、{asked:q}のものではありません",
        "the case belongs to the process {its:q}, not to {asked:q}",
        "同じ過程の事件を指定してください",
        "give cases of the process that was compared",
    ),
    "effort_wanted": _row(
        "{name}が回数や探索量(節点の数)ではありません",
        "{name} is not a number it can be",
        "0以上の整数を指定してください",
        "give a whole number from 0 up",
    ),
    "not_decided": _row(
        "定められた探索量では判定できません",
        "this takes more effort than was given and is not decided",
        "effortを増やしてください",
        "give more effort",
    ),
    # -- live machines --------------------------------------------------------------------------
    "live_twice": _row(
        "このモデルは既に別のLiveCaseが動かしています",
        "another LiveCase already drives this model",
        "そのLiveCaseを使うか、先に release() で手放してください",
        "use that one, or let it release() the model first",
    ),
    "live_class": _row(
        "モデルとしてクラスが渡されました。そこに書いた状態は、そのすべてのインスタンスのものに"
        "なります",
        "the model is a class: states written to it would be those of every instance",
        "インスタンスを一つ作って渡してください",
        "give one instance of it",
    ),
    "live_under_way": _row(
        "モデルは系列{machine:q}で既に状態{found:q}にあり、新しい事件は{state:q}から始まります",
        "the model already stands in state {found:q} of track {machine:q}, where a new case"
        " opens in {state:q}",
        "保存した事件から LiveCase.of(case, model) で始めてください",
        "start from its stored case: LiveCase.of(case, model)",
    ),
    "live_elsewhere": _row(
        "モデルは系列{machine:q}で状態{found:q}にあり、事件は{state:q}にあります",
        "the model stands in state {found:q} of track {machine:q}, the case in {state:q}",
        "モデルと事件を同じ時点のものにそろえてください。どちらも書き換えていません",
        "load the model and the case of the same moment; neither was changed",
    ),
    "live_law_changes": _row(
        "{moment}に法律が改正され、系列が変わることがあります",
        "the law changes at {moment}, and its tracks may change with it",
        "release し、case.advance で新法の下へ移した事件と、その状態のモデルで "
        "LiveCase.of を使ってください",
        "release the model, advance the case itself, and go on with LiveCase.of on a model that"
        " stands as the case then does",
    ),
    "live_name_taken": _row(
        "モデルには系列と同じ名の属性・プロパティ・メソッド{machine:q}が既にあり、"
        "その状態ではないものを指しています",
        "the model has an attribute, property or method {machine:q} of its own, which does not"
        " hold a state of the track of that name",
        "モデルの側の名を変えるか、系列だけを載せたモデルを使ってください",
        "rename it in the model, or use a model that carries the tracks only",
    ),
    "live_not_taken": _row(
        "モデルの属性{machine:q}に系列の状態を書き込めません",
        "the model does not let its attribute {machine:q} be set to the track's state",
        "書き込める普通の属性にしてください(固定された型、__slots__、読取専用のプロパティは不可)",
        "make it a plain attribute: no frozen class, no __slots__ without it, no read-only"
        " property",
    ),
    "live_not_kept": _row(
        "モデルの属性{machine:q}は、書き込まれた状態をそのまま返しません",
        "the model's attribute {machine:q} does not give back the state that is written to it",
        "状態のidを文字列のまま保つ属性にしてください",
        "let it keep the state's id as plain text",
    ),
    "live_moved": _row(
        "モデルは手で動かされています。系列{machine:q}についてモデルは{found:q}、"
        "事件は{state:q}です",
        "the model was moved by hand: of track {machine:q} it says {found:q}, the case {state:q}",
        "属性を{state:q}に戻し、事件は step と advance だけで動かしてください",
        "set the attribute back to {state:q}, and move the case by step and advance only",
    ),
    "live_lost": _row(
        "モデルは手で動かされています。事件は系列{machine:q}の{state:q}にありますが、"
        "モデルの属性はその状態のどれでもありません",
        "the model was moved by hand: the case stands in {state:q} of track {machine:q}, but"
        " the model's attribute holds no state of it",
        "属性を{state:q}に戻し、事件は step と advance だけで動かしてください",
        "set the attribute back to {state:q}, and move the case by step and advance only",
    ),
    "live_reentrant": _row(
        "コールバックの中から、同じLiveCaseを動かすことはできません",
        "a callback cannot move the LiveCase that is calling it",
        "呼出しが戻ってから次の step を行ってください",
        "take the next step after the call has returned",
    ),
    "live_released": _row(
        "このLiveCaseは既にモデルを手放しました",
        "this LiveCase has released its model",
        "LiveCase.of(live.case, model) で改めて始めてください",
        "start again with LiveCase.of(live.case, model)",
    ),
    "live_copied": _row(
        "LiveCaseは複製も保存もできません。1つのモデルを2つが動かすことになります",
        "a LiveCase is not copied or pickled: two would drive one model",
        "live.case とモデルを保存し、LiveCase.of で改めて始めてください",
        "store live.case and the model, and start again with LiveCase.of",
    ),
    "live_callback_unknown": _row(
        "モデルのメソッド{name:q}は、この過程のどの状態のコールバックでもありません。"
        "近いもの: {nearest}",
        "the model's method {name:q} is the callback of no state of this process; nearest:"
        " {nearest}",
        "綴りを直すか、他の過程のためのものなら idle= に挙げてください",
        "correct its spelling, or name it in idle= if it is meant for another process",
    ),
    "live_callback_ambiguous": _row(
        "モデルのメソッド{name:q}は、2つ以上の状態のコールバックの名に当たります",
        "the model's method {name:q} is the name of more than one state's callback",
        "after= で受け取り、事件の状態を見て分けてください",
        "take after= instead, and look at the case's states there",
    ),
    "live_callback_kind": _row(
        "コールバック{name:q}は呼び出せません",
        "the callback {name:q} cannot be called",
        "関数を渡すか、None にしてください",
        "give a function, or None",
    ),
    "live_callback_takes": _row(
        "コールバック{name:q}は引数を{takes}個受け取るものでなければなりません",
        "the callback {name:q} must take this many arguments: {takes}",
        "on_enter_… と on_exit_… は event を、after は model と case を受け取ります",
        "on_enter_… and on_exit_… take the event, after takes the model and the case",
    ),
    "live_callback_async": _row(
        "コールバック{name:q}は非同期(async)かジェネレーターで、呼んでも実行されません",
        "the callback {name:q} is async or a generator, and would be called but never run",
        "普通の関数にし、step が戻ってから待つ仕事を始めてください",
        "make it a plain function, and start what must be awaited after step has returned",
    ),
    "live_disagreement": _row(
        "事象{event:q}で動く規則について、2つの読み方が食い違いました。ライブラリの不具合です",
        "the two readings of what event {event:q} moves differ: a fault of this library",
        "過程と事象を添えて報告してください。何も動いていません",
        "report it with the process and the event; nothing has moved",
    ),
    # -- scenarios ----------------------------------------------------------------------------
    "story_not_shipped": _row(
        "この事例は同梱されていません",
        "is not shipped",
        "次のいずれかを指定してください: {known}",
        "one of: {known}",
    ),
    "story_value": _row(
        "書き方が違います",
        "is not written in the right form",
        "{wanted}で書いてください",
        "write {wanted}",
    ),
    "story_field": _row(
        "{id:q}という欄はありません", "is no field", "使える欄: {known}", "one of: {known}"
    ),
    "story_field_near": _row(
        "{id:q}という欄はありません",
        "is no field",
        "{known}の誤りではありませんか",
        "did you mean {known}?",
    ),
    "story_crosses": _row(
        "変更案は一つの版に対するもので、法の改正をまたげません",
        "a variant is put on one version and cannot cross a change of law",
        "variant を除くか、crosses と transitional を除いてください",
        "leave out variant, or crosses and transitional",
    ),
    "story_empty": _row(
        "何も書かれていません",
        "says nothing",
        "書き加えるか、欄ごと省いてください",
        "say something, or leave it out",
    ),
    "story_missing": _row("{id:q}がありません", "is missing", "書き加えてください", "add {id}"),
    "story_none": _row(
        "法{id:q}の下の段階がありません",
        "has no step under the law {id:q}",
        "only に書き加えるか、under から除いてください",
        "name it in only, or leave it out of under",
    ),
    "story_event": _row(
        "event か advance = true のどちらか一つが要ります",
        "needs an event, or advance = true",
        "どちらか一つを書いてください",
        "give one of them",
    ),
    "story_twice": _row(
        "事件{id:q}が二度開始されています",
        "the case {id:q} is opened twice",
        "case で別の名前を付けてください",
        "give one of them another name in case",
    ),
    "story_law_twice": _row(
        "法{id:q}が二度挙げられています",
        "the law {id:q} is named twice",
        "一方を消してください",
        "leave one of them out",
    ),
    "story_long": _row(
        "段階・試み・機関についての問いが{limit}を超えています",
        "has more than {limit} steps, attempts and agencies asked about",
        "ファイルを分けてください",
        "split the file",
    ),
    "story_lost": _row(
        "この過程の知らない語が{most}より多くあります",
        "has more than {most} words that this process does not know",
        "process と on を確かめてください",
        "look at process and on",
    ),
    "story_moment": _row(
        "日時又は経過の書き方が違います",
        "is neither a date and time nor a time after the last step",
        "2024-06-12T09:00、+2d、+3h、+1d 10:00 のように書いてください",
        "write it like 2024-06-12T09:00, +2d, +3h or +1d 10:00",
    ),
    "story_beyond": _row(
        "9999年を超えます",
        "is after the year 9999",
        "もっと早い日時を書いてください",
        "write an earlier moment",
    ),
    "story_no_refusal": _row(
        "拒否されないのに、その理由を述べています",
        "says why, and not that anything is refused",
        "refused に理由の種類を書いてください",
        "name the kinds of reasons: refused",
    ),
    # -- tests of a policy ----------------------------------------------------------------------
    "test_fails_first": _row(
        "テスト{test:q}は誤りを入れる前から失敗しています",
        "the test {test:q} fails before any mistake is made",
        "先にテストを直すか、テストが前提とする版の法を指定してください",
        "mend it first, or name the law that it is about",
    ),
    "mutate_alone": _row(
        "--policy-mutate は一つのプロセスで実行します",
        "--policy-mutate runs in one process",
        "-n を外してください",
        "leave out -n",
    ),
    "no_percent": _row(
        "{word:q}は割合ではありません",
        "{word:q} is not a percentage",
        "0 から 100 までの数を指定してください",
        "give a number from 0 to 100",
    ),
    "policy_marker": _row(
        "policy マーカーの引数が違います",
        "the marker policy takes no such argument",
        "使える引数: {known}",
        "it takes {known}",
    ),
    "clock_amount": _row(
        "時計は戻せず、一度に{most}より多くは進められません",
        "time does not go back, nor on by more than {most} at once",
        "0 から {most} までの数を指定してください",
        "give whole numbers from 0 to {most}",
    ),
    "clock_back": _row(
        "時計は戻せません。現在は{now}です",
        "time does not go back: it is {now} already",
        "それ以後の時刻を指定してください",
        "give a later moment",
    ),
    # -- drawings and pages --------------------------------------------------------------------
    "needs_case": _row(
        "図{view:q}は事件を描くものです",
        "the view {view:q} draws a case",
        "事件を渡してください: case=、--story",
        "give one: case=, --story",
    ),
    "not_drawn_as": _row(
        "図{view:q}に形式{id:q}はありません",
        "no format {id:q} of the view {view:q}",
        "{known}のいずれかにしてください。{id}で描ける図: {views}",
        "make it one of {known}; as {id} there are: {views}",
    ),
    "not_in_language": _row(
        "{kind:k}{id:q}の図はありません",
        "no {kind:k} {id:q} of a drawing",
        "{known}のいずれかを指定してください。二つの言語の図: {views}",
        "give one of {known}; in two languages there are: {views}",
    ),
    "view_of_another": _row(
        "引数{name:q}は、別の事件、別の法又は以前の時点の閲覧範囲です",
        "{name:q} is a view of another case or law, or of what was before",
        "同じ case から case.view(機関) を得てください",
        "get it from the same case: case.view(agency)",
    ),
    "view_against": _row(
        "一つの機関に見えるものの図には、ほかの事件や法令は示せません",
        "a drawing of what one agency sees shows no other case and no other law",
        "case= も against= も渡さないでください",
        "give neither case= nor against=",
    ),
    "no_reference": _row(
        "図に書く整理番号がありません",
        "the case has no reference to show",
        "reference= は id のある事件と合わせて渡してください",
        "give reference= together with a case that was opened with an id",
    ),
    "no_wrong": _row(
        "図{view:q}は事件の経過の図ではありません",
        "{view:q} draws no course of a case",
        "wrong= は図 timeline 又は sequence で使ってください",
        "give wrong= with the view timeline or sequence",
    ),
    "law_alone": _row(
        "図{view:q}は法令だけを示し、事件もほかの法令との違いも示せません",
        "the view {view:q} shows the law alone, neither a case nor another law",
        "case= も against= も渡さないでください",
        "give neither case= nor against=",
    ),
    "case_against": _row(
        "一つの図に、事件の経過とほかの法令との違いとを合わせては示せません",
        "one drawing shows a case or the difference from another law, not both",
        "case= か against= の一方だけを渡してください",
        "give case= or against= alone",
    ),
    "other_law": _row(
        "事件は別の法令{its:q}によるもので、描こうとする{asked:q}には示せません",
        "the case goes under another law ({its:q}) than the one that is drawn ({asked:q})",
        "case.process を描いてください",
        "draw case.process",
    ),
    "no_ending": _row(
        "ファイル名に形式を示す拡張子がありません",
        "has no ending that names a format",
        "次のいずれかを付けてください: {known}",
        "end it in one of {known}",
    ),
    "too_large_for_png": _row(
        "{letters}画素以上の文字で描くと、PNG は{most}画素を超えます",
        "as PNG it would have more than {most} pixels, with letters of {letters} pixels",
        "SVG か PDF にするか、段階ごとの図(stages、stage.…)を描いてください",
        "make it SVG or PDF, or draw the sheets of its stages (stages, stage....)",
    ),
    "no_letters": _row(
        "使用するフォントにない文字があります: {letters}",
        "has letters that the font does not have: {letters}",
        "SVG で描くか、名前の文字を改めてください",
        "draw it as SVG, or name things in other letters",
    ),
    # -- BPMN and other exchange ---------------------------------------------------------------
    "names_alike": _row(
        "同じ名前の事件が二つあります",
        "two cases have the same name",
        "names で事件ごとに異なる名前を付けてください",
        "name each case apart: names=",
    ),
    "bpmn_not_read": _row(
        "読み込めません: {why}",
        "cannot be read: {why}",
        "ファイルの場所と権限を確かめてください",
        "look where the file is, and who may read it",
    ),
    "bpmn_not_utf8": _row(
        "{encoding}で書かれていません",
        "is not {encoding}",
        "UTF-8で保存し直してください",
        "save it as UTF-8",
    ),
    "bpmn_too_large": _row(
        "{most}バイトを超えています",
        "is larger than {most} bytes",
        "図を分けてください",
        "split the drawing",
    ),
    "bpmn_too_deep": _row(
        "入れ子が{most}段を超えています",
        "is nested deeper than {most}",
        "入れ子を浅くしてください",
        "draw it flatter",
    ),
    "bpmn_not_xml": _row(
        "XMLとして読めません: {why}({column}文字目)",
        "is not XML: {why}, at column {column}",
        "その行を直してください",
        "mend the line named",
    ),
    "bpmn_not_bpmn": _row(
        "BPMN 2.0の文書ではありません",
        "is not a BPMN 2.0 document",
        "図をBPMN 2.0として書き出してください",
        "export the drawing as BPMN 2.0",
    ),
    "bpmn_entities": _row(
        "文書型又は実体を宣言しています",
        "declares a document type or entities",
        "<!DOCTYPE …>を取り除いてください。BPMNには要りません",
        "remove <!DOCTYPE …>; BPMN needs none",
    ),
    "bpmn_no_process": _row(
        "プロセスがありません",
        "has no process",
        "開始と終了のあるプールを描いてください",
        "draw a pool with a start and an end",
    ),
    "bpmn_id_twice": _row(
        "同じidが二度使われています",
        "has an id that is used twice",
        "一方のidを変えてください",
        "rename one of them",
    ),
    "bpmn_link": _row(
        "リンクイベントです",
        "is a link event",
        "フローを直接つないでください",
        "draw the flow through",
    ),
    "bpmn_loose_flow": _row(
        "フローの端が何にもつながっていません",
        "leads to or from nothing",
        "両端を要素につないでください",
        "connect both of its ends",
    ),
    "bpmn_crossing_flow": _row(
        "フローが別のプールへ渡っています",
        "crosses into another pool",
        "プールの間はメッセージでつないでください",
        "connect the pools by a message",
    ),
    "bpmn_loose_border": _row(
        "境界イベントがタスクに付いていません",
        "is attached to no task",
        "タスクの境界に置いてください",
        "put it on the border of a task",
    ),
    "bpmn_several_out": _row(
        "ここから複数のフローが出ています",
        "has several flows out",
        "後ろにゲートウェイを置いてください",
        "put a gateway behind it",
    ),
    "bpmn_no_way_out": _row(
        "どこにもつながっていません",
        "leads nowhere",
        "ここから出るフローを描いてください",
        "draw a flow out of it",
    ),
    "bpmn_no_task": _row(
        "開始の後にタスクがありません",
        "leads to no task",
        "後ろにタスクを描いてください",
        "draw a task behind it",
    ),
    "bpmn_many_gateways": _row(
        "ゲートウェイが続き過ぎるか、循環しています",
        "leads through too many gateways, or in a circle",
        "間にタスクを置いてください",
        "put a task between them",
    ),
    "bpmn_led_into": _row(
        "開始イベントにフローが入っています",
        "has a flow into it",
        "開始イベントは始めにだけ置いてください",
        "begin with a start event only",
    ),
    "bpmn_no_start": _row(
        "始まりがありません",
        "has no beginning",
        "開始イベントを描き、流れにつないでください",
        "draw a start event that leads into it",
    ),
    "bpmn_circle": _row(
        "循環しています",
        "leads in a circle",
        "ゲートウェイの間にタスクを置いてください",
        "put a task between the gateways",
    ),
    "bpmn_not_awaited": _row(
        "待つことのできるイベントにつながっていません",
        "leads to no event that could be awaited",
        "受信側のイベントにつないでください",
        "let it lead to a catching event",
    ),
    "bpmn_nested_splits": _row(
        "並行分岐の入れ子が深過ぎます",
        "is nested too deeply",
        "分岐を分けて描いてください",
        "take the branches apart",
    ),
    "bpmn_too_many": _row(
        "要素が{most}を超えています",
        "has more than {most} elements",
        "図を分けてください",
        "split the drawing",
    ),
    "bpmn_encoding": _row(
        "文字コード「{encoding}」は読めません",
        "is written in {encoding}, which is not read",
        "UTF-8で保存し直してください",
        "save it as UTF-8",
    ),
    "bpmn_many_branches": _row(
        "並行する流れが多過ぎます",
        "leads to too many branches",
        "共通の続きの前で流れを合流させてください",
        "join the branches before what they have in common",
    ),
    "bpmn_many_rules": _row(
        "それぞれが多くのものに続き、規則が多過ぎます",
        "makes too many rules, one for each pair",
        "共通の続きの前にタスクを置いてください",
        "put a task before what many lead to",
    ),
    # -- stores ----------------------------------------------------------------------------------
    "store_id": _row(
        "引数{name:q}は識別子として使えません",
        "the text given as {name:q} is not usable as an id",
        "1字以上{most}字以内の一行の文字列を渡してください",
        "give one line of 1 to {most} characters",
    ),
    "store_text": _row(
        "引数{name:q}の文字列はUTF-8で表せません",
        "the text given as {name:q} cannot be written in UTF-8",
        "単独のサロゲートを除いてください",
        "take out what is half a character",
    ),
    "store_version": _row(
        "versionが記録の件数ではありません",
        "version is not a number of entries",
        "readが返した版を渡してください",
        "give the version that read returned",
    ),
    "store_patience": _row(
        "patienceが秒数ではありません",
        "patience is not a number of seconds",
        "0から{most}までの数を指定してください",
        "give a number from 0 to {most}",
    ),
    "store_two_texts": _row(
        "同じ識別子の記録に異なる内容が渡されました",
        "one id is given to two entries that differ",
        "記録ごとに別の識別子を付けてください",
        "give each entry an id of its own",
    ),
    "desk_no_case": _row(
        "この識別子の事件は保存されていません",
        "no case of this id is kept",
        "識別子を確かめるか、事件を開いてください",
        "check the id, or open the case",
    ),
    "desk_place_of_looks": _row(
        "この識別子には閲覧の記録が保存されます",
        "looks at a case are kept under this id",
        "別の識別子にしてください",
        "give the case another id",
    ),
    "desk_not_corrected": _row(
        "記録{id:q}は訂正も取消しもされていません",
        "entry {id:q} stands as it was recorded",
        "訂正(correct)又は取消し(withdraw)の後に報告してください",
        "report it once it is corrected or withdrawn",
    ),
    "store_stale": _row(
        "事件には{found}件の記録があり、渡された版は{version}です",
        "the case has {found} entries by now, not {version}",
        "読み直してから加えてください",
        "read it again, then append",
    ),
    "store_differs": _row(
        "記録{id:q}は既に異なる内容で保存されています",
        "an entry {id:q} is kept with another text",
        "別の識別子を付けてください",
        "give the entry an id of its own",
    ),
    "store_damaged": _row(
        "{entry}件目の記録が保存されたときの内容と一致しません",
        "entry {entry} is not as it was kept",
        "控えから復元してください",
        "restore the case from a backup",
    ),
    "store_damaged_head": _row(
        "事件の件数又は期限の控えが保存されたときの内容と一致しません",
        "the count of entries or the limit kept beside them is not as it was kept",
        "控えから復元してください",
        "restore the case from a backup",
    ),
    "store_refused": _row(
        "保存先の操作に失敗しました({why})",
        "the operation on the store failed ({why})",
        "空き容量と権限を確かめ、同じ操作を繰り返してください。二重には保存されません",
        "check free space and permissions, then repeat it: nothing is kept twice",
    ),
    "store_busy": _row(
        "別のプログラムが書き込んでいます",
        "another program is writing to it",
        "終わるのを待って、同じ操作を繰り返してください(待つ秒数: patience=)",
        "wait until it is done and do the same again (seconds to wait: patience=)",
    ),
    "store_closed": _row(
        "この保存先は閉じられています",
        "is a store that was closed",
        "もう一度開いてください",
        "open it anew",
    ),
    "store_moved": _row(
        "開いた後に、このファイルは移動・削除されたか、別のものに置き換えられました",
        "was moved, removed or replaced since it was opened",
        "もう一度開いてください",
        "open it anew",
    ),
    "store_server": _row(
        "データベースの操作に失敗しました({why})",
        "the database operation failed ({why})",
        "トランザクションを取り消し、もう一度実行してください",
        "roll the transaction back and repeat it",
    ),
    "store_no_tables": _row(
        "データベースに表がありません",
        "the database lacks the tables",
        "先に make_postgres_tables(鍵を使うなら sealed=True、鍵のデータベースでは"
        " make_postgres_keys_table)を実行するか、鍵(keys=)を確かめてください",
        "make them first: make_postgres_tables (with keys, sealed=True; in the keys' own"
        " database, make_postgres_keys_table), or check that keys= is as it was",
    ),
    "store_no_right": _row(
        "データベースへの書込みが許されていません({why})",
        "the database server does not let this user write there ({why})",
        "権限と、接続先が書込みのできるサーバーかどうかを確かめてください",
        "look at the user's rights, and whether the server can be written to at all",
    ),
    "store_other_file": _row(
        "別の用途の、又は別の版のファイルです",
        "is a file for another purpose or of another release",
        "別の名前を指定してください",
        "choose another name",
    ),
    "store_file_sealed": _row(
        "封をした記録のファイルです",
        "holds sealed entries",
        "その鍵を渡してください(keys=)。封をしない記録は別のファイルに保存してください",
        "give its keys (keys=), or choose another name for entries that lie open",
    ),
    "store_file_open": _row(
        "封をしていない記録のファイルです",
        "holds entries that lie open",
        "keys を渡さずに開いてください。封をする記録は別のファイルに保存してください",
        "leave keys= out, or choose another name for entries to be sealed",
    ),
    "store_no_log": _row(
        "先行書込みログを使えません",
        "write-ahead logging (WAL) is not possible there",
        "ネットワーク上でないフォルダーを指定してください",
        "choose a folder on a disk of this machine",
    ),
    "store_still_read": _row(
        "消去しましたが、読取り中の利用者がいるため、ファイルに内容が残っています",
        "the case is erased, but bytes of it remain in the file while somebody still reads it",
        "読取りが終わってから、もう一度消去してください",
        "erase it again when they are done",
    ),
    "store_erase_inside": _row(
        "ほかの書込みの途中では消去できません",
        "nothing can be erased inside another transaction",
        "書込みを終えてから消去してください",
        "end that transaction first",
    ),
    "store_open": _row(
        "封をしていない置き場には、更新する鍵がありません",
        "this store is not sealed: it has no key to renew",
        "置き場を開くときに keys を渡してください",
        "give keys= when the store is opened",
    ),
    "store_not_postgres": _row(
        "PostgreSQLへの接続ではありません({found})",
        "is not a connection to PostgreSQL ({found})",
        "PostgreSQLへの接続を渡してください",
        "give a connection to PostgreSQL",
    ),
    "store_autocommit": _row(
        "接続が一文ごとに確定する設定になっています",
        "the connection commits after every statement",
        "トランザクションを使う接続を渡してください",
        "give a connection with transactions (not AUTOCOMMIT)",
    ),
    "store_due_again": _row(
        "次の期限が、到来した期限より後になっていません",
        "the next limit does not run out after the one that was settled",
        "次の期限か、Noneを返してください",
        "give the next one, or None",
    ),
    # -- what was irregular ----------------------------------------------------------------------
    "irregular_says": _row(
        "規則に反して起こったことの記録に必要な{name}がありません",
        "what happened against the rules is recorded with its {name}",
        "当たる規則(transition)、理由(reason)及び責任を負う機関(responsible)を示してください",
        "give the rule that it stands for, the reason and the office responsible",
    ),
    "irregular_event": _row(
        "規則{transition:q}は事象{event:q}のものではありません",
        "the rule {transition:q} does not belong to the event {event:q}",
        "その事象の規則を示してください",
        "name a rule of that event",
    ),
    # -- the dossier -----------------------------------------------------------------------------
    "entry_pairs": _row(
        "名前と値の表ではありません",
        "is not a table of names and values",
        "dictで渡してください",
        "give a dict",
    ),
    "entry_many": _row("{limit}件を超えています", "holds more than {limit}"),
    "entry_twice": _row("同じ名前が二度あります", "has the same name twice"),
    "entry_value": _row(
        "事実の値になり得ないものです",
        "is not a value that a fact can hold",
        "真偽値、整数、文字列、日付、日時、又は語の集まりを渡してください",
        "give a truth value, a whole number, a text, a date, a datetime or a set of words",
    ),
    "entry_long": _row(
        "{limit}字を超えています",
        "is longer than {limit} characters",
        "文書に書き、その番号を references に挙げてください",
        "refer to a document instead",
    ),
    "entry_id": _row(
        "記録の識別番号になりません",
        "is not usable as the id of an entry",
        "空でない、印字できる文字列にしてください",
        "give printable characters, at least one",
    ),
    "entry_needs": _row(
        "{kind:q}の記録に必要な欄がありません",
        "is needed by an entry of the kind {kind}",
        "書き加えてください",
        "add it",
    ),
    "entry_says": _row(
        "{kind:q}の記録にはこの欄がありません",
        "does not belong to an entry of the kind {kind}",
        "この欄を除いてください",
        "leave it out",
    ),
    "entry_reason": _row(
        "訂正、取消し、規則に反する記録及び途中からの記録には、理由が必要です",
        "what corrects, withdraws, is irregular or begins midway needs a reason",
        "理由(reason)を書いてください",
        "give a reason",
    ),
    "entry_future": _row(
        "記録の時刻より後です",
        "is later than the moment at which it is recorded",
        "起きた時刻と記録の時刻(recorded)を確かめてください",
        "check both moments (recorded=)",
    ),
    "entry_field": _row(
        "欄に過不足があります",
        "lacks a field, or has an unknown one",
        "使える欄: {known}",
        "known are {known}",
    ),
    "entry_opened": _row(
        "事件は既に開かれています",
        "the case has been opened already",
        "先の記録を訂正してください",
        "correct the former entry",
    ),
    "entry_not_opened": _row(
        "事件がまだ開かれていません",
        "the case has not been opened",
        "開始の記録(opening)を加えてください",
        "add an opening",
    ),
    "entry_doubled": _row(
        "同じ記録が二度あります", "the same entry is there twice", "除いてください", "leave it out"
    ),
    "entry_other": _row(
        "識別番号{id:q}では、別の内容が既に記録されています",
        "another entry is kept under the id {id:q}",
        "別の識別番号を使うか、訂正として記録してください",
        "give another id, or correct it",
    ),
    "entry_recorded_backwards": _row(
        "記録{id:q}の記録時刻が、直前の記録より前です",
        "the entry {id:q} was recorded before the last one",
        "記録の時計を確かめてください。複数の時計で記録するときは、遅い方の時刻にしてください",
        "look at the clock; where several clocks record, take the later of the two moments",
    ),
    "entry_superseded": _row(
        "記録{id:q}は既に効力がありません",
        "the entry {id:q} does not stand any more",
        "現に効力のある記録を示すか、起きたことを別の識別番号で改めて記録してください",
        "name the entry that stands, or record anew what happened, under another id",
    ),
    "entry_withdraws": _row(
        "記録{id:q}は、ほかの記録を取り消すものです",
        "the entry {id:q} only says that another does not hold",
        "取り消した記録が結局正しいときは、起きたことを別の識別番号で改めて記録してください",
        "what was withdrawn and holds after all is recorded anew, under another id",
    ),
    "entry_over": _row(
        "同じ内容の記録{id:q}は、既に訂正され、又は取り消されています",
        "an entry that says the same ({id:q}) was recorded, and corrected or withdrawn since",
        "改めて記録するときは、識別番号を付けてください(id=)",
        "give it an id of its own where it is to hold again (id=)",
    ),
    "dossier_empty": _row(
        "事件を開く記録がありません",
        "no entry opens the case",
        "開始の記録(opening)を加えてください。誤って開いた事件は、消去してください(desk.erase)",
        "add an opening; erase a case that was opened by mistake (desk.erase)",
    ),
    "dossier_conflicts_elsewhere": _row(
        "ほかの機関の記録が成り立たなくなります。何も記録していません",
        "entries of other offices would not hold; nothing was kept",
        "事件を管理する機関に伝えてください",
        "tell who keeps the desk",
    ),
    "dossier_conflicts": _row(
        "成り立たない記録が{count}件あります: {ids}。何も記録していません",
        "entries that do not hold ({count}): {ids}; nothing was kept",
        "理由は conflicts にあります。それぞれを取り消すか、訂正するか、"
        "規則に反するものとして記録してください",
        "conflicts tells why of each; withdraw or correct it, or record it as irregular",
    ),
    "dossier_damaged": _row(
        "{number}件目の記録が、保存されたものと異なります(削られ、動かされ、書き換えられ、又は他の"
        "事件から移されています)",
        "entry {number} is not the one kept there: it was cut, moved, edited, or comes from"
        " elsewhere",
        "保存したものの写しから戻してください",
        "restore it from a copy",
    ),
    "dossier_frame": _row(
        "記録を囲む行(見出し、件数、末尾の識別符号)が、保存されたものと異なります",
        "the lines around the entries (heading, count, last digest) are not those kept",
        "保存したものの写しから戻してください",
        "restore it from a copy",
    ),
    "law_form": _row(
        "法を指し示す形ではありません",
        "names no law",
        "次のいずれかで書いてください: {forms}",
        "give one of {forms}",
    ),
    # -- the command line ------------------------------------------------------------------------
    "own_fault": _row(
        "diversion_flow の不具合です({kind}、{where})。入力の誤りではありません",
        "this is a fault of diversion_flow, not of what it was given ({kind} at {where})",
        "この行を添えてお知らせください。{name}=1 を設定すると経緯を表示します",
        "please report this line; with {name}=1 it shows how it came about",
    ),
    "no_output": _row(
        "標準出力に書き込めません: {why}",
        "standard output cannot be written: {why}",
        "出力先を確かめてください",
        "look at where the output goes",
    ),
    "call_option": _row(
        "オプション{option:q}の値の有無が違います",
        "option {option:q} lacks its value, or takes none",
        *_SEE,
    ),
    "call_before": _row(
        "オプション{option:q}が命令の前にあります",
        "option {option:q} stands before the command",
        "命令の後に書いてください。使えるものは diversion-flow 命令 --help で表示します",
        "write it after the command; diversion-flow COMMAND --help lists its options",
    ),
    "call_extra": _row(
        "余分な語があります: {words}",
        "more words than the command takes: {words}",
        "一つの値に属する語は、引用符で囲んでください。{see} で書き方を表示します",
        "put words that belong together in quotes; {see} shows how",
    ),
    "call_only_with": _row(
        "{option}だけでは何も示しません",
        "{option} says nothing by itself",
        "{other}とともに指定してください",
        "give it with {other}",
    ),
    "call_either": _row(
        "{options}は同時に指定できません",
        "{options} exclude one another",
        "どちらか一つを指定してください",
        "give one of them",
    ),
    "call_contradicts": _row(
        "{option}が{word:q}と食い違っています",
        "{option} contradicts {word:q}",
        "どちらか一方で指定してください",
        "say it in one of the two",
    ),
    "call_missing": _row("{name}がありません", "{name} is missing", *_SEE),
    "call_value": _row(
        "{name}の値が違います",
        "{name} has a value that is not allowed",
        "{wanted}を指定してください",
        "give {wanted}",
    ),
    "call_wrong": _row("コマンドの書き方が違います: {said}", "the call is wrong: {said}", *_SEE),
    "call_after": _row(
        "--after {steps} は指定できません。事例の段階は {there} までです",
        "--after {steps}: the story has {there} steps",
    ),
    "call_nothing_changed": _row(
        "{law:q} が改めるものはありません",
        "{law:q} changes nothing",
        "--changed には、+ファイル又は地域を付けた法を書いてください",
        "with --changed, name a law with +file or with a place",
    ),
    "call_no_file": _row(
        "{word:q}の + の後に何もありません",
        "nothing follows the + in {word:q}",
        "変更ファイル又は未施行の法律を書いてください",
        "name a variant file or a draft after it",
    ),
    "call_one_law": _row(
        "{word:q}は一つの版です。この命令は同梱の過程の全ての版を示します",
        "{word:q} is one version; this command tells of a shipped process in all its versions",
        "次のいずれかを指定してください: {known}",
        "one of: {known}",
    ),
    "call_day": _row(
        "{word:q}は日付ではありません",
        "{word:q} is not a date",
        "2024-06-03 のように書いてください",
        "write it like 2024-06-03",
    ),
    "call_other_process": _row(
        "事例{story:q}は過程{its:q}のもので、{asked:q}のものではありません",
        "story {story:q} is of the process {its:q}, not of {asked:q}",
        "その過程の事例を指定してください",
        "name a story of that process",
    ),
}
