"""The office file: schema, transactions, working copy, publishing, undo."""
