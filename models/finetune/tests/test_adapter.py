"""Interrupted runs go on, broken data and NaN are refused, and what is converted is what was trained."""

from __future__ import annotations

import json
import tempfile
import unittest
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from gguf import GGUFReader

from train.convert import write_adapter
from train.fit import Recipe, fit
from train.packs import TrainingData, make_pack, read_packs
from train.qwen2 import Qwen2

EMBEDDED = Path(__file__).parents[2] / "embedded" / "rowbot-embedded-00001-of-00003.gguf"
RECIPE = Recipe(rank=2, alpha=4, warm_up_steps=1, validate_every=2, epochs=1)


class Adapter(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        torch.manual_seed(0)
        cls.model = Qwen2(EMBEDDED, rank=2, alpha=4, dtype=torch.bfloat16)
        packs = [make_pack([5, 6, 7], [([8, 9], [10 + i, 11]), ([12], [13, 14 + i])]) for i in range(4)]
        cls.data = TrainingData("v1", "base-1", packs, 8, 40)

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.out = Path(folder.name)

    def test_trains_and_converts(self) -> None:
        fit(self.model, self.data, self.data.packs[:1], RECIPE, self.out)
        metrics = [json.loads(line) for line in (self.out / "metrics.jsonl").read_text().splitlines()]
        losses = [line["validation"] for line in metrics if "validation" in line]
        self.assertLess(losses[-1], losses[0])
        write_adapter(self.out / "checkpoint.pt", self.out / "adapter.gguf")
        read = GGUFReader(self.out / "adapter.gguf")
        self.assertEqual(read.fields["rowbot.prompt_version"].contents(), "v1")
        self.assertEqual(read.fields["rowbot.base"].contents(), "base-1")
        tensors = {tensor.name: tensor.data for tensor in read.tensors}
        self.assertEqual(len(tensors), 24 * 7 * 2)
        layer = self.model.adapters()["blk.3.ffn_up.weight"]
        np.testing.assert_allclose(tensors["blk.3.ffn_up.weight.lora_b"], layer.lora_b.detach().numpy(), atol=1e-3)

    def test_goes_on_only_with_the_same_recipe(self) -> None:
        fit(self.model, self.data, [], RECIPE, self.out)
        fit(self.model, self.data, [], RECIPE, self.out)
        steps = [json.loads(line) for line in (self.out / "metrics.jsonl").read_text().splitlines()]
        self.assertEqual(len(steps), 4)
        with self.assertRaisesRegex(ValueError, "another recipe"):
            fit(self.model, self.data, [], replace(RECIPE, learning_rate=1e-5), self.out)

    def test_nan_stops(self) -> None:
        layer = self.model.adapters()["blk.0.attn_q.weight"]
        kept = layer.lora_a.detach().clone()
        with torch.no_grad():
            layer.lora_a.fill_(float("nan"))
        try:
            with self.assertRaisesRegex(FloatingPointError, "last good state"):
                fit(self.model, self.data, [], RECIPE, self.out)
        finally:
            with torch.no_grad():
                layer.lora_a.copy_(kept)

    def test_broken_line_is_named(self) -> None:
        file = self.out / "data.jsonl"
        file.write_text('{"promptVersion": "v1", "base": {"hash": "b"}}\n{"prefix": [')
        with self.assertRaisesRegex(ValueError, "line 2"):
            read_packs(file, None, {}, 100)


if __name__ == "__main__":
    unittest.main()
