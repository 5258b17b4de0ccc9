"""Recommendations in a document of any kind."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby, takewhile

from rodtrad.datamodel import Document, Mention, Recommendation, Section, Span
from rodtrad.entities import canonical_name
from rodtrad.statements.addressees import addressees_of
from rodtrad.statements.build import slug
from rodtrad.statements.english import find_english
from rodtrad.statements.fields import references_of
from rodtrad.statements.grouping import Proposal
from rodtrad.statements.issuer import issuer_of, own_names
from rodtrad.statements.proposals import find_proposals
from rodtrad.statements.reading import Reading, Unit, extent, joined, without_bullet
from rodtrad.statements.replies import find_reply_demands
from rodtrad.statements.splitting import split_demand

_NO_DEMANDS = frozenset(
    {
        "handlingsplan",
        "regeringsuppdrag",
        "regeringsbeslut",
        "annat regeringsbeslut",
        "regleringsbrev",
        "kommittédirektiv",
        "tilläggsdirektiv",
        "skrivelse",
        "strategi",
        "åtgärdsplan",
        "remiss",
        "svar till greta",
        "riksdagsskrivelse",
    }
)


_BILLS = frozenset({"proposition", "lagrådsremiss"})


def find_recommendations(
    document: Document, sections: Sequence[Section], mentions: Sequence[Mention]
) -> tuple[Recommendation, ...]:
    """What the document's issuer asks others to do, or undertakes itself; one a demand.

    Findings, descriptions and what others are reported to ask are left out; what a reply only finds
    wanting, or says that somebody needs, comes last, as doubtful. The Government's own
    plans and decisions order, they do not ask: they give none. A bill asks the Riksdag.
    """
    if document.kind.casefold() in _NO_DEMANDS:
        return ()
    reading = Reading(document, tuple(sections), tuple(mentions))
    if document.language == "en":
        return _numbered(reading, find_english(reading))
    if document.kind == "remissvar":
        return _numbered(reading, _all_written(reading, find_reply_demands(reading)))
    return _numbered(reading, _all_written(reading, find_proposals(reading)))


_PRONOUN = re.compile(
    r"^\W*(?:de|dessa)\s+(?:\w+\s+)?(?:bör|borde|behöver|måste|ska)\b", re.IGNORECASE
)


def _all_written(reading: Reading, proposals: Sequence[Proposal]) -> list[Recommendation]:
    """The recommendations; "De bör också …" is put to those of the demand before it."""
    found: list[Recommendation] = []
    for proposal in proposals:
        item = _written(reading, proposal)
        before = found[-1] if found else None
        if before and before.section == item.section and _PRONOUN.match(item.text):
            item = replace(item, addressees=before.addressees)
        found.append(item)
    return found


def _written(reading: Reading, proposal: Proposal) -> Recommendation:
    head = proposal.formal.unit
    said = [d.unit for d in proposal.sentences]
    points = _points(reading, head)
    antecedent = _antecedent(reading, head)
    units = sorted({*said, *points, *([antecedent] if antecedent else [])}, key=lambda u: u.at)
    quoted = [*said, *(p for p in points if p not in said)] if _is_box(head) else [head, *points]
    span = reading.document.span_of(extent(quoted))
    page = reading.document.page_of(span)
    strength = _strength(proposal)
    return Recommendation(
        id="",
        document=reading.document.id,
        issuer=issuer_of(reading),
        addressees=_addressees(reading, proposal),
        strength=strength,
        text=_LABEL.sub("", without_bullet(joined(quoted))),
        language=reading.document.language,
        parts=_parts(head, points, antecedent),
        quote=reading.document.quote(span),
        span=span,
        page=page.number if page else None,
        section=reading.path(proposal.section),
        own_undertaking=strength == "undertake",
        context=context_of(reading, proposal.section, head),
        sentences=tuple(reading.sentence(u) for u in units),
        dnr=_values(reading, units, "DIARIENUMMER"),
        refs=tuple(dict.fromkeys(r for u in units for r in references_of(reading, u.at))),
        certainty="doubtful" if proposal.formal.doubt else "certain",
        reason=proposal.formal.doubt,
    )


def _addressees(reading: Reading, proposal: Proposal) -> tuple[str, ...]:
    """Who should act; the issuer where it undertakes, the Government where nobody is named."""
    if _strength(proposal) == "undertake":
        return (issuer_of(reading),)
    default = _default_addressees(reading)
    if proposal.addressee:
        return _named(proposal.addressee)
    if _LACKS.search(proposal.formal.unit.line):
        return default
    head = proposal.formal.unit
    ordered = [head, *(d.unit for d in proposal.sentences if d.unit is not head)]
    return addressees_of(reading, ordered, default=default, own=own_names(reading))


def _named(addressee: str) -> tuple[str, ...]:
    """Those named in a line of its own: each by its canonical name, else as written in lower case.

    >>> _named("Polismyndigheten och Skolverket"), _named("Regeringen")
    (('Polismyndigheten', 'Statens skolverk'), ('regeringen',))
    """
    whole = canonical_name(addressee)
    names = [whole] if whole else _AND.split(addressee)
    return tuple(canonical_name(name) or name[:1].lower() + name[1:] for name in names)


_AND = re.compile(r",\s+(?:och\s+|samt\s+)?|\s+(?:och|samt)\s+")


# What is missing is asked of whoever prepares the matter; those it names do not lack it.
_LACKS = re.compile(
    r"\b(?:saknas|saknar)\b|\b(?:framgår|berör)\s+(?:\w+\s+){0,2}?inte\b", re.IGNORECASE
)
_LABEL = re.compile(
    r"^\W*(?:\w+\s+)?(?:förslag|rekommendation(?:er)?|bedömning(?:ar)?)(?:\s*\d+)?\s*:\s*",
    re.IGNORECASE,
)


def _is_box(head: Unit) -> bool:
    return _LABEL.match(head.line) is not None


def _strength(proposal: Proposal) -> str | None:
    label = proposal.formal.cue.label
    return label if label in ("recommend", "propose", "endorse", "undertake") else None


def _default_addressees(reading: Reading) -> tuple[str, ...]:
    """Reports, inquiries and replies are handed to the Government, bills to the Riksdag.

    What the Government itself asks for is put to nobody where it names none.
    """
    if reading.document.kind.casefold() in _BILLS:
        return ("riksdagen",)
    if reading.document.language != "sv" or issuer_of(reading).casefold() in _GOVERNMENT:
        return ()
    return ("regeringen",)


_GOVERNMENT = frozenset({"regeringen", "regeringskansliet", "sverige"})


_POINTS_BACK = re.compile(
    r"\b(?:detta|dessa|denna|sådana?|sådant)\s+(?:förslag|rekommendation\w*|förslagen)\b"
    r"|\binstämmer i\s+\w+s\s+(?:uppfattning|bedömning|förslag|slutsats)\W*$",
    re.IGNORECASE,
)
_PROPOSED_THERE = re.compile(
    r"\b(?:föresl\w+|rekommender\w+|förslag\w*|anser att|menar att|bedömer att)\b", re.IGNORECASE
)


def _antecedent(reading: Reading, head: Unit) -> Unit | None:
    """The sentence with the proposal that "detta förslag" points back to, in the same section."""
    if not _POINTS_BACK.search(head.line):
        return None
    units = reading.units_of_section.get(head.section, [])
    before = [u for u in units if u.at.end <= head.at.start]
    return next((u for u in reversed(before[-3:]) if _PROPOSED_THERE.search(u.line)), None)


def _parts(head: Unit, points: Sequence[Unit], antecedent: Unit | None) -> tuple[str, ...]:
    """The pieces of a demand; where its first piece points back, the sentence it points to."""
    if points and not _LABEL.sub("", head.line):
        return tuple(_alone(point) for point in _by_block(points))
    parts = split_demand(head.line, _by_block(points))
    if antecedent is None:
        return parts
    return (antecedent.line, *parts[1:]) if len(parts) > 1 else (antecedent.line,)


def _alone(point: str) -> str:
    """A point under a mere label ("Regeringens förslag:") says all itself."""
    return re.sub(r"^\s*(?:[–—−•▪·*-]|\(?\w{1,2}[.)])\s+", "", point)


def _points(reading: Reading, head: Unit) -> list[Unit]:
    """The list that a demand opens: it ends in a colon, in "att" or in the middle of a clause."""
    if head.line.rstrip('”"»').endswith((".", "!", "?", ";", ",", ")")) and not _OPENS_LIST.search(
        head.line
    ):
        return []
    first = bisect_left(reading.units, head.block + 1, key=lambda u: u.block)
    behind = (reading.units[n] for n in range(first, len(reading.units)))
    return list(takewhile(lambda u: u.kind == "list_item", behind))


# "föreslår att regeringen vidtar följande åtgärder."
_OPENS_LIST = re.compile(r"\b(?:följande|nedanstående)\s+(?:[\w-]+\s+)?\w+\.$", re.IGNORECASE)


def _by_block(units: Sequence[Unit]) -> list[str]:
    return [joined(list(block)) for _, block in groupby(units, key=lambda u: u.block)]


def _values(reading: Reading, units: Iterable[Unit], kind: str) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(str(m.value) for u in units for m in reading.mentions_in(u.at, kind))
    )


_CONTEXT = 1800


def context_of(reading: Reading, section: int | None, head: Unit) -> str:
    """The section's heading and the paragraphs around a demand, up to 1,800 characters."""
    title = reading.sections[section].title if section is not None else ""
    units = reading.units_of_section.get(section, [])
    near = [u for u in units if abs(u.at.start - head.at.start) <= _CONTEXT]
    text = joined(near)[:_CONTEXT]
    return f"{' '.join(title.split())}. {text}" if title else text


def _numbered(reading: Reading, found: Sequence[Recommendation]) -> tuple[Recommendation, ...]:
    """Readable ids: paragraph number, else section number or slug; further ones get "-2", "-3".

    Doubtful ones come last, so that they take no number from those that are certain.
    """
    counts: Counter[str] = Counter()
    named = []
    for item in sorted(found, key=lambda item: item.certainty == "doubtful"):
        base = item.paragraph or _section_id(reading, item)
        counts[base] += 1
        number = counts[base]
        named.append(replace(item, id=base if number == 1 else f"{base}-{number}"))
    return tuple(named)


def _section_id(reading: Reading, item: Recommendation) -> str:
    if item.span is None or not item.section:
        return "inledning"
    at = Span(reading.document.clean.to_clean(item.span.start), len(reading.document.text))
    inside = [s for s in reading.sections if s.at.start <= at.start < s.at.end]
    innermost = max(inside, key=lambda s: s.at.start, default=None)
    if innermost is None:
        return "inledning"
    return innermost.number or slug(innermost.title)
