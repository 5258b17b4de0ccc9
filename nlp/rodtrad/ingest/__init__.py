"""Files to documents: one backend a format, layout, clean text, metadata, the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rodtrad.ingest.reader import read_document

__all__ = ["read_document"]


def __getattr__(name: str) -> Any:
    """`read_document` when it is first asked for: whoever reads the catalogue loads no reader."""
    if name != "read_document":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from rodtrad.ingest.reader import read_document

    return read_document
