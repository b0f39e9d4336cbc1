"""Transitional rules by themselves: what becomes of cases under way on days of change, set for a
history that has others, kept in a file, proposed beside the law."""

from __future__ import annotations

from datetime import date
from typing import Self

from attrs import evolve

from ..arguments import argument
from ..errors import DefinitionError
from ..frozen import frozen
from ..history import Amended, History
from ..text import Text, is_name
from ..typecheck import check_types


@frozen
class RulesOn:
    """The transitional rules of the change on this day, in place of those that there are."""

    since: date
    rules: Amended

    def __attrs_post_init__(self) -> None:
        check_types(self)


@frozen
class Transitional:
    """Transitional rules for days of change of a process, under a name: a provision, a draft."""

    id: str
    process: str
    label: Text
    days: tuple[RulesOn, ...]
    note: Text | None = None

    def __attrs_post_init__(self) -> None:
        check_types(self)
        if not is_name(self.id):
            raise DefinitionError("no_name", at=(("id", ""),), id=self.id)
        given = [each.since for each in self.days]
        for day in given:
            if given.count(day) > 1:
                raise DefinitionError("transitional_twice", at=(("days", ""),), day=day)

    @classmethod
    def of(cls, history: History) -> Self:
        """The rules of a history as they are, to be kept in a file or changed there."""
        argument("history", history, History)
        days = zip(history.versions[1:], history.amendments, strict=True)
        return cls(
            "as_they_are",
            history.id,
            Text("経過措置", "Transitional rules"),
            tuple(RulesOn(law.since, rules) for law, rules in days if law.since),
        )

    def apply(self, history: History) -> History:
        """The history with these rules; DefinitionError where it is one of another process, does
        not change on such a day, or has versions that the rules do not fit."""
        argument("history", history, History)
        if history.id != self.process:
            raise DefinitionError("transitional_process", id=history.id, wanted=self.process)
        changes = [law.since for law in history.versions[1:]]
        amendments = list(history.amendments)
        for each in self.days:
            if each.since not in changes:
                known = tuple(day.isoformat() for day in changes if day)
                raise DefinitionError("transitional_day", day=each.since, known=known)
            amendments[changes.index(each.since)] = each.rules
        return evolve(history, amendments=tuple(amendments))
