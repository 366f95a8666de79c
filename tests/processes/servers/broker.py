"""A Celery broker that is a folder, and answers beside it."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from celery import Celery  # type: ignore[import-not-found]


def connect(folder: Path) -> Any:
    """Return an application that takes its messages from the folder."""
    options = {}
    for option, name in (("data_folder_in", "in"), ("data_folder_out", "in"), ("control_folder", "control")):
        (folder / name).mkdir(exist_ok=True)
        options[option] = str(folder / name)
    app = Celery("tasks", broker="filesystem://")
    app.conf.update(
        broker_transport_options={**options, "polling_interval": 0.01},
        broker_connection_retry_on_startup=True,
        task_ignore_result=True,
        worker_prefetch_multiplier=1,
    )
    return app


def write_answer(folder: Path, number: int, answer: dict[str, object]) -> None:
    """Write it in one piece: Celery's own file results can be read half written."""
    path = folder / f"{number}.answer"
    path.with_suffix(".new").write_text(json.dumps(answer))
    os.rename(path.with_suffix(".new"), path)


def read_answers(folder: Path) -> dict[int, Any]:
    return {int(path.stem): json.loads(path.read_text()) for path in folder.glob("*.answer")}
