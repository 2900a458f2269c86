"""Figures that prose states: exact ones of this year, and nothing else."""

from __future__ import annotations

from decimal import Decimal

import pytest

from consolidator.form.texts.statements import find_statements, wording_pattern

RECEIVED = (
    ("(收到/新收)[到][政府信息公开]申请{n}", "(收到/新收){n}[政府信息公开]申请"),
    ("(未/没有)收到[政府信息公开]申请",),
)
REVIEWS = (("行政复议[案件]{n}",), ("(无/未发生)行政复议",))
BOTH = (("行政复议[、/和]行政诉讼[案件]{n}",), ())
LAWSUITS = (("行政诉讼[案件]{n}",), ())
MENTIONS = (RECEIVED, REVIEWS, LAWSUITS, BOTH)


def found(text: str) -> list[tuple[int, int]]:
    return [(number, int(statement.figure)) for number, statement in find_statements(text, MENTIONS, 2025)]


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("收到政府信息公开申请12件", 12),
        ("共收到 申请 １２ 件。", 12),
        ("新收申请共计1,234件", 1234),
        ("收到申请十二件", 12),
        ("收到申请12宗", 12),
        ("收到12件政府信息公开申请", 12),
        ("2025年，我镇收到申请12件", 12),
        ("截至2025年12月31日，收到申请12件", 12),
        ("2024年的办法已废止。收到申请12件", 12),
        ("收到申请12件，其中自然人10件", 12),
        ("未收到政府信息公开申请", 0),
        ("收到申请0件", 0),
    ],
)
def test_an_exact_statement_is_found(text: str, figure: int) -> None:
    assert found(text) == [(0, figure)]


@pytest.mark.parametrize(
    "text",
    [
        "收到申请约12件",
        "收到申请12余件",
        "收到申请十余件",
        "收到申请12件左右",
        "收到申请近12件",
        "收到约12件申请",
        "收到申请1.2万件",
        "收到申请2025年多",
        "其中，收到申请12件",
        "累计收到申请12件",
        "2024年收到申请12件",
        "去年收到申请12件",
        "收到投诉12件",
        "收到申请若干件",
    ],
)
def test_what_is_not_exact_or_not_of_this_year_is_no_statement(text: str) -> None:
    assert found(text) == []


def test_several_statements_come_in_the_order_of_the_text() -> None:
    assert found("2024年收到申请8件，2025年收到申请12件。行政复议1件，行政诉讼2件。") == [(0, 12), (1, 1), (2, 2)]


def test_a_figure_belongs_to_the_longest_wording() -> None:
    assert found("行政复议、行政诉讼案件3件") == [(3, 3)]
    assert found("无行政复议，行政诉讼3件") == [(1, 0), (2, 3)]


def test_none_is_not_said_where_a_figure_follows() -> None:
    assert found("未发生行政复议3件") == [(1, 3)]


def test_a_statement_quotes_its_sentence() -> None:
    ((_, statement),) = find_statements("总体良好。我镇收到申请3件；群众满意。", MENTIONS, 2025)

    assert (statement.sentence, statement.figure) == ("我镇收到申请3件", Decimal(3))


@pytest.mark.parametrize("wording", ["收到申请", "收到{n}申请{n}", "收到(申请{n}", "收到]{n}", "收到{m}{n}"])
def test_a_wording_that_cannot_be_searched_for_has_no_pattern(wording: str) -> None:
    assert wording_pattern(wording) is None


def test_a_wording_for_none_has_no_place_for_a_figure() -> None:
    assert wording_pattern("未收到{n}", figure=False) is None
    assert wording_pattern("未收到", figure=False) is not None
