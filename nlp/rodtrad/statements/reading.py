"""A document laid out for the statement rules: sections, their own sentences, their mentions."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, wraps
from typing import TypeVar

from rodtrad.datamodel import (
    Block,
    BlockKind,
    Document,
    Mention,
    Section,
    Sentence,
    Span,
)
from rodtrad.segmentation import split_sentences
from rodtrad.statements.numbering import BEFORE_TITLE

# Of 10,160 real pages, one in a hundred has a "sentence" of over 1,200 characters, two over 4,000.
_LONGEST = 4000
_READ: frozenset[BlockKind] = frozenset({"paragraph", "list_item"})


@dataclass(frozen=True, slots=True)
class Unit:
    """One sentence (or a piece of a list item) of the clean text.

    `text` is exactly the clean text at `at`, so offsets of mentions fit. `block` is the number of
    its paragraph; `section` the index of the innermost section.
    """

    text: str
    at: Span
    block: int
    kind: BlockKind
    section: int | None

    @property
    def line(self) -> str:
        """The text on one line."""
        return one_line(self.text)


def one_line(text: str) -> str:
    """Text with every run of white space as one blank.

    >>> one_line(" ett  två\\ntre ")
    'ett två tre'
    """
    return " ".join(text.split())


_NO_STOP = re.compile(
    r"(?<=\d)\.(?=\d)|(?<=\bkap)\.|(?<=\bavsn)\.|(?<=\bs)\.(?= ?\d)|(?<=\bnr)\.|(?<=\bst)\.(?= )"
    r"|(?<=\bprop)\.|(?<=\bdir)\.|(?<=\bbl)\.(?=a)|(?<=bl\.a)\.|(?<=\bt)\.(?=ex)|(?<=t\.ex)\."
    r"|(?<=\bm)\.(?=m|fl)|(?<=m\.m)\.(?= )|(?<=m\.fl)\.(?= )|(?<=\bs)\.(?=k)"
    r"|(?<=s\.k)\.|(?<=\bdnr)\.",
    re.IGNORECASE,
)


def one_clause(line: str) -> str:
    """A sentence in which only its end is a full stop; of the same length.

    The stops of numbers and abbreviations become "·", so that a pattern can stop at a stop.

    >>> one_clause("Vi tillstyrker det (avsnitt 7.3, kap. 5) m.m. om medel ges.")
    'Vi tillstyrker det (avsnitt 7·3, kap· 5) m·m· om medel ges.'
    """
    return _NO_STOP.sub("·", line)


_BULLET = re.compile(r"^\s*[–—−•▪·*-]\s+")


def without_bullet(line: str) -> str:
    """A point of a list without its mark; a number stays, it may be referred to.

    >>> without_bullet("- Regeringen bör agera."), without_bullet("2. Agera.")
    ('Regeringen bör agera.', '2. Agera.')
    """
    return _BULLET.sub("", line)


@dataclass(frozen=True)
class Reading:
    """Document, sections and mentions, with the look-ups that the rules share."""

    document: Document
    sections: tuple[Section, ...]
    mentions: tuple[Mention, ...]
    _by_type: dict[str, tuple[list[Mention], list[int]]] = field(
        init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        by_type: dict[str, list[Mention]] = defaultdict(list)
        for mention in sorted(self.mentions, key=lambda m: m.at):
            by_type[mention.type].append(mention)
        placed = {kind: (found, [m.at.start for m in found]) for kind, found in by_type.items()}
        object.__setattr__(self, "_by_type", placed)

    @cached_property
    def children(self) -> dict[int | None, list[Section]]:
        """The sections directly under each section; `None` has those at the top."""
        found: dict[int | None, list[Section]] = defaultdict(list)
        for section in self.sections:
            found[section.parent].append(section)
        return found

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """Every sentence of the body, in order; no headings, footnotes, contents or tables."""
        return tuple(self._read_units())

    def _read_units(self) -> Iterator[Unit]:
        finder = _SectionFinder(self.sections)
        for number, block in enumerate(self.document.blocks):
            if block.kind not in _READ or block.at.start >= self.document.clean.notes_start:
                continue
            section = finder.innermost(block.at.start)
            for at in _sentence_spans(self.document.text, block):
                yield Unit(at.of(self.document.text), at, number, block.kind, section)

    @cached_property
    def units_of_section(self) -> dict[int | None, list[Unit]]:
        """The sentences of each section itself, without its subsections."""
        found: dict[int | None, list[Unit]] = defaultdict(list)
        for unit in self.units:
            found[unit.section].append(unit)
        return found

    @cached_property
    def lined(self) -> str:
        """The clean text, with the source's line breaks before labels and points kept.

        Of the same length. Where lines of a form were joined into a paragraph, its labels
        ("Ansvarig: …"), bullets and numbers begin lines again.
        """
        text = list(self.document.text)
        for label in _LABEL.finditer(self.document.text):
            span = self.document.span_of(Span(label.start(), label.start() + 1))
            if "\n" in span.of(self.document.source):
                text[label.start()] = "\n"
        return "".join(text)

    def flags_of(self, unit: Unit) -> tuple[str, ...]:
        """What the file says of the unit's paragraph: "bold", "appendix", "comments"."""
        return self.document.blocks[unit.block].flags if unit.block >= 0 else ()

    def mentions_in(self, at: Span, kind: str) -> list[Mention]:
        """The mentions of a type inside a clean span, in order."""
        mentions, starts = self._by_type.get(kind, ([], []))
        first, last = bisect_left(starts, at.start), bisect_left(starts, at.end)
        return [m for m in mentions[first:last] if m.at.end <= at.end]

    def ancestors(self, index: int | None) -> list[Section]:
        """A section and those around it, innermost first."""
        found: list[Section] = []
        while index is not None:
            section = self.sections[index]
            found.append(section)
            index = section.parent
        return found

    def path(self, index: int | None) -> tuple[str, ...]:
        """The section path from the top, as printed."""
        return tuple(one_line(s.label) for s in reversed(self.ancestors(index)))

    def sentence(self, unit: Unit) -> Sentence:
        """A unit as a value with its source span."""
        return Sentence(unit.line, self.document.span_of(unit.at))


