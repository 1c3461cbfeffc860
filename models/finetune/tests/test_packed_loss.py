"""The loss of questions packed behind one schema is that of the same questions one by one, and so are its gradients."""

from __future__ import annotations

import tempfile
import unittest
from pathlib import Path

import torch

from tests.tiny_model import EMBEDDED, write_tiny
from train.packs import make_pack
from train.qwen2 import Qwen2


class PackedLoss(unittest.TestCase):
    def test_packed_is_unpacked(self) -> None:
        self.compare(EMBEDDED, 30_000)

    def test_with_an_output_matrix_of_its_own(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            base = write_tiny(Path(folder) / "tiny.gguf", untied=True)
            model = Qwen2(base, rank=4, alpha=8, dtype=torch.float32)
            self.assertFalse(torch.equal(model.output, model.embedding))
            self.compare(base, 500)

    def compare(self, base: Path, vocabulary: int) -> None:
        torch.manual_seed(0)
        model = Qwen2(base, rank=4, alpha=8, dtype=torch.float32)
        for layer in model.adapters().values():
            torch.nn.init.normal_(layer.lora_b, std=0.02)
        draw = lambda count: torch.randint(0, vocabulary, (count,)).tolist()  # noqa: E731
        prefix = draw(40)
        branches = [(draw(9), draw(7)), (draw(14), draw(3)), (draw(5), draw(12))]
        packed = model(make_pack(prefix, branches))
        packed.backward()
        wanted = [layer.lora_a.grad.clone() for layer in model.adapters().values()]
        model.zero_grad()
        learnt = sum(len(completion) for _, completion in branches)
        single = sum(model(make_pack(prefix, [one])) * len(one[1]) / learnt for one in branches)
        single.backward()
        self.assertAlmostEqual(packed.item(), single.item(), places=4)
        for got, layer in zip(wanted, model.adapters().values(), strict=True):
            self.assertLess((got - layer.lora_a.grad).norm(), 1e-3 * layer.lora_a.grad.norm() + 1e-6)


if __name__ == "__main__":
    unittest.main()
