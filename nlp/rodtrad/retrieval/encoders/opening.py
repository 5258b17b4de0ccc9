"""Which encoder the settings ask for."""

from __future__ import annotations

from pathlib import Path

from rodtrad.retrieval.encoders.cached import CachedEncoder
from rodtrad.retrieval.encoders.embedded import EmbeddedEncoder
from rodtrad.retrieval.encoders.port import Encoder
from rodtrad.retrieval.encoders.vectorstore import VectorStore
from rodtrad.settings import EncoderSettings


def open_encoder(settings: EncoderSettings, *, cache_folder: Path, jobs_hint: int = 0) -> Encoder:
    """The encoder of a workspace, with its cache of vectors in `cache_folder`."""
    return CachedEncoder(EmbeddedEncoder(), VectorStore(cache_folder / "vectors.sqlite"))
