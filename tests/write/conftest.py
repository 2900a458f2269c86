"""One fabricated county, published once for all tests that only look at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from consolidator.write import publish
from tests.write.fabricate import county
from tests.write.reopen import OFFICE, SUPERIORS, Reopened, reopen

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder."""
    out = tmp_path_factory.mktemp("write") / "结果 文件夹"
    publish(replace(county(), inbox=out.parent / "收件 夹"), out)
    return out


@pytest.fixture(scope="session")
def office(published: Path) -> Reopened:
    return reopen(published / OFFICE)


@pytest.fixture(scope="session")
def superiors(published: Path) -> Reopened:
    return reopen(published / SUPERIORS)
