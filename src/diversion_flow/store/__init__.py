"""Where cases last: entries by case and version, in memory, SQLite or PostgreSQL, sealed on wish.

The store knows entries and limits, not law.
"""

from .bond import CaseKey
from .errors import DamagedCase, EntryDiffers, StaleCase, StoreError, StoreRefused
from .keys import MemoryKeys, SqliteKeys, sqlite_keys
from .opening import (
    make_postgres_keys_table,
    make_postgres_tables,
    memory_store,
    postgres_keys,
    postgres_store,
    sqlite_store,
)
from .remains import Remains
from .sealing import Keys
from .store import Store
from .values import LimitDue, Settled, StoredCase, StoredEntry
from .worker import Fired, fire

__all__ = [
    "CaseKey",
    "DamagedCase",
    "EntryDiffers",
    "Fired",
    "Keys",
    "LimitDue",
    "MemoryKeys",
    "Remains",
    "Settled",
    "SqliteKeys",
    "StaleCase",
    "Store",
    "StoreError",
    "StoreRefused",
    "StoredCase",
    "StoredEntry",
    "fire",
    "make_postgres_keys_table",
    "make_postgres_tables",
    "memory_store",
    "postgres_keys",
    "postgres_store",
    "sqlite_keys",
    "sqlite_store",
]
