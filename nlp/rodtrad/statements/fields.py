"""The fields of a measure that come from mentions: dnr, references, money, deadlines, recipient."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from rodtrad.datamodel import Amount, Deadline, Mention, Span
from rodtrad.entities import NO_SUCH_DAY, find_dates
from rodtrad.statements.kinds import PAYMENT
from rodtrad.statements.parts import Part, part_at
from rodtrad.statements.reading import Reading, Unit, one_line
from rodtrad.statements.state import REPORTING, last_day

_AFTER_OWN_DNR = re.compile(r"[^()]*\)(?:\s*\([^()]*\))*\s*[.;]?\s*$")
_ANOTHER_MATTER = re.compile(
    r"[”\"»]\s*\($"
    r"|\b(?:redovisade|lämnade|överlämnade|publicerade|presenterade|inkom|redogjorde"
    r"|har (?:\w+ )?(?:redovisat|lämnat|överlämnat|publicerat|presenterat|inkommit))\b[^.;()]*"
    r"\b(?:en|ett|sin|sina)\s+(?:\w+\s+){0,2}?\w*(?:analys|rapport|kartläggning|skrivelse"
    r"|promemoria|utvärdering|framställning|hemställan|förstudie|underlag|förslag|översyn|studie)"
    r"\w*\b[^.;()]*\((?:dnr\s*)?$"
    r"|\b(?:som|vilket|vilken)\b[^.;()]{0,90}\b(?:redovisade|lämnade|beslutade|gav|fick|överlämnade"
    r"|inkom|gavs|redovisades|beslutades|lämnades|överlämnades|inleddes|påbörjades)\b.*\([^()]*$"
    r"|\b(?:enligt|inom|i|till|från|med|av|under|genom|på|utifrån|jfr|se)\s+"
    r"(?:\w+\s+){0,3}?(?:uppdraget|uppdragen|regeringsuppdraget|beslutet|regeringsbeslut|ärendet|"
    r"överenskommelsen|handlingsplanen|strategin|skrivelsen|\w*promemorian)\b"
    r"(?:\([^()]*\)|(?!\bi uppdrag\b)[^.;()])*\($"
    r"|\b(?:det|ett|dessa|de) (?:tidigare )?(?:regerings)?uppdrag(?:en)?\b"
    r"(?:[^.;]*\bsom\b[^.;]*|\s*)\((?:dnr\s*)?$"
    r"|\böverenskommelse(?:n)?\b(?:\([^()]*\)|[^.;()])*\($"
    r"|\bregeringens\s+(?:\w+\s+)?\w*(?:strategi|handlingsplan|agenda|program)\b[^.;()]{0,120}"
    r"\((?:dnr\s*)?$"
    r"|\w*(?:strategi|strategin|handlingsplan|handlingsplanen|agenda|agendan|program|programmet)"
    r"\s*\((?:dnr\s*)?$",
    re.IGNORECASE,
)
_REPLACED = re.compile(r"\bersätter\b[^.;]*\($", re.IGNORECASE)
_OWN_SENTENCE = re.compile(
    r"^\W*(?:uppdraget\b(?!\s+(?:kompletterar|bygger|anknyter|är en (?:fortsättning|del)))"
    r"|(?:utredningen|översynen|insatsen|arbetet)\s*\()"
    r"|\b(?:ska|skall)\s+(?:\w+\s+){0,4}?(?:slut|del|åter)?redovisas?\b"
    r"|\bi tillägg till\b|\bmed ändring av\b|\b(?:ursprungliga|tidigare) beslut(?:et)? den\b"
    r"|\bdetta (?:beslut|uppdrag)\b|\bdiarienum\w+\b"
    r"|\b(?:ändra[rs]?|förläng(?:er|s))\b[^.;]*\buppdraget\b",
    re.IGNORECASE,
)
# "Barnombudsmannen fick i april 2014 i uppdrag (S2014/1205/FST) att …": the order's own number,
# where the main clause of the measure's sentence orders.
_ORDERED_AS = re.compile(
    r"^(?!\W*(?:enligt|inom|som|utöver|mot bakgrund)\b)(?:(?!\b(?:som|vilket|där)\b)[^.;()])*"
    r"\b(?:får|fick|fått|ges|gavs|getts|ger|gav|gett)\b[^.;()]*\bi uppdrag\s*\((?:dnr\s*)?$",
    re.IGNORECASE,
)
_NOT_MONEY_OF_MEASURE = re.compile(
    r"\b(?:sanktionsavgift\w*|vite\w*|böter|straffavgift\w*|skadestånd\w*|brottsvinst\w*|omsätt\w*"
    r"|omsättning\w*|kostnader(?:na)? uppgick|beräknas (?:kosta|till|uppgå)"
    r"|tak(?:et)? på|brottsvinster)\b",
    re.IGNORECASE,
)
# What the measure itself will cost is its money: "Kostnaden beräknas till 1 500 000 kronor".
_ITS_COST = re.compile(
    r"^\W*kostnad(?:en|erna)(?:\s+för\s+(?:uppdraget|åtgärden|arbetet|insatsen|satsningen))?"
    r"\s+(?:beräknas|bedöms|uppskattas)\s+(?:till|uppgå till|bli)\b",
    re.IGNORECASE,
)
_GIVES = re.compile(
    r"\b(?:får|ges|ger|tilldelas|tillförs|avsätts|avsätter|anslås|anslår|beviljas|disponerar"
    r"|fått|bidrar med|bidra med|använda|betala"
    r"|utbetala|utbetalas|betalas|fördela|fördelas|rekvirera|anvisas|avsatt|avsatts"
    r"|öronmärk\w+|utlysning(?:en|ar)?)"
    r"\b[^.;]{0,60}$",
    re.IGNORECASE,
)
# "SEK 14 million has been set aside", "2 miljoner kronor avsätts".
_GIVEN_BEHIND = re.compile(
    r"^[^.;]{0,40}?\b(?:(?:is|are|has been|have been|will be|is being)\s+(?:\w+\s+)?"
    r"(?:set aside|allocated|earmarked|granted|made available|reserved)"
    r"|avsätts|har avsatts|anvisas|anslås|tilldelas)\b",
    re.IGNORECASE,
)
_NOT_MONEY_ROLES = frozenset({"ceiling", "ceiling of a sanction", "sanction", "statistic"})
_RECIPIENT = re.compile(
    r"\b(?:(?:slut|del)?redovis(?:a|as|ar|ning\w*)|återrapporter\w*|(?:del|slut)?rapport\w*"
    r"|överlämnas?|lämnas?|inkomma|skickas?|presenteras?)\b[^.;]*?\btill\s+"
    r"(?P<name>Regeringskansliet(?:\s*\([^)]*\))?|regeringen\b(?:\s*\([^)]*\))?"
    r"|kommun(?:styrelsen|fullmäktige)\b|region(?:styrelsen|fullmäktige)\b|styrgruppen\b"
    r"|[A-ZÅÄÖ][a-zåäö-]*(?:-\s*och\s+[a-zåäö]+|\s+och\s+[a-zåäö]+)?departementet)"
    r"|\btill\s+(?P<first>Regeringskansliet(?:\s*\([^)]*\))?|[A-ZÅÄÖ][a-zåäö-]*departementet)"
    r"\s+(?:\w+\s+)?(?:slut|del)?(?:redovisa|lämna|rapportera)\b"
    r"|\b(?:reported|report back|submitted|presented)\b[^.;]*?\bto\s+the\s+"
    r"(?P<english>Government Offices(?:\s*\([^)]*\))?|Government|Ministry (?:of|for) [A-Z]\w+)",
    re.IGNORECASE,
)


def dnr_of(
    reading: Reading, at: Span, units: Sequence[Unit], *, own: Iterable[str] = ()
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The measure's own diarienummer and those of other matters it names.

    Its own stands in brackets at the end of a sentence, or in the sentence that orders the report.
    A number behind another assignment ("i uppdraget om … (A2024/00815) samt …", behind a title
    in quotation marks) or in the middle of a sentence belongs to another matter. `own` are numbers
    known from the document itself.
    """
    mine = list(dict.fromkeys(own))
    foreign: list[str] = []
    for mention in reading.mentions_in(at, "DIARIENUMMER"):
        value = str(mention.value)
        unit = next((u for u in units if u.at.covers(mention.at)), None)
        is_own = unit is None or _is_own_dnr(unit, mention)
        (mine if is_own else foreign).append(value)
    own_numbers = tuple(dict.fromkeys(mine))
    return own_numbers, tuple(dict.fromkeys(v for v in foreign if v not in own_numbers))


