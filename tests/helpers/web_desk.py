"""A desk over HTTP, whichever framework serves it: its users report a story step by step."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from diversion_flow.definition.moments import moment
from diversion_flow.scenarios import Step


class WebDesk(ABC):
    """The desk and its clock, as its users see it."""

    now: datetime

    @abstractmethod
    def post(self, path: str, agency: str, body: object) -> Any:
        """The answer to what a user of the agency sends who has just looked."""

    def report(self, agency: str, event: str, at: str, **more: Any) -> Any:
        """The event, some minutes after it happened, by who has just looked."""
        self.now = max(self.now, moment(at) + timedelta(minutes=5))
        body = {"id": f"{event}-{at}", "event": event, "happened": at, **more}
        return self.post("/cases/c/events", agency, body)

    def tell(self, steps: Iterable[Step]) -> None:
        for step in steps:
            assert step.by
            assert step.event
            answer = self.report(step.by, step.event, step.at, facts=in_json(step.facts))
            assert answer.status_code == 201, answer.content


def in_json(facts: Mapping[str, Any]) -> dict[str, object]:
    """Facts as JSON has them."""
    return {name: sorted(v) if isinstance(v, frozenset | tuple) else v for name, v in facts.items()}
