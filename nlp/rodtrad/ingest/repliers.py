"""Which body wrote a reply to a referral: candidates with evidence, the best of them or none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rodtrad.datamodel import Span
from rodtrad.ingest.dates import find_dates
from rodtrad.ingest.heads import is_name_in
from rodtrad.ingest.wording import first_word, has_finite_verb, word_list

_HEAD = 4_000
_LETTERHEAD = 900
_TAIL = 700
_READ = 60_000
_LEAST = 4
_LEAST_SPEAKER = 5
_MOST_SENTENCES = 3
_ACRONYM = 8
_SHORTENED = 5
_SHAPE_BONUS = 2
_NAME = r"(?P<name>[A-ZÅÄÖ][\wåäöé&.-]*(?: [\wåäöé&.-]+){0,7}?)"
_ASIDE = r"(?:\s+\([^()]{2,25}\))?(?:,[^,\n]{3,60},)?,?\s+"
_BEGIN = r"(?:^|\n|[.!?]\s)\s*(?:[•–-]\s+)?"
# "X tackar för möjligheten": who says so is the author.
_ASKED = re.compile(
    rf"{_BEGIN}{_NAME}{_ASIDE}(?:tackar|har\s+(?:beretts|givits|getts|fått|anmodats|inbjudits|ombetts|granskat|tagit)"
    r"|avger|lämnar|inkommer|avstår|yttrar)\b"
)
_STANCE = re.compile(
    rf"{_BEGIN}{_NAME}{_ASIDE}(?:har\s+(?:inga|inget)|anser|tillstyrker|avstyrker|välkomnar|ställer"
    r"|delar|instämmer|bedömer|ser\s+(?:positivt|inga|inget)|stödjer|stöder|motsätter|föreslår"
    r"|saknar|vill|är\s+(?:i\s+\w+\s+)?positiv)\b(?P<behind>[^.\n]{0,40})"
)
_SIGNATURE = re.compile(
    r"(?:^|\n)\s*(?:För|På\s+uppdrag\s+av)\s+(?P<name>[A-ZÅÄÖ][^\n.,:]{2,60}?)\s*(?=\n|$)"
)
# Under "Med vänlig hälsning": the body, over the names of those who sign for it.
_CLOSED = re.compile(r"[Hh]älsning(?:ar)?,?\s*\n\s*(?P<name>[A-ZÅÄÖ][^\n.,:]{2,60}?)\s*(?=\n)")
# "Kriminalvårdens arbete mot", on a cover; "X fick i uppdrag", "fick X i uppdrag" in the text.
_OF_FORM = re.compile(
    rf"(?:^|\n)\s*{_NAME}(?:(?<=s)|s|:s)\s+(?:[\wåäö-]+\s+)?\w*(?:plan|program|strategi|rapport|redovisning)(?:en|n)?\b"
)
_TASKED = re.compile(
    rf"{_BEGIN}{_NAME}{_ASIDE}(?:fick|har\s+(?:fått|haft|granskat|utvärderat|kartlagt|genomfört|tagit\s+fram)|redovisar"
    r"|rapporterar|överlämnar|lämnar|återrapporterar|presenterar|bedömer|anser|rekommenderar)\b(?P<behind>[^.\n]{0,40})"
)
_GIVEN = re.compile(rf"\b(?:fick|gav|gett)\s+{_NAME}(?:\s+\([^()]{{2,12}}\))?\s+i\s+uppdrag")
# At the foot of a page: "Jordbruksverket, 551 82 Jönköping".
_ADDRESS = re.compile(rf"(?:^|\n)\s*{_NAME},\s+(?:Box\s+\d+,\s+)?\d{{3}}\s?\d\d\s+[A-ZÅÄÖ]")
_OWNER = re.compile(
    rf"(?:^|\n)\s*{_NAME}(?:(?<=s)|s|:s)\s+(?:(?-i:remiss)?(?:yttrande|svar)|synpunkter)\s+(?:över|på|angående|avseende|gällande|med\s+anledning)"
)
_FROM = re.compile(
    r"(?:[Yy]ttrande|[Rr]emiss(?:var|yttrande)|[Ss]ynpunkter)\s+från\s+(?P<name>[A-ZÅÄÖ][^\n,.]{2,60}?)(?=\s+(?:över|på|angående|avseende|gällande)\b|\s*\n)"
)
_SENDER = re.compile(
    r"(?:^|\s)(?:Från|Avsändare|Remissinstans)\s*:\s*(?P<name>[A-ZÅÄÖ][^\n:]{2,60}?)"
    r"(?=\s*(?:\n|$)|\s+[A-ZÅÄÖ][a-zåäö]+\s*:)"
)
# A subject behind the verb: the words before it are no subject ("Vad gäller X bedömer kommunen").
_SUBJECT_BEHIND = re.compile(
    r"\s+(?:vi|jag|[A-ZÅÄÖ][\wåäö-]+|[a-zåäö]+(?:en|et|an))\s+(?:att|inte|dock|även|också|därför)\b"
)
_SHAPE = re.compile(
    r"(?:.*[\s-])?(?:\w*(?:kommun|stad|region(?:en)?|myndighet(?:en)?|verk(?:et)?|styrelsen|vården|bevakningen|förmedlingen|polisen|(?<!om)råd(?:et)?|nämnden?|inspektionen"
    r"|kassan|kontoret|institut(?:et)?|revisionen|ombuds(?:mannen|män)|universitet(?:et)?|högskola(?:n)?"
    r"|hovrätt(?:en)?|tingsrätt|kammarrätt(?:en)?|förvaltningsrätt(?:en)?|domstolen|förbund(?:et)?|förening(?:en|ar)?"
    r"|samfund(?:et)?|kollegium|akademi(?:n|en|ker)?|organisation(?:en|er)?|stiftelse(?:n)?|kyrka(?:n)?"
    r"|centrum|kanslern|jurister|centralorganisation(?:en)?|kansli(?:et)?|företag(?:en|are)?"
    r"|jourer(?:na)?|museum|jour(?:en)?|arbetsgivar(?:e|na)|landsting(?:et)?|näringsliv))"
    r"(?:\s+(?:i|för|mot|över|på|av|till)\s+.{2,60}|\s+(?-i:[A-ZÅÄÖ])\w+)?"
    r"|(?:kommunalförbundet|riksförbundet|stiftelsen|föreningen|förbundet|nätverket|organisationen)(?:\s+(?-i:[A-ZÅÄÖ])[\w-]+){1,4}(?:\s[a-zåäö]{2,4})?"
    r"|Länsstyrelsen\s+.{3,40}|Region\s+[A-ZÅÄÖ].{2,30}|Hovrätten\s+.{4,40}"
    r"|(?:[\w-]+ ){1,4}(?:agency|authority|board|council|administration|inspectorate|institute)"
    r"|Sveriges\s+.{3,40}|Svensk[at]?\s+.{3,40}|Göta hovrätt|(?-i:[A-ZÅÄÖ]{2,8})",
    re.IGNORECASE,
)
_GENERIC = re.compile(
    r"(?:läns|kommun|stad|landsting|region|domstol|universitet|högskol|myndighet|förbund|förening|nämnd|styrels|organisation|stiftels)\w*"
    r"|(?:social|kommun|region|barn|utbildnings|bygg|miljö|vård|arbetsmarknads)\w*(?:nämnden|styrelsen|fullmäktige)"
    r"|(?:huvud|central|region|avdelnings|läns|lokal)kontoret|förvaltningen|fakulteten|fakultetsstyrelsen|rektor|kansliet|hovrätten|kammarrätten|förvaltningsrätten|tingsrätten",
    re.IGNORECASE,
)
_FORM_LINE = re.compile(
    r"(?:(?<=\n)|(?<=\s))\s*(?:remiss)?(?:yttrande|svar)(?:\s+sida\s+\d+\s*\(\d+\))?\s*(?=\n)",
    re.IGNORECASE,
)
# What the paper is, beside the name in the head of a letter.
_FORM_BEHIND = re.compile(
    r"\s+(?:(?:remiss)?(?:yttrande|svar)|(?:sammanträdes)?protokoll(?:sutdrag)?|beslut"
    r"|(?:tjänste)?skrivelse)(?:\s+sida\s+\d+\s*\(\d+\))?$",
    re.IGNORECASE,
)
_ACRONYM_BEHIND = re.compile(r"\s+\([A-ZÅÄÖ][A-Za-zÅÄÖåäö]{1,7}\)$")
# "Kritik mot Trafikverket": what is done to a body, not its name; "Marknadsråd": any such;
# a person's "af" and "von".
_NO_SPEAKER = re.compile(
    r"\w+(?:råd|förening|nämnd|organisation|stiftelse|myndighet|akademi|centrum|företag|jour)$|"
    r".*\s(?:af|von)\s|"
    r"(?!\w+(?:myndigheten|rådet|styrelsen|nämnden|institutet|inspektionen|delegationen)\b)"
    r"\w+\s+(?:mot|om|av|hos|till|på|med|för)\s"
)
# Whose faculty or institute it is: "Juridiska fakultetsnämnden vid Uppsala universitet".
_SCHOOL = r"[A-ZÅÄÖ][\wåäö]+(?:\s+[\wåäö]+){0,2}?\s+(?:universitet|högskola)"
# A letterhead's "Länsstyrelsen", "Kalmar län", which is the county administrative board *in* it.
_IN_COUNTY = re.compile(r"^(Länsstyrelsen) (?!i )(\S+(?: \S+)? län)$")
# Kinds of bodies whose own name stands behind: "Stiftelsen Allmänna Barnhuset".
_NAMED_BEHIND = re.compile(
    r"stiftels|förening|förbund|organisation|kommunalförbund|länsstyrelsen", re.I
)
# Bodies whose names end like those of organs inside others.
_WHOLE = re.compile(
    r"(?:social|skol|konsument|domstols|bolags|arbetsmarknads)\w*(?:verket|styrelsen)|läkemedelsverket",
    re.I,
)
# "hovrätten" → "hovrätt", "universitetet" → "universitet", "högskolan" → "högskola".
_INDEFINITE = re.compile(r"(?:(?<=rätt)en|(?<=universitet)et|(?<=kommun)en|(?<=högskola)n)$")
_NO_BODY = re.compile(
    r"(?:remiss|utredning|utredare|betänkande|förslag|promemori|yttrande|ärende)\w*\b"
    r"|(?:detta|denna|det|vi|jag)\b"
    # Openings of a sentence: "I övrigt lämnar hovrätten", "Sammanfattningsvis anser".
    r"|(?:i|på|vid|enligt|när|för|med|av|till|om|som|här|men|dock|även|också|därutöver|därför|härutöver"
    r"|slutligen|vidare|sammanfattningsvis|sammantaget|avslutningsvis|inledningsvis|mot|utöver|trots"
    r"|samtidigt|däremot|likaså|generellt|således|under|efter|utifrån|inom|den|de|dessa|vad|beträffande"
    r"|gällande|avseende|angående|kapitel|avsnitt|synpunkter|datum|er[at]?|vår[at]?|dnr|diarie\w*|ärendenr|kopia"
    r"|handläggare|telefon|sida?|beteckning|referens)\b"
    r"|(?:\w*departementet|regeringskansliet|regeringen|riksdagen|statsrådsberedningen"
    r"|\w+(?:utredningen|kommittén))\b",
    re.IGNORECASE,
)
# A stop inside: the words are the end of one sentence and the begin of another.
_SENTENCE_END = re.compile(r"\w{3}\.\s")
# Words that stay small behind the first of a name: prepositions, and what bodies' names end in.
_SMALL = re.compile(
    r"i|och|för|av|över|mot|på|till|vid|samt|of|the|for|on|and|against|in|län|kommun|stad|universitet|högskola|kyrka|ombudsmän"
    r"|\w*(?:rätt|förbund|samfund|förening|nämnd|råd|verk|myndighet|akademi|departement)(?:et|en|n)?"
)
_INSIDE = frozenset(
    ["i", "och", "för", "mot", "av", "till", "på", "över", "de", "den", "län", "samt", "vid", "om"]
)


@dataclass(frozen=True, slots=True)
class _Evidence:
    name: str
    at: Span
    weight: int


def find_replier(text: str) -> tuple[str, Span] | None:
    """The body that wrote a reply and where its name stands in the clean text; None in doubt.

    Candidates are the names in the letterhead, the subjects of sentences that thank for the
    referral or take a stand, the owner of the reply ("Umeå kommuns yttrande över") and the body
    for which it is signed ("För Umeå kommun"). The one with most evidence is the author, if the
    evidence is enough: "Vad gäller ikraftträdandet bedömer kommunen" names nobody.
    """
    return _best(text, _evidence(text), _LEAST)


def find_speaker(text: str) -> tuple[str, Span] | None:
    """The body that wrote a report or plan; None in doubt.

    As in a reply its name stands in the letterhead, and the text speaks of it: "Kustbevakningen
    fick i uppdrag", "Kriminalvårdens handlingsplan". A ministry there is whom it writes to.
    """
    return _best(text, _of_report(text), _LEAST_SPEAKER)


def _of_report(text: str) -> Iterator[_Evidence]:
    head = text[:_LETTERHEAD]
    plain = (one for one in _on_letterhead(head) if not has_finite_verb(one.name))
    yield from (one for one in plain if ":" not in one.name and not _NO_SPEAKER.match(one.name))
    for match in re.finditer(r"[^\n\t]+", head):
        words = _FORM_BEHIND.sub("", match.group().strip())
        if (
            is_name(words)
            and not _SHAPE.fullmatch(words)
            and is_name_in(text[:_READ], spelled(words))
        ):
            yield _Evidence(words, Span(match.start(), match.start() + len(words)), 3)
    yield from _named(_ADDRESS, text, 0, len(text), 3)
    yield from _named(_OF_FORM, text, 0, _LETTERHEAD, 3)
    shown = head.casefold()
    told = (one for form in (_TASKED, _GIVEN) for one in _named(form, text, 0, _HEAD, 2))
    told = (one for one in told if one.name.casefold() in shown)
    yield from (one for one in told if not _NO_SPEAKER.match(one.name))


def _best(text: str, evidence: Iterable[_Evidence], least: int) -> tuple[str, Span] | None:
    scores: dict[str, int] = {}
    first: dict[str, _Evidence] = {}
    sentences: dict[str, int] = {}
    for one in evidence:
        key = _key(one.name)
        if one.weight <= 2:
            sentences[key] = sentences.get(key, 0) + 1
            if sentences[key] > _MOST_SENTENCES:
                continue
        scores[key] = scores.get(key, 0) + one.weight
        first.setdefault(key, one)
    for key, one in first.items():
        shaped = any(map(_SHAPE.fullmatch, (one.name, one.name.removesuffix("s"))))
        scores[key] += _SHAPE_BONUS if shaped or _stands_alone(one.name, text) else 0
    scores = _joined(scores, {key: one.name for key, one in first.items()})
    # Of a name and its acronym, which have the same place and weight, the name.
    best = sorted(
        scores, key=lambda key: (-scores[key], _is_acronym(first[key].name), first[key].at.start)
    )
    if not best or scores[best[0]] < least:
        return None
    return _as_written(first[best[0]].name, text), first[best[0]].at


def _as_written(name: str, text: str) -> str:
    """A name set in capitals as running text writes it: "SVERIGES ADVOKATSAMFUND" there.

    An acronym is written out where the text does: "Diskrimineringsombudsmannen (DO)"; a genitive
    is none where it has the name itself: "Länsstyrelsen Skånes yttrande". A faculty is told with
    its university, where the text says which.
    """
    if name.endswith("s") and re.search(rf"\b{re.escape(name[:-1])}\b", text):
        return name[:-1]
    full = re.search(rf"{_BEGIN}{_NAME} \({re.escape(name)}\)", text) if name.isupper() else None
    if full and not _NO_BODY.match(full["name"]):
        return full["name"]
    part = re.search(
        rf"\b(?P<part>(?:[A-ZÅÄÖ][a-zåäö]+a\s+)?(?i:{re.escape(name)}))\s+vid\s+(?P<of>{_SCHOOL})\b",
        text,
    )
    if part:
        return f"{' '.join(part['part'].split())} vid {' '.join(part['of'].split())}"
    if name.isupper() and " " in name:
        for match in re.finditer(re.escape(name), text, re.IGNORECASE):
            if not match.group().isupper():
                return match.group()
    return _IN_COUNTY.sub(r"\1 i \2", spelled(name))


def _stands_alone(name: str, text: str) -> bool:
    """Whether a name is a line of the letterhead."""
    line = rf"(?:^|[\n\t])\s*{re.escape(name)}\s*(?:[\n\t]|$)"
    return re.search(line, text[:_LETTERHEAD], re.IGNORECASE) is not None


def _joined(scores: Mapping[str, int], names: Mapping[str, str]) -> dict[str, int]:
    """The scores; a short name's own added to that of the full name it begins or stands in.

    "Handels" in the text of "Handelsanställdas förbund"; "Lunds" is no name of "Lunds universitet".
    """
    found = dict(scores)
    for short, score in scores.items():
        word = names[short].casefold()
        full = [key for key, name in names.items() if len(name.split()) > 1 and key != short]
        longer = [key for key in full if _holds(names[key].casefold(), word)]
        if " " not in word and len(word) >= _SHORTENED and len(longer) == 1:
            found[longer[0]] += score
    return found


def _holds(name: str, word: str) -> bool:
    return name.startswith(word) or word in name.split()


def _is_acronym(name: str) -> bool:
    short = name.isupper() and len(name) <= _ACRONYM and " " not in name
    return short and not name.endswith(("VERKET", "RÅDET", "NÄMNDEN"))


def _key(name: str) -> str:
    return re.sub(r"s?\s+(?=\S)", " ", name.casefold())


def _evidence(text: str) -> Iterator[_Evidence]:
    yield from _on_letterhead(text[:_LETTERHEAD])
    tail = max(0, len(text) - _TAIL)
    yield from _named(_SIGNATURE, text, tail, len(text), 4)
    for evidence in _named(_CLOSED, text, tail, len(text), 4):
        # A person's name may stand there too.
        if _SHAPE.fullmatch(evidence.name):
            yield evidence
    yield from _named(_OWNER, text, 0, _HEAD, 4)
    yield from _named(_FROM, text, 0, _HEAD, 4)
    yield from _named(_SENDER, text, 0, _LETTERHEAD, 4)
    yield from _named(_ASKED, text, 0, _HEAD, 4)
    yield from _named(_STANCE, text, 0, len(text), 2)


def _named(
    pattern: re.Pattern[str], text: str, start: int, stop: int, weight: int
) -> Iterator[_Evidence]:
    for match in pattern.finditer(text, start, stop):
        behind = match.groupdict().get("behind")
        if behind and _SUBJECT_BEHIND.match(behind):
            continue
        name = match["name"].strip()
        if len(name.split()) == 1 and _GENERIC.fullmatch(name) and not _WHOLE.fullmatch(name):
            full = _full_name(text, name)
            if full:
                yield _Evidence(full[0], full[1], weight)
        elif is_name(name):
            at = match.start("name")
            yield _Evidence(" ".join(name.split()), Span(at, at + len(name)), weight)


def _on_letterhead(head: str) -> Iterator[_Evidence]:
    """Names of bodies alone on a line of the letterhead."""
    for match in re.finditer(r"[^\n\t]+", head):
        name = _ACRONYM_BEHIND.sub("", _FORM_BEHIND.sub("", match.group().strip()))
        generic = len(name.split()) == 1 and _GENERIC.fullmatch(name)
        if name.endswith((".", ":")) or (generic and not _WHOLE.fullmatch(name)):
            continue
        if len(name) <= 70 and name[:1].isupper() and is_name(name) and _SHAPE.fullmatch(name):
            at = match.start() + match.group().find(name)
            yield _Evidence(" ".join(name.split()), Span(at, at + len(name)), 3)


def is_name(name: str) -> bool:
    """Whether words can be a body's name: "Rädda Barnen", not "Vad gäller ikraftträdandet".

    Behind the first word small letters are only those of prepositions, and of the words that end
    the names of bodies ("Umeå kommun", "Sveriges advokatsamfund").
    """
    if (
        _NO_BODY.match(name)
        or _SENTENCE_END.search(name)
        or any(find_dates(name))
        or first_word(name).casefold() in word_list("openers")
    ):
        return False
    words = name.split()
    plain = [word for word in words[1:] if word[0].islower() and word not in _INSIDE]
    return not plain or _SHAPE.fullmatch(name) is not None


def _full_name(text: str, generic: str) -> tuple[str, Span] | None:
    """The full name elsewhere: "Länsstyrelsen i X län", "SVEA HOVRÄTT", "För Umeå kommun"."""
    end = r"(?=\s*(?:\n|$|,|\.|\s{2}|\b(?:remiss)?(?:yttrande|svar)\b|(?:19|20)\d\d-))"
    # In a letterhead of columns the word "YTTRANDE" can stand between the two lines of the name.
    head = _FORM_LINE.sub(lambda match: " " * len(match.group()), text[:2_500])
    own = (
        r"(?:(?!\w*departementet|(?:Datum|Dnr|Diarie\w+|Ärende\w*|Beteckning|Referens|Sida|Vår|Er)\b)"
        r"(?-i:[A-ZÅÄÖ])[\w-]+ ?){1,4}(?:län)?"
        if _NAMED_BEHIND.match(generic)
        else "(?!)"
    )
    pattern = (
        rf"\b{re.escape(generic)}s?\s+"
        rf"(?P<behind>(?:i|för|över)\s+[^\n\d,.]{{3,40}}?|{own}){end}"
    )
    common = _INDEFINITE.sub("", generic)
    named = re.search(pattern, head, re.IGNORECASE)
    name = rf"(?P<name>(?:(?-i:[A-ZÅÄÖ])[\w-]*\s+){{1,3}}{re.escape(common)})"
    if named is None and common != generic:
        named = re.search(rf"(?:^|\n)\s*{name}{end}", text[:2_500], re.IGNORECASE)
        tail = text[-_TAIL:]
        signed = re.search(rf"(?:^|\n)\s*(?:För\s+)?{name}{end}", tail, re.IGNORECASE)
        if named is None and signed:
            shift = len(text) - len(tail)
            at = Span(signed.start("name") + shift, signed.end("name") + shift)
            return " ".join(signed["name"].split()), at
    if named is None:
        return None
    if "behind" in named.groupdict():
        first = named.group()[: len(generic)]
        return " ".join(f"{first} {named['behind']}".split()), Span(*named.span())
    return " ".join(named["name"].split()), Span(*named.span("name"))


def spelled(name: str, *, acronym: bool = True) -> str:
    """A name set in capitals in usual letters: "LÄNSSTYRELSEN I GÄVLEBORGS LÄN"; "LO" stays."""
    if not name.isupper() or (acronym and _is_acronym(name)):
        return " ".join(name.split())
    first, *words = [word.casefold() for word in name.split()]
    small = [word if _SMALL.fullmatch(word) else word.capitalize() for word in words]
    return " ".join([first.capitalize(), *small])
