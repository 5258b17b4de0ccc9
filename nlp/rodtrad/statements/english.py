"""Recommendations in English: GRETA, the Committee of the Parties, UN committees.

GRETA's three verbs keep their order of strength: "urges" > "considers that … should" > "invites";
"considers that" without "should" is a finding, "welcomes", "stresses" and "is concerned" are none
of the three. A UN committee "recommends that", "urges", "calls upon", "encourages", "requests" or
"invites" the State party; the Committee of the Parties "Recommends that the Government of X".
One verb may govern several dashed or lettered points: one recommendation with parts. The list of
proposals in an appendix repeats the report and is not counted twice; the Government's comments are
not the issuer's words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from rodtrad.datamodel import Recommendation, Span
from rodtrad.entities import canonical_name
from rodtrad.statements.fields import references_of
from rodtrad.statements.issuer import issuer_of, names_pattern, own_names
from rodtrad.statements.reading import Reading, Unit, asked_once, joined, without_bullet, words
from rodtrad.statements.splitting import split_english
from rodtrad.statements.vocabulary import Cue, cues, spelled_out, word_list

_PARAGRAPH = re.compile(r"^\s*(?P<number>\d{1,3})\.\s*(?=[A-Z“\"(])")
_REPEATED = re.compile(r"\b(?:once (?:again|more)|again|reiterates?|reiterating)\b", re.IGNORECASE)
_APPENDIX = re.compile(
    r"\b(?:appendix|annex|list of greta|summary|executive summary)\b", re.IGNORECASE
)
_COMMENTS = re.compile(r"\b(?:comments|observations by the|reply of the|replies)\b", re.IGNORECASE)
_PARTY = re.compile(
    r"\bthe\s+(?P<adjective>[A-Z][a-z]+(?:-[A-Z][a-z]+)?)\s+(?:authorities|government|parliament)\b"
    r"|\bthe\s+Government\s+of\s+(?:the\s+)?(?P<country>[A-Z][a-z]+(?:\s[A-Z][a-z]+)*)"
    r"|(?<!of the )\b(?P<party>[Tt]he (?:State party|Government|authorities)|States parties"
    r"|Parties|State Parties)\b"
)
_ARTICLE = re.compile(r"\bArticles?\s+(\d{1,2}(?:\([^)]+\))*)")
_SIMILAR = 0.75


def find_english(reading: Reading) -> list[Recommendation]:
    """The recommendations of an English document, in order.

    Its summary and its list of proposals say them again: they add only what the body does not
    hold, and nothing to the body of a report whose every proposal is set out in a paragraph.
    """
    own_words = [b for b in _blocks(reading) if not _is_part(reading, b[0], "comments", _COMMENTS)]
    again = [_is_part(reading, b[0], "appendix", _APPENDIX) for b in own_words]
    body = [block for block, repeats in zip(own_words, again, strict=True) if not repeats]
    if _sets_proposals_in_bold(reading, body):
        body = [block for block in body if "bold" in reading.flags_of(block[0])]
    found = [item for block in body for item in _read(reading, block)]
    if found and not _is_plain(reading):
        return found
    heard = [_said(item) for item in found]
    for block in (b for b, repeats in zip(own_words, again, strict=True) if repeats):
        for item in _read(reading, block):
            if not _heard(_said(item), heard):
                heard.append(_said(item))
                found.append(item)
    return sorted(found, key=lambda item: item.span or Span(0, 0))


def _read(reading: Reading, block: Sequence[Unit]) -> Iterator[Recommendation]:
    """The recommendations of a block, each with the number of its paragraph or of the block's."""
    for units, cue in _demands(block, own_names(reading), plain=_is_plain(reading)):
        item = _written(reading, units, cue)
        if item.paragraph is None:
            item = replace(item, paragraph=_number_of(reading, block[0]))
        yield item


def _said(item: Recommendation) -> frozenset[str]:
    return words(" ".join((item.text, *item.parts)))


def _is_plain(reading: Reading) -> bool:
    return reading.document.kind not in _ORDERED


def _is_part(reading: Reading, unit: Unit, flag: str, title: re.Pattern[str]) -> bool:
    """Whether a paragraph stands in a part of the report that its flag or a heading names."""
    around = reading.ancestors(unit.section)
    return flag in reading.flags_of(unit) or any(title.search(s.title) for s in around)


_BOLD_ENOUGH = 3
_BOLD_SHARE = 0.6


