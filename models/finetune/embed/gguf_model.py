"""A GGUF model in memory: its metadata and its tensors as stored bytes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from gguf import GGMLQuantizationType, GGUFReader, GGUFValueType, GGUFWriter, quants

TOKENS = "tokenizer.ggml.tokens"
TOKEN_TYPES = "tokenizer.ggml.token_type"
MERGES = "tokenizer.ggml.merges"
CONTROL_TOKEN = 3


@dataclass(frozen=True)
class Value:
    """One metadata value with its type (and its elements' type if it is a list)."""

    value: object
    type: GGUFValueType
    element_type: GGUFValueType | None = None


@dataclass(frozen=True)
class Tensor:
    """A tensor's stored bytes: one row of `data` is one row of the matrix."""

    type: GGMLQuantizationType
    data: np.ndarray

    def floats(self) -> np.ndarray:
        if self.type == GGMLQuantizationType.F32:
            return np.array(self.data, dtype=np.float32)
        return quants.dequantize(self.data, self.type)


@dataclass
class GgufModel:
    """Metadata and tensors in file order."""

    metadata: dict[str, Value]
    tensors: dict[str, Tensor]

    @property
    def architecture(self) -> str:
        return str(self.metadata["general.architecture"].value)

    @property
    def tokens(self) -> list[str]:
        return self.metadata[TOKENS].value  # type: ignore[return-value]

    @property
    def merges(self) -> list[str]:
        return self.metadata[MERGES].value  # type: ignore[return-value]

    def number(self, key: str) -> float:
        return self.metadata[f"{self.architecture}.{key}"].value  # type: ignore[return-value]

    def replace(self, key: str, value: object) -> None:
        """Gives an existing metadata key another value of the same type."""
        old = self.metadata[key]
        self.metadata[key] = Value(value, old.type, old.element_type)


def read_model(file: Path) -> GgufModel:
    """Reads a GGUF file (or all shards, given the first one)."""
    if not file.is_file():
        raise FileNotFoundError(f"no GGUF file at {file}")
    first = GGUFReader(file)
    metadata: dict[str, Value] = {}
    for key, field in first.fields.items():
        if key.startswith(("GGUF.", "split.")):
            continue
        element_type = field.types[-1] if field.types[0] == GGUFValueType.ARRAY else None
        metadata[key] = Value(field.contents(), field.types[0], element_type)
    tensors: dict[str, Tensor] = {}
    for shard in shards(file):
        for tensor in (first if shard == file else GGUFReader(shard)).tensors:
            tensors[tensor.name] = Tensor(tensor.tensor_type, tensor.data)
    return GgufModel(metadata, tensors)


def write_model(model: GgufModel, file: Path, max_shard_bytes: int = 0) -> list[Path]:
    """Writes one file, or shards named <stem>-0000k-of-0000N.gguf if a greatest size is given."""
    file.parent.mkdir(parents=True, exist_ok=True)
    writer = GGUFWriter(file, model.architecture, split_max_size=max_shard_bytes)
    for key, value in model.metadata.items():
        if key != "general.architecture":
            writer.add_key_value(key, value.value, value.type, value.element_type)
    for name, tensor in model.tensors.items():
        raw = tensor.type if tensor.type != GGMLQuantizationType.F32 else None
        writer.add_tensor(name, np.ascontiguousarray(tensor.data), raw_dtype=raw)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return sorted(file.parent.glob(f"{file.stem}-*-of-*.gguf")) if len(writer.tensors) > 1 else [file]


def shards(file: Path) -> list[Path]:
    """All shards of a model in order, given the first one."""
    stem, _, rest = file.name.partition("-00001-of-")
    if not rest:
        return [file]
    shards = sorted(file.parent.glob(f"{stem}-*-of-{rest}"))
    expected = int(rest.removesuffix(".gguf"))
    if len(shards) != expected:
        raise FileNotFoundError(f"{file} belongs to {expected} shards, but {len(shards)} are there")
    return shards
