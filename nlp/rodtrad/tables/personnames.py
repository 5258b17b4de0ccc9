"""Names of persons in a text, found by rules, so that an export can go without them.

The forms: a first name and what is capitalised after it ("Marie Beckman Suurküla"), a title and a
name ("statsrådet Busch"), two capitalised words beside a title, a party or a verb of appointing
("Xi Ek, lagman", "Xi Ek (S)"), an initial and a surname ("K. Lundberg"), a patronymic alone
("Svantesson"), the lines under "På regeringens vägnar", the surname again once the whole name
stood somewhere, and the part of a mail address before the @. No name: "Folke Bernadotteakademin",
"Gustav Adolfs torg", "lex Maria", "Region Jämtland Härjedalen".
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from unicodedata import combining, normalize

from rodtrad.datamodel import Span

_LETTER = r"[^\W\d_]"
_TOKEN = re.compile(rf"{_LETTER}+(?:[-'’:/]{_LETTER}+)*\.?")
_MAIL = re.compile(r"[\w.+-]+(?=@[\w-]+\.[\w.-]*\w)")
_SIGNED = re.compile(r"På regeringens vägnar[ \t]*\n(?P<lines>(?:[^\n]*\n?){1,8})")
_PARTY = re.compile(r"\s?\((?:S|M|SD|C|V|KD|L|FP|MP|-)\)")
_GAP = re.compile(r"[  ]|\n(?!\n)")
_LEAD = re.compile(r":?[  ]")
_PLURAL_OR_DEFINITE = ("en", "et", "na", "ska", "iska", "ar", "er", "or")
MOST_WORDS = 5


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its offsets; `capital` for one like Asta or Ek-Lind, or an initial."""

    text: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital and goes on in small letters."""
        return self.text[0].isupper() and (self.initial or not self.text.isupper())

    @property
    def initial(self) -> bool:
        """Whether it is one capital letter, with its full stop or without."""
        return self.text[0].isupper() and len(self.text.removesuffix(".")) == 1


@cache
def first_names() -> frozenset[str]:
    """First names that are common in Sweden."""
    text = files("rodtrad.tables").joinpath("data/first-names.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))


@cache
def _forms(kind: str) -> frozenset[str]:
    text = files("rodtrad.tables").joinpath("data/person-words.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return frozenset(form for _, sort, form, _ in rows if sort == kind)


@cache
def _places() -> frozenset[str]:
    """Municipalities and the like: the first word, also without the s of the genitive."""
    from rodtrad.entities.datafiles import read_rows

    heads = {row["name"].split()[0] for row in read_rows("municipalities.tsv")}
    return frozenset(heads | {h.removesuffix("s") for h in heads} | _forms("place"))


def find_persons(text: str, *, known: Collection[str] = ()) -> tuple[Span, ...]:
    """The names of persons in a text.

    Args:
        text: any text.
        known: surnames of persons named in full elsewhere in the same table.

    Returns:
        Spans of the text, in order and apart from each other.
    """
    words = list(_words(text))
    found = [*_mails(text), *_signatures(text)]
    for run in _runs(text, words):
        found += _in_run(text, words, run)
    again = {*known, *(_surname(text, span) for span in found)} - {""}
    found += [
        Span(w.start, w.end)
        for w in words
        if w.capital and (w.text in again or w.text.removesuffix("s") in again)
    ]
    return _merged(found)


def surnames(texts: Iterable[str]) -> frozenset[str]:
    """The surnames of those who are named in full in any of the texts."""
    return frozenset(
        _surname(text, span) for text in texts for span in find_persons(text)
    ) - {""}  # fmt: skip


def mask_text(text: str, *, mark: str, known: Collection[str] = ()) -> str:
    """The text with `mark` instead of each name of a person; without any it is the same text."""
    parts, last = [], 0
    for span in find_persons(text, known=known):
        parts += [text[last : span.start], mark]
        last = span.end
    return "".join([*parts, text[last:]])


def _words(text: str) -> Iterator[Word]:
    for match in _TOKEN.finditer(text):
        token = match[0]
        bare = token.removesuffix(".")
        if token != bare and not (len(bare) == 1 and bare.isupper()):
            token = bare
        yield Word(token, match.start(), match.start() + len(token))


def _runs(text: str, words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Where capitalised words stand side by side, particles between them included."""
    place = 0
    while place < len(words):
        if not words[place].capital:
            place += 1
            continue
        end = place + 1
        while end < len(words) and _beside(text, words[end - 1], words[end]):
            if words[end].capital:
                end += 1
            elif words[end].text in _forms("particle") and _capital_follows(text, words, end):
                end += 2
            else:
                break
        yield place, end
        place = end


