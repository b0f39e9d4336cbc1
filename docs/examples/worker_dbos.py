"""Limits that fire, with DBOS: each owner is told once, also where a worker dies in between.

`fire` settles each limit once; what it sends, a worker that dies may send again. Here nothing is
sent from within it: a durable workflow is started, under an id made of the limit. DBOS starts each
id once, and goes on with it after a crash.

What DBOS keeps lies open in its own database: an agency, a case's id, a moment. Where that is too
much, give it a name by chance and look the case up by that. Have it keep JSON (`serializer`): by
default it keeps what runs code when it is read.
"""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from pathlib import Path

from dbos import DBOS, SetWorkflowID

from diversion_flow.desk import running_out, settle
from diversion_flow.store import Fired, LimitDue, Settled, StoredCase, fire, sqlite_store

STORE = Path("desk.db")


def send(agency: str, case: str, at: str) -> None:
    """The app's own: a letter to the agency that a limit of this case has run out."""
    raise NotImplementedError


@DBOS.step(retries_allowed=True)
def deliver(agency: str, case: str, at: str) -> None:
    """Tried until it succeeds. What it has sent is not sent again, but for a worker that dies
    after sending and before DBOS has noted it: give the letter the workflow's id."""
    send(agency, case, at)


@DBOS.workflow()
def tell(agency: str, case: str, at: str) -> None:
    """One owner is told of one limit."""
    deliver(agency, case, at)


def act(stored: StoredCase, limit: LimitDue) -> Settled:
    """The owners of what runs out there are to be told; the next limit is noted."""
    for clock in running_out(stored, limit):
        words = (clock.deadline.owner, limit.case, limit.at.isoformat())
        with SetWorkflowID(sha256(repr((clock.deadline.id, *words)).encode()).hexdigest()):
            DBOS.start_workflow(tell, *words)
    return settle(stored, limit)


def run_out(until: datetime) -> Fired:
    """Every limit that has run out by then; to be called every minute, on as many machines as one
    likes: by cron, or by a schedule of DBOS."""
    store = sqlite_store(STORE)
    try:
        return fire(store.writing, until, act)
    finally:
        store.close()
