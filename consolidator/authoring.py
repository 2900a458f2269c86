"""The second corridor: a form's way from a blank workbook to a definition, and from a definition to a page to sign.

In: paths as the command line gives them. Out: the path written. Never: a judgement of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from consolidator import write
from consolidator.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from consolidator.form import Form

_PAGES = frozenset({".html", ".htm"})


def write_page(form: Form, path: Path, language: str) -> Path:
    """The form as a page to print and sign. Raises `UsageError` E42 for a path that is no page's."""
    if path.suffix.lower() not in _PAGES:
        raise UsageError("E42", file=str(path))
    return write.save(write.form_page(form, language), path)
