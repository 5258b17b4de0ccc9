"""Compound demands in pieces that can each be read alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rodtrad.entities import canonical_name
from rodtrad.statements.vocabulary import word_list

_DELS = re.compile(r",?\s*(?:och\s+)?\bdels\s+(?:också |även )?", re.IGNORECASE)
_ADDS = re.compile(
    r",?\s+(?:samt|och)\s+(?=(?:tillägger|föreslår|rekommenderar|anser|menar)\s+att\b)",
    re.IGNORECASE,
)
_THAT = re.compile(r"^(?:tillägger|anser|menar)\s+att\s+", re.IGNORECASE)


def split_demand(text: str, points: Sequence[str] = ()) -> tuple[str, ...]:
    """The parts of a compound demand; empty where it is one.

    Points of a list inherit the words before it: "X rekommenderas att:" + "pröva A" → "X
    rekommenderas att pröva A". "dels A, dels B" gives each the words before the first "dels".
    ", samt tillägger att B" gives B alone.

    >>> split_demand("Rådet får i uppdrag att dels kartlägga stöd, dels ta fram material.")
    ('Rådet får i uppdrag att kartlägga stöd.', 'Rådet får i uppdrag att ta fram material.')
    """
    if points:
        return tuple(_with_lead(text, point) for point in nested(points))
    pieces = _DELS.split(text)
    if len(pieces) > 2:
        lead = pieces[0]
        return tuple(_ended(f"{lead.rstrip()} {piece.strip()}") for piece in pieces[1:])
    added = _ADDS.split(text)
    if len(added) > 1:
        rest = [_THAT.sub("", piece) for piece in added[1:]]
        return tuple(_ended(piece) for piece in (added[0], *rest))
    return _joined_clauses(text)


_MARK = re.compile(r"^\s*(?:(?P<sign>[–—−•▪·*\-])|(?P<word>\(?[a-zA-Z0-9]{1,3}[.)]))\s*")


def nested(points: Sequence[str]) -> tuple[str, ...]:
    """The points of a list, those of a list inside it with the point that opens it.

    A point that ends in a colon opens one where another mark follows; it lasts as long as that
    mark does.

    >>> nested(["- act by:", "• seizing assets;", "• reviewing criteria;", "- inform."])
    ('- act by: • seizing assets; • reviewing criteria;', '- inform.')
    """
    found: list[str] = []
    outer: str | None = None
    for point in points:
        sign = _sign(point)
        if outer is not None and sign != outer:
            found[-1] = f"{found[-1]} {point.strip()}"
            continue
        found.append(point)
        outer = sign if point.rstrip().endswith(":") else None
    return tuple(found)


def _sign(point: str) -> str:
    """Which kind of mark a point bears: the sign itself, or that it is a number or letter."""
    found = _MARK.match(point)
    return (found["sign"] or "#") if found else ""


_AND_THAT = re.compile(r",?\s+(?:och|samt)\s+att\s+", re.IGNORECASE)
_SAID_THAT = re.compile(
    r"\b(?:föreslår|föreslås|rekommenderar|rekommenderas|anser|bedömer|hemställer|uppmanar|önskar"
    r"|förordar|yrkar|begär|kräver|uppdrag)\b[^.;]*?\batt\s+",
    re.IGNORECASE,
)
_INFINITIVE = re.compile(r"(?!\w*(?:erna|arna|orna)\b)(?:\w{2,}[aå]|se|få|ge|gå|ske|bli)\b")


def _joined_clauses(text: str) -> tuple[str, ...]:
    """The parts that "och att" joins, each behind the words that govern them all.

    "föreslår att stödet samlas och att avgiften sänks" proposes two things; so does "i uppdrag att
    kartlägga stödet och att ta fram material". A clause and an infinitive are not of one list.

    >>> _joined_clauses("Rådet föreslår att stödet samlas och att avgiften sänks.")
    ('Rådet föreslår att stödet samlas.', 'Rådet föreslår att avgiften sänks.')
    >>> _joined_clauses("Rådet föreslår att nämnden får rätt att pröva och att avslå frågan.")
    ()
    """
    lead = _SAID_THAT.search(text)
    pieces = _AND_THAT.split(text[lead.end() :]) if lead else []
    if lead is None or len(pieces) < 2:
        return ()
    forms = {bool(_INFINITIVE.match(piece)) for piece in pieces}
    if len(forms) > 1:
        return ()
    return tuple(_ended(f"{text[: lead.end()].rstrip()} {piece.strip()}") for piece in pieces)


_AND_TO = re.compile(r",?\s+and\s+(?:(?:further|also)\s+)?(?=to\s+[a-z]+)", re.IGNORECASE)
_FIRST_TO = re.compile(
    r"\b(?:urges|invites|calls (?:up)?on|encourages|requests)\b.{1,200}?\s(?=to\s+[a-z])"
)


# "recommends that …, and encourages it to …": a second verb with its own object.
_AND_ASKS = re.compile(
    r",?\s+and\s+(?:(?:also|further|therefore)\s+)?"
    r"(?P<rest>(?:encourages|urges|invites|calls upon|requests)\s+"
    r"(?:it|them|the \w+(?: \w+)?)\s+to\s.+)$",
    re.DOTALL,
)
# "GRETA commends X and encourages them to go on" asks for one thing.
_ASKS_FIRST = re.compile(
    r"\b(?:recommends|urges|considers|invites|encourages|requests|asks|calls|reiterates)\b"
)
_WHO_ASKS = re.compile(r"^\W*(?:(?:[A-Z]\w+ing [^,]+, )?the Committee|The Committee|GRETA)\b")
# "ensure that A and that B" governs both.
_ENSURE_THAT = re.compile(r"^(?:(?!\band\b).)*?\b(?:ensure|guarantee)\s+that\s+", re.IGNORECASE)
# "to: (a) adopt a plan; (b) fund it; and (c) report".
_INLINE = re.compile(r"(?:(?<=:)|(?<=[;,])|(?<=[;,] and))\s+(?=\(?(?:[a-h]|i{1,3}|iv|vi{0,3})\)\s)")
_FIRST_THAT = re.compile(r"\b(?:recommends|recommended|proposes|requests)\b.{0,120}?\bthat\s+")
_AND_THAT_EN = re.compile(r",?\s+and\s+(?:(?:further|also)\s+)?that\s+", re.IGNORECASE)


def split_english(text: str, points: Sequence[str] = ()) -> tuple[str, ...]:
    """The parts of an English demand: its points, or what "to A, and to B" joins; empty for one.

    >>> split_english("GRETA urges the authorities to adopt a plan and to fund it.")
    ('GRETA urges the authorities to adopt a plan.', 'GRETA urges the authorities to fund it.')
    """
    if points:
        return split_demand(text, points)
    first, *lettered = _INLINE.split(text)
    if len(lettered) > 1:
        return split_demand(first.strip(), lettered)
    further = _AND_ASKS.search(text)
    if further and not _ASKS_FIRST.search(text[: further.start()]):
        return ()
    if further:
        subject = _WHO_ASKS.match(text)
        who = f"{subject.group().strip()} " if subject else ""
        return _ended(text[: further.start()]), _ended(f"{who}{further['rest']}")
    lead = _FIRST_TO.search(text)
    joins = _AND_TO
    if lead is None:
        lead, joins = _FIRST_THAT.search(text), _AND_THAT_EN
    if lead is None:
        return ()
    begin = lead.end()
    if joins is _AND_THAT_EN and (ensure := _ENSURE_THAT.match(text[begin:])):
        begin += ensure.end()
    pieces = joins.split(text[begin:])
    if len(pieces) < 2:
        return _two_verbs(text)
    return tuple(_ended(f"{text[:begin].rstrip()} {piece.strip()}") for piece in pieces)


# "recommends that the State party extend the plan, and ensure that …", "urges X to act, and pay …".
_TWO_VERBS = re.compile(
    r"(?P<lead>.*?\b(?:that\s+the\s+(?:State party|(?:\w+\s+)?(?:authorities|Government))"
    r"(?:\s+should)?|(?:urges|invites|calls (?:up)?on|encourages|requests)\b.{1,120}?\sto)\s+)"
    r"(?P<first>[a-z].*?),\s+and\s+(?:also\s+)?(?P<second>(?P<verb>[a-z]+)\b.*)",
    re.DOTALL,
)


def _two_verbs(text: str) -> tuple[str, ...]:
    """The two things that one subject is to do, where the second opens with a verb of doing."""
    found = _TWO_VERBS.fullmatch(text)
    if found is None or found["verb"] not in word_list("imperatives"):
        return ()
    return tuple(_ended(f"{found['lead']}{found[piece]}") for piece in ("first", "second"))


# The verb of the lead is still to come: no colon between it and the point.
_OPEN_LEAD = re.compile(
    r"\b(?:att|that|to|by|should|shall|must|ska|skall|bör|party|parties|authorities|government)"
    r"(?:\s*,[^:]{1,60})?\s*$"
    r"|\b(?:in particular|notably|especially|inter alia|bland annat|bl\.a\."
    r"|i synnerhet|särskilt)\s*$",
    re.IGNORECASE,
)


def _with_lead(lead: str, point: str) -> str:
    """A point behind the words that open its list; a lead complete in itself keeps its colon.

    >>> _with_lead("The Committee recommends that the State party:", "(a) Adopt a plan;")
    'The Committee recommends that the State party adopt a plan.'
    >>> _with_lead("Utredningen föreslår följande:", "- en ny lag,")
    'Utredningen föreslår följande: en ny lag.'
    >>> _with_lead("Utredningen föreslår följande:", "- mer forskning i Finland,")
    'Utredningen föreslår följande: mer forskning i Finland.'
    """
    stem = re.sub(r"\s*[:.]\s*$", "", lead)
    if stem != lead.rstrip() and not _OPEN_LEAD.search(stem):
        stem = f"{stem}:"
    body = re.sub(r"^\s*(?:[–—−•\-*·▪]|\(?[a-z0-9]{1,3}[.)])\s*", "", point)
    body = re.sub(r"[;,]?\s*(?:\b(?:och|samt|and)(?: att| that)?)?\s*[;,.]?\s*$", "", body)
    if re.search(r"\b(?:att|that|to|party|authorities|government|should|alia)$", stem, re.I):
        body = _in_sentence(body)
    return _ended(f"{stem} {body}")


def _in_sentence(body: str) -> str:
    """A point with a small first letter, unless an agency's name begins it.

    >>> _in_sentence("Inrätta ett råd"), _in_sentence("Socialstyrelsen ges ansvaret")
    ('inrätta ett råd', 'Socialstyrelsen ges ansvaret')
    """
    first = re.match(r"[A-ZÅÄÖ][\wåäö-]+", body)
    if first is None or canonical_name(first.group()):
        return body
    return body[0].lower() + body[1:] if body[1].islower() else body


def _ended(text: str) -> str:
    trimmed = text.strip().rstrip(",;").strip()
    return trimmed if trimmed.endswith((".", "!", "?")) else f"{trimmed}."
