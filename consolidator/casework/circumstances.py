"""What an answer depends on besides the file and the question: this very program, its readers, its Python.

In: nothing. Out: a text that is the same on two machines, or in two runs, only where they read alike.
"""

from __future__ import annotations

import hashlib
import os
import sys
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING

from consolidator import __version__
from consolidator.resources import PACKAGE

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    for name, path in sorted(_modules(os.fspath(PACKAGE))):
        with open(path, "rb") as file:  # noqa: PTH123 - hundreds at every start
            content = file.read()
        digest.update(f"{name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def _modules(folder: str, within: str = "") -> Iterator[tuple[str, str]]:
    """The program's modules: names with `/`, and where they are."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _modules(entry.path, f"{within}{entry.name}/")
            elif entry.name.endswith(".py"):
                yield f"{within}{entry.name}", entry.path
