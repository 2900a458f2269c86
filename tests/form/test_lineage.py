"""Rules across periods and across a change of form: what a definition may say, and every mistake at its place."""

from decimal import Decimal

import pytest

from consolidator.cli.console import Console
from consolidator.cli.forms import check_form
from consolidator.errors import FormError
from consolidator.findings import Outcome
from consolidator.form import load_by_id, load_text
from consolidator.form.judging.verdict import judge
from consolidator.form.loading.lineage import check_lineage, continued
from consolidator.rules import written
from tests.form.definitions import mistakes, place, spoiled

D02 = "expression: M > 0 implies A1 + A2 > 0"
EXAMPLES = ("    passing: {M: 1.5, A1: 1}\n", "    failing: {M: 1.5}\n")
HEADLINES = "headlines: [A]"
REPORTS = ("annual-report-2019", "annual-report-2021", "gov-info-disclosure-2014")
LARGE_CHANGES = [next(rule for rule in load_by_id(form).rules if rule.id == "Y01") for form in REPORTS]
THRESHOLDS = "when: abs(* - previous(*)) >= 20\n    expression: 100 * abs(* - previous(*)) < 50 * previous(*)"


def with_predecessors(text: str) -> str:
    return spoiled((HEADLINES, f"{HEADLINES}\npredecessors: {text}"))


def each(codes: str = "[A1, M]") -> str:
    """The small definition with D02 written once for several indicators."""
    return spoiled(
        (
            D02,
            f"for_each: indicator\n    for_indicators: {codes}\n    {THRESHOLDS}",
        ),
        (EXAMPLES[0], '    passing: {"*": 130, "previous(*)": 100}\n'),
        (EXAMPLES[1], '    failing: {"*": 30, "previous(*)": 100}\n'),
        ("收费 {M}，登记 {A1}、{A2}。", "“{indicator}”（{code}）{value}，上期 {previous}，{change}（{percent}）。"),
    )


def test_a_rule_is_written_once_for_many_indicators() -> None:
    rules = [rule for rule in load_text(each(), "dogs.yaml").rules if rule.id == "D02"]

    assert [(rule.part, rule.indicators, rule.earlier) for rule in rules] == [
        ("A1", ("A1",), ("A1",)),
        ("M", ("M",), ("M",)),
    ]
    assert rules[0].named == {"indicator": "城区", "code": "A1"}
    assert rules[0].places == {"value": "A1", "previous": "previous(A1)"}
    assert rules[1].failing == {"M": Decimal(30), "previous(M)": Decimal(100)}


@pytest.mark.parametrize(
    ("now", "before", "outcome"),
    [
        (149, 100, Outcome.SATISFIED),  # under 50 %
        (150, 100, Outcome.VIOLATED),  # 50 % and 20 at least
        (50, 100, Outcome.VIOLATED),
        (51, 100, Outcome.SATISFIED),
        (29, 10, Outcome.SATISFIED),  # 190 %, but under 20
        (30, 10, Outcome.VIOLATED),
        (20, 0, Outcome.VIOLATED),  # from nothing, any share is large
        (19, 0, Outcome.SATISFIED),
        (0, 0, Outcome.SATISFIED),
        (100, None, Outcome.UNDECIDED),
        (None, 100, Outcome.UNDECIDED),
    ],
)
@pytest.mark.parametrize("rule", LARGE_CHANGES, ids=["2019", "2021", "2014"])
def test_a_large_change_is_one_beyond_both_thresholds(rule, now, before, outcome: Outcome) -> None:
    numbers = ({rule.part: value if value is None else Decimal(value)} for value in (now, before))

    assert judge(rule, *numbers).outcome is outcome


def test_without_a_list_a_rule_is_for_every_number() -> None:
    text = each().replace("    for_indicators: [A1, M]\n", "")

    parts = [rule.part for rule in load_text(text, "dogs.yaml").rules if rule.id == "D02"]

    assert parts == ["A", "A1", "A2", "B", "B1", "M"]


def test_a_star_stands_for_the_indicator_only_where_a_number_is_due() -> None:
    text = spoiled(
        (D02, "for_each: indicator\n    for_indicators: [A1]\n    expression: 4 * * * 1 <= max(*, B) * 2 or not * > 0"),
        (EXAMPLES[0], '    passing: {"*": 2, B: 4}\n'),
        (EXAMPLES[1], '    failing: {"*": 2, B: 1}\n'),
        ("收费 {M}，登记 {A1}、{A2}。", "{value} {B}"),
    )

    rule = next(rule for rule in load_text(text, "dogs.yaml").rules if rule.id == "D02")
    assert written(rule.expression) == "4 * A1 * 1 <= max(A1, B) * 2 or not A1 > 0"


def test_values_of_the_period_before_have_places_of_their_own() -> None:
    text = spoiled(
        (D02, "expression: A1 <= A2 + previous(M)"),
        (EXAMPLES[0], "    passing: {A1: 1, previous(M): 1}\n"),
        (EXAMPLES[1], "    failing: {A1: 1}\n"),
        ("收费 {M}，登记 {A1}、{A2}。", "{A1}，{previous_M}，{left}"),
    )
    rule = next(rule for rule in load_text(text, "dogs.yaml").rules if rule.id == "D02")

    assert (rule.indicators, rule.earlier) == (("A1", "A2"), ("M",))
    assert mistakes(text.replace("{previous_M}", "{previous_A1}"))[0].suggestion == "是否指“previous_M”？"


