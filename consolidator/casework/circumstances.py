"""What an answer depends on besides the file and the question: this very program, its readers, its Python.

In: nothing. Out: a text that is the same on two machines, or in two runs, only where they read alike.
"""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from importlib.metadata import version

from consolidator import __version__
from consolidator.resources import PACKAGE

_READERS = (
    "defusedxml", "msgspec", "msoffcrypto-tool", "olefile", "openpyxl", "python-calamine", "rapidfuzz", "xlrd",
)  # fmt: skip


@cache
def circumstances() -> str:
    """Versions, and a digest of this program's own text: one that was changed in place is another program."""
    libraries = " ".join(f"{name} {version(name)}" for name in _READERS)
    return f"{__version__} {_program()} Python {sys.version} {sys.platform} {libraries}"


def _program() -> str:
    digest = hashlib.sha256()
    for path in sorted(path for path in PACKAGE.rglob("*") if path.suffix == ".py"):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(PACKAGE).as_posix()} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()
