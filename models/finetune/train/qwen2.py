"""Qwen2 (arXiv:2407.10671) over packed questions, with adapters on all linear layers of the dequantised weights of a GGUF file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F

from embed.gguf_model import GgufModel, read_model

from .lora_linear import LoraLinear

LINEARS = ("attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate", "ffn_up", "ffn_down")


@dataclass(frozen=True)
class Pack:
    """Questions behind one schema. `tokens` holds the prefix, then one branch after the other; a branch sees the prefix and itself only."""

    tokens: torch.Tensor
    prefix: int
    branches: list[tuple[int, int]]
    """(first position, length) of each branch in `tokens`."""
    targets: torch.Tensor
    """Token that each position is to predict, or -1 where nothing is learnt."""


class Attention:
    """Where each position of a pack looks: worked out once for all layers."""

    def __init__(self, pack: Pack, device: torch.device, dtype: torch.dtype):
        lengths = torch.tensor([length for _, length in pack.branches], dtype=torch.long)
        starts = torch.tensor([start for start, _ in pack.branches], dtype=torch.long)
        widest = int(lengths.max()) if len(lengths) else 0
        offsets = torch.arange(widest)
        real = offsets[None, :] < lengths[:, None]
        gather = torch.where(real, starts[:, None] + offsets[None, :], starts[:, None])
        seen = (offsets[None, :] <= offsets[:, None])[None] & real[:, None, :]
        # A position that only pads looks at the first of its branch, so that no row is empty.
        seen[:, :, 0] = True
        positions = [torch.arange(pack.prefix)] + [pack.prefix + torch.arange(n) for n in lengths.tolist()]
        self.prefix = pack.prefix
        self.gather = gather.to(device)
        self.real = real.to(device)
        self.hidden = torch.zeros(seen.shape, dtype=dtype).masked_fill(~seen, -1e9).to(device)
        """Added to the scores within branches: (branches, width, width)."""
        self.positions = torch.cat(positions).to(device)


class Layer(torch.nn.Module):
    def __init__(self, model: GgufModel, index: int, shape: Shape, use: Use):
        super().__init__()
        self.shape = shape

        def tensor(name: str) -> torch.Tensor | None:
            return use.tensor(model, f"blk.{index}.{name}")

        for name in LINEARS:
            weight, bias = tensor(f"{name}.weight"), tensor(f"{name}.bias")
            self.add_module(name, LoraLinear(weight, bias, use.rank, use.alpha, use.four_bit))
        self.register_buffer("attn_norm", tensor("attn_norm.weight"), persistent=False)
        self.register_buffer("ffn_norm", tensor("ffn_norm.weight"), persistent=False)

    def forward(self, x: torch.Tensor, attention: Attention, cos: torch.Tensor, sin: torch.Tensor) -> torch.Tensor:
        h = norm(x, self.attn_norm, self.shape.epsilon)
        q = rotate(self.attn_q(h).view(-1, self.shape.heads, self.shape.head), cos, sin)
        k = rotate(self.attn_k(h).view(-1, self.shape.kv_heads, self.shape.head), cos, sin)
        v = self.attn_v(h).view(-1, self.shape.kv_heads, self.shape.head)
        x = x + self.attn_output(attend(q, k, v, attention))
        h = norm(x, self.ffn_norm, self.shape.epsilon)
        return x + self.ffn_down(F.silu(self.ffn_gate(h)) * self.ffn_up(h))


@dataclass(frozen=True)
class Shape:
    layers: int
    heads: int
    kv_heads: int
    head: int
    epsilon: float
    rope_base: float


@dataclass(frozen=True)
class Use:
    """How a model's weights are held."""

    rank: int
    alpha: float
    dtype: torch.dtype
    device: str
    four_bit: bool

    def tensor(self, model: GgufModel, name: str) -> torch.Tensor | None:
        """One tensor where it is needed at once, so that the memory of this machine need not hold all of a big model."""
        found = model.tensors.get(name)
        return None if found is None else torch.from_numpy(found.floats()).to(self.dtype).to(self.device)


