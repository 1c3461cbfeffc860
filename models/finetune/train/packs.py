"""Reads exported training data and lays questions of one schema behind one prefix."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import torch
from tokenizers import Tokenizer

from .qwen2 import Pack

IGNORED = -1


@dataclass(frozen=True)
class TrainingData:
    prompt_version: str
    base: str
    """Hash of the model for which the data were exported."""
    packs: list[Pack]
    examples: int
    tokens: int


def read_packs(file: Path, tokenizer: Tokenizer, controls: dict[str, int], most_tokens: int) -> TrainingData:
    """Packs of at most `most_tokens` tokens (a longer single question is left out). Names the line that is broken."""
    packs: list[Pack] = []
    examples = 0
    with file.open(encoding="utf-8") as lines:
        head = _parse(file, 1, lines.readline(), ("promptVersion", "base"))
        read = (_parse(file, number, line, ("prefix", "examples")) for number, line in enumerate(lines, start=2))
        # Samples are written a question a line: those of one schema that follow each other share a prefix as well.
        for _, alike in groupby(read, key=lambda one: one["prefix"]):
            group = list(alike)
            prefix = _tokens(group[0]["prefix"], tokenizer, controls)
            branches = [
                (_tokens(one["prompt"], tokenizer, controls), _tokens(one["completion"], tokenizer, controls))
                for line in group
                for one in line["examples"]
            ]
            for chunk in _chunks(prefix, branches, most_tokens):
                packs.append(make_pack(prefix, chunk))
                examples += len(chunk)
    return TrainingData(head["promptVersion"], head["base"]["hash"], packs, examples, sum(len(pack.tokens) for pack in packs))


def make_pack(prefix: list[int], branches: list[tuple[list[int], list[int]]]) -> Pack:
    """One pack; of each branch (prompt, completion) only the completion is learnt."""
    tokens, targets, places = list(prefix), [IGNORED] * len(prefix), []
    for prompt, completion in branches:
        places.append((len(tokens), len(prompt) + len(completion)))
        tokens += prompt + completion
        targets += [IGNORED] * (len(prompt) - 1) + completion + [IGNORED]
    return Pack(torch.tensor(tokens), len(prefix), places, torch.tensor(targets))


def _chunks(prefix: list[int], branches: list, most_tokens: int) -> list[list]:
    chunks: list[list] = []
    left = 0
    for branch in branches:
        size = len(branch[0]) + len(branch[1])
        if len(prefix) + size > most_tokens:
            continue
        if not chunks or size > left:
            chunks.append([])
            left = most_tokens - len(prefix)
        chunks[-1].append(branch)
        left -= size
    return chunks


def _tokens(pieces: list[dict], tokenizer: Tokenizer, controls: dict[str, int]) -> list[int]:
    """Control tokens stand alone in pieces of their own; in any other text what looks like one is text."""
    ids: list[int] = []
    for piece in pieces:
        if piece["kind"] == "control":
            ids.append(controls[piece["text"]])
        else:
            ids += tokenizer.encode(piece["text"], add_special_tokens=False).ids
    return ids


def _parse(file: Path, number: int, line: str, keys: tuple[str, ...]) -> dict:
    try:
        read = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"{file}, line {number}: this is no JSON ({error}); export the data again") from error
    missing = [key for key in keys if not isinstance(read, dict) or key not in read]
    if missing:
        raise ValueError(f"{file}, line {number}: expected {', '.join(keys)}; {', '.join(missing)} is missing")
    return read
