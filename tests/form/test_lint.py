"""Rules taken together: contradictions, rules without effect, indicators in no rule."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consolidator.form import available, load_by_id, load_text
from consolidator.form.judging.verdict import judge
from consolidator.form.linting.lint import lint
from consolidator.form.linting.remarks import Kind, Teller
from tests.form.definitions import SMALL, place

HEAD = SMALL[: SMALL.index("rules:\n")]
WORDS = "title: {zh: 名, en: t}, sentence: {zh: 句, en: s}, remedy: {zh: 办, en: r}, basis: 据"


def rule(rule_id: str, formula: str, passing: str, failing: str, severity: str = "hard", more: str = "") -> str:
    return (
        f'  - {{id: {rule_id}, expression: "{formula}", severity: {severity}, {WORDS}, {more}'
        f"passing: {{{passing}}}, failing: {{{failing}}}}}\n"
    )


def form_of(*rules: str) -> tuple[str, object]:
    text = f"{HEAD}rules:\n{''.join(rules)}"
    return text, load_text(text, "dogs.yaml")


def remarks(*rules: str, kinds: object = frozenset(Kind) - {Kind.IN_NO_RULE}) -> list[tuple[str, tuple[str, ...]]]:
    return [(each.kind.value, each.rules) for each in lint(form_of(*rules)[1]) if each.kind in kinds]


SOUND = rule("D1", "B <= 3 * A", "A: 1, B: 3", "A: 1, B: 4")


def test_rules_that_agree_are_not_remarked_on():
    assert remarks(SOUND) == []


def test_a_contradiction_is_told_with_no_rule_too_many():
    found = remarks(
        SOUND,
        rule("D2", "B >= A + 1", "A: 1, B: 3", "A: 1"),
        rule("D3", "A >= B", "A: 3, B: 1", "B: 1"),
        rule("D4", "M <= 3", "M: 1", "M: 4"),
    )
    assert found == [("contradiction", ("D2", "D3"))]


def test_two_contradictions_are_both_told():
    found = remarks(
        rule("D2", "B > A", "B: 3", "A: 1"),
        rule("D3", "A >= B", "A: 3", "B: 1"),
        rule("D4", "M < 1", "M: 0", "M: 4"),
        rule("D5", "M > 2", "M: 3", "M: 1"),
    )
    assert sorted(found) == [("contradiction", ("D2", "D3")), ("contradiction", ("D4", "D5"))]


def test_a_relation_of_the_tree_takes_part():
    found = remarks(rule("D2", "A1 > A", "A1: 3", "A: 1"))
    assert found == [("contradiction", ("D2", "SUM-A"))]


def test_rules_that_leave_only_zero_contradict_a_filing_with_figures():
    found = lint(form_of(rule("D2", "A1 + A2 >= 2 * A", "A: 0", "A: 1"))[1])
    assert [(each.kind, each.rules, each.indicators) for each in found if each.kind is Kind.ONLY_ZERO] == [
        (Kind.ONLY_ZERO, ("D2", "SUM-A"), ("A", "A1", "A2"))
    ]


def test_a_rule_that_says_zero_is_taken_at_its_word():
    assert remarks(rule("D2", "A = 0", "A: 0", "A: 1")) == []


def test_conditions_and_softness_take_a_rule_out_of_a_contradiction():
    contrary = rule("D3", "A >= B", "A: 3", "B: 1")
    assert (
        remarks(
            rule("D2", "B > A", "A: 0, B: 3", "A: 1", more="when: M > 5, ").replace(
                "failing: {A: 1}", "failing: {A: 1, M: 6}"
            ),
            contrary,
        )
        == []
    )
    assert remarks(rule("D2", "B > A", "B: 3", "A: 1", "soft"), contrary) == [("unsatisfiable", ("D2",))]


def test_an_escalated_query_counts_as_mandatory():
    found = remarks(
        rule("D2", "B > A", "B: 3", "A: 1", "soft", "escalate: A >= B, "), rule("D3", "A >= B", "A: 3", "B: 1")
    )
    assert ("contradiction", ("D2", "D3")) in found


def test_what_follows_from_others_is_redundant_and_says_from_which():
    found = [
        (each.rules, each.others)
        for each in lint(
            form_of(rule("D2", "B <= A", "A: 1", "B: 1"), rule("D3", "B <= 2 * A + 5", "A: 1", "B: 7"), SOUND)[1]
        )
        if each.kind is Kind.REDUNDANT
    ]
    assert found == [(("D3",), ("D2",)), (("D1",), ("D2",))]


def test_a_mandatory_rule_is_not_redundant_beside_a_query():
    found = remarks(rule("D2", "B <= A", "A: 1", "B: 1", "soft"), SOUND)
    assert found == []


BEFORE = (
    rule("D2", "A <= previous(B)", '"previous(B)": 3, A: 1', '"previous(B)": 1, A: 3'),
    rule("D3", "previous(B) <= B", '"previous(B)": 1, B: 3', '"previous(B)": 3, B: 1'),
)


def test_rules_that_need_the_period_before_make_none_redundant_that_is_judged_without_it():
    assert remarks(*BEFORE, rule("D4", "A <= B", "A: 1, B: 3", "A: 3, B: 1")) == []
    assert remarks(*BEFORE, rule("D4", "A <= previous(B) + 5", "A: 1", 'A: 9, "previous(B)": 1')) == [
        ("redundant", ("D4",))
    ]


def test_rules_that_need_the_period_before_can_contradict_each_other():
    found = remarks(*BEFORE, rule("D4", "A > B", "A: 3", "B: 1"))
    assert found == [("contradiction", ("D2", "D3", "D4"))]


def test_a_rule_with_a_function_of_another_forms_text_is_listed_not_guessed():
    found = lint(form_of(rule("D2", "A > 3 or blank(cats.K)", '"cats.K": null', 'A: 1, "cats.K": 1'))[1])
    assert [(each.kind, each.rules) for each in found if each.rules] == [(Kind.NOT_LINTED, ("D2",))]


def test_a_figure_of_another_form_may_be_anything():
    assert remarks(rule("D2", "A <= cats.K", 'A: 1, "cats.K": 3', 'A: 3, "cats.K": 1')) == []


def test_rules_that_never_fire_or_never_apply():
    found = remarks(
        rule("D2", "A + 1 > 0", "A: 1", "A: -1"),
        rule("D3", "B > A", "B: 1", "A: -1, B: -2", more="when: A < 0, "),
    )
    assert found == [("never_applies", ("D3",)), ("never_fires", ("D2",))]


def test_what_is_not_linear_is_listed_not_guessed():
    found = [each for each in lint(form_of(rule("D2", "M * A <= B * B", "B: 1", "A: 1, M: 2"))[1]) if each.rules]
    assert [(each.kind, each.rules, each.part) for each in found] == [(Kind.NOT_LINTED, ("D2",), "M * A")]


def test_indicators_in_no_rule_are_told_by_row():
    found = lint(form_of(SOUND)[1])
    assert [each.indicators for each in found if each.kind is Kind.IN_NO_RULE] == [("M",)]


def test_a_remark_stands_at_its_place_and_names_the_others_places():
    text, form = form_of(SOUND, rule("D2", "B > A", "B: 3", "A: 1"), rule("D3", "A >= B", "A: 3", "B: 1"))
    told = Teller(form, text, "dogs.yaml", "zh").told(lint(form)[0])
    line, column = place(text, '"B > A"')
    other = ":".join(map(str, place(text, '"A >= B"')))
    assert str(told).startswith(f"dogs.yaml:{line}:{column}: 审核关系相互矛盾：D2、D3（dogs.yaml:{other}）")
    assert "contradict" in str(Teller(form, text, "dogs.yaml", "en").told(lint(form)[0]))


def test_a_relation_of_the_tree_stands_at_its_row():
    text, form = form_of(rule("D2", "A1 > A", "A1: 3", "A: 1"))
    told = str(Teller(form, text, "dogs.yaml", "zh").told(lint(form)[0]))
    line, column = place(text, "A, level: 2")
    assert f"SUM-A（dogs.yaml:{line}:{column}）" in told


@pytest.mark.parametrize("form_id", available())
def test_the_installed_definitions_have_no_error_and_no_rule_without_effect(form_id):
    allowed = {Kind.REDUNDANT, Kind.IN_NO_RULE, Kind.NOT_LINTED}
    assert {remark.kind for remark in lint(load_by_id(form_id))} <= allowed


def test_a_rule_for_many_columns_is_remarked_on_once():
    text = HEAD.replace("- {label: 数量}", "- {label: 公, key: m}\n      - {label: 母, key: f}").replace(
        "headlines: [A]\n", ""
    )
    each = rule("D2", "A.* >= A1.*", "A: 1", "A1: 1", more="for_each: column, ")
    found = [remark for remark in lint(load_text(f"{text}rules:\n{each}", "dogs.yaml")) if remark.rules]
    assert [(remark.kind, remark.rules, remark.others) for remark in found] == [
        (Kind.REDUNDANT, ("D2",), ("SUM-A.m", "SUM-A.f"))
    ]


sides = st.sampled_from(["A1", "A2", "B", "1", "3", "A1 + A2", "max(A1, B)", "2 * B", "A2 + 1"])
formulas = st.builds("{} {} {}".format, sides, st.sampled_from(["=", "<=", "<", ">="]), sides)
BOXES = [dict(zip(("A1", "A2", "B"), values, strict=True)) for values in product(range(6), repeat=3)]


@settings(max_examples=40, deadline=None)
@given(st.lists(formulas.filter(lambda text: any(letter in text for letter in "AB")), min_size=2, max_size=4))
def test_no_remark_is_refuted_by_any_small_filing(texts):
    form = load_text(f"{HEAD}rules:\n{SOUND}", "dogs.yaml")
    found = without_examples(form, texts)
    rules = {each.id: each for each in found.rules}
    passes = {rule_id: [judge(each, box).outcome == "satisfied" for box in BOXES] for rule_id, each in rules.items()}
    for remark in lint(found):
        if remark.kind is Kind.CONTRADICTION:
            assert not any(map(all, zip(*(passes[each] for each in remark.rules), strict=True)))
        elif remark.kind is Kind.NEVER_FIRES:
            assert all(passes[remark.rules[0]])
        elif remark.kind is Kind.REDUNDANT:
            implied = zip(*(passes[each] for each in remark.others), strict=True)
            assert all(own or not all(others) for own, others in zip(passes[remark.rules[0]], implied, strict=True))


def without_examples(form, texts):
    """The form with rules of these formulas, whatever examples they would have."""
    from msgspec.structs import replace

    from consolidator.rules import names, parse

    model = form.rules[0]
    made = [
        replace(model, id=f"D{number}", expression=parse(text), indicators=names(parse(text)))
        for number, text in enumerate(texts)
    ]
    return replace(form, rules=tuple(made))
