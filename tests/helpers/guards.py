"""Guards by chance, over a process that has a fact of each kind they ask."""

from __future__ import annotations

from attrs import evolve
from hypothesis import strategies as st

from diversion_flow.definition import Choice, Fact, Guard, Kind, fact, machine
from diversion_flow.definition.guard import Known
from helpers.small import PROCESS, T

KINDS = Choice("x", T), Choice("y", T), Choice("z", T)
SUBJECT = evolve(
    PROCESS,
    facts=(
        *PROCESS.facts,
        Fact("n", T, Kind.INTEGER, "worker", minimum=0, maximum=6),
        Fact("k", T, Kind.CHOICE, "worker", choices=KINDS),
        Fact("s", T, Kind.CHOICES, "worker", choices=KINDS),
    ),
)
ATOMS = st.one_of(
    st.builds(lambda v, op: op(v), st.integers(0, 6), st.sampled_from([
        lambda v: fact("n") >= v, lambda v: fact("n") < v, lambda v: fact("n") == v,
        lambda v: fact("n") != v])),
    st.lists(st.sampled_from("xyz"), min_size=1, max_size=2).map(lambda v: fact("k").in_(*v)),
    st.sampled_from("xyz").map(lambda v: fact("s").includes(v)),
    st.sampled_from([machine("main").in_("asked"), machine("main").in_("helped", "done"),
                     machine("consent").in_("given"), Known("n"), Known("k")]),
)  # fmt: skip
GUARDS: st.SearchStrategy[Guard] = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda p: p[0] & p[1]),
        st.tuples(inner, inner).map(lambda p: p[0] | p[1]),
        inner.map(lambda g: ~g),
    ),
    max_leaves=8,
)
