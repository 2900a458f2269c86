"""Whose name is it: reporting units by their names, aliases and the usual official variants.

`甲镇`, `甲镇人民政府`, `××县甲镇`, `甲镇党政办` are one unit. Nothing is matched by similarity.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec import Struct

from consolidator.patterns import regex
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from consolidator.model import ReportingUnit

_OFFICES = regex(
    r"(?:人民政府|政府)?(?:办公室|办)$|党政(?:综合)?办(?:公室)?$|(?:综合|党建)办(?:公室)?$|人民政府$|政府$|(?<=街道)办事处$|党委$|委员会$"
)
_PARTY = regex(r"^(?:中共|中国共产党)(?=..)")
_SEAL = regex(r"\((?:盖章|公章|章|签章)\)$")
_REGION = regex(r"^.*?(?:省|自治区|市|县|区|旗|州|盟)")
_LEVELS = "县区市旗州盟省"
_REGION_BEFORE = regex(rf"[\u4e00-\u9fff]*[{_LEVELS}]$")
_YEAR_BEFORE = regex(r"^.*?(?:年度|年)")
_PLACE = regex(
    r"[\u4e00-\u9fff]{2,15}?(?:镇|乡|街道|苏木|林场|农场|牧场|管委会|委员会|办事处|局|办公室|中心|开发区|委|办|院|站)"
)
_SHORT_PLACE = regex(r"(?![乡城村集市县各全本该])[\u4e00-\u9fff][镇乡]")
_EVERYBODY = regex(r"^[各全]|各.{1,4}$|乡镇$")
_BODY = regex(
    r"[^、,/()]+(?:[镇乡办局委处会村院校区县市所站场府室馆台队部联协社库学团行厂园]|中心|街道|苏木|嘎查|公司|(?<![机有相])关)(?:\([^()]+\))?"
)
_OFFICE_NEXT = regex(r"(?:(?:人民)?政府)?(?:党政|综合)*(?:办公室|办)")
_GOVERNMENT = regex(r"(?:(?:人民)?政府|\(?(?:合计|总计|汇总|本级)\)?)$")
_EVERYTHING = regex(r"(?:全|本)(?:[县市区旗州盟省镇乡]|街道)?(?:合计|总计|汇总)?|合计|总计|汇总")
_PLACES = regex(r"(?:镇|乡|街道|苏木|嘎查|局|村|社区|[农林牧]场|[县区市旗])$")
_LONG_CODE = 8  # signs of a unit's code that no date, serial number or code of a county could be
_SHORTEST = 2  # characters of a name that may be looked for inside a file name


class Match(Struct, frozen=True):
    """The units that a name fits: one when it is decided, none when unknown, several when the roster is ambiguous."""

    units: tuple[ReportingUnit, ...]

    @property
    def unit(self) -> ReportingUnit | None:
        """The unit, if there is exactly one."""
        return self.units[0] if len(self.units) == 1 else None


class _Owner(Struct, frozen=True):
    """A unit by one of its names, and the region that its full name says it lies in (empty: not said)."""

    unit: ReportingUnit
    region: str


class Register:
    """The reporting units (填报单位名录), or, without a roster, whoever states a name."""

    def __init__(self, units: Sequence[ReportingUnit], county: str = "", *, open_ended: bool = False) -> None:
        self.units = tuple(units)
        self.open_ended = open_ended
        self._county = fold(county)
        self._regions: dict[str, set[str]] = defaultdict(set)
        self._coded = {unit.code: unit for unit in self.units if unit.code}
        self._stated: dict[str, list[_Owner]] = defaultdict(list)
        self._derived: dict[str, list[_Owner]] = defaultdict(list)
        home = self._county if self._county.endswith(tuple(_LEVELS)) else ""
        for unit in self.units:
            if len(unit.code) >= _LONG_CODE:
                self._add(self._stated, fold(unit.code), _Owner(unit, home))
            for name in dict.fromkeys((unit.name, *unit.aliases)):
                self._add(self._stated, fold(name), _Owner(unit, home))
                for region, short in self._shortened(fold(name)):
                    if region and not self._county:
                        self._regions[region].add(unit.key)
                    self._add(self._derived, short, _Owner(unit, region or home))
        shared = tuple(region for region, units in self._regions.items() if len(units) > 1)
        counties = [
            name for name in (self._county_names() if self._county else shared) if name.endswith(tuple(_LEVELS))
        ]
        self._short_counties = {name[:-1]: name for name in counties if len(name) > _SHORTEST}
        self._lengths_stated, self._lengths_derived = _lengths(self._stated), _lengths(self._derived)
        self._found: dict[str, Match] = {}

    @staticmethod
    def _add(names: dict[str, list[_Owner]], name: str, owner: _Owner) -> None:
        if name and owner not in names[name]:
            names[name].append(owner)

    def over(self, units: Sequence[ReportingUnit]) -> Register:
        """A roster of `units` in the same county."""
        return Register(units, self._county)

    def coded(self, code: str) -> ReportingUnit | None:
        """The unit that has this code."""
        return self._coded.get(code)

    def may_be_unit(self, text: str) -> bool:
        """Whether a text that may be a name is one: one that the roster knows, or without a roster one of a body."""
        if self.open_ended:
            bare = fold(text)
            return bool(_BODY.fullmatch(bare)) and not _EVERYBODY.search(bare)
        return bool(self.find(text).units)

    def is_county(self, text: str) -> bool:
        """Whether a text names the county itself (平罗县, 石嘴山市平罗县) and no unit in it."""
        return self._is_county(_SEAL.sub("", fold(text)))

    def is_whole_county(self, text: str) -> bool:
        """Whether a text names the county, its government or its sum (平罗县人民政府, 平罗县合计)."""
        bare = _SEAL.sub("", fold(text))
        whole = self.open_ended and _EVERYTHING.fullmatch(bare) is not None
        return whole or self._is_county(bare) or self._is_county(_GOVERNMENT.sub("", bare))

    def find(self, text: str) -> Match:
        """The unit that a text names as a whole."""
        found = self._found.get(text)
        if found is None:
            found = self._found[text] = self._named(_SEAL.sub("", fold(text)))
        return found

    def _named(self, bare: str) -> Match:
        if self.is_whole_county(bare):
            return Match(_units(self._stated.get(bare, ())))
        for region, name in (("", bare), *self._shortened(bare)):
            for names in (self._stated, self._derived):
                units = _units(owner for owner in names.get(name, ()) if _one_region(region, owner.region))
                if units and not (names is self._derived and self._is_region(bare, name, units)):
                    return Match(units)
        return self._named(_PARTY.sub("", bare)) if _PARTY.match(bare) else self._after_short_county(bare)

    def _after_short_county(self, bare: str) -> Match:
        """The one unit of a name that begins with the county's, without its level: 平罗甲镇 is 平罗县甲镇."""
        counties = [(end, self._short_counties.get(bare[:end], "")) for end in range(_SHORTEST, len(bare))]
        whole = (county + bare[end:] for end, county in counties if county and not bare.startswith(county))
        found = {unit for name in whole for unit in self._named(name).units}
        return Match(tuple(found) if len(found) == 1 else ())

    def _is_region(self, bare: str, name: str, units: Sequence[ReportingUnit]) -> bool:
        """Whether a text ends with the region that other units lie in too: no short name of one of its offices."""
        others = not self._regions.get(name, frozenset()) <= {unit.key for unit in units}
        return others and _GOVERNMENT.sub("", bare).endswith(name)

    def _is_county(self, bare: str) -> bool:
        if not self._county or not bare:
            return False
        *names, last = self._county_names()
        short = self._county[:-1] if len(self._county) > _SHORTEST and self._county[-1] in _LEVELS else last
        return bare in (short, last) or bare.endswith(tuple(names))

    def named_in(self, path: str) -> Match:
        """The unit whose name stands in a file's name, or failing that in the name of a folder it lies in."""
        for part in reversed(path.split("/")):
            found = self._inside(fold(part.rpartition(".")[0] or part))
            if found:
                return Match(found)
        return Match(())

    def _inside(self, bare: str) -> tuple[ReportingUnit, ...]:
        """The units named in a text, in its order; a name inside a longer one's place is not meant."""
        hits = [
            (start, start + length, owner)
            for names, lengths in ((self._derived, self._lengths_derived), (self._stated, self._lengths_stated))
            for length in lengths
            for start in range(len(bare) - length + 1)
            for owner in names.get(bare[start : start + length], ())
            if _one_region(_region_before(bare[:start]), owner.region)
            and not (names is self._derived and self._is_place_only(bare, start, start + length))
        ]
        meant = [
            hit
            for hit in hits
            if not any(o[0] <= hit[0] and hit[1] <= o[1] and o[1] - o[0] > hit[1] - hit[0] for o in hits)
        ]
        stated = {hit[:2] for hit in meant if hit[2] in self._stated.get(bare[hit[0] : hit[1]], ())}
        meant = [hit for hit in meant if hit[:2] not in stated or hit[2] in self._stated[bare[hit[0] : hit[1]]]]
        return _units(owner for _, _, owner in sorted(meant, key=lambda hit: hit[0]))

    def _is_place_only(self, text: str, start: int, end: int) -> bool:
        """Whether a derived name in a text is the county and not its office: none follows."""
        name = text[start:end]
        place = self._is_county(_GOVERNMENT.sub("", name)) or len(self._regions.get(name, ())) > 1
        return place and not _OFFICE_NEXT.match(text, end)

    def _shortened(self, bare: str) -> tuple[tuple[str, str], ...]:
        """A name without the region before it and the office after it, each with the region that was cut off."""
        names = []
        for region, start in (("", bare), *self._without_region(bare)):
            short = start
            while (cut := _OFFICES.sub("", short)) != short and len(cut) >= _SHORTEST:
                short = cut
                names.append((region, short))
            names.append((region, start))
        return tuple(entry for entry in dict.fromkeys(names) if entry[1] and entry[1] != bare)

    def _without_region(self, bare: str) -> tuple[tuple[str, str], ...]:
        """A region and what follows it: the county by any of its names, or any region where the county is not known."""
        if self._county:
            for spelled in self._county_names():
                at = bare.rfind(spelled)
                if at == 0 or (at > 0 and len(spelled) > 1):
                    return ((bare[: at + len(spelled)], bare[at + len(spelled) :]),)
            return ()
        return tuple(_regions_before(bare))

    def _county_names(self) -> tuple[str, ...]:
        """The county in full (绍兴市越城区), without what it lies in (越城区), and as its own people call it (区)."""
        if self._county[-1] not in _LEVELS:
            return (*(self._county + level for level in _LEVELS), self._county)
        names = [self._county]
        while (match := _REGION.match(names[-1])) and match.end() < len(names[-1]):
            names.append(names[-1][match.end() :])
        return (*names, names[-1][-1:])

    def variants(self, text: str) -> tuple[str, ...]:
        """What a unit is certainly called as well, without a roster: without the county before its name and its office."""
        bare = _SEAL.sub("", fold(text))
        starts = (bare, *(rest for _, rest in self._without_region(bare) if rest and self._county))
        names = []
        for start in starts:
            names.append(re.sub(r"办公室$", "办", start.replace("人民政府", "政府")))
            short = start
            while (cut := _OFFICES.sub("", short)) != short and len(cut) >= _SHORTEST:
                short = cut
                if _PLACES.search(short) and not self._is_county(short):
                    names.append(short)
        return tuple(dict.fromkeys(names))

    def without_any_region(self, text: str) -> tuple[str, ...]:
        """A name without what may be a region before it, be it ours or another one."""
        return tuple(rest for _, rest in _regions_before(_SEAL.sub("", fold(text))))

    @staticmethod
    def place_in(path: str) -> str:
        """Without a roster: the name of an office or place that a file's own name begins with, or empty."""
        stem = path.rpartition("/")[2].rpartition(".")[0]
        bare = re.sub(r"(?:19|20)\d{2}\s*年?度?|^[\d\W_]+|关于", "", stem)
        match = _PLACE.search(bare) or _SHORT_PLACE.fullmatch(bare)
        return match[0] if match and not _EVERYBODY.search(match[0]) else ""


def _regions_before(bare: str) -> Iterator[tuple[str, str]]:
    """Every region that a name may begin with, and what follows it."""
    rest = bare
    while (match := _REGION.match(rest)) and len(rest) - match.end() >= _SHORTEST:
        rest = rest[match.end() :]
        yield bare[: len(bare) - len(rest)], rest


def _lengths(names: Iterable[str]) -> tuple[int, ...]:
    """How long names are that may be looked for inside a text."""
    return tuple(sorted({len(name) for name in names if len(name) >= _SHORTEST}))


def _units(owners: Iterable[_Owner]) -> tuple[ReportingUnit, ...]:
    return tuple(dict.fromkeys(owner.unit for owner in owners))


def _one_region(one: str, other: str) -> bool:
    """Whether two spellings of a region may be the same one; 柯桥区 is not 越城区."""
    return not one or not other or one.endswith(other) or other.endswith(one)


def _region_before(text: str) -> str:
    """The region that a text ends with, without a year before it."""
    match = _REGION_BEFORE.search(text)
    return _YEAR_BEFORE.sub("", match[0]) if match else ""
