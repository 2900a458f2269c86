"""A county with outputs of an earlier run, and a process that can be broken while it makes the next ones."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.atomicity.runner import Runner
from tests.atomicity.variants import make_inbox

if TYPE_CHECKING:
    from collections.abc import Iterator

MEMORY = Path("/dev/shm")  # noqa: S108 - a disk that does not wait for its plates


@contextmanager
def in_memory() -> Iterator[Path]:
    home = MEMORY if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) else None
    folder = Path(tempfile.mkdtemp(prefix="atomicity-", dir=home))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def folder() -> Iterator[Path]:
    """An empty folder."""
    with in_memory() as made:
        yield made


@pytest.fixture(scope="module")
def county() -> Iterator[Path]:
    """A folder with an inbox; the place of the output folder is `out` beside it."""
    with in_memory() as made:
        make_inbox(made / "inbox")
        yield made


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runner]:
    """Skips where strace cannot break system calls."""
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed")
    folder = tmp_path_factory.mktemp("strace")
    made = Runner(folder / "log")
    try:
        made.publish(folder / "out", "old", "-e", "trace=rename", "-e", "inject=rename:error=EIO:when=30000")
    except PermissionError as refusal:
        made.close()
        pytest.skip(f"strace may not watch another process here: {refusal}")
    yield made
    made.close()
