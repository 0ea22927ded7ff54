"""The many ways in which disks, sticks, mail gateways and editors spoil a file: bytes in, other bytes out."""

import random
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass

PAGE = 4096
SECTOR = 512

Mutation = Callable[[random.Random, "Originals"], bytes]


@dataclass(frozen=True)
class Originals:
    """The file to spoil, an earlier state of the same document, and another document."""

    this: bytes
    earlier: bytes
    other: bytes

    @property
    def pages(self) -> int:
        return len(self.this) // PAGE


def flips(count: int) -> Mutation:
    def mutation(chance: random.Random, originals: Originals) -> bytes:
        spoiled = bytearray(originals.this)
        for _ in range(count):
            spoiled[chance.randrange(len(spoiled))] ^= 1 << chance.randrange(8)
        return bytes(spoiled)

    return mutation


def within(start: int, end: int) -> Mutation:
    """A few bytes of the beginning, to any value."""

    def mutation(chance: random.Random, originals: Originals) -> bytes:
        spoiled = bytearray(originals.this)
        for _ in range(chance.choice([1, 1, 2, 8])):
            spoiled[chance.randrange(start, end)] = chance.randrange(256)
        return bytes(spoiled)

    return mutation


def page_head(chance: random.Random, originals: Originals) -> bytes:
    """The first bytes of a page: its kind, how many cells, where they are."""
    spoiled = bytearray(originals.this)
    for _ in range(chance.choice([1, 1, 3])):
        spoiled[PAGE * chance.randrange(1, originals.pages) + chance.randrange(12)] = chance.randrange(256)
    return bytes(spoiled)


def cell_place(chance: random.Random, originals: Originals) -> bytes:
    """Where one row of a page begins, to a place nearby or anywhere."""
    spoiled = bytearray(originals.this)
    at = PAGE * chance.randrange(1, originals.pages) + 8 + 2 * chance.randrange(20)
    (place,) = struct.unpack_from(">H", spoiled, at)
    place = (place + chance.choice([-4, -1, 1, 4, chance.randrange(PAGE)])) % PAGE
    struct.pack_into(">H", spoiled, at, place)
    return bytes(spoiled)


def truncated(chance: random.Random, originals: Originals) -> bytes:
    return originals.this[: chance.randrange(len(originals.this))]


def shortened_with_header(chance: random.Random, originals: Originals) -> bytes:
    """Cut at a page, and the header made to agree."""
    pages = chance.randrange(1, originals.pages)
    spoiled = bytearray(originals.this[: pages * PAGE])
    struct.pack_into(">I", spoiled, 28, pages)
    return bytes(spoiled)


def junk_behind(chance: random.Random, originals: Originals) -> bytes:
    return originals.this + chance.randbytes(chance.choice([1, 14, 1000, 60_000, 100_000, PAGE]))


def swapped_pages(chance: random.Random, originals: Originals) -> bytes:
    one, other = (PAGE * chance.randrange(originals.pages) for _ in range(2))
    spoiled = bytearray(originals.this)
    spoiled[one : one + PAGE], spoiled[other : other + PAGE] = (
        spoiled[other : other + PAGE],
        spoiled[one : one + PAGE],
    )
    return bytes(spoiled)


def doubled_page(chance: random.Random, originals: Originals) -> bytes:
    return _page(originals.this, chance, _any_page(originals.this, chance))


def zero_page(chance: random.Random, originals: Originals) -> bytes:
    return _page(originals.this, chance, bytes(PAGE))


def random_page(chance: random.Random, originals: Originals) -> bytes:
    return _page(originals.this, chance, chance.randbytes(PAGE))