def _sets_proposals_in_bold(reading: Reading, blocks: Sequence[Sequence[Unit]]) -> bool:
    """Whether a report sets its proposals in bold: three or more, and most that read as such.

    Then a paragraph in ordinary type that has the verb retells ("in its second report GRETA urged
    …", "NGOs hold that GRETA considers …"). Files without typography flag nothing as bold.
    """
    own = own_names(reading)
    asks = [
        "bold" in reading.flags_of(block[0])
        for block in blocks
        if any(True for _ in _demands(block, own, plain=_is_plain(reading)))
    ]
    return sum(asks) >= _BOLD_ENOUGH and sum(asks) >= _BOLD_SHARE * len(asks)


def _heard(said: frozenset[str], heard: Sequence[frozenset[str]]) -> bool:
    return any(len(said & h) / max(1, min(len(said), len(h))) >= _SIMILAR for h in heard)


def _blocks(reading: Reading) -> Iterator[list[Unit]]:
    """A paragraph and the points of the list that follows it in the same section."""
    block: list[Unit] = []
    for unit in reading.units:
        starts = unit.kind == "paragraph" or _PARAGRAPH.match(unit.text) is not None
        starts = (starts and not _continues(block, unit)) if block else starts
        if (
            block
            and unit.block != block[-1].block
            and (starts or unit.section != block[-1].section)
        ):
            yield block
            block = []
        block.append(unit)
    if block:
        yield block


# "- adopt", "(a) adopt", "A. to provide"; "A. Findings" is a heading.
_POINT = re.compile(r"^\s*(?:[–—−•▪·-]\s*|\([a-z0-9]{1,3}\)\s*|[A-Za-z][.)]\s+(?=[a-z]))")


def _continues(block: Sequence[Unit], unit: Unit) -> bool:
    """A point set as a paragraph of its own, after a colon or another point; what ends its list
    ("In this context, the authorities should …") too.
    """
    in_list = _POINT.match(block[-1].text) is not None
    if _POINT.match(unit.text):
        return in_list or block[-1].line.endswith((":", ";", "and", "to"))
    return in_list and _GOES_ON.match(unit.text) is not None


def _demands(
    block: Sequence[Unit], own: frozenset[str], *, plain: bool
) -> Iterator[tuple[list[Unit], Cue]]:
    """The sentences of a block that ask, each with the points under it.

    In a report without ordered verbs the points of a list in the imperative ask, each for itself.
    """
    current: tuple[list[Unit], Cue] | None = None
    for before, unit in zip((None, *block), block, strict=False):
        cue = english_cue(unit.line, own, plain=plain)
        if before and current and cue and _is_said_of_it(before, unit, current[0], cue):
            cue = None
        if cue is None and plain and (current is None or current[0][0].kind == "list_item"):
            cue = _imperative(unit)
        if cue is not None:
            if current:
                yield current
            current = ([unit], cue)
        elif current and (unit.block != current[0][0].block or _follows(unit, current[0])):
            current[0].append(unit)
    if current:
        yield current


_SHOULD = frozenset({"E10", "W06", "W09"})


def _is_said_of_it(before: Unit, unit: Unit, units: Sequence[Unit], cue: Cue) -> bool:
    """A further sentence of a point ("(b) Ensure X. The State party should also …;") or of what
    the State should do ("It should, inter alia:").
    """
    if unit.block != before.block or cue.id not in _SHOULD:
        return False
    point = next((u for u in units if u.block == unit.block), units[0])
    inside = point.block != units[0].block and _POINT.match(point.text) is not None
    return inside or _IT_SHOULD.match(unit.line) is not None


_IT_SHOULD = re.compile(
    r"^(?:(?:In|To|Further|Furthermore|Moreover)\b[^,.]{0,40}, )?(?:It|it) should\b(?! be \w+ed\b)"
)
_GOES_ON = re.compile(
    r"^(?:This|These|Such|In (?:this|that|particular|doing|addition)|To (?:this|that) end|It|They"
    r"|The(?:\s\w+)?\s(?:authorities|Government|State party))\b.*\bshould\b"
    # "Training should be provided to judges."
    r"|(?!According|In the view|NGOs|Some|Many)[A-Z](?:(?!\b(?:that|which|who)\b)[^,.;:]){2,80}?"
    r"\bshould\b(?! (?:not )?have\b)"
)


def _follows(unit: Unit, units: Sequence[Unit]) -> bool:
    """A further sentence with "should" in the same bold paragraph."""
    return units[-1].line.endswith(":") or bool(_GOES_ON.match(unit.line))


