"""Fine-tuning on confirmed links: a real model's code, figures, a revision of its own."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from rodtrad.cli.main import make_app
from rodtrad.errors import WorkspaceError
from rodtrad.pipeline.reviewjob import find_ends, now_text, record
from rodtrad.pipeline.store import required_manifest
from rodtrad.pipeline.trainingjob import RECORD, confirmed_links
from rodtrad.retrieval.dense import DenseIndex, VectorSpace
from rodtrad.retrieval.encoders.training import TextPair, batches
from rodtrad.review.events import Event
from rodtrad.workspace import open_workspace

# What the demand calls a thing, and what the plan calls it: no word in common.
SUBJECTS = {
    "polisen": "utredare", "tolkar": "språk", "barn": "unga", "domare": "rätten", "boende": "hem",
    "pengar": "medel", "utbildning": "kurser", "statistik": "siffror",
}  # fmt: skip
VERBS = ("Stärk", "Förbättra", "Utveckla", "Öka")


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sentence-transformers model of some twenty words, drawn at random."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer, models, pre_tokenizers

    words = ["[UNK]", *SUBJECTS, *SUBJECTS.values(), "regeringen", *map(str.lower, VERBS)]
    vocabulary = {word: number for number, word in enumerate(words)}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token=words[0]))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    torch.manual_seed(1)
    folder = tmp_path_factory.mktemp("base") / "model"
    SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_dim=16)]).save(str(folder))
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, model: Path) -> Path:
    """A workspace with eight measures, 32 demands and 32 accepted links."""
    folder = tmp_path_factory.mktemp("training")
    sources = folder / "corpus" / "sources"
    listed = folder / "corpus" / "recommendations"
    sources.mkdir(parents=True)
    listed.mkdir()
    parts = [
        f"### 4.{n} Uppdrag om {thing}\nPolismyndigheten ska redovisa {thing} till regeringen.\n"
        for n, thing in enumerate(SUBJECTS.values(), start=1)
    ]
    (sources / "plan.md").write_text("# Plan\n\n## 4 Åtgärder\n\n" + "\n".join(parts), "utf-8")
    texts = [f"{verb} {subject} i hela landet." for subject in SUBJECTS for verb in VERBS]
    entries = [{"id": f"R{n}", "text": text} for n, text in enumerate(texts)]
    (listed / "wishes.json").write_text(json.dumps(entries, ensure_ascii=False), "utf-8")
    (folder / "corpus" / "catalog.toml").write_text(
        '[[document]]\nid = "plan"\nfile = "sources/plan.md"\nkind = "handlingsplan"\n\n'
        '[[document]]\nid = "wishes"\nfile = "recommendations/wishes.json"\n'
        'kind = "rekommendationslista"\n',
        "utf-8",
    )
    (folder / "rodtrad.toml").write_text(f'[encoder]\nmodel = "{model.as_posix()}"\n', "utf-8")
    assert rodtrad(folder, "build").exit_code == 0
    workspace = open_workspace(folder)
    events = []
    for number in range(len(texts)):
        ends = [f"wishes#R{number}", f"plan#4.{number // len(VERBS) + 1}"]
        start, end = find_ends(workspace, ends)
        events.append(Event(now_text(), "Anna", "accept", start, end))
    record(workspace, *events)
    return folder


def rodtrad(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(make_app(), ["-w", str(folder), *words])


def test_training_helps_on_links_it_has_not_seen(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "trained"
    told = rodtrad(folder, "train", str(target), "--epochs", "60", "--rate", "0.05", "--json")
    assert told.exit_code == 0, told.output
    found = json.loads(told.stdout)
    assert (found["learnt"] + found["held_out"], found["held_out"] > 0) == (32, True)
    assert found["mrr_after"] > found["mrr_before"]
    kept = json.loads((target / RECORD).read_text("utf-8"))
    assert kept["mrr_after"] == found["mrr_after"]
    assert kept["base"]["revision"] != found["revision"]


def test_vectors_of_the_trained_model_never_meet_those_of_its_base(
    folder: Path, tmp_path: Path
) -> None:
    target = tmp_path / "trained"
    found = json.loads(rodtrad(folder, "train", str(target), "--epochs", "1", "--json").stdout)
    workspace = open_workspace(folder)
    search = required_manifest(workspace).search
    assert search is not None
    index = DenseIndex.open(workspace.indexes / search.folder)
    with pytest.raises(WorkspaceError, match="vectors of"):
        index.require(VectorSpace(str(target), found["revision"], search.dimensions))


def test_the_same_seed_trains_the_same_model(folder: Path, tmp_path: Path) -> None:
    figures = [
        json.loads(
            rodtrad(folder, "train", str(tmp_path / name), "--rate", "0.01", "--json").stdout
        )
        for name in ("one", "two")
    ]
    same = ("mrr_before", "mrr_after", "learnt", "held_out")
    assert [figures[0][name] for name in same] == [figures[1][name] for name in same]


def test_a_person_reads_before_and_after(folder: Path, tmp_path: Path) -> None:
    told = rodtrad(folder, "train", str(tmp_path / "m"), "--epochs", "1", "--seed", "3")
    assert "MRR: " in told.stdout
    assert "→" in told.stdout


def test_a_taken_folder_is_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("kept", "utf-8")
    told = rodtrad(folder, "train", str(tmp_path))
    assert (told.exit_code, "not an empty folder" in told.stderr) == (2, True)


def test_the_embedded_encoder_says_why_it_cannot(tmp_path: Path) -> None:
    assert rodtrad(tmp_path / "w", "init").exit_code in (0, 2)
    (tmp_path / "rodtrad.toml").write_text('language = "sv"\n', "utf-8")
    (tmp_path / "corpus").mkdir(exist_ok=True)
    told = rodtrad(tmp_path, "train", str(tmp_path / "m"))
    assert (told.exit_code, "cannot be trained" in told.stderr) == (2, True), told.stderr


def test_too_few_links_are_refused(folder: Path, tmp_path: Path) -> None:
    workspace = open_workspace(folder)
    kept = workspace.reviews.read_text("utf-8")
    workspace.reviews.write_text("".join(kept.splitlines(keepends=True)[:5]), "utf-8")
    try:
        told = rodtrad(folder, "train", str(tmp_path / "m"))
    finally:
        workspace.reviews.write_text(kept, "utf-8")
    assert (told.exit_code, "5 confirmed links; training needs 20" in told.stderr) == (2, True)
    assert len(confirmed_links(workspace)) == 32


def test_no_batch_holds_a_text_twice() -> None:
    pairs = [TextPair(f"q{n}", f"p{n % 5}") for n in range(23)]
    made = list(batches(pairs, random.Random(1)))  # noqa: S311
    for batch in made:
        assert len({one.passage for one in batch}) == len(batch) > 1
    assert sum(map(len, made)) >= 20
