"""Every mistake of a definition: its place, its sentence, a suggestion, and all of them at once."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consolidator.errors import FormError, Mistake
from consolidator.form import load, load_by_id, load_text
from consolidator.form.loading.document import read_document
from tests.form.definitions import SMALL, mistakes, place, spoiled

RULE_1 = "    sum_of: A\n    severity: hard\n"

CASES = {
    "an unknown key": ("authority: 县公安局", "autority: 县公安局", "autority", "autority", "authority"),
    "an unknown key inside": ("{key: head, label: 负责人}", "{key: head, labl: 负责人}", "labl", "labl", "label"),
    "an unknown key in two languages": ("zh: 总数等于分项之和, en: total", "zh: 总数, eng: total", "eng", "eng", "en"),
    "a misspelt type": ("type: money", "type: mony", "mony}"[:4], "mony", "money"),
    "a misspelt severity": (RULE_1, RULE_1.replace("hard", "hrad"), "hrad", "hrad", "hard"),
    "an unknown relation": ("relation: of-which", "relation: of_which", "of_which, type", "of_which", "of-which"),
    "an unknown parent": ("code: M, level: 2, parent: T", "code: M, level: 2, parent: TT", "TT", "TT", "T"),
    "an unknown code in a formula": ("M > 0 implies A1 + A2 > 0", "M > 0 implies A1 + A22 > 0", "A22", "A22", "A2"),
    "an unknown code in an example": ("passing: {M: 1.5, A1: 1}", "passing: {M: 1.5, A11: 1}", "A11", "A11", "A1"),
    "an unknown code in a text rule's example": ("{M: 1, N: 办证}", "{M: 1, NN: 办证}", "NN", "NN", "N"),
    "an unknown headline": ("headlines: [A]", "headlines: [A11]", "A11", "A11", "A1"),
    "an unknown sum": (RULE_1, RULE_1.replace("A", "AA"), "AA", "AA", "A"),
    "an unknown of-which item": (RULE_1, RULE_1.replace("sum_of: A", "of_which: B11"), "B11", "B11", "B1"),
    "an unknown text": ("indicators: [N]", "indicators: [NN]", "NN", "NN", "N"),
    "an unknown place": ("收费 {M}，登记", "收费 {M1}，登记", '"收费 {M1}', "{M1}", "M"),
    "a place of two sides without sides": ("登记 {A1}、", "登记 {left}、", '"收费 {M}，登记', "{left}", ""),
}


@pytest.mark.parametrize("case", CASES)
def test_a_misspelt_name_is_found_at_its_place_with_what_was_probably_meant(case):
    before, after, marked, named, near = CASES[case]
    text = spoiled((before, after))
    found = [mistake for mistake in mistakes(text) if named in mistake.problem]
    assert [(each.line, each.column) for each in found] == [place(text, marked)]
    assert found[0].suggestion == (f"是否指“{near}”？" if near else "")


ALONE = {
    "a code given twice": (("code: A2,", "code: A1,"), "A1, level: 3, parent: A, relation: addend, type: count, unit_of_measure: 只, label: 2.", "重复（第 22 行已有）"),
    "a reserved word as a code": (("code: N,", "code: not,"), "not,", "公式用词"),
    "a number indicator without unit of measure": (("unit_of_measure: 元, ", ""), "{code: M", "缺少计量单位"),
    "decimals of a count": (("code: B, level: 2,", "code: B, decimals: 1, level: 2,"), "1, level: 2", "只有金额"),
    "a sum of texts": (("code: N, level: 2,", "code: N, aggregation: sum, level: 2,"), "sum, level", "不能相加"),
    "an of-which item without parent": (("parent: B, relation: of-which", "relation: of-which"), "of-which", "没有上级"),
    "an addend of a heading": (("parent: B, relation: of-which", "parent: T, relation: of-which"), "of-which", "不都是数字"),
    "an addend in another unit": (("relation: of-which, type: count, unit_of_measure: 人", "relation: of-which, type: count, unit_of_measure: 户"), "of-which", "“户”与上级“B”的“人”"),
    "a loop of parents": (("code: B, level: 2, parent: T", "code: B, level: 2, parent: B1"), "B1, type", "B→B1→B"),
    "an own parent": (("code: M, level: 2, parent: T", "code: M, level: 2, parent: M"), "M, type: money", "M→M"),
    "an alias that is another's label": (("aliases: [登记数]", "aliases: [养犬人数]"), "（二）养犬人数", "“A”写法相同"),
    "years the wrong way round": (("first_year: 2020", "first_year: 2030"), "2024", "起始年 2030 晚于终止年 2024"),
    "a name of another form that is a code": (("{cats: cats-2020}", "{A1: cats-2020}"), "A1: cats", "已是指标代码"),
    "a sign-off field twice": (("  - {key: head, label: 负责人}", "  - {key: head, label: 负责人}\n  - {key: head, label: 审核人}"), "head, label: 审核人", "重复"),
    "a rule id twice": (("id: D02", "id: D01"), "D01\n    expression", "重复"),
    "a rule id that is a code": (("id: D02", "id: A1"), "A1\n    expression", "已是指标代码"),
    "a rule id that is a finding": (("id: D02", "id: F01"), "F01\n", "已是程序的问题代码"),
    "a text rule id twice": (("id: D03", "id: D02"), "D02\n    indicators", "重复"),
    "a formula that only computes": (("M > 0 implies A1 + A2 > 0", "A1 + A2"), "A1 + A2", "只算出一个数"),
    "a formula of no indicator": (("M > 0 implies A1 + A2 > 0", "1 > 0"), "1 > 0", "没有指标"),
    "a formula that adds conditions": (("M > 0 implies A1 + A2 > 0", "M > 0 implies A1 + (A2 > 0) = 1"), "A2 > 0) = 1", "不是条件"),
    "a formula that ends early": (("M > 0 implies A1 + A2 > 0", "M > 0 implies A1 +"), None, "没有写完"),
    "a formula with a text": (("M > 0 implies A1 + A2 > 0", "M > 0 implies N > 0"), "N > 0\n", "文字指标"),
    "a formula with a heading": (("M > 0 implies A1 + A2 > 0", "M > 0 implies T > 0"), "T > 0\n", "标题行"),
    "a range across parents": (("M > 0 implies A1 + A2 > 0", "M > 0 implies sum(A1..B) > 0"), "A1..B)", "同一上级下"),
    "a range the wrong way round": (("M > 0 implies A1 + A2 > 0", "M > 0 implies sum(A2..A1) > 0"), "A2..A1)", "同一上级下"),
    "a rule that says nothing": (("    expression: M > 0 implies A1 + A2 > 0\n", ""), "id: D02", "没有公式"),
    "two claims": ((RULE_1, RULE_1 + "    of_which: B1\n"), "of_which", "只能写一个"),
    "a relation claimed twice": (("expression: M > 0 implies A1 + A2 > 0", "sum_of: A"), "A\n    severity: soft\n    title: {zh: 有收费应有登记", "已有别的审核关系"),
    "no failing example": (("    failing: {A: 3}\n", ""), "id: D01", "缺少“failing”"),
    "no Chinese sentence": (('sentence: {zh: "收费 {M}，登记 {A1}、{A2}。", en: fees}', "sentence: {en: fees}"), "{en: fees}", "缺少“zh”"),
    "an empty sentence": (('zh: "收费 {M}，登记 {A1}、{A2}。", en', 'zh: "", en'), '"", en', "不能为空"),
    "a passing example that fails": (("passing: {M: 1.5, A1: 1}", "passing: {M: 1.5}"), "{M: 1.5}\n    failing: {M: 1.5}", "应当通过，实际是：不通过"),
    "a failing example that passes": (("failing: {A: 3}", "failing: {A: 3, A2: 3}"), "{A: 3, A2: 3}", "应当不通过，实际是：通过"),
    "a failing example that decides nothing": (("failing: {A: 3}", "failing: {A: null}"), "{A: null}", "无法判定"),
    "a failing text example that passes": (("failing: {M: 1, N: 无}", "failing: {N: 无}"), "{N: 无}", "应当不通过，实际是：通过"),
    "an example of words for a number": (("passing: {M: 1, N: 办证}", "passing: {M: 一, N: 办证}"), "一, N", "不是数字"),
    "braces that do not match": (('zh: "“{found}”不是说明。"', 'zh: "“{found”不是说明。"'), '"“{found”不是', "花括号"),
    "a formatted place": (('zh: "“{found}”不是说明。"', 'zh: "“{found:>9}”不是说明。"'), '"“{found:', "{found}"),
    "forbidden texts without their sentence": (('    forbidden_sentence: {zh: "“{found}”不是说明。", en: "{found}"}\n', ""), "id: D03", "forbidden_sentence"),
    "a code that is no name": (("code: B1,", "code: 1B,"), "1B,", "不能作代码"),
    "a level that is no number": (("{code: N, level: 2", "{code: N, level: two"), "two", "“two”不是数字"),
    "a level out of range": (("{code: N, level: 2", "{code: N, level: 12"), "12,", "“12”超出允许范围"),
    "a truth that is none": (("label: 负责人}", "label: 负责人, private: perhaps}"), "perhaps", "true 或 false"),
    "a list that is none": (("label_headers: [指标]", "label_headers: 指标"), "指标\n    unit_headers", "应是列表"),
    "a list with nothing in it": (("label_headers: [指标]", "label_headers: []"), "[]", "至少要有一项"),
    "a mapping that is none": (("filer: {label: 填报单位, aliases: [单位名称]}", "filer: 填报单位"), "填报单位", "“键: 值”"),
    "a text that is none": (("authority: 县公安局", "authority: [县公安局]"), "[县公安局]", "应是文字"),
    "a key twice": (("authority: 县公安局", "authority: 县公安局\nauthority: 县政府"), "authority: 县政府", "“authority”重复"),
    "a column without key": (("- {label: 数量}", "- {label: 数量, key: n}\n      - {label: 金额}"), "{label: 金额}", "每列都要有 key"),
    "a column key twice": (("- {label: 数量}", "- {label: 数量, key: n}\n      - {label: 金额, key: n}"), "n}\n    rows", "重复"),
    "a rule without id": (("  - id: D02\n    expression", "  - expression"), "expression: M", "缺少“id”"),
    "a rule that is none": (("rules:\n  - id: D01", "rules:\n  - 规则\n  - id: D01"), "规则\n", "“键: 值”"),
    "a text rule that is none": (("text_rules:\n", "text_rules:\n  - 规则\n"), "规则\n", "“键: 值”"),
    "a row that is none": (("    rows:\n", "    rows:\n      - 行\n"), "行\n", "“键: 值”"),
    "a column that is none": (("      - {label: 数量}\n", "      - 数量\n"), "数量\n    rows", "“键: 值”"),
    "a name of another form that is no name": (("{cats: cats-2020}", "{猫: cats-2020}"), "猫:", "“猫”不能作代码"),
    "a number beyond reason": (("{code: N, level: 2", "{code: N, level: " + "9" * 5000), "9" * 5000, "写法不对"),
    "a range of unknown codes": (("M > 0 implies A1 + A2 > 0", "M > 0 implies sum(A1..A3) > 0"), "A1..A3)", "“A3”不是"),
    "a range over two tables": (("M > 0 implies A1 + A2 > 0", "M > 0 implies sum(A1..A9) > 0"), "A1..A9)", "“A9”不是"),
    "an alias of YAML": (("  - {key: head, label: 负责人}", "  - &x {key: head, label: 负责人}\n  - *x"), "&x", "锚点"),
}  # fmt: skip


@pytest.mark.parametrize("case", ALONE)
def test_a_mistake_is_the_only_one_and_found_at_its_place(case):
    change, marked, told = ALONE[case]
    text = spoiled(change)
    found = mistakes(text)
    wanted = place(text, marked) if marked else (place(text, "M > 0 implies A1 +")[0], 35)
    hits = [mistake for mistake in found if told in mistake.problem]
    assert [(each.line, each.column) for each in hits] == [wanted], found
    assert len(found) <= 2, found


def test_all_mistakes_come_at_once_in_the_order_of_the_file():
    changes = [ALONE[case][0] for case in ("years the wrong way round", "a number indicator without unit of measure")]
    text = spoiled(
        *changes, ("type: text", "type: txt"), ("id: D02", "id: D01"), ("failing: {A: 3}", "fialing: {A: 3}")
    )
    found = mistakes(text)
    assert [each.line for each in found] == sorted(each.line for each in found)
    told = "\n".join(map(str, found))
    for words in ("起始年", "计量单位", "txt", "编号“D01”重复", "不认识的键“fialing”（", "缺少“failing”"):
        assert words.rstrip("（") in told
    assert str(found[0]).startswith("dogs.yaml:7:12: 起始年")


def test_a_row_with_a_mistake_does_not_make_its_code_unknown():
    text = spoiled(
        (
            "code: A1, level: 3, parent: A, relation: addend, type: count",
            "code: A1, level: 3, parent: A, relation: addend, type: cuont",
        )
    )
    assert len(mistakes(text)) == 1
    text = spoiled(("code: N, level: 2, parent: T, type: text", "code: N, level: 2, parent: T, type: txt"))
    assert len(mistakes(text)) == 1
    text = spoiled(("code: A, level: 2", "code: A, level: x"))
    assert len(mistakes(text)) == 1


def test_mistakes_are_told_in_english_too():
    found = mistakes(spoiled(("authority: 县公安局", "autority: 县公安局")), "en")
    assert any("unknown key" in each.problem and each.suggestion == "did you mean “authority”?" for each in found)


def test_a_position_in_a_text_of_several_lines_is_where_the_text_begins():
    text = spoiled(("expression: M > 0 implies A1 + A2 > 0", "expression: >-\n      M > 0 implies\n      A1 + AA2 > 0"))
    found = mistakes(text)
    assert [(each.line, each.column) for each in found] == [place(text, ">-")]


def test_a_position_in_a_quoted_text_counts_from_the_quote():
    text = spoiled(("expression: M > 0 implies A1 + A2 > 0", 'expression: "M > 0 implies A1 + AA2 > 0"'))
    assert [(each.line, each.column) for each in mistakes(text)] == [place(text, "AA2")]


@pytest.mark.parametrize(
    ("text", "line", "column", "told"),
    [
        ("", 1, 1, "没有表式定义"),
        ("- a\n- b", 1, 1, "没有表式定义"),
        ("just words", 1, 1, "没有表式定义"),
        ("a: [1, 2", 1, 4, "YAML 写法有误"),
        ("a: 1\nb: 'two\nc: 3\n", 2, 4, "YAML 写法有误"),
        ("a: 1\n\tb: 2", 2, 1, "YAML 写法有误"),
        ("a: 1\nb: \x01", 2, 4, "控制字符"),
        ("%YAML 1.1\n---\na: 1", 1, 1, "指令行"),
        ("# 注\n\n%TAG ! x\n---\na: 1", 3, 1, "指令行"),
        ("[" * 2000, 1, 1001, "嵌套层数"),
        ("a: " + "[" * 60 + "]" * 60, 1, 54, "嵌套层数"),
        ("? [1]\n: 2", 1, 3, "键只能是文字"),
    ],
)
def test_what_is_no_definition_at_all_is_one_mistake_at_its_place(text, line, column, told):
    found = [mistake for mistake in mistakes(text) if told in mistake.problem]
    assert [(each.line, each.column) for each in found] == [(line, column)]


def test_lists_of_the_wrong_kind_are_said_once():
    text = spoiled(("sign_off:\n  - {key: head, label: 负责人}\n", "sign_off: 负责人\n"), ("{cats: cats-2020}", "猫"))
    assert sorted(each.problem for each in mistakes(text)) == ["这里应是“键: 值”", "这里应是列表"]


def test_a_table_twice_and_a_table_that_is_none():
    table = SMALL[SMALL.index("  - id: main") : SMALL.index("rules:")]
    told = [each.problem for each in mistakes(SMALL.replace("\nrules:\n", f"\n{table}  - 表\nrules:\n", 1))]
    assert "表的 id“main”重复" in told
    assert any("“键: 值”" in each or "应是" in each for each in told)


def test_a_text_that_wants_quotes_is_told_so():
    (braces,) = mistakes(
        spoiled(('zh: "填 {left}，应为 {right}，{direction} {difference}。"', "zh: 填 {left}，应为 {right}"))
    )
    assert "请把它放在双引号里，或改成分行写" in braces.problem
    (colon,) = mistakes(SMALL.replace("basis: 编号", "basis: 表式: 编号", 1))
    assert "半角冒号加空格的，请把整段文字放在双引号里" in colon.problem


SOUND = (0, 0)


def refused(text):
    try:
        load_text(text, "any.yaml")
    except FormError as error:
        return error.mistakes
    return (Mistake("any.yaml", *SOUND, "none"),)


@settings(max_examples=60)
@given(
    st.text(max_size=60)
    | st.builds(lambda at, text: SMALL[:at] + text + SMALL[at:], st.integers(0, len(SMALL)), st.text(max_size=5))
)
def test_any_text_is_a_form_or_a_form_error(text):
    lines = sum(map(text.count, "\n\r\x85\u2028\u2029")) + 2
    places = [(mistake.line, mistake.column) for mistake in refused(text)]
    assert places != []
    assert all(1 <= line <= lines and column >= 1 for line, column in places if (line, column) != SOUND)


def test_a_file_that_cannot_be_read_or_decoded_is_said_so(tmp_path):
    path = tmp_path / "表.yaml"
    with pytest.raises(FormError, match="读不到这个文件"):
        load(path)
    path.write_bytes("id: x\ntitle: 表\n".encode("gb18030"))
    with pytest.raises(FormError, match="不是 UTF-8") as refused:
        load(path)
    assert refused.value.mistakes[0].line == 2


def test_the_id_of_an_installed_form_is_its_file_name(tmp_path, monkeypatch):
    (tmp_path / "cats.yaml").write_text(SMALL, encoding="utf-8")
    monkeypatch.setattr("consolidator.form.loading.loader.folder", lambda _name: tmp_path)
    with pytest.raises(FormError, match="dogs-2020"):
        load_by_id("cats")


def test_a_place_that_the_file_does_not_have_is_the_nearest_thing_around_it():
    document = read_document("a:\n  b: 1\n")
    assert document.place(("a", "x", 3)) == document.place(("a",)) == (2, 3)
    assert document.key_place(("x", "y")) == (1, 1)


def test_a_range_from_one_table_into_another_is_refused():
    second = "  - id: more\n    title: 续\n    label_headers: [指标]\n    columns: [{label: 数量}]\n    rows: [{code: Z, level: 1, type: count, unit_of_measure: 只, label: 走失}]\n"
    text = spoiled(("M > 0 implies A1 + A2 > 0", "M > 0 implies sum(Z..A2) > 0"))
    text = text.replace("\nrules:\n", f"\n{second}rules:\n", 1)
    assert [each.problem for each in mistakes(text)] == ["“Z..A2”应是同一上级下、由前到后的两个指标"]
