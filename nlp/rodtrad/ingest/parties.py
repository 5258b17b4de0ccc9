"""Who wrote a document and to whom, as the document itself says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rodtrad.datamodel import Span
from rodtrad.ingest.kinds import UNKNOWN
from rodtrad.ingest.repliers import find_replier, spelled

Fact = tuple[str, str, Span]

GOVERNMENT_KINDS = ("regeringsuppdrag", "regeringsbeslut", "regleringsbrev")
_TO_PARLIAMENT = ("proposition", "skrivelse", "lagrådsremiss")
_DIRECTIVES = ("kommittédirektiv", "tilläggsdirektiv")
MINISTRY = r"[A-ZÅÄÖ][a-zåäö]+(?:-,? (?:och\s)?[a-zåäö]+)*departementet|Statsrådsberedningen"
_ALONE = re.compile(
    rf"(?:^|\n|\s{{2}}|\t)\s*(?P<name>{MINISTRY})"
    r"(?=\s*(?:\n|\t|$)|\s*\(delvis\)|\s+\S+@|\s+\d{3}\s?\d{2}\s)"
)
# A long name in a narrow column: "Integrations- och" over "jämställdhetsdepartementet".
_PARTED = re.compile(
    r"(?:^|\n)\s*(?P<first>[A-ZÅÄÖ][a-zåäö]+-,?(?: [a-zåäö]+-,?)? och)[ \t]*\n"
    r"(?:[^\n]*\n){0,5}?\s*(?P<second>[a-zåäö]+departementet)(?=\s*(?:\n|$))"
)
_INQUIRY = re.compile(r"etänkande\s+(?:av|från)\s+(?P<name>[^\n]{5,90}?)(?=\s+Stockholm\b|\n|$)")
# A referral is sent by the ministry to which its answers go.
_ANSWERS_TO = re.compile(
    r"(?:(?:[Rr]emissvaren?|[Ss]varen?|[Yy]ttrandena?)\s+(?:ska(?:ll)?|som)\s+[^.\n]{0,40}?\btill"
    rf"|instanser\s+som)\s+(?P<name>{MINISTRY})"
)
_BRACKETED = re.compile(rf"\((?P<name>{MINISTRY})\)")
_POSTAL = re.compile(
    r"(?:^|\n)\s*(?P<name>[A-ZÅÄÖ][^\n\d,@]{3,70}?)\s+"
    r"(?:Box\s+\d[\d ]*\s+|[A-ZÅÄÖ][^\n\d]{2,30}\d+\s+)?"
    r"\d{3}\s?\d{2}\s+[A-ZÅÄÖ]"
)
# "Boverket", "länsstyrelserna", or a long list with remarks in brackets; an acronym behind it.
_RECEIVER = (
    r"(?P<name>(?:[A-ZÅÄÖ]|(?:samtliga\s+|alla\s+)?(?:läns|statliga\s|kommun|region|universitet))"
    r"(?:[^.\n;:()]|\([^()\n]{13,80}\)){1,400}?)(?:\s*\([^()\n]{2,12}\))?"
)
_ORDERED = (
    re.compile(rf"(?i:(?:^|\n)\s*(?:[^\n.]{{0,30}}\s)?uppdrag(?:et)?\s+(?:till|åt))\s+{_RECEIVER}\s+(?:att|om|avseende|angående|i(?!\s+[A-ZÅÄÖ][\wåäö]+(?:\s+[A-ZÅÄÖ]?[\wåäö]+)?\s+län\b))\b"),
    re.compile(rf"(?i:\bregeringen\s+(?:uppdrar|uppdrog)\s+åt)\s+{_RECEIVER}\s*\batt\b"),
    re.compile(
        r"(?i:\bregeringen\s+(?:ger|har\s+(?:gett|givit)|beslutar\s+att\s+ge))\s+"
        rf"{_RECEIVER}\s+(?:i\s+uppdrag|uppdraget|ett\s+uppdrag)\b"
    ),
    re.compile(rf"(?i:regleringsbrev\s+för\s+(?:budgetåret\s+)?\d{{4}}\s+(?:avseende|för))\s+{_RECEIVER}(?=\s*(?:\n|$|inom\s+utgiftsområde))"),
)  # fmt: skip
_SENT_TO = re.compile(r"överlämnar\s+denna\s+\w+\s+till\s+(?P<name>riksdagen|lagrådet)\b", re.I)
_COUNTRY = (
    re.compile(r"(?-i:EVALUATION\s+REPORT)\s+(?P<name>(?-i:[A-Z][A-Z-]+(?: [A-Z-]+)*))\s*(?:\n|$)"),
    re.compile(r"[Hh]uman\s+[Bb]eings\s+by\s+(?P<name>(?:the\s+)?[A-Z][\w-]+(?:\s[A-Z][\w-]+)*)"),
    re.compile(r"periodic\s+reports?\s+of\s+(?P<name>(?:the\s+)?[A-Z][\w-]+(?:\s[A-Z][\w-]+)*)"),
)
_COMMITTEE = re.compile(
    r"(?:^|\n)\s*(?P<name>Human Rights Committee"
    r"|Committee (?:on|against) [^\n]{5,90}?)\*?[ \t]*(?=\n|$)"
)
_AUTHORITIES = re.compile(
    r"(?:submitted|reply|response|report)\s+(?:by|from|of)\s+(?:the\s+)?"
    r"(?P<name>[A-Z][\w-]+\s+(?:authorities|Government)|Government\s+of\s+(?:the\s+)?[A-Z][\w-]+|[A-Z][a-z]+)\b",
)  # fmt: skip
_PUBLISHED_BY = re.compile(
    r"(?:utgiven|utgivare|ges ut)\s*(?:av|:)\s+(?P<name>[A-ZÅÄÖ][^\n,.;]{3,70})", re.I
)
_REPORTS = re.compile(
    r"(?:^|\n)\s*(?P<name>[A-ZÅÄÖ][\w -]{3,60}?)\s+"
    r"(?:redovisar|rapporterar|återrapporterar|överlämnar|lämnar)\s+(?:härmed|här|i denna)\b"
)


# A body's name alone on a line of the cover, or with the report's number: "Statskontoret 2020:14".
_COVER_NAME = re.compile(
    r"(?:^|\n)\s*(?P<name>Länsstyrelsen\s+(?:[A-ZÅÄÖ][a-zåäö]+(?:\s+län)?)(?=\s*\n)"
    r"|Region\s+[A-ZÅÄÖ][a-zåäö]+(?=\s*\n)|(?:[A-ZÅÄÖ][a-zåäö]+ ){1,2}(?:kommun|stad)(?=\s*\n)"
    r"|(?:[A-ZÅÄÖ](?:\w+(?:ande|ska)\s+)?[\wåäö-]*?(?:myndigheten|verket|styrelsen|rådet|inspektionen"
    r"|nämnden|kassan|kontoret|institutet|revisionen|ombudsmannen)|Länsstyrelsen)"
    r"(?:\s+(?:i|för|mot|och)\s+[\wåäö-]+(?:\s+[\wåäö-]+){0,4}?)?)"
    r"(?:\s+rapport)?(?:\s+(?:19|20)\d\d:\d{1,3})?\s*(?=\n|$|,\s*(?:dnr|diarien))",
)
# "OSCE Office for Democratic Institutions and Human Rights", alone on its line.
_INTERNATIONAL_NAME = re.compile(
    r"(?:^|\n)[ \t]*(?P<name>(?:[A-Z][\w-]+ ){0,4}(?:Office|Committee|Commission|Agency|Group|Fund"
    r"|Organi[sz]ation|Council|Ombudsman|Rapporteur|Centre) (?:for|of|on|against)(?: the)?"
    r" [A-Z][^\n.,:;]{3,70})[ \t]*(?=\n|$)"
)
# Who decided on a plan: "Strategin antogs av regeringen", "Adopted by the Government".
_BY_GOVERNMENT = re.compile(
    r"(?:antogs|antagen|antagits|beslutad|beslutades|beslutats)\s+av\s+regeringen\b"
    r"|\bregeringen\s+(?:beslutade|antog)[^.]{0,40}\s(?:(?:handlings|åtgärds)?planen|strategin)\b"
    r"|government\s+offices\s+of\s+sweden|adopted\s+by\s+the\s+(?:swedish\s+)?government\b",
    re.IGNORECASE,
)


def find_issuer(text: str, head: str, kind: str) -> Iterator[Fact]:
    """Who issued the document; `text` is all of its clean text, `head` the first pages."""
    if kind in (*GOVERNMENT_KINDS, *_TO_PARLIAMENT, *_DIRECTIVES):
        yield from _by_government(text, head, kind)
    elif kind == "remissvar":
        yield from _replying(text, head)
    elif kind in ("Ds", "promemoria", "remiss"):
        pattern = _ANSWERS_TO if kind == "remiss" else _ALONE
        match = pattern.search(head, 0, len(head) if kind == "remiss" else 1_500)
        if match:
            yield "issuer", match["name"], Span(*match.span("name"))
    elif kind in ("betänkande", "riksdagsskrivelse"):
        yield from _parliament(head, kind)
    elif kind in ("SOU", "delbetänkande"):
        for match in _INQUIRY.finditer(head):
            yield "issuer", match["name"].strip(), Span(*match.span("name"))
    elif kind in ("redovisning", "lägesrapport"):
        for pattern in (_PUBLISHED_BY, _REPORTS):
            for match in pattern.finditer(head):
                yield "issuer", match["name"].strip(), Span(*match.span("name"))
        yield from _on_cover(head)
    else:
        yield from _international(head, kind)
        if kind in (UNKNOWN, "handlingsplan"):
            yield from _on_cover(head)
        yield from _adopted(head, kind)


def _on_cover(head: str) -> Iterator[Fact]:
    for pattern in (_COVER_NAME, _INTERNATIONAL_NAME):
        for match in pattern.finditer(head[:600]):
            yield "issuer", " ".join(match["name"].split()), Span(*match.span("name"))


def _adopted(head: str, kind: str) -> Iterator[Fact]:
    """The Government, of a plan that says so; a report on such a plan is somebody else's."""
    for match in _BY_GOVERNMENT.finditer(head) if kind == "handlingsplan" else ():
        yield "issuer", "Regeringen", Span(*match.span())


