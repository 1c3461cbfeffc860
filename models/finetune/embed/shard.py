"""Writes a model as GGUF shards and says what they weigh, as they are and compressed."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass
from pathlib import Path

from .gguf_model import GgufModel, write_model

NAME = "rowbot-embedded"
MAX_SHARD_BYTES = 94_000_000


@dataclass(frozen=True)
class Weight:
    """A file's size in bytes, as it is and as zlib's level 6 packs it (which is what git stores)."""

    file: Path
    size: int
    deflated: int
    sha256: str


def write_shards(model: GgufModel, folder: Path) -> list[Weight]:
    """Replaces the shards in `folder` and writes SHA256SUMS beside them."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob(f"{NAME}-*-of-*.gguf"):
        old.unlink()
    weights = [weigh(file) for file in write_model(model, folder / f"{NAME}.gguf", MAX_SHARD_BYTES)]
    lines = [f"{w.sha256}  {w.file.name}\n" for w in weights]
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")
    return weights


def weigh(file: Path) -> Weight:
    content = file.read_bytes()
    return Weight(file, len(content), len(zlib.compress(content, 6)), hashlib.sha256(content).hexdigest())
