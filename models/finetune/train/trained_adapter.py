"""An adapter apart from the run that made it, as a checkpoint or the GGUF file that ships holds it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from gguf import GGUFReader

from .checkpoint import read_checkpoint

Matrices = dict[str, dict[str, torch.Tensor]]
"""By name of the layer: `a` (rank, inputs) and `b` (outputs, rank)."""


@dataclass(frozen=True)
class TrainedAdapter:
    matrices: Matrices
    rank: int
    alpha: float
    base: str
    """Hash of the model that it was trained on."""
    prompt_version: str

    @property
    def kind(self) -> tuple[int, float, str, str]:
        """What two adapters must share so that one can take the other's place."""
        return self.rank, self.alpha, self.base, self.prompt_version


def read_adapter(file: Path) -> TrainedAdapter:
    """Reads a checkpoint, or what `convert` made of one, where matrices are rounded to F16; a ValueError for anything else."""
    return _of_gguf(file) if file.suffix == ".gguf" else _of_checkpoint(file)


def _of_checkpoint(file: Path) -> TrainedAdapter:
    kept = read_checkpoint(file)
    recipe = kept["recipe"]
    return TrainedAdapter(kept["adapter"], recipe["rank"], float(recipe["alpha"]), kept["base"], kept["prompt_version"])


def _of_gguf(file: Path) -> TrainedAdapter:
    read = GGUFReader(file)
    matrices: Matrices = {}
    for tensor in read.tensors:
        name, _, part = tensor.name.rpartition(".lora_")
        matrices.setdefault(name, {})[part] = torch.from_numpy(tensor.data.astype(np.float32))
    fields = ("adapter.lora.alpha", "rowbot.base", "rowbot.prompt_version")
    if not matrices or any(field not in read.fields for field in fields):
        raise ValueError(f"{file} is no LoRA adapter that `convert` made")
    alpha, base, prompt_version = (read.fields[field].contents() for field in fields)
    rank = next(iter(matrices.values()))["a"].shape[0]
    return TrainedAdapter(matrices, rank, float(alpha), base, prompt_version)
