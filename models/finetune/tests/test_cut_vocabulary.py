import unittest
from collections import Counter

import numpy as np
from gguf import GGMLQuantizationType, GGUFValueType

from embed.bpe import build_tokenizer, byte_symbols
from embed.check_tokenizer import check_tokenizer
from embed.cut_vocabulary import choose_vocabulary, cut_vocabulary, special_tokens
from embed.gguf_model import GgufModel, Tensor, Value

MERGES = ["Ġ Ġ", "a b", "ab c", "b c", "Ġ abc", "Ġabc d", "c d", "cd e", "x y", "xy z"] + [
    f"{a} {b}" for a in "efgh" for b in "ijklmnopqrstuvw"
]
SPECIAL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]


def tiny_model() -> GgufModel:
    tokens = [*byte_symbols(), *(merge.replace(" ", "") for merge in MERGES), *SPECIAL, "[PAD1]"]
    rows = np.arange(len(tokens), dtype=np.float32)[:, None].repeat(32, axis=1)
    types = [1] * (256 + len(MERGES)) + [3] * len(SPECIAL) + [5]
    array = GGUFValueType.ARRAY
    return GgufModel(
        {
            "tokenizer.ggml.tokens": Value(tokens, array, GGUFValueType.STRING),
            "tokenizer.ggml.token_type": Value(types, array, GGUFValueType.INT32),
            "tokenizer.ggml.merges": Value(MERGES, array, GGUFValueType.STRING),
            "tokenizer.ggml.eos_token_id": Value(tokens.index("<|im_end|>"), GGUFValueType.UINT32),
        },
        {"token_embd.weight": Tensor(GGMLQuantizationType.F32, rows)},
    )


class CutVocabulary(unittest.TestCase):
    def setUp(self):
        self.base = tiny_model()
        wanted = Counter({self.base.tokens.index("Ġabcd"): 5, self.base.tokens.index("xyz"): 1})
        self.vocabulary = choose_vocabulary(self.base, wanted, 320)
        self.cut = cut_vocabulary(self.base, self.vocabulary)

    def test_keeps_bytes_specials_and_what_tokens_are_merged_from(self):
        self.assertEqual(len(self.cut.tokens), 320)
        for token in [*byte_symbols(), *SPECIAL, "Ġabcd", "Ġabc", "abc", "ab", "xyz", "xy"]:
            self.assertIn(token, self.cut.tokens)
        self.assertNotIn("[PAD1]", self.cut.tokens)

    def test_renumbers_ids_and_rows_together(self):
        eos = self.cut.metadata["tokenizer.ggml.eos_token_id"].value
        self.assertEqual(self.cut.tokens[eos], "<|im_end|>")
        rows = self.cut.tensors["token_embd.weight"].data[:, 0]
        self.assertEqual([self.base.tokens[int(row)] for row in rows], self.cut.tokens)

    def test_reads_texts_of_kept_tokens_alike(self):
        alike, total = check_tokenizer(self.base, self.cut, [" abcd abc xyz", "cdecd eiejek", "  xyz<|im_end|>abc"])
        self.assertGreater(alike, 3)
        self.assertGreater(total, alike - 1)

    def test_special_tokens_are_one_piece(self):
        tokenizer = build_tokenizer(self.cut.tokens, self.cut.merges, special_tokens(self.cut))
        self.assertEqual(tokenizer.encode("ab<|im_end|>").tokens, ["ab", "<|im_end|>"])

    def test_refuses_a_size_that_cannot_be_met(self):
        with self.assertRaisesRegex(ValueError, "multiple of 64"):
            choose_vocabulary(self.base, Counter(), 300)
        with self.assertRaisesRegex(ValueError, "could be chosen"):
            choose_vocabulary(self.base, Counter(), 640)


if __name__ == "__main__":
    unittest.main()
