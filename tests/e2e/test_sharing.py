"""A large run is written by two processes; whatever a county sends, both make the same files of it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from consolidator.inbox import load_campaign
from consolidator.interpreters import Standby
from consolidator.pipeline import Request, publish, run
from consolidator.write import aside, superiors
from tests.e2e.runs import ROOT

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("county", "previous"), [("county-2016", ""), ("county-2025", ""), ("county-2025", "previous")]
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_county_written_by_two_processes_is_the_same_to_the_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, county: str, previous: str, language: str
) -> None:
    monkeypatch.setattr(aside, "_WORTH_IT", range(1_000))
    folder = shutil.copytree(ROOT / "sample_workbooks" / county, tmp_path / county)
    campaign = load_campaign(folder / "campaign.toml")
    if previous:
        campaign = replace(campaign, previous=folder / previous)
    with Standby() as standby:
        result = run(Request(folder / "inbox", campaign, language=language, standby=standby))
        alone = publish(result, tmp_path / "alone", language)
        monkeypatch.setattr(superiors, "write_superiors", None)  # it is not written here
        together = publish(result, tmp_path / "together", language, standby)

    assert [path.name for path in together] == [path.name for path in alone]
    assert [path.read_bytes() for path in together] == [path.read_bytes() for path in alone]
