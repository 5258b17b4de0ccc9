"""Headings in plain text: by number, by form and by what stands around them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rodtrad.ingest.body import Body, marker_of
from rodtrad.ingest.dates import find_dates, find_month
from rodtrad.ingest.numbering import Numbered, follows, split_number, split_ranked
from rodtrad.ingest.points import form_lines, heads_points, is_form_line, is_text, numbered_lists
from rodtrad.ingest.witness import NO_WITNESS, Witness
from rodtrad.ingest.wording import (
    ends_sentence,
    ends_weak,
    has_finite_verb,
    is_abbreviation,
    is_mark,
    starts_lower,
    word_list,
)

# What the first part behind a cover is called.
FRONT_PARTS = frozenset(["förord", "sammanfattning", "inledning", "preface", "summary", "foreword"])
_LONGEST = 160
_LONGEST_NUMBERED = 330
_MOST_LINES = 6
_COVER_LINES = 1
_MOST_WORDS = 22
_LONGEST_WITH_VERB = 90
# Sections under a chapter are fewer; paragraphs are counted through the whole report.
_COUNTED_FROM = 10
_FIRST_CHAPTERS = {"II": "I", "B": "A"}
# A section of a monitoring report names its article: "b. Assistance to victims (Article 12)".
_OF_ARTICLE = re.compile(r"[a-z1-9IVX]{1,4}\.\s.{4,200}\(Articles?\s\d[^()]{0,40}\)")
# Last words of a line that leads in a list.
_UNFINISHED = frozenset(
    ["att", "och", "eller", "samt", "därför", "dels", "följande", "även", "ska"]
)
_NUMERIC = re.compile(r"[-–+]?\d[\d\s.,%]*")
# "Åtgärd 3: Nationell samordning".
_LABELLED = re.compile(
    r"(?:åtgärd|insats|uppdrag|rekommendation|delmål|mål|förslag|measure|action|recommendation|"
    r"objective)\s+\d{1,3}(?:\.\d{1,2})*\s?[:.–-]\s+[^\W\d_]",
    re.IGNORECASE,
)
# Such labels may have a sentence behind them, where text follows: "Åtgärd 1: X ska göra Y."
_LABELLED_MEASURE = re.compile(r"(?:åtgärd|insats|measure|action)\s+\d{1,3}\b", re.IGNORECASE)
_LONGEST_FIELD = 70
_CAPTION = re.compile(r"(?:tabell|figur|diagram|bild|table|figure|chart|box)\s+\d", re.IGNORECASE)
# A reply names the chapter it speaks of alone on a line: "Kap. 5", "Avsn. 6.2".
_NAMES_SOMETHING = re.compile(
    r"[^\W\d_]{4}|^[^\d]*$|^(?:kap|avsn)\.?\s\d{1,2}(?:\.\d{1,2})*(?:[.:]|$)", re.IGNORECASE
)
# What stands before the words of a title and ends in a stop: "Avsn. 6.2. ", "Mål 1. ".
_BEFORE_TITLE = re.compile(
    r"^(?:kap|kapitel|avsn|avsnitt|mål|delmål|åtgärd|insats|förslag|goal|action|measure)\.?\s"
    r"\d{1,2}(?:\.\d{1,2})*[.:]\s",
    re.IGNORECASE,
)
# "2014 års sexualbrottskommitté": a name that begins with its year.
_YEAR_NAME = re.compile(r"(?:1[89]|20)\d\d års [^\W\d_]{3}")
# "C. to strengthen the mandate": a point of a list that goes on with the words that open it.
_LETTERED_POINT = re.compile(r"[A-ZÅÄÖ][.)]\s+[a-zåäö]")
# "Distr.: General", "Original: English"; "G R E T A".
_FIELD = re.compile(r"[^\W\d_]+\.?:\s+\S+")
_SPACED = re.compile(r"[^\W\d_](?:\s[^\W\d_]){2,}")
_INNER_STOP = re.compile(r"(\S+)[.!?]\s+[(\[]?[A-ZÅÄÖ]")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading over lines `[start, stop)` of the body."""

    start: int
    stop: int
    text: str
    number: Numbered | None = None