def _is_own_dnr(unit: Unit, mention: Mention) -> bool:
    before = unit.text[: mention.at.start - unit.at.start]
    after = unit.text[mention.at.end - unit.at.start :]
    opening = before.rfind("(")
    head = before[: opening + 1] if opening >= 0 else before
    if _REPLACED.search(head):
        return False
    if _ORDERED_AS.match(head):
        return True
    says_own = _OWN_SENTENCE.search(head)
    if _ANOTHER_MATTER.search(head, says_own.end() if says_own else 0):
        return False
    if says_own:
        return True
    return bool(_AFTER_OWN_DNR.match(after))


_SECTION_OF_LAW = re.compile(r"^(SFS \d{4}:\d+)\s.*$")


def references_of(reading: Reading, at: Span) -> tuple[str, ...]:
    """Legal basis and documents cited, normalised, each once, in order; laws without section."""
    found: list[str] = []
    for mention in reading.mentions_in(at, "REFERENCE"):
        values = mention.value if isinstance(mention.value, list) else [mention.value]
        found.extend(_SECTION_OF_LAW.sub(r"\1", str(value)) for value in values)
    found = [value for value in found if re.search(r"[A-Za-zÅÄÖåäö]", value)]
    return tuple(dict.fromkeys(found))


def amounts_of(reading: Reading, units: Sequence[Unit]) -> tuple[Amount, ...]:
    """Money given, set aside or proposed, each sum once; no ceilings or statistics."""
    found: dict[tuple[int, str, int | None], Amount] = {}
    for unit in units:
        for mention in reading.mentions_in(unit.at, "AMOUNT"):
            amount = _amount(mention, unit)
            if amount is not None:
                found.setdefault((amount.value, amount.currency, amount.year), amount)
    return tuple(found.values())


