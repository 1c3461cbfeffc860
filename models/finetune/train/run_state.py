"""Where a training run stands: read from a checkpoint, written to one."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from pathlib import Path

import torch

from .checkpoint import adapter_state, load_adapter, save_checkpoint
from .packs import TrainingData
from .qwen2 import Qwen2
from .recipe import Recipe


@dataclass
class RunState:
    step: int = 0
    spent: float = 0.0
    """Seconds of training so far, over all interruptions."""
    best: float = math.inf
    """Lowest held-back loss."""
    since_best: int = 0
    """Validations since then."""

    def note(self, held_back: float) -> bool:
        """Takes down a held-back loss; True where it is the lowest."""
        is_best = held_back < self.best
        self.best = min(self.best, held_back)
        self.since_best = 0 if is_best else self.since_best + 1
        return is_best


@dataclass(frozen=True)
class Run:
    """What is trained, and from what."""

    model: Qwen2
    optimiser: torch.optim.Optimizer
    recipe: Recipe
    data: TrainingData

    def resume(self, file: Path) -> RunState:
        """The state in which a checkpoint left the run; refuses one of another recipe, prompt or base."""
        kept = torch.load(file, map_location="cpu", weights_only=False)
        mine = {"recipe": asdict(self.recipe), "prompt_version": self.data.prompt_version, "base": self.data.base}
        for what, value in mine.items():
            if kept[what] != value:
                raise ValueError(f"{file} was made with another {what.replace('_', ' ')}; choose another --out, or remove it")
        load_adapter(self.model, kept["adapter"])
        self.optimiser.load_state_dict(kept["optimiser"])
        return RunState(kept["step"], kept["spent"], kept["best"], kept["since_best"])

    def take_over(self, file: Path) -> None:
        """Only the adapter of another run's checkpoint; refuses one of another shape, prompt or base."""
        kept = torch.load(file, map_location="cpu", weights_only=False)
        mine = {"rank": self.recipe.rank, "alpha": self.recipe.alpha}
        theirs = {name: kept["recipe"][name] for name in mine}
        if (theirs, kept["prompt_version"], kept["base"]) != (mine, self.data.prompt_version, self.data.base):
            raise ValueError(f"{file} was made with another rank, alpha, prompt version or base: this run can't begin with it")
        load_adapter(self.model, kept["adapter"])

    def keep(self, state: RunState, file: Path) -> None:
        content = {
            "adapter": adapter_state(self.model),
            "optimiser": self.optimiser.state_dict(),
            "recipe": asdict(self.recipe),
            "prompt_version": self.data.prompt_version,
            "base": self.data.base,
            **asdict(state),
        }
        save_checkpoint(file, content)
