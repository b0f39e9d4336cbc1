"""What is made of a process once, and forgotten with it."""

from __future__ import annotations

import copy
import gc
import pickle
from concurrent.futures import ThreadPoolExecutor
from weakref import ref

from attrs import evolve

from diversion_flow import Process
from diversion_flow.definition.kept import kept
from helpers.small import PROCESS


class _Made:
    def __init__(self, process: Process) -> None:
        self.process = process


def test_it_is_made_once_for_each_process() -> None:
    one, other = evolve(PROCESS), evolve(PROCESS)
    assert kept(one, _Made) is kept(one, _Made)
    assert kept(one, _Made) is not kept(other, _Made)
    assert kept(one, _Made).process is one


def test_it_goes_with_the_process_though_it_refers_back_to_it() -> None:
    gc.freeze()  # what was there before is not looked at
    process = evolve(PROCESS)
    made, gone = ref(kept(process, _Made)), ref(process)
    del process
    gc.collect()
    assert (made(), gone()) == (None, None)


def test_it_is_no_part_of_the_value() -> None:
    process = evolve(PROCESS)
    kept(process, _Made)
    again = pickle.loads(pickle.dumps(process))
    assert again == copy.copy(process) == process == PROCESS
    assert "_kept" not in vars(again)


def test_threads_are_given_the_same() -> None:
    process = evolve(PROCESS)
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: kept(process, _Made), range(200)))
    assert len(set(map(id, made))) == 1
