"""The form as a page."""

import pytest

from consolidator.form import load_by_id, load_text
from consolidator.form.printing.describe import describe
from tests.form.definitions import SMALL, spoiled


def test_the_page_names_every_row_and_every_rule():
    form = load_by_id("gov-info-disclosure-2014")
    page = describe(form)
    for row in form.rows.values():
        assert sum(line.startswith(f"{row.code} ") and line.endswith(row.label) for line in page) == 1
    for rule in form.all_rules:
        assert sum(line.startswith(f"{rule.id} ") and rule.title["zh"] in line for line in page) == 1
    assert page[0] == "政府信息公开情况统计表"
    assert "适用年度：2014—2018" in page


def test_the_page_says_what_makes_a_rule_special():
    extra = "M > 0 implies A1 + A2 > 0\n    when: B > 0\n    escalate: M > 100\n    tolerance: 0.05\n    scope: unit"
    text = spoiled(("M > 0 implies A1 + A2 > 0", extra), ("failing: {M: 1.5}", "failing: {M: 1.5, B: 1}"))
    page = "\n".join(line.strip() for line in describe(load_text(text, "dogs.yaml")))
    for line in (
        "适用条件：B > 0",
        "下列情形为强制：M > 100",
        "容差：0.05",
        "只审核各单位，不审核全县合计",
        "必填条件：M > 0",
        "不得填：“0”",
    ):
        assert line in page


@pytest.mark.parametrize(
    ("years", "shown"),
    [("first_year: 2020\n", "适用年度：2020—"), ("last_year: 2024\n", "适用年度：—2024"), ("", None)],
)
def test_open_years_stay_open(years, shown):
    page = describe(load_text(spoiled(("first_year: 2020\nlast_year: 2024\n", years)), "dogs.yaml"))
    assert [line for line in page if line.startswith("适用年度")] == ([shown] if shown else [])


def test_the_columns_of_a_matrix_are_named_and_a_form_may_have_no_sign_off():
    text = SMALL[: SMALL.index("rules:")].replace(
        "- {label: 数量}", "- {label: 公, key: m}\n      - {label: 母, key: f}"
    )
    text = text.replace("headlines: [A]\n", "").replace("sign_off:\n  - {key: head, label: 负责人}\n", "")
    page = describe(load_text(text, "dogs.yaml"))
    assert "数据列：m 公、f 母" in page
    assert not any(line.startswith("签字栏") for line in page)


def test_the_page_comes_in_english_too():
    page = "\n".join(describe(load_by_id("gov-info-disclosure-2014"), "en"))
    assert "Consistency rules (25)" in page
    assert "Replies = sum of the eight kinds of reply" in page
