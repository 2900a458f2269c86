"""One file of its own (a form's page, a drafted definition): finished beside its place, then put there in one step.

In: bytes, a path. Out: the absolute path. Raises `EnvironmentProblem` as a run does (E30 to E34); whatever goes wrong, a
file that stood there before still stands there whole.
"""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING

from consolidator.write.saving import disk
from consolidator.write.saving.trouble import translated

if TYPE_CHECKING:
    from pathlib import Path


def save(content: bytes, path: Path) -> Path:
    """Write `content` as the file `path`, whose folder is made if need be."""
    target = path.absolute()
    with translated(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
        try:
            with beside.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            disk.replace(beside, target)
        finally:
            beside.unlink(missing_ok=True)
    return target
