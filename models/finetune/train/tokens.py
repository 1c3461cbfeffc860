"""The tokenizer of a base, as training data are read with it."""

from __future__ import annotations

from tokenizers import Tokenizer

from embed.bpe import build_tokenizer
from embed.gguf_model import CONTROL_TOKEN, TOKEN_TYPES, GgufModel


def tokens_of(gguf: GgufModel) -> tuple[Tokenizer, dict[str, int]]:
    """A tokenizer for text, and the ids of the control tokens, which no text may ever become."""
    kinds = gguf.metadata[TOKEN_TYPES].value
    controls = {gguf.tokens[i]: i for i, kind in enumerate(kinds) if kind == CONTROL_TOKEN}
    return build_tokenizer(gguf.tokens, gguf.merges, []), controls
