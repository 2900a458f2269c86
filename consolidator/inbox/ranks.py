"""What a unit's name says of its place: a county, a town, a village, an office; whose name begins with whose.

In: names as forms state them. Out: `Named`. Never: the level of 市 taken for certain, which is a prefecture's or a county's;
a 开发区 or a 林场 for a region.
"""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct

from consolidator.patterns import regex
from consolidator.spelling import fold

_AFTER = regex(r"(?:\((?:盖章|公章|章|签章)\)|\(?(?:合计|总计|汇总|汇总表)\)?)$")
_OWN = regex(r"\(?(?:本级|县级|市级|区级|机关)\)?$")
_GOVERNMENT = regex(r"(?:人民)?政府$")
_DESK = regex(
    r"(?:(?<=[镇乡道木查村])|(?<=社区))(?:(?:人民)?政府)?(?:党(?:工)?委|党(?:政|建)?(?:综合)?办公?室?|综合办公?室?|办事处|办公?室?)$"
    r"|(?:(?<=[村查])|(?<=社区))(?:村民|居民|民)?(?:委|委员会|居委会|村委会)$"
)
_NO_DISTRICT = regex(
    r"(?:^|[县市旗镇乡])(?:主|老|新|中心)?[城郊矿镇市农]区$|(?:经开|高开|风景|合作|物流|加工|[临空]港)区$"
    r"|[校院学管联小片厂库灾垦新发业务假游护能验范理贸税牧林特专园展试民态置]区$|[超菜夜股]市$|[联同民]盟$|[红国锦]旗$|[乡小]镇$"
)
_GATHERS = regex(r"(?:片区?|小计|学区|[管联大]区|总校)$")
_COMMUNITY = (5, 5)
_NUMERAL = r"[\d一二三四五六七八九十百]"
_REGIONS = (
    (regex(rf"小组$|{_NUMERAL}[组队]$"), (6, 6)),
    (regex(rf"{_NUMERAL}师$"), (2, 2)),
    (regex(rf"{_NUMERAL}团场?$"), (4, 4)),
    (regex(rf"{_NUMERAL}连$"), (5, 5)),
    (regex(r"(?<!假)村$|社区$|嘎查$|居委会$"), _COMMUNITY),
    (regex(r"省$|自治区$"), (1, 1)),
    (regex(r"市$"), (2, 3)),
    (regex(r"[州盟]$|地区$"), (2, 2)),
    (regex(r"[县区旗]$"), (3, 3)),
    (regex(r"[镇乡]$|街道$|苏木$"), (4, 4)),
)
_OFFICE = regex(r"[局委办]$|办公室$|委员会$|管委会$|中心$")
_COUNTY = 3
"""Down to this level a unit that is no region itself, such as a school or an office, lies in one."""


class Named(Struct, frozen=True):
    """A unit's name without government and seal: the levels it may have, from 1 (a province) to 6 (a group of a village); none where it is no region.

    `governs`: its government is named. `own`: it says that it files for its own level alone. `gathers`: it is called as
    groups of units are (东片, 学区).
    """

    bare: str
    highest: int = 0
    lowest: int = 0
    governs: bool = False
    own: bool = False
    office: bool = False
    gathers: bool = False

    @property
    def is_region(self) -> bool:
        """Whether it is a county, a town, a village or the like."""
        return self.highest > 0

    @property
    def is_doubtful(self) -> bool:
        """Whether it may be no region but a quarter of a town, or an estate: a 区 of which no government is named."""
        return self.bare.endswith("区") and not self.governs

    def holds(self, other: Named) -> bool:
        """Whether another one's full name begins with this one: 平罗县 holds 平罗县甲镇 and 平罗县教育局, 平罗 may hold them."""
        rest = other.bare[len(self.bare) :]
        return len(self.bare) > 1 and len(rest) > 1 and other.bare.startswith(self.bare) and not _OWN.fullmatch(rest)

    def is_over(self, other: Named) -> bool:
        """Whether this region is certainly of a higher level; down to a county also than what is no region."""
        if not self.is_region:
            return False
        return self.lowest < other.highest if other.is_region else self.lowest <= _COUNTY

    def may_be_over(self, other: Named) -> bool:
        """Whether it may be: a 市 over counties, an office over towns or schools."""
        if self.is_region:
            return other.is_region and self.highest < other.lowest
        return other.is_region or (self.office and not other.office)


@lru_cache(maxsize=65536)
def named(name: str) -> Named:
    """What a name says."""
    bare = _AFTER.sub("", fold(name))
    own = _OWN.search(bare) is not None and len(_OWN.sub("", bare)) > 1
    bare = _OWN.sub("", bare) if own else bare
    short = _GOVERNMENT.sub("", bare)
    governs, short = short != bare, _DESK.sub("", short)
    for pattern, levels in _REGIONS:
        if pattern.search(short) and (not _NO_DISTRICT.search(short) or levels == _COMMUNITY):
            return Named(short, *levels, governs=governs, own=own)
    office, gathers = (pattern.search(short) is not None for pattern in (_OFFICE, _GATHERS))
    return Named(short, governs=governs, own=own, office=office, gathers=gathers)
