"""Averages the adapters of runs that went on from each other: often better on other data than any of them (Wortsman et al. 2022, "Model soups")."""

from __future__ import annotations

from pathlib import Path

import torch

from .checkpoint import save_checkpoint

SHARED = ("prompt_version", "base")
SHAPE = ("rank", "alpha")


def average(checkpoints: list[Path], weights: list[float], out: Path) -> None:
    """Writes a checkpoint with the weighted mean of the adapters, to be converted or begun with; refuses adapters of different kinds.

    Matrices are averaged as they are, not their products: that holds only where one run began with the adapter of the other."""
    if len(checkpoints) != len(weights) or sum(weights) <= 0:
        raise ValueError(f"{len(checkpoints)} checkpoints need as many --weights, and a sum above 0")
    kept = [torch.load(file, map_location="cpu", weights_only=False) for file in checkpoints]
    first = kept[0]
    for file, one in zip(checkpoints, kept, strict=True):
        alike = all(one[key] == first[key] for key in SHARED) and all(one["recipe"][key] == first["recipe"][key] for key in SHAPE)
        if not alike:
            raise ValueError(f"{file} was made with another rank, alpha, prompt version or base than {checkpoints[0]}")
    shares = [weight / sum(weights) for weight in weights]

    def mean(name: str, part: str) -> torch.Tensor:
        parts = [share * one["adapter"][name][part].float() for share, one in zip(shares, kept, strict=True)]
        return torch.stack(parts).sum(0).to(first["adapter"][name][part].dtype)

    adapter = {name: {part: mean(name, part) for part in pair} for name, pair in first["adapter"].items()}
    save_checkpoint(out, {"adapter": adapter, "recipe": first["recipe"], **{key: first[key] for key in SHARED}})
