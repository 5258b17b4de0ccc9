"""The report shows every judged query, each ranker, each category, and what was refused."""

from __future__ import annotations

from html.parser import HTMLParser

from rodtrad.datamodel import Passage, Span
from rodtrad.evaluation.relevancereport import judged, report
from rodtrad.evaluation.search import Judgement, RelevanceQuery

AT = Span(0, 1)
PASSAGES = {key: Passage(key, "d", None, (f"{key} Avsnitt",), "x", AT, AT, "sv") for key in "ab"}
QUERIES = [
    RelevanceQuery("q1", "barn & unga", "sv", "topic", (Judgement(2, "d", "a"),)),
    RelevanceQuery("q2", "child", "en", "cross-lingual", (Judgement(2, "d", "b"),)),
    RelevanceQuery("q3", "pizza", "sv", "no-answer", ()),
    RelevanceQuery("q4", "tennis i Peru", "sv", "no-answer-near", ()),
]


class Cells(HTMLParser):
    """The rows of all tables."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag in ("td", "th")
        if tag == "tr":
            self.rows.append([])
        elif self._inside:
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.rows[-1][-1] += data


def test_figures_and_refusals_are_those_of_the_rankings() -> None:
    rankers = {"words": lambda q, lang: ["b"], "mixed": lambda q, lang: ["a", "b"]}
    rows = judged(QUERIES, rankers, PASSAGES, refuses=lambda text: text == "pizza")
    cells = Cells(report(rows, about="A < B")).rows
    assert ["words", "sv", "1", "0.00 (0.00–0.00)", "0.00 (0.00–0.00)", "0.00 (0.00–0.00)"] in cells
    assert ["mixed", "en", "1", "0.63 (0.63–0.63)", "1.00 (1.00–1.00)", "0.50 (0.50–0.50)"] in cells
    assert ["without, other fields", "1", "1", "100%"] in cells
    assert ["without, near the field", "1", "0", "0%"] in cells
    worst_first = [row for row in cells if row[0] in ("q1", "q2")]
    assert worst_first[0] == ["q2", "child", "cross-lingual", "", "0 2", "1.00", "0.63"]
    assert worst_first[1][1] == "barn & unga"
