"""Reads Spider's train split: questions, gold queries and databases. Dev is never opened here."""

from __future__ import annotations

import json
import random
import sqlite3
from dataclasses import dataclass
from functools import cache
from pathlib import Path

# In these databases of train_spider.json every table is empty.
WITHOUT_ROWS = frozenset({"baseball_1", "soccer_1", "music_2"})


@dataclass(frozen=True)
class Example:
    """One question of the train split with its gold query."""

    database: str
    question: str
    sql: str


class SpiderTrain:
    """The train split below a folder made by Spider's own archive (train_spider.json, database/)."""

    def __init__(self, folder: Path, held_back: frozenset[str] = frozenset()) -> None:
        if not (folder / "train_spider.json").is_file() or not (folder / "database").is_dir():
            raise FileNotFoundError(f"{folder} is not an unpacked Spider: train_spider.json and database/ are needed")
        self.folder = folder
        self.held_back = held_back

    def examples(self, others: bool = False, with_held_back: bool = False) -> list[Example]:
        """The examples in file order; train_others.json only if asked for; held-back databases only if asked for."""
        names = ["train_spider.json"] + (["train_others.json"] if others else [])
        return [
            Example(item["db_id"], item["question"], item["query"])
            for name in names
            for item in json.loads((self.folder / name).read_text(encoding="utf-8"))
            if with_held_back or item["db_id"] not in self.held_back
        ]

    def database_file(self, database: str) -> Path:
        return self.folder / "database" / database / f"{database}.sqlite"

    @cache
    def create_tables(self, database: str) -> str:
        """The database's CREATE TABLE statements, each on one line."""
        connection = sqlite3.connect(f"{self.database_file(database).resolve().as_uri()}?mode=ro", uri=True)
        connection.text_factory = lambda raw: raw.decode("utf-8", errors="replace")
        try:
            statements = connection.execute(
                "select sql from sqlite_master where type = 'table' and name not like 'sqlite_%' order by rowid"
            ).fetchall()
        finally:
            connection.close()
        return "\n".join(" ".join(sql.split()) + ";" for (sql,) in statements)


def read_held_back(file: Path) -> frozenset[str]:
    """The names of the databases that nothing may be counted, tuned or trained on."""
    return frozenset(json.loads(file.read_text(encoding="utf-8"))["databases"])


def measuring_sample(train: SpiderTrain, size: int, seed: int) -> list[Example]:
    """A seeded sample of train_spider.json over the databases with rows (held-back ones too: this only measures)."""
    return _shuffled(train, seed)[:size]


def tuning_sample(train: SpiderTrain, size: int, seed: int, after: int) -> list[Example]:
    """A sample to choose options on: behind the first `after` of the same shuffle, without held-back databases."""
    rest = _shuffled(train, seed)[after:]
    return [example for example in rest if example.database not in train.held_back][:size]


def _shuffled(train: SpiderTrain, seed: int) -> list[Example]:
    examples = [e for e in train.examples(with_held_back=True) if e.database not in WITHOUT_ROWS]
    random.Random(seed).shuffle(examples)
    return examples