def _amount(mention: Mention, unit: Unit) -> Amount | None:
    detail = mention.detail or {}
    role = str(detail.get("role") or "given")
    before = unit.text[: mention.at.start - unit.at.start]
    behind = unit.text[mention.at.end - unit.at.start :]
    own = _ITS_COST.match(before)
    if role == "statistic" and (own or _GIVES.search(before) or _GIVEN_BEHIND.match(behind)):
        role = "given"
    if role in _NOT_MONEY_ROLES or (not own and _NOT_MONEY_OF_MEASURE.search(unit.text)):
        return None
    value: Any = mention.value
    if not isinstance(value, dict) or not isinstance(value.get("value"), int):
        return None
    year = detail.get("year")
    return Amount(
        value["value"],
        str(value.get("currency", "SEK")),
        role,
        mention.span,
        int(year) if isinstance(year, int) else None,
    )


_REPORTED_TO = re.compile(
    r"\b(?:(?:slut|del)?redovis(?:a|as|ar)|(?:åter)?rapporter(?:a|as|ar))\b[^.;]*\btill\s+$",
    re.IGNORECASE,
)


# What is told of money goes to who pays it out; what may come to be reported, to nobody yet.
_ACCOUNTS = re.compile(r"\b(?:medel|medlen|Kammarkollegiet|skyldighet\w*)\b", re.IGNORECASE)


def recipient_of(reading: Reading, units: Sequence[Unit]) -> str | None:
    """Who receives the report: the ministry in brackets stays with Regeringskansliet.

    Reads "redovisas … till Regeringskansliet (Justitiedepartementet)", "till regeringen", else
    "redovisas till Naturvårdsverket"; not "lämna stöd till kommuner".
    """
    agencies = (
        str(mention.value)
        for unit in units
        for mention in reading.mentions_in(unit.at, "AGENCY")
        if _REPORTED_TO.search(unit.text[: mention.at.start - unit.at.start])
        and not _ACCOUNTS.search(unit.text)
    )
    return _named_recipient(units) or next(agencies, None)


def _named_recipient(units: Sequence[Unit]) -> str | None:
    for unit in units:
        match = _RECIPIENT.search(unit.line)
        if match:
            return _capital(one_line(match["name"] or match["first"] or match["english"]))
    return None


def _capital(name: str | None) -> str | None:
    return name[:1].upper() + name[1:] if name else None


