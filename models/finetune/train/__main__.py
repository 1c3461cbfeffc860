"""The command line: `python -m train fit | average | convert | check | doctor`."""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
from dataclasses import asdict
from pathlib import Path

import torch

from .average import average
from .check import check
from .convert import write_adapter
from .base_hash import base_hashes
from .doctor import facts
from .fit import fit
from .packs import read_packs
from .qwen2 import Qwen2
from .recipe import Recipe
from .tokens import tokens_of


def main() -> int:
    arguments = _parser().parse_args()
    try:
        arguments.run(arguments)
    except (OSError, ValueError, RuntimeError, FloatingPointError, MemoryError) as error:
        print(f"error: {_said(error)}", file=sys.stderr)
        return 1
    return 0


def _said(error: Exception) -> str:
    is_memory = isinstance(error, (MemoryError, torch.OutOfMemoryError)) or "can't allocate memory" in str(error)
    if not is_memory:
        return str(error)
    return (
        "there is not enough memory to train this model: lower --pack-tokens, use --four-bit on a GPU, or a smaller base"
        f" (`rowbot train doctor` says what is needed); the last checkpoint is kept ({str(error).splitlines()[0] if str(error) else 'out of memory'})"
    )


def _fit(a: argparse.Namespace) -> None:
    if a.threads:
        torch.set_num_threads(a.threads)
    if a.device == "cuda" and not torch.cuda.is_available():
        raise ValueError("PyTorch finds no CUDA GPU here: leave --device out to train on the processor")
    if a.four_bit:
        _need_four_bits(a.device)
    torch.manual_seed(a.seed)
    recipe = Recipe(a.rank, a.alpha, a.learning_rate, a.epochs, a.minutes, seed=a.seed, validate_every=a.validate_every)
    model = Qwen2(a.base, recipe.rank, recipe.alpha, getattr(torch, a.dtype), a.device, a.four_bit)
    read = lambda file: read_packs(file, *tokens_of(model.gguf), a.pack_tokens)  # noqa: E731
    data = read(a.data)
    if data.base not in base_hashes(a.base):
        raise ValueError(
            f"{a.data} was exported for another model than {a.base}: export it again with ROWBOT_MODEL set to that file"
        )
    print(f"{data.examples} examples in {len(data.packs)} packs, {data.tokens} tokens", flush=True)
    validation = read(a.validation).packs[: a.validation_packs] if a.validation else []
    fit(model, data, validation, recipe, a.out, a.begin_with)


def _need_four_bits(device: str) -> None:
    if device != "cuda":
        raise ValueError("weights of 4 bits (bitsandbytes) need a CUDA GPU: leave --four-bit out here, or choose a smaller base")
    if importlib.util.find_spec("bitsandbytes") is None:
        raise ValueError("--four-bit needs bitsandbytes, which is not installed: `uv sync --extra cuda`")


def _average(a: argparse.Namespace) -> None:
    average(a.adapters, a.weights or [1.0] * len(a.adapters), a.out)


def _convert(a: argparse.Namespace) -> None:
    print(f"{a.out}: {write_adapter(a.checkpoint, a.out)} bytes")


def _check(a: argparse.Namespace) -> None:
    print(json.dumps(asdict(check(a.base, a.adapter, a.data, a.prompts, a.most_tokens))))


def _doctor(a: argparse.Namespace) -> None:
    print(json.dumps(facts(a.base, a.data, a.device, a.pack_tokens)))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="train", description=__doc__)
    commands = parser.add_subparsers(required=True)
    fitting = commands.add_parser("fit", help="train an adapter on exported data")
    fitting.add_argument("--base", type=Path, required=True, help="GGUF file (the first shard)")
    fitting.add_argument("--data", type=Path, required=True, help="JSON lines of `rowbot train export`")
    fitting.add_argument("--validation", type=Path, help="the same for databases that are not trained on")
    fitting.add_argument("--validation-packs", type=int, default=8)
    fitting.add_argument("--out", type=Path, required=True, help="folder for checkpoints and metrics; goes on if one is there")
    fitting.add_argument("--begin-with", type=Path, help="checkpoint of another run, or an adapter as GGUF, that is trained on")
    fitting.add_argument("--rank", type=int, default=16)
    fitting.add_argument("--alpha", type=float, default=32)
    fitting.add_argument("--learning-rate", type=float, default=4e-4)
    fitting.add_argument("--epochs", type=float, default=1)
    fitting.add_argument("--minutes", type=float, default=float("inf"), help="stop, with the learning rate decayed, after so long")
    fitting.add_argument("--pack-tokens", type=int, default=2048)
    fitting.add_argument("--validate-every", type=int, default=60, help="steps")
    fitting.add_argument("--seed", type=int, default=1)
    fitting.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    fitting.add_argument("--dtype", choices=["bfloat16", "float32"], default="bfloat16")
    fitting.add_argument("--four-bit", action="store_true", help="hold the base in 4 bits: big models on small GPUs")
    fitting.add_argument("--threads", type=int, default=0)
    fitting.set_defaults(run=_fit)
    averaging = commands.add_parser("average", help="average the adapters of runs of which one began with the other's")
    averaging.add_argument("--adapters", type=Path, nargs="+", required=True, help="checkpoints, or adapters as GGUF")
    averaging.add_argument("--weights", type=float, nargs="+", help="one for each (all alike if not given)")
    averaging.add_argument("--out", type=Path, required=True, help="checkpoint to write")
    averaging.set_defaults(run=_average)
    converting = commands.add_parser("convert", help="write a checkpoint's adapter as GGUF")
    converting.add_argument("--checkpoint", type=Path, required=True, help="checkpoint.pt or best.pt of a run")
    converting.add_argument("--out", type=Path, required=True, help="GGUF file to write")
    converting.set_defaults(run=_convert)
    checking = commands.add_parser("check", help="compare a converted adapter in llama.cpp with the same in PyTorch")
    checking.add_argument("--base", type=Path, required=True, help="GGUF file (the first shard)")
    checking.add_argument("--adapter", type=Path, required=True, help="GGUF file that `convert` wrote")
    checking.add_argument("--data", type=Path, required=True, help="exported examples, best of databases that are not trained on")
    checking.add_argument("--prompts", type=int, default=20)
    checking.add_argument("--most-tokens", type=int, default=1024, help="pass over longer examples")
    checking.set_defaults(run=_check)
    looking = commands.add_parser("doctor", help="what this machine can train, as JSON (`rowbot train doctor` says it in words)")
    looking.add_argument("--base", type=Path, required=True, help="GGUF file (the first shard)")
    looking.add_argument("--data", type=Path, help="exported data that are to be trained on")
    looking.add_argument("--pack-tokens", type=int, default=2048)
    looking.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    looking.set_defaults(run=_doctor)
    return parser


if __name__ == "__main__":
    sys.exit(main())
