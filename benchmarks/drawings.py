"""How long drawing takes, beside `transitions` drawing a chart of the same states and steps.

python benchmarks/drawings.py
"""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from transitions.extensions import GraphMachine

from diversion_flow import Process, draw, processes
from diversion_flow.explorer import shipped_explorer
from diversion_flow.interchange import EXPORTS, export

ROUNDS = 15


def best(work: Callable[[], object]) -> float:
    """Milliseconds of the quickest of some rounds."""
    times = []
    for _ in range(ROUNDS):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return min(times) * 1000


def peer(law: Process, machine: str, engine: str) -> GraphMachine:
    """One machine of the law as `transitions` draws it: states and steps, no more."""
    drawn = law.machine(machine)
    steps = [(t.event, s, t.target) for t in drawn.transitions for s in t.sources]
    return GraphMachine(
        states=[s.id for s in drawn.states], transitions=[list(step) for step in steps],
        initial=drawn.initial, graph_engine=engine, show_conditions=True, auto_transitions=False,
    )  # fmt: skip


def main() -> None:
    """Print a table."""
    law = processes.get("entry_support")
    for view in ("overview", "support"):
        for format in ("mmd", "dot", "puml", "svg"):
            took = best(lambda v=view, f=format: draw(law, v, format=f))
            print(f"{view:10} {format:5} {took:8.1f} ms")
    for engine in ("mermaid", "graphviz"):
        made = peer(law, "support", engine)
        took = best(lambda m=made: m.get_graph().source)
        print(f"transitions support {engine:9} {took:8.1f} ms")
    made = peer(law, "support", "pygraphviz")
    took = best(lambda: made.get_graph().draw(None, format="svg", prog="dot"))
    print(f"transitions support svg (pygraphviz) {took:8.1f} ms")
    for format in EXPORTS:
        took = best(lambda f=format: export(law, f))
        print(f"export {format:10} {took:8.1f} ms")
    start = perf_counter()
    page = shipped_explorer("entry_support")
    print(
        f"explorer page {len(page.encode()) / 1000:.0f} kB, made in {perf_counter() - start:.1f} s"
    )


if __name__ == "__main__":
    main()
