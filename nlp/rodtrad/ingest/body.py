"""The lines of a body with what is known about them as a whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from rodtrad.ingest.dates import find_month
from rodtrad.ingest.hyphens import Vocabulary
from rodtrad.ingest.lines import Line
from rodtrad.ingest.typography import NO_TYPOGRAPHY, Typography
from rodtrad.ingest.wording import REMEMBERED, ends_sentence, first_word, starts_lower, word_list

BULLET = re.compile(r"([•●▪■◦‣⁃∙·*\uf0b7\uf0a7\uf02d]|[-–—−o](?=\s))\s*(?=\S)")
ITEM_NUMBER = re.compile(r"(\d{1,2}[.)]|\([a-zåäö\d]{1,3}\)|[a-zåäö][.)]|[ivx]{1,5}[.)])\s+(?=\S)")
# A date that runs over the end of its line: "senast den 1 februari" + "2021".
_MONTH_AT_END = re.compile(r"(?:^|\s)(?:\d{1,2}(?::?e)?|i|före|under) ([^\W\d_]{3,9})$")
_YEAR_AT_START = re.compile(r"(?:19|20)\d\d(?![\d:/-])")
_FILL = 0.85
_INDENT = 7.0


@dataclass(frozen=True)
class Body:
    """The lines left after furniture and notes, and how they are set.

    `wrapped` says whether paragraphs run over several lines; `width` is the length of a full line.
    """

    lines: Sequence[Line]
    wrapped: bool
    width: int
    vocabulary: Vocabulary
    typography: Typography = NO_TYPOGRAPHY

    def __len__(self) -> int:
        return len(self.lines)

    def text(self, index: int) -> str:
        """The text of a line, "" outside the body."""
        if index < 0:
            return ""
        try:
            return self._texts[index]
        except IndexError:
            return ""

    @cached_property
    def _texts(self) -> list[str]:
        return [line.text for line in self.lines]

    @cached_property
    def _continued(self) -> dict[int, bool]:
        return {}

    def is_short(self, index: int) -> bool:
        """Whether the first word of the next line would have fitted on this line."""
        if not self.wrapped:
            return True
        following = self.text(index + 1).split(" ", 1)[0]
        line = self.lines[index]
        edge = self.typography.right_of(line)
        if line.left is not None and line.right is not None and edge:
            letter = (line.right - line.left) / len(line.text)
            return line.right + (len(following) + 1) * letter <= edge
        return len(self.text(index)) + 1 + len(following) <= _FILL * self.width

    def is_indented(self, index: int) -> bool:
        """Whether a line starts further in than the lines around it, as first lines may."""
        here = self.lines[index].left
        before = self.lines[index - 1].left if index else None
        after = self.lines[index + 1].left if index + 1 < len(self.lines) else before
        if here is None or before is None or after is None:
            return False
        return here - before >= _INDENT and here - after >= _INDENT

    def opens_sentence(self, index: int) -> bool:
        """Whether a line can only start a sentence: its first word is no proper name."""
        text = self.text(index)
        word = first_word(text)
        if not word or not word[0].isupper():
            return False
        lower = word.casefold()
        return lower in word_list("openers") or self.vocabulary.is_common(lower)

    def is_continuation(self, index: int) -> bool:
        """Whether a line surely goes on with the sentence of the line before it."""
        known = self._continued.get(index)
        if known is None:
            known = self._continued[index] = self._goes_on(index)
        return known

    def _goes_on(self, index: int) -> bool:
        before, text = self.text(index - 1), self.text(index)
        if goes_on_with_year(before, text):
            return True
        if not before or ends_sentence(before) or before.endswith(":"):
            return False
        dash = text.startswith(("–", "-", "—", "−")) and self.lines[index].gap == 0
        if marker_of(text) and not dash:
            return False
        return starts_lower(text) or text[:1] in "(–-"

    def starts_block(self, index: int) -> bool:
        """Whether something new can start at a line: the text before it has come to an end."""
        if index == 0:
            return True
        before = self.lines[index - 1]
        if self.typography.changes(before, self.lines[index]):
            return True
        if self.is_continuation(index):
            return False
        if not self.wrapped or self.lines[index].gap > 0:
            return True
        return before.ends_sentence or before.text.endswith(":") or self.is_short(index - 1)


def goes_on_with_year(before: str, text: str) -> bool:
    """Whether a line begins with the year of the month that ends the line before it.

    "… senast den 1 februari" and "2021. Uppdraget …" belong together; "… i februari." and
    "2021 års plan" do not, nor do "… i stycke" and "2021".
    """
    if not text[:1].isdigit() or _YEAR_AT_START.match(text) is None:
        return False
    month = _MONTH_AT_END.search(before)
    return month is not None and find_month(f"{month.group(1)} {text[:4]}") is not None


@lru_cache(maxsize=REMEMBERED)
def marker_of(text: str) -> str | None:
    """The bullet or number of a list item, None where there is none."""
    match = BULLET.match(text) or ITEM_NUMBER.match(text)
    return match.group(1) if match else None


def after_marker(text: str) -> int:
    """Where the text of a list item starts, behind its bullet or number."""
    match = BULLET.match(text) or ITEM_NUMBER.match(text)
    return match.end() if match else 0
