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
    "language": Text("言語", "language"),
    "table": Text("表", "table"),
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
    "file_there": Sentence(
        Text("同じ名前のファイルが既にあります", "is there already"),
        Text(
            "別の名前にするか、上書きを許してください: overwrite=True、--overwrite",
            "take another name or allow it: overwrite=True, --overwrite",
        ),
    ),
    "no_folder": Sentence(
        Text("フォルダー{folder:q}がありません", "there is no folder {folder:q}"),
        Text("先にフォルダーを作ってください", "make the folder first"),
    ),
    "file_is_folder": Sentence(
        Text("ファイルではなくフォルダーです", "is a folder, not a file"),
        Text("その中のファイルの名前まで指定してください", "name a file inside it"),
    ),
    "file_name": Sentence(
        Text("この名前のファイルは作れません", "no file can have this name"),
        Text("名前から制御文字を除いてください", "take what is no letter out of the name"),
    ),
    "not_written": Sentence(
        Text("書き込めません: {why}", "cannot be written: {why}"),
        Text("別の場所又は名前を指定してください", "choose another place or name"),
    ),
    "unsafe_name": Sentence(
        Text("{name:q}はファイル名として安全ではありません", "{name:q} is no safe file name"),
        Text(
            "英数字、_、-、.だけを使ってください",
            "use letters, digits, _, - and . only",
        ),
    ),
    # -- arguments of calls -----------------------------------------------------------------------
    "call_kind": Sentence(
        Text(
            "引数{name:q}の型が違います({found}が渡されました)",
            "the argument {name:q} is of another kind ({found})",
        ),
        Text("{wanted}を渡してください", "give {wanted}"),
    ),
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
    # -- live machines --------------------------------------------------------------------------
    "live_twice": Sentence(
        Text(
            "このモデルは既に別のLiveCaseが動かしています",
            "another LiveCase already drives this model",
        ),
        Text(
            "そのLiveCaseを使うか、先に release() で手放してください",
            "use that one, or let it release() the model first",
        ),
    ),
    "live_under_way": Sentence(
        Text(
            "モデルは状態機械{machine:q}で既に状態{found:q}にあり、新しい事件は{state:q}から始まります",
            "the model already stands in state {found:q} of machine {machine:q}, where a new case"
            " opens in {state:q}",
        ),
        Text(
            "保存した事件から LiveCase.of(case, model) で始めてください",
            "start from its stored case: LiveCase.of(case, model)",
        ),
    ),
    "live_elsewhere": Sentence(
        Text(
            "モデルは状態機械{machine:q}で状態{found:q}にあり、事件は{state:q}にあります",
            "the model stands in state {found:q} of machine {machine:q}, the case in {state:q}",
        ),
        Text(
            "モデルと事件を同じ時点のものにそろえてください。どちらも書き換えていません",
            "load the model and the case of the same moment; neither was changed",
        ),
    ),
    "live_name_taken": Sentence(
        Text(
            "モデルには状態機械と同じ名の属性・プロパティ・メソッド{machine:q}が既にあり、"
            "その状態ではないものを指しています",
            "the model has an attribute, property or method {machine:q} of its own, which is no"
            " state of the machine of that name",
        ),
        Text(
            "モデルの側の名を変えるか、状態機械だけを載せたモデルを使ってください",
            "rename it in the model, or use a model that carries the machines only",
        ),
    ),
    "live_not_taken": Sentence(
        Text(
            "モデルの属性{machine:q}に状態機械の状態を書き込めません",
            "the model does not let its attribute {machine:q} be set to the machine's state",
        ),
        Text(
            "書き込める普通の属性にしてください(固定された型、__slots__、読取専用のプロパティは不可)",
            "make it a plain attribute: no frozen class, no __slots__ without it, no read-only"
            " property",
        ),
    ),
    "live_not_kept": Sentence(
        Text(
            "モデルの属性{machine:q}は、書き込まれた状態をそのまま返しません",
            "the model's attribute {machine:q} does not give back the state that is written to it",
        ),
        Text(
            "状態のidを文字列のまま保つ属性にしてください",
            "let it keep the state's id as plain text",
        ),
    ),
    "live_moved": Sentence(
        Text(
            "モデルは手で動かされています。状態機械{machine:q}についてモデルは{found:q}、"
            "事件は{state:q}です",
            "the model was moved by hand: of machine {machine:q} it says {found:q}, the case"
            " {state:q}",
        ),
        Text(
            "属性を{state:q}に戻し、事件は step と advance だけで動かしてください",
            "set the attribute back to {state:q}, and move the case by step and advance only",
        ),
    ),
    "live_lost": Sentence(
        Text(
            "モデルは手で動かされています。事件は状態機械{machine:q}の{state:q}にありますが、"
            "モデルの属性はその状態のどれでもありません",
            "the model was moved by hand: the case stands in {state:q} of machine {machine:q}, the"
            " model's attribute is none of its states",
        ),
        Text(
            "属性を{state:q}に戻し、事件は step と advance だけで動かしてください",
            "set the attribute back to {state:q}, and move the case by step and advance only",
        ),
    ),
    "live_reentrant": Sentence(
        Text(
            "コールバックの中から、同じLiveCaseを動かすことはできません",
            "a callback cannot move the LiveCase that is calling it",
        ),
        Text(
            "呼出しが戻ってから次の step を行ってください",
            "take the next step after the call has returned",
        ),
    ),
    "live_released": Sentence(
        Text("このLiveCaseは既にモデルを手放しました", "this LiveCase has released its model"),
        Text(
            "LiveCase.of(live.case, model) で改めて始めてください",
            "start again with LiveCase.of(live.case, model)",
        ),
    ),
    "live_copied": Sentence(
        Text(
            "LiveCaseは複製も保存もできません。1つのモデルを2つが動かすことになります",
            "a LiveCase is not copied or pickled: two would drive one model",
        ),
        Text(
            "live.case とモデルを保存し、LiveCase.of で改めて始めてください",
            "store live.case and the model, and start again with LiveCase.of",
        ),
    ),
    "live_callback_unknown": Sentence(
        Text(
            "モデルのメソッド{name:q}は、この過程のどの状態のコールバックでもありません。"
            "近いもの: {nearest}",
            "the model's method {name:q} is the callback of no state of this process; nearest:"
            " {nearest}",
        ),
        Text(
            "綴りを直すか、他の過程のためのものなら idle= に挙げてください",
            "correct its spelling, or name it in idle= if it is meant for another process",
        ),
    ),
    "live_callback_ambiguous": Sentence(
        Text(
            "モデルのメソッド{name:q}は、2つ以上の状態のコールバックの名に当たります",
            "the model's method {name:q} is the name of more than one state's callback",
        ),
        Text(
            "after= で受け取り、事件の状態を見て分けてください",
            "take after= instead, and look at the case's states there",
        ),
    ),
    "live_callback_kind": Sentence(
        Text("コールバック{name:q}は呼び出せません", "the callback {name:q} cannot be called"),
        Text("関数を渡すか、None にしてください", "give a function, or None"),
    ),
    "live_callback_takes": Sentence(
        Text(
            "コールバック{name:q}は引数を{takes}個受け取るものでなければなりません",
            "the callback {name:q} must take this many arguments: {takes}",
        ),
        Text(
            "on_enter_… と on_exit_… は event を、after は model と case を受け取ります",
            "on_enter_… and on_exit_… take the event, after takes the model and the case",
        ),
    ),
    "live_callback_async": Sentence(
        Text(
            "コールバック{name:q}は非同期(async)で、呼んでも実行されません",
            "the callback {name:q} is async, and would be called but never run",
        ),
        Text(
            "普通の関数にし、step が戻ってから待つ仕事を始めてください",
            "make it a plain function, and start what must be awaited after step has returned",
        ),
    ),
    "live_disagreement": Sentence(
        Text(
            "事象{event:q}で動く遷移について、2つの読み方が食い違いました。ライブラリの不具合です",
            "the two readings of what event {event:q} moves differ: a fault of this library",
        ),
        Text(
            "過程と事象を添えて報告してください。何も動いていません",
            "report it with the process and the event; nothing has moved",
        ),
    ),
    # -- scenarios ----------------------------------------------------------------------------
    # -- drawings and pages --------------------------------------------------------------------
    "needs_case": Sentence(
        Text("図{view:q}は事件を描くものです", "the view {view:q} draws a case"),
        Text("case= に事件を渡してください", "give one: case="),
    ),
    "other_law": Sentence(
        Text(
            "事件は過程{its:q}の別の定義によるもので、描こうとする{asked:q}と一致しません",
            "the case goes under another law ({its:q}) than the one that is drawn ({asked:q})",
        ),
        Text("case.process を描いてください", "draw case.process"),
    ),
    "no_ending": Sentence(
        Text("ファイル名に形式を示す拡張子がありません", "has no ending that names a format"),
        Text("次のいずれかを付けてください: {known}", "end it in one of {known}"),
    ),
    # -- BPMN and other exchange ---------------------------------------------------------------
    "names_alike": Sentence(
        Text("同じ名前の事件が二つあります", "two cases have the same name"),
        Text("names で事件ごとに異なる名前を付けてください", "name each case apart: names="),
    ),
    "bpmn_not_read": Sentence(
        Text("読み込めません: {why}", "cannot be read: {why}"),
        Text(
            "ファイルの場所と権限を確かめてください", "look where the file is, and who may read it"
        ),
    ),
    "bpmn_not_utf8": Sentence(
        Text("UTF-8で書かれていません", "is not UTF-8"),
        Text("UTF-8で保存し直してください", "save it as UTF-8"),
    ),
    "bpmn_too_large": Sentence(
        Text("{most}バイトを超えています", "is larger than {most} bytes"),
        Text("図を分けてください", "split the drawing"),
    ),
    "bpmn_too_deep": Sentence(
        Text("入れ子が{most}段を超えています", "is nested deeper than {most}"),
        Text("入れ子を浅くしてください", "draw it flatter"),
    ),
    "bpmn_not_xml": Sentence(
        Text("XMLとして読めません: {why}({column}文字目)", "is not XML: {why}, at column {column}"),
        Text("その行を直してください", "mend the line named"),
    ),
    "bpmn_not_bpmn": Sentence(
        Text("BPMN 2.0の文書ではありません", "is no BPMN 2.0 document"),
        Text("図をBPMN 2.0として書き出してください", "export the drawing as BPMN 2.0"),
    ),
    "bpmn_entities": Sentence(
        Text(
            "文書型又は実体を宣言しています",
            "declares a document type or entities",
        ),
        Text(
            "<!DOCTYPE …>を取り除いてください。BPMNには要りません",
            "remove <!DOCTYPE …>; BPMN needs none",
        ),
    ),
    "bpmn_no_process": Sentence(
        Text("プロセスがありません", "has no process"),
        Text("開始と終了のあるプールを描いてください", "draw a pool with a start and an end"),
    ),
    "bpmn_no_id": Sentence(
        Text("idがありません", "has no id"),
        Text("BPMNエディターで保存し直してください", "save the drawing again in a BPMN editor"),
    ),
    "bpmn_id_twice": Sentence(
        Text("同じidが二度使われています", "has an id that is used twice"),
        Text("一方のidを変えてください", "rename one of them"),
    ),
    "bpmn_link": Sentence(
        Text("リンクイベントです", "is a link"),
        Text("フローを直接つないでください", "draw the flow through"),
    ),
    "bpmn_loose_flow": Sentence(
        Text("フローの端が何にもつながっていません", "leads to or from nothing"),
        Text("両端を要素につないでください", "connect both of its ends"),
    ),
    "bpmn_crossing_flow": Sentence(
        Text("フローが別のプールへ渡っています", "crosses into another pool"),
        Text(
            "プールの間はメッセージでつないでください",
            "let the pools tell each other by a message",
        ),
    ),
    "bpmn_loose_border": Sentence(
        Text("境界イベントがタスクに付いていません", "is attached to no task"),
        Text("タスクの境界に置いてください", "put it on the border of a task"),
    ),
    "bpmn_never_split": Sentence(
        Text("分岐していない流れを合流させています", "joins what was never split"),
        Text(
            "並行分岐を描くか、排他ゲートウェイで合流させてください",
            "draw the split, or join by an exclusive gateway",
        ),
    ),
    "bpmn_several_out": Sentence(
        Text("ここから複数のフローが出ています", "has several flows out"),
        Text("後ろにゲートウェイを置いてください", "put a gateway behind it"),
    ),
    "bpmn_no_way_out": Sentence(
        Text("どこにもつながっていません", "leads nowhere"),
        Text("ここから出るフローを描いてください", "draw a flow out of it"),
    ),
    "bpmn_no_task": Sentence(
        Text("開始の後にタスクがありません", "leads to no task"),
        Text("後ろにタスクを描いてください", "draw a task behind it"),
    ),
    "bpmn_nothing_lasts": Sentence(
        Text("続く状態が一つもありません", "has nothing in it that lasts"),
        Text("タスク又は終了イベントを描いてください", "draw a task or an end event"),
    ),
    "bpmn_many_gateways": Sentence(
        Text(
            "ゲートウェイが続き過ぎるか、循環しています",
            "leads through too many gateways, or in a circle",
        ),
        Text("間にタスクを置いてください", "put a task between them"),
    ),
    "bpmn_inclusive": Sentence(
        Text(
            "条件により複数のフローが同時に進みます",
            "lets several flows go at once, on conditions",
        ),
        Text(
            "排他ゲートウェイと並行ゲートウェイを使ってください",
            "use exclusive and parallel gateways",
        ),
    ),
    "bpmn_led_into": Sentence(
        Text("開始イベントにフローが入っています", "is led into"),
        Text("開始イベントは始めにだけ置いてください", "begin with a start event only"),
    ),
    "bpmn_many_starts": Sentence(
        Text("始まりが複数あります", "has several beginnings"),
        Text("プールごとに開始イベントを一つ描いてください", "draw one start event in each pool"),
    ),
    "bpmn_no_start": Sentence(
        Text("始まりがありません", "has no beginning"),
        Text("プールごとに開始イベントを一つ描いてください", "draw one start event in each pool"),
    ),
    "bpmn_circle": Sentence(
        Text("循環しています", "leads in a circle"),
        Text("ゲートウェイの間にタスクを置いてください", "put a task between the gateways"),
    ),
    "bpmn_not_awaited": Sentence(
        Text(
            "待つことのできるイベントにつながっていません",
            "leads to no event that could be awaited",
        ),
        Text("受信側のイベントにつないでください", "let it lead to a catching event"),
    ),
    "bpmn_branches_meet": Sentence(
        Text("複数の並行する流れから入っています", "is reached by several parallel branches"),
        Text(
            "それぞれを一つの合流又は別々の終了で終えてください",
            "end each at one join, or at its own end",
        ),
    ),
    "bpmn_join_and_split": Sentence(
        Text("合流と分岐を兼ねています", "joins and splits at once"),
        Text("ゲートウェイを前後二つに分けてください", "draw two gateways, one before the other"),
    ),
    "bpmn_nested_splits": Sentence(
        Text("並行分岐の入れ子が深過ぎます", "is nested too deeply"),
        Text("分岐を分けて描いてください", "take the branches apart"),
    ),
    "bpmn_join_apart": Sentence(
        Text(
            "分かれた流れが別々の場所で合流しています", "has branches that join in different places"
        ),
        Text(
            "全ての流れを一つの並行ゲートウェイで合流させてください",
            "join all its branches in one parallel gateway",
        ),
    ),
    "bpmn_definition": Sentence(
        Text("図から定義を作れません: {why}", "does not make a definition: {why}"),
        Text("図を直してください", "correct the drawing"),
    ),
    "bpmn_too_many": Sentence(
        Text("要素が{most}を超えています", "has more than {most} elements"),
        Text("図を分けてください", "split the drawing"),
    ),
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
