"""Where a training run stands: read from a checkpoint, written to one."""

from __future__ import annotations

import hashlib
import math
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path

import torch

from .checkpoint import adapter_state, load_adapter, read_checkpoint, save_checkpoint
from .packs import TrainingData
from .qwen2 import Pack, Qwen2
from .recipe import Recipe
from .trained_adapter import read_adapter


MARKS = {
    "recipe": "another recipe",
    "prompt_version": "another prompt version",
    "base": "another base",
    "packs": "other --data or --pack-tokens",
    "validation": "other --validation or --validation-packs",
    "precision": "another --dtype or --four-bit",
}
"""What must be the same for a run to go on, in words for what differs."""


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
    validation: list[Pack]

    def resume(self, file: Path) -> RunState:
        """The state in which a checkpoint left the run; refuses one of anything else, as its steps would be others."""
        kept = read_checkpoint(file)
        mine = self.marks
        for what, value in mine.items():
            if what in kept and kept[what] != value:
                raise ValueError(f"{file} was made with {MARKS[what]}; choose another --out, or remove it")
        unknown = [MARKS[what] for what in mine if what not in kept]
        if unknown:
            print(f"warning: {file} is too old to say whether it was made with {', '.join(unknown)}", flush=True)
        load_adapter(self.model, kept["adapter"])
        self.optimiser.load_state_dict(kept["optimiser"])
        return RunState(kept["step"], kept["spent"], kept["best"], kept["since_best"])

    def take_over(self, file: Path) -> None:
        """Only the adapter of another run; refuses one of another shape, prompt or base."""
        other = read_adapter(file)
        if other.kind != (self.recipe.rank, self.recipe.alpha, self.data.base, self.data.prompt_version):
            raise ValueError(f"{file} was made with another rank, alpha, prompt version or base: this run can't begin with it")
        load_adapter(self.model, other.matrices)

    def keep(self, state: RunState, file: Path) -> None:
        content = {
            "adapter": adapter_state(self.model),
            "optimiser": self.optimiser.state_dict(),
            **self.marks,
            **asdict(state),
        }
        save_checkpoint(file, content)

    @cached_property
    def marks(self) -> dict[str, object]:
        """What a checkpoint is known by, under the names of MARKS."""
        return {
            "recipe": asdict(self.recipe),
            "prompt_version": self.data.prompt_version,
            "base": self.data.base,
            "packs": _hash(self.data.packs),
            "validation": _hash(self.validation),
            "precision": self.model.precision,
        }


def _hash(packs: list[Pack]) -> str:
    hashed = hashlib.sha256()
    for pack in packs:
        hashed.update(f"{pack.prefix} {pack.branches}\n".encode())
        hashed.update(pack.tokens.numpy().tobytes())
        hashed.update(pack.targets.numpy().tobytes())
    return hashed.hexdigest()
