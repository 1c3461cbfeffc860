"""Cuts a byte-level BPE vocabulary: chooses tokens, renumbers them and slices the embedding's stored rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from .bpe import byte_symbols, symbols_of
from .gguf_model import CONTROL_TOKEN, MERGES, TOKEN_TYPES, TOKENS, GgufModel, Tensor

EMBEDDING = "token_embd.weight"
OUTPUT = "output.weight"
TOKEN_ID_KEYS = ("tokenizer.ggml.bos_token_id", "tokenizer.ggml.eos_token_id", "tokenizer.ggml.padding_token_id")
NAME_KEY = "general.name"
# llama.cpp repacks matrices whose rows come in groups of eight; a rounder number costs nothing.
ROW_MULTIPLE = 64
MAX_WHITESPACE = 16
PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"


@dataclass(frozen=True)
class Vocabulary:
    """Kept token ids of the base in ascending order. The first 256 are the bytes."""

    kept: list[int]

    def __len__(self) -> int:
        return len(self.kept)


def choose_vocabulary(model: GgufModel, counts: Counter[int], size: int) -> Vocabulary:
    """The most counted tokens, with all that they are merged from, up to `size` (special tokens included)."""
    if size % ROW_MULTIPLE:
        raise ValueError(f"the vocabulary's size must be a multiple of {ROW_MULTIPLE}, not {size}")
    tokens, parents = model.tokens, _parents(model)
    kept = set(range(256)) | set(special_token_ids(model))

    def closure(token: int) -> set[int]:
        found, open_ids = set(), [token]
        while open_ids:
            current = open_ids.pop()
            if current not in kept and current not in found:
                found.add(current)
                open_ids.extend(parents.get(current, ()))
        return found

    for token in _whitespace_and_punctuation(tokens, parents):
        kept |= closure(token)
    # What is never counted follows by its merge's rank, which is its frequency in the base's training.
    ranked = [t for t, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]
    ascii_rest = (t for t in sorted(parents) if t not in counts and tokens[t].lstrip("Ġ").isascii())
    for token in (*ranked, *ascii_rest):
        needed = closure(token)
        if len(kept) + len(needed) <= size:
            kept |= needed
        if len(kept) == size:
            break
    if len(kept) != size:
        raise ValueError(f"only {len(kept)} tokens could be chosen, {size} were asked for")
    return Vocabulary(sorted(kept))


def cut_vocabulary(model: GgufModel, vocabulary: Vocabulary) -> GgufModel:
    """The same model with only the kept tokens; all stored rows are copied byte for byte."""
    kept = vocabulary.kept
    new_id = {old: new for new, old in enumerate(kept)}
    _check_closed(model, new_id)
    cut = GgufModel(dict(model.metadata), dict(model.tensors))
    if NAME_KEY in cut.metadata:
        cut.replace(NAME_KEY, f"{model.metadata[NAME_KEY].value}, vocabulary cut to {len(kept)}")
    cut.replace(TOKENS, [model.tokens[i] for i in kept])
    types = model.metadata[TOKEN_TYPES].value
    cut.replace(TOKEN_TYPES, [types[i] for i in kept])
    cut.replace(MERGES, [model.merges[i - 256] for i in kept if 256 <= i < 256 + len(model.merges)])
    for key in TOKEN_ID_KEYS:
        if key in cut.metadata:
            cut.replace(key, new_id[model.metadata[key].value])
    rows = np.array(kept)
    for name in (EMBEDDING, OUTPUT):
        if name in cut.tensors:
            cut.tensors[name] = replace(cut.tensors[name], data=cut.tensors[name].data[rows])
    return cut


def read_vocabulary(file: Path) -> Vocabulary:
    """Reads kept token ids of the base, one a line."""
    return Vocabulary(sorted({int(line) for line in file.read_text(encoding="utf-8").split()}))


def write_vocabulary(vocabulary: Vocabulary, file: Path) -> None:
    """Line n (from 0) holds the base's id of the cut model's token n."""
    file.write_text("".join(f"{token}\n" for token in vocabulary.kept), encoding="utf-8")


def share_embedding(model: GgufModel) -> GgufModel:
    """Drops the second copy of the tied embedding and keeps the finer one: llama.cpp then uses it for both."""
    tensors = dict(model.tensors)
    finer: Tensor = tensors.pop(OUTPUT)
    tensors[EMBEDDING] = finer
    return GgufModel(dict(model.metadata), tensors)


def special_token_ids(model: GgufModel) -> list[int]:
    """The ids of all named tokens behind the merges (<|endoftext|> and so on), without the padding rows."""
    first = 256 + len(model.merges)
    return [i for i in range(first, len(model.tokens)) if not model.tokens[i].startswith("[PAD")]


def special_tokens(model: GgufModel) -> list[str]:
    first = 256 + len(model.merges)
    types = model.metadata[TOKEN_TYPES].value
    return [t for i, t in enumerate(model.tokens) if i >= first and (types[i] == CONTROL_TOKEN or t.startswith("<"))]


def _parents(model: GgufModel) -> dict[int, tuple[int, int]]:
    """Token id to the two tokens it is merged from. In this tokenizer id = 256 + the merge's rank."""
    id_of = {token: i for i, token in enumerate(model.tokens)}
    parents = {}
    for rank, merge in enumerate(model.merges):
        left, right = merge.split(" ")
        if model.tokens[256 + rank] != left + right:
            raise ValueError(f"token {256 + rank} is not its merge {merge!r}: this tokenizer cannot be cut this way")
        parents[256 + rank] = (id_of[left], id_of[right])
    return parents


def _check_closed(model: GgufModel, new_id: dict[int, int]) -> None:
    missing = [b for b in byte_symbols() if b not in {model.tokens[i] for i in list(new_id)[:256]}]
    if missing:
        raise ValueError(f"{len(missing)} of the 256 bytes are missing in the vocabulary")
    for token, (left, right) in _parents(model).items():
        if token in new_id and not (left in new_id and right in new_id):
            raise ValueError(f"{model.tokens[token]!r} is kept, but not both tokens it is merged from")


def _whitespace_and_punctuation(tokens: list[str], parents: dict[int, tuple[int, int]]) -> list[int]:
    """Short runs of white space, and pairs of punctuation such as ` "` and `);`."""
    blank = set(symbols_of(" \n\t\r"))
    marks = set(PUNCTUATION)
    return [
        t
        for t in parents
        if (set(tokens[t]) <= blank and len(tokens[t]) <= MAX_WHITESPACE)
        or (len(tokens[t]) <= 2 and set(tokens[t]) <= marks | set(symbols_of(" \n")))
    ]
