"""Made-up reporting units: counties of twenty towns each, whose names cannot be confused.

In: a number. Out: the county's and the town's name, and a code.
"""

from __future__ import annotations

from typing import NamedTuple

_FIRST = "清安永宁平和太兴嘉怀崇宣庆昌延广丰乐文武仁义德正明光新福寿康隆泰春秋金银玉宝龙凤云石林松柏梅兰竹桃柳"
_SECOND = "水山河川原陵阳阴溪泉岭峰谷池湖海江浦津沙塘台城关桥门田园井岗坪坡湾岩洞潭滩港岛洲屏峡坎源流林森峪堡坝"
_TOWNS = (
    "城关镇", "东风镇", "西塘镇", "南岭乡", "北沟镇", "双桥镇", "五里乡", "三岔镇", "白塔乡", "红旗镇",
    "前进乡", "大营镇", "小河乡", "老集镇", "黄土乡", "青松镇", "花园镇", "石桥乡", "马厂镇", "牛头乡",
)  # fmt: skip
TOWNS_A_COUNTY = len(_TOWNS)


class Place(NamedTuple):
    """One reporting unit."""

    code: str
    county: str
    town: str

    @property
    def full(self) -> str:
        """The name with its county, as printed over the form."""
        return self.county + self.town


def place(number: int) -> Place:
    """The unit of a number from 0: the same one always."""
    county, town = divmod(number, TOWNS_A_COUNTY)
    first, second = divmod(county, len(_SECOND))
    return Place(f"{100000 + county:06d}{town + 1:03d}", f"{_FIRST[first]}{_SECOND[second]}县", _TOWNS[town])
