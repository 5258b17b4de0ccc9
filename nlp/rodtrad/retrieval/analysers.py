"""What search and building share: an analyser a language, names of files, keys of words."""

from __future__ import annotations

from rodtrad.retrieval.compounds import CompoundSplitter
from rodtrad.retrieval.stemming import Language, stem
from rodtrad.retrieval.tokenization import Analyser, fold
from rodtrad.retrieval.wordstore import WordStore

LEXICAL_FOLDER = "words"
_MOST_WORDS = 3


class Analysers:
    """One analyser a language; compounds are split by a collection's own words."""

    def __init__(self, swedish: CompoundSplitter, *, words: WordStore | None = None) -> None:
        """`words` are those of an index, which keeps them as they were taken apart."""
        self._by_language: dict[Language, Analyser] = {
            "sv": Analyser("sv", swedish, words),
            "en": Analyser("en"),
        }

    @classmethod
    def of_index(cls, words: WordStore) -> Analysers:
        """The analysers that take words apart as they were when the index was built."""
        splitter = CompoundSplitter(words.counts("word"), words.counts("stem"), words)
        return cls(splitter, words=words)

    def __call__(self, language: Language) -> Analyser:
        """The analyser of a language."""
        return self._by_language[language]


def as_language(language: str) -> Language:
    """Swedish for whatever is not English."""
    return "en" if language == "en" else "sv"


def english_key(text: str) -> str:
    """What an English word or term of up to three words is filed under: its stems.

    Meanings with brackets or more words are explanations, not translations; they give "".
    """
    words = fold(text.strip()).removeprefix("to ").split()
    if not 0 < len(words) <= _MOST_WORDS or not all(w.replace("-", "").isalpha() for w in words):
        return ""
    return " ".join(stem(word, "en") for word in words)
