"""What a run says of itself: a line to the terminal and to a file, and to Weights & Biases where its key is set."""

from __future__ import annotations

import json
import os
import uuid
from pathlib import Path
from types import TracebackType

KEY = "WANDB_API_KEY"


class Metrics:
    """Appends to metrics.jsonl in the folder of a run."""

    def __init__(self, out: Path, recipe: dict[str, object]):
        self._run = _open_wandb(out, recipe) if os.environ.get(KEY) else None
        self._file = (out / "metrics.jsonl").open("a", encoding="utf-8")

    def say(self, step: int, **values: object) -> None:
        line = json.dumps({"step": step, **values})
        self._file.write(line + "\n")
        self._file.flush()
        print(line, flush=True)
        if self._run is not None:
            self._run.log(values, step=step)

    def __enter__(self) -> Metrics:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._file.close()
        if self._run is not None:
            self._run.finish(exit_code=0 if kind is None else 1)


def _open_wandb(out: Path, recipe: dict[str, object]):
    try:
        import wandb
    except ImportError as error:
        raise ValueError(f"{KEY} is set, but wandb is not installed: `uv sync --extra wandb`, or unset {KEY}") from error
    # A run that goes on after an interruption is the same run there.
    name = out / "wandb-run"
    if not name.exists():
        name.write_text(uuid.uuid4().hex)
    return wandb.init(project="rowbot", name=out.name, id=name.read_text(), resume="allow", dir=out, config=recipe)
