"""Packs 4-bit blocks as llama.cpp stores them, with codes chosen so that they also compress well.

Q4_0 holds 32 weights as `scale * code`, code -8 to 7, scale in half precision. All of them cost 4.5 bits a weight in the
file, but a file that travels compressed (as in git) is smaller if codes near zero are common and scales are round.
So a code or a scale is chosen by its squared error plus a price for the bits it is worth after compression.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

BLOCK = 32
LOWEST, HIGHEST = -8, 7


@dataclass(frozen=True)
class Price:
    """What a compressed bit may cost in squared error.

    `bit` is in units of the squared mean scale, `scale_bits` the mantissa bits that a scale keeps, `spread` the standard
    deviation, in codes, of the distribution that the price of a code is taken from.
    """

    bit: float = 0.0
    scale_bits: int = 10
    spread: float = 2.8

    def of_codes(self) -> np.ndarray:
        """Bits of the codes -8 to 7."""
        codes = np.arange(LOWEST, HIGHEST + 1)
        share = np.exp(-0.5 * (codes / self.spread) ** 2) + 1e-3
        return (-np.log2(share / share.sum())).astype(np.float32)


def choose_scales(block: np.ndarray, importance: np.ndarray, price: Price) -> np.ndarray:
    """One signed scale for each column of `block` (32, n), given each weight's importance (32, n) or (32, 1)."""
    largest = np.take_along_axis(block, np.abs(block).argmax(axis=0)[None], axis=0)[0]
    reference = largest / LOWEST
    bits = price.of_codes()
    cost_of_bit = price.bit * float(np.mean(np.square(reference))) * float(np.mean(importance))
    best = np.full(block.shape[1], np.inf, dtype=np.float32)
    chosen = np.zeros(block.shape[1], dtype=np.float32)
    step = 2.0 ** -min(price.scale_bits, 4)
    seen = np.zeros_like(chosen)
    for factor in np.arange(0.70, 1.45, max(step * 0.6, 0.06)):
        scale = round_scale(reference * np.float32(factor), price.scale_bits)
        if np.array_equal(scale, seen):
            continue
        seen = scale
        codes = nearest_codes(block, scale)
        loss = np.einsum("ij,ij->j", np.square(block - codes * scale), np.broadcast_to(importance, block.shape))
        if cost_of_bit:
            loss = loss + cost_of_bit * bits[codes.astype(np.int8) - LOWEST].sum(axis=0)
        better = loss < best
        best = np.where(better, loss, best)
        chosen = np.where(better, scale, chosen)
    return chosen


def nearest_codes(weights: np.ndarray, scale: np.ndarray) -> np.ndarray:
    """The closest code of each weight, as floats."""
    inverse = np.divide(1.0, scale, out=np.zeros_like(scale), where=scale != 0)
    return np.clip(np.rint(weights * inverse), LOWEST, HIGHEST)


def cheap_codes(weights: np.ndarray, scale: np.ndarray, cost_of_bit: np.ndarray | float, bits: np.ndarray) -> np.ndarray:
    """The closest code, or its neighbour towards zero where that one is worth its larger error.

    `cost_of_bit` is in units of the squared scale.
    """
    inverse = np.divide(1.0, scale, out=np.zeros_like(scale), where=scale != 0)
    exact = weights * inverse
    near = np.clip(np.rint(exact), LOWEST, HIGHEST)
    other = near - np.sign(near)
    saved = bits[near.astype(np.int8) - LOWEST] - bits[other.astype(np.int8) - LOWEST]
    lost = np.square(exact - other) - np.square(exact - near)
    return np.where(lost < cost_of_bit * saved, other, near)


def round_scale(scale: np.ndarray, mantissa_bits: int) -> np.ndarray:
    """Rounds to half precision with only the first mantissa bits set."""
    half = scale.astype(np.float16).view(np.uint16).astype(np.uint32)
    drop = 10 - mantissa_bits
    if drop > 0:
        half = ((half + (1 << (drop - 1))) >> drop) << drop
    return half.astype(np.uint16).view(np.float16).astype(np.float32)


def pack_q4_0(codes: np.ndarray, scales: np.ndarray) -> np.ndarray:
    """Stored rows from codes (rows, columns) in -8 to 7 and scales (rows, columns / 32)."""
    rows, columns = codes.shape
    unsigned = (codes.reshape(rows, columns // BLOCK, BLOCK) - LOWEST).astype(np.uint8)
    nibbles = unsigned[..., : BLOCK // 2] | (unsigned[..., BLOCK // 2 :] << 4)
    half = np.ascontiguousarray(scales, dtype=np.float16).view(np.uint8).reshape(rows, columns // BLOCK, 2)
    return np.concatenate([half, nibbles], axis=-1).reshape(rows, -1)

