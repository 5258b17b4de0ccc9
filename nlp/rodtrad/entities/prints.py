"""Citations by year and number: official prints, laws, regulations, agencies' reports.

`2023:97` by itself says nothing: the word before it tells whether it is an inquiry's report (SOU),
a bill (prop. 2016/17:93), a law, a regulation (SOSFS 2014:4) or an agency's report, and a number
after "och" or a comma is of the kind of the one before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from rodtrad.datamodel import Span
from rodtrad.entities.datafiles import read_rows
from rodtrad.entities.finding import Finding

_G = r"[ \t\n\u00a0]"
_NUMBER = re.compile(
    rf"[12](?<![\d:/–-].)(?:(?<=1)[6-9]|(?<=2)0)\d\d(?P<session>{_G}?/{_G}?(?:\d{{4}}|\d\d))?"
    rf"{_G}?:{_G}?(?P<tail>[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{{0,5}}{_G}?\d{{1,4}}(?:y(?!\w))?|\d{{1,4}})(?P<extra>:\d{{1,4}})?(?![\d:])"
)
# The same with another separator, read only behind the name of a series: "SOU 2016–70".
_ODD = re.compile(
    rf"(?P<year>(?:19|20)\d\d)(?P<session>/\d\d)?(?P<sep>{_G}?[–—;./-]{_G}?)(?P<tail>[A-Z]{{0,3}}\d{{1,4}})(?![\d/:–-])"
)
_SEPARATOR = re.compile(rf"\)?(?:,|;|{_G}och|{_G}samt|{_G}respektive|{_G}eller|,{_G}och)?{_G}\(?$")
_FS = re.compile(
    r"(?<!\w)(?P<series>[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{0,7}(?:-[A-ZÅÄÖ]{1,4})?-?FS(?:-FS)?)" + _G + r"?$"
)
_SFS = re.compile(rf"(?<!\w)SFS:?{_G}?(?:nr{_G})?$")
_LAW = (
    r"(?:[Ll]ag(?:en|ens|ar|arna|stiftning|stiftningen)?|[Bb]alk(?:en|ens)?|[Ff]örordning(?:en|ens|ar|arna)?"
    r"|formen|ordning(?:en)?|[Kk]ungörelse[n]?|[Ii]nstruktion(?:en)?|[Ss]tadga[n]?|reglemente[t]?|brev|cirkulär"
    r"|tillkännagivande[t]?)"
)
_LAW_NAME = re.compile(rf"(?<!\w)[\wåäöÅÄÖ-]*{_LAW}(?!\w)[^.()]{{0,140}}$")
_LAW_NEXT = re.compile(rf"[\wåäöÅÄÖ-]*{_LAW}{_G}?(?:\(|nr{_G})?$")
_AMENDED = re.compile(
    r"(?:ändrad|omtryckt|lydelse|ändringen|upphävd|upphävts|införd)(?:\sgenom|\sav)?"
    r"(?:\slag(?:en)?)?[ (]{0,3}$",
    re.IGNORECASE,
)
_REPORT = re.compile(
    r"(?P<kind>[Uu]nderlagsrapport(?:en|er)?|[\wåäö]*[Rr]apport(?:en|er|erna)?"
    r"|[Mm]yndighetsanalys(?:en)?|[Pp]ublikation|PM|[Pp]romemoria)?"
    rf"{_G}?(?:nr{_G}|serie{_G})?$"
)
_OPENING = re.compile(r"[\s(,:;–]*$")
_INQUIRY = re.compile(rf"(?<!\w)(?:A|Fi|Fö|I|IJ|Jo|Ju|KN|Ku|L|LI|M|N|S|SB|U|UD|K|In|C|R){_G}?$")


@dataclass(frozen=True, slots=True)
class _Cited:
    """What the words before a number make of it: where the surface starts, series, repaired?"""

    start: int
    series: str
    doubt: str | None = None


def find_prints(text: str, *, agencies: Sequence[Finding] = ()) -> tuple[Finding, ...]:
    """Citations by year and number in `text`, sorted; the value is series and number.

    Finds `prop. 2016/17:93`, `SOU 2023:97 och 2023:98` (two), `SOSFS 2014:4`, `2025:400` in
    "socialtjänstlagen (2025:400)" (value `SFS 2025:400`), `2026:13` in "(Jämställdhetsmyndigheten,
    2026:13)"; not `Ju 2014:22` (an inquiry) or `2:64`. `agencies` are the agencies found in the
    same text. Repairs separators ("prop. 2025:26:1", "SOU 2016–70") and says so in `detail`.
    """
    issuers = _issuers(text, agencies)
    found: list[Finding] = []
    previous: tuple[int, _Cited] = (-1, _Cited(-1, ""))
    for match in _NUMBER.finditer(text):
        cited = _cited(text, match, previous, issuers)
        if cited is None:
            continue
        finding = _finding(text, match, cited)
        found.append(finding)
        previous = (match.end(), cited)
    found += _odd_ones(text)
    return tuple(sorted(found, key=lambda finding: finding.at))


def _cited(
    text: str, match: re.Match[str], previous: tuple[int, _Cited], issuers: _Issuers
) -> _Cited | None:
    start = match.start()
    before = text[max(0, start - 48) : start]
    named = _series(before, start, session=bool(match["session"]))
    if named:
        return named
    if match["session"]:
        return _session_print(text, start, previous)
    if _INQUIRY.search(before):
        return None
    if _AMENDED.search(before) or _LAW_NEXT.search(before):
        return _Cited(start, "SFS")
    if _continues(text, previous, start):
        return _Cited(start, previous[1].series, previous[1].doubt)
    return (
        _titled(text, start)
        or _report(text, start, issuers)
        or _law_farther(text, start)
        or _report_of(issuers.alone_behind(text, match.end()), start)
        or _nobodys(text, start)
    )


def _report_of(issuer: str | None, start: int) -> _Cited | None:
    """The report of an agency that a note names last: "Barn i handel (2019:6) Boverket"."""
    return _Cited(start, issuer) if issuer else None


def _session_print(text: str, start: int, previous: tuple[int, _Cited]) -> _Cited | None:
    """A session's print named earlier: "propositionen Totalförsvaret (2020/21:30)"."""
    if _continues(text, previous, start) and previous[1].series in _sessions():
        return _Cited(start, previous[1].series)
    named = list(_SESSION_WORD.finditer(text, max(0, start - 160), start))
    if not named or text[start - 1] not in "( ":
        return None
    return _Cited(start, _SESSION_SERIES[named[-1].group(1).lower()])


