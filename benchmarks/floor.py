"""The floor: what no program can do without. Read, inflate and parse the same bytes; deflate the same output.

In: an inbox, a folder with the inflated parts of the outputs, a file to write. Out: one file of deflated parts. No cell
is looked at, no label found, nothing judged.
"""

from __future__ import annotations

import sys
import zipfile
import zlib
from io import BytesIO
from pathlib import Path
from xml.parsers import expat


def take_in(path: Path) -> None:
    """Read one file, inflate its sheets and strings, parse them with no handler at all."""
    content = path.read_bytes()
    if not content.startswith(b"PK"):
        return
    with zipfile.ZipFile(BytesIO(content)) as package:
        for name in package.namelist():
            if "/sheet" in name or name.endswith("sharedStrings.xml"):
                expat.ParserCreate().Parse(package.read(name), True)  # noqa: FBT003 - the last portion


def main(inbox: Path, parts: Path, out: Path) -> None:
    """Take every form in, put the same output out."""
    for path in sorted(path for path in inbox.rglob("*") if path.is_file()):
        take_in(path)
    with out.open("wb") as target:
        for part in sorted(parts.iterdir()):
            deflater = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -15)
            target.write(deflater.compress(part.read_bytes()) + deflater.flush())


def inflate_outputs(outputs: Path, parts: Path) -> None:
    """Lay the parts of a run's workbooks ready, inflated, and its other files beside them."""
    parts.mkdir(parents=True, exist_ok=True)
    for old in parts.iterdir():
        old.unlink()
    for path in sorted(outputs.glob("*.xlsx")):
        with zipfile.ZipFile(path) as package:
            for number, name in enumerate(package.namelist()):
                (parts / f"{path.stem}-{number:03d}").write_bytes(package.read(name))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))
