"""What each kind of thing is called: the one table of words that all other tables take theirs from.

What a caseworker reads is not what a program writes: a `Machine` is told as 系列 / track, a
`Transition` as 規則 / rule, a `Parameter` as 方針 / policy.
"""

from __future__ import annotations

from typing import Final

from .text import Text

KINDS: Final = {
    "agency": Text("機関", "agency"),
    "stage": Text("段階", "stage"),
    "event": Text("事象", "event"),
    "fact": Text("事実", "fact"),
    "paper": Text("書面", "paper"),
    "remark": Text("注記", "remark"),
    "parameter": Text("方針", "policy"),
    "deadline": Text("期限", "time limit"),
    "source": Text("典拠", "source"),
    "machine": Text("系列", "track"),
    "state": Text("状態", "state"),
    "transition": Text("規則", "rule"),
    "choice": Text("選択肢", "choice"),
    "field": Text("欄", "field"),
    "part": Text("部分", "part"),
    "holder": Text("保有者の区分の定め: ", "kind of holder for"),
    "kind of part": Text("部分の種類", "kind of part"),
    "word": Text("問いの語", "word of questions"),
    "day": Text("日の別", "kind of day"),
    "variant": Text("変更案", "variant"),
    "edit": Text("変更", "edit"),
    "format": Text("形式", "format"),
    "view": Text("図", "view"),
    "process": Text("過程", "process"),
    "version": Text("版", "version"),
    "place": Text("地域", "place"),
    "draft": Text("未施行の法律", "draft"),
    "story": Text("事例", "story"),
    "case": Text("事件", "case"),
    "law": Text("法", "law"),
    "folder": Text("フォルダー", "folder"),
    "reason": Text("拒否の理由", "reason for a refusal"),
    "standing": Text("義務の状況", "standing of a duty"),
    "command": Text("コマンド", "command"),
    "option": Text("オプション", "option"),
    "language": Text("言語", "language"),
    "table": Text("表", "table"),
    "entry": Text("記録", "entry"),
    "property": Text("問い", "question"),
}
