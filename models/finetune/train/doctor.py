"""What this machine can train, and for how long: facts as JSON, for `rowbot train doctor` to put into words."""

from __future__ import annotations

import importlib.util
import time
from math import prod
from pathlib import Path

import torch
from gguf import GGMLQuantizationType
from gguf.quants import quant_shape_from_byte_shape

from embed.gguf_model import Tensor

from .packs import make_pack, read_packs
from .qwen2 import Pack, Qwen2
from .tokens import tokens_of

STANDARD_TOKENS = 1_250_000
"""Of one epoch over Spider train, BIRD and everyday questions with 2,048 tokens a pack."""
WIDTHS_KEPT = 140
"""What a token leaves in a layer for the backward pass, in hidden widths: from the 14 GB that the model that ships takes at 2,048 tokens."""


def facts(base: Path, data: Path | None, device: str, pack_tokens: int) -> dict[str, object]:
    """Times a few steps on the first layers of the base, for which a few seconds and little memory are enough."""
    dtype = torch.bfloat16
    few, fewer = _timed(base, device, dtype, 2), _timed(base, device, dtype, 1)
    model = Qwen2(base, 1, 1, dtype, most_layers=1)
    layers, width = model.shape.layers, model.embedding.shape[1]
    a_layer = max(0.0, few - fewer)
    seconds = fewer + a_layer * (layers - 1)
    tokens = read_packs(data, *tokens_of(model.gguf), pack_tokens).tokens if data else STANDARD_TOKENS
    weights = 2 * sum(_values(tensor) for tensor in model.gguf.tensors.values())
    activations = 2 * pack_tokens * layers * width * WIDTHS_KEPT
    cuda = None
    if torch.cuda.is_available():
        free, total = torch.cuda.mem_get_info()
        cuda = {"name": torch.cuda.get_device_name(), "freeBytes": free, "totalBytes": total}
    return {
        "torch": torch.__version__,
        "device": device,
        "threads": torch.get_num_threads(),
        "cuda": cuda,
        "bitsandbytes": importlib.util.find_spec("bitsandbytes") is not None,
        "wandb": importlib.util.find_spec("wandb") is not None,
        "layers": layers,
        "tokensASecond": round(len(_pack().tokens) / seconds, 1),
        "tokens": tokens,
        "isStandard": data is None,
        "neededBytes": int(weights + activations),
    }


def _values(tensor: Tensor) -> int:
    is_float = tensor.type == GGMLQuantizationType.F32
    return prod(tensor.data.shape if is_float else quant_shape_from_byte_shape(tensor.data.shape, tensor.type))


def _timed(base: Path, device: str, dtype: torch.dtype, layers: int) -> float:
    """Seconds of the fastest of three steps, the first of which warms up."""
    model = Qwen2(base, 16, 32, dtype, device, most_layers=layers)
    pack = _pack()
    best = float("inf")
    for _ in range(3):
        began = time.monotonic()
        model(pack).backward()
        if device == "cuda":
            torch.cuda.synchronize()
        best = min(best, time.monotonic() - began)
    return best


def _pack() -> Pack:
    """Like most packs: a schema and questions behind it."""
    return make_pack([5] * 512, [([6] * 40, [7] * 24)] * 8)
