"""`rodtrad review export/import/freeze/compare-versions`: decisions on their way out and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rodtrad.cli.options import (
    AsOfOption,
    JsonOption,
    LangOption,
    Language,
    WorkspaceOption,
    language_name,
    required_workspace,
)
from rodtrad.cli.output import print_or_show, print_records, tell_saved, warn
from rodtrad.cli.tableoptions import (
    AgencyOption,
    BeforeOption,
    Choice,
    StatusOption,
    StrengthOption,
    check_outputs,
    chosen_part,
)
from rodtrad.cli.trace import FromFileOption, FromOption, reviewed_trace
from rodtrad.errors import UsageError

ToListOption = Annotated[
    list[str] | None, typer.Option("--to", metavar="DOC", help="Documents with measures.")
]
DepartmentOption = Annotated[
    list[str] | None,
    typer.Option("--department", help="A column for this department's comments; may be repeated."),
]
WhoOption = Annotated[
    str | None,
    typer.Option("--who", help="Who decided; default: RODTRAD_USER, or your login name."),
]


def export(
    context: typer.Context,
    output: Annotated[Path, typer.Option("-o", "--output", help="Save as .xlsx, or .jsonl.")],
    source: FromOption = None,
    to: ToListOption = None,
    from_file: FromFileOption = None,
    department: DepartmentOption = None,
    status: StatusOption = None,
    strength: StrengthOption = None,
    agency: AgencyOption = None,
    before: BeforeOption = None,
    as_of: AsOfOption = None,
    workspace: WorkspaceOption = None,
    lang: LangOption = Language.SV,
) -> None:
    """A workbook in which a colleague decides (.xlsx), or a copy of the log (.jsonl).

    For a workbook name the documents as for `rodtrad trace`.
    """
    from rodtrad.pipeline.exports import documents_of, note_export
    from rodtrad.pipeline.reviewfiles import export_log, reviewed_table
    from rodtrad.tables.writers import write_table

    place = required_workspace(context, workspace)
    if output.suffix.lower() == ".jsonl":
        warn(f"{output}: {export_log(place, output)} händelser sparade.")
        return
    if output.suffix.lower() != ".xlsx":
        raise UsageError(f"{output}: decisions travel as .xlsx or .jsonl.")
    choice = Choice(tuple(status or ()), tuple(strength or ()), agency, before)
    check_outputs([output], choice)
    _check_documents(source, from_file, to)
    found = reviewed_trace(source, to or [], from_file=from_file, workspace=place, as_of=as_of)
    table = reviewed_table(
        found,
        language=language_name(lang),
        can_review=True,
        departments=department or (),
    )
    write_table(chosen_part(table, choice), output)
    note_export(place, output, documents_of(table))
    tell_saved(output, language_name(lang))


def _check_documents(
    source: list[str] | None, from_file: Path | None, to: list[str] | None
) -> None:
    if not (source or from_file) or not to:
        raise UsageError("say what to trace: --from DOC (or --from-file FILE) and --to DOC.")


def import_file(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A filled-in workbook, or a copy of a log.")
    ],
    who: WhoOption = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
    lang: LangOption = Language.SV,
) -> None:
    """Take in a colleague's decisions; conflicts are listed and nothing is overwritten.

    Exit code 1 if some rows could not be stored.
    """
    from rodtrad.pipeline.reviewfiles import import_decisions
    from rodtrad.pipeline.reviewjob import reviewer_name

    place = required_workspace(context, workspace)
    name = reviewer_name(who)
    records = import_decisions(place, file, who=name)
    shown = records if as_json else [r for r in records if r["outcome"] != "unchanged"]
    print_or_show("import", shown, as_json=as_json, language=language_name(lang))
    counts = {o: sum(r["outcome"] == o for r in records)
              for o in ("stored", "unchanged", "kept", "conflict", "problem")}  # fmt: skip
    warn(
        f"{file}: inlästa {counts['stored']} (som {name} där inget annat står), "
        f"oförändrade {counts['unchanged']}, i konflikt {counts['conflict']}, "
        f"ej inlästa {counts['kept'] + counts['problem']}."
    )
    if counts["conflict"] or counts["problem"]:
        raise typer.Exit(1)


def freeze(
    context: typer.Context,
    source: FromOption = None,
    to: ToListOption = None,
    from_file: FromFileOption = None,
    title: Annotated[str, typer.Option(help="What the version is for.")] = "",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Save the version's workbook (.xlsx).")
    ] = None,
    department: DepartmentOption = None,
    status: StatusOption = None,
    strength: StrengthOption = None,
    agency: AgencyOption = None,
    before: BeforeOption = None,
    who: WhoOption = None,
    as_of: AsOfOption = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
    lang: LangOption = Language.SV,
) -> None:
    """Keep the table as it is today under a number, for a round between departments.

    Of a part of it, chosen as for `rodtrad trace`, versions of the same part can be compared.
    """
    from rodtrad.pipeline import reviewfiles, reviewjob
    from rodtrad.pipeline.exports import documents_of, note_export
    from rodtrad.tables.outfile import check_place
    from rodtrad.tables.writers import write_table

    _check_documents(source, from_file, to)
    choice = Choice(tuple(status or ()), tuple(strength or ()), agency, before)
    check_outputs(None, choice)
    if output:
        check_place(output, (".xlsx",))
    place = required_workspace(context, workspace)
    name = reviewjob.reviewer_name(who)
    found = reviewed_trace(source, to or [], from_file=from_file, workspace=place, as_of=as_of)
    table = reviewfiles.reviewed_table(
        found, language=language_name(lang), can_review=True, departments=department or ()
    )
    table = chosen_part(table, choice)
    event = reviewfiles.freeze_table(place, table, title=title, who=name, selection=choice.words)
    if output:
        write_table(reviewfiles.table_for_round(found, table, event.version or 0), output)
        note_export(place, output, documents_of(table))
        tell_saved(output, language_name(lang))
    if as_json:
        print_records([event.record()])
    else:
        typer.echo(f"version {event.version}: {event.comment}")


def compare_versions(
    context: typer.Context,
    old: Annotated[int, typer.Argument(metavar="OLD", min=1, help="The earlier version's number.")],
    new: Annotated[int, typer.Argument(metavar="NEW", min=1, help="The later version's number.")],
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
    lang: LangOption = Language.SV,
) -> None:
    """What differs between two frozen versions, with the comments on the earlier one."""
    from rodtrad.pipeline.reviewfiles import version_changes

    records = version_changes(required_workspace(context, workspace), old, new)
    print_or_show("versions", records, as_json=as_json, language=language_name(lang))
