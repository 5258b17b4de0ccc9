"""Reports known by a running number alone: "lägesrapport 24"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rodtrad.datamodel import Span
from rodtrad.entities.finding import Finding

_REPORT = re.compile(
    r"[Ll]ägesrapport(?:en)?[ \t\n\u00a0](?:nr[ \u00a0])?(?P<number>\d{1,2})(?![\d:/-]|\s?%)"
)


def find_numbered_reports(text: str, *, agencies: Sequence[Finding] = ()) -> tuple[Finding, ...]:
    """Situation reports with a running number, sorted: `lägesrapport 24`.

    The value names the agency right before it ("Polismyndighetens lägesrapport 24"), otherwise the
    Police Authority, whose reports on trafficking alone are cited so. Not `lägesrapport 2024`.
    """
    found = []
    for match in _REPORT.finditer(text):
        before = [a for a in agencies if 0 <= match.start() - a.at.end <= 2]
        issuer = str(before[-1].value) if before else "Polismyndigheten"
        value = f"{issuer} lägesrapport {match['number']}"
        found.append(Finding("REFERENCE", Span(*match.span()), value, "reports.situation.v1"))
    return tuple(found)
