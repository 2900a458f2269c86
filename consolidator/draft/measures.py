"""The unit of measure of an indicator, and the type that follows from it.

In: what the sheet prints: a unit column, brackets after a label or head, a line over the table; failing that the words of
the label. Out: the unit, and whether it is only guessed. Never: a figure.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from consolidator.form import ValueType
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_COUNTERS = frozenset([
    "人次", "户次", "条次", "件次", "台次", "车次", "架次", "剂次", "例次", "户", "人", "件", "次", "篇", "条", "个", "份", "场", "期",
    "宗", "项", "家", "所", "名", "辆", "台", "套", "处", "本", "册", "部", "例", "批", "起", "只", "头", "羽", "株", "尾", "箱",
    "群", "窝", "匹", "峰", "棵", "根", "枚", "支", "瓶", "袋", "盒", "桶", "把", "顶", "盏", "眼", "孔", "艘", "架", "门", "片",
    "剂", "笔", "单", "班", "间", "栋", "幢", "座", "张", "块", "口", "床", "位", "张床", "床位", "村", "组", "岁", "天", "日",
    "月", "年", "小时", "学时", "课时", "工日", "处次", "场次", "穴", "具", "幅", "辆次", "人日",
])  # fmt: skip
_AMOUNTS = frozenset([
    "元", "角", "美元", "%", "‰", "百分点", "亩", "公顷", "顷", "平方米", "平方公里", "平方千米", "m2", "m²", "㎡", "立方米", "立方",
    "方", "m3", "m³", "公里", "千米", "km", "米", "厘米", "毫米", "mm", "吨", "公斤", "千克", "kg", "克", "斤", "千瓦时", "kwh",
    "度", "千瓦", "kw", "兆瓦", "马力", "升", "毫升", "吨公里", "吨标准煤", "摄氏度", "℃", "元/月", "元/年", "元/天", "元/人", "元/户",
])  # fmt: skip
_MULTIPLE = re.compile(r"[十百千万亿]{1,2}")
_RATE = re.compile(r"[^/每]{1,4}(?:/|每)[人户月年天日次亩件平方米·./千百万公里吨斤克顷头只]{1,8}")
_PREFIX = re.compile(r"^(?:计量|金额|货币|数量)?单位[:为]?|^人民币")
_IN_BRACKETS = re.compile(r"\(([^()]*)\)")
_LINE = re.compile(r"(?:计量|金额|货币)?单位[:为]([^()]{1,30})")
_ASKS = re.compile(r"(?:计量|金额|货币)单位[:为]?")
_UNIT_OF = "单位:"
_RATIOS = frozenset({"%", "‰", "百分点"})
_PERCENT = ("%", "‰")
_RATIO_LABEL = re.compile(r"人均|户均|平均|率$|占比|比重|标准$|水平$")
_NONE = frozenset({"", "-", "/", "\\", "×", "*", "_"})
_GUESSES = (
    (re.compile(r"人次"), "人次"), (re.compile(r"户次"), "户次"),
    (re.compile(r"(?:校舍|建筑|房屋|住房|用房|营业|办公)面积"), "平方米"),
    (re.compile(r"户数?$|户数|家庭数"), "户"), (re.compile(r"人数|(?:人员|人口|对象|儿童|职工)数?$"), "人"),
    (re.compile(r"(?:学生|教师|教职工|医生|护士|党员|干部|会员|劳动力|老人|妇女|居民|村民|代表)数?$"), "人"),
    (re.compile(r"次数|场次"), "次"), (re.compile(r"件数|案件|申请|文书"), "件"), (re.compile(r"篇数|稿件"), "篇"),
    (re.compile(r"条数|信息数"), "条"), (re.compile(r"金额|经费|资金|费用|支出|收入|补助|补贴|投资"), "万元"),
    (re.compile(r"标准|水平|人均|户均|单价|工资"), "元"), (re.compile(r"率$|占比|比重|比例"), "%"),
    (re.compile(r"面积"), "亩"), (re.compile(r"机构|站点|网点|个数|场所|账号|平台|点数?$"), "个"),
    (re.compile(r"许可|处罚|强制|复议|诉讼|规章|文件|决定"), "件"),
)  # fmt: skip
FALLBACK = "个"
"""The unit of measure where nothing suggests one."""


class Measure(NamedTuple):
    """A unit of measure; `guessed` where the sheet does not print it."""

    unit: str
    guessed: bool = False

    @property
    def type(self) -> ValueType:
        """A count, or an amount with decimals: what is measured, and what is counted by tens of thousands."""
        unit = fold(self.unit)
        scaled = unit not in _COUNTERS and _times(unit) in _COUNTERS
        return ValueType.MONEY if scaled or _is_amount(unit) else ValueType.COUNT

    @property
    def decimals(self) -> int:
        """How many decimals an amount is shown with."""
        return 2 if self.type is ValueType.MONEY else 0


def is_ratio(label: str, unit: str) -> bool:
    """Whether figures are shares or averages, which say nothing when the units' figures are added up."""
    worded = _times(unit) in _AMOUNTS and _RATIO_LABEL.search(_IN_BRACKETS.sub("", fold(label)))
    return "/" in unit or unit in _RATIOS or bool(worded)


