"""Files to documents: one backend a format, layout, clean text, metadata, the catalogue."""

from rodtrad.ingest.reader import read_document

__all__ = ["read_document"]
