"""`rodtrad add`: take documents into the workspace."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rodtrad.cli.options import (
    JsonOption,
    LangOption,
    Language,
    WorkspaceOption,
    language_name,
    required_workspace,
)
from rodtrad.cli.output import print_or_show
from rodtrad.errors import UsageError


def add(
    context: typer.Context,
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", help="Files, or folders of files.")
    ],
    kind: Annotated[str | None, typer.Option(help="Kind, where it would be read wrongly.")] = None,
    title: Annotated[
        str | None, typer.Option(help="Title, where it would be read wrongly.")
    ] = None,
    date: Annotated[str | None, typer.Option(help="Date (YYYY, YYYY-MM or YYYY-MM-DD).")] = None,
    values: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="KEY=VALUE",
            help="Any other fact, e.g. dnr=Ju2025/01324; may be repeated.",
        ),
    ] = None,
    ocr: Annotated[
        bool, typer.Option("--ocr", help="Read scanned pages with tesseract, where installed.")
    ] = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
    lang: LangOption = Language.SV,
) -> None:
    """Copy documents into the workspace's corpus and catalogue.

    A file that cannot be read is not added; nothing is added then, and the sentence says why.
    """
    from rodtrad.pipeline.adding import add_documents

    facts = _facts(values or [])
    given = {"kind": kind, "title": title, "date": date, "ocr": "ja" if ocr else None}
    facts |= {key: value for key, value in given.items() if value is not None}
    records = add_documents(required_workspace(context, workspace), paths, facts)
    print_or_show("documents", records, as_json=as_json, language=language_name(lang))


def _facts(pairs: list[str]) -> dict[str, str]:
    facts = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals or not key.strip():
            raise UsageError(f"--set {pair!r}: write it as key=value.")
        facts[key.strip()] = value.strip()
    return facts
