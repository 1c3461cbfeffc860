"""What a training run keeps so that it can go on, or be converted, after any interruption."""

from __future__ import annotations

import os
import pickle
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


def read_checkpoint(file: Path) -> dict:
    """What `save_checkpoint` wrote; a ValueError where it is anything else. No code in the file is run."""
    try:
        content = torch.load(file, map_location="cpu", weights_only=True)
    except (pickle.UnpicklingError, RuntimeError, EOFError) as error:
        raise ValueError(f"{file} can't be read as a checkpoint: name the checkpoint.pt or best.pt of a run") from error
    if not isinstance(content, dict) or not {"adapter", "recipe"} <= content.keys():
        raise ValueError(f"{file} holds no adapter: name the checkpoint.pt or best.pt of a run")
    return content


def save_checkpoint(file: Path, content: dict) -> None:
    """Written beside and then renamed: a run that is cut off leaves the checkpoint before."""
    beside = file.with_suffix(".tmp")
    torch.save(content, beside)
    os.replace(beside, file)
