"""`rodtrad text`: the source text."""

from __future__ import annotations

import sys

import typer

from rodtrad.cli.options import DocumentArgument, WorkspaceOption, optional_workspace


def text(
    context: typer.Context, document: DocumentArgument, workspace: WorkspaceOption = None
) -> None:
    """Print the source text that all offsets count in, exactly as it is."""
    from rodtrad.pipeline.loading import load_documents

    (found,) = load_documents([document], optional_workspace(context, workspace))
    # Bytes, so that no platform turns line ends into its own.
    sys.stdout.flush()
    sys.stdout.buffer.write(found.document.source.encode("utf-8", "surrogatepass"))
    sys.stdout.buffer.flush()
