"""The mark of a footnote after a label (收到申请数①) makes no other label."""

from __future__ import annotations

import pytest

from tests.locate.grids import grave, numbered
from tests.locate.test_regressions import HEADER, HEADING, SIGNED, lines, seen, sheet, values


@pytest.mark.parametrize("mark", ["①", "②", "*", "※"])
def test_a_label_with_the_mark_of_a_footnote_is_read(mark: str) -> None:
    rows = lines()
    for place in (1, 21, 40):
        rows[place][0] = f"{rows[place][0]}{mark}"
    (result,) = seen(sheet([*HEADING, HEADER, *rows, *SIGNED, [f"{mark}含上级转办"]]))

    assert (grave(result), values(result)) == ([], numbered())
