"""The short form of a SHA-256 by which people compare two: of a file's seal, and of a document's code."""

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U, which are misread."""


def short_code(sha256: str) -> str:
    """The first 60 bits of a hash in hexadecimal, as XXXX-XXXX-XXXX."""
    number = int(sha256[:15], 16)
    letters = "".join(_ALPHABET[number >> shift & 31] for shift in range(55, -1, -5))
    return "-".join(letters[start : start + 4] for start in (0, 4, 8))
