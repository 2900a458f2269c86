"""All outputs change at one moment: for an instant each is a link, and one more link says where all of them lead.

`汇总审核表.xlsx` and its companions are plain files before and after. In between, while `shown` leads to `old/`, each is
replaced by a link through `shown` to its own old content; then `shown` is turned to `new/` by one rename, which is the
moment of publication; then each link is replaced by the file it leads to. Whoever looks, after a kill at any system
call, sees all the old files or all the new ones. A file that was not there before is meanwhile a link to nothing.

Nothing else in the output folder is touched, and the folder stays the same folder.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from consolidator.write.saving.disk import led_to, replace, settle, there, tree, twin

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_SHOWN = "shown"
_TURNED = "turned"
_OLD, _NEW = "old", "new"


def possible(folder: Path) -> bool:
    """Whether the file system has links that can be followed; if so, `folder` is made ready for `exchange`."""
    if os.name == "nt":  # links need a privilege there
        return False
    shown = folder / _SHOWN
    (folder / _OLD).mkdir(exist_ok=True)
    try:
        shown.symlink_to(_OLD)
    except OSError:
        return False
    if not shown.is_dir():  # mounted without following links
        shown.unlink()
        return False
    return True


def exchange(folder: Path, out: Path, names: Sequence[str]) -> None:
    """Show the files of `folder/new` in `out`, all at once. `folder/old` holds the second names of those there now.

    On any failure the old files are shown again before the exception goes on; `finish` then makes them plain files. An
    interrupt that comes when all is done comes too late.
    """
    try:
        links = {_target(out, name): _link(folder, out, name) for name in names}
        (folder / _TURNED).symlink_to(_NEW)
        settle(*(path for path, _ in tree(folder)))
        for target, link in links.items():
            replace(link, target)
        settle(*_parents(out, names))
        replace(folder / _TURNED, folder / _SHOWN)  # the moment
        settle(folder)
        finish(folder, out)
    except BaseException:
        if not unfinished(folder):
            return
        _turn_back(folder, out, names)
        raise


def unfinished(folder: Path) -> bool:
    """Whether links in the output folder may still lead into this folder."""
    return there(folder / _SHOWN)


def finish(folder: Path, out: Path) -> None:
    """Turn every link into the file it shows, and take away those that lead to nothing. May be called again.

    Only links of this run are touched: what somebody saved over one in the meantime stays.
    """
    shown = folder / (folder / _SHOWN).readlink()
    new = folder / _NEW
    names = [(path / file).relative_to(new).as_posix() for path, files in tree(new) for file in files]
    for name in names:
        target, source = _target(out, name), shown.joinpath(*name.split("/"))
        if not _leads_into(folder, target):
            continue
        if there(source):
            replace(source, target)
        else:
            target.unlink()
    settle(*(parent for parent in _parents(out, names) if there(parent)))
    (folder / _SHOWN).unlink()


def _turn_back(folder: Path, out: Path, names: Sequence[str]) -> None:
    """Show the old files again, all at once, although some new ones may have become plain files already."""
    shown = led_to(folder / _SHOWN)
    if shown is None or str(shown) == _OLD:
        return
    for name in names:
        target, new = _target(out, name), folder.joinpath(_NEW, *name.split("/"))
        if _leads_into(folder, target):
            continue
        if not there(new):
            twin(target, new)
        replace(_link(folder, out, name), target)
    (folder / _TURNED).symlink_to(_OLD)
    replace(folder / _TURNED, folder / _SHOWN)


def _link(folder: Path, out: Path, name: str) -> Path:
    """A link, still in `folder`, that in the place of the target leads through `shown` to the file."""
    target, link = _target(out, name), folder.joinpath("links", *name.split("/"))
    for parent in (target.parent, link.parent):
        parent.mkdir(parents=True, exist_ok=True)
    through = os.path.join(os.path.realpath(folder), _SHOWN, *name.split("/"))  # noqa: PTH118
    link.symlink_to(os.path.relpath(through, os.path.realpath(target.parent)))
    return link


def _leads_into(folder: Path, target: Path) -> bool:
    destination = led_to(target)
    return destination is not None and folder.name in destination.parts


def _target(out: Path, name: str) -> Path:
    return out.joinpath(*name.split("/"))


def _parents(out: Path, names: Sequence[str]) -> set[Path]:
    return {_target(out, name).parent for name in names}
