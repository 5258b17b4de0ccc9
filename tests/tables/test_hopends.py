"""Each end of a step is told with its document, date, a short verbatim quote and its place."""

from __future__ import annotations

from typing import Any

import pytest

from rodtrad.tables.hopends import dated_text, hop_end_lines
from rodtrad.tables.terms import Language, load_terms


def quoted(document: str, quote: str | None, **more: Any) -> dict[str, Any]:
    plain = {"start": None, "end": None, "page": None, "section": [], "summary": None}
    return {"document": document, "quote": quote, **plain, **more}


LONG = " ".join(f"ord{n}" for n in range(100))


@pytest.mark.parametrize(
    ("language", "evidence", "lines"),
    [
        ("sv", [quoted("krav", "Stöd bör\n\nges.", section=["5 Stöd"]),
                quoted("plan", "Stöd ges.", page=3)],
         ["krav, december 2024: ”Stöd bör ges.” (avsnitt 5 Stöd)",
          "plan, 1 juni 2026: ”Stöd ges.” (s. 3)"]),
        ("en", [quoted("krav", None, summary="Give support."), quoted("plan", "Stöd ges.")],
         ["krav, December 2024: Give support. [summary, not a quote]",
          "plan, 1 June 2026: “Stöd ges.”"]),
        ("sv", [quoted("krav", "Stöd bör ges.")],
         ["krav, december 2024: ”Stöd bör ges.”", "plan, 1 juni 2026: inget citat"]),
    ],
)  # fmt: skip
def test_both_ends_have_date_quote_and_place(
    language: Language, evidence: list[dict[str, Any]], lines: list[str]
) -> None:
    hop = {"from": "krav#5", "to": "plan#2", "evidence": evidence}
    dates = {"krav": "2024-12", "plan": "2026-06-01"}
    told = hop_end_lines(hop, dates, load_terms(language))
    assert [line.strip().replace("\u00a0", " ") for line in told] == lines


def test_a_long_quote_is_cut_and_says_so() -> None:
    hop = {"from": "krav", "to": "plan", "evidence": [quoted("krav", LONG)]}
    first, _ = hop_end_lines(hop, {}, load_terms("sv"))
    assert len(first) < 300 < len(LONG)
    assert "…”" in first


@pytest.mark.parametrize(
    ("date", "language", "told"),
    [("2025", "sv", "2025"), (None, "sv", "utan datum"), ("", "en", "undated")],
)
def test_the_date_of_a_document_or_that_it_has_none(
    date: str | None, language: Language, told: str
) -> None:
    assert dated_text(date, load_terms(language)) == told
