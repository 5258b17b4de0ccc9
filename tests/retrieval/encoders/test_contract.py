"""What every encoder must do, whatever is inside."""

from __future__ import annotations

import numpy as np
import pytest

from rodtrad.retrieval.encoders.port import LEAST_TELLING, Encoder, subwords_of

SENTENCES = [
    "Polisen ska redovisa hur arbetet mot människohandel har utvecklats.",
    "Sweden should strengthen the support to victims of trafficking.",
    "Jämställdhetsmyndigheten",
    "Å",
    "Polisen ska redovisa hur arbetet mot människohandel har utvecklats.",
]
HOSTILE = {
    "empty": "",
    "only spaces": " \n\t ",
    "NUL": "polisen\x00ska",
    "lone surrogate": "\ud800polisen\udfff",
    "expands eighteenfold": "\ufdfa" * 30,
    "controls": "".join(map(chr, range(32))) + "\x7f\x80\x9f",
    "marker": "<mask></s><unk>",
    "astral": "\U0001f600" * 50,
    "no space": "å" * 600,
    "combining": "a" + "\u0301" * 200,
}


def test_vectors_are_single_precision_rows_of_length_one(encoder: Encoder) -> None:
    for vectors in (encoder.encode_queries(SENTENCES), encoder.encode_passages(SENTENCES)):
        assert vectors.dtype == np.float32
        assert vectors.shape == (len(SENTENCES), encoder.dimensions)
        assert np.linalg.norm(vectors, axis=1) == pytest.approx(1.0, abs=1e-4)


def test_no_texts_give_no_rows(encoder: Encoder) -> None:
    assert encoder.encode_queries([]).shape == (0, encoder.dimensions)
    assert encoder.encode_passages([]).shape == (0, encoder.dimensions)


def test_equal_texts_get_equal_vectors_and_different_texts_different_ones(
    encoder: Encoder,
) -> None:
    vectors = encoder.encode_passages(SENTENCES)
    assert vectors[0] == pytest.approx(vectors[4], abs=1e-6)
    assert np.abs(vectors[0] - vectors[1]).max() > 1e-2


def test_a_vector_does_not_depend_on_its_batch(encoder: Encoder) -> None:
    together = encoder.encode_passages([*SENTENCES, "ett helt annat och längre stycke " * 20])
    turned = encoder.encode_passages(SENTENCES[::-1])[::-1]
    alone = np.concatenate([encoder.encode_passages([text]) for text in SENTENCES])
    tolerance = 0.0 if encoder.name in ("hashing", "multilingual-e5-small") else 1e-5
    assert np.abs(together[: len(SENTENCES)] - alone).max() <= tolerance
    assert np.abs(turned - alone).max() <= tolerance


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_gives_a_sound_vector(encoder: Encoder, text: str) -> None:
    for vectors in (encoder.encode_queries([text]), encoder.encode_passages([text, "polisen"])):
        assert np.isfinite(vectors).all()
        assert np.linalg.norm(vectors, axis=1) == pytest.approx(1.0, abs=1e-3)


def test_what_follows_a_nul_is_read(encoder: Encoder) -> None:
    with_nul, cut = encoder.encode_passages(["polisen\x00människohandel", "polisen"])
    assert np.abs(with_nul - cut).max() > 1e-3


def test_progress_grows_to_all_texts(encoder: Encoder) -> None:
    texts = [f"polisen ska redovisa {number}" for number in range(70)]
    seen: list[tuple[int, int]] = []
    encoder.encode_passages(texts, progress=lambda done, total: seen.append((done, total)))
    done = [pair[0] for pair in seen]
    assert seen[-1] == (70, 70)
    assert done == sorted(done)
    assert {total for _, total in seen} == {70}


def test_name_and_revision_are_readable_and_stable(encoder: Encoder) -> None:
    first = (encoder.name, encoder.revision)
    encoder.encode_queries(["polisen"])
    assert (encoder.name, encoder.revision) == first
    assert all(first)


def test_pieces_of_a_text_are_sound_and_the_same_in_any_batch(encoder: Encoder) -> None:
    together = subwords_of(encoder, [*SENTENCES, *HOSTILE.values()], role="passage")
    assert len(together) == len(SENTENCES) + len(HOSTILE)
    for one in together:
        assert one.vectors.shape == (len(one.telling), encoder.dimensions)
        assert np.isfinite(one.vectors).all()
        assert ((one.telling >= LEAST_TELLING) & (one.telling <= 1.0)).all()
    assert len(together[0].telling) > 0
    for text, one in zip(SENTENCES, together, strict=False):
        (alone,) = subwords_of(encoder, [text], role="passage")
        assert np.abs(alone.vectors - one.vectors).max() <= 1e-2
        assert np.array_equal(alone.telling, one.telling)


def test_no_texts_have_no_pieces(encoder: Encoder) -> None:
    assert subwords_of(encoder, [], role="query") == []