def find_headings(body: Body, taken: set[int], witness: Witness = NO_WITNESS) -> list[Heading]:
    """Headings among the lines that are not `taken` by contents pages, tables or signatures.

    A numbered heading starts a block, its number can follow those before it, and it is no item of
    a list. An unnumbered one starts a block with a capital, has no final stop, is short, and what
    follows starts anew. "… ska redovisas senast den\\n1 Juni 2020" has no heading; neither has
    "1. Förstärkt samordning\\n2. Stärkt förebyggande arbete", a list.
    """
    found: list[Heading] = []
    lists = numbered_lists(body, taken) | form_lines(body, taken) | taken
    ranked = _has_ranked_chapters(body, taken)
    index = 0
    while index < len(body):
        heading = None
        starts = index - 1 in taken or body.starts_block(index)
        if index not in taken and starts:
            heading = _ranked(body, index, found) if ranked else None
        if heading is None and index not in lists and starts:
            heading = (
                _witnessed(body, index, witness)
                or _numbered(body, index, found)
                or _unnumbered(body, index, taken)
            )
        if heading is None:
            index += 1
            continue
        found.append(heading)
        index = heading.stop
    kept = _without_half_titles(body, _without_runs(found), taken)
    return _with_text_behind(body, kept, taken)


def _without_half_titles(body: Body, headings: Sequence[Heading], taken: set[int]) -> list[Heading]:
    """Drops the title that a cover repeats before the page where the text under it begins.

    The first heading stays, and so do those that have text of their own. A chapter of the body that
    begins with a section is none, though an appendix may have one of the same name.
    """
    titles = {i for h in headings for i in range(h.start, h.stop)} | taken
    running = [i for i in range(len(body)) if i not in titles and len(body.text(i)) > 60]
    front = running[_COVER_LINES] if len(running) > _COVER_LINES else len(body)
    later: set[str] = set()
    keep: list[Heading] = []
    following = len(body)
    for heading in reversed(headings):
        title = heading.text.casefold()
        own = [i for i in range(heading.stop, following) if i not in taken]
        empty = len(own) <= 2 and not any(len(body.text(i)) > 60 for i in own)
        half = title in later and empty and not heading.number and heading.start < front
        half = half and heading is not headings[0]
        if not half:
            keep.append(heading)
        later.add(title)
        following = heading.start
    return keep[::-1]


def _with_text_behind(body: Body, headings: Sequence[Heading], taken: set[int]) -> list[Heading]:
    """Drops the unnumbered headings at the end that no running text follows (an address)."""
    text = [i for i in range(len(body)) if i not in taken and is_text(body.text(i))]
    last = text[-1] if text else -1
    return [h for h in headings if h.number or h.start < last]


def _has_ranked_chapters(body: Body, taken: set[int]) -> bool:
    """Whether chapters are numbered I., II., … or A., B., …: at least two, in this order.

    An excerpt may hold one chapter only; sections that name articles tell it too.
    """
    seen: set[str] = set()
    for index in range(len(body)):
        if index not in taken and _OF_ARTICLE.fullmatch(body.text(index)):
            return True
        number = split_ranked(body.text(index), under=0) if index not in taken else None
        if number is None or number.rank != 1 or not body.starts_block(index):
            continue
        seen.add(number.number)
        if _FIRST_CHAPTERS.get(number.number) in seen:
            return True
    return False


