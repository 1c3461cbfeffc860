"""Compares a converted adapter in llama.cpp, as Rowbot runs it, with the same adapter in PyTorch."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from gguf import GGMLQuantizationType

from .checkpoint import load_adapter
from .packs import make_pack
from .qwen2 import Qwen2
from .trained_adapter import read_adapter

ROOT = Path(__file__).parents[3]
LEAST_AGREEMENT = 0.97
LARGEST_DIFFERENCE = 0.05
"""Of two logits, where both programs compute in f32."""


@dataclass(frozen=True)
class Agreement:
    prompts: int
    positions: int
    top1: float
    """Share of positions at which both find the same token likeliest."""
    mean_difference: float
    largest_difference: float
    """Of the logits of the tokens that llama.cpp finds likeliest."""
    same_precision: bool
    """Whether the weights are f32, so that llama.cpp rounds nothing that PyTorch does not."""


def check(base: Path, adapter: Path, data: Path, prompts: int, most_tokens: int) -> Agreement:
    """Raises a ValueError where they agree less than they must."""
    read = _logits_of_llama(base, adapter, data, prompts, most_tokens)
    trained = read_adapter(adapter)
    model = Qwen2(base, trained.rank, trained.alpha, torch.float32)
    load_adapter(model, trained.matrices)
    found = compare(model, read)
    said = json.dumps(asdict(found))
    if found.top1 < LEAST_AGREEMENT:
        raise ValueError(f"the adapter does not do in llama.cpp what it does in PyTorch: {said}; convert it again")
    if found.same_precision and found.largest_difference > LARGEST_DIFFERENCE:
        raise ValueError(f"logits differ by more than {LARGEST_DIFFERENCE} although both compute in f32: {said}")
    return found


@torch.no_grad()
def compare(model: Qwen2, read: list[dict]) -> Agreement:
    """`read` is what `rowbot train logits` wrote."""
    same, differences = 0, []
    for one in read:
        at = [position["at"] for position in one["positions"]]
        pack = make_pack(one["tokens"][: at[0]], [(one["tokens"][at[0] :], [])])
        logits = (model.hidden(pack)[at] @ model.output.t()).float()
        for row, position in zip(logits, one["positions"], strict=True):
            tokens = [token for token, _ in position["top"]]
            theirs = torch.tensor([logit for _, logit in position["top"]])
            same += int(row.argmax()) == tokens[0]
            differences.append((row[tokens] - theirs).abs())
    if not differences:
        raise ValueError("there is nothing to compare: no example of the data is short enough")
    apart = torch.cat(differences)
    exact = all(tensor.type == GGMLQuantizationType.F32 for tensor in model.gguf.tensors.values())
    return Agreement(
        prompts=len(read),
        positions=len(differences),
        top1=round(same / len(differences), 4),
        mean_difference=round(float(apart.mean()), 4),
        largest_difference=round(float(apart.max()), 4),
        same_precision=exact,
    )


def _logits_of_llama(base: Path, adapter: Path, data: Path, prompts: int, most_tokens: int) -> list[dict]:
    is_embedded = base.resolve().parent == ROOT / "models" / "embedded"
    with tempfile.TemporaryDirectory() as home:
        out = Path(home) / "logits.json"
        command = ["node", ROOT / "bots" / "rowbot.cjs", "train", "logits", data.resolve(), out]
        limits = ["--prompts", str(prompts), "--most-tokens", str(most_tokens)]
        settings = {
            "ROWBOT_HOME": home,
            "ROWBOT_MODEL": "embedded" if is_embedded else str(base.resolve()),
            "ROWBOT_ADAPTER": str(adapter.resolve()),
            "ROWBOT_GPU": "off",
        }
        ran = subprocess.run([*command, *limits], env={**os.environ, **settings}, capture_output=True, text=True)
        if ran.returncode != 0:
            raise RuntimeError(f"rowbot train logits failed: {ran.stderr.strip()}")
        return json.loads(out.read_text())
