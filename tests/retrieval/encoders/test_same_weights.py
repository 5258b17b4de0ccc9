"""The engines that run the embedded weights agree with each other and with golden cosines."""

from __future__ import annotations

import importlib
import shutil
from pathlib import Path

import numpy as np
import pytest

from rodtrad.retrieval.encoders.embedded import EmbeddedEncoder
from rodtrad.retrieval.encoders.encodable import encodable
from rodtrad.retrieval.encoders.rebuilt import RebuiltEncoder
from rodtrad.retrieval.encoders.unigram import UnigramTokenizer
from rodtrad.retrieval.encoders.weights import Weights, installed_weights

PASSAGES = [
    "Polismyndigheten ska senast den 30 april 2026 redovisa hur arbetet har utvecklats.",
    "Regeringen bör stärka barns rätt till skydd och stöd när de har utsatts för människohandel.",
    "GRETA urges the Swedish authorities to guarantee effective access to compensation.",
    "Länsstyrelsen avstyrker förslaget om kortare betänketid.",
    "Kostnaderna ryms inom befintliga ekonomiska ramar.",
]
QUERY = "access to compensation for victims of trafficking"
GOLDEN = [0.766, 0.774, 0.799, 0.775, 0.769]


def test_both_engines_see_the_same_meaning(
    embedded: EmbeddedEncoder, rebuilt: RebuiltEncoder
) -> None:
    cosines = (embedded.encode_passages(PASSAGES) * rebuilt.encode_passages(PASSAGES)).sum(axis=1)
    assert cosines.min() > 0.997


def test_the_first_typed_queries_are_the_embedded_ones_and_long_ones_nearly(
    embedded: EmbeddedEncoder,
) -> None:
    long = " ".join(PASSAGES[:2])
    rebuilt = RebuiltEncoder()
    ours, theirs = rebuilt.encode_queries([QUERY, long]), embedded.encode_queries([QUERY, long])
    assert np.array_equal(ours[0], theirs[0])
    assert not np.array_equal(ours[1], theirs[1])
    assert float(ours[1] @ theirs[1]) > 0.997
    assert float(ours[1] @ rebuilt.encode_passages([long])[0]) < 0.999  # another prefix


def test_whoever_goes_on_asking_is_answered_by_the_graph_in_nearly_the_same_way(
    embedded: EmbeddedEncoder,
) -> None:
    rebuilt = RebuiltEncoder()
    first, second, third = (rebuilt.encode_queries([QUERY])[0] for _ in range(3))
    assert np.array_equal(first, second)
    assert not np.array_equal(second, third)
    assert float(second @ third) > 0.99


@pytest.mark.parametrize("engine", ["embedded", "rebuilt"])
def test_golden_cosines(engine: str, request: pytest.FixtureRequest) -> None:
    encoder = request.getfixturevalue(engine)
    cosines = encoder.encode_passages(PASSAGES) @ encoder.encode_queries([QUERY])[0]
    assert cosines == pytest.approx(GOLDEN, abs=0.01)
    assert int(cosines.argmax()) == 2


def test_the_two_are_kept_apart(embedded: EmbeddedEncoder, rebuilt: RebuiltEncoder) -> None:
    assert embedded.name == rebuilt.name
    assert embedded.revision != rebuilt.revision


def test_a_text_longer_than_a_window_is_the_mean_of_its_windows(
    embedded: EmbeddedEncoder, rebuilt: RebuiltEncoder
) -> None:
    long = " ".join(PASSAGES * 7)
    assert len(rebuilt._passages._tokenizer.ids(long)) > 510
    cosine = float(embedded.encode_passages([long])[0] @ rebuilt.encode_passages([long])[0])
    assert cosine > 0.995


def test_threads_change_nothing(rebuilt: RebuiltEncoder) -> None:
    alone = RebuiltEncoder(threads=1).encode_passages(PASSAGES)
    assert np.array_equal(alone, rebuilt.encode_passages(PASSAGES))


def test_a_text_that_overflowed_the_engine_is_encoded(embedded: EmbeddedEncoder) -> None:
    """200 times U+FDFA, raw, writes past the end of the engine's buffer."""
    assert np.isfinite(embedded.encode_queries(["\ufdfa" * 200])).all()


def test_word_rows_are_rows_of_the_whole_matrix() -> None:
    weights = Weights(installed_weights().path)
    whole = weights.matrix("l0.q.w", inputs=384)
    assert whole.shape == (384, 384)
    rows = weights.word_rows(np.array([5, 250_000, 5]))
    assert np.array_equal(rows[0], rows[2])
    assert rows.shape == (3, 384)
    assert 0.001 < float(np.abs(rows).mean()) < 1.0


@pytest.fixture(scope="module")
def tokenizer() -> UnigramTokenizer:
    return UnigramTokenizer(Weights(installed_weights().path).pieces)


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 1), ("och", 1), ("människohandel", 4), ("och och", 2), ("\U00013000\U00013001", 2)],
)
def test_tokens(tokenizer: UnigramTokenizer, text: str, count: int) -> None:
    assert len(tokenizer.ids(text)) == count


def test_markers_in_a_text_are_only_characters(tokenizer: UnigramTokenizer) -> None:
    special = {0, 1, 2, 250_001}
    assert not special & set(tokenizer.ids("<s> </s> <pad> <mask>"))


def test_tokens_are_those_of_the_tokenizers_library(tokenizer: UnigramTokenizer) -> None:
    library = importlib.import_module("tokenizers")
    pieces = Weights(installed_weights().path).pieces
    scored = [(t.decode(), s) for t, s in zip(pieces.texts, pieces.scores.tolist(), strict=True)]
    theirs = library.Tokenizer(library.models.Unigram(scored, unk_id=pieces.unknown))
    theirs.pre_tokenizer = library.pre_tokenizers.Metaspace(prepend_scheme="always")
    folder = Path(__file__).parents[3] / "corpus" / "sources"
    lines = [
        line
        for path in sorted(folder.rglob("*.txt"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    texts = [encodable(line) for line in lines]
    foreign = ["日本語のテキスト", encodable("Ωmega ½ ☃☃☃ x\u0301"), "𓀀𓀁𓀂 ord"]
    sample = [*[text for text in texts if text][::3], *foreign]
    assert len(sample) > 200
    assert [tokenizer.ids(text) for text in sample] == [theirs.encode(t).ids for t in sample]


@pytest.mark.slow
def test_sentence_transformers_loads_the_same_model(embedded: EmbeddedEncoder) -> None:
    from rodtrad.retrieval.encoders.sentence import SentenceTransformerEncoder
    from rodtrad.retrieval.encoders.sentencefolder import embedded_sentence_model
    from rodtrad.settings import EncoderSettings

    folder = embedded_sentence_model()
    try:
        peer = SentenceTransformerEncoder(EncoderSettings(model=str(folder)))
        passages = (peer.encode_passages(PASSAGES) * embedded.encode_passages(PASSAGES)).sum(axis=1)
        query = float(peer.encode_queries([QUERY])[0] @ embedded.encode_queries([QUERY])[0])
    finally:
        shutil.rmtree(folder)  # half a gigabyte
    assert passages.min() > 0.999
    assert query > 0.999
