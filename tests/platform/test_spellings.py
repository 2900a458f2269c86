"""What counts, months and telephone numbers people write, and what only looks like one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consolidator.form.texts.dates import YearMonth, year_month, year_month_of
from consolidator.form.texts.phones import phone_numbers, without_phone_numbers
from consolidator.form.texts.quantities import Basis, Quantity, quantity

COUNTS: dict[Basis, dict[str, tuple[str, str]]] = {
    Basis.YEAR: {
        "168次": ("168", "168"),
        "168 次": ("168", "168"),
        "１６８次": ("168", "168"),
        "1,200次": ("1200", "1200"),
        "全年168次": ("168", "168"),
        "累计2591次": ("2591", "2591"),
        "共更新168条": ("168", "168"),
        "关注人数：1200人": ("1200", "1200"),
        "12次/年": ("12", "12"),
        "每年12-15次": ("12", "15"),
        "168次。": ("168", "168"),
    },
    Basis.HALF_YEAR: {"2次/半年": ("2", "2"), "每半年1-2次": ("1", "2")},
    Basis.QUARTER: {"每季度3期": ("3", "3"), "3期/季": ("3", "3")},
    Basis.MONTH: {
        "30-40条每月": ("30", "40"),
        "30—40条/月": ("30", "40"),
        "30～40条／月": ("30", "40"),
        "30条-40条/月": ("30", "40"),
        "每月30至40条": ("30", "40"),
        "点击量200-300次/月": ("200", "300"),
        "月均30条": ("30", "30"),
        "平均每月30.5条": ("30.5", "30.5"),
        "5-10条/每月": ("5", "10"),
        "5-10条/个月": ("5", "10"),
        "40-30条/月": ("40", "30"),  # as written: a rule asks about it
    },
    Basis.TEN_DAYS: {"每旬3条": ("3", "3")},
    Basis.WEEK: {"每周2篇": ("2", "2"), "2篇/周": ("2", "2"), "1-2篇/星期": ("1", "2")},
    Basis.DAY: {"每天1条": ("1", "1"), "日均5条": ("5", "5"), "3条/日": ("3", "3")},
    Basis.ITEM: {"120次/条": ("120", "120"), "100/条": ("100", "100"), "每条120次": ("120", "120")},
    Basis.UNSTATED: {"168": ("168", "168"), "200-300": ("200", "300"), "200-300次": ("200", "300")},
}
NO_COUNTS = [
    "", "无", "—", "约40条", "40余条", "30多条", "40条左右", "数十条", "一百次", "1.2万次", "10万+", "2000+", ">300",
    "不少于30条/月", "30、40条", "3 0条", "30 40条", "30-40-50条", "168次2591次", "168次，30条/月", "每月30条/月",
    "-30条", "第168次", "2015.06.01", "定期发布各类政策决策信息", "电话24小时开通", "2016年发布30条", "1,20次",
]  # fmt: skip

MONTHS = {
    "2012.08": (2012, 8), "2012.8": (2012, 8), "2015-6": (2015, 6), "2015/06": (2015, 6), "2015年6月": (2015, 6),
    "2015 年 06 月份": (2015, 6), "２０１５．０６": (2015, 6), "2015.06。": (2015, 6), "201506": (2015, 6),
    "2015年6月1日": (2015, 6), "2015-06-01": (2015, 6), "2015.6.1": (2015, 6), "20150601": (2015, 6),
    "2015年6月起": (2015, 6), "2015年6月开通": (2015, 6), "二〇一五年十二月": (2015, 12), "二○一五年六月": (2015, 6),
    "二零一五年十月": (2015, 10), "二〇一五年十一月": (2015, 11),
    "2016年2月29日": (2016, 2),
}  # fmt: skip
NO_MONTHS = [
    "", "无", "2015", "2015年", "15.6", "15年6月", "6月", "六月", "2015.13", "2015.0", "2015.00", "2015年13月", "1900年1月",
    "2015年上半年", "2015.6-2015.8", "2015--06", "2015年6月32日", "约2015年6月", "2015年二月", "2015 06 07 08", "前年",
    "2015.6.31", "2015年6月31日", "20150631", "2015年2月29日",
]  # fmt: skip

PHONES = {
    "0952-6123456": 1, "0952 6123456": 1, "09526123456": 1, "（0952）6123456": 1, "0952—6123456": 1, "６１２３４５６": 1,
    "6123456": 1, "61234567": 1, "010-61234567": 1, "0952-6123456转8001": 1, "0952-6123456-801": 1, "13912345678": 1,
    "139 1234 5678": 1, "139-1234-5678": 1, "+86 13912345678": 1, "400-123-4567": 1, "4001234567": 1, "8008101234": 1,
    "12345": 1, "110": 1, "96123": 1, "办公室：0952-6123456": 1, "0952-6123456（白天）": 1,
    "0952-6123456 0952-6123457": 2, "0952-6123456、6123457": 2, "0952-6123456\n13912345678": 2,
    "0952-6123456/0952-6123457；12345": 3,
}  # fmt: skip
NO_PHONES = [
    "", "无", "0952-12345", "0952-612345", "1234567", "139123456789", "12345678901", "1391234567", "23912345678",
    "24小时开通", "0952-6123456 24小时", "0952-6123456、12", "详见网站", "0952", "2015.06",
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "basis", "ends"), [(text, basis, ends) for basis, texts in COUNTS.items() for text, ends in texts.items()]
)
def test_a_count_is_read_as_it_is_written(text: str, basis: Basis, ends: tuple[str, str]) -> None:
    assert quantity(text) == Quantity(*map(Decimal, ends), basis)


@pytest.mark.parametrize("text", NO_COUNTS)
def test_what_is_no_exact_count_is_none(text: str) -> None:
    assert quantity(text) is None


@pytest.mark.parametrize(
    ("text", "yearly"),
    [
        ("168次", (168, 168)),
        ("30-40条每月", (360, 480)),
        ("3期/季", (12, 12)),
        ("2篇/周", (104, 104)),
        ("1条/天", (365, 365)),
        ("120次/条", None),
        ("200-300次", None),
    ],
)
def test_only_a_count_over_a_period_amounts_to_something_in_a_year(text: str, yearly: tuple[int, int] | None) -> None:
    found = quantity(text)

    assert found is not None
    assert found.yearly == yearly


NUMBERS = st.integers(0, 10**6).map(str) | st.decimals(0, 1000, places=1).map(str)
OVER = {
    "/月": Basis.MONTH,
    "每月": Basis.MONTH,
    "/周": Basis.WEEK,
    "／天": Basis.DAY,
    "/季度": Basis.QUARTER,
    "/条": Basis.ITEM,
}
BEFORE = {"每月": Basis.MONTH, "月均": Basis.MONTH, "每周": Basis.WEEK, "平均每天": Basis.DAY, "每条": Basis.ITEM}
TO = st.sampled_from(["-", "—", "～", "~", "至", "到", " - ", "－"])
COUNTERS = st.sampled_from(["次", "条", "篇", "人次", " 期", ""])
WHATS = st.sampled_from(["", "点击量", "推送", "信息发布数", "粉丝数"])


@st.composite
def spelled(draw: st.DrawFn) -> tuple[str, Quantity]:
    """A quantity in one of the spellings, and what it says."""
    first, what, counter = draw(NUMBERS), draw(WHATS), draw(COUNTERS)
    last = draw(st.none() | NUMBERS)
    number = first if last is None else f"{first}{draw(TO)}{last}"
    if draw(st.booleans()):
        before = draw(st.sampled_from(list(BEFORE)))
        text, basis = f"{before}{what}{number}{counter}", BEFORE[before]
    else:
        after = draw(st.sampled_from(list(OVER)))
        text, basis = f"{what}{number}{counter}{after}", OVER[after]
    wide = draw(st.booleans())
    digits = str.maketrans("0123456789.", "０１２３４５６７８９．") if wide else {}
    return text.translate(digits), Quantity(Decimal(first), Decimal(first if last is None else last), basis)


@given(spelled())
def test_a_quantity_in_any_spelling_is_read_as_written(case: tuple[str, Quantity]) -> None:
    text, said = case

    assert quantity(text) == said


@given(st.text(alphabet="0123456789.,-年月日条次每约万/ 至", max_size=12))
def test_whatever_is_read_holds_the_very_digits_that_were_typed(text: str) -> None:
    found = quantity(text)

    if found is not None:
        typed = text.replace(",", "").replace(" ", "")
        assert all(f"{end:f}" in typed for end in (found.low, found.high))
        assert not {"约", "万"} & set(text)


@pytest.mark.parametrize(("text", "month"), MONTHS.items())
def test_a_month_is_read_in_every_spelling(text: str, month: tuple[int, int]) -> None:
    assert year_month(text) == YearMonth(*month)


@pytest.mark.parametrize("text", NO_MONTHS)
def test_what_names_no_month_of_a_year_is_none(text: str) -> None:
    assert year_month(text) is None


@pytest.mark.parametrize(
    ("number", "shape", "months"),
    [
        ("2015.06", "General", ["2015-06"]),
        ("2015.12", "General", ["2015-12"]),
        ("2015.1", "General", ["2015-01", "2015-10"]),
        ("2015.1", "0.00", ["2015-10"]),
        ("2015.1", "0.0", ["2015-01"]),
        ("201506", "General", ["2015-06"]),
        ("2015", "General", []),
        ("42000", "General", []),
        ("2015.13", "General", []),
    ],
)
def test_a_number_stands_for_every_month_that_it_may_have_been_typed_as(
    number: str, shape: str, months: list[str]
) -> None:
    assert [str(each) for each in year_month_of(Decimal(number), shape)] == months


@given(
    st.integers(1949, 2199),
    st.integers(1, 12),
    st.sampled_from(["{}.{:02d}", "{}-{}", "{}/{}", "{}年{}月", "{}{:02d}"]),
)
def test_a_month_means_what_was_typed(year: int, month: int, spelling: str) -> None:
    assert year_month(spelling.format(year, month)) == YearMonth(year, month)


@pytest.mark.parametrize(("text", "count"), PHONES.items())
def test_telephone_numbers_are_told_apart(text: str, count: int) -> None:
    assert len(phone_numbers(text)) == count


@pytest.mark.parametrize("text", NO_PHONES)
def test_what_is_more_or_less_than_telephone_numbers_is_none(text: str) -> None:
    assert phone_numbers(text) == ()


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("联系电话0952-6123456，欢迎拨打", "联系电话…，欢迎拨打"),
        ("咨询13912345678", "咨询…"),
        ("热线：6123456", "热线：…"),
        ("张三（139 1234 5678）、李四（0952-6123456转801）", "张三（…）、李四（…）"),
        ("拨打４００－１２３－４５６７", "拨打…"),
    ],
)
def test_telephone_numbers_are_taken_out_of_a_text(text: str, left: str) -> None:
    assert without_phone_numbers(text, "…") == left


@pytest.mark.parametrize(
    "text", ["栏目2591次", "累计61234567次", "编号20150612345", "2015120112345", "30-40条/月", "2015.06"]
)
def test_other_figures_stay_in_a_text(text: str) -> None:
    assert without_phone_numbers(text, "…") == text
