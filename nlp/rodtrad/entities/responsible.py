"""Who must meet a deadline: the subject of its sentence, or those who got the commission."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from rodtrad.datamodel import Section, Span
from rodtrad.entities.finding import Finding

_LIST = re.compile(
    r"s?(?:\s*\([^()]{1,60}\))?(?:,|\s+och|\s+samt|,\s+och|\s+respektive|\s+jämte|\s*\()?\s*\)?"
)
_BRACKET = r"(?:\s*\([^()]{1,80}\))?"
# "E-hälsomyndigheten samlat ska delredovisa": a word may stand before the verb.
_MODAL = (
    rf"{_BRACKET}\)?\s+(?:vid\s+behov\s+|i\s+första\s+hand\s+"
    r"|(?!och|eller|samt|som|att)[a-zåäö]+\s+)?"
    r"(?:ska|skall|bör|måste|får|kommer att)\b(?!\s+kunna\b)"
)
# What is done to a body does not oblige it: "Ekonomistyrningsverket ska höras".
_OBLIGED = re.compile(
    _MODAL
    + r"(?!\s+(?:också\s+|även\s+|vidare\s+)?(?:höras|informeras|underrättas|rådfrågas|tillfrågas"
    r"|kontaktas|involveras|hållas\s+informera[dt]\w*|(?:beredas|ges|få)\s+(?:tillfälle|möjlighet))\b)"
)
_AFTER_MODAL = re.compile(
    r"\b(?:ska|skall|bör|måste)\s+"
    r"(?:(?:därför|även|också|vidare|dessutom|därutöver|således|årligen|senast|i stället)\s+)*$",
    re.IGNORECASE,
)
_AGENT = re.compile(
    r"\b(?:(?:slut|del)?redovisas|lämnas|genomföras|rapporteras|tas fram|inges|överlämnas)\b"
    r"[^.;]{0,80}\bav\s+$"
)
_ASKED = re.compile(
    r"\b(?:uppdra[rs]?|uppdrog|uppdragit|uppdragits|uppdraga|beordrar)\s+"
    r"(?:[\wåäö]+\s+){0,3}(?:den\s+\d{1,2}\s+[a-z]+\s+\d{4}\s+)?åt\s+$"
    r"|\buppdrag(?:et)?\s+(?:(?:ges|gavs|har getts|lämnas)\s+)?(?:till|åt|för)\s+$",
    re.IGNORECASE,
)
_GIVEN = re.compile(
    r"\b(?:ge|ger|gav|gett|givit|ges|gavs|får|fick|ålägger)\s+(?:[\wåäö]+\s+){0,2}$", re.IGNORECASE
)
_IN_COMMISSION = re.compile(
    r"^s?" + _BRACKET + r"\)?\s+(?:[\wåäö,]+\s+){0,8}?i\s+(?:särskilt\s+)?uppdrag\b"
)
_HAS = re.compile(
    rf"^{_BRACKET}\)?\s+(?:har|fick|får|ges|gavs|hade|ska|skall)\b(?:\s+[^\s.;]+){{0,12}}?\s+"
    r"(?:i\s+(?:särskilt\s+)?uppdrag|uppdrag(?:et)?\s+(?:om|att))\b"
)
# "Inspektionen för socialförsäkringens (ISF) uppdrag att utvärdera …"
_OWN_COMMISSION = re.compile(rf"^s?{_BRACKET}s?\s+uppdrag(?:et)?\s+(?:att|om)\b")
_PREPOSITION = re.compile(
    r"\b(?:till|med|från|hos|för|inom|om|på|mellan|via|genom|vid|efter|bland|avseende|hör[as]*|höra|mot|av|enligt|i)\s+(?:[a-zåäö]+\s+){0,1}$",
    re.IGNORECASE,
)
_TOGETHER = re.compile(r"\btillsammans\s+med\s+$", re.IGNORECASE)
_GOVERNMENT = re.compile(
    r"^(?:Regeringskansliet|Statsrådsberedningen|Kommittén?|[A-ZÅÄÖ][\wåäö -]*departementet)$"
)
_OWN_PART = re.compile(
    r"\b(?:[Dd]en|[Dd]enna|[Dd]e)\s+(?:delen|del|delarna|delar)\b"
    r"|\b[Dd]eluppdraget\b|\bi denna del\b"
)
_OTHERS = re.compile(
    r"^\W*(?:(?:[Dd]en|[Dd]e|[Dd]et|[Ee]n|[Ee]tt|nya|särskilda|berörda|samtliga|[Ss]amtliga|[Aa]lla|[Vv]arje)\s+){0,3}(?:[Rr]egeringen|[Rr]iksdagen|[Mm]edlemsstat\w+|[Kk]ommissionen|[Kk]ommun\w+|[Rr]egion(?:en|er|erna)"
    r"|[Uu]tredaren|[Uu]tredningen|[Kk]ommittén|[Dd]elegationen|[Uu]tredningstiden|[Uu]tredarens|[Ss]taten|[Ll]agen|[Ff]öreningen"
    r"|[Ll]andsting\w*|[Rr]emissvar\w*)\b"
)
_ANAPHOR = re.compile(r"\b(?:ska|skall) (?:myndigheten|myndigheterna|verket|styrelsen|rådet)\b")
_COMMISSION_WORD = re.compile(
    r"\buppdrag|\b[Mm]yndighet(?:en|erna)\b|\b[Rr]edovisning|\b[Rr]apport|\b[Vv]erket\b|\b[Ss]tyrelsen\b|\b[Uu]niversitetet\b",
    re.IGNORECASE,
)
_INQUIRY = re.compile(
    r"\b(?:särskild utredare|utredaren|kommittén|en kommitté|utredningstiden|parlamentarisk"
    r"|samordnare)\b",
    re.IGNORECASE,
)
_COORDINATES = re.compile(
    rf"^{_BRACKET}\)?\s+(?:ska|skall|är|ansvarar|har|får|fick|utses)\b[^.;]{{0,80}}?(?:sammanhållande|samordna(?!s\b)|samordnar|samordningsansvar|huvudansvar|samordnande|koordinera)"
)
_RECIPIENT = re.compile(
    r"(?<!kopia )\btill\s+(?P<who>Regeringskansliet(?:\s*\([^()]{3,140}\))?"
    r"|[A-ZÅÄÖ][\wåäö -]{2,60}?departementet|regeringen(?:\s*\([^()]{3,140}\))?|riksdagen"
    r"|Länsstyrelsen i [A-ZÅÄÖ]\w+ län|Kammarkollegiet|Statskontoret"
    r"|the Government Offices(?:\s*\([^()]*\))?)"
)


# How far before a list of agencies its words of commission are looked for.
_LEFT = 120
# A numbered point of a decision, told by who is to act.
_POINT = re.compile(
    r"(?:(?<=\n\n)|\A)\d{1,3}\.\s+(?:Regeringen\s+(?:uppdrar|ger)\b|[A-ZÅÄÖ][\wåäö-]+(?:\s+[\wåäö-]+){0,6}?\s+ska(?:ll)?\b)"
)


@dataclass(frozen=True, slots=True)
class Named:
    """The parties to one deadline: agencies that must act, and facts beside."""

    responsible: tuple[str, ...]
    detail: dict[str, str | None]


@dataclass(frozen=True, slots=True)
class _Group:
    """Agencies named in one list ("A, B (b) och C")."""

    start: int
    end: int
    names: tuple[str, ...]


@dataclass
class Parties:
    """The agencies of a text, listed ones together, and the sections that bound a commission.

    `inquiry`: the text is the terms of reference of an inquiry, which reports itself.
    """

    text: str
    agencies: Sequence[Finding]
    sections: Sequence[Section]
    inquiry: bool = False
    groups: list[_Group] = field(init=False)
    starts: list[int] = field(init=False)
    points: list[int] = field(init=False)
    _judged: dict[tuple[Callable[..., bool], int, int], bool] = field(
        init=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        certain = [agency for agency in self.agencies if agency.type == "AGENCY"]
        self.groups = list(_grouped(self.text, sorted(certain, key=lambda agency: agency.at)))
        self.starts = [group.start for group in self.groups]
        self.points = [match.start() for match in _POINT.finditer(self.text)]

    def between(self, start: int, end: int) -> list[_Group]:
        """The lists of agencies that begin in `[start, end)`."""
        return self.groups[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def latest(
        self, rule: Callable[[str, int, _Group], bool], start: int, end: int
    ) -> Iterator[_Group]:
        """The lists of agencies in `[start, end)` that a rule holds for, from the last.

        What a rule says of a list is kept: all deadlines of a long letter ask for the same lists.
        """
        for group in reversed(self.between(start, end)):
            key = (rule, group.start, max(start, group.start - _LEFT))
            if key not in self._judged:
                self._judged[key] = bool(_agencies_only(group.names)) and rule(
                    self.text, start, group
                )
            if self._judged[key]:
                yield group

    def scopes(self, offset: int) -> Iterator[Span]:
        """The point of an order, the sections around `offset` from the inside, then all before.

        "2. Regeringen uppdrar åt …" and "3. Kronofogdemyndigheten ska …" are matters of their own.
        """
        around = [
            section.at for section in self.sections if section.at.start <= offset < section.at.end
        ]
        around = sorted(around, key=len)
        begin = self.points[bisect_right(self.points, offset) - 1] if self.points else offset
        if begin < offset and all(begin >= one.start for one in around[:1]):
            yield Span(begin, max(offset, begin + 1))
        yield from around
        if offset:
            yield Span(0, max(offset, 1))


def _grouped(text: str, agencies: Sequence[Finding]) -> Iterator[_Group]:
    run: list[Finding] = []
    for agency in agencies:
        if run and not _LIST.fullmatch(text, run[-1].at.end, agency.at.start):
            yield _group(run)
            run = []
        run.append(agency)
    if run:
        yield _group(run)


def _group(run: Sequence[Finding]) -> _Group:
    names = dict.fromkeys(name for agency in run for name in _names(agency))
    return _Group(run[0].at.start, run[-1].at.end, tuple(names))


def _names(agency: Finding) -> list[str]:
    values = agency.value if isinstance(agency.value, list) else [agency.value]
    return [str(value) for value in values]


def find_parties(parties: Parties, bounds: tuple[int, int], at: Span, kind: str) -> Named:
    """Who must act, coordinates and receives, for the deadline at `at` in the sentence `bounds`.

    Nobody is responsible for an entry into force. The sentence's own subject or agent comes first,
    then, for a part of its own, that of the sentence before; "Uppdraget ska redovisas …" takes
    those who got the commission in the section, or the nearest section around it. In terms of
    reference only an agency that the sentence itself obliges is responsible.
    """
    sentence = parties.text[bounds[0] : bounds[1]]
    recipient = _recipient(sentence, at.start - bounds[0])
    if kind == "ikraftträdande":
        return Named((), {"recipient": None})
    if parties.inquiry:
        return Named(_acting(parties, bounds), {"recipient": recipient})
    own = _acting(parties, bounds) or _antecedent(parties, bounds) or _of_lead(parties, bounds)
    reporting = kind.endswith("redovisning") or _COMMISSION_WORD.search(sentence)
    if own or not reporting or _OTHERS.match(sentence):
        return Named(
            own, {"recipient": recipient, "coordinator": _coordinator(parties, bounds, at)}
        )
    part = _OWN_PART.search(sentence)
    if part:
        own = _of_sentence_before(parties, bounds)
    responsible = own or _commissioned(parties, bounds, at)
    detail = {
        "recipient": recipient,
        "coordinator": _coordinator(parties, bounds, at) if len(responsible) > 1 else None,
        "part": part.group() if part else None,
    }
    return Named(responsible, detail)


def _acting(parties: Parties, bounds: tuple[int, int]) -> tuple[str, ...]:
    """The agencies that the sentence itself obliges, in order."""
    names: dict[str, None] = {}
    for group in parties.between(*bounds):
        begin = max(bounds[0], group.start - 24)
        beside = names and _TOGETHER.search(parties.text, begin, group.start)
        if beside or _is_subject(parties.text, bounds[0], group):
            names.update(dict.fromkeys(_agencies_only(group.names)))
    return tuple(names)


def _of_lead(parties: Parties, bounds: tuple[int, int]) -> tuple[str, ...]:
    """The subject of the words that open a list, "Läkemedelsverket ska:", for one of its items."""
    if not _BULLET.search(parties.text, max(0, bounds[0] - 6), bounds[0] + 4):
        return ()
    lead = parties.text.rfind(":\n", max(0, bounds[0] - _LIST_REACH), bounds[0])
    begin = parties.text.rfind("\n", 0, lead) + 1 if lead >= 0 else 0
    if lead < 0 or _PLAIN_LINE.search(parties.text, lead + 1, bounds[0]):
        return ()
    subjects = [g for g in parties.between(begin, lead) if _is_subject(parties.text, begin, g)]
    return tuple(_agencies_only(subjects[-1].names)) if subjects else ()


_LIST_REACH = 3000
_BULLET = re.compile(r"(?:^|\n)[ \t]*(?:[•*▪■◦–-]|\d{1,2}\.)[ \t]")
# A paragraph between a lead and an item ends the list that the lead opened.
_PLAIN_LINE = re.compile(r"\n\n(?![ \t]*(?:[•*▪■◦–-]|\d{1,2}\.)[ \t])[^\n]")


def _antecedent(parties: Parties, bounds: tuple[int, int]) -> tuple[str, ...]:
    """The agency just named that "ska myndigheten" means."""
    match = _ANAPHOR.search(parties.text, *bounds)
    groups = parties.between(bounds[0], match.start()) if match else []
    return tuple(_agencies_only(groups[-1].names)) if groups else ()


def _is_subject(text: str, begin: int, group: _Group) -> bool:
    left = text[max(begin, group.start - _LEFT) : group.start]
    right = text[group.end : group.end + 120]
    if _ASKED.search(left) or (_GIVEN.search(left) and _IN_COMMISSION.match(right)):
        return True
    if _AGENT.search(left) or _AFTER_MODAL.search(left) or _HAS.match(right):
        return True
    return bool(_OBLIGED.match(right)) and not _PREPOSITION.search(left)


def _agencies_only(names: Iterable[str]) -> list[str]:
    """Without the Government Offices and ministries: they receive, they do not report."""
    return [name for name in names if not _GOVERNMENT.match(name)]


def _of_sentence_before(parties: Parties, bounds: tuple[int, int]) -> tuple[str, ...]:
    paragraph = parties.text.rfind("\n\n", 0, bounds[0])
    begin = max(paragraph, bounds[0] - 600, 0)
    subjects = [
        group
        for group in parties.between(begin, bounds[0])
        if _is_subject(parties.text, begin, group) and _agencies_only(group.names)
    ]
    # In terms of reference it is the inquiry that reports, whatever agencies are named.
    if not subjects or _INQUIRY.search(parties.text, subjects[-1].end, bounds[0]):
        return ()
    return tuple(_agencies_only(subjects[-1].names))


def _commissioned(parties: Parties, bounds: tuple[int, int], at: Span) -> tuple[str, ...]:
    """Those who got the commission that a deadline belongs to."""
    sentence = parties.text[bounds[0] : bounds[1]]
    for scope in parties.scopes(at.start):
        end = min(scope.end, bounds[1])
        for is_theirs in (_is_commissioned, _is_subject):
            chosen = parties.latest(is_theirs, scope.start, end)
            if _is_one_matter(parties, scope, sentence):
                groups = reversed(list(chosen))
                names = dict.fromkeys(n for group in groups for n in _agencies_only(group.names))
                if names:
                    return tuple(names)
            elif found := _of_number(chosen, sentence):
                return tuple(_agencies_only(found.names))
        if _INQUIRY.search(parties.text, scope.start, bounds[1]):
            return ()
        # Not "Länsstyrelsernas antikvarier": whose something is does not report.
        alone = {
            name
            for group in parties.between(scope.start, end)
            if parties.text[group.end : group.end + 2] != "s "
            and not _PREPOSITION.search(parties.text[max(0, group.start - 40) : group.start])
            for name in _agencies_only(group.names)
        }
        if len(alone) == 1:
            return tuple(alone)
    return ()


_WHOLE = re.compile(r"\W*(?:hela\s+)?uppdraget\s+(?:ska|skall)\b", re.IGNORECASE)
_ONE_MATTER = re.compile(r"[\d.\s#*]*Uppdrag\s+(?:till|om|att)\b")


def _is_one_matter(parties: Parties, scope: Span, sentence: str) -> bool:
    """ "Uppdraget ska …" in a section headed "Uppdrag om …": of all who got a part of it."""
    headed = _ONE_MATTER.match(parties.text, scope.start) is not None and scope.start > 0
    return headed and _WHOLE.match(sentence) is not None


def _of_number(latest: Iterator[_Group], sentence: str) -> _Group | None:
    """The last list, or the last that agrees with "myndigheterna" or "myndigheten"."""
    last = next(latest, None)
    match = _AUTHORITIES.search(sentence)
    if match is None or last is None:
        return last
    plural = match.group().lower() == "myndigheterna"
    agreeing = (g for g in chain([last], latest) if (len(_agencies_only(g.names)) > 1) == plural)
    return next(agreeing, last)


_AUTHORITIES = re.compile(r"\bmyndighet(?:erna|en)\b", re.IGNORECASE)


def _is_commissioned(text: str, begin: int, group: _Group) -> bool:
    left = text[max(begin, group.start - _LEFT) : group.start]
    right = text[group.end : group.end + 160]
    return bool(
        _ASKED.search(left)
        or (_GIVEN.search(left) and _IN_COMMISSION.match(right))
        or _HAS.match(right)
        or _OWN_COMMISSION.match(right)
    )


def _coordinator(parties: Parties, bounds: tuple[int, int], at: Span) -> str | None:
    scope = next(parties.scopes(at.start), None)
    begin = scope.start if scope else 0
    for group in parties.between(begin, bounds[1]):
        if len(group.names) == 1 and _COORDINATES.match(parties.text[group.end : group.end + 140]):
            return group.names[0]
    return None


def _recipient(sentence: str, offset: int) -> str | None:
    """Who receives the report: "till Regeringskansliet (Justitiedepartementet)"."""
    matches = list(_RECIPIENT.finditer(sentence))
    if not matches:
        return None
    behind = [match for match in matches if match.start() > offset]
    match = behind[0] if behind else matches[-1]
    return re.sub(r"\s+", " ", match["who"])
