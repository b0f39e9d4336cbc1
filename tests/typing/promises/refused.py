"""What a type checker refuses: each line below is an error, and one that is none is told."""

from __future__ import annotations

from diversion_flow import Case, Text, draw, processes
from diversion_flow.runtime.live import LiveCase

law = processes.in_force("entry_support", on="2024-06-03")
case = law.open(at="2024-06-03")

draw(law, format="png").startswith("<svg")  # type: ignore[arg-type]
draw(law, lang="fr")  # type: ignore[call-overload]
Text("年齢", "age").in_("fr")  # type: ignore[arg-type]
case.step("arrested", at="2024-06-03T10:00")  # type: ignore[call-arg]
case.id = "A-2"  # type: ignore[misc]
law.id = "other"  # type: ignore[misc]


class Model: ...


def told(model: int, case: Case) -> None: ...


LiveCase(law, Model(), at="2024-06-03", after=told)  # type: ignore[arg-type]
