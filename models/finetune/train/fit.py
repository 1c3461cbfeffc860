"""Trains an adapter: one pack a step, AdamW, warm-up and cosine decay over whichever ends first, the data or the time."""

from __future__ import annotations

import json
import math
import random
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import torch

from .checkpoint import adapter_state, load_adapter, save_checkpoint
from .packs import TrainingData
from .qwen2 import Pack, Qwen2


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


def fit(model: Qwen2, data: TrainingData, validation: list[Pack], recipe: Recipe, out: Path) -> None:
    """Writes checkpoint.pt (the latest), best.pt (the lowest validation loss) and metrics.jsonl into `out`; goes on where a checkpoint is."""
    out.mkdir(parents=True, exist_ok=True)
    parameters = [p for p in model.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(parameters, lr=recipe.learning_rate, weight_decay=0.0, betas=(0.9, 0.99))
    step, spent, best, since_best = 0, 0.0, math.inf, 0
    latest = out / "checkpoint.pt"
    if latest.exists():
        kept = torch.load(latest, weights_only=False)
        if kept["recipe"] != asdict(recipe) or kept["prompt_version"] != data.prompt_version:
            raise ValueError(f"{latest} was made with another recipe or prompt; choose another --out, or remove it")
        load_adapter(model, kept["adapter"])
        optimiser.load_state_dict(kept["optimiser"])
        step, spent, best, since_best = kept["step"], kept["spent"], kept["best"], kept["since_best"]
        print(f"going on at step {step}", flush=True)
    order = list(range(len(data.packs))) * math.ceil(recipe.epochs)
    for epoch in range(math.ceil(recipe.epochs)):
        part = order[epoch * len(data.packs) : (epoch + 1) * len(data.packs)]
        random.Random(recipe.seed + epoch).shuffle(part)
        order[epoch * len(data.packs) : (epoch + 1) * len(data.packs)] = part
    steps = int(len(data.packs) * recipe.epochs)

    def keep(file: Path) -> None:
        content = {
            "adapter": adapter_state(model),
            "optimiser": optimiser.state_dict(),
            "recipe": asdict(recipe),
            "prompt_version": data.prompt_version,
            "base": data.base,
            "step": step,
            "spent": spent,
            "best": best,
            "since_best": since_best,
        }
        save_checkpoint(file, content)

    saved = time.monotonic()
    with (out / "metrics.jsonl").open("a", encoding="utf-8") as metrics:

        def say(**values: object) -> None:
            line = json.dumps(values)
            metrics.write(line + "\n")
            metrics.flush()
            print(line, flush=True)

        while step < steps and spent < recipe.minutes * 60:
            began = time.monotonic()
            pack = data.packs[order[step]]
            done = max(step / steps, spent / (recipe.minutes * 60))
            rate = recipe.learning_rate * min((step + 1) / recipe.warm_up_steps, 0.05 + 0.95 * (1 + math.cos(math.pi * done)) / 2)
            for group in optimiser.param_groups:
                group["lr"] = rate
            loss = model(pack)
            if not torch.isfinite(loss):
                raise FloatingPointError(f"the loss is {loss.item()} at step {step}; {latest} holds the last good state: lower --learning-rate")
            loss.backward()
            torch.nn.utils.clip_grad_norm_(parameters, recipe.clip)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            step += 1
            seconds = time.monotonic() - began
            spent += seconds
            say(step=step, of=steps, loss=round(loss.item(), 4), rate=rate, tokens=len(pack.tokens), seconds=round(seconds, 2), minutes=round(spent / 60, 1))
            if step % recipe.validate_every == 0 and validation:
                began = time.monotonic()
                held_back = validation_loss(model, validation)
                spent += time.monotonic() - began
                say(step=step, validation=round(held_back, 4))
                since_best = 0 if held_back < best else since_best + 1
                if held_back < best:
                    best = held_back
                    keep(out / "best.pt")
                if since_best >= recipe.patience:
                    say(step=step, stopped="the held-back loss no longer falls")
                    break
            if time.monotonic() - saved > recipe.checkpoint_seconds:
                keep(latest)
                saved = time.monotonic()
        if validation:
            held_back = validation_loss(model, validation)
            say(step=step, validation=round(held_back, 4), final=True)
            if held_back < best:
                best = held_back
                keep(out / "best.pt")
        keep(latest)


@torch.no_grad()
def validation_loss(model: Qwen2, packs: list[Pack]) -> float:
    """Mean loss a learnt token, over all packs."""
    total, count = 0.0, 0
    for pack in packs:
        learnt = int((pack.targets >= 0).sum())
        total += float(model(pack)) * learnt
        count += learnt
    return total / count
