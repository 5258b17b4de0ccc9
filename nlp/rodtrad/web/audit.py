"""Who wrote what through the page; the log is that of the whole workspace."""

from __future__ import annotations

from rodtrad.pipeline.audit import note_write

__all__ = ["note_write"]
