"""A small sound definition, and ways to spoil it."""

from __future__ import annotations

import pytest

from consolidator.errors import FormError
from consolidator.form import load_text

SMALL = """\
id: dogs-2020
title: 犬只登记统计表
authority: 县公安局
blank_policy: missing
headlines: [A]
first_year: 2020
last_year: 2024
other_forms: {cats: cats-2020}
filer: {label: 填报单位, aliases: [单位名称]}
sign_off:
  - {key: head, label: 负责人}
tables:
  - id: main
    title: 犬只登记统计表
    label_headers: [指标]
    unit_headers: [单位]
    columns:
      - {label: 数量}
    rows:
      - {code: T, level: 1, type: heading, label: 一、登记}
      - {code: A, level: 2, parent: T, type: count, unit_of_measure: 只, label: （一）登记犬只数, aliases: [登记数]}
      - {code: A1, level: 3, parent: A, relation: addend, type: count, unit_of_measure: 只, label: 1. 城区}
      - {code: A2, level: 3, parent: A, relation: addend, type: count, unit_of_measure: 只, label: 2. 乡村}
      - {code: B, level: 2, parent: T, type: count, unit_of_measure: 人, label: （二）养犬人数}
      - {code: B1, level: 3, parent: B, relation: of-which, type: count, unit_of_measure: 人, label: 其中：新增}
      - {code: M, level: 2, parent: T, type: money, unit_of_measure: 元, decimals: 2, label: （三）收费}
      - {code: N, level: 2, parent: T, type: text, label: （四）说明}
rules:
  - id: D01
    sum_of: A
    severity: hard
    title: {zh: 总数等于分项之和, en: total}
    sentence: {zh: "填 {left}，应为 {right}，{direction} {difference}。", en: "{A} {A1}"}
    remedy: {zh: 请核对, en: check}
    basis: 编号
    passing: {A: 3, A1: 1, A2: 2}
    failing: {A: 3}
  - id: D02
    expression: M > 0 implies A1 + A2 > 0
    severity: soft
    title: {zh: 有收费应有登记, en: fees}
    sentence: {zh: "收费 {M}，登记 {A1}、{A2}。", en: fees}
    remedy: {zh: 请核对, en: check}
    basis: 推断
    passing: {M: 1.5, A1: 1}
    failing: {M: 1.5}
text_rules:
  - id: D03
    indicators: [N]
    required_when: M > 0
    forbidden: ["0"]
    nothing: [无]
    severity: soft
    title: {zh: 有收费须说明, en: text}
    sentence: {zh: "收费 {M}，说明“{found}”。", en: "{M}"}
    forbidden_sentence: {zh: "“{found}”不是说明。", en: "{found}"}
    remedy: {zh: 请补填, en: write}
    basis: 推断
    passing: {M: 1, N: 办证}
    failing: {M: 1, N: 无}
"""


def spoiled(*changes: tuple[str, str]) -> str:
    """The small definition with texts replaced; each must occur exactly once."""
    text = SMALL
    for before, after in changes:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    return text


def mistakes(text: str, language: str = "zh"):
    """The mistakes that loading `text` ends with."""
    with pytest.raises(FormError) as refused:
        load_text(text, "dogs.yaml", language)
    return refused.value.mistakes


def place(text: str, marked: str) -> tuple[int, int]:
    """Line and column (from 1) where `marked` begins in `text`, its only occurrence."""
    assert text.count(marked) == 1, marked
    before = text[: text.index(marked)]
    return before.count("\n") + 1, len(before) - before.rfind("\n")