def deadlines_of(
    reading: Reading,
    units: Sequence[Unit],
    parts: Sequence[Part],
    agencies: Sequence[str],
    *,
    one_matter: bool = True,
    period_end: int | None = None,
) -> tuple[Deadline, ...]:
    """The deadlines of the measure: who must meet each, for which part, received by whom.

    Doubtful dates (a year alone) and days for asking or paying back money are left out. A date
    after the last year of the plan's period is flagged. Where the heading names one assignment
    (`one_matter`), "Uppdraget ska redovisas" is about all its agencies; otherwise it is about the
    assignment named last. A date that another one replaces ("ska i stället redovisas") is left out.
    """
    found: list[Deadline] = []
    moved = any(_MOVED.search(unit.text) for unit in units)
    for unit in units:
        if PAYMENT.search(unit.text) or (moved and _FIRST_PLANNED.search(unit.text)):
            continue
        mentions = reading.mentions_in(unit.at, "DEADLINE")
        if not mentions:
            found += [d for d in _fronted(reading, unit, agencies) if not _known(d, found)]
        for mention in mentions:
            if _OF_DECISION.search(unit.text[: mention.at.start - unit.at.start]):
                continue
            whole = agencies if one_matter and _OF_WHOLE.match(unit.line) else ()
            deadline = _deadline(mention, part_at(parts, unit), agencies, whole, period_end)
            if deadline is not None:
                deadline = replace(deadline, kind=_kind(deadline.kind, mention, unit))
            if deadline is not None and not _known(deadline, found):
                found.append(deadline)
    return tuple(found)


# "I övrigt gäller beslutet av den 1 juni 2020": the day of a decision, not one to meet.
_OF_DECISION = re.compile(r"\b(?:beslut|skrivelse)\w*\s+(?:av|från)\s+(?:den\s+)?$", re.IGNORECASE)

_HOW_OFTEN = (
    r"en gång (?:per|om|i|varje) (?:månad|kvartal|år)(?:en|et)?"
    r"|(?:två|tre|fyra) gånger (?:per|om) året?|vart(?:annat| tredje| fjärde| femte) år|årligen"
    r"|varje (?:månad|kvartal|tertial|halvår|år)|(?:kvartals|tertial|halvårs|månads)vis"
)
_RECURS = re.compile(
    r"\b(?:(?:del|åter)?(?:redovisas?|rapporteras?)|informera)\s+(?:[\w,]+\s+){0,3}?"
    rf"(?P<how>{_HOW_OFTEN})\b"
    rf"|\b(?P<first>{_HOW_OFTEN})\s+(?:\w+\s+){{0,3}}?"
    r"(?:(?:(?:del|åter)?redovisa|(?:åter)?rapportera)s?|informera)\b",
    re.IGNORECASE,
)
_WITHIN_YEAR = re.compile(r"kvartal|tertial|halvår|månad|gånger", re.IGNORECASE)


def day_flags(reading: Reading, units: Sequence[Unit]) -> tuple[str, ...]:
    """What is said of when something is to be reported and cannot be a deadline, in its words.

    A day that does not exist, a time that leaves the day open ("under 2027", "den 1 mars" of no
    year) and a bare "årligen": told, never moved to a day.
    """
    found: list[str] = []
    for unit in units:
        mentions = reading.mentions_in(unit.at, "DEADLINE")
        found += [f"{one_line(m.surface)}: {m.reason}" for m in mentions if _is_open(m)]
        recurs = _RECURS.search(unit.text)
        how = one_line(recurs["how"] or recurs["first"]).casefold() if recurs else ""
        if how and (not mentions or _WITHIN_YEAR.search(how)) and not _is_yearly(mentions):
            found.append(f"återkommande redovisning utan dag: {how}")
    return tuple(dict.fromkeys(found))


def _is_open(mention: Mention) -> bool:
    """A doubtful day: one that does not exist, or of a report; a period is what it tells of."""
    value: Any = mention.value
    reports = isinstance(value, dict) and value.get("kind") in REPORTING
    open_day = reports and "/" not in str(value["date"])
    return mention.certainty == "doubtful" and (open_day or mention.reason == NO_SUCH_DAY)


def _is_yearly(mentions: Sequence[Mention]) -> bool:
    return any(str(m.value["date"]).startswith("--") for m in mentions if m.certainty == "certain")


def _known(deadline: Deadline, found: Sequence[Deadline]) -> bool:
    """The same kind and day once; two parts with the same day are two."""
    return any(
        (d.kind, d.date) == (deadline.kind, deadline.date)
        and (d.part == deadline.part or None in (d.part, deadline.part))
        for d in found
    )


# "… och senast den 1 mars slutredovisa", "ska redovisa ett delbetänkande senast den 1 mars".
_KIND_BEHIND = re.compile(
    r"(?:(?!\boch\b)[^.;,]){0,40}?\b(?P<kind>slut|del)(?:redovisa\w*|rapportera\w*|rapport\b)",
    re.IGNORECASE,
)
_KIND_BEFORE = re.compile(
    r"\b(?P<kind>del|slut)(?:betänkande|rapport|redovisa|redovisas)\b[^.;]{0,140}$", re.IGNORECASE
)
# "Den 1 oktober 2024 slutredovisar myndigheten uppdraget."
_FRONTED = re.compile(
    r"^\W*(?:senast )?(?:den )?\d{1,2} \w+ \d{4}\s+(?P<kind>slut|del)?(?:redovisar|rapporterar)\b",
    re.IGNORECASE,
)