_FIRST_WORD = re.compile(r"^\W*(?P<word>[A-Z][a-z-]+)(?:\s+\S+){4}")


def _imperative(unit: Unit) -> Cue | None:
    """ "• Establish a register of all notices."; not "• Training for police", "Share this page"."""
    first = _FIRST_WORD.match(unit.line) if unit.kind == "list_item" else None
    if first is None or first["word"].casefold() not in word_list("imperatives"):
        return None
    return next(cue for cue in cues("english_plain") if cue.id == "W01")


def english_cue(
    sentence: str, own: frozenset[str] = frozenset(), *, plain: bool = False
) -> Cue | None:
    """The verb by which a sentence recommends, None for a finding.

    `own` are the folded names of the issuer: "ECRI urges" is "the Committee urges" there.
    `plain` is for issuers whose verbs have no order of their own (an office's opinion, a report):
    then "It is recommended that", "encourages the authorities to", "The legislator should" count
    too, unless somebody else is their subject ("NGOs recommend").

    >>> english_cue("GRETA considers that the situation has improved.") is None
    True
    """
    if own and not _OF_GRETA.search(sentence):
        sentence = _own_pattern(own).sub("the Committee", sentence)
    sentence = _OF_WHICH.sub(" ", sentence)
    if _ANNOUNCES.search(sentence):
        return None
    found = next((cue for cue in cues("english") if cue.pattern.search(sentence)), None)
    if found or not plain or _OTHERS_ASK.search(sentence):
        return found
    matched = ((cue, cue.pattern.search(sentence)) for cue in cues("english_plain"))
    return next((cue for cue, m in matched if m and _is_own(cue, sentence, m, own)), None)


# "recommendations for which the Committee requests priority": told, not asked.
_OF_WHICH = re.compile(r"\b(?:for|to|on|of) which\b(?:(?!\bshould\b)[^,.;:])*", re.IGNORECASE)
# "it makes a series of recommendations, including the following."
_ANNOUNCES = re.compile(r"\bmakes a (?:series|number) of recommendations\b", re.IGNORECASE)
_OF_GRETA = re.compile(r"\bGRETA\b")
_BY_ANYBODY = frozenset({"W03", "W04", "W05"})
_SPEAKER = re.compile(
    r"\b(?:the Committee|it|we|this|report|review|opinion|study|authors?)\b", re.I
)


@cache
def _own_pattern(own: frozenset[str]) -> re.Pattern[str]:
    named = frozenset(name for name in own if len(name) >= _SHORTEST)
    return re.compile(rf"(?:\bthe\s+)?{names_pattern(named).pattern}", re.IGNORECASE)


_SHORTEST = 3  # "co" of a committee is also in "co-operation"


def _is_own(cue: Cue, sentence: str, verb: re.Match[str], own: frozenset[str]) -> bool:
    """Whether a verb that anybody may have ("recommends") has no other subject than the issuer."""
    before = re.split(r"[;:]", sentence[: verb.start()])[-1].strip(" -–•*")
    if cue.id not in _BY_ANYBODY or not own or not before:
        return True
    return _SPEAKER.search(before) is not None and not _GOVERNED.search(before)


# "which", "notes that the Ombudsman" before the verb: no speaker but them.
_GOVERNED = re.compile(
    r"\b(?:which|who)(?:\s+\w+ly)?$|\bthat\s+(?:(?!and\b)[^\s,]+\s*){1,6}$", re.I
)


_OTHERS_ASK = re.compile(
    r"^\W*(?:\d+\.\s*)?(?:[\w-]+\s+){0,4}?(?:NGOs|civil society|interlocutors|experts"
    r"|representatives|organi[sz]ations"
    r"|(?:the|some|several) (?:[A-Z][a-z]+ )?(?:authorities|Government|State party))\s+"
    r"(?:[\w-]+\s+){0,3}?"
    r"(?:urges?|recommends?|calls?|requests?|invites?|suggest\w*|considers?|stated?)\b"
    r"|\b(?:according to|in the view of)\b",
    re.IGNORECASE,
)
# Issuers whose verbs have an order of strength, so that no others count.
_ORDERED = frozenset(
    {"GRETA-rapport", "partskommitténs rekommendation", "sammanfattande slutsatser"}
)


