"""The command line: `python -m embed make | cut | check | measure`."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from .bpe import build_tokenizer
from .calibration import calibration_texts
from .check_tokenizer import check_tokenizer
from .count_tokens import count_tokens
from .cut_vocabulary import (
    Vocabulary,
    choose_vocabulary,
    cut_vocabulary,
    read_vocabulary,
    share_embedding,
    special_tokens,
    write_vocabulary,
)
from .gguf_model import GgufModel, read_model, write_model
from .measure import measure
from .requantise import Recipe, requantise
from .shard import weigh, write_shards
from .spider import SpiderTrain, measuring_sample, read_held_back, tuning_sample

SEED = 20251121
HELD_BACK = Path(__file__).parents[3] / "eval" / "held-back.json"


def main() -> int:
    arguments = _parser().parse_args()
    try:
        arguments.run(arguments)
    except (OSError, ValueError, RuntimeError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


def _make(a: argparse.Namespace) -> None:
    base, train = read_model(a.base), _train(a)
    vocabulary = _vocabulary(a, base, train)
    cut = share_embedding(cut_vocabulary(base, vocabulary))
    tokenizer = build_tokenizer(cut.tokens, cut.merges, special_tokens(cut))
    sequences: list[list[int]] = []
    left = a.calibration_tokens
    for text in calibration_texts(train, a.extra, seed=1):
        ids = tokenizer.encode(text, add_special_tokens=False).ids
        if len(ids) <= left:
            sequences.append(ids)
            left -= len(ids)
    print(f"requantising with {len(sequences)} calibration texts", file=sys.stderr)
    weights = write_shards(requantise(cut, sequences, Recipe()), a.out)
    write_vocabulary(vocabulary, a.out / "vocabulary.txt")
    for weight in weights:
        print(f"{weight.file}: {weight.size} bytes, {weight.deflated} deflated")
    print(f"in all: {sum(w.size for w in weights)} bytes, {sum(w.deflated for w in weights)} deflated")


def _cut(a: argparse.Namespace) -> None:
    base = read_model(a.base)
    (file,) = write_model(cut_vocabulary(base, _vocabulary(a, base, _train(a))), a.out)
    print(f"{file}: {weigh(file).size} bytes")


def _check(a: argparse.Namespace) -> None:
    train = _train(a)
    examples = train.examples(others=True)
    texts = [f"{e.question}\n{e.sql}" for e in examples]
    texts += [train.create_tables(d) for d in sorted({e.database for e in examples})]
    alike, total = check_tokenizer(read_model(a.base), read_model(a.model), texts)
    print(f"{total} texts came back whole; {alike} of them had only kept tokens and were read alike")


def _measure(a: argparse.Namespace) -> None:
    train = _train(a)
    if a.sample == "measuring":
        sample = measuring_sample(train, a.size, SEED)
    else:
        sample = tuning_sample(train, a.size, SEED, after=1000)
    print(json.dumps(measure(a.model, train, sample, a.server, a.slots, a.threads, a.record)))


def _train(a: argparse.Namespace) -> SpiderTrain:
    return SpiderTrain(a.counts_from, read_held_back(a.held_back))


def _vocabulary(a: argparse.Namespace, base: GgufModel, train: SpiderTrain) -> Vocabulary:
    if a.vocabulary:
        return read_vocabulary(a.vocabulary)
    print("counting tokens", file=sys.stderr)
    tokenizer = build_tokenizer(base.tokens, base.merges, special_tokens(base))
    return choose_vocabulary(base, count_tokens(tokenizer, train, a.extra), a.size)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="embed", description=__doc__)
    commands = parser.add_subparsers(required=True)

    data = argparse.ArgumentParser(add_help=False)
    data.add_argument("--counts-from", type=Path, required=True, metavar="SPIDER_DIR", help="an unpacked Spider 1.0")
    data.add_argument("--held-back", type=Path, default=HELD_BACK, help="JSON naming databases that are not counted")
    source = argparse.ArgumentParser(add_help=False, parents=[data])
    source.add_argument("--base", type=Path, required=True, help="Qwen2.5-Coder-0.5B-Instruct Q4_K_M (GGUF)")
    cutting = argparse.ArgumentParser(add_help=False, parents=[source])
    cutting.add_argument("--extra", type=Path, help="folder with BIRD train and WikiSQL as JSON lines")
    cutting.add_argument("--size", type=int, default=34_048, help="tokens to keep, a multiple of 64")
    cutting.add_argument("--vocabulary", type=Path, help="keep the token ids in this file instead of counting")

    make = commands.add_parser("make", parents=[cutting], help="cut, requantise and write the shards")
    make.add_argument("--out", type=Path, required=True, help="folder for the shards")
    make.add_argument("--calibration-tokens", type=int, default=9_000)
    make.set_defaults(run=_make)

    cut = commands.add_parser("cut", parents=[cutting], help="cut the vocabulary only, layers as they were")
    cut.add_argument("--out", type=Path, required=True, help="GGUF file to write")
    cut.set_defaults(run=_cut)

    check = commands.add_parser("check", parents=[source], help="compare the tokenizer with the base's")
    check.add_argument("--model", type=Path, required=True, help="GGUF file (the first shard)")
    check.set_defaults(run=_check)

    measuring = commands.add_parser("measure", parents=[data], help="execution accuracy on train questions")
    measuring.add_argument("--model", type=Path, required=True, help="GGUF file (the first shard)")
    measuring.add_argument("--server", type=Path, required=True, help="llama.cpp's llama-server")
    measuring.add_argument("--record", type=Path, required=True, help="JSON lines, one an answer; goes on if it exists")
    measuring.add_argument("--sample", choices=["measuring", "tuning"], default="measuring")
    measuring.add_argument("--size", type=int, default=1000)
    measuring.add_argument("--slots", type=int, default=4)
    measuring.add_argument("--threads", type=int, default=2)
    measuring.set_defaults(run=_measure)
    return parser


if __name__ == "__main__":
    sys.exit(main())
