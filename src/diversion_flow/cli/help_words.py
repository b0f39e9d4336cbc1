"""What each command and each word given to it is for: the one table that the help reads.

The words stand here bare, in the order of `LANGUAGES`: the list of commands is told before the
vocabulary is opened.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

Words = tuple[str, str]

ABOUT: Final = (
    "入口支援の手続を定義し、動かし、検査し、描きます。",
    "Entry-stage support, defined, run, checked and drawn.",
)
CODES: Final = (
    "終了コード: 0 済み・指摘なし、1 見つかったものあり、2 呼び方又は入力の誤り、"
    "70 diversion_flow の不具合",
    "Exit codes: 0 done and clean, 1 something was found, 2 the call or the input is wrong, "
    "70 a fault of diversion_flow",
)

COMMANDS: Final[dict[str, Words]] = {
    "demo": ("過程を検査し、事例を一歩ずつ進め、図とページを書く",
             "Check the process, play a story step by step, write the diagrams and a page"),
    "processes": ("同梱の過程と、各版が法である期間、施行日の定まらない改正",
                  "The shipped processes, with the days on which each version is the law, and "
                  "the drafts"),
    "check": ("過程の誤りを全て挙げる。一つでもあれば終了コード 1。注記も並べて示す",
              "Every fault of a process; exit code 1 if there is one. Notes are shown beside"),
    "play": ("事例をその各法の下で進める。書かれたとおりに進まなければ終了コード 1",
             "Play a story under each of its laws; exit code 1 if it goes otherwise than it "
             "says"),
    "explain": ("できごとを誰が、どこから、どの規則で報告できるか。事例では、なぜできないか",
                "Who may report an event, from where, under which rule; or why not in a "
                "story's case"),
    "gallery": ("同梱の図を描く", "Draw the pictures that the project ships"),
    "doctor": ("この機械に足りないものと、それを入れる命令。主な仕事ができなければ終了コード 1",
               "What this machine lacks and the command that brings it; 1 if the main job "
               "cannot run"),
    "diff": ("二つの法の違い: 文言、起こること、誰にとって",
             "What differs from one law to another: in the text, in what happens, for whom"),
    "timeline": ("法の各版がいつからいつまで施行され、何を改めたか(地域、仮定の改正も)",
                 "The versions of a law, from when to when each is in force, and what each "
                 "changed"),
    "variants": ("同梱の地域・モデルの規則、その適用の始期と出典",
                 "The shipped variants of places and models, from when each applies, with "
                 "their sources"),
    "cover": ("事例が法のどれだけを示すか: 状態、規則、要件、不許可、期限",
              "How much of a law the stories show: states, rules, conditions, refusals, "
              "limits"),
    "mutate": ("事例が気付かない、法の小さな誤り。変更や地域が改めた所が先",
               "Which small mistakes in a law the stories would not notice; those about what "
               "a variant or a place changes come first"),
    "pin": ("法のすること全てを留める事例を書く。残す前に読むこと",
            "Write stories that pin all that a law does; read them before you keep them"),
    "prove": ("何が起きても守られるはずの原則を証明する。既知の未解決でないものが守られなければ"
              "終了コード 1",
              "Prove what a law means to keep to whatever happens; 1 if something does not "
              "hold that was not known to be open"),
    "ask": ("事件のあらゆる経過に問う。成り立たなければ終了コード 1",
            "Ask a question of every course that a case can take; 1 if it does not hold"),
    "explore": ("過程を示し、説明し、事例を進められる一枚の HTML を書く",
                "Write one HTML page that shows a process, explains it and plays a case "
                "through it"),
    "ids": ("法の各部の ID(変更で使うもの)と、その名",
            "The ids of a law's parts, as an edit names them, each with what it is called"),
    "draw": ("過程、又はその中の事例を描く。形式はファイル名の末尾で決まる",
             "Draw a process, or a case in it; the file's ending names the format"),
    "checklist": ("一機関のチェックリスト: 報告できること、要る書面、いつまで、根拠",
                  "One agency's checklist: what it may report, with which papers, until when, on "
                  "which basis"),
    "export": ("他のプログラムのために過程を書く。形式が言えないことは標準エラー出力へ",
               "Write a process for other programs; what the format cannot say goes to "
               "standard error"),
    "log": ("事例で起こったことを、事例の最初の法の下で、プロセスマイニング用のイベントログに書く",
            "Write what happened in the stories' cases, each story under the first of its laws, as "
            "an event log for process mining"),
    "import": ("BPMN の図を、手で続きを書く定義の骨組みに読み込む",
               "Read a BPMN drawing into the skeleton of a definition, to be gone on with by "
               "hand"),
}  # fmt: skip

_LAW: Final = (
    "同梱の過程又は定義ファイル。名[:地域][@日]、施行されたとみる法律ごとに +名=日、"
    "重ねる変更ファイルごとに +ファイル",
    "A shipped process or a definition file; NAME[:PLACE][@DAY], +DRAFT=DAY for a law that is not "
    "in force yet, and +FILE for each variant file put on it",
)
_STORY: Final = ("同梱の事例又は事例ファイル", "A shipped story or a scenario file")


def _kinds() -> Words:
    from ..definition.process import KINDS

    kinds = " | ".join(KINDS)
    return (
        f"部分の種類({kinds})、又は ID・名に含まれる語。なければ全て",
        f"Kinds of parts ({kinds}), or words in their ids or names; all, if none",
    )


def _patterns() -> Words:
    from ..definition import Pattern

    patterns = " ".join(pattern.value for pattern in Pattern)
    return f"{patterns} のいずれか", f"One of {patterns}"


# By the name of the parameter; where one command means something of its own, `command.name`.
PARAMETERS: Final[dict[str, Words | Callable[[], Words]]] = {
    "process": _LAW,
    "a": _LAW,
    "b": ("比べる法。書き方は A と同じ", "The law to compare with, named as A is"),
    "name": ("同梱の過程", "A shipped process"),
    "scenario": _STORY,
    "story": ("この事例の中で", "In the case of this story"),
    "demo.story": _STORY,
    "after": ("事例のこの歩数の後で。なければ全歩の後",
              "After this many of its steps; after all, if none is given"),
    "reference": ("図の上に事件の整理番号も書く", "Name the case's reference above it, too"),
    "wrong": ("時系列図・やりとりの図で、最後の記録に間違いの印を付ける",
              "In a timeline or sequence, mark the last entry as the one that does the wrong"),
    "explain.after": ("事例のこの歩数の後で。なければ始めに",
                      "After this many of its steps; at its beginning, if none is given"),
    "scenarios": ("事例ファイル又はそのフォルダー、同梱の事例、又は全てを指す `stories`・`tours`",
                  "Scenario files, folders of them, shipped stories; `stories` or `tours`: all"),
    "stories": ("同梱の事例、事例ファイル又はそのフォルダー。なければ全て",
                "Shipped stories, scenario files or their folders; all, if none"),
    "explore.stories": ("たどれるようにする事例: 同梱の事例又は事例ファイル",
                        "Stories to be followed in it: shipped ones or scenario files"),
    "event": ("できごと(又はその規則)の ID", "The event, by its id or that of a rule on it"),
    "by": ("報告する機関の ID", "The agency that reports it, by its id"),
    "agency": ("機関の ID", "The agency, by its id"),
    "words": _kinds,
    "transitional": ("経過措置のファイル(.toml .yaml .json)。これで変わることだけを示す",
                     "A file of transitional rules (.toml .yaml .json): what they would "
                     "change, and nothing else"),
    "view": ("road・one_page(二言語は road_bilingual・one_page_bilingual)、road_upright、"
             "overview、stages、stage.段階、系列又は機関の ID、checklist.機関。"
             "事例には timeline・sequence",
             "road, one_page (road_bilingual, one_page_bilingual), road_upright, overview, "
             "stages, stage.STAGE, a track, an agency, checklist.AGENCY; "
             "timeline or sequence of a story"),
    "diff.view": ("何を描くか: overview(なければこれ)、系列又は機関の ID など",
                  "What is drawn: overview (if not given), a track, an agency, ..."),
    "drawing": ("BPMN 2.0 のファイル(.bpmn)", "A BPMN 2.0 file (.bpmn)"),
    "demo.out": ("図を入れるフォルダー", "The folder for the drawings"),
    "gallery.out": ("既にあるフォルダー", "An existing folder"),
    "gallery.formats": ("svg png pdf …(なければ svg)", "svg png pdf ... (svg unless told)"),
    "pin.out": ("事例ファイルを入れるフォルダー", "A folder for the scenario files"),
    "explore.out": ("書くページ(.html)", "The page to write (.html)"),
    "diff.out": ("違いを図にも描く: .svg .png .pdf .md …",
                 "Draw it too: .svg .png .pdf .md ..."),
    "draw.out": ("ファイル: .svg .png .pdf .dot .mmd .puml .md",
                 "Files: .svg .png .pdf .dot .mmd .puml .md"),
    "checklist.out": ("ファイル: .pdf .html(A4)、.md、.svg、.png",
                      "Files: .pdf .html (A4) .md .svg .png"),
    "export.out": ("ファイル: .bpmn .scxml .mjs(XState) .csv .states.csv .facts.csv …",
                   "Files: .bpmn .scxml .mjs (XState) .csv .states.csv .facts.csv ..."),
    "log.out": ("ファイル: .xes 又は .ocel.json", "A file: .xes or .ocel.json"),
    "import.out": ("書く定義ファイル(.json)", "The definition to write (.json)"),
    "prove.out": ("経過を事例ファイルに書くフォルダー",
                  "A folder for the stories, as scenario files"),
    "questions": ("問いのファイル(.toml .yaml .json)。なければ法の原則",
                  "A file of questions (.toml .yaml .json); what the law means to keep to, "
                  "if none is given"),
    "ask.out": ("経過を事例ファイルに書くフォルダー",
                "A folder for the story, as a scenario file"),
    "pattern": _patterns,
    "effort": ("調べる手数の上限。超えれば未決",
               "How much may be worked out before it is left open"),
    "tries": ("経過を実際に進めて確かめる試みの上限。超えれば未決",
              "How many ways of walking a course may be tried before it is left open"),
    "what": ("同時に起こること: できごと、系列.状態、before:系列.状態、by:機関、moves:系列、"
             "事実、事実=値。系列.A|B はいずれか、!語 は否定",
             "What comes together: an event, TRACK.STATE, before:TRACK.STATE, by:AGENCY, "
             "moves:TRACK, a fact, FACT=VALUE; TRACK.A|B for either, !WORD for not"),
    "then": ("対になる二つ目", "The second of a pair"),
    "since": ("これが起きて以後に限る", "Only once this has come"),
    "until": ("これが起きるまでに限る", "Only up to this"),
    "html": ("ページと図を入れるフォルダー", "A folder for pages and drawings"),
    "fail_under": ("これを下回れば終了コード 1(パーセント)",
                   "Exit code 1 below this (percent)"),
    "only_changed": ("変更又は地域が改めた所だけ",
                     "Only what the variant or the place changes"),
    "on": ("この日の法(YYYY-MM-DD)。なければ最新",
           "The law of this day (YYYY-MM-DD); the latest if none"),
    "place": ("この地域の規則(`variants` を参照)", "The rules of this place (see `variants`)"),
    "lang": ("出力の言語: ja 又は en", "The language of the output: ja or en"),
    "as_json": ("文章ではなくデータで", "Data instead of text"),
    "markdown": ("Markdown で", "As Markdown"),
    "overwrite": ("既にあるファイルを置き換える", "Replace a file that is there"),
}  # fmt: skip
