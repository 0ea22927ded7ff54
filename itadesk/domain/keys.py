"""Identities of rows made from others, where they must be found again: in a collection, and from a template.

Two offices' files may hold rows of one identity: both were begun from one copy. The same parts always give the same
identity, whatever was taken in before.
"""

import hashlib


def derived(*parts: str) -> str:
    """32 hexadecimal digits for an identity within others: of an office, or of a row of an office."""
    return hashlib.blake2b("\0".join(parts).encode(), digest_size=16).hexdigest()
