"""Trains an adapter: one pack a step, AdamW, warm-up and cosine decay over whichever ends first, the data or the time."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import torch

from .metrics import Metrics
from .packs import TrainingData
from .qwen2 import Pack, Qwen2
from .recipe import Recipe
from .run_state import Run, RunState


def fit(model: Qwen2, data: TrainingData, validation: list[Pack], recipe: Recipe, out: Path, begin_with: Path | None = None) -> None:
    """Writes checkpoint.pt (the latest), best.pt (the lowest validation loss) and metrics.jsonl into `out`; goes on where a checkpoint is.

    A run that is new there begins with the adapter in `begin_with`, where one is given: a checkpoint of another run, or an adapter as GGUF."""
    out.mkdir(parents=True, exist_ok=True)
    parameters = [p for p in model.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(parameters, lr=recipe.learning_rate, weight_decay=0.0, betas=(0.9, 0.99))
    run = Run(model, optimiser, recipe, data, validation)
    latest, state = out / "checkpoint.pt", RunState()
    if latest.exists():
        state = run.resume(latest)
        print(f"going on at step {state.step}", flush=True)
    elif begin_with is not None:
        run.take_over(begin_with)
    with Metrics(out, asdict(recipe)) as metrics, _until_stopped() as stopped:
        _train(run, state, validation, out, metrics, stopped)
        run.keep(state, latest)


def _train(run: Run, state: RunState, validation: list[Pack], out: Path, metrics: Metrics, stopped: list[int]) -> None:
    recipe = run.recipe
    order = recipe.order(len(run.data.packs))
    saved = time.monotonic()
    while state.step < len(order) and state.spent < recipe.minutes * 60:
        learn(run, state, order, out / "checkpoint.pt", metrics)
        if validation and state.step % recipe.validate_every == 0:
            validate(run, state, validation, out / "best.pt", metrics)
            if state.since_best >= recipe.patience:
                metrics.say(state.step, stopped="the held-back loss no longer falls")
                break
        if stopped:
            metrics.say(state.step, stopped="by a signal; the same command goes on from here")
            return
        if time.monotonic() - saved > recipe.checkpoint_seconds:
            run.keep(state, out / "checkpoint.pt")
            saved = time.monotonic()
    if validation and state.step % recipe.validate_every != 0:
        validate(run, state, validation, out / "best.pt", metrics)


def learn(run: Run, state: RunState, order: list[int], latest: Path, metrics: Metrics) -> None:
    """One step on one pack."""
    model, optimiser, recipe = run.model, run.optimiser, run.recipe
    began = time.monotonic()
    pack = run.data.packs[order[state.step]]
    rate = recipe.rate(state.step, max(state.step / len(order), state.spent / (recipe.minutes * 60)))
    for group in optimiser.param_groups:
        group["lr"] = rate
    loss = model(pack)
    loss.backward()
    size = torch.nn.utils.clip_grad_norm_([p for p in model.parameters() if p.requires_grad], recipe.clip)
    # A gradient that is no number would be in the adapter, and in the next checkpoint, before any loss shows it.
    if not (torch.isfinite(loss) and torch.isfinite(size)):
        optimiser.zero_grad(set_to_none=True)
        raise FloatingPointError(
            f"the loss is {loss.item()} (gradient {size.item()}) at step {state.step}; {latest} holds the last good state: --begin-with it, with a lower --learning-rate and another --out"
        )
    optimiser.step()
    optimiser.zero_grad(set_to_none=True)
    state.step += 1
    seconds = time.monotonic() - began
    state.spent += seconds
    metrics.say(
        state.step,
        of=len(order),
        loss=round(loss.item(), 4),
        rate=rate,
        tokens=len(pack.tokens),
        seconds=round(seconds, 2),
        minutes=round(state.spent / 60, 1),
    )


def validate(run: Run, state: RunState, packs: list[Pack], best: Path, metrics: Metrics) -> None:
    """Takes the held-back loss down, and keeps the adapter where it is the lowest."""
    began = time.monotonic()
    held_back = validation_loss(run.model, packs)
    state.spent += time.monotonic() - began
    metrics.say(state.step, validation=round(held_back, 4))
    if state.note(held_back):
        run.keep(state, best)


@torch.no_grad()
def validation_loss(model: Qwen2, packs: list[Pack]) -> float:
    """Mean loss a learnt token, over all packs."""
    total, count = 0.0, 0
    for pack in packs:
        learnt = int((pack.targets >= 0).sum())
        total += float(model(pack)) * learnt
        count += learnt
    return total / count


@contextmanager
def _until_stopped() -> Iterator[list[int]]:
    """A list that is empty until somebody asks the run to end: the step under way is finished and kept."""
    asked: list[int] = []
    signals = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(one, lambda number, _: asked.append(number)) for one in signals]
    try:
        yield asked
    finally:
        for one, handler in zip(signals, before, strict=True):
            signal.signal(one, handler)
