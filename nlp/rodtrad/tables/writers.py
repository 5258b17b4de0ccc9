"""One door to all file formats of the cross-reference table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rodtrad.tables.outfile import check_place, write_file
from rodtrad.tables.traceview import TraceTable

if TYPE_CHECKING:
    from rodtrad.tables.picture import Figure

ENDINGS = (".html", ".xlsx", ".docx", ".csv", ".md", ".json", ".svg", ".png")


def write_table(table: TraceTable, path: Path, *, page: str | None = None) -> Path:
    """Write the table in the format that the file's ending names.

    Args:
        table: what to write.
        path: ends in .html, .xlsx, .docx, .csv, .md, .json, .svg or .png (any case); the last two
            are the coverage map alone.
        page: for .xlsx, the address of the HTML form of the same table, for links into it.

    Returns:
        The path written.

    Raises:
        UsageError: the ending is another one, or the folder does not exist.
    """
    check_ending(path)
    ending = path.suffix.lower()
    if ending in (".svg", ".png"):
        write_picture(table, path, name="coverage")
    elif ending == ".xlsx":
        from rodtrad.tables.workbook import write_workbook

        write_workbook(table, path, page=page)
    elif ending == ".docx":
        from rodtrad.tables.worddoc import write_word

        write_word(table, path)
    else:
        encoding = "utf-8-sig" if ending == ".csv" else "utf-8"
        write_file(path, table_text(table, ending).encode(encoding))
    return path


def write_picture(table: TraceTable, path: Path, *, name: str) -> Path:
    """Write one of the table's pictures as .svg, .png or .html.

    Args:
        table: what it shows.
        path: the file.
        name: coverage, areas, timeline or network.

    Raises:
        UsageError: the ending is another one.
    """
    from rodtrad.tables.picture import write_figure

    return write_figure(table_figure(table, name=name), path)


def table_figure(table: TraceTable, *, name: str) -> Figure:
    """A picture of a table: coverage, areas, timeline or network."""
    from rodtrad.tables.areas import area_map
    from rodtrad.tables.figures import (
        coverage_map,
        deadline_timeline,
        link_network,
        table_caption,
        table_deadlines,
    )

    if name == "timeline":
        return deadline_timeline(
            table_deadlines(table),
            as_of=table.as_of,
            language=table.language,
            marking=table.marking,
            caption=table_caption(table),
        )
    return {"coverage": coverage_map, "areas": area_map, "network": link_network}[name](table)


def check_ending(path: Path) -> None:
    """Refuse a file that cannot be written, before any long work.

    Raises:
        UsageError: the ending is unknown, or the folder does not exist.
    """
    check_place(path, ENDINGS)


def table_text(table: TraceTable, ending: str) -> str:
    """The table as text in one of the text formats (.html, .csv, .md, .json, .svg)."""
    from rodtrad.tables.figures import coverage_map
    from rodtrad.tables.htmlpage import html_page
    from rodtrad.tables.textformats import csv_text, json_text, markdown_text

    if ending == ".svg":
        return coverage_map(table).svg()
    forms = {".html": html_page, ".csv": csv_text, ".md": markdown_text, ".json": json_text}
    return forms[ending](table)
