"""Years that prose is about, and days that it names."""

from __future__ import annotations

from datetime import date

import pytest

from consolidator.form.texts.days import last_day, named_day, only_day, spoken_year, spoken_years


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2025年，我镇认真贯彻《条例》（2019年修订）。", 2025),
        ("根据《条例》（2019年修订）和国办〔2021〕30号，编制本报告。2025年以来，……", 2025),
        ("按照2007年公布的条例，现报告如下。\n2025年度，我镇……", 2025),
        ("本报告由甲镇编制，统计期限自2025年1月1日至2025年12月31日。", None),
        ("我镇2024年主动公开信息300条。", 2024),
        ("２０２４年，我镇……；2025年，将继续……", 2024),
        ("认真贯彻条例。", None),
    ],
)
def test_the_year_that_a_text_is_about(text: str, year: int | None) -> None:
    assert spoken_year(text) == year


def test_every_year_that_is_spoken_of() -> None:
    assert spoken_years("2024年8件，2025年12件（2019年修订）。") == {2024, 2025}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026年1月12日", date(2026, 1, 12)),
        ("报告日期：2026-01-12", date(2026, 1, 12)),
        ("2026.1.12", date(2026, 1, 12)),
        ("二〇二六年一月十二日", date(2026, 1, 12)),
        ("二○二六年十二月三十一日", date(2026, 12, 31)),
        ("2026 年 01 月 20 日", date(2026, 1, 20)),
        ("2026年2月30日", None),
        ("2026年1月", None),
        ("一月中旬", None),
    ],
)
def test_the_day_that_a_text_names(text: str, day: date | None) -> None:
    assert named_day(text) == day


def test_a_line_of_a_date_and_more_is_not_only_a_date() -> None:
    assert only_day("（2026年1月12日）") == date(2026, 1, 12)
    assert only_day("自2026年1月12日起施行") is None


def test_a_deadline_is_a_day_of_the_year_after_the_report_or_a_day_itself() -> None:
    assert last_day("01-31", 2025) == date(2026, 1, 31)
    assert last_day("02-29", 2025) == date(2026, 3, 1)
    assert last_day("2026-01-20", 2025) == date(2026, 1, 20)