def _beside(text: str, one: Word, other: Word) -> bool:
    return _GAP.fullmatch(text[one.end : other.start]) is not None


def _capital_follows(text: str, words: Sequence[Word], place: int) -> bool:
    after = place + 1
    return after < len(words) and words[after].capital and _beside(text, words[place], words[after])


def _in_run(text: str, words: Sequence[Word], run: tuple[int, int]) -> Iterator[Span]:
    """The person in a run of capitalised words, at most one."""
    first, last = run
    before = _word_before(text, words, first)
    while first < last and _leads(words[first].text):
        before, first = words[first].text, first + 1
    part = list(words[first:last])
    if not part or before in _forms("not-before"):
        return
    start = next((n for n, word in enumerate(part) if _is_first(word.text)), None)
    if start is not None and _after_not_before(part, start):
        return
    named = part[start:] if start is not None else []
    kept = _until_body(named)
    if len(kept) > 1 and not _names_body(text, words, last, named, kept):
        yield Span(kept[0].start, kept[min(len(kept), MOST_WORDS) - 1].end)
    elif len(named) == 1 and _stands_alone(text, words, named[0], last):
        yield Span(named[0].start, named[0].end)
    elif not _names_body(text, words, last, part, _until_body(part)):
        yield from _by_neighbours(text, words, part, before, last)


def _word_before(text: str, words: Sequence[Word], place: int) -> str:
    """The word that leads to this one without a full stop: "lagman Ek", "Utredare: Ek"."""
    if not place:
        return ""
    between = text[words[place - 1].end : words[place].start]
    return words[place - 1].text if _LEAD.fullmatch(between) else ""


def _after_not_before(part: Sequence[Word], start: int) -> bool:
    return start > 0 and part[start - 1].text in _forms("not-before")


def _by_neighbours(
    text: str, words: Sequence[Word], part: Sequence[Word], before: str, last: int
) -> Iterator[Span]:
    """A name that no first name tells: by a title, party, verb, initial or patronymic."""
    whole = Span(part[0].start, part[-1].end)
    lead, tail = part[0].text, part[-1].text
    after = words[last].text if last < len(words) else ""
    if _is_body(after):
        return
    named = _can_be_name(lead)
    many = 1 < len(part) <= MOST_WORDS and named and _can_be_name(tail)
    # A comma may stand before a title ("Asta Ek, lagman"), not before what else tells a name.
    title = _is_title(before) or (_is_title(after) and text.startswith(", ", whole.end))
    verbs = after in _forms("verb-after") or before in _forms("verb-before")
    told = title or verbs or _is_work(before) or _PARTY.match(text, whole.end) is not None
    alone = len(part) == 1 and named and _is_title(before)
    if part[0].initial:
        is_name = _has_end(tail, "surname-end", "surname-weak")
    else:
        is_name = (many and told) or alone or (many and _has_end(tail, "surname-end"))
    if is_name:
        yield whole
    else:
        yield from (Span(w.start, w.end) for w in part if _is_patronymic(w.text))


def _is_first(token: str) -> bool:
    names = first_names()
    return token in names or ("-" in token and all(p in names for p in token.split("-")))


def _is_title(token: str) -> bool:
    word = token.casefold()
    return word in _forms("title") or word.endswith(tuple(_forms("title-end")))


def _is_work(token: str) -> bool:
    return token.casefold().endswith(tuple(_forms("work-end")))


