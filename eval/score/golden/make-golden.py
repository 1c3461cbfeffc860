"""Makes the golden cases of the scoring rule by running the reference on synthetic data.

    pip install sqlparse==0.6.1 nltk==3.10.4 tqdm==4.70.1 sacrebleu==2.6.0 rouge-score==0.1.2
    python3 make-golden.py PATH/TO/test-suite-sql-eval PATH/TO/mini_dev/evaluation/evaluation_f1.py

Writes databases.json, tables.json and, with one case a line and what the reference says of it, result-pairs.jsonl, sql-pairs.jsonl,
without-distinct.jsonl, plugged.jsonl, exact-set.jsonl, bird.jsonl, text.jsonl and bleu.jsonl beside itself. The texts are scored by
sacreBLEU and Google's rouge-score, Soft-F1 by BIRD's own function. Two parts of the reference are replaced: NLTK is called without its
model for sentences (a query is one), and databases are made anew for every pair, since predictions may write.
"""

import ast
import contextlib
import io
import json
import os
import random
import sqlite3
import sys
import tempfile

sys.path.insert(0, sys.argv[1])

import nltk  # noqa: E402
import sacrebleu  # noqa: E402
import sqlparse  # noqa: E402
from rouge_score import rouge_scorer  # noqa: E402

nltk.word_tokenize = nltk.tokenize.NLTKWordTokenizer().tokenize

import evaluation  # noqa: E402
import exec_eval  # noqa: E402
from parse import get_all_preds_for_execution, remove_distinct  # noqa: E402

from pairs import DATABASES, EXACT, PAIRS, PLUG_PAIRS, TABLES, TEXTS  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))


def write(name, cases):
    with open(os.path.join(HERE, name), "w", encoding="utf-8") as file:
        for case in cases:
            file.write(json.dumps(case, ensure_ascii=False, separators=(",", ":")) + "\n")
    print(name, len(cases))


# Results


def tagged(value):
    if value is None:
        return None
    if isinstance(value, bytes):
        return "b" + value.hex()
    return {int: "i", float: "r", str: "t"}[type(value)] + (value if isinstance(value, str) else repr(value))


VALUES = [None, 0, 1, 2, 10, 1.0, 1.5, 2.0, 0.5, 10.0, 10.5, "1", "1.0", "a", "b", "A", "", b"a", b"", -1, 1e16, 10**16, 2**53 + 1]
FEW = [0, 1, 1.0, 1.5, "1", "a", None]


def random_table(rng, values, max_rows, max_width):
    width = rng.randint(1, max_width)
    return [tuple(rng.choice(values) for _ in range(width)) for _ in range(rng.randint(1, max_rows))]


def permuted(rng, table):
    order = list(range(len(table[0])))
    rng.shuffle(order)
    return [tuple(row[at] for at in order) for row in table]


def shuffled(rng, table):
    rows = list(table)
    rng.shuffle(rows)
    return rows


def retyped(rng, table):
    def other(value):
        if type(value) is int:
            return float(value)
        if type(value) is float and value.is_integer():
            return int(value)
        return value

    return [tuple(other(value) if rng.random() < 0.6 else value for value in row) for row in table]


def one_changed(rng, table):
    rows = [list(row) for row in table]
    row = rng.choice(rows)
    row[rng.randrange(len(row))] = rng.choice(VALUES)
    return [tuple(row) for row in rows]


def columns_crossed(rng, table):
    """Every column keeps its values, but the rows are others."""
    columns = [shuffled(rng, column) for column in zip(*table)]
    return list(zip(*columns))


def one_doubled(rng, table):
    rows = list(table)
    rows[rng.randrange(len(rows))] = rng.choice(table)
    return rows


CHANGES = [permuted, shuffled, retyped, one_changed, columns_crossed, one_doubled]

