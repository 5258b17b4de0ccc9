from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rodtrad.errors import UsageError
from rodtrad.retrieval.encoders import EncoderError, open_encoder, opening, weights
from rodtrad.retrieval.encoders.embedded import EmbeddedEncoder
from rodtrad.retrieval.encoders.rebuilt import RebuiltEncoder
from rodtrad.retrieval.encoders.sentence import SentenceTransformerEncoder
from rodtrad.retrieval.encoders.weights import Weights, WeightsFile, installed_weights, verify
from rodtrad.settings import EncoderSettings


def test_the_embedded_encoder_is_the_default(tmp_path: Path, rebuilt: RebuiltEncoder) -> None:
    encoder = open_encoder(EncoderSettings(), cache_folder=tmp_path, jobs_hint=10)
    assert (encoder.name, encoder.revision) == (rebuilt.name, rebuilt.revision)
    assert np.array_equal(encoder.encode_passages(["hej"]), rebuilt.encode_passages(["hej"]))


def test_the_size_of_the_job_changes_no_vector(tmp_path: Path) -> None:
    small = open_encoder(EncoderSettings(), cache_folder=tmp_path / "a")
    large = open_encoder(EncoderSettings(), cache_folder=tmp_path / "b", jobs_hint=100_000)
    assert small.revision == large.revision
    assert np.array_equal(small.encode_passages(["hej"]), large.encode_passages(["hej"]))


@pytest.mark.parametrize(
    "settings",
    [
        EncoderSettings(query_prefix="fråga: "),
        EncoderSettings(passage_prefix=""),
        EncoderSettings(revision="main"),
    ],
)
def test_the_embedded_encoder_takes_no_options(settings: EncoderSettings, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="own prefixes"):
        open_encoder(settings, cache_folder=tmp_path)


@pytest.mark.parametrize("name", ["./no/such/folder", "/no/such", "~/no-such-folder", "a/b/c"])
def test_a_missing_model_folder_is_one_sentence(name: str, tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match=r"There is no model folder .*rodtrad\.toml"):
        open_encoder(EncoderSettings(model=name), cache_folder=tmp_path)


def test_a_model_that_cannot_be_fetched_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import huggingface_hub.constants

    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", True)
    encoder = open_encoder(EncoderSettings(model="nobody/no-model"), cache_folder=tmp_path)
    with pytest.raises(EncoderError, match=r"nobody/no-model .*connect once"):
        encoder.encode_queries(["hej"])


def test_a_users_model_is_told_apart_by_content_and_prefixes(small_model: Path) -> None:
    settings = EncoderSettings(model=str(small_model))
    encoder = SentenceTransformerEncoder(settings)
    other = SentenceTransformerEncoder(replace(settings, query_prefix=""))
    assert encoder.dimensions == 8
    assert encoder.revision != other.revision
    assert encoder.revision == SentenceTransformerEncoder(settings).revision


def test_prefixes_reach_the_users_model(small_model: Path) -> None:
    encoder = SentenceTransformerEncoder(EncoderSettings(model=str(small_model)))
    query, passage = encoder.encode_queries(["polisen"]), encoder.encode_passages(["polisen"])
    assert np.abs(query - passage).max() > 1e-3


def test_a_changed_model_has_another_revision(small_model: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(small_model, copy)
    before = SentenceTransformerEncoder(EncoderSettings(model=str(copy))).revision
    (copy / "README.md").write_text("changed")
    assert SentenceTransformerEncoder(EncoderSettings(model=str(copy))).revision != before


def test_a_damaged_graph_is_rebuilt(
    rebuilt: RebuiltEncoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RODTRAD_CACHE", str(tmp_path))
    RebuiltEncoder().prepare()
    expected = rebuilt.encode_passages(["hej"])
    (graph,) = tmp_path.glob("encoder-*/encoder.onnx")
    size = graph.stat().st_size
    graph.write_bytes(b"damaged")
    assert np.array_equal(RebuiltEncoder().encode_passages(["hej"]), expected)
    assert graph.stat().st_size == size


def test_without_a_place_to_keep_it_the_graph_is_made_in_memory(
    rebuilt: RebuiltEncoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a file").write_text("not a folder")
    monkeypatch.setenv("RODTRAD_CACHE", str(tmp_path / "a file"))
    assert np.array_equal(
        RebuiltEncoder().encode_passages(["hej"]), rebuilt.encode_passages(["hej"])
    )


def test_changed_weights_are_refused(tmp_path: Path) -> None:
    good = installed_weights()
    copy = tmp_path / good.path.name
    shutil.copy(good.path, copy)
    with copy.open("r+b") as file:
        file.seek(60_000_000)
        file.write(b"\x00" * 64)
    damaged = WeightsFile(copy, good.size, good.digest)
    with pytest.raises(EncoderError, match="is damaged; reinstall"):
        verify(damaged)
    verify(good)


@pytest.mark.parametrize("content", [b"", b"E5S1", b"other magic" * 9, b"E5S1" + b"\x00" * 400])
def test_a_file_of_another_kind_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "weights.bin"
    path.write_bytes(content)
    with pytest.raises(EncoderError):
        Weights(path)


def test_weights_cut_short_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "weights.bin"
    with installed_weights().path.open("rb") as file:
        path.write_bytes(file.read(5_000_000))
    with pytest.raises(EncoderError, match="cut short"):
        Weights(path)


def test_an_encoder_carried_over_a_fork_is_refused(
    embedded: EmbeddedEncoder, rebuilt: RebuiltEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    rebuilt.encode_passages(["hej"])
    parent = os.getpid()
    monkeypatch.setattr(os, "getpid", lambda: parent + 1)
    for encode in (embedded.encode_passages, rebuilt.encode_passages, rebuilt.encode_queries):
        with pytest.raises(EncoderError, match="spawn"):
            encode(["hej"])


QUERY_PATH = """
import os, sys
from pathlib import Path
from rodtrad.retrieval.encoders import open_encoder
from rodtrad.settings import EncoderSettings

encoder = open_encoder(EncoderSettings(), cache_folder=Path(sys.argv[1]))
encoder.encode_queries(["betänketid"])
heavy = {"torch", "transformers", "sentence_transformers", "onnx", "onnxruntime", "tokenizers"}
print(sorted(heavy & set(sys.modules)), "OMP_WAIT_POLICY" in os.environ)
"""


def test_a_query_loads_nothing_heavy_and_leaves_the_environment_alone(tmp_path: Path) -> None:
    environment = {k: v for k, v in os.environ.items() if k != "OMP_WAIT_POLICY"}
    done = subprocess.run(
        [sys.executable, "-c", QUERY_PATH, str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )
    assert done.stdout.split("\n")[0] == "[] False"


def test_without_the_runtime_the_package_encodes_all(
    embedded: EmbeddedEncoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "find_spec", lambda name: None)
    encoder = open_encoder(EncoderSettings(), cache_folder=tmp_path, jobs_hint=5)
    assert encoder.revision == embedded.revision
    assert np.array_equal(encoder.encode_passages(["hej"]), embedded.encode_passages(["hej"]))


def test_without_the_package_the_remedy_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(weights, "PACKAGE", "no-such-package-anywhere")
    with pytest.raises(EncoderError, match=r"not available for this platform.*rodtrad\.toml"):
        open_encoder(EncoderSettings(), cache_folder=tmp_path)
