"""Facts about a document that its own text states: number, dnr, dates, issuer, what it answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from rodtrad.datamodel import Span
from rodtrad.ingest.dates import date_at, find_month
from rodtrad.ingest.layouts import IN_TITLE, Layout, group, layouts, pattern_of, series_of
from rodtrad.ingest.matters import (
    is_bracketed,
    is_of_ministry,
    listed,
    matters_in,
    numbers_in_columns,
)
from rodtrad.ingest.repliers import find_replier, find_speaker, spelled

Fact = tuple[str, str, Span]

_GOVERNMENT = "government"
_HEAD = 6_000
_ROUNDS = {"first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5"}


@dataclass(frozen=True, slots=True)
class _Sight:
    """What one layout looks at: a part of the text that begins at `shift`."""

    layout: Layout
    kind: str
    text: str
    shift: int

    def fact(self, value: str, start: int, stop: int, *, name: str = "") -> Fact:
        """A fact whose place is given in the part."""
        return name or self.layout.fact, value, Span(start + self.shift, stop + self.shift)


def find_facts(text: str, title: str, kind: str) -> Iterator[Fact]:
    """Facts with the clean span that states them, each name once; see `data/facts.toml`.

    Names: number (of its series: "Dir. 2017:29"), dnr, other_dnr, date, adopted, published, period,
    round, answers_to, concerns, issuer, addressee.

    dnr are the numbers under which the document is filed, its own first. other_dnr is the number of
    whom a reply writes to; of other documents the matters besides its own: those that a decision
    settles too ("Ju2019/0123, Ju2019/0456 (delvis)"), and those that its first pages name.
    """
    found: dict[str, Fact] = {}
    for layout in layouts():
        if layout.applies(kind):
            for fact in read_layout(layout, text, title, kind):
                found.setdefault(fact[0], fact)
    dated = found.get("adopted") or found.get("published")
    if dated:
        # What gives no other day is of the day when it was adopted, else of that it came out.
        found.setdefault("date", ("date", *dated[1:]))
    others = _other_matters(text, kind, found)
    if others:
        found["other_dnr"] = others
    yield from found.values()


def _other_matters(text: str, kind: str, found: Mapping[str, Fact]) -> Fact | None:
    """The matters besides the document's own, and where the first of them stands."""
    if kind in ("remissvar", "remiss"):
        return None
    told = [n for name in ("dnr", "other_dnr") if name in found for n in found[name][1].split(", ")]
    own = set(told[:1]) if "dnr" in found else set()
    named = {number: at for number, at in matters_in(text[:_HEAD]) if number not in own}
    numbers = dict.fromkeys([*(number for number in told if number not in own), *named])
    if not numbers:
        return None
    at = next(iter(named.values()), found["other_dnr"][2] if "other_dnr" in found else None)
    return ("other_dnr", ", ".join(numbers), at) if at else None


def read_layout(layout: Layout, text: str, title: str, kind: str) -> Iterator[Fact]:
    """The facts that one layout finds in a text, in their order."""
    sight = _sight(layout, text, title, kind)
    if sight is None:
        return
    if layout.reader in _SEARCHERS:
        yield from _SEARCHERS[layout.reader](sight)
        return
    pattern = pattern_of(layout, kind)
    for match in pattern.finditer(sight.text) if pattern else ():
        yield from _READERS[layout.reader](sight, match)


def _sight(layout: Layout, text: str, title: str, kind: str) -> _Sight | None:
    if layout.within == IN_TITLE:
        at = text.find(title) if title else -1
        return _Sight(layout, kind, title, at) if at >= 0 else None
    within = int(layout.within)
    start = max(0, len(text) + within) if within < 0 else 0
    return _Sight(layout, kind, text[start : within if within > 0 else len(text)], start)


def _read_text(sight: _Sight, match: re.Match[str]) -> Iterator[Fact]:
    groups = match.groupdict()
    place = "value" if "value" in groups else 0
    groups["value"] = spelled(match[place])
    value = (sight.layout.says or "{value}").format(**groups)
    yield sight.fact(" ".join(value.split()), *match.span(place))


