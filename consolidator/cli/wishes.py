"""What the command line asks of a run, known before anything heavy is imported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from consolidator.interpreters import Standby

if TYPE_CHECKING:
    from pathlib import Path


class Wishes(Struct, frozen=True):
    """The options of `run`; None where the command line is silent."""

    inbox: Path
    forms: tuple[str, ...] = ()
    period: str | None = None
    roster: Path | None = None
    campaign: Path | None = None
    previous: Path | None = None
    out: Path | None = None
    jobs: int | None = None
    cluster: str | None = None
    as_json: bool = False

    def folder(self, name: str) -> Path:
        """Where the outputs go: as asked, else a folder of this name beside the inbox."""
        return (self.out or self.inbox.resolve().parent / name).absolute()

    def standby(self, name: str) -> Standby:
        """A worker process that starts while this one does, where a run will need one.

        A folder with outputs knows what was in the files, so that few are read again, or none. Where a cluster reads, it
        may help to write.
        """
        needed = self.jobs != 0 and self.inbox.is_dir() and not self.folder(name).exists()
        return Standby.started() if needed else Standby()
