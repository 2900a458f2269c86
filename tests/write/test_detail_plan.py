"""Where everything stands in 分乡镇明细表."""

from __future__ import annotations

from msgspec.structs import replace

from consolidator.form import load_by_id
from consolidator.write.plans.detail_plan import DetailPlan
from consolidator.write.plans.figures import Figures
from tests.write.fabricate import county


def test_a_row_with_several_columns_is_headed_by_every_row_it_stands_under() -> None:
    form = load_by_id("annual-report-2021")
    (table,) = county(None, 1).tables
    table = replace(table, form=form, rows=())

    columns = DetailPlan("分乡镇明细表", table, Figures(table, ()), 2, 3).columns

    groups = {column.indicator.code: column.group for column in columns}
    assert groups["Q31.np"] == "三、本年度办理结果／（一）予以公开"
    assert groups["Q331.tot"] == "三、本年度办理结果／（三）不予公开／1.属于国家秘密"
    assert groups["Q1.np"] == "一、本年新收政府信息公开申请数量"
