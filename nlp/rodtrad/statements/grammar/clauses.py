"""A sentence as words and clauses: enough of its grammar to tell who says what of what.

No parser stands behind this. Swedish administrative prose is regular where it takes a stand: the
body is named near the verb, a subordinate clause opens with a word of its own ("att", "som"), and
a comma, or "och" with a verb right behind it, closes it again.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass

from rodtrad.entities import canonical_name
from rodtrad.statements.issuer import names_pattern
from rodtrad.statements.vocabulary import word_list

_TOKEN = re.compile(r"[^\W_]+(?:[-:/·][^\W_]+)*|[^\w\s]")
# "framstår som rimligt", "ser det som positivt": no clause begins.
_AS = re.compile(
    r"\b(?:framstår|bedöms|upplevs|betraktas|anses|uppfattas|ser|betraktar|upplever|uppfattar|bedömer)"
    r"(?:\s+(?:[\w-]+\s+){0,3})?\s*$",
    re.IGNORECASE,
)
# ", om det behövs", "utreda om": a clause, not "förslaget om".
_WHETHER = re.compile(
    r"(?:,|\b(?:oavsett|frågan är|oklart|osäkert|beror på)"
    r"|\b(?:endast|bara|även|\w+(?:reda|döma|pröva|väga|sera|göra|söka|sätta|lysa|visa|siktet))"
    r"|\b(?:över|av)väg(?:t|er)|\b(?:ut)?(?:rett|reder)|\b(?:om)?pröva[rt]|\bundersök(?:t|er)"
    r"|\b(?:analysera|diskutera|bedöm)\w{0,2})\s*$",
    re.IGNORECASE,
)
_SUPINE = re.compile(r"\w{3,}(?:at|it|tt)")
_CLOSERS = frozenset({";", ":"})
_OUR = frozenset({"vår", "vårt", "våra", "min", "mitt", "mina"})
_FILLERS = frozenset(["vara", "som", "det", "detta", "denna", "dessa", "är", "mycket", "alltså"])
_JOINERS = frozenset({"och", "men", "samt", "utan", "eller", "varför"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a mark: as folded, where it stands, whether it names the body itself."""

    text: str
    start: int
    end: int
    own: bool = False
    own_genitive: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of words, from `start` on, and the word that opened it ("" for a main clause)."""

    start: int
    opener: str


@dataclass(frozen=True)
class Clauses:
    """The words of one sentence with the look-ups that the frames need."""

    line: str
    words: tuple[Word, ...]

    def at(self, index: int) -> str:
        """The folded word at an index, "" outside the sentence."""
        return self.words[index].text if 0 <= index < len(self.words) else ""

    def index_at(self, offset: int) -> int:
        """The index of the word that a place of the line is in, or the last one before it."""
        return bisect_right(self.words, offset, key=lambda w: w.start) - 1

    def find(self, accepted: Callable[[Word], bool], start: int, end: int) -> int | None:
        """The first index in `[start, end)` whose word is accepted."""
        places = range(max(0, start), min(end, len(self.words)))
        return next((n for n in places if accepted(self.words[n])), None)

    def clause_of(self, index: int) -> Clause:
        """The clause that the word at an index stands in.

        An opener to its left counts unless something closed that clause: a comma, or "och" with
        nothing but adverbs between it and the word.
        """
        closed = False
        openers = word_list("openers")
        for place in range(index - 1, -1, -1):
            text = self.words[place].text
            if text in _CLOSERS:
                return Clause(place + 1, "")
            if text in openers and not closed:
                return Clause(place + 1, text)
            closed = closed or text == "," or (text in _JOINERS and self._light(place + 1, index))
        return Clause(0, "")

    def _light(self, start: int, end: int) -> bool:
        return all(self.is_light(n) for n in range(start, end))

    def is_light(self, index: int) -> bool:
        """Whether a word may stand between the parts of a predicate: an adverb, a name of the body,
        a denial, a reflexive, an auxiliary.
        """
        word = self.words[index]
        return word.own or word.own_genitive or word.text in word_list("light")

    def find_back(self, accepted: Callable[[Word], bool], before: int, within: int) -> int | None:
        """The nearest index before another, at most so many words away, whose word is accepted."""
        places = range(before - 1, max(-1, before - 1 - within), -1)
        return next((n for n in places if accepted(self.words[n])), None)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where the words `[start, end)` stand in the line; empty where there are none."""
        if start >= end or start >= len(self.words):
            place = self.words[min(start, len(self.words) - 1)].start if self.words else 0
            return place, place
        return self.words[start].start, self.words[min(end, len(self.words)) - 1].end

    def text(self, start: int, end: int) -> str:
        """The words `[start, end)` as they stand in the line."""
        first, last = self.span(start, end)
        return self.line[first:last]

    def main_start(self, index: int) -> int:
        """Where the main clause around a word begins: the sentence, or behind "men", ";"."""
        for place in range(index - 1, -1, -1):
            text = self.words[place].text
            if text in (";", ":", "men", "medan") or (text == "och" and self.at(place - 1) == ","):
                return place + 1
        return 0

    def subject(self, start: int, finite: int) -> tuple[int, int]:
        """The subject of a verb; "Förslaget är dyrt och bör avslås" shares that of the first."""
        joined = [n for n in range(start, finite) if self.at(n) in ("och", "men")]
        if joined and self._light(joined[-1] + 1, finite):
            verbs = word_list("modals") | word_list("copulas") | word_list("carriers")
            first = self.find(lambda w: w.text in verbs, start + 1, joined[-1])
            finite = joined[-1] if first is None else first
        return self.span(start, finite)

    def clause_behind(self, index: int) -> tuple[int, int] | None:
        """The "att" clause right behind a word, with names and adverbs between; its span."""
        for place in range(index + 1, min(index + 6, len(self.words))):
            if self.words[place].text == "att":
                return self.words[place].start, len(self.line.rstrip(" .!"))
            if not self.is_light(place):
                return None
        return None

    def with_behind(self, index: int) -> tuple[int, int] | None:
        """What stands behind a word and "med" ("Det är välkommet med ett undantag")."""
        if self.at(index + 1) != "med" or index + 2 >= len(self.words):
            return None
        return self.words[index + 2].start, len(self.line.rstrip(" .!"))

    def subject_behind(self, index: int) -> tuple[int, int] | None:
        """What stands behind a verb that opens its clause ("I övrigt tillstyrks förslagen")."""
        start = index + 1
        while start < len(self.words) and self.is_light(start) and self.at(start) not in _FILLERS:
            start += 1
        text = self.at(start)
        if not text.isalpha() or text in word_list("behind"):
            return None
        return self.words[start].start, len(self.line.rstrip(" .!"))

    def without_light(self, start: int, end: int) -> tuple[int, int] | None:
        """The words `[start, end)` without adverbs and names at both ends; None where none stay."""
        while start < end and (self.is_light(start) or self.at(start) in _FILLERS):
            start += 1
        while start < end and (self.is_light(end - 1) or self.at(end - 1) in _FILLERS):
            end -= 1
        return self.span(start, end) if start < end else None

    def names_own(self, text: str) -> bool:
        """Whether a piece of the line holds a name of the body, also in the genitive."""
        place = self.line.find(text)
        inside = (w for w in self.words if place <= w.start < place + len(text))
        return any(w.own or w.own_genitive for w in inside)

    def governor(self, clause: Clause) -> str | None:
        """Who says what an "att" clause says: "own", "other", None where nobody is seen to.

        "Nämnden anser (därför) att", "det är nämndens uppfattning att", "utredningen menar att".
        """
        if clause.opener != "att":
            return None
        judges = word_list("judges") | word_list("judge_infinitives") | word_list("views")
        opener = clause.start - 1
        verb = self.find_back(lambda w: w.text in judges, opener, 8)
        if verb is None:
            return None
        if self.clause_of(verb).opener in ("huruvida", "där", "hur", "innan"):
            return "other"
        around = range(max(self.main_start(verb), verb - 12), opener)
        viewed = self.at(verb) in word_list("views")
        if any(self.words[n].own_genitive or (self._acts(n) and not viewed) for n in around):
            return "own"
        if any(self.at(n).removesuffix("s") in word_list("others") for n in around):
            return "other"
        if any(map(self._acts, range(verb))) and not viewed:
            return "own"
        unknown = verb == 1 and self.at(0) not in word_list("others")
        nobody = all(self.is_light(n) for n in range(verb))
        return "own" if nobody or (unknown and canonical_name(self.text(0, 1)) is None) else "other"

    def _acts(self, place: int) -> bool:
        """Whether a word names the body, not in "de inspektörer (som) vi (har) intervjuat"."""
        relative = _SUPINE.fullmatch(self.at(place + 1)) is not None
        relative = relative or (
            self.at(place - 1) == "som" and self.at(place + 1) in ("har", "hade")
        )
        return self.words[place].own and not relative

    def opener_is_foreign(self, clause: Clause) -> bool:
        """Whether somebody else is told to say what a clause says."""
        return self.governor(clause) == "other"

    def spoken_by_own(self, match: re.Match[str]) -> bool:
        """Whether the body is who an expression speaks of, or nobody else is."""
        first = self.find(lambda w: w.start >= match.start(), 0, len(self.words))
        first = len(self.words) if first is None else first
        inside = [w for w in self.words if match.start() <= w.start < match.end()]
        if any(w.own or w.own_genitive for w in inside):
            return True
        named = [n for n in range(first) if self.words[n].own or self.words[n].own_genitive]
        if named:
            between = range(named[-1] + 1, first)
            return not any(self.at(n) in word_list("others") for n in between)
        behind = self.words[first + len(inside) : first + len(inside) + 2]
        if any(w.own for w in behind[:1]):
            return True
        return first <= 2


def clauses_of(line: str, own: frozenset[str]) -> Clauses:
    """The words of a sentence; `own` are the folded names of the body.

    >>> [w.text for w in clauses_of("Vi tillstyrker det.", frozenset({"vi"})).words if not w.own]
    ['tillstyrker', 'det', '.']
    """
    named = [m.span() for m in names_pattern(own).finditer(line)] if own else []
    words = []
    for match in _TOKEN.finditer(line):
        text = match.group().casefold()
        inside = not text.endswith(":s") and any(a <= match.start() < b for a, b in named)
        genitive = not inside and (text.removesuffix("s").rstrip(":") in own or text in _OUR)
        if text == "som" and _AS.search(line[: match.start()]):
            text = "såsom"
        if text == "om" and _WHETHER.search(line[: match.start()]):
            text = "huruvida"
        words.append(Word(text, match.start(), match.end(), inside, genitive))
    return Clauses(line, tuple(words))
