"""Rules on texts: what is an answer, what is none, and what cannot be told."""

from decimal import Decimal

import pytest

from consolidator.findings import Outcome
from consolidator.form import load_by_id
from consolidator.form.judging.answers import judge_texts

FORM = load_by_id("gov-info-disclosure-2014")
RULE = FORM.text_rules[0]
LABELS = {code: indicator.label for code, indicator in FORM.indicators.items()}
PRINTED = LABELS["C4t"]


def judged(c1, **texts):
    value = None if c1 is None else Decimal(c1)
    found = judge_texts(RULE, LABELS, {"C4": "", "C4t": "", **texts}, {"C1": value})
    return found.outcome, found.indicator, found.case


@pytest.mark.parametrize("text", ["", "无", "无。", " 无 ", "——", "/", "没有申请", "土地征收"])
def test_without_applications_blank_none_and_a_text_all_pass(text):
    assert judged(0, C4=text) == (Outcome.SATISFIED, "", "")


@pytest.mark.parametrize("text", ["0", "０", "0。", " 0 ", "零"])
@pytest.mark.parametrize("c1", [0, 3, None])
def test_zero_is_never_an_answer(c1, text):
    assert judged(c1, C4=text) == (Outcome.VIOLATED, "C4", "forbidden")
    assert judged(c1, C4="土地征收", C4t=text) == (Outcome.VIOLATED, "C4t", "forbidden")


@pytest.mark.parametrize("text", ["", "无", "——", "未收到申请"])
def test_applications_need_a_text(text):
    assert judged(3, C4=text) == (Outcome.VIOLATED, "C4", "")


@pytest.mark.parametrize(
    "texts", [{"C4": "土地征收"}, {"C4t": "主要侧重征地、低保等几个方面"}, {"C4": "无", "C4t": "征地"}]
)
def test_one_text_of_the_group_is_enough(texts):
    assert judged(3, **texts)[0] is Outcome.SATISFIED
    assert judged(None, **texts)[0] is Outcome.SATISFIED


@pytest.mark.parametrize("text", [PRINTED, PRINTED.replace("，", "， ").replace("_____", "__"), f" {PRINTED}\n"])
def test_the_fill_in_sentence_as_printed_is_no_text(text):
    assert judged(3, C4t=text)[0] is Outcome.VIOLATED
    assert judged(0, C4t=text)[0] is Outcome.SATISFIED


def test_a_sentence_with_one_blank_filled_in_is_a_text():
    assert judged(3, C4t=PRINTED.replace("_____", "征地", 1))[0] is Outcome.SATISFIED


def test_without_the_number_of_applications_a_blank_is_undecided():
    assert judged(None)[0] is Outcome.UNDECIDED


def test_an_unusable_text_is_undecided_where_a_text_is_needed():
    assert judged(3, C4t=None)[0] is Outcome.UNDECIDED
    assert judged(0, C4t=None)[0] is Outcome.SATISFIED
    assert judged(3, C4="征地", C4t=None)[0] is Outcome.SATISFIED
