"""The head of a document: its lines above the running text, and what they can be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rodtrad.datamodel import Block, Span
from rodtrad.ingest.dates import find_dates, find_month
from rodtrad.ingest.wording import ends_sentence, has_finite_verb, is_mark, word_list

_WITHIN = 3_000
_SENTENCE = 140
# Parts of the text: what comes behind them is no title of the whole.
FIRST_PARTS = frozenset(
    [
        "sammanfattning", "inledning", "förord", "summary", "introduction", "executive summary",
        "foreword", "preface", "sammanfattning och rekommendationer", "summary and recommendations",
        "sammanfattning och slutsatser", "assessment and recommendations",
        "innehåll", "innehållsförteckning", "contents", "table of contents",
    ]
)  # fmt: skip
_NUMBER = re.compile(r"^\d+\.?\s+")
_PERSON = re.compile(r"[A-ZÅÄÖ][a-zåäöé]+(?: [A-ZÅÄÖ]\.?)?(?:[ -][A-ZÅÄÖ][a-zåäöé]+){1,2}")
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"\w+")
_FIELDS = ("letterhead", "cover")
_FURNITURE = (*_FIELDS, "site", "label")
_ADDRESS = re.compile(
    r"\bBox \d|\b\d{3} ?\d\d +[A-ZÅÄÖ]|\S@\S|\bwww\.|https?:"
    r"|\b(?:ISBN|ISSN|(?:[Tt]fn|[Tt]elefon):?\s[\d+])"
)
_BESIDE = re.compile(r"\s+[—–|·•/>»]\s+")
_ACRONYM = 8
_SHORT = 60
_MOST_WITH_MONTH = 4
# What stands before a body's name, not before a word that a title begins with.
_OF_BODY = frozenset(
    [
        "av", "till", "från", "hos", "åt", "att", "som", "fick", "får", "ger", "gav", "gett", "har",
        "ska", "skulle", "bör", "och", "vid", "by", "to", "from",
    ]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class HeadLine:
    """A line or block of the head: its place in the clean text, its words, whether a heading.

    A file that has structure marks its title as the heading of the first level (`is_marked`).
    `label` is the line over it, where that only names what follows ("Omslagsbild:", "Ersätter").
    """

    at: Span
    words: str
    is_heading: bool
    is_marked: bool = False
    label: str = ""


def head_lines(text: str, blocks: Sequence[Block]) -> Iterator[HeadLine]:
    """What stands above the running text, block by block; of a table each cell.

    The running text begins with the first paragraph of whole sentences, the first numbered heading
    or one that begins a part ("Förord", "Sammanfattning").
    """
    label = ""
    for line in _lines(text, blocks):
        yield replace(line, label=label)
        label = line.words if is_mark("label", line.words) else ""


def _lines(text: str, blocks: Sequence[Block]) -> Iterator[HeadLine]:
    for block in blocks:
        words = " ".join(block.at.of(text).split())
        if block.at.start > _WITHIN:
            return
        if _begins_body(block, words):
            # A title can stand on one line with the text: "Regleringsbrev för X Riksdagen har".
            if block.kind == "paragraph":
                yield HeadLine(block.at, words, is_heading=False)
            return
        if block.kind == "table":
            for cell in re.finditer(r"[^\n\t]+", block.at.of(text)):
                at = Span(block.at.start + cell.start(), block.at.start + cell.end())
                yield HeadLine(at, " ".join(cell.group().split()), is_heading=False)
        else:
            marked = block.level_source == "outline" and block.level == 1
            yield HeadLine(block.at, words, block.kind == "heading", is_marked=marked)


def _begins_body(block: Block, words: str) -> bool:
    if block.kind == "contents" or _NUMBER.sub("", words).casefold() in FIRST_PARTS:
        return True
    if block.kind == "heading":
        return block.number is not None
    return len(words) >= _SENTENCE and ends_sentence(words) and has_finite_verb(words)


def is_field(words: str) -> bool:
    """Whether words are a field of a letterhead or cover: "Dnr 12/2019", "Regeringskansliet"."""
    line = " ".join(words.split())
    return any(is_mark(name, line) for name in _FIELDS)


def is_furniture(words: str) -> bool:
    """Whether words of a head are a field of it, a site's menu, an address: "Box 12", "Lyssna".

    So are several such beside one another: "Regeringskansliet | Socialdepartementet".
    """
    line = " ".join(words.split())
    if any(is_mark(name, line) for name in _FURNITURE) or _ADDRESS.search(line):
        return True
    parts = _BESIDE.split(line)
    return len(parts) > 1 and all(is_furniture(part) for part in parts if part)


def is_dated(words: str) -> bool:
    """Whether a short line is a date, or ends with one: "Umeå i maj 2019"."""
    if len(words) >= _SHORT:
        return False
    tokens = words.split()
    month = len(tokens) <= _MOST_WITH_MONTH and find_month(" ".join(tokens[-2:])) is not None
    return month or any(date.end == len(words) for date in find_dates(words))


def is_person(words: str) -> bool:
    """Whether a line can be nothing but a person's name: "Anna Karin Ek"."""
    return _PERSON.fullmatch(words) is not None


def is_name_in(text: str, words: str) -> bool:
    """Whether a text speaks of a body by words of its head: "… fick Kriminalvården i uppdrag".

    It does something there, or something is done by, to or for it, and its first letter is nowhere
    a small one: "En svensk kanon ska" is no name where "en svensk kanon" stands too.
    """
    if len(words.split()) > 4 or not words[:1].isupper() or _DIGIT.search(words):
        return False
    form = r"\s+".join(map(re.escape, words.split()))
    before = r"(?:(?<!\w)(?P<lead>[a-zåäö]{1,20}),? |[.:;]\s+|\n)"
    named = rf"{before}(?P<name>(?i:{form}))s?\b(?: (?P<next>\w+))?"
    found = [*re.finditer(named, text)]
    return any(map(_acts, found)) and not any(match["name"][0].islower() for match in found)


def _acts(match: re.Match[str]) -> bool:
    name = match["name"]
    if not name[0].isupper() or (name.isupper() and len(name) > _ACRONYM):
        return False
    does = (match["next"] or "").casefold() in word_list("finite-verbs")
    return match["lead"] in _OF_BODY if match["lead"] else does


def plain(words: str) -> str:
    """The words in small letters without stops, and without the page number before them."""
    return " ".join(_WORD.findall(_NUMBER.sub("", words).casefold()))
