"""ITADesk: a local government office's integrity measures, typed once, tracked, and printed as Thai reports."""

__version__ = "0.1.0"
