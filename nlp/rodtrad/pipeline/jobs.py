"""Which job runner a workspace uses."""

from __future__ import annotations

from rodtrad.backends.runners import JobRunner, local_runner
from rodtrad.workspace import Workspace


def runner_for(workspace: Workspace, *, jobs: int, count: int) -> JobRunner:
    """The runner of the workspace's settings for so many items.

    Args:
        workspace: whose settings say where jobs run.
        jobs: how many processes at most, where they run on this machine.
        count: how many items there are; a few are not worth starting processes for.
    """
    return local_runner(jobs, count=count)
