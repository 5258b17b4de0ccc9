"""Files to documents: one backend a format, layout, clean text, metadata, the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rodtrad.lazynames import names_from

if TYPE_CHECKING:
    from rodtrad.ingest.reader import read_document

__all__ = ["read_document"]

# Whoever reads the catalogue loads no reader.
__getattr__ = names_from(__name__, {"read_document": "reader"})
