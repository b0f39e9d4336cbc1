"""The same input gives the same bytes: in another process, with hashes in another order."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from helpers.places import TESTS

# Every drawing, export, log, page and checklist of the small process and of a shipped one, as sums.
WRITES = """
import hashlib, json, sys
from diversion_flow import draw, processes
from diversion_flow.diagram import checklist, checklist_page
from diversion_flow.diagram.render import FORMATS as DRAWINGS
from diversion_flow.explorer import explorer
from diversion_flow.interchange import EXPORTS, LOGS, export
from helpers.small import PROCESS
from helpers.stories import after

def told():
    for name, law in (("small", PROCESS), ("special", processes.get("special_coordination"))):
        machine = law.machines[0].id
        for ending in DRAWINGS:
            yield f"{name} {ending}", draw(law, machine, format=ending)
        for ending in EXPORTS:
            yield f"{name} export {ending}", export(law, ending).text
        for lang in ("ja", "en"):
            yield f"{name} checklist {lang}", checklist(law, law.agencies[0].id, lang)
            yield f"{name} page {lang}", checklist_page(law, law.agencies[0].id, lang)
        yield f"{name} explorer", explorer(law)
    for ending in LOGS:
        yield f"log {ending}", LOGS[ending]([after("cs01", "indicted")], "ja").text

sums = {k: hashlib.sha256(v if isinstance(v, bytes) else v.encode()).hexdigest() for k, v in told()}
json.dump(sums, sys.stdout)
"""


def sums(seed: str) -> dict[str, str]:
    path = os.pathsep.join([str(TESTS), *sys.path])
    env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path}
    done = subprocess.run([sys.executable, "-c", WRITES], env=env, capture_output=True, check=True)
    found: dict[str, str] = json.loads(done.stdout)
    return found


@pytest.mark.slow
def test_everything_written_is_the_same_under_another_hash_seed() -> None:
    first, again = sums("0"), sums("4711")
    assert len(first) > 40
    assert [name for name in first if first[name] != again[name]] == []
