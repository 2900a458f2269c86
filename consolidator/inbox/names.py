"""Whose name is it: reporting units by their names, aliases and the usual official variants.

`甲镇`, `甲镇人民政府`, `××县甲镇`, `甲镇党政办` are one unit. Nothing is matched by similarity.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consolidator.model import ReportingUnit

_OFFICES = re.compile(
    r"(?:人民政府|政府)?(?:办公室|办)$|党政(?:综合)?办(?:公室)?$|(?:综合|党建)办(?:公室)?$|人民政府$|政府$|(?<=街道)办事处$|党委$|委员会$"
)
_SEAL = re.compile(r"\((?:盖章|公章|章|签章)\)$")
_REGION = re.compile(r"^.*?(?:省|自治区|市|县|区|旗|州|盟)")
_PLACE = re.compile(
    r"[\u4e00-\u9fff]{2,15}?(?:镇|乡|街道|苏木|林场|农场|牧场|管委会|委员会|办事处|局|办公室|中心|开发区|委|办|院|站)"
)
_SHORTEST = 2  # characters of a name that may be looked for inside a file name


@dataclass(frozen=True, slots=True)
class Match:
    """The units that a name fits: one when it is decided, none when unknown, several when the roster is ambiguous."""

    units: tuple[ReportingUnit, ...]

    @property
    def unit(self) -> ReportingUnit | None:
        """The unit, if there is exactly one."""
        return self.units[0] if len(self.units) == 1 else None


class Register:
    """The reporting units (填报单位名录), or, without a roster, whoever states a name."""

    def __init__(self, units: Sequence[ReportingUnit], county: str = "", *, open_ended: bool = False) -> None:
        self.units = tuple(units)
        self.open_ended = open_ended
        self._county = fold(county)
        self._stated: dict[str, list[ReportingUnit]] = defaultdict(list)
        self._derived: dict[str, list[ReportingUnit]] = defaultdict(list)
        for unit in self.units:
            for name in dict.fromkeys((unit.name, *unit.aliases)):
                self._add(self._stated, fold(name), unit)
                for short in self._shortened(fold(name)):
                    self._add(self._derived, short, unit)

    @staticmethod
    def _add(names: dict[str, list[ReportingUnit]], name: str, unit: ReportingUnit) -> None:
        if name and unit not in names[name]:
            names[name].append(unit)

    def find(self, text: str) -> Match:
        """The unit that a text names as a whole."""
        bare = _SEAL.sub("", fold(text))
        for name in (bare, *self._shortened(bare)):
            for names in (self._stated, self._derived):
                if names.get(name):
                    return Match(tuple(names[name]))
        return Match(())

    def named_in(self, path: str) -> Match:
        """The unit whose name stands in a file's name, or failing that in the name of a folder it lies in."""
        for part in reversed(path.split("/")):
            found = self._inside(fold(part.rpartition(".")[0] or part))
            if found:
                return Match(found)
        return Match(())

    def _inside(self, bare: str) -> tuple[ReportingUnit, ...]:
        names = {**self._derived, **self._stated}
        hits = [name for name in names if len(name) >= _SHORTEST and name in bare]
        longest = [name for name in hits if not any(name != other and name in other for other in hits)]
        return tuple(dict.fromkeys(unit for name in sorted(longest, key=bare.index) for unit in names[name]))

    def _shortened(self, bare: str) -> tuple[str, ...]:
        """A name without the region before it and the office after it."""
        names = []
        for start in (bare, *self._without_region(bare)):
            short = start
            while (cut := _OFFICES.sub("", short)) != short and len(cut) >= _SHORTEST:
                short = cut
                names.append(short)
            names.append(start)
        return tuple(name for name in dict.fromkeys(names) if name and name != bare)

    def _without_region(self, bare: str) -> tuple[str, ...]:
        """What follows the county's own name; any region's where the county is not known."""
        if self._county:
            at = bare.rfind(self._county)
            return (bare[at + len(self._county) :],) if at >= 0 else ()
        rests = []
        rest = bare
        while (match := _REGION.match(rest)) and len(rest) - match.end() >= _SHORTEST:
            rest = rest[match.end() :]
            rests.append(rest)
        return tuple(rests)

    @staticmethod
    def place_in(path: str) -> str:
        """Without a roster: the name of an office or place that a file's own name begins with, or empty."""
        stem = path.rpartition("/")[2].rpartition(".")[0]
        match = _PLACE.search(re.sub(r"^[\d\W_]+|20\d{2}年度?", "", stem))
        return match[0] if match else ""
