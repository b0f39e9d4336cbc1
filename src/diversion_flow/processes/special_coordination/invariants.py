"""What special coordination means to keep to, whatever happens: asked of every course by `proof`."""

from __future__ import annotations

from ...definition import Guard, Occasion, Pattern, Process, Property, Text, fact, machine, param
from ..writing import comes_to_rest, inferred, never, only_with, read

_SIX = read("S60", "circular")
_INSIDE = machine("imprisonment").in_("serving", "release_date_set")
_DEAD = machine("imprisonment").in_("died")
_WORK = ("requested", "coordinating", "transferred", "placed", "released", "released_unplaced",
         "follow_up")  # fmt: skip
_BEFORE_RELEASE = ("candidate", "selected", "general_coordination", "requested", "coordinating")
_coordination = machine("coordination")


def _selected(id: str, ja: str, en: str, lacking: Guard) -> Property:
    """Whom the six requirements keep from being selected."""
    what = Occasion(("person_selected",), moves=("coordination",), after=lacking)
    return never(f"nobody_is_selected_{id}", f"{ja}が特別調整の対象者に選定されることはない",
                 f"nobody is selected {en}", what, _SIX)  # fmt: skip


def _but(asked: str, wanted: bool) -> Guard:
    """It is otherwise, or not known."""
    return (fact(asked) == (not wanted)) | ~fact(asked).known()


INVARIANTS = (
    only_with(
        "imprisonment_is_moved_by_the_institution",
        Occasion(by=("prison",)), Occasion(moves=("imprisonment",), after=~_DEAD),
        "収容が動くのは、矯正施設による(死亡を除く)",
        "imprisonment moves only by the institution, death aside",
        read("S11"),
    ),
    only_with(
        "candidates_are_found_by_the_institution",
        Occasion(by=("prison",)),
        Occasion(moves=("coordination",), after=_coordination.in_("candidate")),
        "候補者の把握は、矯正施設のみが行う", "only the institution finds candidates",
        read("S60 S11"),
    ),
    only_with(
        "the_probation_office_selects_and_asks",
        Occasion(by=("probation_office",)),
        Occasion(moves=("coordination",),
                 after=_coordination.in_("selected", "general_coordination", "requested")),
        "対象者の選定、一般調整及びセンターへの依頼は、保護観察所のみが行う",
        "only the probation office selects, chooses general coordination and asks the Center",
        read("S60 S11 S58 S17"),
    ),
    _selected("who_is_neither_elderly_nor_disabled", "高齢でも障害者でもない者",
              "who is neither elderly nor disabled",
              (fact("age") < param("elderly_age_about_from")) & (fact("disability") == "none")),
    _selected("who_has_a_home", "釈放後の住居がある者", "who has a home after release",
              _but("has_home", False)),
    _selected("without_need", "福祉サービス等を必要としない者", "who needs no welfare services",
              _but("needs_welfare", True)),
    _selected("without_a_finding", "円滑な社会復帰のため相当と認められない者",
              "for whom it is not found appropriate", _but("appropriate", True)),
    _selected("against_the_wish", "希望しない者", "who does not wish it", _but("wishes", True)),
    never(
        "nobody_is_selected_without_consent",
        "福祉機関等への情報提供に同意のない者が選定されることはない",
        "nobody is selected who has not consented to data going to welfare bodies",
        Occasion(("person_selected",), before=~machine("consent").in_("given")), _SIX,
    ),
    Property(
        "the_center_is_asked_for_whom_the_office_has_chosen",
        Text("選定又は一般調整の決定より前に、センターへの依頼が行われることはない",
             "the Center is not asked before the office has selected or chosen general coordination"),
        Pattern.PRECEDENCE, Occasion(("person_selected", "general_coordination_chosen")),
        Occasion(("center_requested",)), basis=read("S11 S33 S58"),
    ),
    never(
        "no_work_of_the_center_without_consent",
        "同意のないまま、センターの調整及び定着の支援が続くことはない",
        "the Center neither coordinates nor follows up without consent",
        Occasion(after=_coordination.in_(*_WORK) & ~machine("consent").in_("given")),
        inferred("S60"),
    ),
    never(
        "nobody_waits_inside_after_release",
        "釈放された者が、釈放前の把握、選定又は調整の段階にとどまることはない",
        "nobody who was released stands where candidates are found, selected or coordinated before"
        " release",
        Occasion(after=_coordination.in_(*_BEFORE_RELEASE)
                 & machine("imprisonment").in_("released")),
        inferred("S11 S60"),
    ),
    never(
        "no_settlement_inside",
        "収容中の者に、釈放後の支援及びフォローアップが行われることはない",
        "nobody inside is supported as after release, followed up or settled",
        Occasion(after=_coordination.in_("released", "released_unplaced", "follow_up", "settled",
                                         "moved", "no_placement", "ended_general") & _INSIDE),
        inferred("S11 S33"),
    ),
    Property(
        "followed_up_once_received",
        Text("受入先の確保より前に、フォローアップが始まることはない",
             "nobody is followed up before somebody has agreed to receive them"),
        Pattern.PRECEDENCE, Occasion(("placement_secured",)), Occasion(("follow_up_started",)),
        basis=read("S17 S33"),
    ),
    never(
        "nothing_goes_on_after_death",
        "死亡後に調整及び支援が続くことはない", "nothing goes on after death",
        Occasion(after=_DEAD & _coordination.in_(*_BEFORE_RELEASE, *_WORK)),
        inferred("S11"),
    ),
)  # fmt: skip


def invariants(law: Process) -> tuple[Property, ...]:
    """All of them; that each machine can always come to rest is among them."""
    return (*INVARIANTS, *(comes_to_rest(at, _DEAD) for at in law.machines))
