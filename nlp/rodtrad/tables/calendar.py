"""Deadlines as a calendar file (iCalendar, RFC 5545): all-day events with source and alarms.

Written here rather than with a library because the file must not change from run to run: the
identity of an event comes from document, measure, kind and date, its time stamp from its date.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from rodtrad.tables.deadlines import next_occurrence
from rodtrad.tables.filters import is_marked
from rodtrad.tables.safety import plain_text
from rodtrad.tables.terms import Language, Terms, load_terms
from rodtrad.tables.wording import date_text, last_day, one_line, yearly_day

Record = Mapping[str, Any]

ALARM_DAYS = (30, 7)
_FOLD = 75
_RUN = re.compile(
    r"\bunder (?:åren |perioden )?(20\d\d)(?: ?[–-] ?| till | t\.o\.m\. )(20\d\d)\b", re.I
)


def calendar_text(
    records: Iterable[Record],
    *,
    language: Language = "sv",
    alarm_days: Sequence[int] = ALARM_DAYS,
) -> str:
    """Deadline records (see `deadline_record`) as the text of an .ics file.

    Args:
        records: what `rodtrad deadlines --json` prints. A date of a whole month, season or year
            lands on its last day, and the description says so; one that cannot be read is left out.
        language: of the words around the quotes.
        alarm_days: how many days before the date a reminder is set.

    Returns:
        Lines ended by CRLF and folded at 75 octets. Yearly dates recur; the same record always
        gets the same UID and text.
    """
    terms = load_terms(language)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Rodtrad//Tidsfrister//SV",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_escape(terms['calendar.name'])}",
    ]
    seen: set[str] = set()
    for record in records:
        uid = event_uid(record)
        day = event_day(record)
        if day and uid not in seen:
            seen.add(uid)
            lines += _event(record, day, uid, terms, alarm_days)
    lines.append("END:VCALENDAR")
    return "".join(f"{fold(line)}\r\n" for line in lines)


def event_uid(record: Record) -> str:
    """A name for the event that stays the same in every export.

    It rests on document, measure, kind, date and part: a moved deadline is another event.
    """
    fields = [
        str(record.get(name) or "") for name in ("document", "measure", "kind", "date", "part")
    ]
    digest = hashlib.blake2b("\x1f".join(fields).encode("utf-8", "replace"), digest_size=16)
    return f"{digest.hexdigest()}@rodtrad"


def event_day(record: Record) -> date | None:
    """The day an event is put on.

    A yearly date begins with the years its sentence names ("under 2027–2029"), else with its first
    occurrence from the document's date on; where no date is known, in 2020.
    """
    value = str(record["date"])
    yearly = yearly_day(value)
    if yearly is None:
        return last_day(value)
    if years := _years(record):
        return next_occurrence(value, as_of=date(years[0], 1, 1))
    written = _first_day(str(record.get("document_date") or ""))
    return next_occurrence(value, as_of=written) if written else yearly


def _first_day(value: str) -> date | None:
    """The first day a date as precise as its document gives it can mean."""
    try:
        return date.fromisoformat(f"{value}-01-01"[:10])
    except ValueError:
        return None


def _years(record: Record) -> tuple[int, int] | None:
    """The first and last year of a yearly date, where its sentence names one run of years.

    "ska årligen redovisas under 2027–2029", "under åren 2027 till 2029"; not "handlingsplanen
    2026–2028", which names a plan.
    """
    found = {(int(first), int(last)) for first, last in
             _RUN.findall(one_line(str(record.get("sentence") or "")))}  # fmt: skip
    run = found.pop() if len(found) == 1 else None
    return run if run and run[0] <= run[1] else None


def _event(
    record: Record, day: date, uid: str, terms: Terms, alarm_days: Sequence[int]
) -> Iterator[str]:
    kind = terms.value("kind", str(record["kind"]))
    title = one_line(str(record.get("measure_title") or record["measure"]))
    summary = terms.say("calendar.alarm", kind=kind, title=title)
    yield "BEGIN:VEVENT"
    yield f"UID:{uid}"
    yield f"DTSTAMP:{day:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"
    if str(record["date"]).startswith("--"):
        years = _years(record)
        yield f"RRULE:FREQ=YEARLY;UNTIL={years[1]}1231" if years else "RRULE:FREQ=YEARLY"
    yield f"SUMMARY:{_escape(summary)}"
    yield f"DESCRIPTION:{_escape(_description(record, terms))}"
    yield "TRANSP:TRANSPARENT"
    if is_marked(record.get("marking")):
        yield "CLASS:CONFIDENTIAL"
    for days in alarm_days:
        yield from _alarm(summary, days)
    yield "END:VEVENT"


def _alarm(summary: str, days: int) -> Iterator[str]:
    yield "BEGIN:VALARM"
    yield "ACTION:DISPLAY"
    yield f"DESCRIPTION:{_escape(summary)}"
    yield f"TRIGGER:-P{days}D"
    yield "END:VALARM"


def _description(record: Record, terms: Terms) -> str:
    """Who, to whom, state, remarks, the source's own words and where they stand; a line each."""
    value, flags = str(record["date"]), record.get("flags") or ()
    section = (record.get("section") or [""])[-1]
    lines = []
    if is_marked(record.get("marking")):
        lines.append(terms.say("head.marking", marking=record["marking"]))
    if record.get("responsible"):
        names = ", ".join(record["responsible"])
        lines.append(terms.say("calendar.responsible", names=names))
    if record.get("recipient"):
        lines.append(terms.say("calendar.recipient", name=record["recipient"]))
    if record.get("state"):
        lines.append(terms.say("calendar.state", state=record["state"]))
    if not value.startswith("--") and len(value) != len("2026-10-01"):
        lines.append(terms.say("calendar.period", date=date_text(value, terms)))
    lines += flags
    if quote := record.get("sentence") or record.get("quote"):
        lines.append(terms.say("calendar.quote", quote=one_line(quote)))
    lines.append(", ".join(part for part in (record["document"], section) if part))
    return "\n".join(lines)


def _escape(text: str) -> str:
    r"""Text as a property value: `\`, `;` and `,` escaped, line ends as `\n`."""
    clean = plain_text(text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return clean.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n").replace("\t", " ")


def fold(line: str) -> str:
    """A content line in pieces of at most 75 octets, never inside a character."""
    pieces, piece, size = [], "", 0
    for character in line:
        octets = len(character.encode("utf-8"))
        if size + octets > _FOLD:
            pieces.append(piece)
            piece, size = "", 1  # the blank that marks a continuation
        piece += character
        size += octets
    return "\r\n ".join([*pieces, piece])
