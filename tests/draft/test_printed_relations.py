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
    assert formulas(form(sheet(STORES))) == ["*.closing = *.opening + *.income - *.spending"]
    totals = [["指标", "总计", "公办", "民办"], ["甲", "1=2+3", "2", "3"], ["机构数"], ["床位数"]]
    (rule,) = plan(sheet(totals)).rules
    assert dict(rule.says)["expression"] == "*.total = *.public + *.private"
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
    assert formulas(form(sheet(lines))) == ["*.closing = *.opening + *.income - *.spending"]


def test_numbers_that_go_on_behind_among_are_of_the_same_whole():
    rows = [["1、登记失业"], ["其中：(1)大龄"], ["(2)零就业家庭"], ["(3)残疾人"], ["2、实现就业"], ["3、培训"]]
    found = form(sheet([["指标", "单位", "数量"], *([*row, "人"] for row in rows)])).rows
    assert [(row.relation.value, found[row.parent].label if row.parent else "") for row in found.values()] == [
        ("none", ""), ("of-which", "1、登记失业"), ("of-which", "1、登记失业"), ("of-which", "1、登记失业"), ("none", ""), ("none", ""),
    ]  # fmt: skip


def test_among_in_a_column_of_its_own_is_over_the_rows_beside_it_alone():
    lines = [["类别", None, "计", "女"], ["在校生"], ["其中", "随迁子女"], [None, "留守儿童"], ["寄宿生"], ["教师"]]
    drafted = form(sheet(lines, (1, 1, 1, 2), (2, 1, 2, 2), (3, 1, 4, 1), (5, 1, 5, 2), (6, 1, 6, 2)))
    assert [(row.label, row.level, row.parent, row.relation.value) for row in drafted.rows.values()] == [
        ("在校生", 1, "", "none"), ("其中", 2, "A", "none"), ("随迁子女", 3, "A", "of-which"), ("留守儿童", 3, "A", "of-which"),
        ("寄宿生", 1, "", "none"), ("教师", 1, "", "none"),
    ]  # fmt: skip


def test_a_subtotal_among_the_rows_holds_those_before_it_and_asks():
    lines = [["年龄组", "合计", "男", "女"], ["16-24岁"], ["25-44岁"], ["小计"], ["60岁以上"], ["总计"]]
    rules = [(dict(rule.says)["expression"], rule.severity) for rule in plan(sheet(lines)).rules]
    assert rules[:2] == [("C.* = A.* + B.*", "soft"), ("E.* = C.* + D.*", "soft")]


def test_a_total_under_numbered_chapters_with_rows_between_them_is_of_the_chapters_and_asks():
    lines = [["项目", "预算", "支出"], ["一、基础设施"], ["道路"], ["桥梁"], ["二、产业发展"], ["种植"], ["总计"]]
    rules = [(dict(rule.says)["expression"], rule.severity) for rule in plan(sheet(lines)).rules]
    assert rules == [("F.* = A.* + D.*", "soft")]


def test_what_follows_a_part_without_an_indent_is_asked_about_in_every_column():
    lines = [["畜种", "单位", "存栏", "出栏"], ["生猪", "头"], ["其中：母猪", "头"], ["肉牛", "头"], ["山羊", "只"]]
    drafted = form(sheet(lines))
    assert [row.relation.value for row in drafted.rows.values()] == ["none", "of-which", "none", "none"]
    assert {(rule.formula, rule.severity.value) for rule in drafted.rules if "Ab" in rule.formula} == {
        ("Ab.* <= A.*", "soft")
    }


def test_women_and_others_are_not_added_up():
    rows = [["1.党员总数"], ["（1）女党员"], ["（2）预备党员"], ["2.支部数"]]
    assert formulas(form(sheet([["项目", "单位", "数量"], *([*row, "名"] for row in rows)]))) == []


def test_a_hash_is_a_word_for_a_part():
    lines = [["单位类型", "合计", "#女性", "#毕业生"], ["国有"], ["集体"]]
    assert formulas(form(sheet(lines))) == ["*.female <= *.total", "*.graduates <= *.total"]


def test_the_word_for_a_count_alone_is_the_total_of_its_group():
    lines = [["类别", "教师", None, None, "职员"], [None, "计", "男", "女", None], ["小学"], ["初中"]]
    drafted = form(sheet(lines, (1, 1, 2, 1), (1, 2, 1, 4), (1, 5, 2, 5)))
    assert formulas(drafted) == ["*.total = *.male + *.female"]


def test_relations_at_the_foot_are_told_and_sign_nothing():
    drafted = sheet([["畜种", "存栏", "出栏"], ["生猪"], ["肉牛"], ["审核关系：生猪的存栏不小于出栏。"]])
    assert plan(drafted).sign_off == ()
    assert "审核关系：生猪的存栏不小于出栏。" in text(drafted)


def test_a_total_that_stands_under_several_heads_is_told_with_its_head():
    heads = [["发现隐患（处）", None, None, "已整改（处）", None], ["合计", "一般", "重大", "合计", "其中：重大"]]
    drafted = text(sheet([["隐患情况统计表"], ["填报单位："], *heads, [None] * 5], (3, 1, 3, 3), (3, 4, 3, 5)))
    assert "“发现隐患·合计”填 {left}，应等于一般、重大之和 {right}" in drafted
    assert "“重大”填 {left}，是“已整改·合计” {right} 的其中项" in drafted