@pytest.mark.parametrize(
    ("text", "at", "problem"),
    [
        (each("[A1, A9]"), "A9", "“A9”不是本表的数字指标"),
        (
            spoiled((D02, f"{D02}\n    for_indicators: [A1]")),
            "for_indicators",
            "for_indicators 只和 for_each: indicator 一起写",
        ),
        (
            spoiled((D02, f"for_each: indicator\n    {D02}")),
            "indicator\n",
            "审核关系“D02”写了 for_each，但没有一张表有公式里的行、列或指标（行写作 Q1.*，列写作 *.tot，指标写作 *）",
        ),
        (with_predecessors("[{form: dogs-2020}]"), "dogs-2020}", "“dogs-2020”是本表自己，或已经写过"),
        (with_predecessors("[{form: x-1}, {form: x-1 }]"), "x-1 }", "“x-1”是本表自己，或已经写过"),
        (with_predecessors("[{form: x-1, codes: {A9: A}}]"), "A9", "“A9”不是本表的数字指标"),
        (with_predecessors("[{form: x-1, codes: {N: A}}]"), "N: A}", "“N”不是本表的数字指标"),
        (with_predecessors("[{form: x-1, codes: {A1: Z, A2: Z }}]"), "Z }", "上期指标“Z”已由“A1”延续"),
        (with_predecessors("[{codes: {A1: Z}}]"), "{codes", "缺少“form”"),
        (with_predecessors("[{form: x-1, code: {A1: Z}}]"), "code: {A1: Z}", "不认识的键“code”"),
        (with_predecessors("x-1"), "x-1", "这里应是列表"),
    ],
)
def test_every_mistake_is_told_at_its_place(text: str, at: str, problem: str) -> None:
    assert [(m.line, m.column, m.problem) for m in mistakes(text)] == [(*place(text, at), problem)]


def test_the_same_code_continues_where_its_unit_of_measure_is_the_same() -> None:
    earlier = load_text(
        spoiled(("id: dogs-2020", "id: dogs-2010"), ("unit_of_measure: 元", "unit_of_measure: 万元")), "x.yaml"
    )
    form = load_text(with_predecessors("[{form: dogs-2010, codes: {B: B1, B1: null}}]"), "x.yaml")

    assert continued(form, earlier) == {"A": "A", "A1": "A1", "A2": "A2", "B": "B1"}
    assert continued(form, form) == {code: code for code in form.numeric}


def test_codes_that_the_earlier_form_does_not_have_are_a_mistake_at_their_place() -> None:
    text = with_predecessors("[{form: dogs-2010, codes: {A1: A7}}]")
    earlier = load_text(spoiled(("id: dogs-2020", "id: dogs-2010")), "x.yaml")

    with pytest.raises(FormError) as refused:
        check_lineage(load_text(text, "dogs.yaml"), earlier, "dogs.yaml")

    (mistake,) = refused.value.mistakes
    assert str(mistake).startswith(f"dogs.yaml:{place(text, 'A7')[0]}:{place(text, 'A7')[1]}: “A7”不是前身表式")


@pytest.mark.parametrize("form_id", ["annual-report-2019", "annual-report-2021"])
def test_the_installed_forms_agree_with_their_predecessors(form_id: str) -> None:
    form = load_by_id(form_id)
    for predecessor in form.predecessors:
        earlier = load_by_id(predecessor.form)
        check_lineage(form, earlier, form_id)
        assert (form.first_year or 0) == (earlier.last_year or 0) + 1


def test_the_2021_report_goes_on_with_the_whole_matrix_of_2019_but_not_with_figures_that_changed_their_meaning() -> (
    None
):
    codes = continued(load_by_id("annual-report-2021"), load_by_id("annual-report-2019"))

    assert {f"{row}.{column}" for row in ("Q1", "Q4", "Q37") for column in ("np", "tot")} <= set(codes)
    assert {"P51.decisions", "L3.total"} <= set(codes)
    assert not {"P12.issued", "P12.in_force", "P81.amount", "Q361.np"} & set(codes)
    assert all(code == earlier for code, earlier in codes.items())


def test_checking_a_definition_file_looks_into_its_predecessors_too(tmp_path) -> None:
    file = tmp_path / "dogs-2020.yaml"
    file.write_text(with_predecessors("[{form: dogs-2010, codes: {A1: A7}}]"), encoding="utf-8")

    with pytest.raises(FormError, match="没有编号为“dogs-2010”的表式定义"):
        check_form(Console("zh"), file)
    (tmp_path / "dogs-2010.yaml").write_text(spoiled(("id: dogs-2020", "id: dogs-2010")), encoding="utf-8")
    with pytest.raises(FormError, match="“A7”不是前身表式 dogs-2010 的数字指标"):
        check_form(Console("zh"), file)
    file.write_text(with_predecessors("[{form: dogs-2010, codes: {A1: A2, A2: null}}]"), encoding="utf-8")
    assert check_form(Console("zh"), file) == 0
