"""A converted adapter does in llama.cpp what it does in PyTorch, with tied and with separate output weights."""

from __future__ import annotations

import json
import tempfile
import unittest
from pathlib import Path

import torch
from gguf import GGUFReader

from tests.tiny_model import EMBEDDED, write_tiny
from train.base_hash import base_hashes
from train.check import ROOT, check
from train.checkpoint import adapter_state, save_checkpoint
from train.convert import write_adapter
from train.qwen2 import Qwen2

CONTROLS = ["<|im_start|>", "<|im_end|>"]


def _example(number: int) -> dict:
    start, end = ({"kind": "control", "text": text} for text in CONTROLS)
    text = lambda said: {"kind": "text", "text": said}  # noqa: E731
    return {
        "prefix": [start, text(f"system\nCREATE TABLE t{number} (id INTEGER)"), end, text("\n")],
        "examples": [
            {
                "prompt": [start, text(f"user\nHow many t{number}?"), end, text("\n"), start, text("assistant\n```sql\n")],
                "completion": [text(f"SELECT count(*) FROM t{number} WHERE id > {number * 7}\n```"), end],
            }
        ],
    }


@unittest.skipUnless((ROOT / "node_modules").exists(), "node_modules is not there: run npm ci first")
class Check(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.out = Path(folder.name)
        self.data = self.out / "data.jsonl"
        lines = [{"promptVersion": "v1", "base": {"hash": "any"}}, *map(_example, range(20))]
        self.data.write_text("\n".join(map(json.dumps, lines)))

    def adapter(self, base: Path, stamp: str) -> Path:
        torch.manual_seed(3)
        model = Qwen2(base, rank=4, alpha=8, dtype=torch.float32)
        for layer in model.adapters().values():
            torch.nn.init.normal_(layer.lora_b, std=0.2)
        shipped = GGUFReader(EMBEDDED.with_name("adapter.gguf")).fields
        stamps = {"base": stamp, "prompt_version": shipped["rowbot.prompt_version"].contents()}
        save_checkpoint(self.out / "checkpoint.pt", {"adapter": adapter_state(model), "recipe": {"rank": 4, "alpha": 8}, **stamps})
        write_adapter(self.out / "checkpoint.pt", self.out / "adapter.gguf")
        return self.out / "adapter.gguf"

    def test_agrees_in_f32(self) -> None:
        base = write_tiny(self.out / "tiny.gguf", untied=True)
        [stamp] = base_hashes(base)
        found = check(base, self.adapter(base, stamp), self.data, prompts=20, most_tokens=400)
        self.assertEqual(found.prompts, 20)
        self.assertTrue(found.same_precision)
        self.assertGreaterEqual(found.top1, 0.99)
        self.assertLess(found.largest_difference, 0.05)
        self.assertGreater(found.positions, 200)

    def test_other_base_is_refused(self) -> None:
        base = write_tiny(self.out / "tiny.gguf")
        with self.assertRaisesRegex(RuntimeError, "trained for another model"):
            check(base, self.adapter(base, "another"), self.data, prompts=1, most_tokens=400)


class BaseHash(unittest.TestCase):
    def test_is_the_one_that_rowbot_stamps_with(self) -> None:
        stamp = GGUFReader(EMBEDDED.with_name("adapter.gguf")).fields["rowbot.base"].contents()
        self.assertIn(stamp, base_hashes(EMBEDDED))


if __name__ == "__main__":
    unittest.main()