ODD_RESULTS = [
    ([], []),
    ([], [(1,)]),
    ([(None,)], []),
    ([(1, 2)], [(1,)]),
    ([(1,)], [(1, 1)]),
    ([(1, 1.5)], [(1.0, 1.5)]),
    ([(10, 10.5)], [(10.0, 10.5)]),
    ([(1, "1.5")], [(1.0, "1.5")]),
    ([(1, "1")], [("1", 1)]),
    ([(2**53 + 1,)], [(float(2**53),)]),
    ([(2**53,)], [(float(2**53),)]),
    ([(10**16, "1")], [(1e16, "1")]),
    ([(10**16, 10**16 + 1)], [(1e16, 10**16 + 1)]),
    ([(0.0, "x")], [(-0.0, "x")]),
    ([(0, "-0.1")], [(-0.0, "-0.1")]),
    ([(float("inf"),)], [(float("inf"),)]),
    ([(float("inf"), 1)], [(1, float("-inf"))]),
    ([(1e-7, 1)], [(1, 1e-7)]),
    ([(0.00001, "1")], [("1", 0.00001)]),
    ([(True and 1,)], [(1.0,)]),
    ([("a",)], [(b"a",)]),
    ([("é",)], [("e\u0301",)]),
    ([("\U0001f600", "\uffee")], [("\uffee", "\U0001f600")]),
    ([(None, "None")], [("None", None)]),
    ([(None,)], [("None",)]),
    ([(1,), (1,), (2,)], [(1,), (2,), (2,)]),
    ([(1, "a"), (2, "b")], [(1, "b"), (2, "a")]),
    ([(1, 2), (2, 1)], [(2, 1), (1, 2)]),
    ([(1, 2), (2, 1), (1, 2)], [(2, 1), (1, 2), (2, 1)]),
    ([(1, 1, 2, 2), (2, 2, 1, 1)], [(1, 2, 1, 2), (2, 1, 2, 1)]),
    ([(1, 1, 2, 2), (2, 1, 1, 2)], [(1, 2, 1, 2), (2, 1, 2, 1)]),
    ([(1, 2, 3, 4), (4, 3, 2, 1)], [(4, 3, 2, 1), (1, 2, 3, 4)]),
    ([(0, 0, 1), (0, 1, 0), (1, 0, 0)], [(1, 0, 0), (0, 0, 1), (0, 1, 0)]),
    ([(0, 0, 1), (0, 1, 0), (1, 0, 1)], [(1, 0, 0), (1, 0, 1), (0, 1, 0)]),
    ([(None,) * 7], [(None,) * 7]),
]


def result_pairs():
    rng = random.Random(2026)
    pairs = list(ODD_RESULTS)
    while len(pairs) < 260:
        table = random_table(rng, rng.choice([VALUES, FEW, FEW]), 5, 4)
        other = table
        for change in rng.sample(CHANGES, rng.randint(1, 3)):
            other = change(rng, other)
        pairs.append((table, other))
    cases = []
    for expected, actual in pairs:
        as_tags = [[[tagged(value) for value in row] for row in table] for table in (expected, actual)]
        same = [int(exec_eval.result_eq(expected, actual, order_matters=ordered)) for ordered in (False, True)]
        cases.append([*as_tags, *same])
    return cases


# SQL


def make_databases(folder, scripts):
    paths = []
    for index, script in enumerate(scripts):
        path = os.path.join(folder, f"db{index}.sqlite")
        connection = sqlite3.connect(path)
        connection.executescript(script)
        connection.close()
        paths.append(path)
    return paths[0]


def verdict(names, gold, predicted, plug_value, keep_distinct):
    """1 or 0; -1 where the gold query fails; -2 where the reference itself breaks down."""
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
        database = make_databases(folder, [DATABASES[name] for name in names])
        try:
            # evaluation.py does this to every prediction.
            predicted = predicted.replace("value", "1")
            return exec_eval.eval_exec_match(database, predicted, gold, plug_value, keep_distinct, False)
        except AssertionError as error:
            return -1 if "gold query" in str(error) else -2
        except IndexError:
            return -2


def sql_pairs():
    cases = []
    for names, gold, predicted in PAIRS:
        for keep_distinct in (False, True):
            cases.append([names, gold, predicted, 0, int(keep_distinct), verdict(names, gold, predicted, False, keep_distinct)])
    for names, gold, predicted in PLUG_PAIRS:
        for plug_value in (False, True):
            cases.append([names, gold, predicted, int(plug_value), 0, verdict(names, gold, predicted, plug_value, False)])
    return cases


def without_distinct():
    texts = sorted({text for pair in PAIRS + PLUG_PAIRS for text in pair[1:] if text.strip()} | set(TEXTS))
    return [[text, remove_distinct(exec_eval.postprocess(text))] for text in texts]


def plugged():
    cases = []
    for _, gold, predicted in PLUG_PAIRS:
        count, filled = get_all_preds_for_execution(gold, predicted)
        if count <= 64:
            cases.append([gold, predicted, sorted(set(filled))])
    return cases


# Exact-set match

EMPTY = {
    "except": None, "from": {"conds": [], "table_units": []}, "groupBy": [], "having": [], "intersect": None, "limit": None,
    "orderBy": [], "select": [False, []], "union": None, "where": [],
}


def exact_set():
    keys = evaluation.build_foreign_key_map(TABLES)
    cases = []
    with tempfile.TemporaryDirectory() as folder:
        schema = evaluation.Schema(evaluation.get_schema(make_databases(folder, [DATABASES["trees"]])))
        for gold, predictions in EXACT + [(gold, [predicted]) for names, gold, predicted in PAIRS if names == ["trees"]]:
            for predicted in predictions:
                cases.append([gold, predicted, *exact_score(schema, keys, gold, predicted)])
    return cases


def exact_score(schema, keys, gold, predicted):
    """Class and score; null and null where the gold query cannot be read."""

    def rebuilt(sql):
        columns = evaluation.build_valid_col_units(sql["from"]["table_units"], schema)
        return evaluation.rebuild_sql_col(columns, evaluation.rebuild_sql_val(sql), keys)

    evaluator = evaluation.Evaluator()
    try:
        gold_sql = evaluation.get_sql(schema, gold)
    except Exception:
        return None, None
    try:
        predicted_sql = evaluation.get_sql(schema, predicted)
    except Exception:
        predicted_sql = json.loads(json.dumps(EMPTY))
    hardness = evaluator.eval_hardness(gold_sql)
    return hardness, int(evaluator.eval_exact_match(rebuilt(predicted_sql), rebuilt(gold_sql)))


