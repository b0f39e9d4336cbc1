"""Keys of cases in PostgreSQL, in a database of their own: each made and destroyed in a transaction
of its own, so that it is durable before a word that it seals, whatever becomes of the app's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

from ..definition.arguments import argument, each
from .bond import CaseKey
from .keys import new_key
from .postgres import told
from .postgres_tables import key_statements, schema_of
from .remains import Remains
from .sealing import Chance
from .values import id_of

if TYPE_CHECKING:
    from .postgres_tables import Engine, Executable


class PostgresKeys:
    """Keys in a table, which also tells whose they are. Whoever reads it, or a copy of its
    database, opens what `erase` was to make unreadable: keep it elsewhere than the entries."""

    remains: Final = (Remains.KEY,)  # what `forget` cannot reach

    def __init__(self, engine: Engine, chance: Chance) -> None:
        self._engine, self._chance = engine, chance
        self._say = key_statements(schema_of(engine))

    def make(self, case: str) -> CaseKey:
        """The key of the case, made where there is none."""
        id_of("case", case)
        found = self.of(case)
        if found is None:
            key = new_key(self._chance)
            self._ask(self._say.put, id=case, place=key.place, secret=key.secret)
            found = self.of(case)
        return found if found is not None else self.make(case)  # destroyed by another meanwhile

    def of(self, case: str) -> CaseKey | None:
        """The key of the case; None where there is none."""
        found = self._ask(self._say.of, id=id_of("case", case))
        if not found:
            return None
        place, secret, former = found[0]
        return CaseKey(place, bytes(secret), former and bytes(former))

    def case(self, place: str) -> str | None:
        """The case whose entries lie there; None where its key is gone."""
        found = self._ask(self._say.case, place=id_of("place", place))
        return str(found[0][0]) if found else None

    def renew(self, case: str) -> CaseKey | None:
        """A new key of the case, the former beside it; None where there is none."""
        self._ask(self._say.renew, id=id_of("case", case), new=self._chance(32))
        return self.of(case)

    def settle(self, keys: Iterable[CaseKey]) -> None:
        """Destroy what was before these keys, and write the table anew without it. Raises as
        `forget`."""
        self._ask(self._say.settle, secrets=[key.secret for key in each("keys", keys, CaseKey)])
        self._scrub()

    def forget(self, key: CaseKey | None) -> None:
        """Destroy the key, and write the table anew without it; a second time completes the first.
        In the server's log it stays until that is recycled.

        Raises:
            StoreRefused: the key is out, but somebody still uses the table; once more, after that.
        """
        argument("key", key, CaseKey, type(None))
        if key:
            self._ask(self._say.forget, place=key.place)
        self._scrub()

    def _scrub(self) -> None:
        with told(), self._engine.begin() as connection:
            for statement in self._say.scrub:
                connection.execute(statement)

    def close(self) -> None:
        """The engine is the app's."""

    def _ask(self, asked: Executable, **values: object) -> list[tuple[Any, ...]]:
        given: Mapping[str, object] = values
        with told(), self._engine.begin() as connection:
            found = connection.execute(asked, given)
            return [tuple(row) for row in found] if found.returns_rows else []
