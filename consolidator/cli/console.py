"""Words to a person: safe on a GBK console, quiet when piped, without colour where NO_COLOR says so."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from consolidator.terms import catalogue

if TYPE_CHECKING:
    from collections.abc import Callable

    from consolidator.errors import ConsolidatorError
    from consolidator.terms import Catalogue

_WORTH_A_BAR = 20  # files from which a progress bar is shown


class Console:
    """Stdout for results, stderr for everything else, in one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.texts: Catalogue = catalogue(language)
        self._bar: _Bar | None = None

    @staticmethod
    def prepare() -> None:
        """A character that the console cannot show becomes a question mark, never a crash."""
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="replace")

    def say(self, text: str = "") -> None:
        """A line of the result."""
        sys.stdout.write(f"{text}\n")

    def word(self, key: str, **details: str) -> str:
        """A sentence of the command line's own section of the catalogue."""
        return self.texts.text("cli", key, **details)

    def note(self, text: str) -> None:
        """A line beside the result, on stderr."""
        sys.stderr.write(f"{text}\n")

    def explain(self, problem: ConsolidatorError) -> None:
        """An error as its sentence."""
        self.note(self.texts.sentence(problem.code, problem.details.get("case", ""), problem.details))

    def progress(self) -> Callable[[str, int, int], None] | None:
        """A reporter of progress for long runs on a terminal, or None."""
        if not sys.stderr.isatty():
            return None
        self._bar = _Bar(self)
        return self._bar.advance

    def finish(self) -> None:
        """Take the progress bar away."""
        if self._bar is not None:
            self._bar.close()


class _Bar:
    """One rich progress bar on stderr."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._progress: object | None = None

    def advance(self, step: str, done: int, total: int) -> None:
        """Show that `done` of `total` files have gone through `step`."""
        if total < _WORTH_A_BAR:
            return
        from rich.console import Console as Screen  # noqa: PLC0415 - only on long runs
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

        if self._progress is None:
            screen = Screen(stderr=True, no_color=bool(os.environ.get("NO_COLOR")))
            columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
            self._progress = Progress(*columns, console=screen, transient=True)
            self._progress.start()
            self._task = self._progress.add_task(self._console.word(f"step_{step}"), total=total)
        assert isinstance(self._progress, Progress)  # noqa: S101 - set just above
        self._progress.update(self._task, completed=done)

    def close(self) -> None:
        """Take the bar off the screen."""
        if self._progress is not None:
            self._progress.stop()  # type: ignore[attr-defined]
            self._progress = None