# BIRD


def functions_of(path):
    """The functions of a script whose imports need more than is here."""
    with open(path, encoding="utf-8") as file:
        tree = ast.parse(file.read())
    tree.body = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("calculate_")]
    names = {}
    exec(compile(tree, path, "exec"), names)
    return names


def bird():
    soft_f1 = functions_of(sys.argv[2])["calculate_f1_score"]
    rng = random.Random(7)
    pairs = [(expected, actual) for expected, actual in ODD_RESULTS if expected != [] or actual == []]
    while len(pairs) < 120:
        table = random_table(rng, rng.choice([VALUES, FEW]), 5, 3)
        other = table
        for change in rng.sample(CHANGES + [lambda rng, rows: rows[:-1], lambda rng, rows: [row[:1] for row in rows]], rng.randint(1, 3)):
            other = change(rng, other) if other else other
        pairs.append((table, other))
    cases = []
    for expected, actual in pairs:
        as_tags = [[[tagged(value) for value in row] for row in table] for table in (expected, actual)]
        cases.append([*as_tags, int(set(actual) == set(expected)), soft_f1(actual, expected)])
    return cases


# Texts


class Spaces:
    def tokenize(self, text):
        return text.split(" ") if text else []


def normalised(sql):
    tokens = []
    for token in sqlparse.parse(sql)[0].flatten():
        if token.is_whitespace or token.ttype in sqlparse.tokens.Comment:
            continue
        if token.ttype in sqlparse.tokens.String:
            tokens.append("'" + token.value[1:-1].replace('""', '"').replace("''", "'") + "'")
        elif token.value[0] in "`[":
            tokens.append(token.value[1:-1].lower())
        else:
            tokens.extend(token.value.lower().replace("<>", "!=").split())
    while tokens and tokens[-1] == ";":
        tokens.pop()
    return tokens


def texts():
    scorer = rouge_scorer.RougeScorer(["rouge1", "rouge2", "rougeL"])
    bag = rouge_scorer.RougeScorer(["rouge1"], tokenizer=Spaces())
    variants = [
        ("SELECT a FROM t WHERE b = 'X'", 'select  A\nfrom T where B="X";'),
        ("SELECT a FROM t WHERE b = 'X'", "SELECT a FROM t WHERE b = 'x'"),
        ("SELECT a FROM t WHERE b <> 1", "SELECT a FROM t WHERE b!=1 -- not one"),
        ("SELECT a FROM t", "SELECT `a` FROM [t]"),
        ("SELECT a FROM t", "SELECT a, a FROM t"),
        ("SELECT count(*) FROM t", "SELECT COUNT ( * ) FROM t ;"),
    ]
    pairs = variants + [(gold, predicted) for names, gold, predicted in PAIRS if names == ["trees"] and predicted.strip(" ;") and "--" not in gold + predicted and ";" not in gold + predicted]
    cases = []
    for gold, predicted in pairs:
        of = scorer.score(gold, predicted)
        spaced = [" ".join(normalised(text)).replace("\n", " ") for text in (gold, predicted)]
        scores = [of[name].fmeasure for name in ("rouge1", "rouge2", "rougeL")]
        cases.append([gold, predicted, int(normalised(gold) == normalised(predicted)), *spaced, bag.score(*spaced)["rouge1"].fmeasure, *scores])
    return cases


def bleu():
    pairs = [(gold, predicted) for gold, predictions in EXACT for predicted in predictions if gold and predicted]
    cases = []
    for start in range(0, len(pairs), 9):
        corpus = [tuple(" ".join(normalised(text)) for text in pair) for pair in pairs[start : start + 9]]
        score = sacrebleu.corpus_bleu([predicted for _, predicted in corpus], [[gold for gold, _ in corpus]], tokenize="none", force=True)
        cases.append([corpus, score.score])
    short = [("select a from t", "select a"), ("select a from t", "b c d e f"), ("a b c d", "a b c d e f g"), ("a b c d e", "a x b y c z d")]
    for pair in short:
        score = sacrebleu.corpus_bleu([pair[1]], [[pair[0]]], tokenize="none", force=True)
        cases.append([[pair], score.score])
    return cases


if __name__ == "__main__":
    write("result-pairs.jsonl", result_pairs())
    for name, content in (("databases.json", DATABASES), ("tables.json", [TABLES])):
        with open(os.path.join(HERE, name), "w", encoding="utf-8") as file:
            json.dump(content, file, indent=2, ensure_ascii=False)
            file.write("\n")
    write("sql-pairs.jsonl", sql_pairs())
    write("without-distinct.jsonl", without_distinct())
    write("plugged.jsonl", plugged())
    write("exact-set.jsonl", exact_set())
    write("bird.jsonl", bird())
    write("text.jsonl", texts())
    write("bleu.jsonl", bleu())
