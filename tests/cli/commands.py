"""The command line in this process: exit code, what it said, what it noted."""

from __future__ import annotations

import pytest

from consolidator.cli import main


class Commands:
    """Runs commands; `code`, `out` and `err` are of the last one."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch = monkeypatch
        self._capsys = capsys
        self.code = -1
        self.out = self.err = ""

    def __call__(self, *words: object) -> str:
        self._monkeypatch.setattr("sys.argv", ["consolidator", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        self.code = int(ended.value.code or 0)
        self.out, self.err = self._capsys.readouterr()
        return self.out