def _replying(text: str, head: str) -> Iterator[Fact]:
    found = find_replier(text, head)
    if found:
        yield "issuer", *found


def _by_government(text: str, head: str, kind: str) -> Iterator[Fact]:
    """The Government, with the ministry that the letterhead or the signature names."""
    if kind in GOVERNMENT_KINDS:
        parted = _PARTED.search(head[:1_500])
        if parted:
            name = f"{parted['first']} {parted['second']}"
            yield "issuer", f"Regeringen ({name})", Span(*parted.span("second"))
        yield from _government(head, _ALONE.search(head[:1_500]))
    elif kind in _TO_PARLIAMENT:
        yield from _government(head, _BRACKETED.search(head))
    else:
        yield from _government(text, _BRACKETED.search(text, max(0, len(text) - 300)))


def _parliament(head: str, kind: str) -> Iterator[Fact]:
    """The committee whose report it is; the Riksdag of a communication to the Government."""
    committee = re.search(r"(?:^|\n)\s*(?P<name>[A-ZÅÄÖ][\wåäö-]*utskottet)s\s+betänkande", head)
    if kind == "betänkande" and committee:
        yield "issuer", committee["name"], Span(*committee.span("name"))
    riksdag = re.search(r"\briksdagen\b", head, re.IGNORECASE)
    if kind == "riksdagsskrivelse" and riksdag:
        yield "issuer", "Riksdagen", Span(*riksdag.span())


