"""Text to token ids as XLM-RoBERTa's SentencePiece model does it, ready in a tenth of a second.

Written here because the usual library needs more than a second to load 250,000 pieces, which is
longer than a whole search may take; in the tests that library is what this must agree with.
"""

from __future__ import annotations

from rodtrad.retrieval.encoders.weights import Pieces

_SPACE = "\u2581"
_UNKNOWN_PENALTY = 10.0
_REMEMBERED = 200_000


class UnigramTokenizer:
    """The most probable split of each word into pieces (Viterbi), remembered by word.

    No piece reaches over a space, so words are independent. Unknown characters in a row are one
    unknown token. Markers such as `<mask>` in a text are read as the characters they are.
    """

    def __init__(self, pieces: Pieces) -> None:
        markers = {pieces.start, pieces.end, pieces.padding, pieces.unknown}
        self._ids = {text: i for i, text in enumerate(pieces.texts) if i not in markers}
        self._ids.pop(b"<mask>", None)
        self._scores: list[float] = pieces.scores.tolist()
        self._unknown = pieces.unknown
        self._unknown_score = min(self._scores) - _UNKNOWN_PENALTY
        self._longest = max(map(len, pieces.texts))
        self._words: dict[str, list[int]] = {}

    def ids(self, text: str) -> list[int]:
        """The ids of a text whose words are separated by single spaces; no start or end marker."""
        found: list[int] = []
        for word in text.split(" "):
            found += self._word(word)
        return found

    def _word(self, word: str) -> list[int]:
        known = self._words.get(word)
        if known is None:
            if len(self._words) >= _REMEMBERED:
                self._words.clear()
            known = self._words[word] = self._split((_SPACE + word).encode())
        return known

    def _split(self, word: bytes) -> list[int]:
        best = [0.0] + [float("-inf")] * len(word)
        steps = [(0, 0)] * (len(word) + 1)  # the token that ends here and where it starts
        for start in range(len(word)):
            if best[start] == float("-inf"):
                continue
            for end in range(start + 1, min(len(word), start + self._longest) + 1):
                token = self._ids.get(word[start:end])
                if token is not None and best[start] + self._scores[token] > best[end]:
                    best[end] = best[start] + self._scores[token]
                    steps[end] = (token, start)
            end = start + _width(word[start])
            if best[start] + self._unknown_score > best[end]:
                best[end] = best[start] + self._unknown_score
                steps[end] = (self._unknown, start)
        return self._walk_back(steps)

    def _walk_back(self, steps: list[tuple[int, int]]) -> list[int]:
        tokens: list[int] = []
        at = len(steps) - 1
        while at > 0:
            token, at = steps[at]
            if not (tokens and token == tokens[-1] == self._unknown):
                tokens.append(token)
        return tokens[::-1]


def _width(first: int) -> int:
    """How many bytes the UTF-8 character takes that begins with this byte."""
    return 1 if first < 0x80 else 2 if first < 0xE0 else 3 if first < 0xF0 else 4
