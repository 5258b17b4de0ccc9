"""A chain as a corpus hands it out: hops with evidence, and where the sources differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rodtrad.pipeline.chainjob import chain_lines
from rodtrad.pipeline.display import Record, frame
from rodtrad.tables.changes import conflict_lines, hop_lines
from rodtrad.tables.hopends import dated_text
from rodtrad.tables.markup import Markup, element
from rodtrad.tables.terms import Language, Terms, load_terms

if TYPE_CHECKING:
    from pandas import DataFrame  # type: ignore[import-untyped]

HOP_COLUMNS = ("from", "to", "kind", "explicit", "probability", "in_order", "evidence")


@dataclass(frozen=True)
class Chain:
    """From an item to measure, assignment, report and replies; a sequence of hops.

    `record` is what `rodtrad chain --json` prints.
    """

    item: str
    record: Mapping[str, Any]
    language: Language = "sv"

    def __iter__(self) -> Iterator[Record]:
        return iter(self.hops)

    def __len__(self) -> int:
        return len(self.hops)

    @property
    def hops(self) -> tuple[Record, ...]:
        """The steps, from the item on, with the evidence of each."""
        return tuple(self.record["hops"])

    @property
    def conflicts(self) -> tuple[Record, ...]:
        """Where two sources say different things, the leading one first."""
        return tuple(self.record["conflicts"])

    def to_frame(self) -> DataFrame:
        """A row a hop."""
        return frame(list(self.hops), columns=HOP_COLUMNS)

    def _repr_html_(self) -> str:
        terms = load_terms(self.language)
        titles, dates = (self.record.get(name) or {} for name in ("titles", "dates"))
        hops = [element("li", _lines(hop_lines(hop, titles, terms)), _quotes(hop, dates, terms))
                for hop in self.hops]  # fmt: skip
        below = [element("li", _lines(conflict_lines(one, terms))) for one in self.conflicts]
        return element(
            "div",
            element("h4", f"{terms['col.item']}: {self.item}"),
            element("ol", hops) if hops else None,
            element("ul", below) if below else None,
        )

    def __str__(self) -> str:
        return "\n".join(chain_lines(self.record, language=self.language))

    def __repr__(self) -> str:
        return f"<rodtrad chain of {self.item}: {len(self)} hops>"


def _lines(lines: Iterable[str]) -> list[Markup]:
    return [element("div", line.strip()) for line in lines]


def _quotes(hop: Record, dates: Mapping[str, str | None], terms: Terms) -> list[Markup]:
    """The verbatim words at each end of a hop, with their document and its date."""
    return [
        element(
            "blockquote",
            end["quote"],
            element("div", f"{end['document']}, {dated_text(dates.get(end['document']), terms)}"),
        )
        for end in hop["evidence"]
        if end["quote"]
    ]
