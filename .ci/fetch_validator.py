"""Fetch a checker of Office Open XML packages (Microsoft's Open XML SDK, MIT licence) into a folder, once.

In: the folder. Out: `ooxml-validator` in it, of the version below and with its digest, or exit code 1 and the reason.
It is a program of its own: nothing of it is installed with the project, and only a slow test runs it.
"""

from __future__ import annotations

import base64
import hashlib
import io
import sys
import tarfile
import urllib.request
from pathlib import Path

VERSION = "0.4.0"
NAME = "ooxml-validator-linux-x64"
ADDRESS = f"https://registry.npmjs.org/@xarsh/{NAME}/-/{NAME}-{VERSION}.tgz"
SHA512 = "qmyVK79EDRCYjJ0n2BbWHcciDiVoFLl4T9nTZRiXWF71Y2/8dVh0t1srKMZPHOCeSEF+9reqyn5a7nCH0d+VKg=="
PROGRAM = "ooxml-validator"


def main(folder: Path) -> None:
    """Put the program into the folder, unless it lies there."""
    program = folder / PROGRAM
    if program.exists():
        return
    with urllib.request.urlopen(ADDRESS, timeout=120) as answer:
        content = answer.read()
    if base64.b64encode(hashlib.sha512(content).digest()).decode() != SHA512:
        sys.exit(f"{ADDRESS}: not what it was when it was chosen")
    with tarfile.open(fileobj=io.BytesIO(content)) as package:
        inside = package.extractfile(f"package/{PROGRAM}")
        if inside is None:
            sys.exit(f"{ADDRESS}: holds no {PROGRAM}")
        folder.mkdir(parents=True, exist_ok=True)
        part = program.with_suffix(".part")
        part.write_bytes(inside.read())
    part.chmod(0o755)
    part.rename(program)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
