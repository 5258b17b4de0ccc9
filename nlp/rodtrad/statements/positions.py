"""By which words a sentence of a consultation reply takes a stand, and whether the body speaks.

The vocabulary is data/stances.tsv. A sentence counts when the body itself speaks ("vi", its name,
"institutet"), or when it is impersonal ("Förslaget tillstyrks"), not when it retells the inquiry.
"""

from __future__ import annotations

import re

from rodtrad.statements.issuer import names_pattern
from rodtrad.statements.reading import one_clause
from rodtrad.statements.vocabulary import Cue, cues

_RETOLD = re.compile(
    r"^\W*(?:utredningen|utredaren|kommittén|regeringen|"
    r"i (?:utredningen|betänkandet|promemorian))\b",
    re.IGNORECASE,
)
_OWN_SUBJECT_NEEDED = frozenset({"A08", "A20", "A12", "A13", "A14", "A16", "A17", "A18"})
_PASSIVE = re.compile(r"(?:tillstyrk|avstyrk|välkomna|biträd|bejaka)a?s", re.IGNORECASE)


def stance_of(sentence: str, own: frozenset[str]) -> str | None:
    """The stance a sentence takes in the body's own voice, None where it takes none.

    >>> own = frozenset({"vi", "länsstyrelsen"})
    >>> stance_of("Länsstyrelsen delar utredningens bedömning att åldern inte bör höjas.", own)
    'delar bedömningen'
    >>> stance_of("Länsstyrelsen avstyrker inte förslaget.", own)
    'inget att erinra'
    >>> stance_of("Utredningen välkomnar en bred debatt.", own) is None
    True
    """
    found = cue_of(sentence, own)
    return found[0].label if found else None


def cue_of(sentence: str, own: frozenset[str]) -> tuple[Cue, re.Match[str]] | None:
    """The wording by which the body takes a stand, and where; None where it takes none."""
    pattern = names_pattern(own)
    sentence = one_clause(sentence)
    if _RETOLD.match(sentence) and not pattern.search(sentence):
        return None
    for cue in cues("stances"):
        match = cue.pattern.search(sentence)
        if match is None:
            continue
        if cue.id in _OWN_SUBJECT_NEEDED and not _speaks(sentence, match, pattern):
            continue
        return cue, match
    return None


def _speaks(sentence: str, verb: re.Match[str], own: re.Pattern[str]) -> bool:
    """The body is the subject, or the sentence is impersonal ("Det är välkommet att …")."""
    before, behind = sentence[: verb.start()], sentence[verb.end() :]
    named = [m.end() for m in own.finditer(before)]
    if named and not _OTHER_SUBJECT.search(before, named[-1]):
        return True
    if _names_own(verb.group(), own) or own.match(behind.lstrip()):
        return True
    if _PASSIVE.fullmatch(verb.group()):
        return not re.match(r"\s*(?:\w+\s+)?av\b", behind)
    if re.match(r"^\W*(?:det|detta)\b", sentence, re.IGNORECASE):
        return True
    return not before.strip() or re.fullmatch(r"\W*(?:\w+\s+){0,2}", before) is not None


def _names_own(words_of_verb: str, own: re.Pattern[str]) -> bool:
    """Own name inside the expression, also as "länsstyrelsens stöd"."""
    return bool(own.search(words_of_verb) or own.search(_GENITIVE.sub("", words_of_verb)))


_GENITIVE = re.compile(r"(?<=\w)s(?= (?:stöd|mening|uppfattning|bedömning|åsikt)\b)")
# "Kommunen noterar att utredningen stödjer …": another speaks in the subordinate clause.
_OTHER_SUBJECT = re.compile(
    r"\b(?:att|som|vilket|där)\s+(?:\w+\s+){0,2}?(?:utredningen|utredaren|kommittén|promemorian"
    r"|betänkandet|regeringen|riksdagen|direktivet|kommissionen)\b",
    re.IGNORECASE,
)
