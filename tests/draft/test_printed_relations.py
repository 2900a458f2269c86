"""Relations that a form prints itself: the numbers of its columns, 其中 with numbers behind it, # before a part."""

from __future__ import annotations

from tests.draft.sheets import form, formulas, plan, sheet, text

STORES = [
    ["物资", "单位", "期初", "收入", "支出", "期末"],
    ["甲", "乙", 1, 2, 3, "4=1+2-3"],
    ["帐篷", "顶"],
    ["棉被", "床"],
]


def test_the_numbers_of_the_columns_say_how_a_column_follows_from_others():
    assert formulas(form(sheet(STORES))) == ["*.closing = *.opening + *.c2 - *.c3"]
    totals = [["指标", "总计", "公办", "民办"], ["甲", "1=2+3", "2", "3"], ["机构数"], ["床位数"]]
    (rule,) = plan(sheet(totals)).rules
    assert dict(rule.says)["expression"] == "*.total = *.c2 + *.c3"
    assert (rule.severity, rule.doubts) == ("hard", ())


def test_a_product_or_a_number_of_no_column_says_nothing():
    for number in ("4=1×2", "4=1/2", "4=1+9"):
        lines = [[*line] for line in STORES]
        lines[1][-1] = number
        assert formulas(form(sheet(lines))) == []


def test_what_filled_figures_deny_is_told_and_no_rule():
    lines = [*STORES[:2], ["帐篷", "顶", 5, 3, 2, 7], ["棉被", "床", 5, 3, 2, 6]]
    assert formulas(form(sheet(lines))) == []
    assert "4=1+2-3" in text(sheet(lines))
    lines[2][-1] = lines[3][-1] = 6
    assert formulas(form(sheet(lines))) == ["*.closing = *.opening + *.c2 - *.c3"]


def test_numbers_that_go_on_behind_among_are_of_the_same_whole():
    rows = [["1、登记失业"], ["其中：(1)大龄"], ["(2)零就业家庭"], ["(3)残疾人"], ["2、实现就业"], ["3、培训"]]
    found = form(sheet([["指标", "单位", "数量"], *([*row, "人"] for row in rows)])).rows
    assert [(row.relation.value, found[row.parent].label if row.parent else "") for row in found.values()] == [
        ("none", ""), ("of-which", "1、登记失业"), ("of-which", "1、登记失业"), ("of-which", "1、登记失业"), ("none", ""), ("none", ""),
    ]  # fmt: skip


def test_a_hash_is_a_word_for_a_part():
    lines = [["单位类型", "合计", "#女性", "#毕业生"], ["国有"], ["集体"]]
    assert formulas(form(sheet(lines))) == ["*.c2 <= *.total", "*.c3 <= *.total"]


def test_the_word_for_a_count_alone_is_the_total_of_its_group():
    lines = [["类别", "教师", None, None, "职员"], [None, "计", "男", "女", None], ["小学"], ["初中"]]
    drafted = form(sheet(lines, (1, 1, 2, 1), (1, 2, 1, 4), (1, 5, 2, 5)))
    assert formulas(drafted) == ["*.total = *.male + *.female"]


def test_relations_at_the_foot_are_told_and_sign_nothing():
    drafted = sheet([["畜种", "存栏", "出栏"], ["生猪"], ["肉牛"], ["审核关系：生猪的存栏不小于出栏。"]])
    assert plan(drafted).sign_off == ()
    assert "审核关系：生猪的存栏不小于出栏。" in text(drafted)
