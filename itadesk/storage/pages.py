"""The rows on the pages of a database file, read without SQLite: what a damaged file still holds.

Every page is looked at by itself, so that one that is spoiled or gone takes no other with it; what does not make sense
is passed over. Nothing is trusted, least of all a length. (The form of the pages: SQLite's file format, section 1.6.)
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

Value = str | bytes | int | float | None
Values = tuple[Value, ...]

_TABLE_LEAF, _TABLE_INTERIOR, _INDEX_LEAF, _INDEX_INTERIOR = 13, 5, 10, 2
_USUAL_SIZE = 4096
_MOST_COLUMNS = 100
_LONGEST = 64 << 20
_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
"""Bytes of an integer by its serial type."""


class _Nonsense(Exception):
    """This cell is none."""


@dataclass
class Pages:
    """The pages of an open file; `size` in bytes of one of them."""

    file: BinaryIO
    size: int
    count: int
    gaps: bool = False
    """Whether an index has pages that cannot be read: it does not tell all then."""
    _used: set[int] = field(default_factory=set[int])
    """Overflow pages that belong to a row: no second one may claim them, or a small file could say endlessly much."""

    @classmethod
    def of(cls, file: BinaryIO) -> "Pages":
        """By the header, or as our files are where it makes no sense."""
        size = _page_size(file.read(18))
        return cls(file, size, -(-file.seek(0, 2) // size))

    def page(self, number: int) -> bytes:
        """A page, filled up with zeros where the file ends within."""
        if not 1 <= number <= self.count:
            raise _Nonsense
        self.file.seek((number - 1) * self.size)
        return self.file.read(self.size).ljust(self.size, b"\0")

    def rows(self) -> Iterator[Values]:
        """Every row on every page of a table that is not given up for good."""
        free = self._free()
        unclear: list[int] = []
        for number in range(1, self.count + 1):
            page = self.page(number)
            kind = page[_start(number)]
            if number in free:
                continue
            if kind == _TABLE_LEAF:
                yield from self._rows(number, page)
            elif kind not in (_TABLE_INTERIOR, _INDEX_LEAF, _INDEX_INTERIOR):
                unclear.append(number)
        for number in unclear:  # the byte that says what it is may be the one that was hit
            if number not in self._used:
                yield from self._rows(number, self.page(number))

    def keys(self, root: int) -> Iterator[Value]:
        """The first column of every entry of the index whose root is that page, as far as its pages are whole."""
        waiting, seen = [root], {root}
        while waiting:
            number = waiting.pop()
            page = self.page(number) if 1 <= number <= self.count else b"\0" * self.size
            kind = page[_start(number)]
            if kind not in (_INDEX_LEAF, _INDEX_INTERIOR):
                self.gaps = True
                continue
            head = 4 if kind == _INDEX_INTERIOR else 0
            children = [_integer(page[8:12])] if head else []
            for place in _cells(page, _start(number), 8 + head):
                children += [_integer(page[place : place + 4])] if head else []
                try:
                    yield self._record(page, *_varint(page, place + head), index=True)[0]
                except (_Nonsense, IndexError, struct.error):
                    continue
            waiting += set(children) - seen
            seen.update(children)

    def _rows(self, number: int, page: bytes) -> Iterator[Values]:
        for place in _cells(page, _start(number), 8):
            try:
                length, behind = _varint(page, place)
                _rowid, behind = _varint(page, behind)
                yield self._record(page, length, behind)
            except (_Nonsense, IndexError, struct.error):
                continue

    def _record(self, page: bytes, length: int, place: int, *, index: bool = False) -> Values:
        payload = self._payload(page, length, place, index)
        head, at = _varint(payload, 0)
        behind = head
        values: list[Value] = []
        if head > len(payload):
            raise _Nonsense
        while at < head:
            kind, at = _varint(payload, at)
            value, behind = _value(kind, payload, behind)
            values.append(value)
            if len(values) > _MOST_COLUMNS:
                raise _Nonsense
        if behind != len(payload) or not values:
            raise _Nonsense
        return tuple(values)

    def _payload(self, page: bytes, length: int, place: int, index: bool) -> bytes:
        here = self._local(length, index)
        if not 0 < length <= min(_LONGEST, self.count * self.size) or place + here > self.size:
            raise _Nonsense
        parts = [page[place : place + here]]
        missing = length - here
        following = _integer(page[place + here : place + here + 4]) if missing else 0
        chain: set[int] = set()
        while missing > 0:
            if following in self._used or following in chain:
                raise _Nonsense
            overflow = self.page(following)
            chain.add(following)
            parts.append(overflow[4 : 4 + missing])
            missing -= len(parts[-1])
            following = _integer(overflow[:4])
        self._used |= chain
        return b"".join(parts)

    def _local(self, length: int, index: bool) -> int:
        """How much of a payload stands on its own page."""
        most = (self.size - 12) * 64 // 255 - 23 if index else self.size - 35
        if length <= most:
            return length
        least = (self.size - 12) * 32 // 255 - 23
        here = least + (length - least) % (self.size - 4)
        return here if here <= most else least

    def _free(self) -> set[int]:
        """Pages whose rows were deleted; none where the list of them makes no sense."""
        if not self.count:
            return set()
        head = self.page(1)
        trunk, count = struct.unpack(">II", head[32:40])
        free: set[int] = set()
        while trunk:
            if trunk in free or not 1 < trunk <= self.count:
                return set()
            free.add(trunk)
            trunk, leaves, *numbers = struct.unpack(f">{self.size // 4}I", self.page(trunk))
            free.update(numbers[:leaves])
        return free if len(free) == count else set()


def _page_size(header: bytes) -> int:
    size = int.from_bytes(header[16:18], "big") if header.startswith(b"SQLite format 3\0") else 0
    size = 65536 if size == 1 else size
    return size if size >= 512 and size & (size - 1) == 0 else _USUAL_SIZE


def _start(number: int) -> int:
    """Where a page begins: the first one behind the file's header."""
    return 100 if number == 1 else 0


def _cells(page: bytes, start: int, head: int) -> list[int]:
    """Where the cells of a page begin; `head`: bytes before the list of them."""
    count = int.from_bytes(page[start + 3 : start + 5], "big")
    first = start + head
    count = min(count, (len(page) - first) // 2)
    places = struct.unpack_from(f">{count}H", page, first)
    return [place for place in dict.fromkeys(places) if first <= place < len(page) - 3]


def _integer(four: bytes) -> int:
    return int.from_bytes(four, "big")


def _varint(data: bytes, place: int) -> tuple[int, int]:
    """The number that begins there, and where the next thing begins."""
    number = 0
    for length in range(1, 10):
        byte = data[place + length - 1]
        if length == 9:
            return (number << 8) | byte, place + length
        number = (number << 7) | (byte & 127)
        if byte < 128:
            return number, place + length
    raise _Nonsense


def _value(kind: int, data: bytes, place: int) -> tuple[Value, int]:
    """The value of a serial type that begins there, and where the next one does. Text that is spoiled shows it."""
    if kind == 0:
        return None, place
    if kind in (8, 9):
        return kind - 8, place
    if kind >= 12:
        end = place + (kind - 12) // 2
        if end > len(data):
            raise _Nonsense
        content = data[place:end]
        return (content.decode("utf-8", "replace") if kind % 2 else content), end
    if kind == 7:
        return struct.unpack_from(">d", data, place)[0], place + 8
    if kind not in _INTEGERS:
        raise _Nonsense
    end = place + _INTEGERS[kind]
    if end > len(data):
        raise _Nonsense
    return int.from_bytes(data[place:end], "big", signed=True), end
