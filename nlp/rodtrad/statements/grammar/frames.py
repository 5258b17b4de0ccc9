"""The stands that a sentence takes: every lexeme met, read by the frames of its kind.

`data/grammar/frames.tsv` names the frames with a template each; the tests put every lexeme of the
lexicon into each frame of its kind.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from rodtrad.statements.grammar.clauses import Clauses
from rodtrad.statements.grammar.fronting import with_front
from rodtrad.statements.grammar.hits import Hit, Stand
from rodtrad.statements.grammar.lexicon import ASKS, STANDS, Form, Lexeme, forms_by_word, phrases
from rodtrad.statements.grammar.needs import read_need
from rodtrad.statements.grammar.nouns import read_noun
from rodtrad.statements.grammar.predicates import read_body, read_quality, read_verdict
from rodtrad.statements.grammar.verbs import read_verb
from rodtrad.statements.vocabulary import word_list

_PARTS_WITHIN = 8
# "ser inte skäl att ifrågasätta": the infinitive says what there is no reason for.
_GOVERNED_WITHIN = 5


def find_stands(clauses: Clauses) -> list[Stand]:
    """Every stand that the sentence takes, in its order."""
    read = (_READERS[hit.lexeme.kind](clauses, hit) for hit in _widest(_hits(clauses)))
    found = [stand for stand in read if stand is not None]
    verbs = [stand.start for stand in found if stand.lexeme.kind == "verb"]
    found = [
        stand
        for stand in (*found, *_said_in_phrases(clauses))
        if stand.lexeme.kind not in ("noun", "phrase")
        or not any(stand.end <= start <= stand.end + _GOVERNED_WITHIN for start in verbs)
    ]
    placed = (with_front(clauses, stand) for stand in found)
    return sorted(placed, key=lambda stand: (stand.start, stand.start - stand.end))


def find_asks(clauses: Clauses) -> list[Stand]:
    """Everything that the sentence asks for by a word of asking, in its order."""
    read = (_ASKING[hit.lexeme.kind](clauses, hit) for hit in _widest(_hits(clauses, ASKS)))
    found = [stand for stand in read if stand is not None and not stand.denied]
    return sorted(found, key=lambda stand: stand.start)


def _widest(hits: Iterable[Hit]) -> Iterator[Hit]:
    """The hits that no longer one of the same kind covers ("mindre lyckad", not "lyckad")."""
    covered: dict[str, tuple[int, int]] = {}
    for hit in hits:
        first, last = covered.get(hit.lexeme.kind, (0, -1))
        inside = first <= hit.first and hit.last <= last and (first, last) != (hit.first, hit.last)
        if not inside:
            yield hit
            covered[hit.lexeme.kind] = max((first, last), (hit.first, hit.last), key=lambda r: r[1])


def _hits(clauses: Clauses, name: str = STANDS) -> Iterator[Hit]:
    """The lexemes of the sentence; from each word on the longest first."""
    by_word = forms_by_word(name)
    for place, word in enumerate(clauses.words):
        for form in by_word.get(word.text, ()):
            last = _rest(clauses, form, place) if len(form.words) > 1 else place
            last = _with_fronted_parts(clauses, form, place) if last is None else last
            if last is not None:
                yield Hit(form.lexeme, form.name, place, last)


def _rest(clauses: Clauses, form: Form, place: int) -> int | None:
    """Where the words behind the first one end; a verb's may have names and adverbs between."""
    last = place
    for wanted in form.words[1:]:
        reach = last + (_PARTS_WITHIN if form.lexeme.kind == "verb" else 1)
        here = last + 1
        while not _is(clauses.at(here), wanted):
            foreign = wanted in _CLOSE and not clauses.is_light(min(here, len(clauses.words) - 1))
            if here >= reach or clauses.at(here) in _ENDS_PARTS or foreign:
                return None
            here += 1
        last = here
    return last


def _with_fronted_parts(clauses: Clauses, form: Form, place: int) -> int | None:
    """ "Med tillfredsställelse noterar vi", "Till tanken på X ansluter vi oss"."""
    start = clauses.main_start(place)
    opening = tuple(clauses.at(n) for n in range(start, min(place, start + 3)))
    for cut in range(1, len(form.words)):
        parts = form.words[cut:]
        if form.lexeme.kind == "verb" and opening[: len(parts)] == parts and start < place:
            return _rest(clauses, replace(form, words=form.words[:cut]), place)
    return None


# "vill (därför) att", "vill (gärna) se": nothing but adverbs between.
_CLOSE = frozenset({"att", "se", "sett"})
_ENDS_PARTS = word_list("openers") | {"", ",", ";", ":", "och", "men"}


def _is(text: str, wanted: str) -> bool:
    return text == wanted or (wanted == "sig" and text in word_list("reflexives"))


def _said_in_phrases(clauses: Clauses) -> list[Stand]:
    found = []
    for lexeme, pattern in phrases():
        match = pattern.search(clauses.line)
        if match is None:
            continue
        if lexeme.needs == "judged":
            stand = read_quality(clauses, _as_hit(clauses, lexeme, match))
        elif lexeme.needs != "said" or clauses.spoken_by_own(match):
            about = match.span("y") if "y" in pattern.groupindex else None
            stand = Stand(lexeme, False, match.start(), match.end(), about)
        else:
            stand = None
        if stand:
            found.append(stand)
    return found


def _as_hit(clauses: Clauses, lexeme: Lexeme, match: re.Match[str]) -> Hit:
    inside = [n for n, w in enumerate(clauses.words) if match.start() <= w.start < match.end()]
    return Hit(lexeme, "plain", inside[0], inside[-1])


_READERS: dict[str, Callable[[Clauses, Hit], Stand | None]] = {
    "verb": read_verb,
    "body": read_body,
    "quality": read_quality,
    "noun": read_noun,
    "verdict": read_verdict,
}
_ASKING: dict[str, Callable[[Clauses, Hit], Stand | None]] = {
    "verb": read_verb,
    "need": read_need,
}
