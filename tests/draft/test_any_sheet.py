"""Whatever stands on a sheet, a draft of it loads."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from consolidator.draft import plan_of, written
from consolidator.form import load_text
from consolidator.model import Area, Sheet
from tests.draft.sheets import book
from tests.locate.grids import cell_of

WORDS = [
    "指标",
    "项目",
    "指标名称",
    "单位",
    "计量单位",
    "数量",
    "合计",
    "其中：女",
    "女",
    "户数",
    "（一）户数",
    "一、情况",
    "1.甲",
    "（万元）资金",
    "资金（万元）",
    "备注",
    "代码",
    "A1",
    "01",
    "序号",
    "审核人：",
    "填报单位：",
    "2026年7月",
    "统计表",
    "城市",
    "农村",
    "{x}",
    "%",
    "说明",
    "#",
    "-a",
    "a:b",
    "其中",
    "总计",
    "小计",
    "①男",
    "1.1子",
    "人均水平",
    "件",
    "——",
    "其他",
    "\x7f",
]
values = st.sampled_from(WORDS) | st.integers(0, 9) | st.text(max_size=4)
cells = st.dictionaries(st.tuples(st.integers(1, 9), st.integers(1, 5)), values, max_size=35)
corners = st.tuples(st.integers(1, 4), st.integers(1, 4), st.integers(0, 2), st.integers(0, 2))


@settings(max_examples=80, deadline=None)
@given(cells, st.lists(corners, max_size=3), st.sampled_from(["zh", "en"]))
def test_a_draft_of_any_sheet_loads(typed, merged, language):
    grid = {place: cell for place, value in typed.items() if (cell := cell_of(*place, value)) is not None}
    merges = tuple(Area(top, left, top + height, left + width) for top, left, height, width in merged)
    plan = plan_of(book(Sheet("表", grid, merges)))

    assert plan is None or load_text(written(plan, "any", "任意.xlsx", language), "any.yaml").numeric is not None
