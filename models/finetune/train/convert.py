"""Writes a trained adapter as GGUF, as llama.cpp reads it, stamped with the model and the prompt that it belongs to."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import torch
from gguf import GGUFReader, GGUFWriter

ARCHITECTURE = "qwen2"


def write_adapter(checkpoint: Path, out: Path) -> int:
    """Writes the adapter of a checkpoint in F16 and gives its size in bytes; one that is there is replaced once all of it is written."""
    kept = torch.load(checkpoint, map_location="cpu", weights_only=False)
    beside = out.with_name(f"{out.name}.partial")
    writer = GGUFWriter(beside, ARCHITECTURE)
    writer.add_string("general.type", "adapter")
    writer.add_string("general.name", out.stem)
    writer.add_string("adapter.type", "lora")
    writer.add_float32("adapter.lora.alpha", float(kept["recipe"]["alpha"]))
    writer.add_string("rowbot.base", kept["base"])
    writer.add_string("rowbot.prompt_version", kept["prompt_version"])
    for name, pair in kept["adapter"].items():
        # llama.cpp takes both matrices as rows of inputs: A is (rank, inputs), B (outputs, rank).
        writer.add_tensor(f"{name}.lora_a", pair["a"].numpy().astype(np.float16))
        writer.add_tensor(f"{name}.lora_b", pair["b"].numpy().astype(np.float16))
    try:
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_tensors_to_file()
        writer.close()
        os.replace(beside, out)
    except BaseException:
        writer.close()
        beside.unlink(missing_ok=True)
        raise
    return out.stat().st_size


def read_adapter(file: Path) -> tuple[int, float, dict[str, dict[str, torch.Tensor]]]:
    """Rank, alpha and matrices of an adapter file, the latter as a checkpoint holds them."""
    read = GGUFReader(file)
    state: dict[str, dict[str, torch.Tensor]] = {}
    for tensor in read.tensors:
        name, _, part = tensor.name.rpartition(".lora_")
        state.setdefault(name, {})[part] = torch.from_numpy(tensor.data.astype(np.float32))
    if not state or "adapter.lora.alpha" not in read.fields:
        raise ValueError(f"{file} is no LoRA adapter")
    rank = next(iter(state.values()))["a"].shape[0]
    return rank, float(read.fields["adapter.lora.alpha"].contents()), state
