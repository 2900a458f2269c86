"""A finding quotes what stands in its cell; a value stands where it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.e2e.reopening import rows_of, shown
from tests.e2e.runs import county_run

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return county_run(tmp_path_factory.mktemp("county"))


def test_every_finding_reopened_at_its_cell_shows_the_value_it_quotes(run: tuple[Path, Path]) -> None:
    inbox, out = run
    checked = 0

    for finding in rows_of(out / "data" / "findings.csv"):
        if not finding["file"] or not finding["cells"] or not finding["observed"]:
            continue
        cells = finding["cells"].split(";")
        seen = [shown(inbox / finding["file"], finding["sheet"], cell) for cell in cells]
        quoted = finding["observed"].removeprefix("'")
        assert quoted in (";".join(seen), seen[0]), finding
        checked += 1

    assert checked >= 10


def test_every_value_reopened_at_its_cell_is_what_was_typed(run: tuple[Path, Path]) -> None:
    inbox, out = run
    values = rows_of(out / "data" / "values.csv")

    for row in values:
        assert shown(inbox / row["file"], row["sheet"], row["cell"]) == row["raw"].removeprefix("'"), row

    assert len(values) >= 500