def _read_spelled(sight: _Sight, match: re.Match[str]) -> Iterator[Fact]:
    yield sight.fact(spelled(match["value"], acronym=False), *match.span("value"))


def _read_squeezed(sight: _Sight, match: re.Match[str]) -> Iterator[Fact]:
    yield sight.fact(re.sub(r"\s", "", match["value"]), *match.span("value"))


def _read_own(sight: _Sight, match: re.Match[str]) -> Iterator[Fact]:
    """The number as others cite it: "proposition 2012/13:144" is "Prop. 2012/13:144"."""
    series = series_of(sight.kind)
    number = " ".join(match["value"].split())
    cited = series.cited + match["running"] if series and series.cited else number
    yield sight.fact(" ".join(cited.split()), *match.span("value"))


def _read_matter(sight: _Sight, match: re.Match[str]) -> Iterator[Fact]:
    words = match["value"].rstrip(".,:;-/")
    others = bool(match.groupdict().get("others")) or is_bracketed(sight.text, match.start())
    if listed(words):
        name = _whose(sight, words, others=others)
        start = match.start("value")
        yield sight.fact(listed(words), start, start + len(words), name=name)


def _whose(sight: _Sight, words: str, *, others: bool) -> str:
    """Whether a number is the document's own (dnr) or that of whom it writes to (other_dnr).

    Another's is what stands under "Er" or in brackets behind another body's name. A decision of the
    Government has only numbers of the ministries' form; a reply or an agency's report none of them.
    """
    own = sight.layout.fact == "dnr" and not others
    ministry = is_of_ministry(listed(words).split(",")[0])
    if sight.kind in group(_GOVERNMENT):
        own = own and ministry
    if sight.kind in ("remissvar", *group("reports")):
        own = own and not ministry
    return "dnr" if own else "other_dnr"


def _search_columns(sight: _Sight) -> Iterator[Fact]:
    for number, at, others in numbers_in_columns(sight.text):
        name = _whose(sight, number, others=others)
        yield sight.fact(listed(number), at.start, at.end, name=name)


def _search_replier(sight: _Sight) -> Iterator[Fact]:
    found = find_replier(sight.text)
    if found:
        yield sight.fact(found[0], found[1].start, found[1].end)


def _search_speaker(sight: _Sight) -> Iterator[Fact]:
    found = find_speaker(sight.text)
    if found:
        yield sight.fact(found[0], found[1].start, found[1].end)


def _read_date(sight: _Sight, match: re.Match[str]) -> Iterator[Fact]:
    date = date_at(sight.text, match.end())
    if date:
        yield sight.fact(date.value, date.start, date.end)


def _read_month(sight: _Sight, match: re.Match[str]) -> Iterator[Fact]:
    month = find_month(match["value"])
    if month:
        yield sight.fact(month, *match.span("value"))


def _read_period(sight: _Sight, match: re.Match[str]) -> Iterator[Fact]:
    last = match["last"] if len(match["last"]) == 4 else match["first"][:2] + match["last"]
    yield sight.fact(f"{match['first']}–{last}", *match.span("value"))


def _read_round(sight: _Sight, match: re.Match[str]) -> Iterator[Fact]:
    word = match["value"].casefold()
    yield sight.fact(_ROUNDS.get(word, word[0]), *match.span())


def _read_inquiry(sight: _Sight, match: re.Match[str]) -> Iterator[Fact]:
    value = re.sub(r"\s*[:–-]\s*", ":", " ".join(match["value"].split()))
    yield sight.fact(value, *match.span("value"))


_READERS: dict[str, Callable[[_Sight, re.Match[str]], Iterator[Fact]]] = {
    "text": _read_text, "spelled": _read_spelled, "squeezed": _read_squeezed, "own": _read_own,
    "matter": _read_matter, "date": _read_date, "month": _read_month, "period": _read_period,
    "round": _read_round, "inquiry": _read_inquiry,
}  # fmt: skip
# What no single pattern finds.
_SEARCHERS: dict[str, Callable[[_Sight], Iterator[Fact]]] = {
    "columns": _search_columns, "replier": _search_replier, "speaker": _search_speaker,
}  # fmt: skip
