"""Byte-level BPE as Qwen2 does it: builds a tokenizer from the tokens and merges that a GGUF file holds."""

from __future__ import annotations

from functools import cache

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, pre_tokenizers

PRE_TOKENIZER = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)


def build_tokenizer(tokens: list[str], merges: list[str], special: list[str]) -> Tokenizer:
    """A tokenizer whose ids are positions in `tokens`; special tokens are recognised in the text."""
    vocabulary = {token: i for i, token in enumerate(tokens)}
    pairs = [tuple(merge.split(" ")) for merge in merges]
    tokenizer = Tokenizer(models.BPE(vocabulary, pairs, ignore_merges=False))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(PRE_TOKENIZER), behavior="isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens([AddedToken(token, normalized=False) for token in special])
    return tokenizer


@cache
def byte_symbols() -> list[str]:
    """The 256 symbols that stand for bytes, indexed by byte (GPT-2's table)."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    symbols = {byte: chr(byte) for byte in printable}
    for byte in range(256):
        symbols.setdefault(byte, chr(256 + len(symbols) - len(printable)))
    return [symbols[byte] for byte in range(256)]


def token_bytes(token: str) -> bytes:
    """The bytes that a token of the vocabulary stands for."""
    byte_of = {symbol: byte for byte, symbol in enumerate(byte_symbols())}
    return bytes(byte_of[symbol] for symbol in token)


def symbols_of(text: str) -> str:
    """A text written in the symbols that stand for its bytes."""
    return "".join(byte_symbols()[byte] for byte in text.encode("utf-8"))
