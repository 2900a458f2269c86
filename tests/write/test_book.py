"""What a book does in the library's place."""

from __future__ import annotations

import pytest
from xlsxwriter.worksheet import Worksheet

from consolidator.write.workbook.book import _Sheet


@pytest.mark.parametrize(
    "formula",
    [
        "=SUM(C4:C10)",
        "SUM(C4:C10)",
        '=IF(COUNT(C4:C10)=0,"",ROUND(SUM(C4:C10),2))',
        "=SUMIF('分类（镇）'!$A$4:$A$9,\"镇\",'分类（镇）'!C4:C9)",
        "=XLOOKUP(A1,B:B,C:C)",
        "=SUM(UNIQUE(A1:A9))",
        "{=SUM(A1:A9*B1:B9)}",
        "='{SUM(}'!A1",
        "=_xlfn.STDEV.S(A1:A9)",
        "=SORT(A1:A9)",
    ],
)
def test_formulas_go_into_the_file_as_the_library_would_write_them(formula):
    assert _Sheet()._prepare_formula(formula) == Worksheet()._prepare_formula(formula)
