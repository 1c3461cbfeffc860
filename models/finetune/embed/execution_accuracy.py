"""Decides whether two SQLite queries give the same result, as Spider's execution accuracy does."""

from __future__ import annotations

import re
import sqlite3
import time
from collections import Counter
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path

MAX_ROWS = 100_000
MAX_PERMUTATIONS = 5_040
STEPS_BETWEEN_CHECKS = 20_000


@dataclass(frozen=True)
class Outcome:
    """The rows of a query that ran, or the reason why it did not."""

    rows: list[tuple] | None
    error: str | None = None


def run_query(database: Path, sql: str, timeout_s: float) -> Outcome:
    """Runs one statement on a read-only connection and gives up after timeout_s."""
    deadline = time.monotonic() + timeout_s
    connection = sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)
    try:
        # Some of Spider's texts are not valid UTF-8.
        connection.text_factory = lambda raw: raw.decode("utf-8", errors="replace")
        connection.set_progress_handler(lambda: time.monotonic() > deadline, STEPS_BETWEEN_CHECKS)
        rows = connection.execute(sql).fetchmany(MAX_ROWS + 1)
        if len(rows) > MAX_ROWS:
            return Outcome(None, f"more than {MAX_ROWS} rows")
        return Outcome(rows)
    except (sqlite3.Error, sqlite3.Warning, ValueError) as error:
        return Outcome(None, str(error))
    finally:
        connection.close()


def without_distinct(sql: str) -> str:
    """The reference strips DISTINCT from both sides before it compares."""
    return re.sub(r"\bdistinct\b", " ", sql, flags=re.IGNORECASE)


def same_result(expected: list[tuple], actual: list[tuple], ordered: bool) -> bool:
    """True if the rows agree under some order of the columns: as lists if ordered, else as bags."""
    if not expected and not actual:
        return True
    if len(expected) != len(actual) or len(expected[0]) != len(actual[0]):
        return False
    expected_columns = [Counter(column) for column in zip(*expected)]
    actual_columns = [Counter(column) for column in zip(*actual)]
    choices = [
        [i for i, column in enumerate(actual_columns) if column == wanted] for wanted in expected_columns
    ]
    wanted_bag = None if ordered else Counter(expected)
    for tried, order in enumerate(_assignments(choices)):
        if tried == MAX_PERMUTATIONS:
            return False
        rows = [tuple(row[i] for i in order) for row in actual]
        if rows == expected if ordered else Counter(rows) == wanted_bag:
            return True
    return False


def _assignments(choices: list[list[int]]):
    """Every way to give each expected column another one of the actual columns that could be it."""
    if all(len(choice) == len(choices) for choice in choices):
        yield from permutations(range(len(choices)))
        return

    def extend(taken: tuple[int, ...]):
        if len(taken) == len(choices):
            yield taken
            return
        for column in choices[len(taken)]:
            if column not in taken:
                yield from extend((*taken, column))

    yield from extend(())
