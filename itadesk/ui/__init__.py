"""The window: Qt widgets over snapshots; it never sees SQL or PDF code."""
