"""What a Celery worker does: it answers bodies."""

from __future__ import annotations

import base64
import os
from pathlib import Path

import broker
import work

folder = Path(os.environ["HAZMAT_CELERY_FOLDER"])
app = broker.connect(folder)


@app.task(name="answer")  # type: ignore[untyped-decorator]
def answer(number: int, body: str) -> None:
    broker.write_answer(folder, number, work.answer(base64.b64decode(body)))