def _ranked(body: Body, start: int, found: Sequence[Heading]) -> Heading | None:
    """A heading numbered I → 1 → a → i; a numbered paragraph ends with a full stop and is none."""
    under = next((h.number.rank or 0 for h in reversed(found) if h.number), 0)
    if split_ranked(body.text(start), under=under) is None:
        return None
    if start and body.text(start - 1).endswith((":", ";", ",")):
        return None
    stop = _extent(body, start)
    text = _join(body, start, stop)
    number = split_ranked(text, under=under)
    if number is None or len(text) > _LONGEST_NUMBERED or text.endswith((".", ";", ",", ":")):
        return None
    if _inner_stop(number.title) or not _begins_anew(body, start, stop, has_number=True):
        return None
    if _goes_on_counting(body, start, found):
        return None
    if ends_weak(text) or (number.rank != 1 and not any(h.number for h in found)):
        return None
    return Heading(start, stop, text, number)


def _goes_on_counting(body: Body, start: int, found: Sequence[Heading]) -> bool:
    """Whether "71." only counts on behind a numbered paragraph "70. …" that is no heading."""
    number = split_number(body.text(start))
    if number is None or number.depth > 1 or number.parts[0] < _COUNTED_FROM:
        return False
    first = found[-1].stop if found else 0
    before = (split_number(body.text(i)) for i in range(start - 1, first - 1, -1))
    last = next((one for one in before if one and one.depth == 1), None)
    return last is not None and last.parts[0] == number.parts[0] - 1


def _witnessed(body: Body, start: int, witness: Witness) -> Heading | None:
    """A heading over one to four lines whose text the outline or contents page names."""
    if not witness or not witness.begins(body.text(start)):
        return None
    for stop in range(min(len(body), start + _MOST_LINES), start, -1):
        text = _join(body, start, stop)
        if witness.names(text) and not (stop < len(body) and body.is_continuation(stop)):
            return Heading(start, stop, text, split_number(text))
    return None


def _join(body: Body, start: int, stop: int) -> str:
    return " ".join(body.text(i) for i in range(start, stop))


def _extent(body: Body, start: int) -> int:
    """Where a heading that starts at a line stops: behind the lines that go on with it."""
    stop = start + 1
    while stop < len(body) and stop - start < _MOST_LINES and _goes_on(body, start, stop):
        stop += 1
    return stop


def _goes_on(body: Body, start: int, stop: int) -> bool:
    if not body.wrapped or body.lines[stop].gap > 0 or body.lines[stop - 1].ends_sentence:
        return False
    text = body.text(stop)
    if marker_of(text) or split_number(text) or is_letterhead(text, body.text(stop - 1)):
        return False
    open_ended = starts_lower(text) or text.startswith("(") or ends_weak(body.text(stop - 1))
    open_ended = open_ended or _goes_on_in_capitals(body, start, stop)
    if body.typography.stands_out(body.lines[start]):
        alike = body.typography.alike(body.lines[start], body.lines[stop])
        return alike and (open_ended or not body.is_short(stop - 1))
    if open_ended:
        return True
    if not body.is_short(stop - 1) and _ends_apart(body, start, stop):
        return True
    full = len(body.text(stop - 1)) + len(text.split(" ", 1)[0]) >= 0.75 * body.width
    alone = body.is_short(stop) and not ends_sentence(text) and body.opens_sentence(stop + 1)
    return full and alone and not body.opens_sentence(stop)


def _goes_on_in_capitals(body: Body, start: int, stop: int) -> bool:
    """Whether lines in capitals are one title: "PLAN FÖR ETT SÄKRARE" + "OCH RENARE" + "LAND".

    One of them begins with a word that none begins with, a joining one.
    """
    lines = [body.text(i) for i in range(start, min(stop + 2, len(body)))]
    if not all(line.isupper() for line in lines[: stop - start + 1]):
        return False
    near = lines if len(lines) <= stop - start + 1 or body.lines[stop + 1].gap == 0 else lines[:-1]
    firsts = [line.split(" ", 1)[0].casefold() for line in near[1:] if line.isupper()]
    return any(first in word_list("weak-endings") for first in firsts)


def is_letterhead(*texts: str) -> bool:
    """Whether a line is a field of a letterhead: a ministry, a number, a date, an address."""
    return any(len(text) <= _LONGEST_FIELD and is_mark("letterhead", text) for text in texts)


