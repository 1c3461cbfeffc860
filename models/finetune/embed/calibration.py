"""Calibration text: chats about train databases (Spider without the held-back ones, BIRD), four questions each."""

from __future__ import annotations

import gzip
import json
import random
import re
from collections import defaultdict
from pathlib import Path

from .prompt import completed, zero_shot_prompt
from .spider import SpiderTrain

QUESTIONS_PER_CHAT = 4
MAX_SCHEMA_CHARS = 2_500


def calibration_texts(train: SpiderTrain, extra: Path | None, seed: int) -> list[str]:
    """Shuffled chats: a schema, questions and their SQL in the format that models are measured with."""
    schemas: dict[str, str] = {}
    questions: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for example in train.examples():
        schemas[example.database] = train.create_tables(example.database)
        questions[example.database].append((example.question, example.sql))
    if extra is not None:
        for name, text in json.loads(gzip.decompress((extra / "bird_train_schemas.json.gz").read_bytes())).items():
            schemas[f"bird/{name}"] = re.sub(r"\s+", " ", text).strip()
        with gzip.open(extra / "bird_train.jsonl.gz", "rt", encoding="utf-8") as lines:
            for item in map(json.loads, lines):
                questions[f"bird/{item['db_id']}"].append((f"{item['question']} ({item['evidence']})", item["SQL"]))
    chance = random.Random(seed)
    texts = []
    for name in sorted(questions):
        if len(schemas[name]) <= MAX_SCHEMA_CHARS:
            chosen = chance.sample(questions[name], min(QUESTIONS_PER_CHAT, len(questions[name])))
            texts.append(_chat(schemas[name], chosen))
    chance.shuffle(texts)
    return texts


def _chat(schema: str, turns: list[tuple[str, str]]) -> str:
    (first, first_sql), *others = turns
    text = completed(zero_shot_prompt(schema, first), first_sql)
    for question, sql in others:
        text += completed(
            f"<|im_start|>user\n{question.strip()}<|im_end|>\n<|im_start|>assistant\n```sql\n", sql
        )
    return text
