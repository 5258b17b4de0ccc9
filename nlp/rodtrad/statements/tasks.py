"""What an assignment asks to be done, piece by piece."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rodtrad.datamodel import Sentence
from rodtrad.statements.reading import Reading, Unit, extent

_LIST_INTRO = re.compile(
    r"(?:ingår|omfattar|innebär|består|avser|ska|skall|bör|uppdrag|följande|annat|bl\.a\.|att|dels)"
    r"[^.:]{0,200}[:.]?$",
    re.IGNORECASE,
)
_LIST_OPENS = re.compile(
    r"(?:följande|:|att|ska|skall|bl\.a\.|bland annat)\s*[.:]?$"
    r"|\b(?:ska|skall|bör)\s+(?:[\w-]+\s*){1,3}$",
    re.IGNORECASE,
)
_OBLIGES = re.compile(r"\b(?:ska|skall)\b|\b(?:i uppdrag|uppdrar (?:åt|till))\b", re.IGNORECASE)
_NOT_A_TASK = re.compile(
    r"\b(?:slut|del|åter)?(?:redovisas|redovisning(?:en)?|rapportera(?:s)?|rapportering(?:en)?)\b"
    r"|\bredovisa (?:sitt |hela )?uppdrag\w*\b|\b(?:del|slut)rapport\w*|\bsenast (?:den )?\d"
    r"|\b(?:inhämta|ta del av) (?:\w+ ){0,3}?"
    r"(?:synpunkter|erfarenheter|information|underlag|kunskap)"
    r"|\bsamråd\w*|\bi samverkan\b|\bsamverka med\b|\bsammanhållande\b|\bdialog\b"
    r"|\b(?:kronor|medel(?:en)?|utbetal\w*|anslag\w*|rekvirer\w*|rekvisition)\b|\bKammarkollegiet\b",
    re.IGNORECASE,
)

# "senast den 1 mars slutredovisa uppdraget", "löpande informera Regeringskansliet": no task.
_ONLY_REPORTS = re.compile(
    r"^\W*(?:(?!\w{3,}a\b)\w+\W+){0,12}?"
    r"(?:(?:slut|del|åter)(?:redovisa|rapportera)|redovisa uppdraget"
    r"|lämna (?:\w+ ){0,3}?(?:del|slut)?(?:redovisning|rapport)\w*"
    r"|informera Regeringskansliet)\b",
    re.IGNORECASE,
)


def tasks_of(reading: Reading, units: Sequence[Unit]) -> tuple[Sentence, ...]:
    """What is to be done, piece by piece.

    The points of the list that the order opens ("I uppdraget ingår följande.", "Myndigheten ska:")
    are the tasks; where there is no list, the sentences that oblige somebody to do something other
    than report, consult or account for money.
    """
    listed = {task.text.rstrip(" .,;"): task for task in reversed(_listed_tasks(reading, units))}
    if listed:
        return tuple(reversed(listed.values()))
    obliging = [u for u in units if _OBLIGES.search(u.line)]
    tasks = [u for u in obliging if not _NOT_A_TASK.search(u.line)]
    return tuple(reading.sentence(u) for u in tasks or obliging[:1])


def _listed_tasks(reading: Reading, units: Sequence[Unit]) -> tuple[Sentence, ...]:
    found: list[Sentence] = []
    intro: Unit | None = None
    for block in _blocks(units):
        if block[0].kind == "list_item":
            point = _whole(reading, block)
            if intro is not None and not _ONLY_REPORTS.match(point.text):
                found.append(point)
            continue
        last = block[-1]
        unfinished = not last.line.endswith((".", "!", "?"))
        opens = _LIST_INTRO.search(last.line) and (unfinished or _LIST_OPENS.search(last.line))
        intro = last if opens else None
    return tuple(found)


def _blocks(units: Sequence[Unit]) -> Iterator[list[Unit]]:
    block: list[Unit] = []
    for unit in units:
        if block and unit.block != block[-1].block:
            yield block
            block = []
        block.append(unit)
    if block:
        yield block


def _whole(reading: Reading, block: Sequence[Unit]) -> Sentence:
    at = extent(block)
    text = re.sub(r"^\W*(?=\w)", "", " ".join(u.line for u in block))
    return Sentence(text, reading.document.span_of(at))
