"""What of a drawing is not in the skeleton: whatever nobody took is named, so that nothing is lost
in silence.

Those who read take what they use (`XmlPart.take`); what they leave aside for a reason they lose
under the reason's code. The sweep at the end names the rest, element by element and attribute by
attribute; only what says nothing is passed over.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Final

from attrs import Factory, define

from ...definition import Text
from ..exported import FilePlace, Loss
from .source import ITSELF, MADE, TEXT, XmlPart

_DRAWN: Final = "{http://www.omg.org/spec/BPMN/20100524/DI}"  # where the shapes stand
_OF_XML: Final = ("{http://www.w3.org/2001/XMLSchema-instance}",
                  "{http://www.w3.org/XML/1998/namespace}")  # fmt: skip
# Attributes that say nothing: BPMN's defaults, and "nothing in particular".
_DEFAULTS: Final = {
    "isForCompensation": "false", "startQuantity": "1", "completionQuantity": "1",
    "isInterrupting": "true", "cancelActivity": "true", "parallelMultiple": "false",
    "triggeredByEvent": "false", "isExecutable": "false", "isClosed": "false",
    "processType": "None", "instantiate": "false", "isCollection": "false",
    "gatewayDirection": "Unspecified", "eventGatewayType": "Exclusive",
    "implementation": "##unspecified", "waitForCompletion": "true", "textFormat": "text/plain",
    "method": "##Compensate",
    "expressionLanguage": "http://www.w3.org/1999/XPath",
    "typeLanguage": "http://www.w3.org/2001/XMLSchema",
}  # fmt: skip

_SAID: Final = {
    "inside": Text("サブプロセスの中身は読まない。一つの状態とする。",
                   "What is inside a subprocess is not read; it is one state."),
    "trigger": Text("メッセージとタイマー以外の契機は、機関が報告する事象とする。",
                    "Any trigger but a message or a timer is an event that its agency reports."),
    "sent": Text("メッセージなどの送出は読まない。フローはそこを通り抜ける。",
                 "What a throwing event sends is not read; the flow passes through it."),
    "end": Text("終了の種類(全停止、エラーなど)は読まない。終了状態とする。",
                "What an end event does besides ending is not read."),
    "start": Text("どのように開始するかは読まない。", "What starts the case is not read."),
    "complex": Text("複合ゲートウェイは、包含ゲートウェイとして読む。",
                    "A complex gateway is read as an inclusive one."),
    "alone": Text("並行合流は、一つの枝が来る複数の流れを、それぞれには待たない。",
                  "Of several flows by which one branch leads to this join only one is waited for, "
                  "or none."),
    "circle": Text("ゲートウェイだけを通って元に戻るフローは読まない。",
                   "A flow that leads back through nothing but gateways is not read."),
    "again": Text("並行する流れの一つが分岐の前へ戻る。進行中の他の流れは、重ねては始まらない。",
                  "A branch leads back to before its split; no branch that runs begins twice."),
    "left_out": Text("対象外の要素であり、読まない。", "Elements outside the subset are left out."),
    "black_box": Text("中身のないプールは読まない。", "A pool without a process is left out."),
    "message_flows": Text("メッセージフローは読まない。同じメッセージを参照する事象は共有される。",
                          "Message flows are not read; pools share events that name one message."),
    "conditions": Text("フローの条件は文のまま残し、評価しない。",
                       "Conditions of flows are kept as text; they are not evaluated."),
    "timers": Text("一つの単位の長さ(PT48H、P10Dなど)以外のタイマーは期限にしない。",
                   "A timer is a time limit only if its length has one unit (PT48H, P10D)."),
    "aside": Text("中断しない境界イベントの先は読まない。",
                  "What follows a border event that leaves its task running is not read."),
    "no_end": Text("終了イベントのないまま流れが切れる。",
                   "The flow stops here without an end event."),
    "compensation": Text("補償(取消しの処理)は読まない。",
                         "Compensation, which undoes what was done, is not read."),
    "event_subprocess": Text("イベントサブプロセスは読まない。",
                             "A subprocess that an event starts beside the flow is not read."),
    "unreached": Text("開始からここへ来るフローがないため、読まない。",
                      "No flow leads here from the start, so it is left out."),
    "shown_twice": Text("同じプロセスを表すプールは一つだけ読む。",
                        "Of several pools that show one process only the first is read."),
    "nothing_lasts": Text("続く状態のないプールは読まない。",
                          "A pool in which nothing lasts is left out."),
    "nothing_drawn": Text("続く状態が描かれていない。",
                          "Nothing that lasts is drawn in it."),
    "words": Text("名前・説明のうち、骨格に置く所のないもの。",
                  "Names and documentation for which a skeleton has no place."),
    "attributes": Text("対象外の属性(実行の方法など)であり、読まない。",
                       "Attributes outside the subset (how an engine goes about it) are left out."),
    "road": Text("通常の道すじの図は、骨格には入れない。",
                 "The drawing of the usual course is not in the skeleton."),
    "lanes": Text("状態を持たないレーンの機関は読まない。",
                  "The agency of a lane without a state is left out."),
}  # fmt: skip


@define
class Losses:
    """What was left aside so far, by kind."""

    found: dict[str, dict[FilePlace, None]] = Factory(dict)
    ids: dict[str, dict[str, None]] = Factory(dict)
    lost: set[int] = Factory(set)  # the parts that are named already

    def note(self, code: str, part: XmlPart) -> None:
        """Something of this element is lost, not the element itself."""
        self._name(code, part, part.shown(part.tag))

    def lose(self, code: str, part: XmlPart, *, of: XmlPart | None = None) -> None:
        """The element is lost with all that is inside it; `of` is what loses it."""
        if id(part) in self.lost:
            return
        if of is not None:
            self.note(code, of)
        self.note(code, part)
        self.lost.add(id(part))
        for name in _saying(part):
            self._attribute(code, part, name)
        for inner in part.parts:
            self.lose(code, inner)

    def sweep(self, part: XmlPart, told: Container[str] = ()) -> None:
        """Name all that nobody has taken; `told` are lines that the skeleton has, too."""
        if id(part) in self.lost or part.tag.startswith(_DRAWN):
            return
        lines = part.words.split("\n")
        if part.tag == "documentation" and all(not line or line in told for line in lines):
            part.take(ITSELF, TEXT)
        if ITSELF in part.taken:
            self._details(part, told)
        else:
            self.note("words" if part.tag == "documentation" else "left_out", part)
            for name in _saying(part):
                self._attribute("left_out", part, name)
        for inner in part.parts:
            self.sweep(inner, told)

    def _details(self, part: XmlPart, told: Container[str]) -> None:
        """The attributes and the text of an element that is read."""
        for name in _saying(part):
            known = name in part.taken or (name == "name" and part.get(name) in told)
            if not known:
                self._attribute("words" if name == "name" else "attributes", part, name)
        if part.words and TEXT not in part.taken:
            self.note("left_out", part)

    def _attribute(self, code: str, part: XmlPart, name: str) -> None:
        self._name(code, part, f"{part.shown(part.tag)}/@{part.shown(name)}")

    def _name(self, code: str, part: XmlPart, kind: str) -> None:
        if part.tag == MADE:  # nobody drew it
            return
        own = part.id or part.owner or part.shown(part.tag).rpartition(":")[2]
        ids = self.ids.setdefault(code, {})
        ids.update(dict.fromkeys(filter(None, (part.owner, own))))
        self.found.setdefault(code, {})[FilePlace(own, kind, part.line)] = None

    def all(self) -> tuple[Loss, ...]:
        """The losses, in the order in which they were met."""
        return tuple(
            Loss(code, _SAID[code], tuple(self.ids[code]), tuple(places))
            for code, places in self.found.items()
        )


def _saying(part: XmlPart) -> Iterator[str]:
    """The attributes that say something besides what the element is called by others."""
    for name, value in part.attributes.items():
        if name == "id" or name.startswith(_OF_XML):
            continue
        if value and _DEFAULTS.get(name, "").lower() != value.lower():
            yield name
