"""What a person may ask of who holds data on him, and what the holder has to do: by the Act on the
Protection of Personal Information (個人情報保護法; text in force from 2024-04-01), which differs
by the holder."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from enum import Enum
from typing import Final

from attrs import evolve, frozen

from ..definition import Language, Mark, Text
from ..definition.phrasing import phrasing

LAW: Final = Text("個人情報保護法", "APPI")
_RULES: Final = Text("個人情報保護法施行規則", "APPI Enforcement Rules")


class Holder(Enum):
    """As what an agency holds personal data."""

    PUBLIC = "public"  # an administrative body, national or local (chapter 5)
    PRIVATE = "private"  # a business that handles personal information (chapter 4)
    COURT = "court"  # neither

    @property
    def label(self) -> Text:
        """The holder in words."""
        return _HOLDERS[self]


_HOLDERS: Final = {
    Holder.PUBLIC: Text("行政機関等(第5章)", "public body (chapter 5)"),
    Holder.PRIVATE: Text("個人情報取扱事業者(第4章)", "private business (chapter 4)"),
    Holder.COURT: Text("裁判所", "court"),
}

# Of the agencies of the shipped law those of which it is plain. A Center, a consultation center or
# a hospital is the one or the other, by who runs it: that has to be said.
HOLDERS: Final[Mapping[str, Holder]] = {
    **dict.fromkeys(
        (
            "police", "detention_house", "prosecutor", "reintegration_office", "probation_office",
            "reintegration_team", "municipality", "classification_home", "houterasu", "prefecture",
        ),
        Holder.PUBLIC,
    ),
    **dict.fromkeys(
        ("counsel", "provider", "rehabilitation_facility", "bar_association", "social_worker"),
        Holder.PRIVATE,
    ),
    "court": Holder.COURT,
}  # fmt: skip


@frozen
class Right:
    """One rule of that Act, with how sure we are of it, and the last day by which it has to be
    done, where it sets one."""

    provision: str
    mark: Mark
    text: Text
    until: date | None = None
    law: Text = LAW

    def cited(self, lang: Language) -> str:
        """The article: 個人情報保護法83条1項 / APPI art. 83(1); 〔…〕 where it was not read."""
        said = phrasing(lang)
        cited = said.together(said(self.law), said.article(self.provision))
        if self.mark is Mark.READ:
            return cited
        return said.together(cited, said.remarked(said(self.mark.label)))


def _right(provision: str, ja: str, en: str, mark: Mark = Mark.READ, law: Text = LAW) -> Right:
    return Right(provision, mark, Text(ja, en), law=law)


_K: Final = Mark.KNOWN
OUTSIDE: Final = _right(
    "124(1)",
    "刑事事件・少年の保護事件の裁判、検察官・検察事務官・司法警察職員の処分、刑・保護処分の執行、"
    "更生緊急保護又は恩赦に係る保有個人情報には、開示・訂正・利用停止の規定は適用されない",
    "disclosure, correction and stop of use do not apply to what concerns trials in criminal and"
    " juvenile cases, dispositions by prosecutors and judicial police, execution of penalties,"
    " urgent aftercare or pardons",
)
_ASK: Final = _right(
    "76(1)",
    "本人は、保有個人情報の開示を請求することができる",
    "the person may ask that the personal information held be disclosed",
)
_NOT_DISCLOSED: Final = _right(
    "78(1)",
    "不開示情報を除き、開示しなければならない",
    "it is to be disclosed, but for what the article excepts",
    _K,
)
_NOTICE: Final = _right(
    "82",
    "決定は書面で通知する",
    "the decision is notified in writing",
)
_DECIDE: Final = _right(
    "83(1)",
    "請求のあった日から30日以内に決定する(補正に要した日数を除く。条例はより短くすることができる)",
    "decided within 30 days of the request, not counting days for its completion; an ordinance may"
    " set fewer",
)
_EXTEND: Final = _right(
    "83(2)",
    "正当な理由があるときは、30日以内に限り延長することができる",
    "may be extended by no more than 30 days for a good reason",
)
_PROVIDE: Final = _right(
    "69",
    "利用目的以外の目的のための提供は、法令に基づく場合、本人の同意がある場合等に限られる",
    "provision beyond the purpose only by law, with the person's consent, or as the article allows",
)
_COURT: Final = _right(
    "2(8), 16(2)(i)",
    "裁判所は行政機関にも個人情報取扱事業者にも当たらず、裁判所の定めによる",
    "a court is neither an administrative organ nor a business: its own rules apply",
    _K,
)
_PRIVATE_ASK: Final = _right(
    "33(1)",
    "本人は、保有個人データの開示を請求することができる",
    "the person may ask that the personal data held be disclosed",
)
_PRIVATE_DO: Final = _right(
    "33(2)",
    "遅滞なく開示する。各号に当たるときは、全部又は一部を開示しないことができる",
    "to be disclosed without delay; all or part may be withheld in the cases that it names",
)
_PRIVATE_NO: Final = _right(
    "33(3)",
    "開示しないとき、又は存在しないときは、遅滞なく通知する",
    "told without delay where it is not disclosed, or does not exist",
)
_PRIVATE_RECORDS: Final = _right(
    "33(5)",
    "第三者提供記録の開示も、同じように請求することができる",
    "the records of provision to and by third parties may be asked for likewise",
    _K,
)
GIVEN: Final = _right(
    "29(1), 29(2)",
    "第三者に提供したときは記録を作成し、保存する。法令に基づく場合等と、国・地方公共団体等への提供を除く",
    "a provision to a third party is recorded and the record kept, but for provision by law and to"
    " national or local bodies",
)
RECEIVED: Final = _right(
    "30(1), 30(3), 30(4)",
    "第三者から提供を受けるときは確認し、記録を作成し、保存する",
    "what is received from a third party is verified, recorded and the record kept",
)
_THREE_YEARS: Final = _right(
    "21, 25", "記録の保存期間は、原則として3年", "records are kept for three years in general",
    _K, _RULES,
)  # fmt: skip
_MEND: Final = _right(
    "90(1), 90(3)",
    "開示を受けた保有個人情報が事実でないと思う本人は、開示を受けた日から90日以内に訂正を請求することができる",
    "who thinks that what was disclosed to him is not true may ask for correction within 90 days"
    " of the disclosure",
)
_MEND_NOTICE: Final = _right(
    "93", "訂正をする・しない旨の決定を、書面で通知する",
    "whether it is corrected is decided and notified in writing",
)  # fmt: skip
_MEND_DECIDE: Final = _right(
    "94(1)",
    "請求のあった日から30日以内に決定する(補正に要した日数を除く)",
    "decided within 30 days of the request, not counting days for its completion",
)
_MEND_EXTEND: Final = evolve(_EXTEND, provision="94(2)")
_TELL: Final = _right(
    "97",
    "訂正したときは、必要があると認めれば、提供先に遅滞なく書面で通知する",
    "after a correction those to whom it was provided are notified in writing without delay, where"
    " that is thought necessary",
)
_MEASURES: Final = _right(
    "70",
    "必要があると認めるときは、提供先に適切な管理のための措置を求める",
    "who received it may be asked for measures of proper management",
)
_PRIVATE_MEND: Final = _right(
    "34(1), 34(2)",
    "内容が事実でないときは訂正等を請求することができ、事業者は遅滞なく調査し、その結果に基づき訂正等を行う",
    "the person may ask for correction of what is not true; the business looks into it without"
    " delay and corrects it by what it finds",
)
_PRIVATE_TOLD: Final = _right(
    "34(3)",
    "訂正等を行ったとき、又は行わないと決めたときは、遅滞なく本人に通知する",
    "the person is told without delay what was corrected, or that it is not",
)


_STOP_USE: Final = _right(
    "98(1)(i)",
    "違法に保有・取扱い・取得・利用されていると思う本人は、その利用の停止又は消去を請求することができる"
    "(61条2項・63条・64条・69条1項・2項)",
    "who thinks that it is held, handled, acquired or used against articles 61(2), 63, 64, 69(1) or"
    " 69(2) may ask that its use be stopped or it be erased",
)
_STOP_PROVISION: Final = _right(
    "98(1)(ii)",
    "違法に提供されていると思う本人は、その提供の停止を請求することができる(69条1項・2項、71条1項)",
    "who thinks that it is provided against articles 69(1), 69(2) or 71(1) may ask that this be"
    " stopped",
)
_STOP_WITHIN: Final = _right(
    "98(3)",
    "請求は、開示を受けた日から90日以内にしなければならない",
    "to be asked for within 90 days of the disclosure",
)
_STOP_DO: Final = _right(
    "100",
    "理由があると認めるときは、適正な取扱いを確保するために必要な限度で利用停止をする。"
    "事務の適正な遂行に著しい支障を及ぼすおそれがあるときは、この限りでない",
    "done as far as proper handling needs it, where there is reason for it; not where it would"
    " gravely hinder the proper conduct of the affairs for which it is held",
    _K,
)
_STOP_NOTICE: Final = _right(
    "101(1), 101(2)",
    "利用停止をする・しない旨の決定を、書面で通知する",
    "whether it is stopped is decided and notified in writing",
    _K,
)
_STOP_DECIDE: Final = evolve(_MEND_DECIDE, provision="102(1)", mark=_K)
_STOP_EXTEND: Final = evolve(_EXTEND, provision="102(2)", mark=_K)
_STOP_LONG: Final = _right(
    "103",
    "特に長期間を要するときは、30日以内に理由と期限を通知して、相当の期間内に決定すれば足りる",
    "where it takes especially long, a fitting time will do, of which, and why, notice is given"
    " within the thirty days",
    _K,
)
_PRIVATE_STOP: Final = _right(
    "35(1), 35(2)",
    "18条・19条に違反する取扱い、20条に違反する取得については、利用の停止又は消去を請求することができ、"
    "理由があるときは、是正に必要な限度で、遅滞なく行う。困難な場合は、代わるべき措置をとることができる",
    "what is handled against articles 18 or 19, or was acquired against article 20, may be asked to"
    " be stopped in use or erased; done without delay, as far as needed to put it right, where"
    " there is reason for it, or by other measures where that is difficult",
)
_PRIVATE_STOP_PROVISION: Final = _right(
    "35(3), 35(4)",
    "27条1項・28条に違反する第三者提供については、その停止を請求することができ、"
    "理由があるときは、遅滞なく停止する",
    "provision to third parties against articles 27(1) or 28 may be asked to be stopped; done"
    " without delay where there is reason for it",
    _K,
)
_PRIVATE_STOP_HARM: Final = _right(
    "35(5), 35(6)",
    "利用する必要がなくなった場合、漏えい等が生じた場合、権利又は正当な利益が害されるおそれがある場合には、"
    "利用停止等又は第三者提供の停止を請求することができる",
    "either may be asked for where it is no longer needed, after a leak, or where the person's"
    " rights or legitimate interests may be harmed",
    _K,
)
_PRIVATE_STOP_TOLD: Final = _right(
    "35(7)",
    "行ったとき、又は行わないと決めたときは、遅滞なく本人に通知する",
    "the person is told without delay what was done, or that it is not",
    _K,
)


def disclosing(holder: Holder, asked: date) -> tuple[Right, ...]:
    """The rules of a disclosure by this holder that was asked for on that day."""
    if holder is Holder.COURT:
        return (_COURT,)
    if holder is Holder.PRIVATE:
        return (
            _PRIVATE_ASK, _PRIVATE_DO, _PRIVATE_NO, _PRIVATE_RECORDS, GIVEN, RECEIVED,
            _THREE_YEARS,
        )  # fmt: skip
    return (
        OUTSIDE, _ASK, _NOT_DISCLOSED, _NOTICE, _until(_DECIDE, asked, 30),
        _until(_EXTEND, asked, 60), _PROVIDE,
    )  # fmt: skip


def correcting(holder: Holder, asked: date, disclosed: date | None) -> tuple[Right, ...]:
    """The rules of a correction that was asked for on that day of this holder, who had disclosed
    what is corrected on that other (None: not known)."""
    if holder is Holder.COURT:
        return (_COURT,)
    if holder is Holder.PRIVATE:
        return _PRIVATE_MEND, _PRIVATE_TOLD
    within = _MEND if disclosed is None else _until(_MEND, disclosed, 90)
    return (
        OUTSIDE, within, _MEND_NOTICE, _until(_MEND_DECIDE, asked, 30),
        _until(_MEND_EXTEND, asked, 60), _TELL, _MEASURES,
    )  # fmt: skip


def stopping(holder: Holder, asked: date, disclosed: date | None) -> tuple[Right, ...]:
    """The rules of a stop of use that was asked for on that day of this holder, who had disclosed
    what is concerned on that other (None: not known)."""
    if holder is Holder.COURT:
        return (_COURT,)
    if holder is Holder.PRIVATE:
        return (
            _PRIVATE_STOP, _PRIVATE_STOP_PROVISION, _PRIVATE_STOP_HARM, _PRIVATE_STOP_TOLD,
        )  # fmt: skip
    within = _STOP_WITHIN if disclosed is None else _until(_STOP_WITHIN, disclosed, 90)
    return (
        OUTSIDE, _STOP_USE, _STOP_PROVISION, within, _STOP_DO, _STOP_NOTICE,
        _until(_STOP_DECIDE, asked, 30), _until(_STOP_EXTEND, asked, 60), _STOP_LONG,
    )  # fmt: skip


def _until(right: Right, day: date, days: int) -> Right:
    """The day itself is not counted (民法140)."""
    return evolve(right, until=day + timedelta(days))