class Qwen2(torch.nn.Module):
    """`forward` gives the mean loss (nats a token) over a pack's targets. `most_layers` takes the first ones only, for timing."""

    def __init__(
        self,
        file: Path,
        rank: int,
        alpha: float,
        dtype: torch.dtype,
        device: str = "cpu",
        four_bit: bool = False,
        most_layers: int | None = None,
    ):
        super().__init__()
        use = Use(rank, alpha, dtype, device, four_bit)
        self.precision = f"{dtype}, base in 4 bits" if four_bit else str(dtype)
        model = read_model(file)
        self.gguf = model
        if model.architecture != "qwen2":
            raise ValueError(f"{file} is of the architecture {model.architecture}; this trains qwen2")
        heads = int(model.number("attention.head_count"))
        self.shape = Shape(
            layers=int(model.number("block_count")),
            heads=heads,
            kv_heads=int(model.number("attention.head_count_kv")),
            head=int(model.number("embedding_length")) // heads,
            epsilon=float(model.number("attention.layer_norm_rms_epsilon")),
            rope_base=float(model.number("rope.freq_base")),
        )
        embedding, output = use.tensor(model, "token_embd.weight"), use.tensor(model, "output.weight")
        self.register_buffer("embedding", embedding, persistent=False)
        # Small models predict with the very matrix that they read with.
        self.register_buffer("output", embedding if output is None else output, persistent=False)
        self.register_buffer("output_norm", use.tensor(model, "output_norm.weight"), persistent=False)
        count = self.shape.layers if most_layers is None else min(most_layers, self.shape.layers)
        self.layers = torch.nn.ModuleList(Layer(model, index, self.shape, use) for index in range(count))

    def hidden(self, pack: Pack) -> torch.Tensor:
        """The last hidden state of every position: (tokens, width)."""
        device = self.embedding.device
        attention = Attention(pack, device, self.embedding.dtype)
        cos, sin = self._angles(attention.positions)
        x = F.embedding(pack.tokens.to(device), self.embedding)
        for layer in self.layers:
            x = layer(x, attention, cos, sin)
        return norm(x, self.output_norm, self.shape.epsilon)

    def forward(self, pack: Pack) -> torch.Tensor:
        targets = pack.targets.to(self.embedding.device)
        learnt = torch.nonzero(targets >= 0).squeeze(1)
        logits = self.hidden(pack)[learnt] @ self.output.t()
        return F.cross_entropy(logits.float(), targets[learnt])

    def adapters(self) -> dict[str, LoraLinear]:
        """Adapted layers under llama.cpp's names of their weights."""
        return {
            f"blk.{index}.{name}.weight": getattr(layer, name)
            for index, layer in enumerate(self.layers)
            for name in LINEARS
        }

    def _angles(self, positions: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        half = self.shape.head // 2
        steps = torch.arange(half, device=positions.device, dtype=torch.float32)
        angles = positions.float()[:, None] * self.shape.rope_base ** (-steps / half)[None]
        dtype = self.embedding.dtype
        return angles.cos()[:, None].to(dtype), angles.sin()[:, None].to(dtype)


def attend(q: torch.Tensor, k: torch.Tensor, v: torch.Tensor, attention: Attention) -> torch.Tensor:
    """The prefix attends to itself; each branch then attends to the prefix and to itself. Gives (tokens, heads * head)."""
    tokens, heads, head = q.shape
    kv_heads, prefix = k.shape[1], attention.prefix
    kp, vp = k[:prefix].transpose(0, 1), v[:prefix].transpose(0, 1)
    wide = lambda t: t.repeat_interleave(heads // kv_heads, dim=0)[None]  # noqa: E731
    first = F.scaled_dot_product_attention(q[:prefix].transpose(0, 1)[None], wide(kp), wide(vp), is_causal=True)
    first = first[0].transpose(0, 1).reshape(prefix, -1)
    count, width = attention.gather.shape
    if count == 0:
        return first
    # Queries that share a key head stand together, so that no key has to be copied for them; those of all branches share the prefix.
    grouped = (q[attention.gather] * head**-0.5).view(count, width, kv_heads, -1, head).permute(2, 0, 3, 1, 4)
    queries = grouped.reshape(kv_heads, -1, head)
    own_k, own_v = (t[attention.gather].permute(2, 0, 1, 3) for t in (k, v))
    to_prefix = (queries @ kp.transpose(1, 2)).view(kv_heads, count, -1, prefix)
    to_own = queries.view(kv_heads, count, -1, head) @ own_k.transpose(2, 3)
    to_own = to_own.view(kv_heads, count, -1, width, width) + attention.hidden[None, :, None]
    weights = torch.cat([to_prefix, to_own.view(kv_heads, count, -1, width)], dim=-1).softmax(dim=-1)
    seen = (weights[..., :prefix].reshape(kv_heads, -1, prefix) @ vp).view(kv_heads, count, -1, head)
    rest = seen + weights[..., prefix:] @ own_v
    rest = rest.view(kv_heads, count, -1, width, head).permute(1, 3, 0, 2, 4).reshape(count, width, -1)
    return torch.cat([first, rest[attention.real]])


def norm(x: torch.Tensor, weight: torch.Tensor, epsilon: float) -> torch.Tensor:
    return F.rms_norm(x, (x.shape[-1],), weight, epsilon)


def rotate(x: torch.Tensor, cos: torch.Tensor, sin: torch.Tensor) -> torch.Tensor:
    one, other = x.chunk(2, dim=-1)
    return torch.cat([one * cos - other * sin, other * cos + one * sin], dim=-1)
