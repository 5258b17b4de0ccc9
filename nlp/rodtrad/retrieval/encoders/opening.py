"""Which encoder the settings ask for."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from rodtrad.errors import UsageError
from rodtrad.retrieval.encoders.cached import CachedEncoder
from rodtrad.retrieval.encoders.port import Encoder
from rodtrad.retrieval.encoders.vectorstore import VectorStore
from rodtrad.settings import EMBEDDED, EncoderSettings

if TYPE_CHECKING:
    from rodtrad.retrieval.encoders.spread import Runner

VECTORS = "vectors.sqlite"


def open_encoder(
    settings: EncoderSettings,
    *,
    cache_folder: Path,
    jobs_hint: int = 0,
    runner: Runner | None = None,
) -> Encoder:
    """The encoder of a workspace, with its cache of vectors in `cache_folder`.

    Args:
        settings: which model, and with what prefixes.
        cache_folder: where `vectors.sqlite` is or will be.
        jobs_hint: how much is about to be encoded as passages (texts or words). If anything, what
            encodes passages is loaded at once; with 0 it is loaded when first used, and a search
            never loads it. It does not decide how a text is encoded.
        runner: where many passages are encoded; None for here.

    Raises:
        EncoderError: the model cannot be loaded.
        UsageError: the settings do not fit together.
    """
    encoder = named_encoder(settings)
    store = VectorStore(cache_folder / VECTORS)
    if runner is not None:
        from rodtrad.retrieval.encoders.spread import BATCH, SpreadEncoder

        return CachedEncoder(SpreadEncoder(encoder, settings, runner), store, batch=BATCH)
    prepare = getattr(encoder, "prepare", None)
    if jobs_hint > 0 and prepare is not None:
        prepare()
    return CachedEncoder(encoder, store)


def named_encoder(settings: EncoderSettings) -> Encoder:
    """The encoder of some settings, without any store of vectors."""
    if settings.model != EMBEDDED:
        from rodtrad.retrieval.encoders.sentence import SentenceTransformerEncoder

        return SentenceTransformerEncoder(settings)
    ordinary = EncoderSettings()
    if (settings.query_prefix, settings.passage_prefix, settings.revision) != (
        ordinary.query_prefix,
        ordinary.passage_prefix,
        ordinary.revision,
    ):
        raise UsageError(
            "The embedded encoder has its own prefixes and revision; remove them from [encoder] "
            "in rodtrad.toml, or name a model."
        )
    has_runtime = find_spec("onnxruntime") is not None and find_spec("onnx") is not None
    if has_runtime:
        from rodtrad.retrieval.encoders.rebuilt import RebuiltEncoder

        return RebuiltEncoder()
    from rodtrad.retrieval.encoders.embedded import EmbeddedEncoder

    return EmbeddedEncoder()
