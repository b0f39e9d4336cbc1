"""Every word that the page shows of its own, in both languages."""

from __future__ import annotations

from typing import Final

from ..definition import Text
from ..definition.basis import Mark
from ..definition.wording import (
    BY_CONSENT,
    FIELDS,
    FIRST_DAY,
    IRREGULAR,
    NEXT_DAY,
    NO,
    NO_DAY,
    ON_ENTRY,
    REST_DAY_MOVES,
    REST_DAY_STAYS,
    YES,
    heading,
)

CROSSING: Final = Text(
    "改正後の法令に引き継げません。対応する状態又は値がなく、経過措置も定めていません: "
    "{machine} {state} {facts}",
    "The case cannot be taken over into the later law, which has no such state or value, and no "
    "transitional rule says what becomes of it: {machine} {state} {facts}",
)
_UNITS: Final = (
    ("minutes", "分", "minute"),
    ("hours", "時間", "hour"),
    ("days", "日", "day"),
    ("months", "か月", "month"),
    ("years", "年", "year"),
)

WORDS: Final = {
    # the head
    "skip": Text("説明へ移動", "Skip to the panel"),
    "law_date": Text("法令の時点", "Law as of"),
    "place": Text("地域・方式", "Place or model"),
    "no_place": Text("全国共通", "National rules"),
    "agency": Text("機関", "Agency"),
    "all_agencies": Text("すべての機関", "All agencies"),
    "print": Text("印刷", "Print"),
    "from_day": Text("{day}から", "from {day}"),
    "period": Text("{since}〜{until}", "{since} – {until}"),
    "law_turned": Text("法令を切り替えました: {law}", "Now showing: {law}"),
    # the drawing
    "sheets": Text("図の一覧", "Drawings"),
    "sheet": Text("図{number}", "Sheet {number}:"),
    "road": Text("通常の流れ", "The usual course"),
    "road_hint": Text(
        "番号の順にたどる。箱・旗・帯を選ぶと説明が出ます。もう一度選ぶと規則の図へ。",
        "Follow the numbers. Choose a box, a flag or a bar to read about it; "
        "choose it again to go to its rules.",
    ),
    "to_drawing": Text("図へ戻る", "Back to the drawing"),
    "choosing": Text("法令・地域・機関", "Law, place, agency"),
    "drawing_help": Text(
        "図。矢印キーで移動、+と-で拡大縮小、0で全体。"
        "Tabで状態に入り、矢印キーで隣へ、Enterで選択。",
        "Drawing. Arrow keys move it, + and - zoom, 0 shows it all. "
        "Tab goes to a state, arrow keys to the next, Enter chooses it.",
    ),
    "drawing_hint": Text(
        "状態・矢印・規則を選ぶと説明が出ます。ドラッグ又は矢印キーで移動、Ctrl+ホイール又は+−で拡大縮小。",
        "Choose a state, arrow or rule to read about it. Drag or use the arrow keys to move; "
        "Ctrl+wheel or + − to zoom.",
    ),
    "zoom": Text("拡大縮小", "Zoom"),
    "zoom_in": Text("拡大", "Zoom in"),
    "zoom_out": Text("縮小", "Zoom out"),
    "zoom_all": Text("全体", "Whole"),
    "wide": Text("図を広く", "Wide"),
    "standing_now": Text("現在", "now"),
    "standing_past": Text("経過", "passed"),
    "standing_next": Text("次に可能", "possible next"),
    "standing_mine": Text("選んだ機関", "chosen agency"),
    "standing_added": Text("追加", "added"),
    "standing_removed": Text("削除", "removed"),
    "standing_changed": Text("変更", "changed"),
    # search and panels
    "search": Text("検索", "Search"),
    "search_hint": Text("例: 勾留 同意 48", "such as: detention, consent"),
    "search_empty": Text("", ""),
    "search_found": Text("{count}件", "{count} found"),
    "search_more": Text("(先頭の{count}件を表示)", " (the first {count} are shown)"),
    "beside": Text("検索と説明", "Search and panels"),
    "panels": Text("表示する内容", "Panels"),
    "panel_details": Text("説明", "Details"),
    "panel_agency": Text("機関", "Agency"),
    "panel_play": Text("事例", "A case"),
    "panel_difference": Text("違い", "Changes"),
    # kinds of parts
    "act": Text("行うこと", "What is done"),
    "flag": Text("別の道", "Another way"),
    "hold": Text("本人の状況", "Where the person is"),
    "done_by": Text("行う機関", "Who does it"),
    "done_with": Text("記録されるできごと", "Recorded as"),
    "other_ways": Text("ここから始まる別の道", "Other ways from here"),
    "leaves_from": Text("始まる所", "Leaves from"),
    "to_sheet": Text("規則を図で見る: {sheet}", "See its rules: {sheet}"),
    "follow_case": Text("事例をたどってみる", "Follow a case"),
    "state": Text("状態", "State"),
    "rule": Text("規則", "Rule"),
    "event": Text("できごと", "Event"),
    "fact": Text("事実", "Fact"),
    "deadline": Text("期限", "Time limit"),
    "paper": Text("書面", "Paper"),
    "provision": Text("条文・典拠", "Provision"),
    # details
    "details_empty": Text(
        "図の箱・旗・帯を選ぶと、だれが、何を、どの根拠でするかがここに出ます。",
        "Choose a box, a flag or a bar of the drawing: here you read who does what, and on "
        "which ground.",
    ),
    "details_gone": Text("この法令にはありません。", "This law has no such part."),
    "law": Text("法令", "Law"),
    "in_force": Text("施行期間", "In force"),
    "counts": Text("規模", "Size"),
    "counts_said": Text(
        "流れ{machines}、状態{states}、規則{rules}、期限{deadlines}",
        "{machines} tracks, {states} states, {rules} rules, {deadlines} time limits",
    ),
    "machine": Text("流れ", "Track"),
    "holder": Text("担当", "In the hands of"),
    "stage": Text("段階", "Stage"),
    "outcome": Text("終わり", "Outcome"),
    "final": Text("終了", "ended"),
    "deadlines": Text("期限", "Time limits"),
    "outgoing": Text("ここから", "Leads on by"),
    "incoming": Text("ここへ", "Reached by"),
    "by": Text("報告: {agencies}", "reported by: {agencies}"),
    "by_law": Text("法律上当然に生じる", "happens by operation of law"),
    "from": Text("元の状態", "From"),
    "to": Text("行き先", "To"),
    "may_report": Text("報告できる機関", "Who may report"),
    "conditions": Text("要件", "Conditions"),
    "records": Text("記録する事実", "Facts recorded"),
    "outdates": heading(FIELDS["outdates"]),
    "papers": Text("書面", "Papers"),
    "shares": Text("情報提供", "Hand-over of data"),
    "share": Text("{to}へ: {what}({why})", "to {to}: {what} ({why})"),
    "with_consent": BY_CONSENT,
    "rules": Text("規則", "Rules"),
    "states": Text("状態", "States"),
    "basis": Text("根拠", "Basis"),
    "remarks": Text("注記", "Remarks"),
    "of_rule": Text("規則全体の根拠: {basis}", "basis of the whole rule: {basis}"),
    "note": Text("注", "Note"),
    "evidence": Text("確認した資料: {sources}", "read in: {sources}"),
    "kind": Text("種類", "Kind"),
    "kind_boolean": Text("はい・いいえ", "yes or no"),
    "kind_integer": Text("整数", "whole number"),
    "kind_date": Text("日付", "date"),
    "kind_datetime": Text("日時", "date and time"),
    "kind_choice": Text("一つを選ぶ", "one of several"),
    "kind_choices": Text("いくつでも選ぶ", "any of several"),
    "choices": Text("選択肢", "Choices"),
    "supplied_by": Text("記録できる機関", "Supplied by"),
    "recorded_with": Text("記録するできごと", "Recorded with"),
    "outdated_by": Text("それまでの記録を数えなくするできごと", "Nothing told before it counts"),
    "asked_by": Text("要件とする規則", "Asked by"),
    "length": Text("長さ", "Length"),
    "counting": Text("数え方", "Counting"),
    "at_once": Text("直ちに起算", "runs at once"),
    "first_day_counts": FIRST_DAY,
    "next_day_counts": NEXT_DAY,
    "rest_day_moves": REST_DAY_MOVES,
    "rest_day_stays": REST_DAY_STAYS,
    "starts": Text("起算", "Starts with"),
    "on_entry": ON_ENTRY,
    "runs_in": Text("進行する状態", "Runs in"),
    "owner": Text("管理する機関", "Watched by"),
    "duty": Text("義務", "Duty"),
    "before": Text("さかのぼり", "Counted back"),
    "links": Text("停止・更新", "Stops and renewals"),
    "told": Text("知らされる機関", "Who is told"),
    "is_told": Text("知らされること", "Is told of"),
    "on_expiry": Text("満了したとき", "On expiry"),
    "alert": Text("管理する機関への注意喚起", "an alert to its owner"),
    **{f"mark_{mark.value}": mark.label for mark in Mark},
    # agency
    "agency_empty": Text(
        "上の「機関」で選ぶと、その機関の役割を図に★で示し、ここに一覧にします。",
        "Choose an agency above: its part is marked ★ in the drawing and listed here.",
    ),
    "holds": Text("担当する状態", "Holds"),
    "reports": Text("報告できるできごと", "May report"),
    "watches": Text("管理する期限", "Watches"),
    "supplies": Text("記録する事実", "Supplies"),
    # differences
    "compared_with": Text("比べる法令", "Compared with"),
    "choose_law": Text("選んでください", "choose one"),
    "difference_none": Text(
        "比べられる法令がありません。", "There is no other law to compare with."
    ),
    "difference_empty": Text(
        "比べる法令を選ぶか、上で法令の時点又は地域を切り替えてください。",
        "Choose a law to compare with, or change the law or the place above.",
    ),
    "difference_said": Text("{from} → {to}: {count}件", "{from} → {to}: {count} changes"),
    "difference_legend": Text(
        "+ 追加  − 削除  Δ 変更(図にも同じ印)",
        "+ added  − removed  Δ changed (marked so in the drawing)",
    ),
    "drawing_before": Text("変更前の図を見る(− 削除)", "Show the drawing before (− removed)"),
    # a case
    "nothing_stored": Text(
        "入力した内容は保存も送信もされません。この画面の中だけで動きます。",
        "Nothing you put in is stored or sent; it stays in this page.",
    ),
    "plays_under": Text("この事件に適用される法令: {law}。", "The law of this case: {law}."),
    "plays_until": Text(
        "{until}より後は進められません。改正後の法令は、上で選び、別の事件として試してください。",
        " It goes no further than {until}; choose the later law above for a case of its own.",
    ),
    "plays_on": Text(
        "{until}までです。翌日からは、経過措置に従い、改正後の法令「{law}」で続きます。",
        " It holds until {until}; then the case goes on, by the transitional rules, under: {law}.",
    ),
    "law_changed": Text("法の改正 → {law}", "Law changed → {law}"),
    "stories": Text("事例をたどる", "Follow a case"),
    "story_followed": Text("たどっている事例", "The case that is followed"),
    "story_next": Text("次へ", "Next"),
    "story_end": Text("最後まで", "To the end"),
    "story_over": Text("ここまで", "The end"),
    "time_goes_on": Text("時間が過ぎる", "time goes on"),
    "put_away": Text("終える", "Put away"),
    "kept_case": Text("記録された事件", "A case on record"),
    "kept_said": Text(
        "記録されたとおりにたどります。この画面のファイルには事件の内容が入っています。",
        "It is followed as it was recorded. The file of this page holds what the case says.",
    ),
    "open_case": Text("事件を開始する", "Open a case"),
    "open_at": Text("開始日時(日本時間)", "Opened at (Japan)"),
    "open_facts": Text("分かっている事実", "Facts already known"),
    "open_button": Text("開始", "Open"),
    "opened": Text("開始", "opened"),
    "opened_said": Text("{at}に事件を開始しました。", "A case was opened at {at}."),
    "law_not_then": Text(
        "この法令の施行期間({since}〜{until})の日時を入れてください。",
        "Give a moment at which this law is in force ({since} – {until}).",
    ),
    "fact_beyond": Text(
        "これらの値では期限を計算できません: {facts}", "No limit could be counted with: {facts}"
    ),
    "moment_beyond": Text(
        "期限を計算できるのは{first}から{last}までです。",
        "Limits can be counted from {first} to {last}.",
    ),
    "fact_wrong": Text("値が正しくありません: {facts}", "Not a possible value: {facts}"),
    "unknown": Text("未記録", "not known"),
    "yes": YES,
    "no": NO,
    "none_of_these": Text("該当なし", "none of these"),
    "needed": Text("必要", "needed"),
    "moment": Text("今の日時", "The moment"),
    "moment_label": Text("日時(日本時間)", "Date and time (Japan)"),
    "go": Text("この時まで進む", "Go there"),
    "hour_later": Text("1時間後", "1 hour on"),
    "day_later": Text("1日後", "1 day on"),
    "week_later": Text("1週間後", "1 week on"),
    "undo": Text("一つ戻す", "Undo"),
    "undone": Text("取り消しました: {event}", "Taken back: {event}"),
    "closed": Text("事件を閉じました。", "The case was put away."),
    "gone": Text("{at}になりました。", "It is now {at}."),
    "gone_with": Text(
        "{at}になりました。法律上生じたこと: {events}",
        "It is now {at}. By operation of law: {events}",
    ),
    "running_out": Text("進行中の期限", "Time limits running"),
    "no_limits": Text("進行中の期限はありません。", "No time limit is running."),
    "until": Text("{at}まで", "until {at}"),
    "no_day": NO_DAY,
    "still": Text("停止中・残り{left}", "stopped, {left} left"),
    "then": Text("その後{length}", "then {length}"),
    **{
        f"{unit}_{number}": Text(f"{{amount}}{ja}", f"{{amount}} {en}{plural}")
        for unit, ja, en in _UNITS
        for number, plural in (("one", ""), ("many", "s"))
    },
    "overdue": Text("経過", "passed"),
    "limit_said": Text("管理: {owner}。満了すると: {follows}", "{owner}; on expiry: {follows}"),
    "run_out": Text("満了まで進む", "Go to its end"),
    "may_now": Text("今できること", "What may happen now"),
    "may_all": Text(
        "機関ごとに開いてください。できないこととその理由は、上で機関を選ぶと出ます。",
        "Open an agency. Choose one above to see also what it may not do, and why.",
    ),
    "may_one": Text("選んだ機関のみ。", "For the chosen agency only."),
    "may_not": Text("今できないことと理由({count})", "What it may not do now, and why ({count})"),
    "not_theirs": Text("ほかの機関が報告すること({count})", "What others report ({count})"),
    "nothing_now": Text("今できることはありません。", "Nothing at the moment."),
    "facts_needed": Text("一緒に記録(必要): {facts}", "To be recorded with it (needed): {facts}"),
    "facts_with": Text("一緒に記録: {facts}", "May be recorded with it: {facts}"),
    "reported": Text("{agency}: {event}。{moved}", "{agency}: {event}. {moved}"),
    "refused": Text("できません", "Refused"),
    "way_find": Text("ここからの道を探す", "Find a way there"),
    "way_to": Text("そこまでの道: {to}", "The way to: {to}"),
    "way_seeking": Text("道を探しています…", "Looking for a way …"),
    "way_steps": Text(
        "最短の適法な順路({count}段階)", "The shortest lawful course there (steps: {count})"
    ),
    "way_there": Text("もうそうなっています。", "It stands so already."),
    "way_never": Text("そこに至る順路はありません。", "No course leads there."),
    "way_within": Text(
        "{steps}段階以内では見付かりませんでした。ないことの証明ではありません。",
        "Not found within {steps} steps; this is no proof that there is none.",
    ),
    "way_assumed": Text(
        "今分かっている事実はそのまま、ほかの事実は、段階とともに記録され、要件を満たす値になり得る"
        "ものとしました。日時は、試した中で最も早いものです。どの段階も規則どおり進むことを"
        "確かめてあります。",
        "What is known stays as it is; other facts are taken to be recorded with the steps, with "
        "values that the conditions ask for. Each step is at the earliest moment tried, and was "
        "tried by the rules.",
    ),
    "way_records": Text("一緒に記録: {facts}", "recorded with it: {facts}"),
    "way_take": Text("この段階を進める", "Take this step"),
    "way_close": Text("道を閉じる", "Close the way"),
    "stands": Text("今の状態", "Where it stands"),
    "all_initial": Text("すべて最初の状態です。", "Every track is at its beginning."),
    "irregular": IRREGULAR,
    "irregular_hint": Text(
        "規則に反して記録されたできごとで動いた流れ。規則どおりのできごとで動くまで印が残ります。",
        "Tracks that moved against the rules; the mark stays until a regular event moves them.",
    ),
    "history": Text("経過", "What has happened"),
    "scenario": Text("シナリオとして書き出す", "As a scenario file"),
    "scenario_label": Text("シナリオ(TOML)", "Scenario (TOML)"),
}
