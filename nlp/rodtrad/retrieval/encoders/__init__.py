"""Sentence encoders: texts in, vectors out; one port, several engines."""

from __future__ import annotations

from rodtrad.retrieval.encoders.opening import open_encoder
from rodtrad.retrieval.encoders.port import Encoder, EncoderError, Progress, Vectors

__all__ = ["Encoder", "EncoderError", "Progress", "Vectors", "open_encoder"]
