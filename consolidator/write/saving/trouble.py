"""What the operating system refuses, told as something a person can mend."""

from __future__ import annotations

import errno
from contextlib import contextmanager
from typing import TYPE_CHECKING

from consolidator.errors import EnvironmentProblem
from consolidator.terms import reason_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OPEN_ELSEWHERE = frozenset({5, 32, 33})
"""Windows: access denied, sharing violation, lock violation; what an open workbook or a virus scanner causes."""

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


class TargetBusyError(PermissionError):
    """A finished file could not be put in its place, because another program holds the old one."""


@contextmanager
def translated(out: Path) -> Iterator[None]:
    """Turn an OSError of the block into the EnvironmentProblem that names the file and what to do."""
    try:
        yield
    except OSError as error:
        raise problem(error, out) from error


def problem(error: OSError, out: Path) -> EnvironmentProblem:
    """The problem behind an OSError met while writing into `out`."""
    path = str(error.filename2 or error.filename or out)
    if error.errno in _FULL:
        return EnvironmentProblem("E30", path=str(out))
    if isinstance(error, TargetBusyError):
        return EnvironmentProblem("E31", path=path)
    if error.errno in _FORBIDDEN:
        return EnvironmentProblem("E32", path=path)
    return EnvironmentProblem("E34", path=path, reason=reason_of(error))
