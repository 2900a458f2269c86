"""With a roster: villages filed in one file with the form of their town, which is their sum."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace

from consolidator.inbox.attribute import attribute
from consolidator.inbox.names import Register
from consolidator.model import CellAddress, Observation, Period, ReportingUnit, Status
from tests.inbox.test_doubts import EAST, SUM, WEST, together

TOWN = Register([ReportingUnit("01", "甲镇"), ReportingUnit("02", "乙镇")])
VILLAGES = (("1", "东村", EAST), ("2", "西村", WEST))


def fates(*parts: tuple[str, str, tuple[int, ...]]) -> list[tuple[Status | None, str]]:
    entries = attribute(together(*parts), TOWN, Period(2016))
    return [(entry.status, entry.reason) for entry in entries]


@pytest.mark.parametrize("parts", [VILLAGES, VILLAGES[:1]], ids=["two", "one"])
def test_they_are_passed_over_with_a_note_where_their_figures_are(
    parts: tuple[tuple[str, str, tuple[int, ...]], ...],
) -> None:
    whole = SUM if len(parts) > 1 else EAST

    assert fates(*parts, ("汇总", "甲镇", whole)) == [*[(Status.IGNORED, "S02.part")] * len(parts), (None, "")]


@pytest.mark.parametrize("whole", [(128, 95, 117), (1, 2, 3)], ids=str)
def test_they_are_unknown_where_they_do_not_add_up(whole: tuple[int, ...]) -> None:
    unknown = (Status.UNKNOWN_UNIT, "S02.unknown")

    assert fates(*VILLAGES, ("汇总", "甲镇", whole)) == [unknown, unknown, (None, "")]


def test_they_are_unknown_beside_two_units_of_the_roster_and_where_a_figure_cannot_be_read() -> None:
    forms = together(*VILLAGES, ("汇总", "甲镇", SUM))
    values = {**forms[0].values, "A0": Observation("A0", None, "约8", CellAddress("1", 4, 3))}
    doubtful = attribute([replace(forms[0], values=values), *forms[1:]], TOWN, Period(2016))
    blank = {**forms[0].values, "A9": Observation("A9", Decimal(3), "3", CellAddress("1", 9, 3))}
    further = attribute([replace(forms[0], values=blank), *forms[1:]], TOWN, Period(2016))

    assert fates(*VILLAGES, ("汇总", "甲镇", SUM), ("乙", "乙镇", EAST))[0][1] == "S02.unknown"
    assert [entry.reason for entry in doubtful][:2] == ["S02.unknown"] * 2
    assert [entry.reason for entry in further][:2] == ["S02.unknown"] * 2