def _leads(token: str) -> bool:
    return (_is_title(token) or _is_work(token)) and not _is_first(token)


def _is_label(token: str) -> bool:
    return token in _forms("label") or (_is_title(token) and not _is_first(token))


def _is_body(token: str) -> bool:
    word = token.casefold()
    return token in _forms("body") or word.endswith(tuple(_forms("body-end")))


def _until_body(part: Sequence[Word]) -> Sequence[Word]:
    """The words before the first that belongs to a body, or that is a title."""
    ends = (n for n, word in enumerate(part) if n and (_is_body(word.text) or _is_label(word.text)))
    end = next(ends, len(part))
    return part[:end]


def _names_body(
    text: str,
    words: Sequence[Word],
    last: int,
    named: Sequence[Word],
    kept: Sequence[Word],
) -> bool:
    """Whether the words are the name of a body, a place or a law: its last word says so."""
    if len(kept) < len(named) and not _is_label(named[len(kept)].text):
        # "Asta Ek Boverket" names a person beside a body, "Folke Bernadotteakademin" only a body.
        return len(kept) < 2 or _is_company(named)
    if last < len(words) and words[last].text in _forms("not-after") | _forms("body-end"):
        return _beside(text, words[last - 1], words[last])
    return False


def _is_company(named: Sequence[Word]) -> bool:
    return any(word.text in _forms("body") for word in named)


def _can_be_name(token: str) -> bool:
    """Whether a capitalised word can be part of a name: no place, no body, no definite noun."""
    if token in _places() or _is_body(token) or _is_title(token):
        return False
    return _has_end(token, "surname-end") or not token.endswith(_PLURAL_OR_DEFINITE)


def _has_end(token: str, *kinds: str) -> bool:
    bare = token.removesuffix("s") if not token.endswith("ss") else token
    if token in _places():
        return False
    ends = tuple(end for kind in kinds for end in _forms(kind))
    return bare.endswith(ends) and len(bare) > 4


def _is_patronymic(token: str) -> bool:
    bare = token.removesuffix("s")
    return bare.endswith("sson") and len(bare) > 6 and bare not in ("Ericsson",)


def _stands_alone(text: str, words: Sequence[Word], word: Word, last: int) -> bool:
    """Whether a first name alone is a person's: none that is a word, a place or a ship too."""
    if word.text in _forms("not-alone") or len(word.text) < 4:
        return False
    follows = words[last].text if last < len(words) else ""
    return follows not in _forms("not-after")


def _mails(text: str) -> Iterator[Span]:
    """The parts of mail addresses that are a person's: a first name stands in them."""
    for match in _MAIL.finditer(text):
        parts = re.split(r"[.\-_+]", match[0].casefold())
        if len(parts) > 1 and any(part in _plain_first_names() for part in parts):
            yield Span(match.start(), match.end())


@cache
def _plain_first_names() -> frozenset[str]:
    """First names as mail addresses write them, without the marks over letters."""
    return frozenset(
        "".join(c for c in normalize("NFD", name.casefold()) if not combining(c))
        for name in first_names()
    )


def _signatures(text: str) -> Iterator[Span]:
    """The lines of two to four capitalised words under "På regeringens vägnar"."""
    for match in _SIGNED.finditer(text):
        place = match.start("lines")
        for line in match["lines"].splitlines(keepends=True):
            words = list(_words(line))
            if 2 <= len(words) <= 4 and all(word.capital for word in words):
                yield Span(place + words[0].start, place + words[-1].end)
            elif line.strip() and not _is_title(line.split()[0]):
                break
            place += len(line)


def _surname(text: str, span: Span) -> str:
    """The last word of a name of several words, where it can stand for the person."""
    parts = text[span.start : span.end].split()
    if len(parts) < 2 or "@" in text[span.end : span.end + 1]:
        return ""
    last = parts[-1]
    return last if len(last) > 3 and last not in _places() and not last[0].islower() else ""


def _merged(found: Iterable[Span]) -> tuple[Span, ...]:
    kept: list[Span] = []
    for span in sorted(found, key=lambda s: (s.start, -s.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return tuple(kept)
