"""Explicit links: a demand names the matter of a measure. Near-certain, kept apart from meaning.

Forms: the measure's own case number (dnr) stands in the demand ("uppdraget (A2025/00637)"); the
demand names the bill, directive or report that *is* the measure ("prop. 2025/26:276"). A dnr that
the measure only mentions does not count, nor an act or a budget bill that many measures rest on.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rodtrad.datamodel import Measure, Recommendation
from rodtrad.retrieval.tokenization import find_references

_DNR_UNIT = re.compile(r"/[A-ZÅÄÖ]{1,6}(?:/[A-ZÅÄÖ]{1,6})?$")
_SERIES = ("prop_", "skr_", "dir_", "sou_", "ds_")
# Budget bills: number 1 in autumn, 99 and 100 in spring. They carry hundreds of matters.
_BUDGET = re.compile(r"^prop_\d{4}/\d\d:(?:1|99|100)$")


@dataclass(frozen=True, slots=True)
class ExplicitLink:
    """Which measure (its place in the list) and the name both ends share."""

    measure: int
    reference: str
    kind: str


def plain_dnr(dnr: str) -> str:
    """A dnr without blanks and unit: "Ju 2015/02345/PO" → "ju2015/02345"."""
    return re.sub(r"\s+", "", _DNR_UNIT.sub("", dnr)).lower()


def _named(text: str) -> set[str]:
    return {term.text for term in find_references(text)}


def _own_documents(measure: Measure) -> set[str]:
    """Bills, directives and reports a measure names, budget bills apart."""
    named = _named(f"{measure.title} {measure.text}")
    return {n for n in named if n.startswith(_SERIES) and not _BUDGET.match(n)}


class ExplicitIndex:
    """The measures' own case numbers and documents, ready to be looked up."""

    def __init__(self, measures: Sequence[Measure]) -> None:
        self._dnr: dict[str, list[int]] = {}
        self._documents: dict[str, list[int]] = {}
        for place, measure in enumerate(measures):
            for dnr in measure.dnr:
                self._dnr.setdefault(plain_dnr(dnr), []).append(place)
            if measure.type in {"lagstiftning", "förordning", "utredning"}:
                for name in _own_documents(measure):
                    self._documents.setdefault(name, []).append(place)
        spread = Counter({name: len(places) for name, places in self._documents.items()})
        self._shared = {name for name, number in spread.items() if number > 2}

    def find(self, recommendation: Recommendation) -> tuple[ExplicitLink, ...]:
        """Explicit links of one demand, by place of the measure."""
        named = _named(recommendation.text) | _named(" ".join(recommendation.refs))
        named |= {plain_dnr(dnr) for dnr in recommendation.dnr}
        found = {
            place: ExplicitLink(place, name, "document")
            for name in sorted(named - self._shared)
            for place in self._documents.get(name, ())
        }
        found |= {
            place: ExplicitLink(place, name, "dnr")
            for name in sorted(named)
            for place in self._dnr.get(name, ())
        }
        return tuple(found[place] for place in sorted(found))
