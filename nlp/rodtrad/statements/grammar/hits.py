"""A lexeme met in a sentence, and the stand that a frame makes of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rodtrad.statements.grammar.clauses import Clauses
from rodtrad.statements.grammar.lexicon import Lexeme


@dataclass(frozen=True, slots=True)
class Hit:
    """A lexeme met in a sentence: the first and last of its words."""

    lexeme: Lexeme
    form: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Stand:
    """A stand before its label: where its words stand in the line, and what it is about.

    `about` is the stretch of the line that the frame names as subject or clause; None where the
    proposal is the object, behind the words.
    """

    lexeme: Lexeme
    denied: bool
    start: int
    end: int
    about: tuple[int, int] | None = None


def stand_of(
    clauses: Clauses, hit: Hit, denied: bool, about: tuple[int, int] | None = None
) -> Stand:
    """The stand that a hit takes: its words with what is said of them right behind."""
    start, end = clauses.words[hit.first].start, clauses.words[hit.last].end
    if hit.lexeme.needs == "answering" and (said := _ANSWERED.match(clauses.line, end)):
        end = said.end()
    if hit.lexeme.kind == "verb" and (said := _SAID_OVER.match(clauses.line, end)):
        end = said.end()
    return Stand(hit.lexeme, denied, start, end, about)


# "avstår från [att yttra sig]", "avstår från [att lämna synpunkter]".
_ANSWERED = re.compile(
    r"\s+(?:från\s+)?(?:att\s+)?(?:\w+\s+){0,3}?(?:yttra (?:sig|oss)|(?:lämna|avge|framföra|ha)"
    r"\s+(?:\w+\s+){0,2}?(?:synpunkter|yttrande|svar|remissvar|kommentarer)|svara|besvara|kommentera"
    r"|yttrande|synpunkter|ta (?:\w+ ){0,2}?ställning)\b",
    re.IGNORECASE,
)
_SAID_OVER = re.compile(r"\s+(?:inte|delvis|i huvudsak|i stort)\b", re.IGNORECASE)