def _government(head: str, ministry: re.Match[str] | None) -> Iterator[Fact]:
    if ministry:
        name = " ".join(ministry["name"].split())
        yield "issuer", f"Regeringen ({name})", Span(*ministry.span("name"))
    decided = re.search(r"\b[Rr]egeringen\b", head)
    if decided:
        yield "issuer", "Regeringen", Span(*decided.span())


def _international(head: str, kind: str) -> Iterator[Fact]:
    if kind == "GRETA-rapport":
        for match in re.finditer(r"GRETA|G R E T A", head):
            yield "issuer", "GRETA", Span(*match.span())
    elif kind == "partskommitténs rekommendation":
        for match in re.finditer(r"Committee\s+of\s+the\s+Parties", head):
            yield "issuer", "Committee of the Parties", Span(*match.span())
    elif kind == "sammanfattande slutsatser":
        for match in _COMMITTEE.finditer(head):
            yield "issuer", " ".join(match["name"].split()), Span(*match.span("name"))
    elif kind == "svar till GRETA":
        for match in _AUTHORITIES.finditer(head):
            if match["name"] not in ("Sweden",) and match["name"] in ("Committee", "GRETA"):
                continue
            yield "issuer", " ".join(match["name"].split()), Span(*match.span("name"))


def find_addressee(head: str, kind: str) -> Iterator[Fact]:
    """To whom the document is addressed.

    A reply goes to the ministry in its address field; a decision to the agencies that it orders to
    do something, or that its address field names; a bill to the Riksdag; a monitoring report to the
    country it examines.
    """
    if kind == "remissvar":
        match = _ALONE.search(head[:2_000])
        if match:
            yield "addressee", match["name"], Span(*match.span("name"))
    elif kind in GOVERNMENT_KINDS:
        yield from _ordered(head)
    elif kind in _TO_PARLIAMENT:
        for sent in _SENT_TO.finditer(head):
            yield "addressee", sent["name"], Span(*sent.span("name"))
    elif kind in ("GRETA-rapport", "sammanfattande slutsatser", "partskommitténs rekommendation"):
        for pattern in _COUNTRY:
            for match in pattern.finditer(head[:4_000]):
                name = " ".join(match["name"].split())
                yield "addressee", spelled(name, acronym=False), Span(*match.span("name"))


def _ordered(head: str) -> Iterator[Fact]:
    for pattern in _ORDERED:
        match = pattern.search(head[:5_000])
        if match:
            yield "addressee", " ".join(match["name"].split()), Span(*match.span("name"))
    for match in _POSTAL.finditer(head[:2_500]):
        if not re.fullmatch(rf"{MINISTRY}|Regeringskansliet", match["name"]):
            yield "addressee", " ".join(match["name"].split()), Span(*match.span("name"))