def _ends_apart(body: Body, start: int, stop: int) -> bool:
    """Whether the lines up to the next empty line are few and end no sentence: a long title."""
    end = stop + 1
    while end < len(body) and body.lines[end].gap == 0 and end - start <= _MOST_LINES:
        end += 1
    if end - start > _MOST_LINES or end >= len(body):
        return False
    return not any(
        ends_sentence(body.text(i)) or marker_of(body.text(i)) for i in range(start, end)
    )


def _numbered(body: Body, start: int, found: Sequence[Heading]) -> Heading | None:
    if split_number(body.text(start)) is None:
        return None
    stop = _extent(body, start)
    text = _join(body, start, stop)
    number = split_number(text)
    if (
        number is None
        or not _plausible_title(number, whole=stop < len(body) and body.lines[stop].gap > 0)
        or not _in_order(body, start, number, found)
    ):
        return None
    if not (_begins_anew(body, start, stop, has_number=True) or heads_points(body, text, stop)):
        return None
    return Heading(start, stop, text, number)


def _plausible_title(number: Numbered, *, whole: bool) -> bool:
    """Whether words behind a number can be a title; `whole` where an empty line follows them.

    "2.4 Avgifterna ses över" is one then, though its last word can ask for another.
    """
    title = number.title
    if len(title) > _LONGEST_NUMBERED or title.endswith((",", ";", ":")) or _inner_stop(title):
        return False
    if ends_weak(title) and not (whole and number.depth > 1 and title[-1].isalpha()):
        return False
    if number.depth == 1:
        return len(title) <= _LONGEST and not ends_sentence(title)
    return not (ends_sentence(title) and has_finite_verb(title))


def _inner_stop(text: str) -> bool:
    return any(not is_abbreviation(m.group(1)) for m in _INNER_STOP.finditer(text))


def _in_order(body: Body, start: int, number: Numbered, found: Sequence[Heading]) -> bool:
    """Whether the number can follow the numbered headings before it.

    A number with several parts that starts a block is a heading also out of order (a reply that
    quotes the section numbers of another text); a single number is not. An excerpt may begin with
    chapter 3 where the type or a section 3.1 confirms it.
    """
    plain = (h.number.parts for h in reversed(found) if h.number and not h.number.rank)
    last = next(plain, None)
    if number.depth > 1:
        return number.parts != last
    if last is None:
        return number.parts[0] <= 2 or _is_confirmed(body, start, number)
    highest = max((last[:1], *(parts[:1] for parts in plain)))
    if follows(max(last, highest), number.parts):
        return True
    return number.parts > highest and _is_confirmed(body, start, number)


def _is_confirmed(body: Body, start: int, number: Numbered) -> bool:
    """Whether an excerpt may jump to a chapter: its type, or a section of it, shows it is one."""
    child = re.compile(rf"{re.escape(number.number)}\.\d")
    sections = any(child.match(body.text(i)) for i in range(start + 1, len(body)))
    return sections or body.typography.stands_out(body.lines[start])


def _unnumbered(body: Body, start: int, taken: set[int]) -> Heading | None:
    text = body.text(start)
    if not _begins_as_title(body, start) or marker_of(text) or _CAPTION.match(text):
        return None
    if body.typography.decides and not body.typography.stands_out(body.lines[start]):
        return None
    stop = _extent(body, start)
    text = _join(body, start, stop)
    if _is_labelled_sentence(body, text, stop):
        return Heading(start, stop, text)
    if not _reads_as_title(text) or (stop in taken and not _introduces(text)):
        return None
    if _NUMERIC.fullmatch(body.text(stop)):
        return None
    if has_finite_verb(text) and not body.typography.decides:
        leads_in = marker_of(body.text(stop)) is not None
        if leads_in or stop - start > 1 or len(text) > _LONGEST_WITH_VERB:
            return None
    labelled = _LABELLED.match(text) is not None
    if not _begins_anew(body, start, stop, has_number=labelled):
        return None
    return Heading(start, stop, text)