def _fronted(reading: Reading, unit: Unit, agencies: Sequence[str]) -> list[Deadline]:
    """The report of a sentence that begins with its day and tells it in the present tense."""
    found = _FRONTED.match(unit.text)
    dates = list(find_dates(unit.text[: found.end()])) if found else []
    if found is None or len(dates) != 1:
        return []
    kind = f"{(found['kind'] or '').casefold()}redovisning"
    place = dates[0].at
    at = Span(unit.at.start + place.start, unit.at.start + place.end)
    span = reading.document.span_of(at)
    return [Deadline(kind, str(dates[0].value), tuple(agencies), span)]


def _kind(kind: str, mention: Mention, unit: Unit) -> str:
    """A plain report whose verb behind the date, or whose object before it, says which one."""
    if kind != "redovisning":
        return kind
    behind = _KIND_BEHIND.match(unit.text[mention.at.end - unit.at.start :])
    if behind:
        return f"{behind.group('kind').casefold()}redovisning"
    before = unit.text[: mention.at.start - unit.at.start]
    told = _KIND_BEFORE.search(before)
    return f"{told['kind'].casefold()}redovisning" if told else kind


_MOVED = re.compile(
    r"\bi\s?stället\b[^.]*\bredovisa|\bredovisa\w*\b[^.]*\bi\s?stället\b"
    r"|\bförlängd tid\b[^.]*\btill den \d",
    re.IGNORECASE,
)
_FIRST_PLANNED = re.compile(
    r"\b(?:enligt (?:direktiven|beslutet|det ursprungliga|de ursprungliga)|ursprungligen)\b"
    r"|\bhar den \d+ \w+ \d{4} beslutat att\b",
    re.IGNORECASE,
)
_OF_WHOLE = re.compile(r"^\W*(?:hela )?uppdrag(?:et|en)\b", re.IGNORECASE)


def _deadline(
    mention: Mention,
    part: Part | None,
    agencies: Sequence[str],
    whole: Sequence[str],
    period_end: int | None,
) -> Deadline | None:
    """`whole` are all agencies where the sentence is about the assignment ("Uppdraget ska …")."""
    value: Any = mention.value
    if mention.certainty != "certain" or not isinstance(value, dict):
        return None
    detail = mention.detail or {}
    kind, day = str(value["kind"]), str(value["date"])
    flags = ["efter planens period"] if _after(day, period_end) else []
    return Deadline(
        kind=kind,
        date=day,
        responsible=_responsible(kind, value, part, whole) or _fallback(kind, agencies),
        span=mention.span,
        coordinator=_text(detail.get("coordinator")),
        recipient=_capital(_text(detail.get("recipient"))),
        part=part.label if part else _named_part(detail.get("part")),
        flags=tuple(flags),
    )


def _responsible(
    kind: str, value: dict[str, Any], part: Part | None, whole: Sequence[str]
) -> tuple[str, ...]:
    if kind in REPORTING:
        if part and part.agencies:
            return part.agencies
        if whole:
            return tuple(whole)
    return tuple(str(name) for name in value.get("responsible") or ())


def _fallback(kind: str, agencies: Sequence[str]) -> tuple[str, ...]:
    return tuple(agencies) if kind in REPORTING else ()


def _named_part(value: object) -> str | None:
    """A part with a number or letter of its own; "den delen" names none."""
    text = _text(value)
    return text if text and re.search(r"\d|\b[A-F]\b|första|andra|tredje|fjärde", text) else None


def _text(value: object) -> str | None:
    return str(value) if value else None


def _after(day: str, period_end: int | None) -> bool:
    last = last_day(day)
    return period_end is not None and last is not None and last.year > period_end


_PERIOD = re.compile(r"\b((?:19|20)\d\d)\s*[–—-]\s*((?:19|20)\d\d)\b")


def period_end(reading: Reading) -> int | None:
    """The last year of the plan's period, from the catalogue or the title ("2026–2028")."""
    for text in (reading.document.get("period"), reading.document.title):
        match = _PERIOD.search(text or "")
        if match:
            return int(match.group(2))
    return None
