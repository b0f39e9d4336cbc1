"""How the usual course of special coordination is told in one picture: from the prison to a home,
cut by the day of release."""

from __future__ import annotations

from attrs import evolve

from ...definition import Act, Departure, Group, Heading, Hold, Road, Text


def _act(ja: str, en: str, by: str, stage: str, events: str, paper: str | None = None,
         *departures: Departure, handed: Text | None = None) -> Act:  # fmt: skip
    name = Text(ja.replace("/", "\n"), en.replace("/", "\n"))
    return Act(name, by, stage, tuple(events.split()), paper, departures, handed=handed)


def _leaves(ja: str, en: str, rules: str, machine: str = "coordination") -> Departure:
    return Departure(Text(ja, en), machine, tuple(f"{machine}.{rule}" for rule in rules.split()))


_ROAD = Road(
    (
        Group(Text("本人", "The person"), ("person",)),
        Group(Text("矯正施設", "Prison"), ("prison",)),
        Group(Text("保護観察所", "Probation office"), ("probation_office",)),
        Group(Text("地域生活定着支援センター", "Settlement Support Center"), ("center",)),
        Group(Text("受入先", "Receivers"), ("municipality", "provider", "other_center"),
              Text("市区町村・福祉事業者等", "towns, providers")),
    ),
    (
        _act("候補者を/見つける", "Identify a/candidate", "prison", "intake", "candidate_found"),
        _act("説明を受け/同意する", "Be told,/consent", "person", "screening", "consent_given", None,
             _leaves("不同意・撤回 → 支援しない", "no consent, or withdrawn → no support", "refusal withdrawal",
                     "consent")),
        _act("対象者に/選定する", "Select the/person", "probation_office", "screening", "person_selected", None,
             _leaves("対象外 → 一般調整等へ", "not selected → general coordination",
                     "general rejection")),
        _act("センターに/依頼する", "Ask the/Center", "probation_office", "screening", "center_requested",
             "request", handed=Text("依頼書", "request")),
        _act("調整計画を/作る", "Make a/plan", "center", "coordination", "plan_made", "plan",
             _leaves("他都道府県を希望 → そのセンターへ", "another prefecture → its Center", "transfer move"),
             handed=Text("調整計画", "plan")),
        _act("受入れを/引き受ける", "Agree to/receive", "provider", "coordination", "placement_secured"),
        _act("釈放日を/知らせる", "Tell the day/of release", "prison", "coordination", "release_date_set"),
        _act("釈放に/同行する", "Escort on/release", "center", "release", "released", None,
             _leaves("受入先なし → 釈放後も調整", "no placement → sought after release",
                     "release_without_placement")),
        _act("暮らしを/見守る", "Follow up", "center", "settlement", "follow_up_started"),
        _act("地域に/定着する", "Settled", "person", "settlement", "settled"),
    ),
    spine="imprisonment",
    holds=(
        Hold(Text("収容中", "In the institution"), ("imprisonment.serving",)),
        Hold(Text("釈放日決定", "Release date set"), ("imprisonment.release_date_set",)),
        Hold(Text("地域での暮らし", "Life in the community"), ("imprisonment.released",),
             ("follow_up_period",)),
    ),
    turning="released",
    turn=Text("釈放の日", "Day of release"),
    says=Text("収容中から地域での暮らしまで", "from prison to community life"),
    headings=(
        Heading("intake", Text("だれが気付くか", "who notices")),
        Heading("screening", Text("本人の同意と選定", "consent, selection")),
        Heading("coordination", Text("住まいと福祉を探す", "home and services")),
        Heading("release", Text("その日に同行する", "going along that day")),
        Heading("settlement", Text("暮らしを支える", "support in daily life")),
    ),
)  # fmt: skip
# One page has room for nine acts.
ROAD = evolve(
    _ROAD, brief=tuple(act for act in _ROAD.acts if act.events != ("release_date_set",))
)
