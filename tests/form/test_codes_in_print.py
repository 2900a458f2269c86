"""Codes of indicators are for definitions: a reader meets them only where the form itself prints them."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace

from consolidator.findings import Finding, Severity
from consolidator.form import available, load_by_id, load_text
from consolidator.terms import catalogue
from tests.form.definitions import SMALL

FORM = load_by_id("gov-info-disclosure-2014")
PRINTING = replace(FORM, codes_printed=True)
ZH, EN = catalogue("zh"), catalogue("en")


def told(finding: Finding, form=FORM, texts=ZH) -> str:
    return texts.message(replace(finding, form=form.id), {form.id: form})


def approximate(code: str, label: str) -> Finding:
    return Finding(
        "F02", Severity.HARD, indicators=(code,), details={"label": label, "indicator": code, "found": "约3"}
    )


def test_a_sentence_names_a_code_where_the_form_prints_it_and_only_there():
    finding = approximate("C1", "收到申请数")
    assert told(finding).startswith("“收到申请数”填“约3”")
    assert told(finding, PRINTING).startswith("“收到申请数”（C1）填“约3”")
    assert told(finding, texts=EN).startswith("“收到申请数” holds “约3”")
    assert told(finding, PRINTING, EN).startswith("“收到申请数” (C1) holds “约3”")


def test_a_label_that_stands_twice_is_told_apart_by_what_it_stands_under():
    assert told(approximate("E2", "被依法纠错数")).startswith("“被依法纠错数”（行政诉讼数量）填“约3”")
    assert (FORM.names["D2"], FORM.names["E2"]) == ("行政复议数量·被依法纠错数", "行政诉讼数量·被依法纠错数")
    missing = Finding("S04", Severity.HARD, "missing", details={"label": "（二）被依法纠错数", "indicator": "D2"})
    assert told(missing).startswith("缺少指标“（二）被依法纠错数”（行政复议数量）。")
    assert told(missing, PRINTING).startswith("缺少指标“（二）被依法纠错数”（代码 D2）。")


def test_lists_lose_the_codes_and_keep_the_cells():
    many = Finding(
        "S04",
        Severity.HARD,
        "missing_many",
        details={"count": "2", "named": "（一）收到申请数（C1）、（三）其他情形数（E3）"},
    )
    assert "：（一）收到申请数、（三）其他情形数（行政诉讼数量）。" in told(many)
    assert "：（一）收到申请数（C1）、（三）其他情形数（E3）。" in told(many, PRINTING)
    blanks = Finding("N01", Severity.SOFT, "blank_many", details={"count": "1", "labels": "当面申请数（C12）"})
    assert "当面申请数（C12）" in told(blanks)


def test_two_versions_differ_by_name():
    finding = Finding("S02", Severity.HARD, "conflict", details={"differences": "C1 12/15；Z9 1/2", "differing": "2"})
    assert "不同之处（2 处）：收到申请数 12/15；Z9 1/2。" in told(finding)
    assert "不同之处（2 处）：收到申请数（C1） 12/15；Z9 1/2。" in told(finding, PRINTING)


def test_a_value_of_another_form_that_is_lacking_is_told_by_that_form():
    platforms = load_by_id("platform-2016")
    finding = Finding(
        "W06", Severity.SOFT, "undecided", "undecided", form=platforms.id, details={"blank": "disclosure.A24"}
    )
    sentence = ZH.message(finding, {platforms.id: platforms, FORM.id: FORM})
    assert sentence.endswith("（缺数：《政府信息公开情况统计表》政务微信公开政府信息数）")


def test_standard_words_name_the_codes_of_a_form_that_prints_them():
    start, end = SMALL.index("  - id: D01"), SMALL.index("  - id: D02")
    text = SMALL[:start] + SMALL[end:]
    form = load_text(text.replace("headlines:", "codes_printed: true\nheadlines:"), "dogs.yaml")
    rule = next(rule for rule in form.rules if rule.id == "SUM-A")
    assert rule.sentence["zh"].startswith("“登记犬只数”（A）填 {left}，应等于代码 A1、A2 之和")
    assert rule.sentence["en"].startswith("“登记犬只数” (A) is {left}")
    assert rule.title["zh"] == "登记犬只数＝2 个分项（代码 A1、A2）之和"


@pytest.mark.parametrize("form_id", available())
@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_that_a_shipped_form_says_to_a_township_has_a_code_or_sends_it_to_the_definition(form_id, language):
    form = load_by_id(form_id)
    assert not form.codes_printed
    codes = {code for code in (*form.rows, *form.names) if re.search(r"\d|\.|^[A-Z]$", code)}
    for rule in form.all_rules:
        for text in (rule.title[language], rule.sentence[language], rule.remedy[language]):
            words = set(re.findall(r"(?<![{\w])[A-Za-z][\w.]*(?![\w}])", text, re.ASCII)) - {"A"}
            assert not words & codes, (rule.id, text)
            assert not re.search(r"severity|--\w|定义|yaml|definition", text), (rule.id, text)
