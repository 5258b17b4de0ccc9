"""What can go wrong in a way the user can mend."""

from __future__ import annotations


class RodtradError(Exception):
    """One clear sentence: what, where, what to do. The command line prints it and exits with 2."""


class UnreadableFileError(RodtradError):
    """A file named by the user cannot be read (missing, empty, binary, encrypted, damaged)."""


class WorkspaceError(RodtradError):
    """No workspace, a damaged catalogue, or an index that is stale, foreign or damaged."""


class ServerError(RodtradError):
    """The search server cannot be reached, or holds something else than it should."""


class UsageError(RodtradError):
    """Arguments that do not fit together."""
