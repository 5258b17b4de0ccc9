"""All citations of a text, each kind by its own part of the grammar, overlaps settled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rodtrad.entities.finding import Finding
from rodtrad.entities.letters import find_letters
from rodtrad.entities.prints import find_prints
from rodtrad.entities.reports import find_numbered_reports
from rodtrad.entities.statutes import find_places_in_law
from rodtrad.entities.treaties import find_court_cases, find_treaties
from rodtrad.entities.unionacts import find_union_acts


def find_references(
    text: str,
    *,
    agencies: Sequence[Finding] = (),
    year: int | None = None,
    owner: str | None = None,
) -> tuple[Finding, ...]:
    """Citations that carry a number or symbol, sorted; values as in the annotation guideline.

    `agencies` are the agencies found in the same text: without them regleringsbrev and agencies'
    reports are not tied to anybody; `owner` is the agency that the text is by. `year` is that of
    the document, for laws cited by a name that
    more than one has had. Where two citations overlap the certain and longer one stays.
    """
    found = [
        *find_places_in_law(text, year=year),
        *find_letters(text, agencies=agencies),
        *find_prints(text, agencies=agencies),
        *find_union_acts(text),
        *find_treaties(text),
        *find_court_cases(text),
        *find_numbered_reports(text, agencies=agencies, owner=owner),
    ]
    return without_overlaps(found)


def without_overlaps(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings of one type without those that overlap a longer, or a certain, one; sorted."""
    by_worth = sorted(findings, key=lambda f: (f.certainty != "certain", -len(f.at), f.at.start))
    kept: list[Finding] = []
    taken: set[int] = set()
    for finding in by_worth:
        places = range(finding.at.start, finding.at.end)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(finding)
    return tuple(sorted(kept, key=lambda finding: finding.at))