Answer = TypeVar("Answer")


def asked_once(question: Callable[[Reading], Answer]) -> Callable[[Reading], Answer]:
    """A question about a whole document whose answer is kept with its reading.

    Rules ask it at every sentence; worked out anew it would cost the square of a document's length.
    """
    name = f"{question.__module__}.{question.__qualname__}"

    @wraps(question)
    def answer(reading: Reading) -> Answer:
        kept: dict[str, Answer] = reading.__dict__
        if name not in kept:
            kept[name] = question(reading)
        return kept[name]

    return answer


class _SectionFinder:
    """The innermost section at an offset, asked for rising offsets."""

    def __init__(self, sections: Sequence[Section]) -> None:
        self._sections = sorted(sections, key=lambda s: (s.at.start, -s.at.end))
        self._next = 0
        self._open: list[Section] = []

    def innermost(self, offset: int) -> int | None:
        sections = self._sections
        while self._next < len(sections) and sections[self._next].at.start <= offset:
            self._open.append(sections[self._next])
            self._next += 1
        while self._open and self._open[-1].at.end <= offset:
            self._open.pop()
        return self._open[-1].index if self._open else None


def _sentence_spans(text: str, block: Block) -> Iterator[Span]:
    for span in _rejoined(block.at.of(text)):
        start, end = block.at.start + span.start, block.at.start + span.end
        raw = text[start:end]
        left = len(raw) - len(raw.lstrip())
        right = len(raw.rstrip())
        if right > left:
            yield from _pieces(text, Span(start + left, start + right))


# "general recommendation No. 33": no sentence ends there.
_ABBREVIATED = re.compile(r"\b(?:No|Nos|Art|Arts|para|paras|nr|st|p)\.\s*$")


def _rejoined(text: str) -> Iterator[Span]:
    """The sentences, those parted before the number of something put together again."""
    open_span: Span | None = None
    for span in split_sentences(text):
        if open_span is None:
            open_span = span
        elif _ABBREVIATED.search(open_span.of(text)) and span.of(text).lstrip()[:1].isdigit():
            open_span = Span(open_span.start, span.end)
        else:
            yield open_span
            open_span = span
    if open_span is not None:
        yield open_span


def _pieces(text: str, span: Span) -> Iterator[Span]:
    """A sentence; one longer than any real sentence in pieces, so that no rule runs for long."""
    start = span.start
    while span.end - start > _LONGEST:
        cut = text.rfind(" ", start + 1, start + _LONGEST)
        end = cut if cut > start else start + _LONGEST
        yield Span(start, end)
        start = end
    yield Span(start, span.end)


def joined(units: Iterable[Unit]) -> str:
    """The sentences as running text on one line."""
    return " ".join(unit.line for unit in units)


def extent(units: Sequence[Unit]) -> Span:
    """From the first sentence to the end of the last; `units` must not be empty."""
    return Span(units[0].at.start, max(u.at.end for u in units))


_LABEL = re.compile(
    rf" (?=[A-ZÅÄÖ][\w-]*(?: [\w-]+){{0,3}}\s*:|[-–•*▪]\s|{BEFORE_TITLE}\s+[A-ZÅÄÖ])"
)
_WORD = re.compile(r"[^\W\d_]{3,}")


def words(text: str) -> frozenset[str]:
    """The words of three letters or more, folded."""
    return frozenset(w.casefold() for w in _WORD.findall(text))
