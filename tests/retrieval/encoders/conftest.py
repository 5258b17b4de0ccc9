"""Encoders for the contract tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from rodtrad.retrieval.encoders.cached import CachedEncoder
from rodtrad.retrieval.encoders.embedded import EmbeddedEncoder
from rodtrad.retrieval.encoders.hashing import HashingEncoder
from rodtrad.retrieval.encoders.port import Encoder
from rodtrad.retrieval.encoders.rebuilt import RebuiltEncoder
from rodtrad.retrieval.encoders.sentence import SentenceTransformerEncoder
from rodtrad.retrieval.encoders.vectorstore import VectorStore
from rodtrad.settings import EncoderSettings

WORDS = [
    "[UNK]",
    "polisen",
    "ska",
    "redovisa",
    "människohandel",
    "victims",
    "query",
    "passage",
    ":",
]


@pytest.fixture(scope="session")
def embedded() -> EmbeddedEncoder:
    return EmbeddedEncoder()


@pytest.fixture(scope="session")
def rebuilt() -> RebuiltEncoder:
    return RebuiltEncoder()


@pytest.fixture(scope="session")
def small_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sentence-transformers model of nine words and eight dimensions, made on the spot."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer, models, pre_tokenizers

    vocabulary = {word: i for i, word in enumerate(WORDS)}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token=WORDS[0]))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    torch.manual_seed(7)
    folder = tmp_path_factory.mktemp("model") / "small"
    SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_dim=8)]).save(str(folder))
    return folder


@pytest.fixture(params=["hashing", "embedded", "rebuilt", "cached", "sentence-transformers"])
def encoder(request: pytest.FixtureRequest, tmp_path: Path) -> Encoder:
    """Each implementation in turn."""
    makers: dict[str, Callable[[], Encoder]] = {
        "hashing": HashingEncoder,
        "embedded": lambda: request.getfixturevalue("embedded"),
        "rebuilt": lambda: request.getfixturevalue("rebuilt"),
        "cached": lambda: CachedEncoder(HashingEncoder(), VectorStore(tmp_path / "v.sqlite")),
        "sentence-transformers": lambda: SentenceTransformerEncoder(
            EncoderSettings(model=str(request.getfixturevalue("small_model")))
        ),
    }
    return makers[request.param]()