def _written(reading: Reading, units: Sequence[Unit], cue: Cue) -> Recommendation:
    head = units[0]
    points = _points([u for u in units[1:] if u.block != head.block])
    at = Span(head.at.start, max(u.at.end for u in units))
    span = reading.document.span_of(at)
    page = reading.document.page_of(span)
    text = _PARAGRAPH.sub("", without_bullet(joined(units)))
    titles = [" ".join(s.title.split()) for s in reading.ancestors(head.section)]
    return Recommendation(
        id="",
        document=reading.document.id,
        issuer=issuer_of(reading) if issuer_of(reading) != "okänd" else _issuer_named(head.line),
        addressees=_addressees(head.line, party=party_of(reading)),
        strength=cue.label or None,
        text=text,
        language="en",
        parts=_parts(
            _PARAGRAPH.sub("", head.line), points, [u for u in units if u.block == head.block]
        ),
        quote=reading.document.quote(span),
        span=span,
        page=page.number if page else None,
        section=reading.path(head.section),
        paragraph=_number_of(reading, head),
        repeated=_REPEATED.search(head.line) is not None,
        theme=titles[0] if titles else None,
        articles=tuple(dict.fromkeys(a for t in titles for a in _ARTICLE.findall(t))),
        context=" ".join((*titles[:1], text)),
        sentences=tuple(reading.sentence(u) for u in units),
        refs=tuple(dict.fromkeys(r for u in units for r in references_of(reading, u.at))),
    )


def _parts(head: str, points: Sequence[str], together: Sequence[Unit]) -> tuple[str, ...]:
    """The pieces of a demand; "It should also …" in the same paragraph is one of its own, and so is
    what follows the list.
    """
    closing = tuple(point for point in points if _GOES_ON.match(point))
    points = [point for point in points if point not in closing]
    if len(together) < 2:
        return (*split_english(head, points), *closing)
    *between, last = (unit.line for unit in together[1:])
    return (
        *(split_english(head) or (head,)),
        *between,
        *(split_english(last, points) or (last,)),
        *closing,
    )


def _points(units: Sequence[Unit]) -> list[str]:
    found: list[str] = []
    block = -1
    for unit in units:
        if unit.block == block:
            found[-1] = f"{found[-1]} {unit.line}"
        else:
            found.append(unit.line)
        block = unit.block
    return [piece for point in found for piece in _LETTERED.split(point)]


# "(a)Take measures; (b)Collect data." on one line.
_LETTERED = re.compile(r"(?<=[;,])\s*(?:and\s+)?(?=\([a-z]{1,2}\)\s*[A-Z])")


def _block_text(reading: Reading, unit: Unit) -> str:
    return reading.document.blocks[unit.block].at.of(reading.document.text)


def _number_of(reading: Reading, unit: Unit) -> str | None:
    """The number of the paragraph a sentence stands in."""
    number = _PARAGRAPH.match(_block_text(reading, unit))
    if number:
        return number.group("number")
    marker = reading.document.blocks[unit.block].marker or ""
    number = re.fullmatch(r"\(?(\d{1,3})[.)]?", marker.strip())
    return number.group(1) if number else None


def _issuer_named(sentence: str) -> str:
    match = re.search(r"\b(?:GRETA|The Committee of the Parties|The Committee)\b", sentence)
    return match.group() if match else "okänd"


def _addressees(sentence: str, *, party: str | None) -> tuple[str, ...]:
    """Those a sentence names, else the state the document is about."""
    named = addressees_in(sentence, party=party)
    found = _ASKED.search(sentence) or _SUBJECT.match(sentence)
    if found and not named:
        who = _THE.sub("", next(name for name in found.groups() if name).strip())
        if not _OF_THE_STATE.fullmatch(who):
            return tuple(
                _countries().get(w.casefold()) or _body(w, party) for w in _each(who, party)
            )
    receives = _RECEIVES.match(sentence)
    if receives and any(_countries().get(w.casefold()) == party for w in receives["who"].split()):
        return named
    return named or ((party,) if party else ())


def _each(names: str, party: str | None) -> list[str]:
    """ "Police Authority and the Bar Council" is two, "Prison and Probation Service" one."""
    for join in (r",?\s+and\s+the\s+", r"\s+and\s+"):
        parted = re.split(join, names)
        if len(parted) > 1 and all(_body(one, party) != one for one in parted):
            return parted
    return [names]


def _body(name: str, party: str | None) -> str:
    """A body by its name in the tables; in a text about Sweden "Police Authority" is Sweden's."""
    swedish = canonical_name(f"Swedish {name}") if party == "Sverige" else None
    return canonical_name(name) or swedish or name


