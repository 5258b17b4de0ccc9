"""Lines that look like headings and are points: numbered lists, and the lines of forms."""

from __future__ import annotations

import re
from collections import Counter

from rodtrad.ingest.body import Body, marker_of
from rodtrad.ingest.numbering import split_number
from rodtrad.ingest.wording import ends_sentence

_LONGEST_FIELD = 70
# A line of a form, under the heading of what it tells of: "Ansvarig: Region X", "Budget: 2 mnkr".
_FORM_LINE = re.compile(
    r"(?:(?:huvud)?ansvar(?:ig|iga|igt)?|utförare|genomförare|samverkan\w*|samarbet\w+|medverkande"
    r"|deltagande|klart?|slutdatum|tids?(?:plan|ram|punkt)|när|senast|genomförs|genomförande"
    r"|redovisas|redovisning|datum|start|slut|budget|kostnad\w*|finansiering|resurser|status"
    r"|mål|delmål|målgrupp|syfte|indikator\w*|uppföljning|kontakt\w*)"
    r"(?:\s(?:för|med|senast|aktör|part|myndighet|förvaltning|nämnd|organisation|utförare)\w*)*\s*:\s+\S.*",
    re.IGNORECASE,
)
# Any label before its value; one of a number of their own ("Åtgärd 3: Samordning") is none.
_LABEL = re.compile(r"(?P<label>[A-ZÅÄÖ][^\W\d_]*(?: [^\W\d_]+){0,3}):\s+\S")


def is_form_line(text: str) -> bool:
    """Whether a line tells of what stands above it: "Ansvarig: Region X", "Budget: 2 mnkr"."""
    return _FORM_LINE.fullmatch(text) is not None


def form_lines(body: Body, taken: set[int]) -> set[int]:
    """Lines of the forms that a plan holds under each of its headings: label, colon, value.

    A label that comes twice or more is one of a form, whatever it says: "Responsible: X",
    "Timetable: 2025", "Tid: kvartal 2", and so is one right beside such a line. "Åtgärd 1: Stöd"
    and a single "Remiss: X" are not.
    """
    labels = {i: m["label"] for i in range(len(body)) if (m := _LABEL.match(body.text(i)))}
    often = Counter(label.casefold() for i, label in labels.items() if i not in taken)
    found = {i for i, label in labels.items() if often[label.casefold()] > 1 and i not in taken}
    return found | {i for i in labels if {i - 1, i + 1} & found and i not in taken}


def numbered_lists(body: Body, taken: set[int]) -> set[int]:
    """Lines of numbered lists: items in a row with nothing but their own lines between them."""
    starts = [
        (i, number.parts[0], body.text(i)[len(number.number)])
        for i in range(len(body))
        if i not in taken and (number := split_number(body.text(i))) and number.depth == 1
    ]
    found: set[int] = set()
    run: list[tuple[int, int, str]] = []
    for index, value, sign in [*starts, (len(body) + 99, 0, "")]:
        # "2. Riksdagen antar …" and "3 Ärendet", without a stop, are not of one list.
        following = bool(run) and value == run[-1][1] + 1 and sign == run[-1][2]
        if following and _only_item(body, run[-1][0], index):
            run.append((index, value, sign))
            continue
        if len(run) > 1:
            found |= {one[0] for one in run}
        run = [(index, value, sign)]
    return found


def _only_item(body: Body, start: int, stop: int) -> bool:
    """Whether the lines from one item to the next are one item: no new block starts between."""
    if stop - start > 12 or heads_points(body, body.text(start), start + 1):
        return False
    return not any(
        body.starts_block(i) and not body.is_continuation(i) for i in range(start + 1, stop)
    )


def heads_points(body: Body, text: str, stop: int) -> bool:
    """Whether a number and some words stand over marked sentences: "1. Skydd", "– X ska göra …".

    "1. Kartlägga:" and "1. kartlägga behoven, och" are points of a list.
    """
    if len(text) > _LONGEST_FIELD or text.endswith((".", ",", ";", ":")) or stop >= len(body):
        return False
    return marker_of(body.text(stop)) is not None and is_text(body.text(stop))


def is_text(text: str) -> bool:
    """Whether a line is running text: it ends a sentence or is long."""
    return ends_sentence(text) or len(text) > 60
