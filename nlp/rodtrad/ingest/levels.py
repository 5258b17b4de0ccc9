"""Levels of headings: from their numbers, from the numbers lost between them, from a list."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence

from rodtrad.ingest.headings import Heading
from rodtrad.ingest.parts import is_part
from rodtrad.ingest.typography import Look
from rodtrad.ingest.witness import NO_WITNESS, Witness

Level = tuple[int, str]
_APART = re.compile(r"(?:appendix|annex|bilaga|conclusion|government.s comments|summary)", re.I)
Number = tuple[int, ...]


def assign_levels(
    headings: Sequence[Heading],
    items: Sequence[str] = (),
    looks: Sequence[Look] = (),
    witness: Witness = NO_WITNESS,
) -> list[Level]:
    """Level from 1 and its source for each heading, in order.

    The outline's level counts most. Numbers give their depth. Unnumbered headings get the place of
    the numbers that are missing between two numbered ones, the level of the other headings that
    one list of the text (`items`) names, that of the numbered headings set in the same type
    (`looks`), or else a place under the numbered heading before them. Numbers borrowed from another
    text (a reply to it: 4.2, 6.3.5, 6.5.1) give no levels: all headings are then of level 1.
    """
    outlined = [witness.outline_level(h.text) for h in headings]
    if sum(level is not None for level in outlined) >= 0.6 * len(headings) > 0:
        return _outlined(outlined)
    if any(h.number and h.number.rank for h in headings):
        return _ranked(headings)
    if not any(h.number for h in headings):
        return _by_look(_united(headings, looks)) or _without_numbers(headings)
    if _under_parts(headings):
        return _nested(headings)
    if is_borrowed([h.number.parts for h in headings if h.number]):
        return [(1, "numbering" if h.number else "wording") for h in headings]
    levels: dict[int, Level] = {
        i: (h.number.depth, "numbering") for i, h in enumerate(headings) if h.number
    }
    levels |= {i: v for i, v in _from_list(headings, items).items() if i not in levels}
    levels |= {i: v for i, v in _from_gaps(headings).items() if i not in levels}
    levels |= {i: v for i, v in _like_numbered(headings, looks).items() if i not in levels}
    lost = _has_gaps(headings)
    levels |= {i: v for i, v in _behind(headings).items() if i not in levels}
    for index in range(len(headings)):
        if index not in levels:
            levels[index] = (_default(levels, headings, index, lost=lost), "wording")
    return [levels[i] for i in range(len(headings))]


def _ranked(headings: Sequence[Heading]) -> list[Level]:
    """Levels by the form of the numbers; before the first chapter and behind an end: level 1."""
    found: list[Level] = []
    behind = False
    for index, heading in enumerate(headings):
        behind = behind or is_part(heading.text)
        if heading.number and heading.number.rank:
            found.append((heading.number.rank, "numbering"))
        elif behind:
            found.append((1 if is_part(heading.text) else 2, "wording"))
        else:
            inside = any(h.number for h in headings[:index])
            apart = _is_apart(heading) or not inside
            found.append((1 if apart else found[-1][0] + (found[-1][1] == "numbering"), "wording"))
    return found


def _is_apart(heading: Heading) -> bool:
    return bool(_APART.match(heading.text))


def _outlined(levels: Sequence[int | None]) -> list[Level]:
    """Levels of the outline; a heading it leaves out stands under the one before it."""
    found: list[Level] = []
    last = 0
    for level in levels:
        found.append((level, "outline") if level else (last + 1, "wording"))
        last = level or last
    return found


def _united(headings: Sequence[Heading], looks: Sequence[Look]) -> list[Look]:
    """The looks, two of them made one where titles are set now in the one, now in the other.

    Regulations and their guidance have the same chapters; that two titles or more change size
    between them shows that the difference is no level.
    """
    titles: dict[Look, set[str]] = {}
    for heading, look in zip(headings, looks, strict=False):
        titles.setdefault(look, set()).add(heading.text.casefold())
    order = [look for look, _ in Counter(looks).most_common() if look is not None]
    same: dict[Look, Look] = {}
    for index, look in enumerate(order):
        for other in order[:index]:
            if other not in same and len(titles[other] & titles[look]) >= 2:
                same[look] = other
    return [same.get(look, look) for look in looks]


def _by_look(looks: Sequence[Look]) -> list[Level]:
    """Levels by type size and weight, the largest first; [] where all look alike."""
    ranks = sorted({look for look in looks if look is not None}, reverse=True)
    if len(ranks) < 2:
        return []
    places: dict[Look, int] = {}
    for before, look in zip([None, *ranks], ranks, strict=False):
        same = before is not None and before[1] == look[1] and before[0] - look[0] < 0.6
        places[look] = max(places.values(), default=0) + (not same)
    lowest = max(places.values())
    return [(places[look] if look else lowest, "typography") for look in looks]


def _like_numbered(headings: Sequence[Heading], looks: Sequence[Look]) -> dict[int, Level]:
    """Unnumbered headings set like numbered ones of one level have that level."""
    seen: dict[Look, set[int]] = {}
    for heading, look in zip(headings, looks, strict=False):
        if heading.number and look is not None:
            seen.setdefault(look, set()).add(heading.number.depth)
    return {
        i: (next(iter(seen[look])), "typography")
        for i, (heading, look) in enumerate(zip(headings, looks, strict=False))
        if not heading.number and look in seen and len(seen[look]) == 1
    }


def is_borrowed(numbers: Sequence[Number]) -> bool:
    """Whether the numbers belong to another text: most have neither parent nor elder sibling.

    Numbers that begin with 1, or with a chapter whose sections follow, are the text's own.
    """
    present = set(numbers)
    deep = [n for n in numbers if len(n) > 1]
    if not deep or (1,) in present:
        return False
    if len(numbers[0]) == 1 and any(n[0] == numbers[0][0] for n in deep):
        return False
    orphans = [n for n in deep if not _has_kin(n, present)]
    return len(orphans) * 2 >= len(deep)


def _has_kin(number: Number, present: set[Number]) -> bool:
    elder = (*number[:-1], number[-1] - 1)
    return (
        number[:-1] in present or elder in present or (number[-1] == 1 and number[:-2] in present)
    )


def _without_numbers(headings: Sequence[Heading]) -> list[Level]:
    """A title over the rest, where the text begins with a heading; else all alike."""
    if headings and headings[0].start == 0:
        return [(1, "wording"), *[(2, "wording")] * (len(headings) - 1)]
    return [(1, "wording")] * len(headings)


def _under_parts(headings: Sequence[Heading]) -> bool:
    """Whether numbers only count the points of parts without one: "Uppdrag" over "1. Skola".

    All are single numbers that begin with 1 right under a heading, and other parts stand before and
    behind: a title right over "1 Inledning" is no such part.
    """
    numbered = [i for i, h in enumerate(headings) if h.number]
    firsts = [i for i in numbered if headings[i].number and headings[i].text[:2] in ("1.", "1 ")]
    if not firsts or firsts[0] != numbered[0] or firsts[0] < 3:
        return False
    single = all(h.number.depth == 1 for h in headings if h.number)
    under = all(headings[i - 1].stop == headings[i].start for i in firsts)
    inside = _inside(headings)
    behind = any(i > numbered[-1] and i not in inside for i in range(len(headings)))
    own = any(a.stop < b.start for a, b in itertools.pairwise(headings[1 : firsts[0]]))
    return single and under and own and behind


def _inside(headings: Sequence[Heading]) -> set[int]:
    """The unnumbered headings under a number: the next number goes on, or its like stood so."""
    found: set[int] = set()
    waiting: list[int] = []
    for index, heading in enumerate(headings):
        if heading.number is None:
            waiting.append(index)
        else:
            found |= set(waiting) if heading.number.number != "1" else set()
            waiting = []
    titles = {headings[i].text for i in found}
    return found | {i for i in waiting if headings[i].text in titles}


def _nested(headings: Sequence[Heading]) -> list[Level]:
    """Levels where numbers count the points of a part: one deeper than their part."""
    inside = _inside(headings)
    parts = [i for i, h in enumerate(headings) if not h.number and i not in inside]
    plain = dict(zip(parts, _without_numbers([headings[i] for i in parts]), strict=True))
    found: list[Level] = []
    part = 1
    for index in range(len(headings)):
        part = plain[index][0] if index in plain else part
        deeper = (part + 2, "wording") if index in inside else (part + 1, "numbering")
        found.append(plain.get(index, deeper))
    return found


def _behind(headings: Sequence[Heading]) -> dict[int, Level]:
    """Appendices stand at the top; unnumbered headings behind the last number stand under them."""
    last = max((i for i, h in enumerate(headings) if h.number), default=-1)
    found: dict[int, Level] = {}
    for index in range(last + 1, len(headings)):
        if is_part(headings[index].text):
            found[index] = (1, "wording")
        elif found:
            found[index] = (2, "wording")
    return found


def _normal(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _from_list(headings: Sequence[Heading], items: Sequence[str]) -> dict[int, Level]:
    """Headings that the items of a list name, in its order; their level is that of a numbered one.

    Three of the items at least must be headings.
    """
    matched: dict[int, int] = {}
    position = 0
    for item in items:
        index = _next_match(headings, _normal(item), position)
        if index is not None:
            number = headings[index].number
            matched[index] = number.depth if number else 0
            position = index + 1
    if len(matched) < 3:
        return {}
    known = [depth for depth in matched.values() if depth]
    level = Counter(known).most_common(1)[0][0] if known else 2
    return dict.fromkeys(matched, (level, "contents"))


def _next_match(headings: Sequence[Heading], words: list[str], start: int) -> int | None:
    loose: int | None = None
    for index in range(start, len(headings)):
        number = headings[index].number
        title = _normal(number.title if number else headings[index].text)
        if title == words:
            return index
        if loose is None and len(words) > 2 and title[:2] == words[:2]:
            loose = index
    return loose


def missing_numbers(before: Number, after: Number) -> list[Number]:
    """The numbers that must stand between two: (4,1,3,9) and (4,2,3) miss 4.2, 4.2.1 and 4.2.2."""
    common = 0
    while common < min(len(before), len(after)) and before[common] == after[common]:
        common += 1
    missing: list[Number] = []
    first = before[common] + 1 if common < len(before) else 1
    for depth in range(common, len(after)):
        missing += [(*after[:depth], n) for n in range(first, after[depth] + 1)]
        first = 1
    return [n for n in missing if n != after]


def _between(headings: Sequence[Heading]) -> list[tuple[list[int], list[Number]]]:
    """For each pair of numbered headings: the unnumbered between, and the numbers missing."""
    result: list[tuple[list[int], list[Number]]] = []
    before: Number = ()
    waiting: list[int] = []
    for index, heading in enumerate(headings):
        if heading.number is None:
            waiting.append(index)
            continue
        if before:
            result.append((waiting, missing_numbers(before, heading.number.parts)))
        before, waiting = heading.number.parts, []
    return result


def _from_gaps(headings: Sequence[Heading]) -> dict[int, Level]:
    found: dict[int, Level] = {}
    for waiting, missing in _between(headings):
        if waiting and len(waiting) == len(missing):
            found |= {i: (len(n), "numbering") for i, n in zip(waiting, missing, strict=True)}
    return found


def _has_gaps(headings: Sequence[Heading]) -> bool:
    return any(missing for waiting, missing in _between(headings) if waiting)


def _default(
    levels: dict[int, Level], headings: Sequence[Heading], index: int, *, lost: bool
) -> int:
    """The level of an unnumbered heading that nothing else places.

    Where numbers are lost it is one of those that lost theirs: beside a numbered heading of depth
    three or more, else under it. Where none are lost it stands under the last numbered heading.
    """
    for before in range(index - 1, -1, -1):
        level, source = levels[before]
        if source == "wording":
            return level
        return level if lost and level >= 3 else level + 1
    return 1
