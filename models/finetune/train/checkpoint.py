"""What a training run keeps so that it can go on, or be converted, after any interruption."""

from __future__ import annotations

import os
from pathlib import Path

import torch

from .qwen2 import Qwen2


def adapter_state(model: Qwen2) -> dict[str, dict[str, torch.Tensor]]:
    return {
        name: {"a": layer.lora_a.detach().cpu().clone(), "b": layer.lora_b.detach().cpu().clone()}
        for name, layer in model.adapters().items()
    }


def load_adapter(model: Qwen2, state: dict[str, dict[str, torch.Tensor]]) -> None:
    for name, layer in model.adapters().items():
        with torch.no_grad():
            layer.lora_a.copy_(state[name]["a"])
            layer.lora_b.copy_(state[name]["b"])


def save_checkpoint(file: Path, content: dict) -> None:
    """Written beside and then renamed: a run that is cut off leaves the checkpoint before."""
    beside = file.with_suffix(".tmp")
    torch.save(content, beside)
    os.replace(beside, file)
