"""Measures a GGUF file's zero-shot execution accuracy on train questions with llama-server."""

from __future__ import annotations

import json
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections import defaultdict
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from queue import Empty, Queue

from .execution_accuracy import run_query, same_result, without_distinct
from .prompt import zero_shot_prompt
from .spider import Example, SpiderTrain

CONTEXT_PER_SLOT = 4096
MAX_NEW_TOKENS = 160
STOPS = [";", "```", "<|im_end|>"]
QUERY_TIMEOUT_S = 10.0
SERVER_START_S = 120


def measure(
    model: Path, train: SpiderTrain, sample: list[Example], server: Path, slots: int, threads: int, record: Path
) -> dict:
    """Answers every question of the sample greedily and scores the answers.

    Each answer is appended to `record` (JSON lines) as it comes; a second call with the same record goes on
    where the first one stopped.
    """
    known = _read_record(record)
    todo = [(i, e) for i, e in enumerate(sample) if i not in known]
    started = time.monotonic()
    with record.open("a", encoding="utf-8") as log:
        if todo:
            with running_server(server, model, slots, threads) as url:
                for answer in _answers(url, train, todo, slots):
                    log.write(json.dumps(answer, ensure_ascii=False) + "\n")
                    log.flush()
                    known[answer["index"]] = answer
    answers = [known[i] for i in range(len(sample))]
    return {
        "model": model.name,
        "date": date.today().isoformat(),
        "n": len(answers),
        "correct": sum(a["correct"] for a in answers),
        "accuracy": round(100 * sum(a["correct"] for a in answers) / len(answers), 1),
        "crashing": round(100 * sum(a["error"] is not None for a in answers) / len(answers), 1),
        "gold_failed": sum(a["gold_failed"] for a in answers),
        "seconds": round(time.monotonic() - started),
    }


@contextmanager
def running_server(server: Path, model: Path, slots: int, threads: int):
    """Starts llama-server on a free port and stops it at the end; yields its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        str(server), "-m", str(model), "--host", "127.0.0.1", "--port", str(port),
        "-np", str(slots), "-c", str(CONTEXT_PER_SLOT * slots), "-t", str(threads), "-tb", str(threads),
        "-ngl", "0", "-fa", "on", "--no-webui", "--no-warmup", "--cache-ram", "0",
    ]  # fmt: skip
    log_file = Path(f"{model}.server.log") if model.parent.is_dir() else Path("server.log")
    with log_file.open("w") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_until_healthy(url, process, log_file)
        yield url
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait_until_healthy(url: str, process: subprocess.Popen, log_file: Path) -> None:
    for _ in range(SERVER_START_S):
        if process.poll() is not None:
            raise RuntimeError(f"llama-server ended with code {process.returncode}; see {log_file}")
        try:
            urllib.request.urlopen(f"{url}/health", timeout=5).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(1)
    raise TimeoutError(f"llama-server was not ready after {SERVER_START_S} s; see {log_file}")


def _answers(url: str, train: SpiderTrain, todo: list[tuple[int, Example]], slots: int):
    """Yields scored answers; every slot takes whole databases, so that the schema stays in its cache."""
    groups = defaultdict(list)
    for index, example in todo:
        groups[example.database].append((index, example))
    waiting: Queue = Queue()
    for group in sorted(groups.values(), key=len, reverse=True):
        waiting.put(group)
    done: Queue = Queue()

    def work(slot: int) -> None:
        try:
            while True:
                for index, example in waiting.get_nowait():
                    done.put(_answer(url, train, index, example, slot))
        except Empty:
            done.put(None)
        except BaseException as error:
            done.put(error)

    for slot in range(slots):
        threading.Thread(target=work, args=(slot,), daemon=True).start()
    running = slots
    while running:
        result = done.get()
        if result is None:
            running -= 1
        elif isinstance(result, BaseException):
            raise result
        else:
            yield result


def _answer(url: str, train: SpiderTrain, index: int, example: Example, slot: int) -> dict:
    prompt = zero_shot_prompt(train.create_tables(example.database), example.question)
    reply = _complete(url, prompt, slot)
    sql = reply["content"].strip()
    file = train.database_file(example.database)
    gold = run_query(file, without_distinct(example.sql), QUERY_TIMEOUT_S * 3)
    predicted = run_query(file, without_distinct(sql), QUERY_TIMEOUT_S)
    correct = (
        gold.rows is not None
        and predicted.rows is not None
        and same_result(gold.rows, predicted.rows, "order by" in example.sql.lower())
    )
    return {
        "index": index,
        "database": example.database,
        "question": example.question,
        "gold": example.sql,
        "sql": sql,
        "correct": bool(correct),
        "error": predicted.error,
        "gold_failed": gold.rows is None,
        "tokens": reply.get("tokens_predicted"),
        "held_back": example.database in train.held_back,
    }


def _complete(url: str, prompt: str, slot: int) -> dict:
    body = {
        "prompt": prompt, "id_slot": slot, "cache_prompt": True, "n_predict": MAX_NEW_TOKENS,
        "temperature": 0, "top_k": 1, "stop": STOPS, "seed": 1,
    }  # fmt: skip
    request = urllib.request.Request(
        f"{url}/completion", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    try:
        with urllib.request.urlopen(request, timeout=600) as response:
            return json.load(response)
    except urllib.error.HTTPError as error:
        reason = error.read().decode(errors="replace")
        if "context" in reason:  # a schema longer than the slot counts as a wrong answer
            return {"content": "", "tokens_predicted": 0}
        raise RuntimeError(f"llama-server refused the prompt: {reason}") from error


def _read_record(record: Path) -> dict[int, dict]:
    record.parent.mkdir(parents=True, exist_ok=True)
    if not record.is_file():
        return {}
    return {a["index"]: a for a in map(json.loads, record.read_text(encoding="utf-8").splitlines())}
