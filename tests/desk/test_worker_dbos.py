"""The worker of docs/examples with DBOS: each limit's owner is told once, also where the worker
dies while it tells."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from diversion_flow.desk import keep_dossier
from diversion_flow.dossier import Dossier
from diversion_flow.store import sqlite_store
from helpers.places import ROOT
from helpers.told import LAW, TOLD

WORKER = """
import json, os, sys
from datetime import datetime
from pathlib import Path
from dbos import DBOS, DBOSPortableJSONSerializer
import worker_dbos as worker
folder = Path.cwd()
worker.STORE = folder / "desk.db"
def send(*told):
    if sys.argv[1] == "dies":
        os._exit(9)
    with open("letters", "a") as letters:
        letters.write(json.dumps(told) + "\\n")
worker.send = send
DBOS(config={"name": "desk", "application_version": "1", "executor_id": "one",
             "system_database_url": f"sqlite:///{folder}/dbos.db", "log_level": "ERROR",
             "serializer": DBOSPortableJSONSerializer()})
DBOS.launch()
for _ in range(2):  # the second finds nothing left to be told
    worker.run_out(datetime.fromisoformat("2024-06-05T10:01+09:00"))
for started in DBOS.list_workflows():
    DBOS.retrieve_workflow(started.workflow_id).get_result()
DBOS.destroy()
"""


@pytest.mark.slow
def test_each_limit_is_told_once_though_the_worker_dies_while_it_tells(tmp_path: Path) -> None:
    store = sqlite_store(tmp_path / "desk.db")
    keep_dossier(store, Dossier("c", LAW).record(*TOLD.entries[:2]), 0)
    store.close()
    paths = os.pathsep.join([str(ROOT / "docs/examples"), *sys.path])

    def run(how: str) -> int:
        words = [sys.executable, "-c", WORKER, how]
        env = {**os.environ, "PYTHONPATH": paths}
        return subprocess.run(words, cwd=tmp_path, env=env, check=False, timeout=120).returncode

    assert run("dies") == 9
    assert not (tmp_path / "letters").exists()
    assert run("lives") == 0
    letters = [json.loads(line) for line in (tmp_path / "letters").read_text().splitlines()]
    assert sorted(letter[:2] for letter in letters) == [["detention_house", "c"], ["police", "c"]]
