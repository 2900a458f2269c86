"""All outputs change one after the other, with a journal: for systems without links, such as Windows.

While the exchange goes on, the folder holds the journal `swapping`. A run that dies in it leaves some files old and
some new until the next run, which finds the journal and puts the old ones back.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from consolidator.write.saving.disk import replace, settle, there

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_JOURNAL = "swapping"


def exchange(folder: Path, out: Path, names: Sequence[str]) -> None:
    """Put every file of `folder/new` in its place in `out`. `folder/old` holds the second names of those there now.

    On any failure the old files are put back before the exception goes on. An interrupt that comes when all is done
    comes too late.
    """
    kept = [name for name in names if there(_in(folder, "old", name))]
    journal = folder / _JOURNAL
    journal.write_text(json.dumps({"targets": list(names), "kept": kept}, ensure_ascii=False), encoding="utf-8")
    settle(journal, folder)
    try:
        for name in names:
            target = out.joinpath(*name.split("/"))
            target.parent.mkdir(parents=True, exist_ok=True)
            replace(_in(folder, "new", name), target)
        settle(*{out.joinpath(*name.split("/")).parent for name in names})
        journal.unlink()
    except BaseException:
        if not unfinished(folder):
            return
        undo(folder, out)
        raise


def unfinished(folder: Path) -> bool:
    """Whether a run died in its exchange, or could not undo it."""
    return there(folder / _JOURNAL)


def undo(folder: Path, out: Path) -> None:
    """Put back what an exchange replaced and take away what it added; the journal goes last. May be called again."""
    journal = folder / _JOURNAL
    for name, was_there in _entries(journal):
        target = out.joinpath(*name.split("/"))
        kept = _in(folder, "old", name)
        if was_there and there(kept):
            replace(kept, target)
        elif not was_there and not there(_in(folder, "new", name)):
            target.unlink(missing_ok=True)
    journal.unlink(missing_ok=True)


def _in(folder: Path, part: str, name: str) -> Path:
    return folder.joinpath(part, *name.split("/"))


def _entries(journal: Path) -> Sequence[tuple[str, bool]]:
    """Names and whether a file was there before; nothing when the run died while writing the journal itself."""
    try:
        content = json.loads(journal.read_text(encoding="utf-8"))
    except (ValueError, FileNotFoundError):
        return ()
    return [(name, name in content["kept"]) for name in content["targets"]]
