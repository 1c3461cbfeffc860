"""How an adapter is trained: what must be the same for a run to go on."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass


@dataclass(frozen=True)
class Recipe:
    rank: int = 16
    alpha: float = 32
    learning_rate: float = 4e-4
    epochs: float = 1
    minutes: float = math.inf
    warm_up_steps: int = 20
    clip: float = 1.0
    seed: int = 1
    validate_every: int = 60
    patience: int = 4
    """Validations without a better loss after which training stops."""
    checkpoint_seconds: float = 240

    def order(self, packs: int) -> list[int]:
        """Which pack is learnt at which step: every epoch in an order of its own."""
        order: list[int] = []
        for epoch in range(math.ceil(self.epochs)):
            part = list(range(packs))
            random.Random(self.seed + epoch).shuffle(part)
            order += part
        return order[: int(packs * self.epochs)]

    def rate(self, step: int, done: float) -> float:
        """Warm-up, then cosine decay over the share of the run that is done."""
        return self.learning_rate * min((step + 1) / self.warm_up_steps, 0.05 + 0.95 * (1 + math.cos(math.pi * done)) / 2)
