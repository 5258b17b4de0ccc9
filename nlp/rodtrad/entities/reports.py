"""Reports known by a running number alone: "lägesrapport 24"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rodtrad.datamodel import Span
from rodtrad.entities.finding import Finding

_POLICE = "Polismyndigheten"
_TRAFFICKING = re.compile(r"människohandel|trafficking", re.IGNORECASE)
_NOBODYS = "utgivaren av rapporten anges inte"
_REPORT = re.compile(
    r"[Ll]ägesrapport(?:en)?[ \t\n\u00a0](?:nr[ \u00a0])?(?P<number>\d{1,2})(?![\d:/-]|\s?%)"
)


def find_numbered_reports(
    text: str, *, agencies: Sequence[Finding] = (), owner: str | None = None
) -> tuple[Finding, ...]:
    """Situation reports with a running number, sorted: `lägesrapport 24`.

    The value names the agency right before it ("Polismyndighetens lägesrapport 24"); in a text on
    trafficking the Police Authority, whose reports on it alone are cited so; else `owner`, the
    agency that the text is by, and without one the report is doubtful. Not `lägesrapport 2024`.
    """
    return tuple(_report(text, match, agencies, owner) for match in _REPORT.finditer(text))


def _report(
    text: str, match: re.Match[str], agencies: Sequence[Finding], owner: str | None
) -> Finding:
    before = [str(a.value) for a in agencies if 0 <= match.start() - a.at.end <= 2]
    police = _POLICE if _TRAFFICKING.search(text) else None
    issuer = before[-1] if before else police or owner
    value = f"{issuer} lägesrapport {match['number']}" if issuer else match.group().casefold()
    found = Finding("REFERENCE", Span(*match.span()), value, "reports.situation.v1")
    return found if issuer else replace(found, certainty="doubtful", reason=_NOBODYS)
