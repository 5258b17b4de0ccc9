"""`rodtrad serve`: the web page."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from rodtrad.cli.options import WorkspaceOption, required_workspace
from rodtrad.cli.output import warn


def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8765,
    token: Annotated[
        str | None,
        typer.Option(
            help="What readers must show; needed beside this machine. Also RODTRAD_TOKEN."
        ),
    ] = None,
    proxy_header: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Header in which a proxy names who is signed in."),
    ] = None,
    proxy_from: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ADDRESS", help="Address or network the proxy connects from; default: here."
        ),
    ] = None,
    name: Annotated[
        list[str] | None, typer.Option(help="A host name the page is reached by.")
    ] = None,
    max_upload: Annotated[
        int, typer.Option(min=1, max=1000, help="Megabytes a file may have.")
    ] = 50,
    workspace: WorkspaceOption = None,
) -> None:
    """Open the web page over the workspace; stop with Ctrl-C."""
    from rodtrad.web.guard import access_for

    access = access_for(
        host,
        token=token or os.environ.get("RODTRAD_TOKEN"),
        proxy_header=proxy_header,
        proxies=proxy_from or (),
        names=name or (),
        max_upload=max_upload,
    )
    opened = required_workspace(context, workspace)
    from rodtrad.web.serving import serve as run

    shown = f"[{host}]" if ":" in host else host
    warn(f"http://{shown}:{port}/  (avsluta med Ctrl-C)")
    run(opened, access, host=host, port=port)
