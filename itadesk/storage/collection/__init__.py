"""The district's store of many offices' files, in SQLite or PostgreSQL."""