def _is_labelled_sentence(body: Body, text: str, stop: int) -> bool:
    """Whether a title is one whole sentence behind "Åtgärd 1:", over the text that explains it.

    Not so where the next line is the next of its kind (a list of measures), or goes on in the same
    paragraph.
    """
    if not (text.endswith(".") and _LABELLED_MEASURE.match(text) and _LABELLED.match(text)):
        return False
    following = body.text(stop)
    if not following or _LABELLED_MEASURE.match(following) or len(text) > _LONGEST:
        return False
    alone = not body.wrapped or body.lines[stop].gap > 0 or body.is_short(stop - 1)
    return alone and not _inner_stop(text)


def _begins_as_title(body: Body, start: int) -> bool:
    """Whether a line begins with a capital, or with a year that is part of a name.

    A line of running text can begin with a year too; it is a title only where the text before it
    has ended.
    """
    text = body.text(start)
    if _LETTERED_POINT.match(text):
        return False
    if next((c for c in text if c.isalnum()), "").isupper():
        return True
    if not _YEAR_NAME.match(text):
        return False
    before = body.text(start - 1)
    return not before or ends_sentence(before) or body.typography.stands_out(body.lines[start])


def _reads_as_title(text: str) -> bool:
    """Whether the words can be a title: short, with words, not ended and not to be continued.

    "Vilka reglerna riktar sig till" can; "Utredaren ska därför", "AFS 2014:43" and "Summan ska
    avrundas. (AFS 2014:43)" cannot.
    """
    if not 3 <= len(text) <= _LONGEST or len(text.split()) > _MOST_WORDS:
        return False
    if text.endswith((".", ",", ";", ":", "!")) or "....." in text:
        return False
    if _inner_stop(_BEFORE_TITLE.sub("", text)):
        return False
    if (
        is_letterhead(text)
        or is_form_line(text)
        or any(p.fullmatch(text) for p in (_FIELD, _SPACED))
    ):
        return False
    if _ends_with_date(text):
        return False
    last = text.rsplit(None, 1)[-1].casefold()
    return bool(_NAMES_SOMETHING.search(text)) and last not in _UNFINISHED


def _ends_with_date(text: str) -> bool:
    """Whether a short line gives a date: "Received on 3 March 2017", "Stockholm den 1 maj 2020"."""
    if find_month(text) is not None:
        return True
    return len(text.split()) <= 7 and any(date.end == len(text) for date in find_dates(text))


def _introduces(text: str) -> bool:
    return not text[-1].isdigit()


def _begins_anew(body: Body, start: int, stop: int, *, has_number: bool = False) -> bool:
    """Whether what follows lines `[start, stop)` starts something new, so that they stand alone."""
    if stop >= len(body):
        return False
    if body.typography.changes(body.lines[stop - 1], body.lines[stop]):
        return True
    if body.is_continuation(stop):
        return False
    following = body.text(stop)
    if not body.wrapped or body.lines[stop].gap > 0 or split_number(following):
        return True
    if body.is_short(stop - 1):
        return True
    if not body.opens_sentence(stop):
        return has_number and (following[0].isupper() or bool(marker_of(following)))
    return has_number or not has_finite_verb(_join(body, start, stop))


def _opens_part(heading: Heading) -> bool:
    return is_mark("contents", heading.text) or heading.text.casefold() in FRONT_PARTS


def _without_runs(headings: Sequence[Heading]) -> list[Heading]:
    """Drops runs of four or more unnumbered headings with nothing between: a cover or a list."""
    keep: list[Heading] = []
    run: list[Heading] = []
    for heading in [*headings, None]:
        joined = heading is not None and heading.number is None
        if joined and run and heading is not None and heading.start == run[-1].stop:
            run.append(heading)
            continue
        keep.extend(run if len(run) < 4 else [run[0], *filter(_opens_part, run[1:])])
        run = [heading] if joined and heading is not None else []
        if heading is not None and not joined:
            keep.append(heading)
    return keep
