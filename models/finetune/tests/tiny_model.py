"""A Qwen2 of two narrow layers in f32 with the tokenizer's first tokens: everything of a real model file but its size."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from gguf import GGMLQuantizationType

from embed.gguf_model import CONTROL_TOKEN, MERGES, TOKEN_TYPES, TOKENS, GgufModel, Tensor, read_model, write_model

EMBEDDED = Path(__file__).parents[2] / "embedded" / "rowbot-embedded-00001-of-00003.gguf"
WIDTH, HEADS, KV_HEADS, INNER, LAYERS, KEPT_MERGES = 64, 4, 2, 128, 2, 300


def write_tiny(file: Path, untied: bool = False) -> Path:
    """Random weights from a fixed seed; `untied` with an output matrix of its own, as models from 3B on have."""
    model = _with_few_tokens(read_model(EMBEDDED))
    for key, value in {
        "block_count": LAYERS,
        "context_length": 2048,
        "embedding_length": WIDTH,
        "feed_forward_length": INNER,
        "attention.head_count": HEADS,
        "attention.head_count_kv": KV_HEADS,
    }.items():
        model.replace(f"qwen2.{key}", value)
    model.replace("general.name", "tiny")
    model.replace("general.file_type", 0)
    model.tensors = _tensors(len(model.tokens), untied)
    return write_model(model, file)[0]


def _with_few_tokens(model: GgufModel) -> GgufModel:
    """Bytes and the first merges, then the control tokens, in their order."""
    kinds = model.metadata[TOKEN_TYPES].value
    kept = list(range(256 + KEPT_MERGES)) + [i for i, kind in enumerate(kinds) if kind == CONTROL_TOKEN]
    place = {model.tokens[old]: new for new, old in enumerate(kept)}
    ids = [key for key in model.metadata if key.endswith("_token_id")]
    for key in ids:
        model.replace(key, place[model.tokens[model.metadata[key].value]])
    model.replace(TOKEN_TYPES, [kinds[i] for i in kept])
    model.replace(MERGES, model.merges[:KEPT_MERGES])
    model.replace(TOKENS, [model.tokens[i] for i in kept])
    return model


def _tensors(tokens: int, untied: bool) -> dict[str, Tensor]:
    random = np.random.default_rng(7)
    head = WIDTH // HEADS

    def matrix(rows: int, columns: int, scale: float = 1.0) -> Tensor:
        data = random.normal(0, scale / columns**0.5, (rows, columns)).astype(np.float32)
        return Tensor(GGMLQuantizationType.F32, data)

    def vector(size: int, mean: float, spread: float) -> Tensor:
        return Tensor(GGMLQuantizationType.F32, random.normal(mean, spread, size).astype(np.float32))

    tensors = {"token_embd.weight": matrix(tokens, WIDTH, 4)}
    for layer in range(LAYERS):
        shapes = {
            "attn_q": (HEADS * head, WIDTH),
            "attn_k": (KV_HEADS * head, WIDTH),
            "attn_v": (KV_HEADS * head, WIDTH),
            "attn_output": (WIDTH, HEADS * head),
            "ffn_gate": (INNER, WIDTH),
            "ffn_up": (INNER, WIDTH),
            "ffn_down": (WIDTH, INNER),
        }
        for name, shape in shapes.items():
            tensors[f"blk.{layer}.{name}.weight"] = matrix(*shape)
        for name in ("attn_q", "attn_k", "attn_v"):
            tensors[f"blk.{layer}.{name}.bias"] = vector(shapes[name][0], 0, 0.1)
        for name in ("attn_norm", "ffn_norm"):
            tensors[f"blk.{layer}.{name}.weight"] = vector(WIDTH, 1, 0.1)
    tensors["output_norm.weight"] = vector(WIDTH, 1, 0.1)
    if untied:
        tensors["output.weight"] = matrix(tokens, WIDTH, 4)
    return tensors
