import unittest
import zlib

import numpy as np
from gguf import GGMLQuantizationType, quants

from embed.q4_codec import Price, round_scale
from embed.requantise import _factor, round_matrix

RANDOM = np.random.default_rng(7)


def weights(rows: int, columns: int) -> np.ndarray:
    return RANDOM.normal(scale=0.02, size=(rows, columns)).astype(np.float32)


def relative_error(original: np.ndarray, rows: np.ndarray, inputs: np.ndarray, kind: GGMLQuantizationType) -> float:
    difference = (quants.dequantize(rows, kind) - original) @ inputs.T
    return float(np.mean(np.square(difference)) / np.mean(np.square(original @ inputs.T)))


class Q4(unittest.TestCase):
    def test_rounds_better_than_the_plain_rule(self):
        original = weights(512, 256)
        same = np.eye(256, dtype=np.float32)
        plain = quants.quantize(original, GGMLQuantizationType.Q4_0)
        ours = round_matrix(original, None, Price())
        self.assertEqual(plain.shape, ours.shape)
        kind = GGMLQuantizationType.Q4_0
        self.assertLess(relative_error(original, ours, same, kind), relative_error(original, plain, same, kind))

    def test_priced_bits_compress_better(self):
        original = weights(512, 256)
        plain = quants.quantize(original, GGMLQuantizationType.Q4_0)
        ours = round_matrix(original, None, Price(bit=0.1, scale_bits=3))
        self.assertLess(len(zlib.compress(ours.tobytes(), 6)), 0.96 * len(zlib.compress(plain.tobytes(), 6)))

    def test_compensates_errors_where_inputs_are_correlated(self):
        inputs = (RANDOM.normal(size=(900, 60)) @ RANDOM.normal(size=(60, 128))).astype(np.float32)
        original = weights(64, 128)
        price = Price(bit=0.1, scale_bits=3)
        rounded = round_matrix(original, None, price)
        compensated = round_matrix(original, _factor(inputs), price)
        kind = GGMLQuantizationType.Q4_0
        self.assertLess(
            relative_error(original, compensated, inputs, kind), 0.6 * relative_error(original, rounded, inputs, kind)
        )

    def test_the_factor_is_that_of_the_damped_inverse(self):
        inputs = RANDOM.normal(size=(2000, 608)).astype(np.float32)
        factor = _factor(inputs)
        moments = inputs.T @ inputs / 2000
        moments[np.diag_indices(608)] += 0.01 * np.mean(np.diagonal(moments))
        self.assertLess(np.abs(factor.T @ factor @ moments - np.eye(608)).max(), 1e-3)
        self.assertTrue(np.array_equal(factor, np.triu(factor)))

    def test_zeros_stay_zeros(self):
        rows = round_matrix(np.zeros((32, 64), dtype=np.float32), None, Price(bit=0.1))
        self.assertFalse(quants.dequantize(rows, GGMLQuantizationType.Q4_0).any())


class Scales(unittest.TestCase):
    def test_scales_keep_their_first_mantissa_bits(self):
        rounded = round_scale(np.array([1.0, 1.06, -1.07, 0.0], dtype=np.float32), 3)
        self.assertEqual(rounded.tolist(), [1.0, 1.0, -1.125, 0.0])


if __name__ == "__main__":
    unittest.main()
