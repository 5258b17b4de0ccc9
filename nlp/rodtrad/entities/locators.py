"""Places inside an act: "5 kap. 15 § andra stycket", "2, 8–9 §§", "§ 5:15, 2 st."."""

from __future__ import annotations

import re
from functools import cache

from rodtrad.entities.datafiles import read_table

_SPACE = r"(?:[ \t\n\u00a0]{1,3})"
_GAP = r"[ \t\n\u00a0]{0,3}"
_UNIT = rf"\d{{1,4}}(?:{_GAP}[a-zå](?![\wåäö]))?"
_AND = rf"(?:{_GAP}(?:[,–-]|,?{_SPACE}(?:och|eller|samt|respektive)){_GAP})"
_UNITS = rf"{_UNIT}(?:{_AND}(?:{_UNIT}|[a-z](?![\wåäö])))*"
_ORDINALS = "första|andra|tredje|fjärde|femte|sjätte|sjunde|åttonde|nionde|tionde"
_ORDINAL = rf"(?:{_ORDINALS})(?:{_AND}(?:{_ORDINALS}))*"
_PART = (
    rf"(?:,?{_SPACE}{_ORDINAL}{_SPACE}(?:styckena|stycket|meningarna|meningen|punkterna|punkten|ledet)"
    rf"|,?{_SPACE}\d{_GAP}(?:st|mom|p)\.?(?!\w)"
    rf"|,?{_SPACE}punkte(?:n|rna){_SPACE}\d{{1,2}}(?:{_AND}\d{{1,2}})*"
    rf"|{_SPACE}\d{{1,2}}(?:{_AND}\d{{1,2}})?(?=$|{_SPACE}(?!och|samt|eller|resp)[A-ZÅÄÖa-zåäö])"
    rf"|{_SPACE}\d{{1,2}}(?={_SPACE}(?:och|samt|eller){_SPACE}{_UNITS}{_GAP}§)"
    rf"|{_SPACE}[a-f]\)?(?={_SPACE}[a-zåäö]))"
)
# Chapters and sections; a chapter may stand alone ("23 kap.").
PLACE = (
    rf"(?:(?:{_UNITS}\.?{_SPACE}kap(?:{_GAP}\.)?,?(?:{_SPACE}{_UNITS}{_GAP}§§?{_PART}*)?"
    rf"|\d+:\d+{_GAP}[a-z]?{_GAP}§{_PART}*"
    rf"|{_UNITS}{_GAP}§(?:{_GAP}§)?{_PART}*|§§?{_GAP}\d+:\d+{_GAP}[a-z]?{_PART}*))"
)
PLACES = rf"{PLACE}(?:{_AND}{PLACE})*"

_CHAPTER = re.compile(rf"({_UNITS})\.?{_SPACE}kap(?:{_GAP}\.)?,?")
_SECTION = re.compile(
    rf"(?<![\d:])({_UNITS}){_GAP}§(?:{_GAP}§)?|(?:§§?{_GAP})?(\d+):(\d+{_GAP}[a-z]?(?!\w))(?:{_GAP}§)?"
)
_STYCKE = re.compile(rf"({_ORDINAL}){_SPACE}stycke|(\d){_GAP}st\b")
_POINT = re.compile(rf"({_ORDINAL}){_SPACE}punkt|(\d){_GAP}p\b")
_NUMBER = re.compile(rf"(?:punkte(?:n|rna))?{_SPACE}(\d{{1,2}}(?:{_AND}\d{{1,2}})?)$")
_PLACE = re.compile(PLACE)


@cache
def _ordinals() -> dict[str, str]:
    return read_table("ordinals.tsv", "word", "value")


def read_places(surface: str) -> list[str]:
    """The places of an expression in short form, in order.

    "5 kap. 15 § andra stycket" → ["5:15 st2"]; "6 och 7 §§" → ["6", "7"]; "2 e §" → ["2e"];
    "23 kap." → ["23 kap."]; ranges of plain numbers are spelled out.
    """
    places: list[str] = []
    chapter = ""
    for match in _PLACE.finditer(surface):
        found, chapter = _place(match.group(), chapter)
        places += found
    return places


def _place(surface: str, inherited: str) -> tuple[list[str], str]:
    """The places of one chapter or run of sections; sections after a chapter stay in it."""
    head = _CHAPTER.match(surface)
    chapters = _expand(head.group(1)) if head else []
    section = _SECTION.search(surface, head.end() if head else 0)
    if section is None:
        return [f"{chapter} kap." for chapter in chapters], inherited
    if section.group(2):
        chapter, numbers = section.group(2), [_squeeze(section.group(3))]
    else:
        chapter = chapters[-1] if chapters else inherited
        numbers = _expand(section.group(1))
    rest = _rest(surface[section.end() :])
    prefix = f"{chapter}:" if chapter else ""
    places = [f"{prefix}{number}" for number in numbers]
    places[-1] += rest
    return places, chapter


def _rest(tail: str) -> str:
    """Stycke and point behind the sections: " andra stycket 1" → " st2 p1"."""
    result = ""
    stycke, point, bare = _STYCKE.search(tail), _POINT.search(tail), _NUMBER.search(tail)
    if stycke:
        result += f" st{_ordinal(stycke.group(1)) if stycke.group(1) else stycke.group(2)}"
    if point:
        result += f" p{_ordinal(point.group(1)) if point.group(1) else point.group(2)}"
    elif bare:
        result += f" p{'+'.join(_expand(bare.group(1)))}"
    return result


def _ordinal(surface: str) -> str:
    words = re.findall(_ORDINALS, surface)
    return "+".join(_ordinals()[word] for word in words)


def _squeeze(surface: str) -> str:
    return re.sub(r"\s", "", surface)


def _expand(surface: str) -> list[str]:
    """The numbers of a list: "2, 8–9" → 2, 8, 9; "27 a–c" stays as written."""
    numbers: list[str] = []
    for piece in re.split(r",|\boch\b|\beller\b|\bsamt\b|\brespektive\b", surface):
        ends = [_squeeze(end) for end in re.split("[–-]", piece)]
        if (
            len(ends) == 2
            and all(end.isdigit() for end in ends)
            and 0 < int(ends[1]) - int(ends[0]) < 60
        ):
            numbers += [str(n) for n in range(int(ends[0]), int(ends[1]) + 1)]
        elif "".join(ends):
            numbers.append("–".join(ends))
    return numbers