_THE = re.compile(r"^the\s+", re.IGNORECASE)
_OF_THE_STATE = re.compile(r"(?:legislators?|authorities|government|state|parliament)", re.I)
# "Ukraine should be given guarantees" is asked of others.
_RECEIVES = re.compile(r"^\W*(?P<who>[A-Z][\w ]{2,60}?)\s+(?:should|must)\s+be\b")


# Who is to be given means does not act: whoever gives them does; who is to be given a task does.
_TASKED = (
    r"(?:given (?:the|a|an) (?:\w+ )?(?:task|mandate|assignment)|tasked|required|obliged"
    r"|instructed)\b"
)
# "invites the Prison and Probation Service to", "considers that the Police Authority should".
_ASKED = re.compile(
    r"\b(?:(?:invites?|urges?|encourages?|requests?|asks?|calls? (?:up)?on|useful for|important for"
    r"|crucial for)\s+(?P<who>(?:the\s+|all\s+)?[A-Z][\w-]+[^,.;:]{0,60}?)"
    r"(?:,[^.;:]{3,80},)?\s+to\b"
    r"|(?:recommends|considers|proposes|is of the (?:view|opinion)) that\s+"
    r"(?P<that>the\s+(?:[A-Z][\w-]+\s(?:(?:and|for|of|on)\s(?:the\s)?)?)+)"
    rf"(?:should\b(?!\s+be\b(?!\s+{_TASKED}))|(?!should\b|be\b)[a-z]))"
)
# "The National Courts Administration is invited to", "Municipalities should".
_SUBJECT = re.compile(
    spelled_out(
        r"{THUS}(?!(?:it|they|this|these|such|we)\b|the committee\b)(?P<who>{ACTOR}"
        r"|(?-i:[A-Z][\w-]+(?:\s(?:[A-Z][\w-]+|and|for|of|on))*))\s+"
        r"(?:(?:should|must)(?!(?:\s+(?:also|therefore|further))*\s+(?:be|have)\b)"
        r"|(?:is|are) (?:also )?(?:invited|requested|encouraged|called upon|urged))\b"
    ),
    re.IGNORECASE,
)


def addressees_in(sentence: str, *, party: str | None) -> tuple[str, ...]:
    """Whom a sentence is put to: "the Swedish authorities" → Sverige.

    `party` is the state the document is about, which "the State party" and "the authorities" stand
    for; where it is None they stay as they are.

    >>> addressees_in("GRETA urges the authorities to act.", party="Norge")
    ('Norge',)
    """
    found: list[str] = []
    for match in _PARTY.finditer(sentence):
        name = match.group("adjective") or match.group("country") or match.group("party")
        if found and _TOGETHER.search(sentence[: match.start()]):
            continue
        if match.group("adjective") in ("State", "National", "Local"):
            continue
        known = _countries().get(name.casefold())
        found.append(known or (party if match.group("party") and party else name))
    return tuple(dict.fromkeys(found))


# "that the State party, in cooperation with the Government of Greenland, collect": one is asked.
_TOGETHER = re.compile(
    r"\b(?:in\s+(?:close\s+)?(?:co-?operation|consultation|collaboration|co-?ordination)|together|jointly)"
    r"\s+with\s*$",
    re.IGNORECASE,
)
_ABOUT = 3000


@asked_once
def party_of(reading: Reading) -> str | None:
    """The state a document is about: the one most named as party, else the one its head names.

    Reads "the Norwegian authorities", "the Government of Iceland" anywhere, and a country's name in
    the first 3,000 characters ("periodic report of Finland"). None where two are named as often.
    """
    text = reading.document.text
    named = Counter(
        known
        for match in _PARTY.finditer(text)
        for name in (match.group("adjective"), match.group("country"))
        if name and (known := _countries().get(name.casefold()))
    )
    if not named:
        head = text[:_ABOUT].casefold()
        counts = {known: len(re.findall(rf"\b{w}\b", head)) for w, known in _countries().items()}
        named = Counter({known: count for known, count in counts.items() if count})
    leading = named.most_common(2)
    if not leading or (len(leading) == 2 and leading[0][1] == leading[1][1]):
        return None
    return leading[0][0]


@cache
def _countries() -> dict[str, str]:
    return {
        word: cue.label
        for cue in cues("countries")
        for word in (cue.id, cue.pattern.pattern.casefold())
    }
