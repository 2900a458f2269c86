"""Forms as ministries and offices print them, drafted, filled in and read by their own draft."""

from __future__ import annotations

import pytest

from tests.draft.test_round_trips import V, accused

FORMS: dict[str, list[list[object]]] = {
    "growth beside amounts whose units stand in the labels": [
        ["指标", "2024年", "2025年", "增长（%）"], ["生产总值（亿元）", V, V, V], ["  第一产业（亿元）", V, V, V], ["  第二产业（亿元）", V, V, V],
        ["财政收入（万元）", V, V, V], ["年末总人口（万人）", V, V, V],
    ],
}  # fmt: skip


@pytest.mark.parametrize("known", [False, True], ids=["from the blank sheet", "from the filled sheet"])
@pytest.mark.parametrize("name", FORMS)
def test_a_printed_form_is_read_by_its_own_draft(name: str, *, known: bool) -> None:
    assert accused(FORMS[name], known=known) == []


@pytest.mark.parametrize("name", FORMS)
def test_figures_typed_as_texts_come_back_from_a_printed_form(name: str) -> None:
    assert accused(FORMS[name], known=False, as_text=True) == []
