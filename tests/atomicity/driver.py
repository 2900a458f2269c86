"""A process that publishes on demand, so that a thousand broken runs do not cost a thousand starts of Python.

It prints `ready`, then obeys lines on its input: `FOLDER VARIANT` makes a child, which prints its number, waits for
another line and publishes into the folder. A line with the problem's sentence follows, where there is one; at last a
line tells how the child ended: `exit CODE` or `signal NUMBER`. What it says and hears itself goes through `readv` and
`writev`, so that it never counts among the calls that are broken.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import tempfile
from pathlib import Path

from consolidator.errors import EnvironmentProblem
from consolidator.terms import catalogue
from consolidator.write import publish
from tests.atomicity.variants import variant

_PR_SET_PTRACER = 0x59616D61


def main() -> None:
    with tempfile.TemporaryDirectory() as warm:  # imports whatever a run imports
        publish(variant("old", Path(warm) / "inbox"), Path(warm) / "out")
    told("ready")
    while order := line():
        folder, name = order.rsplit(" ", 1)
        child = os.fork()
        if not child:
            sys.exit(obey(Path(folder), name))
        status = os.waitpid(child, 0)[1]
        told(f"signal {os.WTERMSIG(status)}" if os.WIFSIGNALED(status) else f"exit {os.WEXITSTATUS(status)}")


def obey(folder: Path, name: str) -> int:
    """The child: publish, tell what stands in the way; the exit code of the command line for it."""
    ctypes.CDLL(None).prctl(_PR_SET_PTRACER, -1, 0, 0, 0)  # where only a parent may trace, anybody may
    result = variant(name, folder.parent / "inbox")
    told(str(os.getpid()))
    line()
    try:
        publish(result, folder)
    except EnvironmentProblem as problem:
        told(catalogue("zh").sentence(problem.code, "", problem.details))
        return problem.exit_code
    except KeyboardInterrupt:
        return 130
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    return 0


def line() -> str:
    """One line of the input, and not a byte more: the rest belongs to others."""
    text, byte = b"", bytearray(1)
    while os.readv(0, [byte]) and byte != b"\n":
        text += byte
    return text.decode()


def told(text: str) -> None:
    os.writev(1, [f"{text}\n".encode()])


if __name__ == "__main__":
    main()
