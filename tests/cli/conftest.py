"""What tests of the command line share."""

from __future__ import annotations

import pytest

from tests.cli.commands import Commands


@pytest.fixture
def consolidator(monkeypatch, capsys):
    return Commands(monkeypatch, capsys)
