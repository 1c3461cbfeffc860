"""Checks that a cut tokenizer reads and writes what the base's tokenizer does."""

from __future__ import annotations

from collections.abc import Iterable

from .bpe import build_tokenizer
from .cut_vocabulary import special_tokens
from .gguf_model import GgufModel

AWKWARD = [
    "",
    " ",
    "\n\n\t  x",
    "SELECT * FROM t WHERE a >= 1.5e-3 AND b != 'O''Brien';",
    "Zürich, Göteborg, naïve café, El Niño, ﬁ",
    "日本語の表 中文数据库 데이터 базы данных عربي עברית ไทย",
    "🙂👩‍👩‍👧‍👦🏳️‍🌈 \u200b\u00a0\ufeff",
    "".join(map(chr, range(0, 0x250))),
    "<|im_start|>user\nhi<|im_end|>\n",
]


def check_tokenizer(base: GgufModel, cut: GgufModel, texts: Iterable[str]) -> tuple[int, int]:
    """Raises ValueError at the first difference; gives how many texts were read alike, and how many there were.

    Every text must come back whole. A text whose base tokens were all kept must give the very same pieces.
    """
    base_tokenizer = build_tokenizer(base.tokens, base.merges, special_tokens(base))
    cut_tokenizer = build_tokenizer(cut.tokens, cut.merges, special_tokens(cut))
    kept = set(cut.tokens)
    alike = total = 0
    for text in (*AWKWARD, *texts):
        total += 1
        pieces = cut_tokenizer.encode(text, add_special_tokens=False)
        back = cut_tokenizer.decode(pieces.ids, skip_special_tokens=False)
        if back != text:
            raise ValueError(f"a text does not come back whole: {text!r} became {back!r}")
        expected = base_tokenizer.encode(text, add_special_tokens=False)
        if all(token in kept for token in expected.tokens):
            alike += 1
            if pieces.tokens != expected.tokens:
                raise ValueError(f"a text of kept tokens is read differently: {text!r}")
    return alike, total
