"""The network as an ONNX graph of eight-bit products, written node by node.

Writing it takes a quarter of a second and needs neither torch nor transformers. Input: the sum of
word, position and type embeddings of one text, shape (1, tokens, hidden). Output: the mean of the
last layer over the tokens, shape (1, hidden), not normalised.

Weights are rounded to seven bits a channel, activations to eight bits a *token*. Seven, because
processors without VNNI add pairs of products in sixteen bits, which eight overflow silently: so
the integers are the same everywhere. A token, because a scale for the whole text would be set by
its wildest token (cosine to full precision 0.9965 instead of 0.9988) and a scale for a batch
would make a vector depend on its neighbours.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from rodtrad.retrieval.encoders.weights import Floats, Weights

_WEIGHT_LIMIT = 63
_ACTIVATION_LIMIT = 127
_ZERO = 128
_CONTRIB = "com.microsoft"
TOKENS, MEAN = "token_vectors", "mean"
"""What the graph gives: a vector a token, and their mean."""


def write_graph(weights: Weights) -> bytes:
    """The serialised ONNX model (22 MB)."""
    from onnx import TensorProto, helper

    graph = _Graph(weights)
    tokens = graph.network("embeddings")
    mean = graph.mean(tokens)
    outputs = {TOKENS: tokens, MEAN: mean}
    sizes: list[str | int | None] = [1, "tokens", weights.shape.hidden]
    made = helper.make_graph(
        [*graph.nodes, *(helper.make_node("Identity", [v], [n]) for n, v in outputs.items())],
        "encoder",
        [helper.make_tensor_value_info("embeddings", TensorProto.FLOAT, sizes)],
        [
            helper.make_tensor_value_info(TOKENS, TensorProto.FLOAT, sizes),
            helper.make_tensor_value_info(MEAN, TensorProto.FLOAT, [1, weights.shape.hidden]),
        ],
        graph.constants,
    )
    opsets = [helper.make_opsetid("", 18), helper.make_opsetid(_CONTRIB, 1)]
    serialised: bytes = helper.make_model(
        made, opset_imports=opsets, ir_version=9
    ).SerializeToString()
    return serialised


class _Graph:
    """Nodes and constants as they are added; every method returns the name of its result."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def network(self, value: str) -> str:
        gain, shift = self._norm("emb.ln")
        value = self._normed(value, gain, shift)
        for layer in range(self._weights.shape.layers):
            value = self._attention(value, f"l{layer}")
            value = self._feed_forward(value, f"l{layer}")
        return value

    def mean(self, value: str) -> str:
        """The mean over all tokens."""
        tokens = self._constant(np.array([1], dtype=np.int64))
        return self._node("ReduceMean", value, tokens, keepdims=0)

    def _attention(self, value: str, layer: str) -> str:
        hidden = self._weights.shape.hidden
        together = self._linear(value, layer, "q", "k", "v", inputs=hidden)
        sizes = self._constant(np.array([hidden] * 3, dtype=np.int64))
        parts = [f"{layer}.{name}" for name in ("query", "key", "value")]
        self._node("Split", together, sizes, results=parts, axis=-1)
        heads = self._weights.shape.heads
        mixed = self._node("MultiHeadAttention", *parts, domain=_CONTRIB, num_heads=heads)
        return self._residual(value, self._linear(mixed, layer, "ao", inputs=hidden), layer, "aln")

    def _feed_forward(self, value: str, layer: str) -> str:
        shape = self._weights.shape
        wide = self._linear(value, layer, "fi", inputs=shape.hidden)
        bent = self._node("Gelu", wide, domain=_CONTRIB)
        return self._residual(
            value, self._linear(bent, layer, "fo", inputs=shape.inner), layer, "oln"
        )

    def _residual(self, value: str, change: str, layer: str, norm: str) -> str:
        gain, shift = self._norm(f"{layer}.{norm}")
        return self._normed(self._node("Add", value, change), gain, shift)

    def _normed(self, value: str, gain: str, shift: str) -> str:
        epsilon = self._weights.shape.epsilon
        return self._node("LayerNormalization", value, gain, shift, epsilon=epsilon, axis=-1)

    def _linear(self, value: str, layer: str, *names: str, inputs: int) -> str:
        """`value @ weights + bias`, both rounded to integers first."""
        parts = [f"{layer}.{name}" for name in names]
        matrix = np.concatenate([self._weights.matrix(f"{p}.w", inputs=inputs) for p in parts])
        bias = np.concatenate([self._weights.vector(f"{p}.b") for p in parts])
        numbers, scales = _seven_bits(matrix)
        rounded, token_scales = self._rounded(value)
        zero = self._constant(np.array(_ZERO, dtype=np.uint8))
        product = self._node("MatMulInteger", rounded, self._constant(numbers.T), zero)
        scaled = self._node("Mul", self._as_float(product), self._constant(scales))
        return self._node("Add", self._node("Mul", scaled, token_scales), self._constant(bias))

    def _rounded(self, value: str) -> tuple[str, str]:
        """The value as unsigned bytes around 128, and the scale of every token."""
        from onnx import TensorProto

        last = self._constant(np.array([-1], dtype=np.int64))
        largest = self._node("ReduceMax", self._node("Abs", value), last, keepdims=1)
        positive = self._node("Max", largest, self._constant(np.float32(1e-9)))
        scale = self._node("Mul", positive, self._constant(np.float32(1 / _ACTIVATION_LIMIT)))
        # Half more, since the cast cuts off: together they round.
        half_more = self._constant(np.float32(_ZERO + 0.5))
        moved = self._node("Add", self._node("Div", value, scale), half_more)
        return self._node("Cast", moved, to=TensorProto.UINT8), scale

    def _as_float(self, value: str) -> str:
        from onnx import TensorProto

        return self._node("Cast", value, to=TensorProto.FLOAT)

    def _norm(self, name: str) -> tuple[str, str]:
        gain, shift = (self._weights.vector(f"{name}.{part}") for part in ("w", "b"))
        return self._constant(gain), self._constant(shift)

    def _constant(self, value: npt.ArrayLike) -> str:
        from onnx import numpy_helper

        name = f"constant{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.array(value, order="C"), name))
        return name

    def _node(
        self,
        kind: str,
        *inputs: str,
        results: list[str] | None = None,
        domain: str = "",
        **options: Any,
    ) -> str:
        from onnx import helper

        results = results or [f"value{len(self.nodes)}"]
        self.nodes.append(helper.make_node(kind, inputs, results, domain=domain, **options))
        return results[0]


def _seven_bits(matrix: Floats) -> tuple[npt.NDArray[np.int8], Floats]:
    """Whole numbers in [-63, 63] and a scale a row, whose product is nearest to the matrix."""
    scales = np.abs(matrix).max(axis=1) / _WEIGHT_LIMIT
    scales[scales == 0] = 1.0
    numbers = np.rint(matrix / scales[:, None]).astype(np.int8)
    return numbers, scales.astype(np.float32)