def is_none(text: str) -> bool:
    """Whether a cell of the unit column says that the row has no figure, or says nothing."""
    return fold(text) in _NONE


def is_unit(text: str) -> bool:
    """Whether a text is a unit of measure."""
    return bool(_as_unit(text))


def in_brackets(text: str) -> str:
    """The unit of measure that stands in brackets in a label or head (资金支出（万元）), or at its end (参保率%); or empty."""
    for inner in reversed(_IN_BRACKETS.findall(fold(text))):
        unit = _as_unit(inner)
        if unit:
            return unit
    return next((sign for sign in _PERCENT if fold(text).endswith(sign) and fold(text) != sign), "")


def over_the_table(text: str) -> tuple[str, ...]:
    """The units of measure that a line over the table states (计量单位：户、人、万元)."""
    match = _LINE.search(fold(text))
    if not match:
        return ()
    return tuple(filter(None, (_as_unit(part) for part in re.split(r"[,;/、和 ]", match[1]))))


def stated_in(texts: Iterable[str]) -> Iterator[str]:
    """The units of measure that texts around the table state, be it in the cell after the one that asks (计量单位： | 万元)."""
    asked = ""
    for text in texts:
        yield from over_the_table(text) or over_the_table(f"{_UNIT_OF}{text}" if _ASKS.fullmatch(fold(asked)) else "")
        asked = text


def suggested(text: str) -> str:
    """The unit of measure that the words of a label, head or title suggest, or empty."""
    bare = _IN_BRACKETS.sub("", fold(text))
    ends = [(match.end(), unit) for pattern, unit in _GUESSES for match in pattern.finditer(bare)]
    return max(ends, key=lambda found: found[0])[1] if ends else ""  # the head noun comes last


def _as_unit(text: str) -> str:
    bare = _PREFIX.sub("", fold(text))
    known = bare in _COUNTERS or _times(bare) in _COUNTERS | _AMOUNTS
    return bare if known or _RATE.fullmatch(bare) else ""


def _times(unit: str) -> str:
    """The unit that a multiple of it counts (万羽, 万千瓦时); of others themselves (千瓦, 千克)."""
    match = _MULTIPLE.match(unit)
    if unit in _AMOUNTS or not match or match.end() == len(unit):
        return unit
    rest = unit[match.end() :]
    ways = (unit[end:] for end in range(1, match.end() + 1))
    return next((way for way in ways if way in _AMOUNTS or way in _COUNTERS), rest)


def _is_amount(unit: str) -> bool:
    return _times(unit) in _AMOUNTS or "/" in unit or "元" in unit
