"""Who was asked in a consultation, who answered, who abstained and who was silent.

The Government's referral lists those asked under a heading ("Remissinstanser"), one a line or as a
numbered list, and later those who answered ("Remissvar"). Silence is not consent, and abstaining
("avstår från att yttra sig") is not silence: the two are told apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rodtrad.datamodel import Recommendation, Stance
from rodtrad.entities import canonical_name

_ASKED = re.compile(r"^\W*(?:remissinstanser|sändlista|remitteras till)\b\W*$", re.IGNORECASE)
_ANSWERED = re.compile(r"^\W*(?:remissvar|inkomna (?:remissvar|yttranden|svar))\W*$", re.IGNORECASE)
_ENDS = re.compile(
    r"^\W*(?:#|remissvar(?:en)?\b|sista dag|kontakt|genväg|ladda ner|relaterat|mer information"
    r"|läs mer|så svarar du|råd om hur|svaren|övriga yttranden|underlag|dela|inkomna\b)",
    re.IGNORECASE,
)
_MARKER = re.compile(r"^\s*(?:[-–•*▪·]|\d{1,3}[.)]?)\s+(?=\S)")
_FILE = re.compile(r"\s*\((?:pdf|docx?|word|excel)\b[^)]*\)\s*$", re.IGNORECASE)
_BRACKET = re.compile(r"\s*\([^)]*\)")
_CONTINUES = re.compile(r"^(?:\(|[a-zåäö])")
_UNFINISHED = re.compile(r"(?:\b(?:och|för|i|samt|av|med|till)|,|-)$")
_ABSTAINS = frozenset({"avstår"})
_LONGEST = 120


@dataclass(frozen=True)
class Reply:
    """A reply with what was read from it; `body` is whose it is."""

    document: str
    body: str
    stances: tuple[Stance, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()

    @property
    def abstains(self) -> bool:
        """Whether all it says is that it does not answer."""
        said = {s.stance for s in self.stances}
        return bool(said) and said <= _ABSTAINS and not self.recommendations


@dataclass(frozen=True, slots=True)
class Participation:
    """The bodies by what they did; every body asked stands in exactly one of the last three.

    `unasked` answered without having been asked.
    """

    asked: tuple[str, ...]
    answered: tuple[str, ...]
    abstained: tuple[str, ...]
    silent: tuple[str, ...]
    unasked: tuple[str, ...]


def asked_bodies(text: str) -> tuple[str, ...]:
    """Those a referral lists as asked, in order; empty where it lists none.

    `text` is the referral's source text. A line in lower case or in brackets goes on with the line
    before ("(Formas)"); a link to a file with the list ("(pdf 150 kB)") names nobody.
    """
    return tuple(dict.fromkeys(_listed(text, _ASKED, files=False)))


def answered_bodies(text: str) -> tuple[str, ...]:
    """Those whose answers a referral page lists (as files), in order."""
    return tuple(dict.fromkeys(_listed(text, _ANSWERED, files=True)))


def participation(
    asked: Sequence[str], replies: Sequence[Reply], *, listed: Sequence[str] = ()
) -> Participation:
    """Who answered, abstained and was silent of those asked, and who answered unasked.

    Args:
        asked: the bodies asked.
        replies: the replies at hand.
        listed: bodies that the referral's page lists as having answered (their replies may not be
            at hand, so what they think is not known here).
    """
    abstained = {identity(r.body) for r in replies if r.abstains}
    answering = [*(r.body for r in replies if not r.abstains), *listed]
    answered = {identity(name): name for name in answering}
    wanted = {identity(name): name for name in asked}
    return Participation(
        asked=tuple(wanted.values()),
        answered=tuple(n for k, n in wanted.items() if k in answered and k not in abstained),
        abstained=tuple(n for k, n in wanted.items() if k in abstained),
        silent=tuple(n for k, n in wanted.items() if k not in answered and k not in abstained),
        unasked=tuple(n for k, n in answered.items() if k not in wanted),
    )


def identity(name: str) -> str:
    """One form for the names of a body: canonical where it is known, without brackets and case.

    >>> identity("Försvarsmakten (FM)") == identity("försvarsmakten")
    True
    """
    plain = " ".join(_BRACKET.sub("", name).split())
    return (canonical_name(plain) or plain).casefold().rstrip(" .")


def _listed(text: str, heading: re.Pattern[str], *, files: bool) -> Iterator[str]:
    name = ""
    for line in _lines_under(text, heading):
        is_file = _FILE.search(line) is not None
        if is_file != files:
            continue
        entry = _MARKER.sub("", _FILE.sub("", line)).strip()
        if name and (_CONTINUES.match(entry) or _UNFINISHED.search(name)):
            name = f"{name} {entry}"
            continue
        yield from _named(name)
        name = entry
    yield from _named(name)


def _named(name: str) -> Iterable[str]:
    """A list's entry as a body; sentences and empty lines are none."""
    plain = _BRACKET.sub("", name).strip(" .;,")
    return (plain,) if plain and len(plain) <= _LONGEST and not name.endswith(":") else ()


def _lines_under(text: str, heading: re.Pattern[str]) -> Iterator[str]:
    inside = False
    for line in text.splitlines():
        stripped = line.strip()
        if heading.match(stripped):
            inside = True
        elif inside and _ENDS.match(stripped):
            inside = False
        elif inside and stripped:
            yield stripped
