"""Data in and out: the interchange JSON and other programs' files."""
