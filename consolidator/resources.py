"""Where the files that travel with the package lie: form definitions, the catalogue, the sample county.

In an installed wheel they are inside the package; in a checkout `schemas/` and `sample_workbooks/` stand beside it.
"""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """The folder `name` (`schemas`, `sample_workbooks`, `catalogue`) of this installation."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name
