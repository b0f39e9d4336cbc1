"""What can go wrong with a store, as data. No text says whose case it is or what an entry holds.

* StoreError
  + StaleCase      somebody else wrote first; tells what is there by now
  + EntryDiffers   an entry of that id is kept with another text
  + DamagedCase    what lies there is not what was kept; tells the first entry concerned
  + StoreRefused   the disk or the database server said no: do the same again
"""

from __future__ import annotations

from ..definition import DiversionFlowError


class StoreError(DiversionFlowError):
    """A store cannot do what it is asked for."""

    status = 500


class StaleCase(StoreError):
    """The case is not as the caller knew it: it has `found` entries, not `version`; `ids` are
    those of the entries that the caller does not know."""

    status = 412

    def __init__(self, version: int, found: int, ids: tuple[str, ...]) -> None:
        self.version, self.found, self.ids = version, found, ids
        super().__init__("store_stale", version=version, found=found)


class EntryDiffers(StoreError):
    """An entry of this id is kept, and says something else: an id is given once."""

    status = 409

    def __init__(self, id: str) -> None:
        self.id = id
        super().__init__("store_differs", id=id)


class DamagedCase(StoreError):
    """What lies there is not what was kept. `entry` is the first entry (from 1) that was changed,
    cut, moved or brought from elsewhere; None where the entries are whole and what is noted apart
    (their count, the last link, the limit) is not."""

    def __init__(self, entry: int | None) -> None:
        self.entry = entry
        if entry is None:
            super().__init__("store_damaged_head")
        else:
            super().__init__("store_damaged", entry=entry)


class StoreRefused(StoreError, OSError):
    """The disk or the database server said no; why, is in `values`, in its own words for programs.

    Who holds the store finds nothing of the call. After a crash it may be found whole, if the disk
    had it and could not say so; the same call again keeps nothing twice.
    """
