"""政府信息公开情况统计表 (国办发〔2014〕32号) as the installed definition has it."""

from collections import Counter

import pytest

from consolidator.findings import Severity
from consolidator.form import BlankPolicy, Relation, Scope, ValueType, load_by_id
from consolidator.form.texts.wording import bare, wording

FORM = load_by_id("gov-info-disclosure-2014")
HARD = {"R01", "R02", "R03", "R06", "R07", "R08", "R09", "R10", "R17", "R22"}
ESCALATING = {"R11", "R15", "R16"}
OF_THE_TREE = {"R01", "R06", "R07", "R08", "R09", "R10", "R11", "R15", "R16", "R17"}


def test_it_has_67_rows_58_numbers_and_two_texts():
    kinds = Counter(row.type for row in FORM.rows.values())
    assert kinds == {ValueType.COUNT: 56, ValueType.MONEY: 2, ValueType.TEXT: 2, ValueType.HEADING: 7}
    assert len(FORM.numeric) == 58


def test_it_has_the_rules_r01_to_r23_y01_and_f05():
    assert [rule.id for rule in FORM.all_rules] == [*(f"R{number:02d}" for number in range(1, 24)), "Y01", "F05"]
    assert [rule.id for rule in FORM.text_rules] == ["F05"]


def test_every_relation_of_the_tree_has_its_own_rule():
    assert {rule.id for rule in FORM.rules if rule.derived} == OF_THE_TREE


def test_severities_are_as_agreed():
    assert {rule.id for rule in FORM.rules if rule.severity is Severity.HARD} == HARD
    assert {rule.id for rule in FORM.rules if rule.escalate} == ESCALATING
    assert {rule.severity for rule in FORM.all_rules} == {Severity.HARD, Severity.SOFT}


def test_the_money_threshold_is_for_single_units():
    assert {rule.id for rule in FORM.rules if rule.scope is not Scope.BOTH} == {"R23"}


def test_blanks_are_missing_and_the_headlines_are_numbers():
    assert FORM.blank_policy is BlankPolicy.MISSING
    assert set(FORM.headlines) <= set(FORM.numeric)


def test_units_of_measure_are_those_printed():
    units = {row.unit_of_measure for row in FORM.rows.values() if row.type in {ValueType.COUNT, ValueType.MONEY}}
    assert units == {"条", "件", "次", "篇", "万元", "个", "人", "人次"}
    assert {row.unit_of_measure for row in FORM.rows.values() if row.type is ValueType.HEADING} == {"——"}
    assert FORM.rows["A1b"].unit_of_measure == "件"
    assert FORM.rows["A1b"].relation is Relation.NONE


def test_labels_that_repeat_are_told_apart_by_their_parents():
    assert FORM.rows["D2"].label == FORM.rows["E2"].label
    assert FORM.rows["D3"].label == FORM.rows["E3"].label
    assert (FORM.rows["D2"].parent, FORM.rows["E2"].parent) == ("D", "E")


def test_no_wording_stands_for_two_rows_unless_both_are_printed_alike():
    owners = {}
    for code, row in FORM.rows.items():
        for text in {wording(row.label), *map(wording, row.aliases)}:
            owners.setdefault(text, set()).add(code)
    assert [codes for codes in owners.values() if len(codes) > 1] == [{"D2", "E2"}, {"D3", "E3"}]


@pytest.mark.parametrize(
    "merged",
    [
        "通过微信及其他方式公开",
        "微博微信公开信息",
        "申请内容不明确",
        "主动公开政府信息（公文平台发文）",
        "政府文件数",
        "单位",
    ],
)
def test_a_wording_that_means_something_else_is_no_alias(merged):
    known = {bare(text) for row in FORM.rows.values() for text in (row.label, *row.aliases)}
    assert bare(merged) not in known


def test_the_phone_number_is_private():
    assert [field.label for field in FORM.sign_off] == ["单位负责人", "审核人", "填报人", "联系电话", "填报日期"]
    assert [field.key for field in FORM.sign_off if field.private] == ["phone"]


def test_sentences_say_what_to_do():
    for rule in FORM.rules:
        assert "请" in rule.sentence["zh"], rule.id
        assert not any(word in rule.sentence["zh"] for word in ("瞒报", "虚报", "校验失败", "字段")), rule.id
