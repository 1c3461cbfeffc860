"""Averages the adapters of runs that went on from each other: often better on other data than any of them (Wortsman et al. 2022, "Model soups")."""

from __future__ import annotations

from pathlib import Path

import torch

from .checkpoint import save_checkpoint
from .trained_adapter import read_adapter


def average(files: list[Path], weights: list[float], out: Path) -> None:
    """Writes a checkpoint with the weighted mean of the adapters, to be converted or begun with; refuses adapters of different kinds.

    Matrices are averaged as they are, not their products: that holds only where one run began with the adapter of the other."""
    if len(files) != len(weights) or sum(weights) <= 0:
        raise ValueError(f"{len(files)} adapters need as many --weights, and a sum above 0")
    adapters = [read_adapter(file) for file in files]
    first = adapters[0]
    for file, one in zip(files, adapters, strict=True):
        if one.kind != first.kind:
            raise ValueError(f"{file} was made with another rank, alpha, prompt version or base than {files[0]}")
    shares = [weight / sum(weights) for weight in weights]

    def mean(name: str, part: str) -> torch.Tensor:
        parts = [share * one.matrices[name][part].float() for share, one in zip(shares, adapters, strict=True)]
        return torch.stack(parts).sum(0).to(first.matrices[name][part].dtype)

    matrices = {name: {part: mean(name, part) for part in pair} for name, pair in first.matrices.items()}
    save_checkpoint(
        out,
        {
            "adapter": matrices,
            "recipe": {"rank": first.rank, "alpha": first.alpha},
            "base": first.base,
            "prompt_version": first.prompt_version,
        },
    )
