"""Requantises to Q4_0, the layers with second-order error compensation (GPTQ) on text-to-SQL calibration text.

The model runs forward once, in numpy and layer by layer. Each matrix sees the inputs that the already requantised matrices
before it produce, and is rounded column by column so that later columns make up for the errors of earlier ones.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass

import numpy as np
from gguf import GGMLQuantizationType, LlamaFileType

from .cut_vocabulary import EMBEDDING
from .gguf_model import GgufModel, Tensor
from .q4_codec import BLOCK, Price, cheap_codes, choose_scales, pack_q4_0

DAMPING = 0.01


@dataclass(frozen=True)
class Recipe:
    """The prices of compressed bits, by kind of matrix."""

    price: Price = Price(bit=0.17, scale_bits=3)
    down_price: Price = Price(bit=0.08, scale_bits=3)
    embedding_price: Price = Price(bit=0.08, scale_bits=3)

    def price_of(self, name: str) -> Price:
        return self.down_price if "ffn_down" in name else self.price


def requantise(model: GgufModel, sequences: list[list[int]], recipe: Recipe) -> GgufModel:
    """The same model with its layers and its embedding in Q4_0.

    `sequences` are calibration texts as token ids of this model. Without any, weights are only rounded.
    """
    result = GgufModel(dict(model.metadata), dict(model.tensors))
    # The embedding is read at one end and multiplied at the other, so it is only rounded.
    embedding = round_matrix(model.tensors[EMBEDDING].floats(), None, recipe.embedding_price)
    result.tensors[EMBEDDING] = Tensor(GGMLQuantizationType.Q4_0, embedding)
    forward = _Forward(result, sequences) if sequences else None
    for layer in range(int(model.number("block_count"))):
        started = time.monotonic()
        for names in (("attn_q", "attn_k", "attn_v"), ("attn_output",), ("ffn_gate", "ffn_up"), ("ffn_down",)):
            factor = _factor(forward.inputs(layer, names[0])) if forward else None
            for name in names:
                full = f"blk.{layer}.{name}.weight"
                weights = model.tensors[full].floats()
                data = round_matrix(weights, factor, recipe.price_of(name))
                result.tensors[full] = Tensor(GGMLQuantizationType.Q4_0, data)
        if forward:
            forward.finish(layer)
        print(f"  layer {layer}: {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)
    result.replace("general.file_type", int(LlamaFileType.MOSTLY_Q4_0))
    return result


def round_matrix(weights: np.ndarray, factor: np.ndarray | None, price: Price) -> np.ndarray:
    """Q4_0 rows for `weights` (outputs, inputs); `factor` is the upper Cholesky factor of the inverse Hessian."""
    left = np.ascontiguousarray(weights.T)  # inputs first: a column of the matrix is then contiguous
    inputs, outputs = left.shape
    codes = np.empty((inputs, outputs), dtype=np.float32)
    scales = np.empty((inputs // BLOCK, outputs), dtype=np.float32)
    diagonal = np.ones(inputs, dtype=np.float32) if factor is None else np.diagonal(factor)
    importance = (1.0 / np.square(diagonal))[:, None]
    bits = price.of_codes()
    # The price is the same for all of the matrix, so that bits go where they help most.
    reference = np.abs(weights.reshape(outputs, -1, BLOCK)).max(axis=-1) / 8
    cost_of_bit = price.bit * float(np.mean(np.square(reference)))
    mean_importance = float(importance.mean())
    for start in range(0, inputs, BLOCK):
        block = left[start : start + BLOCK]
        # Importance relative to its mean: outlying inputs dominate the choice less than by their full square.
        relative = np.sqrt(importance[start : start + BLOCK] / mean_importance)
        scale = choose_scales(block, relative, price)
        scales[start // BLOCK] = scale
        price_here = np.divide(cost_of_bit, np.square(scale), out=np.zeros_like(scale), where=scale != 0)
        errors = np.empty_like(block)
        for i in range(BLOCK):
            column = start + i
            chosen = cheap_codes(block[i], scale, price_here / relative[i], bits)
            codes[column] = chosen
            error = (block[i] - chosen * scale) / diagonal[column]
            errors[i] = error
            if factor is not None and i + 1 < BLOCK:
                block[i + 1 :] -= factor[column, column + 1 : start + BLOCK, None] * error[None]
        if factor is not None and start + BLOCK < inputs:
            left[start + BLOCK :] -= factor[start : start + BLOCK, start + BLOCK :].T @ errors
    return pack_q4_0(codes.T, scales.T)


def _factor(inputs: np.ndarray) -> np.ndarray:
    """Upper Cholesky factor of the damped inverse of the inputs' second moments."""
    hessian = inputs.T @ inputs / np.float32(len(inputs))
    hessian[np.diag_indices_from(hessian)] += DAMPING * np.mean(np.diagonal(hessian)) + 1e-8
    # With rows and columns in reverse order, the inverse of the lower factor is the upper factor of the inverse.
    lower = np.linalg.cholesky(np.ascontiguousarray(hessian[::-1, ::-1]))
    return np.ascontiguousarray(_inverse_of_lower(lower)[::-1, ::-1])


