"""Which job runner a workspace uses."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from rodtrad.errors import UsageError
from rodtrad.settings import LOCAL, JobSettings
from rodtrad.workspace import Workspace

# A search asks only whether jobs run elsewhere; the runners import what starts processes.
if TYPE_CHECKING:
    from rodtrad.backends.runners import JobRunner


def runner_for(workspace: Workspace, *, jobs: int, count: int) -> JobRunner:
    """The runner of the workspace's settings for so many items.

    Args:
        workspace: whose settings say where jobs run.
        jobs: how many processes at most, where they run on this machine.
        count: how many items there are; a few are not worth starting processes for.
    """
    from rodtrad.backends.runners import local_runner

    return far_runner(workspace) or local_runner(jobs, count=count)


def far_runner(workspace: Workspace | None) -> JobRunner | None:
    """The runner beyond this machine that the settings name; None where they name none.

    Raises:
        UsageError: no address is given, or the extra is not installed.
    """
    settings = workspace.settings.jobs if workspace else JobSettings()
    if settings.runner == LOCAL:
        return None
    if not settings.address:
        raise UsageError("no scheduler: set [jobs] address in rodtrad.toml (tcp://host:8786).")
    if find_spec("distributed") is None:
        raise UsageError("the job runner dask needs distributed; install rodtrad[cluster].")
    from rodtrad.backends.cluster import DaskRunner

    return DaskRunner(settings.address)
