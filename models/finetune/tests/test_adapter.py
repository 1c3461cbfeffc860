"""Interrupted runs go on as if nothing had been, what cannot be trained is refused with the last good state kept, and what is converted is
what was trained."""

from __future__ import annotations

import importlib.util
import io
import json
import os
import signal
import subprocess
import sys
import tempfile
import unittest
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import replace
from pathlib import Path
from unittest import mock

import numpy as np
import torch
from gguf import GGUFReader, GGUFWriter

from tests.tiny_model import LAYERS, write_tiny
from train.__main__ import main
from train.average import average
from train.base_hash import base_hashes
from train.checkpoint import adapter_state, save_checkpoint
from train.convert import write_adapter
from train.fit import fit
from train.packs import TrainingData, make_pack, read_packs
from train.qwen2 import Pack, Qwen2
from train.recipe import Recipe
from train.trained_adapter import read_adapter

RECIPE = Recipe(rank=2, alpha=4, warm_up_steps=1, validate_every=2, epochs=1, checkpoint_seconds=0)


def _convert(checkpoint: Path, out: Path) -> list[str]:
    return ["train", "convert", "--checkpoint", str(checkpoint), "--out", str(out)]


class Broken(Exception):
    """The machine goes off."""


class Adapter(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.base = write_tiny(Path(folder.name) / "tiny.gguf")
        packs = [make_pack([5, 6, 7], [([8, 9], [10 + i, 11]), ([12], [13, 14 + i])]) for i in range(4)]
        cls.data = TrainingData("v1", "base-1", packs, 8, 40)

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.out = Path(folder.name)
        self.model = self.fresh()

    def fresh(self) -> Qwen2:
        torch.manual_seed(0)
        return Qwen2(self.base, rank=2, alpha=4, dtype=torch.float32)

    def steps(self) -> list[dict]:
        lines = map(json.loads, (self.out / "metrics.jsonl").read_text().splitlines())
        return [line for line in lines if "loss" in line]

    def test_trains_and_converts(self) -> None:
        fit(self.model, self.data, self.data.packs[:1], RECIPE, self.out)
        metrics = [json.loads(line) for line in (self.out / "metrics.jsonl").read_text().splitlines()]
        losses = [line["validation"] for line in metrics if "validation" in line]
        self.assertLess(losses[-1], losses[0])
        write_adapter(self.out / "checkpoint.pt", self.out / "adapter.gguf")
        read = GGUFReader(self.out / "adapter.gguf")
        self.assertEqual(read.fields["rowbot.prompt_version"].contents(), "v1")
        self.assertEqual(read.fields["rowbot.base"].contents(), "base-1")
        adapter = read_adapter(self.out / "adapter.gguf")
        self.assertEqual(adapter.kind, (2, 4, "base-1", "v1"))
        self.assertEqual(len(adapter.matrices), LAYERS * 7)
        for name, layer in self.model.adapters().items():
            np.testing.assert_allclose(adapter.matrices[name]["a"], layer.lora_a.detach(), atol=1e-3)
            np.testing.assert_allclose(adapter.matrices[name]["b"], layer.lora_b.detach(), atol=1e-3)

    def test_interrupted_at_any_step_it_ends_where_it_would_have(self) -> None:
        fit(self.model, self.data, [], RECIPE, self.out / "whole")
        wanted = adapter_state(self.model)
        for broken_at in range(1, 4):
            out = self.out / f"broken-{broken_at}"
            model = self.fresh()
            forward, calls = model.forward, iter(range(10))

            def breaking(pack: Pack) -> torch.Tensor:
                if next(calls) == broken_at:  # noqa: B023
                    raise Broken
                return forward(pack)  # noqa: B023

            with mock.patch.object(model, "forward", breaking), self.assertRaises(Broken):
                fit(model, self.data, [], RECIPE, out)
            again = self.fresh()
            fit(again, self.data, [], RECIPE, out)
            for name, pair in adapter_state(again).items():
                torch.testing.assert_close(pair, wanted[name])

    def test_goes_on_only_with_what_it_was_begun_with(self) -> None:
        fit(self.model, self.data, [], RECIPE, self.out)
        fit(self.model, self.data, [], RECIPE, self.out)
        self.assertEqual(len(self.steps()), 4)
        other = make_pack([5, 6, 7], [([8, 9], [10, 11]), ([12], [13, 15])])
        others = {
            "another recipe": (self.data, [], replace(RECIPE, learning_rate=1e-5)),
            "another prompt version": (replace(self.data, prompt_version="v2"), [], RECIPE),
            "another base": (replace(self.data, base="base-2"), [], RECIPE),
            "other --data": (replace(self.data, packs=[other, *self.data.packs[1:]]), [], RECIPE),
            "other --data or --pack-tokens": (replace(self.data, packs=self.data.packs[:3]), [], RECIPE),
            "other --validation": (self.data, self.data.packs[:1], RECIPE),
        }
        for said, (data, validation, recipe) in others.items():
            with self.assertRaisesRegex(ValueError, said):
                fit(self.model, data, validation, recipe, self.out)
        narrow = Qwen2(self.base, rank=2, alpha=4, dtype=torch.bfloat16)
        with self.assertRaisesRegex(ValueError, "another --dtype"):
            fit(narrow, self.data, [], RECIPE, self.out)
        self.assertEqual(len(self.steps()), 4)

    def test_a_checkpoint_from_before_data_were_noted_goes_on_with_a_warning(self) -> None:
        fit(self.model, self.data, [], RECIPE, self.out)
        kept = torch.load(self.out / "checkpoint.pt", weights_only=False)
        save_checkpoint(self.out / "checkpoint.pt", {key: kept[key] for key in kept.keys() - {"packs", "validation", "precision"}})
        with redirect_stdout(io.StringIO()) as said:
            fit(self.model, self.data, [], RECIPE, self.out)
        self.assertRegex(said.getvalue(), "warning: .*too old to say whether it was made with other --data")
        self.assertIn("going on at step 4", said.getvalue())

    def test_begins_with_the_adapter_of_another_run(self) -> None:
        fit(self.model, self.data, [], RECIPE, self.out / "first")
        first, checkpoint = adapter_state(self.model), self.out / "first" / "checkpoint.pt"
        second = self.fresh()
        fit(second, self.data, [], replace(RECIPE, learning_rate=0.0, seed=2), self.out / "second", begin_with=checkpoint)
        torch.testing.assert_close(adapter_state(second), first)
        shipped = self.out / "adapter.gguf"
        write_adapter(checkpoint, shipped)
        third = self.fresh()
        fit(third, self.data, [], replace(RECIPE, learning_rate=0.0, seed=3), self.out / "third", begin_with=shipped)
        torch.testing.assert_close(adapter_state(third), first, atol=1e-3, rtol=0)
        for data in (replace(self.data, prompt_version="v2"), replace(self.data, base="base-2")):
            with self.assertRaisesRegex(ValueError, "can't begin with it"):
                fit(self.fresh(), data, [], RECIPE, self.out / "fourth", begin_with=shipped)
        with self.assertRaisesRegex(ValueError, "no LoRA adapter"):
            fit(self.fresh(), self.data, [], RECIPE, self.out / "fifth", begin_with=self.base)

    def test_averages_adapters(self) -> None:
        files = [self.out / "first" / "checkpoint.pt", self.out / "second" / "checkpoint.pt"]
        fit(self.model, self.data, [], RECIPE, files[0].parent)
        second = self.fresh()
        fit(second, self.data, [], RECIPE, files[1].parent, begin_with=files[0])
        average(files, [1.0, 3.0], self.out / "mean.pt")
        both = adapter_state(self.model), adapter_state(second)
        for name, pair in torch.load(self.out / "mean.pt", weights_only=False)["adapter"].items():
            for part, matrix in pair.items():
                torch.testing.assert_close(matrix, 0.25 * both[0][name][part] + 0.75 * both[1][name][part])
        write_adapter(self.out / "mean.pt", self.out / "mean.gguf")
        with self.assertRaisesRegex(ValueError, "as many --weights"):
            average(files, [1.0], self.out / "none.pt")
        fit(self.fresh(), replace(self.data, base="base-2"), [], RECIPE, self.out / "other")
        with self.assertRaisesRegex(ValueError, "another rank"):
            average([files[0], self.out / "other" / "checkpoint.pt"], [1.0, 1.0], self.out / "none.pt")

    def test_a_file_that_is_no_checkpoint_is_refused(self) -> None:
        text, other = self.out / "text.pt", self.out / "other.pt"
        text.write_text("# no checkpoint")
        torch.save([1, 2], other)
        for file, said in ((text, "can't be read as a checkpoint"), (other, "holds no adapter")):
            with redirect_stderr(io.StringIO()) as errors, mock.patch.object(sys, "argv", _convert(file, self.out / "adapter.gguf")):
                self.assertEqual(main(), 1)
            self.assertIn(said, errors.getvalue())

    def test_nan_stops_with_the_last_good_state(self) -> None:
        forward, calls, states = self.model.forward, iter(range(10)), []

        def breaking(pack: Pack) -> torch.Tensor:
            states.append(adapter_state(self.model))
            if next(calls) == 2:
                self.model.layers[0].attn_norm.fill_(float("nan"))
            return forward(pack)

        with mock.patch.object(self.model, "forward", breaking):
            with self.assertRaisesRegex(FloatingPointError, "last good state: --begin-with it"):
                fit(self.model, self.data, [], RECIPE, self.out)
        kept = torch.load(self.out / "checkpoint.pt", weights_only=False)
        self.assertEqual(kept["step"], 2)
        torch.testing.assert_close(kept["adapter"], states[2])
        advised = replace(RECIPE, learning_rate=1e-5)
        fit(self.fresh(), self.data, [], advised, self.out / "lower", begin_with=self.out / "checkpoint.pt")

    def test_a_conversion_that_is_cut_off_leaves_the_adapter_that_was_there(self) -> None:
        fit(self.model, self.data, [], RECIPE, self.out)
        checkpoint, adapter = self.out / "checkpoint.pt", self.out / "adapter.gguf"
        write_adapter(checkpoint, adapter)
        before = adapter.read_bytes()
        full = mock.patch.object(GGUFWriter, "write_tensors_to_file", side_effect=OSError("No space left on device"))
        with full, self.assertRaises(OSError):
            write_adapter(checkpoint, adapter)
        self.assertEqual(adapter.read_bytes(), before)
        self.assertEqual([file.name for file in self.out.glob("adapter*")], ["adapter.gguf"])

    def test_stops_when_the_held_back_loss_no_longer_falls(self) -> None:
        recipe = replace(RECIPE, learning_rate=0.0, validate_every=1, patience=2, epochs=4)
        fit(self.model, self.data, self.data.packs[:1], recipe, self.out)
        self.assertEqual(len(self.steps()), 3)

    @unittest.skipUnless(importlib.util.find_spec("bitsandbytes"), "bitsandbytes is not installed (uv sync --extra cuda)")
    def test_trains_on_a_base_of_four_bits(self) -> None:
        model = Qwen2(self.base, rank=2, alpha=4, dtype=torch.float32, four_bit=True)
        whole, packed = (one.layers[0].ffn_up.weight_of() for one in (self.model, model))
        self.assertLess((whole - packed).abs().mean(), 0.2 * whole.abs().mean())
        fit(model, self.data, self.data.packs[:1], replace(RECIPE, epochs=3), self.out)
        metrics = [json.loads(line) for line in (self.out / "metrics.jsonl").read_text().splitlines()]
        losses = [line["validation"] for line in metrics if "validation" in line]
        self.assertLess(losses[-1], losses[0])

    def test_broken_line_is_named(self) -> None:
        file = self.out / "data.jsonl"
        file.write_text('{"promptVersion": "v1", "base": {"hash": "b"}}\n{"prefix": [')
        with self.assertRaisesRegex(ValueError, "line 2"):
            read_packs(file, None, {}, 100)
        file.write_text('{"promptVersion": "v1", "base": {"hash": "b"}}\n{"prefix": []}')
        with self.assertRaisesRegex(ValueError, "line 2: .*examples is missing"):
            read_packs(file, None, {}, 100)

    def test_wandb_without_the_package_says_what_to_do(self) -> None:
        hidden = mock.patch.dict(sys.modules, {"wandb": None})
        with mock.patch.dict(os.environ, {"WANDB_API_KEY": "key"}), hidden:
            with self.assertRaisesRegex(ValueError, "uv sync --extra wandb"):
                fit(self.model, self.data, [], RECIPE, self.out)


class CommandLine(unittest.TestCase):
    """The programs as people start them."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.out = Path(folder.name)
        self.base = write_tiny(self.out / "tiny.gguf", untied=True)

    def command(self, *flags: str, stamp: str | None = None, examples: int = 3) -> list[str]:
        text = lambda said: [{"kind": "text", "text": said}]  # noqa: E731
        one = {"prompt": text("How many?"), "completion": text("SELECT count(*) FROM t")}
        head = {"promptVersion": "v1", "base": {"hash": stamp or base_hashes(self.base).pop()}}
        lines = [head, *({"prefix": text(f"CREATE TABLE t{i}"), "examples": [one]} for i in range(examples))]
        data = self.out / "data.jsonl"
        data.write_text("\n".join(map(json.dumps, lines)))
        given = ["--base", str(self.base), "--data", str(data), "--out", str(self.out / "run"), "--device", "cpu"]
        return [sys.executable, "-m", "train", "fit", *given, *flags]

    def test_another_base_is_refused(self) -> None:
        ran = subprocess.run(self.command(stamp="another"), capture_output=True, text=True)
        self.assertEqual(ran.returncode, 1)
        self.assertIn("exported for another model", ran.stderr)

    def test_four_bits_without_a_gpu_says_what_to_do(self) -> None:
        ran = subprocess.run(self.command("--four-bit"), capture_output=True, text=True)
        self.assertEqual(ran.returncode, 1)
        self.assertIn("need a CUDA GPU: leave --four-bit out", ran.stderr)

    def test_without_enough_memory_it_says_what_to_do(self) -> None:
        ran = subprocess.run(self.command("--rank", str(10**12)), capture_output=True, text=True)
        self.assertEqual(ran.returncode, 1)
        self.assertRegex(ran.stderr, "^error: there is not enough memory to train this model: lower --pack-tokens")

    def test_without_enough_memory_on_a_gpu_it_says_the_same(self) -> None:
        full = torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 20 MiB.\nOf the allocated memory 1 GiB is PyTorch's.")
        argv = mock.patch.object(sys, "argv", self.command()[2:])
        with argv, mock.patch("train.__main__.fit", side_effect=full), redirect_stderr(io.StringIO()) as said:
            self.assertEqual(main(), 1)
        self.assertIn("not enough memory to train this model", said.getvalue())
        self.assertIn("the last checkpoint is kept (CUDA out of memory. Tried to allocate 20 MiB.)", said.getvalue())

    def test_ended_by_a_signal_it_goes_on(self) -> None:
        command = self.command("--rank", "2", examples=400)
        environment = {name: value for name, value in os.environ.items() if name != "WANDB_API_KEY"}
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as running:
            for line in running.stdout or ():
                if '"step": 3,' in line:
                    running.send_signal(signal.SIGTERM)
                    break
            rest = running.stdout.read()
        self.assertEqual(running.returncode, 0)
        self.assertIn("by a signal", rest)
        step = torch.load(self.out / "run" / "checkpoint.pt", weights_only=False)["step"]
        self.assertLess(step, 400)
        ran = subprocess.run(command, capture_output=True, text=True, env=environment)
        self.assertIn(f"going on at step {step}", ran.stdout)
        self.assertIn('"step": 400', ran.stdout)


if __name__ == "__main__":
    unittest.main()
