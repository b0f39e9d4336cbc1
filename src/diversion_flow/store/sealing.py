"""Entries sealed by a key of their case: what lies in the database says nothing, not even whose
case it is; without the key it is forgotten.

Each entry is AES-256-GCM under its place, number and name; the chain and the head are keyed
(HMAC-SHA-256), so that nobody without the key can make one that holds. What stays to be seen: how
many entries a case has, how long they are, when its next limit runs out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache, cached_property
from hmac import digest
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from ..definition.extras import needed
from .bond import Bond, CaseKey, joined
from .errors import DamagedCase
from .remains import Remains
from .rows import Head, Row
from .values import StoredEntry, is_id

if TYPE_CHECKING:
    with needed("sealed"):
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

Chance = Callable[[int], bytes]  # so many bytes that nobody can foretell
_NONCE = 12


@runtime_checkable
class Keys(Protocol):
    """Where the keys lie: elsewhere than the entries. What it says is durable before it returns."""

    def make(self, case: str) -> CaseKey:
        """The key of the case, made where there is none; of two callers, both get the first."""
        ...

    def of(self, case: str) -> CaseKey | None:
        """The key of the case; None where there is none."""
        ...

    def case(self, place: str) -> str | None:
        """The case whose entries lie there; None where its key is gone."""
        ...

    def renew(self, case: str) -> CaseKey | None:
        """Put a new secret in the place of the case's, which stays beside it as the `former` until
        `settle`: where one is there already, nothing is changed. The key; None where there is
        none."""
        ...

    def settle(self, keys: Iterable[CaseKey]) -> None:
        """Destroy the former secrets beside these, so that no byte of them is left; a second time
        completes the first. Where another secret stands by now, nothing: somebody renews it anew.
        For `store.renew` alone: what still lies under a former secret could be read by nobody."""
        ...

    def forget(self, key: CaseKey | None) -> None:
        """Destroy the key of that place, and no later one of its case, so that no byte of it is
        left; a second time completes the first, and so does None. What is out of its reach, an
        attribute `remains` may say: `erase` repeats it."""
        ...


class SealedBonds:
    """Of a store whose entries are sealed."""

    def __init__(self, keys: Keys, chance: Chance) -> None:
        self._keys, self._chance = keys, chance

    def made(self, case: str) -> Bond:
        return self._bond(self._keys.of(case) or self._keys.make(case), case)

    def known(self, case: str) -> Bond | None:
        key = self._keys.of(case)
        return self._bond(key, case) if key else None

    def _bond(self, key: CaseKey, case: str) -> Bond:
        return SealedBond(key, self._chance, lambda: self._keys.of(case))

    def place(self, case: str) -> str:
        key = self._keys.of(case)
        return key.place if key else case

    def case(self, place: str) -> str | None:
        return self._keys.case(place) if is_id(place) else None

    def renewed(self, case: str) -> Bond | None:
        key = self._keys.renew(case)
        return self._bond(key, case) if key else None

    def settle(self, bonds: Iterable[Bond]) -> tuple[Remains, ...]:
        self._keys.settle([bond.key for bond in bonds if bond.key])
        return self._out_of_reach()

    def forget(self, bond: Bond | None) -> tuple[Remains, ...]:
        self._keys.forget(bond.key if bond else None)
        return self._out_of_reach()

    def _out_of_reach(self) -> tuple[Remains, ...]:
        told = getattr(self._keys, "remains", ())
        return tuple(left for left in told if isinstance(left, Remains))

    def left(self) -> Remains:
        return Remains.CIPHERTEXT


class SealedBond(Bond):
    """The bond of a case under its key; `again` tells the key as it is by now."""

    def __init__(
        self, key: CaseKey, chance: Chance, again: Callable[[], CaseKey | None] = lambda: None
    ) -> None:
        _cipher()  # or what brings it is told
        if not (is_id(key.place) and isinstance(key.secret, bytes)):  # what a file may hold
            raise DamagedCase(None)
        super().__init__(key.place, key)
        self._secret, self._chance, self._again = key.secret, chance, again

    @cached_property
    def _bind(self) -> bytes:
        return digest(self._secret, b"bind", "sha256")

    @cached_property
    def _seal(self) -> AESGCM:
        return _cipher()[0](digest(self._secret, b"seal", "sha256"))

    def fitting(self, head: Head | None) -> Bond:
        if head is None or self.fits(head):
            return self
        others = (SealedBond(key, self._chance) for key in self._others())
        return next((bond for bond in others if bond.fits(head)), self)

    def _others(self) -> Iterator[CaseKey]:
        """The former key, what is the key by now, and the one before that."""
        yield from _before(self.key)
        if key := self._again():
            yield key
            yield from _before(key)

    def digest(self, data: bytes) -> bytes:
        return digest(self._bind, data, "sha256")

    def name(self, id: str) -> str:
        return self.digest(joined(b"name", id.encode())).hex()

    def close(self, entry: StoredEntry, number: int, name: str) -> bytes:
        nonce = self._chance(_NONCE)
        id = entry.id.encode()
        words = len(id).to_bytes(2, "big") + id + entry.text.encode()
        return nonce + self._seal.encrypt(nonce, words, self._known(number, name))

    def open(self, row: Row) -> StoredEntry:
        nonce, sealed = row.words[:_NONCE], row.words[_NONCE:]
        try:
            words = self._seal.decrypt(nonce, sealed, self._known(row.number, row.name))
        except _cipher()[1]:
            raise DamagedCase(row.number) from None
        end = 2 + int.from_bytes(words[:2], "big")
        return StoredEntry(words[2:end].decode(), words[end:].decode())

    def _known(self, number: int, name: str) -> bytes:
        """What is not secret and cannot be exchanged: where the entry lies."""
        return joined(self.place.encode(), number.to_bytes(8, "big"), name.encode())


@cache
def _cipher() -> tuple[type[AESGCM], tuple[type[Exception], ...]]:
    """What seals, and how it says that what lies there is not what was sealed."""
    with needed("sealed"):
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    return AESGCM, (InvalidTag, ValueError)


def _before(key: CaseKey | None) -> Iterator[CaseKey]:
    if key and key.former:
        yield CaseKey(key.place, key.former)