def _inverse_of_lower(lower: np.ndarray) -> np.ndarray:
    size = len(lower)
    if size <= 256:
        return np.tril(np.linalg.inv(lower))
    half = size // 2
    first, last = _inverse_of_lower(lower[:half, :half]), _inverse_of_lower(lower[half:, half:])
    result = np.zeros_like(lower)
    result[:half, :half], result[half:, half:] = first, last
    result[half:, :half] = -(last @ (lower[half:, :half] @ first))
    return result


class _Forward:
    """Qwen2's forward pass over all calibration texts at once, advanced one matrix at a time."""

    def __init__(self, model: GgufModel, sequences: list[list[int]]) -> None:
        self.model = model
        self.heads = int(model.number("attention.head_count"))
        self.kv_heads = int(model.number("attention.head_count_kv"))
        self.epsilon = float(model.number("attention.layer_norm_rms_epsilon"))
        self.theta = float(model.number("rope.freq_base"))
        self.bounds = np.cumsum([0, *map(len, sequences)])
        self.positions = np.concatenate([np.arange(len(s)) for s in sequences])
        rows = model.tensors[EMBEDDING].data[np.concatenate([np.array(s) for s in sequences])]
        self.hidden = Tensor(model.tensors[EMBEDDING].type, rows).floats()
        self.current: np.ndarray = self.hidden

    def inputs(self, layer: int, name: str) -> np.ndarray:
        """What the named matrix is multiplied with, given that all before it are final."""
        if name == "attn_q":
            self.current = self._norm(layer, "attn_norm")
        elif name == "attn_output":
            self.current = self._attention(layer)
        elif name == "ffn_gate":
            self.hidden = self.hidden + self._apply(layer, "attn_output")
            self.current = self._norm(layer, "ffn_norm")
        else:
            gate = self._apply(layer, "ffn_gate")
            gate /= 1 + np.exp(-np.clip(gate, -80, 80))
            self.current = gate * self._apply(layer, "ffn_up")
        return self.current

    def finish(self, layer: int) -> None:
        self.hidden = self.hidden + self._apply(layer, "ffn_down")

    def _norm(self, layer: int, name: str) -> np.ndarray:
        mean = np.mean(np.square(self.hidden), axis=-1, keepdims=True)
        return self.hidden / np.sqrt(mean + self.epsilon) * self._weight(layer, name)

    def _weight(self, layer: int, name: str, part: str = "weight") -> np.ndarray:
        return self.model.tensors[f"blk.{layer}.{name}.{part}"].floats()

    def _apply(self, layer: int, name: str) -> np.ndarray:
        result = self.current @ self._weight(layer, name).T
        bias = f"blk.{layer}.{name}.bias"
        return result + self.model.tensors[bias].floats() if bias in self.model.tensors else result

    def _attention(self, layer: int) -> np.ndarray:
        query = self._rotate(self._apply(layer, "attn_q"), self.heads)
        key = self._rotate(self._apply(layer, "attn_k"), self.kv_heads)
        value = self._apply(layer, "attn_v").reshape(len(self.positions), self.kv_heads, -1)
        result = np.empty_like(query)
        group = self.heads // self.kv_heads
        for start, end in zip(self.bounds, self.bounds[1:]):
            mask = np.triu(np.full((end - start, end - start), -np.inf, dtype=np.float32), 1)
            for head in range(self.heads):
                k, v = key[start:end, head // group], value[start:end, head // group]
                scores = query[start:end, head] @ k.T / np.sqrt(np.float32(k.shape[-1])) + mask
                scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
                result[start:end, head] = scores @ v / scores.sum(axis=-1, keepdims=True)
        return result.reshape(len(self.positions), -1)

    def _rotate(self, states: np.ndarray, heads: int) -> np.ndarray:
        states = states.reshape(len(self.positions), heads, -1)
        half = states.shape[-1] // 2
        angles = self.positions[:, None] * self.theta ** (-np.arange(half) / half)
        cos, sin = (f(angles).astype(np.float32)[:, None] for f in (np.cos, np.sin))
        low, high = states[..., :half], states[..., half:]
        return np.concatenate([low * cos - high * sin, high * cos + low * sin], axis=-1)
