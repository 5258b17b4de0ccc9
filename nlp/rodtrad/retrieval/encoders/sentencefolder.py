"""The embedded weights as a sentence-transformers folder, for training and for comparison."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from rodtrad.retrieval.encoders.kept import kept_folder
from rodtrad.retrieval.encoders.port import EncoderError
from rodtrad.retrieval.encoders.weights import (
    Floats,
    Pieces,
    Weights,
    WeightsFile,
    installed_weights,
    verify,
)

FORMAT = 1
_LAYER_TENSORS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_MARKERS = {
    "bos_token": "<s>",
    "cls_token": "<s>",
    "eos_token": "</s>",
    "sep_token": "</s>",
    "pad_token": "<pad>",
    "unk_token": "<unk>",
    "mask_token": "<mask>",
}


def embedded_sentence_model() -> Path:
    """The folder, kept in the user's cache; `SentenceTransformer(str(folder))` loads it.

    Made the first time (a few seconds, 470 MB): full-precision values of the four-bit weights, so
    its vectors are the embedded encoder's (cosine above 0.999). It has the prompts "query" and
    "passage". For `EncoderSettings.model` it can stand like any other folder.

    Raises:
        EncoderError: no embedded weights here, or nowhere to keep the folder.
    """
    file = installed_weights()
    name = f"sentence-model-{FORMAT}-{file.digest[:16]}"
    try:
        return kept_folder(name, lambda folder: write_sentence_model(file, folder))
    except OSError as error:
        raise EncoderError(
            f"The folder of the embedded model cannot be written ({error}); name another place "
            "in RODTRAD_CACHE."
        ) from error


def write_sentence_model(file: WeightsFile, folder: Path) -> None:
    """Write the model into an existing folder, weights verified first."""
    from safetensors.numpy import save_file

    verify(file)
    weights = Weights(file.path)
    save_file(dict(_tensors(weights)), folder / "model.safetensors", metadata={"format": "pt"})
    _write_tokenizer(weights.pieces, folder, positions=weights.shape.positions)
    for name, content in _descriptions(weights).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, indent=2), encoding="utf-8")


def _tensors(weights: Weights) -> Iterator[tuple[str, Floats]]:
    """Tensors under the names of the BERT architecture."""
    shape = weights.shape
    hidden = shape.hidden
    tables = {"word": shape.vocabulary, "position": shape.positions, "token_type": shape.types}
    yield "embeddings.word_embeddings.weight", weights.matrix("emb.word", inputs=hidden)
    for ours, theirs in (("pos", "position"), ("type", "token_type")):
        table = weights.vector(f"emb.{ours}").reshape(tables[theirs], hidden)
        yield f"embeddings.{theirs}_embeddings.weight", table
    for ours, theirs in (("w", "weight"), ("b", "bias")):
        yield f"embeddings.LayerNorm.{theirs}", weights.vector(f"emb.ln.{ours}")
    for layer in range(shape.layers):
        for ours, theirs in _LAYER_TENSORS.items():
            inputs = shape.inner if ours == "fo" else hidden
            name = f"encoder.layer.{layer}.{theirs}"
            is_norm = ours.endswith("ln")
            source = f"l{layer}.{ours}"
            yield (
                f"{name}.weight",
                weights.vector(f"{source}.w")
                if is_norm
                else weights.matrix(f"{source}.w", inputs=inputs),
            )
            yield f"{name}.bias", weights.vector(f"{source}.b")
    # The architecture has a pooler, which sentence vectors do not use and the file does not hold.
    yield "pooler.dense.weight", np.zeros((hidden, hidden), dtype=np.float32)
    yield "pooler.dense.bias", np.zeros(hidden, dtype=np.float32)


def _write_tokenizer(pieces: Pieces, folder: Path, *, positions: int) -> None:
    from tokenizers import (
        AddedToken,
        Regex,
        Tokenizer,
        models,
        normalizers,
        pre_tokenizers,
        processors,
    )

    scored = [
        (text.decode(), score)
        for text, score in zip(pieces.texts, pieces.scores.tolist(), strict=True)
    ]
    tokenizer = Tokenizer(models.Unigram(scored, unk_id=pieces.unknown))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Replace(Regex(r"[\s\u2581]+"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    tokenizer.decoder = _metaspace_decoder()
    tokenizer.add_special_tokens([AddedToken(t, special=True) for t in set(_MARKERS.values())])
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", pieces.start), ("</s>", pieces.end)],
    )
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)


def _metaspace_decoder() -> Any:
    from tokenizers import decoders

    return decoders.Metaspace(prepend_scheme="always")


def _descriptions(weights: Weights) -> dict[str, Any]:
    """The JSON files that say how the parts fit together."""
    shape = weights.shape
    parts = (("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize"))
    return {
        "config.json": _network_description(weights),
        "tokenizer_config.json": {
            **_MARKERS,
            "model_max_length": shape.positions,
            "tokenizer_class": "PreTrainedTokenizerFast",
        },
        "modules.json": [
            {
                "idx": i,
                "name": str(i),
                "path": path,
                "type": f"sentence_transformers.models.{kind}",
            }
            for i, (path, kind) in enumerate(parts)
        ],
        "sentence_bert_config.json": {"max_seq_length": shape.positions, "do_lower_case": False},
        "1_Pooling/config.json": {
            "word_embedding_dimension": shape.hidden,
            "pooling_mode_mean_tokens": True,
        },
        "2_Normalize/config.json": {},
        "config_sentence_transformers.json": {
            "prompts": {"query": "query: ", "passage": "passage: "},
            "similarity_fn_name": "cosine",
        },
    }


def _network_description(weights: Weights) -> dict[str, Any]:
    shape = weights.shape
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "dtype": "float32",
        "hidden_act": "gelu",
        "hidden_size": shape.hidden,
        "intermediate_size": shape.inner,
        "layer_norm_eps": shape.epsilon,
        "max_position_embeddings": shape.positions,
        "num_attention_heads": shape.heads,
        "num_hidden_layers": shape.layers,
        "pad_token_id": weights.pieces.padding,
        "type_vocab_size": shape.types,
        "vocab_size": shape.vocabulary,
    }
