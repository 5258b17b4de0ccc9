"""Options of the commands that hand out tables: filters, sharing, pictures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rodtrad.cli.options import Language, language_name, parse_day
from rodtrad.cli.output import tell_saved, warn
from rodtrad.errors import UsageError

if TYPE_CHECKING:
    from rodtrad.tables.traceview import TraceTable
    from rodtrad.workspace import Workspace


class Picture(StrEnum):
    """The pictures of a table."""

    COVERAGE = "coverage"
    AREAS = "areas"
    TIMELINE = "timeline"
    NETWORK = "network"


class Status(StrEnum):
    """The statuses of a recommendation."""

    COVERED = "covered"
    PARTLY = "partly"
    GAP = "gap"
    UNRESOLVED = "unresolved"


OutputOption = Annotated[
    list[Path] | None,
    typer.Option(
        "-o",
        "--output",
        help="Save as .xlsx .docx .csv .html .md .json, or a picture: .svg .png. "
        "coverage.html, areas.html, timeline.html and network.html are pictures too.",
    ),
]
StatusOption = Annotated[
    list[Status] | None, typer.Option("--status", help="Only these; may be repeated.")
]
StrengthOption = Annotated[
    list[str] | None,
    typer.Option("--strength", help="Only these, e.g. urge; may be repeated."),
]
AgencyOption = Annotated[
    str | None, typer.Option("--agency", help="Only measures this agency must act in.")
]
BeforeOption = Annotated[
    str | None,
    typer.Option("--before", metavar="DATE", help="Only measures with a deadline before this day."),
]
SharingOption = Annotated[
    bool,
    typer.Option(
        "--sharing",
        help="For handing on: without marked documents, reviewers' names and internal notes.",
    ),
]
MaskNamesOption = Annotated[
    bool,
    typer.Option(
        "--mask-names",
        help="Put [namn] for names of persons; quotes are not verbatim then. Rules miss some.",
    ),
]
PictureOption = Annotated[
    Picture | None,
    typer.Option("--figure", help="Which picture; default: what the file is called, or coverage."),
]


@dataclass(frozen=True, slots=True)
class Choice:
    """What the filters of the command line ask for."""

    statuses: tuple[str, ...] = ()
    strengths: tuple[str, ...] = ()
    agency: str | None = None
    before: str | None = None
    sharing: bool = False
    mask_names: bool = False

    @property
    def words(self) -> str:
        """The filters as they are written on the command line; "" for none."""
        parts = [f"--status {status}" for status in sorted(self.statuses)]
        parts += [f"--strength {strength}" for strength in sorted(self.strengths)]
        parts += [f"--agency {known_agency(self.agency)}"] if self.agency else []
        return " ".join([*parts, f"--before {self.before}"] if self.before else parts)


def known_agency(name: str | None) -> str | None:
    """The agency's name in full, where it is known by the one given."""
    from rodtrad.entities import canonical_name

    return (canonical_name(name) or name) if name else None


def chosen_part(table: TraceTable, choice: Choice) -> TraceTable:
    """The table with what the filters keep.

    Raises:
        UsageError: the date is none.
    """
    from rodtrad.tables.filters import TableFilter, filter_table, for_sharing
    from rodtrad.tables.masking import masked_table

    wanted = TableFilter(
        statuses=choice.statuses,
        strengths=choice.strengths,
        agency=known_agency(choice.agency),
        before=parse_day(choice.before) if choice.before else None,
    )
    part = for_sharing(table) if choice.sharing else table
    kept = filter_table(part, wanted)
    return masked_table(kept) if choice.mask_names else kept


def without_names(records: Sequence[Mapping[str, Any]], language: Language) -> list[dict[str, Any]]:
    """Records whose names of persons are masked; stderr says that quotes are not verbatim."""
    from rodtrad.tables.masking import masked_records
    from rodtrad.tables.terms import load_terms

    terms = load_terms(language_name(language))
    warn(terms["mask.note"])
    return masked_records(records, terms)


def check_outputs(paths: Sequence[Path] | None, choice: Choice) -> None:
    """Refuse what cannot be written or filtered, before any long work.

    Raises:
        UsageError: an ending or folder is wrong, the date is none, or a strength is unknown.
    """
    from rodtrad.tables.terms import load_terms
    from rodtrad.tables.writers import check_ending

    words = load_terms("sv").words
    known = [w.removeprefix("strength.") for w in words if w.startswith("strength.")]
    known.remove("none")
    for strength in choice.strengths:
        if strength not in known:
            raise UsageError(f"{strength!r} is no strength; choose {', '.join(known)}.")

    if choice.before:
        parse_day(choice.before)
    for path in paths or ():
        check_ending(path)


def save_outputs(
    table: TraceTable,
    paths: Sequence[Path] | None,
    *,
    picture: Picture | None,
    workspace: Workspace | None,
) -> None:
    """Write the table, or a picture of it, to each file, and say so; the workspace remembers."""
    from rodtrad.pipeline.exports import documents_of, note_export
    from rodtrad.tables.writers import write_picture, write_table

    pages = [p for p in paths or () if p.suffix.lower() == ".html" and not _picture(p, None)]
    for path in paths or ():
        name = _picture(path, picture)
        if name:
            write_picture(table, path, name=name.value)
        else:
            # Numbers in a workbook lead into the page that is written beside it.
            beside = [p for p in pages if p.parent == path.parent]
            write_table(table, path, page=beside[0].name if beside else None)
        note_export(workspace, path, documents_of(table))
        tell_saved(path, table.language)


def _picture(path: Path, given: Picture | None) -> Picture | None:
    """The picture a file is to hold; None for a table."""
    ending, stem = path.suffix.lower(), path.stem.casefold()
    if ending not in (".svg", ".png", ".html"):
        return None
    named = next((one for one in Picture if one.value == stem), None)
    if ending == ".html":
        return given or named
    return given or named or Picture.COVERAGE
