"""What a reader must know about the documents themselves before trusting a trace."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rodtrad.datamodel import AnnotatedDocument

# A numbered series of reports: "Polismyndigheten lägesrapport 26", "lägesrapport 25".
_NUMBERED = re.compile(r"(?P<series>[^\W\d]+rapport) (?P<number>\d{1,3})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NumberedReport:
    """A report of a numbered series, with the words that name it."""

    series: str
    number: int
    name: str


def trace_notes(
    sources: Sequence[AnnotatedDocument], targets: Sequence[AnnotatedDocument], *, language: str
) -> tuple[str, ...]:
    """Remarks in "sv" or "en", each said once.

    A target that builds on a later report of a series than the one traced from: it cannot have
    answered what the earlier one alone says, and may have answered what the corpus does not hold.
    """
    held = [r for document in sources for r in named_reports(document.document.title)]
    wording = _wordings()["later_report"][language]
    notes = [
        wording.format(target=target.document.title, cited=cited.name, section=section, held=r.name)
        for target in targets
        for cited, section in _cited_reports(target)
        for r in held
        if r.series == cited.series and r.number < cited.number
    ]
    return tuple(dict.fromkeys(notes))


def named_reports(text: str) -> Iterator[NumberedReport]:
    """Reports of numbered series in a text.

    Matches "lägesrapport 25", "årsrapport 3"; not "rapport 2024" (a year is no number in a series)
    nor "Rapport 2016:5" (a number of its own).
    """
    for match in _NUMBERED.finditer(text):
        if not text[match.end() :].startswith(":"):
            yield NumberedReport(match["series"].casefold(), int(match["number"]), match[0])


def _cited_reports(found: AnnotatedDocument) -> Iterator[tuple[NumberedReport, str]]:
    for mention in found.mentions:
        if mention.type == "REFERENCE" and mention.certainty == "certain":
            section = found.section_path(found.section_at(mention.at.start))
            for value in _values(mention.value):
                for report in named_reports(value):
                    yield report, section[-1] if section else ""


def _values(value: object) -> Iterable[str]:
    if isinstance(value, str):
        return (value,)
    return tuple(v for v in value if isinstance(v, str)) if isinstance(value, list) else ()


@cache
def _wordings() -> dict[str, dict[str, str]]:
    text = files("rodtrad.tracing").joinpath("data/notes.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {key: {"sv": sv, "en": en} for key, sv, en in rows}
