"""Writes a trained adapter as GGUF, as llama.cpp reads it, stamped with the model and the prompt that it belongs to."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
from gguf import GGUFWriter

from .trained_adapter import read_adapter

ARCHITECTURE = "qwen2"


def write_adapter(checkpoint: Path, out: Path) -> int:
    """Writes the adapter of a checkpoint in F16 and gives its size in bytes; one that is there is replaced once all of it is written."""
    adapter = read_adapter(checkpoint)
    beside = out.with_name(f"{out.name}.partial")
    writer = GGUFWriter(beside, ARCHITECTURE)
    writer.add_string("general.type", "adapter")
    writer.add_string("general.name", out.stem)
    writer.add_string("adapter.type", "lora")
    writer.add_float32("adapter.lora.alpha", adapter.alpha)
    writer.add_string("rowbot.base", adapter.base)
    writer.add_string("rowbot.prompt_version", adapter.prompt_version)
    for name, pair in adapter.matrices.items():
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
