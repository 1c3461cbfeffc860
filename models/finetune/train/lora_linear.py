"""A frozen linear layer with a low-rank adapter (Hu et al. 2021, arXiv:2106.09685), forward and backward in as few matrix products as it takes."""

from __future__ import annotations

import torch


class _LoraProduct(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, weight, bias, a, b, scale):
        low = x @ a.t()
        y = torch.addmm(bias, x, weight.t()) if bias is not None else x @ weight.t()
        y.addmm_(low, b.t(), alpha=scale)
        ctx.save_for_backward(x, weight, a, b, low)
        ctx.scale = scale
        return y

    @staticmethod
    def backward(ctx, dy):
        x, weight, a, b, low = ctx.saved_tensors
        dlow = (dy @ b) * ctx.scale
        dx = None
        if ctx.needs_input_grad[0]:
            dx = dy @ weight
            dx.addmm_(dlow, a)
        return dx, None, None, dlow.t() @ x, (dy.t() @ low) * ctx.scale, None


class LoraLinear(torch.nn.Module):
    """y = x Wᵀ + bias + (alpha / rank) x Aᵀ Bᵀ. Only A and B are trained; they are kept in f32 and used in the dtype of W."""

    def __init__(self, weight: torch.Tensor, bias: torch.Tensor | None, rank: int, alpha: float):
        super().__init__()
        self.register_buffer("weight", weight, persistent=False)
        self.register_buffer("bias", bias, persistent=False)
        outputs, inputs = weight.shape
        self.lora_a = torch.nn.Parameter(torch.randn(rank, inputs) / inputs**0.5)
        self.lora_b = torch.nn.Parameter(torch.zeros(outputs, rank))
        self.scale = alpha / rank

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        dtype = self.weight.dtype
        return _LoraProduct.apply(x, self.weight, self.bias, self.lora_a.to(dtype), self.lora_b.to(dtype), self.scale)
