"""A cross-encoder orders the best hits: by its own scores, and with a real model's code."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from rodtrad.datamodel import Passage, Span
from rodtrad.retrieval import DocumentInfo, SearchIndex, build_search_index
from rodtrad.retrieval.encoders.hashing import HashingEncoder
from rodtrad.retrieval.encoders.port import EncoderError
from rodtrad.retrieval.reranking import CrossEncoderReranker

ENCODER = HashingEncoder()
TEXTS = (
    "polisen ska redovisa människohandel",
    "polisen ska utreda",
    "polisen redovisa A2025/00637",
)


class ByLength:
    """Prefers short passages, whatever is asked."""

    def scores(self, query: str, passages: Sequence[str]) -> list[float]:
        return [-float(len(passage)) for passage in passages]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = []
    for number, text in enumerate(TEXTS):
        at = Span(0, len(text))
        found.append(Passage(f"k{number}", "d", None, (), text, at, at, "sv"))
    infos = {"d": DocumentInfo("d", "Plan")}
    build_search_index(found, tmp_path / "index", encoder=ENCODER, documents_info=infos)
    return tmp_path / "index"


def order(index: SearchIndex, query: str) -> list[str]:
    found = index.search(query, encoder=ENCODER, refuse=False)
    return [hit.passage_key for hit in found.hits]


def test_its_scores_decide(folder: Path) -> None:
    assert order(SearchIndex.open(folder), "polisen redovisa människohandel")[0] == "k0"
    reordered = order(SearchIndex.open(folder, reranker=ByLength()), "polisen människohandel")
    assert reordered == ["k1", "k2", "k0"]


def test_an_exact_reference_stays_first(folder: Path) -> None:
    index = SearchIndex.open(folder, reranker=ByLength())
    assert order(index, "A2025/00637 polisen")[0] == "k2"


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cross-encoder of two layers with weights drawn at random."""
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    made = tmp_path_factory.mktemp("cross")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "polisen", "ska", "redovisa", "utreda"]
    inner = Tokenizer(models.WordLevel({w: i for i, w in enumerate(words)}, unk_token=words[1]))
    inner.pre_tokenizer = pre_tokenizers.Whitespace()
    inner.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", 2), ("[SEP]", 3)],
    )
    PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=inner, pad_token=words[0], unk_token=words[1], model_max_length=64
    ).save_pretrained(made)
    torch.manual_seed(3)
    config = BertConfig(  # type: ignore[call-arg] # num_labels belongs to every configuration
        vocab_size=len(words), hidden_size=16, num_hidden_layers=2, num_attention_heads=2,
        intermediate_size=32, max_position_embeddings=64, num_labels=1,
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(made)
    return made


def test_a_model_folder_is_loaded_and_used(folder: Path, model: Path) -> None:
    reranker = CrossEncoderReranker(model)
    scores = reranker.scores("polisen", TEXTS)
    assert len(set(scores)) > 1
    found = order(SearchIndex.open(folder, reranker=reranker), "polisen ska redovisa")
    again = reranker.scores("polisen ska redovisa", [TEXTS[int(key[1])] for key in found])
    assert again == sorted(again, reverse=True)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match=r"no model folder .*absent; correct \[search\]"):
        CrossEncoderReranker(tmp_path / "absent")