def earlier_page(chance: random.Random, originals: Originals) -> bytes:
    """A page as it was when the document was saved before: a write that never reached the stick."""
    at = PAGE * chance.randrange(min(originals.pages, len(originals.earlier) // PAGE))
    return originals.this[:at] + originals.earlier[at : at + PAGE] + originals.this[at + PAGE :]


def other_page(chance: random.Random, originals: Originals) -> bytes:
    return _page(originals.this, chance, _any_page(originals.other, chance))


def zero_sector(chance: random.Random, originals: Originals) -> bytes:
    spoiled = bytearray(originals.this)
    for _ in range(chance.choice([1, 1, 4])):
        at = SECTOR * chance.randrange(len(spoiled) // SECTOR)
        spoiled[at : at + SECTOR] = bytes([chance.choice([0, 0xFF, 0xF6])]) * SECTOR
    return bytes(spoiled)


def torn(chance: random.Random, originals: Originals) -> bytes:
    """The beginning of one file, the rest of another."""
    at = SECTOR * chance.randrange(len(originals.this) // SECTOR)
    rest = chance.choice([originals.earlier, originals.other])
    return originals.this[:at] + rest[at:]


def zero_tail(chance: random.Random, originals: Originals) -> bytes:
    """As a file system leaves a file of the right size whose end was never written."""
    at = chance.randrange(len(originals.this))
    return originals.this[:at].ljust(len(originals.this), b"\0")


def shifted(chance: random.Random, originals: Originals) -> bytes:
    """Some bytes in the middle gone or come."""
    at, count = chance.randrange(len(originals.this)), chance.choice([1, 2, 16, SECTOR, PAGE])
    if chance.random() < 0.5:
        return originals.this[:at] + originals.this[at + count :]
    return originals.this[:at] + chance.randbytes(count) + originals.this[at:]


def as_text(chance: random.Random, originals: Originals) -> bytes:
    """Sent as if it were text."""
    ways: list[Callable[[bytes], bytes]] = [
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: data.replace(b"\r\n", b"\n"),
        lambda data: bytes(byte & 0x7F for byte in data),
        lambda data: data.decode("latin-1").encode(),
        lambda data: data.decode("cp874", "replace").encode("cp874", "replace"),
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: data.rstrip(b"\0"),
    ]
    return chance.choice(ways)(originals.this)


def edited_text(chance: random.Random, originals: Originals) -> bytes:
    """Thai letters of the content changed to other letters, with an editor of bytes."""
    letters = "มาตรการ".encode()
    places = [at for at in range(len(originals.this)) if originals.this.startswith(letters, at)]
    spoiled = bytearray(originals.this)
    at = chance.choice(places or [0])
    spoiled[at : at + len(letters)] = chance.choice(
        ["มาดรการ", "มตารกาล", "\u202eาตรกา", "ม\0\0\0ตรกาก", "       " * 3]
    ).encode()[:21]
    return bytes(spoiled)


def edited_key(chance: random.Random, originals: Originals) -> bytes:
    """A digit of an identity, wherever it stands."""
    key = b"0" * 20
    places = [at for at in range(len(originals.this)) if originals.this.startswith(key, at)]
    spoiled = bytearray(originals.this)
    spoiled[chance.choice(places or [0]) + 25 + chance.randrange(8)] = ord(chance.choice("0123456789abcdefG"))
    return bytes(spoiled)


def schema_text(chance: random.Random, originals: Originals) -> bytes:
    """A letter of the schema: what a constraint says, how a column is called."""
    places = [at for at in range(len(originals.this)) if originals.this.startswith(b"CHECK", at)]
    spoiled = bytearray(originals.this)
    spoiled[chance.choice(places or [0]) + chance.randrange(40)] = chance.randrange(32, 127)
    return bytes(spoiled)


def free_list(chance: random.Random, originals: Originals) -> bytes:
    """A header that speaks of free pages where there are none."""
    spoiled = bytearray(originals.this)
    struct.pack_into(
        ">II", spoiled, 32, chance.randrange(originals.pages + 2), chance.choice([1, 7, 2**31, 2**32 - 1])
    )
    return bytes(spoiled)


def pointers(chance: random.Random, originals: Originals) -> bytes:
    """References from page to page, to any other page: loops and shared branches."""
    spoiled = bytearray(originals.this)
    for _ in range(chance.choice([1, 2, 5])):
        start = PAGE * chance.randrange(1, originals.pages)
        kind = spoiled[start]
        at = start + 8 if kind in (2, 5) else start + 4 * chance.randrange(PAGE // 4)
        struct.pack_into(">I", spoiled, at, chance.randrange(originals.pages + 3))
    return bytes(spoiled)


def several(chance: random.Random, originals: Originals) -> bytes:
    """More than one of all that."""
    spoiled = originals.this
    for mutation in chance.sample(list(MUTATIONS.values())[:-1], 3):
        if len(spoiled) >= 40 * PAGE:
            spoiled = mutation(chance, Originals(spoiled, originals.earlier, originals.other))
    return spoiled


def _any_page(content: bytes, chance: random.Random) -> bytes:
    at = PAGE * chance.randrange(len(content) // PAGE)
    return content[at : at + PAGE]


def _page(content: bytes, chance: random.Random, page: bytes) -> bytes:
    at = PAGE * chance.randrange(len(content) // PAGE)
    return content[:at] + page + content[at + PAGE :]


MUTATIONS: Mapping[str, Mutation] = {
    "1 bit": flips(1),
    "4 bits": flips(4),
    "32 bits": flips(32),
    "400 bits": flips(400),
    "header": within(0, 100),
    "page 1": within(100, PAGE),
    "head of a page": page_head,
    "place of a row": cell_place,
    "cut": truncated,
    "cut, header agrees": shortened_with_header,
    "junk behind": junk_behind,
    "swapped pages": swapped_pages,
    "doubled page": doubled_page,
    "zero page": zero_page,
    "random page": random_page,
    "page of before": earlier_page,
    "page of another": other_page,
    "lost sectors": zero_sector,
    "torn": torn,
    "zero tail": zero_tail,
    "shifted": shifted,
    "sent as text": as_text,
    "edited text": edited_text,
    "edited key": edited_key,
    "schema text": schema_text,
    "free list": free_list,
    "references": pointers,
    "several": several,
}
