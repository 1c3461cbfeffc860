"""A frozen linear layer with a low-rank adapter (Hu et al. 2021, arXiv:2106.09685), forward and backward in as few matrix products as it takes."""

from __future__ import annotations

from collections.abc import Callable

import torch


class _LoraProduct(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, weight_of, bias, a, b, scale):
        weight = weight_of()
        low = x @ a.t()
        y = torch.addmm(bias, x, weight.t()) if bias is not None else x @ weight.t()
        y.addmm_(low, b.t(), alpha=scale)
        ctx.save_for_backward(x, a, b, low)
        # Asked for again instead of kept: weights of 4 bits are unpacked for one product at a time.
        ctx.weight_of = weight_of
        ctx.scale = scale
        return y

    @staticmethod
    def backward(ctx, dy):
        x, a, b, low = ctx.saved_tensors
        dlow = (dy @ b) * ctx.scale
        dx = None
        if ctx.needs_input_grad[0]:
            dx = dy @ ctx.weight_of()
            dx.addmm_(dlow, a)
        return dx, None, None, dlow.t() @ x, (dy.t() @ low) * ctx.scale, None


class LoraLinear(torch.nn.Module):
    """y = x Wᵀ + bias + (alpha / rank) x Aᵀ Bᵀ. Only A and B are trained; they are kept in f32 and used in the dtype of W."""

    def __init__(self, weight: torch.Tensor, bias: torch.Tensor | None, rank: int, alpha: float, four_bit: bool = False):
        super().__init__()
        self.dtype = weight.dtype
        self.weight_of = _in_four_bits(weight) if four_bit else lambda: self.weight
        self.register_buffer("weight", None if four_bit else weight, persistent=False)
        self.register_buffer("bias", bias, persistent=False)
        outputs, inputs = weight.shape
        self.lora_a = torch.nn.Parameter(torch.randn(rank, inputs).to(weight.device) / inputs**0.5)
        self.lora_b = torch.nn.Parameter(torch.zeros(outputs, rank, device=weight.device))
        self.scale = alpha / rank

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        a, b = self.lora_a.to(self.dtype), self.lora_b.to(self.dtype)
        return _LoraProduct.apply(x, self.weight_of, self.bias, a, b, self.scale)


def _in_four_bits(weight: torch.Tensor) -> Callable[[], torch.Tensor]:
    """The weight as 4-bit NormalFloat with its scales quantised again (Dettmers et al. 2023, arXiv:2305.14314), and what unpacks it."""
    from bitsandbytes.functional import dequantize_4bit, quantize_4bit

    packed, state = quantize_4bit(weight, quant_type="nf4", compress_statistics=True)
    return lambda: dequantize_4bit(packed, state)