_SESSION_WORD = re.compile(r"\b(proposition|skrivelse|betänkande|motion)", re.IGNORECASE)
_SESSION_SERIES = {
    "proposition": "prop.",
    "skrivelse": "skr.",
    "betänkande": "bet.",
    "motion": "mot.",
}


def _continues(text: str, previous: tuple[int, _Cited], start: int) -> bool:
    end = previous[0]
    return end >= 0 and start - end < 16 and bool(_SEPARATOR.fullmatch(text, end, start))


def _series(before: str, start: int, *, session: bool = True) -> _Cited | None:
    """The series named right before a number: SOU, prop., SOSFS, SFS …"""
    for pattern, series in _named_series():
        match = pattern.search(before)
        if match and not (
            series == "bet." and match["word"].lower().startswith("betänkande") and not session
        ):
            return _Cited(start - (len(before) - match.start("word")), series)
    match = _SFS.search(before)
    if match:
        return _Cited(start - (len(before) - match.start()), "SFS")
    match = _FS.search(before)
    if match:
        return _Cited(start - (len(before) - match.start()), match["series"])
    return None


@cache
def _named_series() -> tuple[tuple[re.Pattern[str], str], ...]:
    # "Ds Ju 1985:3": before 1990 the ministry stood between.
    between = rf"(?:{_G}(?:A|C|Fi|Fö|I|Jo|Ju|K|Kn|M|S|U|UD))?"
    return tuple(
        (
            re.compile(
                rf"(?:(?<!\w)|(?<=[a-zåäö0-9])(?=Dir))(?P<word>(?:{row['word']}))"
                rf"{between if row['series'] == 'Ds' else ''}"
                rf"\.?:?{_G}{{0,2}}(?:nr{_G})?$"
            ),
            row["series"],
        )
        for row in read_rows("print_series.tsv")
    )


