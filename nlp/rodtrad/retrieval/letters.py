"""The letters of passages, a byte each, one passage behind the other in a file, found by number.

They are written when passages are, so that a search folds none of the texts that it looks through
(see `shapes`), and mapped, so that it reads only those.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt

from rodtrad.datamodel import Passage
from rodtrad.retrieval.tokenization import fold

_LETTERS, _PLACES = "letters.bin", "letters.npy"
_FEWEST = 1024
_AT_ONCE = 4096  # passages whose letters wait to be written
_BEYOND = re.compile(r"[^\x00-\x7f\xa0-\xff]")
_FREE = 0x80  # the first of 32 bytes that are no letters of Latin-1
Places = npt.NDArray[np.int64]


def letters_of(text: str) -> bytes:
    """A text casefolded, a byte a character: blanks for all that is no letter, and two around it.

    Letters are those of Latin-1, figures and "_"; any other stands as one of the 32 bytes that
    Latin-1 leaves free, so that now and then two are taken for the same.

    >>> letters_of("Öst–väst")
    b'  \xf6st v\xe4st  '
    """
    plain = _BEYOND.sub(_stand_in, fold(text)).encode("latin-1").translate(_table())
    return b"  %b  " % plain


def _stand_in(match: re.Match[str]) -> str:
    return chr(_FREE + ord(match[0]) % 32) if match[0].isalnum() else " "


@cache
def _table() -> bytes:
    """Letters, figures and "_" as they are, a blank for every other byte of Latin-1."""
    is_free = range(_FREE, _FREE + 32)
    kept = [n in is_free or chr(n).isalnum() or chr(n) == "_" for n in range(256)]
    return bytes(n if is_kept else 32 for n, is_kept in enumerate(kept))


def passage_letters(passage: Passage) -> bytes:
    """The letters of a passage, those of its heading before them on a line of their own."""
    return b"\n".join(letters_of(text) for text in (*passage.path[-1:], passage.text))


class LetterFile:
    """The letters of the passages of an index; those of a passage taken out stay unused."""

    def __init__(self, folder: Path, places: Places) -> None:
        """`places` are two rows, a column a number: where its letters begin and end."""
        self._folder, self._places = folder, places
        self._end = (folder / _LETTERS).stat().st_size
        self._fresh: list[bytes] = []
        self._held: mmap.mmap | bytes = b""

    @classmethod
    def create(cls, folder: Path) -> LetterFile:
        """That of no passages."""
        (folder / _LETTERS).write_bytes(b"")
        return cls(folder, _none(_FEWEST))

    @classmethod
    def open(cls, folder: Path, *, for_change: bool = False) -> LetterFile:
        """That of a folder; nothing is read of it unless it is opened for a change.

        A reader keeps its file open: a newer index may take the folder away.

        Raises:
            OSError, ValueError: a file is missing, or is not what it should be.
        """
        mode: Literal["r"] | None = None if for_change else "r"
        found = cls(folder, np.asarray(np.load(folder / _PLACES, mode, allow_pickle=False)))
        if found._places.shape[0] != len(_none(0)):
            raise ValueError(f"{_PLACES} is not what it should be")
        if not for_change:
            found._held = found._mapped()
        return found

    def add(self, number: int, letters: bytes) -> None:
        """Add the letters of a passage, or replace them."""
        while number >= (width := self._places.shape[1]):
            self._places = np.concatenate([self._places, _none(max(width, _FEWEST))], axis=1)
        self._places[:, number] = self._end, self._end + len(letters)
        self._end += len(letters)
        self._fresh.append(letters)
        if len(self._fresh) >= _AT_ONCE:
            self._write()

    def _write(self) -> None:
        with (self._folder / _LETTERS).open("ab") as file:
            file.writelines(self._fresh)
        self._fresh.clear()

    def save(self) -> None:
        """Write what was added."""
        self._write()
        np.save(self._folder / _PLACES, self._places, allow_pickle=False)

    def letters(self, numbers: Sequence[int]) -> list[bytes]:
        """The letters of passages that are there, in the order given."""
        starts, ends = self._places[:, numbers].tolist()
        held = self._held or self._mapped()
        return [held[start:end] for start, end in zip(starts, ends, strict=True)]

    def _mapped(self) -> mmap.mmap | bytes:
        with (self._folder / _LETTERS).open("rb") as file:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if self._end else b""


def _none(count: int) -> Places:
    return np.zeros((2, count), dtype=np.int64)
