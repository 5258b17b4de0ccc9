"""The words of the page: those of the tables and the page's own, in one list."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from rodtrad.tables.terms import Language, Terms, load_terms


@cache
def page_terms(language: Language) -> Terms:
    """The words of a language; the page's own stand in `data/terms.tsv`, in the tables' form."""
    column = 1 if language == "sv" else 2
    text = files("rodtrad.web").joinpath("data/terms.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return Terms(language, {**load_terms(language).words, **{row[0]: row[column] for row in rows}})


@cache
def document_kinds() -> tuple[str, ...]:
    """The kinds of documents that have a name here, the unknown one left out."""
    names = (key for key in page_terms("sv").words if key.startswith("kinds."))
    return tuple(key.partition(".")[2] for key in names if key != "kinds.okänd")