def _titled(text: str, start: int) -> _Cited | None:
    """A number behind its title: "betänkandet Frekvenser (2018:92)", "direktiv (2019:86)"."""
    if start == 0 or text[start - 1] != "(":
        return None
    named = list(_TITLED.finditer(text, max(0, start - 160), start))
    if not named or _STOP.search(text, named[-1].end(), start):
        return None
    between = text[named[-1].end() : start - 1]
    if named[-1]["dir"]:
        return _Cited(start, "dir.") if not between.strip() else None
    return _Cited(start, "SOU") if between.strip() and "(" not in between else None


_TITLED = re.compile(
    r"\b(?:(?P<sou>(?:del|slut)?betänkandet?)|(?P<dir>(?:tilläggs|kommitté)?direktiv(?:en|et)?))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Issuers:
    """Who may issue reports, by the place where its name begins and ends."""

    starts: dict[int, str]
    ends: dict[int, str]
    reach: dict[int, int]

    def before(self, text: str, offset: int) -> str | None:
        """Who is named right before `offset`, also in the genitive ("Statskontorets rapport")."""
        name = self.ends.get(offset)
        return name or (self.ends.get(offset - 1) if text[offset - 1 : offset] == "s" else None)

    def alone_behind(self, text: str, offset: int) -> str | None:
        """Who is named behind a number and its bracket or comma, with nothing said of it."""
        gap = _GAP.match(text, offset)
        end = self.reach.get(gap.end()) if gap else None
        closed = end is not None and _CLOSED.match(text, end)
        return self.starts[gap.end()] if gap and closed else None


def _issuers(text: str, agencies: Sequence[Finding]) -> _Issuers:
    named = [(agency.at.start, agency.at.end, str(agency.value)) for agency in agencies]
    lowered = text.lower()
    for row in read_rows("report_issuers.tsv"):
        code = len(row["form"]) < 5
        hay, needle = (text, row["form"]) if code else (lowered, row["form"].lower())
        at = hay.find(needle)
        while at >= 0 and len(lowered) == len(text):
            end = at + len(needle)
            if not (code and (text[at - 1 : at].isalnum() or text[end : end + 1].isalpha())):
                named.append((at, end, row["issuer"]))
            at = hay.find(needle, end)
    return _Issuers(
        {s: name for s, _, name in named},
        {e: name for _, e, name in named},
        {s: e for s, e, _ in named},
    )


_GAP = re.compile(rf"(?:\),?|,){_G}")
_CLOSED = re.compile(r"[ \t]*(?:[,.;)\n]|$)")


def _report(text: str, start: int, issuers: _Issuers) -> _Cited | None:
    """An agency's report: the agency stands before the number, with at most a word for report."""
    window = text[max(0, start - 40) : start]
    kind = _REPORT.search(window)
    at = start - (len(window) - kind.start()) if kind else start
    opening = _OPENING.search(text, max(0, at - 6), at)
    edge = opening.start() if opening else at
    issuer = issuers.before(text, edge) or _issuer_of_title(text, start, issuers)
    if issuer is None:
        return None
    special = kind["kind"] if kind and kind["kind"] else ""
    special = special if special.lower().startswith("underlag") else ""
    return _Cited(start, f"{issuer} {special}".strip())


def _issuer_of_title(text: str, start: int, issuers: _Issuers) -> str | None:
    """The agency of "Boverkets rapport En väg (2025:20)", "en rapport till ESO (2026:1)"."""
    named = _report_word(text, start)
    if named is None:
        return None
    link = _LINK.match(text, named.end())
    after = issuers.starts.get(link.end()) if link else None
    return issuers.before(text, named.start() - 1) or after


def _report_word(text: str, start: int) -> re.Match[str] | None:
    """The last word for a report before a number in brackets, in the same sentence."""
    if start == 0 or text[start - 1] != "(":
        return None
    named = list(_REPORT_WORD.finditer(text, max(0, start - 200), start))
    return named[-1] if named and not _STOP.search(text, named[-1].end(), start) else None


_REPORT_WORD = re.compile(
    r"\b(?:rapport|promemoria|publikation|redovisning|skrift)[a-zåäö]*\b", re.IGNORECASE
)
_LINK = re.compile(rf"{_G}(?:till|från|av|för){_G}")
_STOP = re.compile(r"[.\n]\s")


def _nobodys(text: str, start: int) -> _Cited | None:
    """A report whose issuer is not named: "(rapport 2019:17)"; doubtful."""
    if _BARE_REPORT.search(text, max(0, start - 16), start) or _report_word(text, start):
        return _Cited(start, "rapport", "utgivaren av rapporten anges inte")
    return None


_BARE_REPORT = re.compile(r"[Rr]apport(?:en|er|erna)?\s(?:nr\s)?$")


def _law_farther(text: str, start: int) -> _Cited | None:
    """A number in brackets behind the title of a law: "lagen om vård av unga (1990:52)"."""
    if start == 0 or text[start - 1] not in "([":
        return None
    return _Cited(start, "SFS") if _LAW_NAME.search(text, max(0, start - 160), start - 1) else None


def _finding(text: str, match: re.Match[str], cited: _Cited) -> Finding:
    year = match.group()[:4]
    tail = re.sub(r"\s", "", match["tail"])
    session = re.sub(r"\s", "", match["session"] or "")
    slip = None
    if match["extra"] and not session and len(match["tail"]) == 2:
        session, tail, slip = f"/{tail}", match["extra"][1:], "kolon för snedstreck"
    end = match.end() if slip or not match["extra"] else match.end("tail")
    if not slip and cited.series in _sessions() and not session and int(year) > 1975:
        slip = "riksmötet anges med ett enda år"
    value = f"{cited.series} {year}{session}:{tail}"
    detail = {"slip": slip} if slip else None
    if cited.series == "SFS" and cited.start == match.start() and text[cited.start - 1] not in "([":
        detail = {"slip": "nummer utan parentes"} if _bare_law(text, match) else detail
    certainty: Literal["certain", "doubtful"] = "doubtful" if cited.doubt else "certain"
    span = Span(cited.start, end)
    return Finding("REFERENCE", span, value, "prints.v1", certainty, cited.doubt, detail)


def _bare_law(text: str, match: re.Match[str]) -> bool:
    return bool(
        re.search(
            rf"(?:lagen|balken|förordningen){_G}$", text[max(0, match.start() - 20) : match.start()]
        )
    )


@cache
def _sessions() -> frozenset[str]:
    return frozenset(
        row["series"] for row in read_rows("print_series.tsv") if row["sessions"] == "yes"
    )


def _odd_ones(text: str) -> Iterator[Finding]:
    """Numbers whose colon became another sign, right behind the name of a series."""
    for needle in _ODD_NEEDLES:
        at = text.find(needle)
        while at >= 0:
            word_end = at + len(needle)
            match = _ODD.match(text, word_end)
            named = _series(text[max(0, word_end - 24) : word_end], word_end) if match else None
            if match and named and not (named.series in _sessions() and not match["session"]):
                number = f"{match['year']}{match['session'] or ''}:{match['tail']}"
                detail = {"slip": f"{match['sep'].strip()!r} för kolon"}
                span = Span(named.start, match.end())
                yield Finding(
                    "REFERENCE", span, f"{named.series} {number}", "prints.odd.v1", detail=detail
                )
            at = text.find(needle, word_end)


_ODD_NEEDLES = (
    "SOU ",
    "Ds ",
    "prop. ",
    "skr. ",
    "dir. ",
    "bet. ",
    "rskr. ",
    "Dir. ",
    "Prop. ",
    "Skr. ",
)
