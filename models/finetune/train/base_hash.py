"""The hashes by which Rowbot knows a model file; its own code is in models/embedded-model.ts and models/local/model-file.ts."""

from __future__ import annotations

import hashlib
from pathlib import Path

from embed.gguf_model import shards

CHECKSUMS = "SHA256SUMS"
SAMPLES = 32
SAMPLE_BYTES = 65_536


def base_hashes(file: Path) -> set[str]:
    """A model has one by samples of its content; the one that ships is also known by its published checksums."""
    files = shards(file)
    known = {_of_samples(files)}
    published = file.parent / CHECKSUMS
    if published.exists():
        sums = dict(reversed(line.split()) for line in published.read_text().splitlines() if line)
        if all(one.name in sums for one in files):
            lines = "".join(f"{sums[one.name]} {one.name} {one.stat().st_size}\n" for one in files)
            known.add(hashlib.sha256(lines.encode()).hexdigest())
    return known


def _of_samples(files: list[Path]) -> str:
    hashed = hashlib.sha256()
    for file in files:
        size = file.stat().st_size
        hashed.update(f"{size}\n".encode())
        stride = max(0, size - SAMPLE_BYTES) / (SAMPLES - 1)
        with file.open("rb") as content:
            for sample in range(SAMPLES):
                content.seek(int(sample * stride))
                hashed.update(content.read(SAMPLE_BYTES))
    return hashed.hexdigest()
