"""The sample county is what its script builds, and the script builds the same every time."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
import python_calamine

from sample_workbooks.build_county_2016 import HERE, build, contents
from sample_workbooks.expectation import BY_HAND

if TYPE_CHECKING:
    from pathlib import Path

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".et", ".ods", ".xlsb")


def grids(content: bytes) -> object:
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    except python_calamine.CalamineError:
        return content[:1000]
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def test_building_twice_gives_the_same_bytes() -> None:
    assert dict(contents()) == dict(contents())


def test_nothing_lies_in_the_sample_county_that_the_script_did_not_make(tmp_path: Path) -> None:
    build(tmp_path)

    made = {path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()}
    kept = {path.relative_to(HERE) for path in HERE.rglob("*") if path.is_file()}
    assert made == kept


@pytest.mark.parametrize(("name", "content"), list(contents()), ids=lambda part: part if isinstance(part, str) else "")
def test_every_file_of_the_sample_county_is_as_built(name: str, content: bytes) -> None:
    kept = (HERE / name).read_bytes()

    if name.endswith(WORKBOOKS) and "~$" not in name:
        assert grids(kept) == grids(content)
    else:
        assert kept == content


def test_the_hand_made_sums_are_in_the_expectation() -> None:
    text = (HERE / "expected.toml").read_text(encoding="utf-8")

    assert all(f'\n{code} = "{total}"\n' in text for code, total in BY_HAND.items())
