"""Without a roster: which of the names on the forms are spellings of one unit.

In: attributed filings, each with the unit that it names itself. Out: the same, one unit for all its spellings, and a word
where two units may be one. Never: names taken for one unit because they are similar; a region cut off that may be
another county's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from consolidator.findings import Finding, Severity
from consolidator.model import ReportingUnit
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from consolidator.inbox.filings import Attribution
    from consolidator.inbox.names import Register


class Strangers(NamedTuple):
    """The unit of each name, and by a unit's name those of others that may be the same one."""

    units: Mapping[str, ReportingUnit]
    alike: Mapping[str, tuple[str, ...]]


def one_for_all_spellings(entries: Sequence[Attribution], register: Register) -> list[Attribution]:
    """The filings with one unit for all spellings of its name."""
    known = strangers((entry.unit.name for entry in entries if entry.unit is not None), register)
    return [_settled(entry, known) for entry in entries]


def _settled(entry: Attribution, known: Strangers) -> Attribution:
    if entry.unit is None:
        return entry
    unit, filing = known.units[entry.unit.name], entry.filing
    others = known.alike.get(unit.name, ())
    if not others or entry.status is not None:
        return replace(entry, unit=unit)
    finding = Finding(
        "S02", Severity.SOFT, "alike", sheet=filing.sheet, cells=(filing.filer_cell.a1,) if filing.filer_cell else (),
        observed=filing.filer_raw, details={"unit": unit.name, "others": "”、“".join(others)},
    )  # fmt: skip
    return replace(entry, unit=unit, findings=(*entry.findings, finding))


def strangers(names: Iterable[str], register: Register) -> Strangers:
    """甲镇, 甲镇人民政府 and, in 平罗县, 平罗县甲镇 are one unit, by the shortest of these names; the others are its aliases."""
    spellings = sorted(set(names), key=_plainness)
    first: dict[str, str] = {}
    leader: dict[str, str] = {}
    for name in spellings:
        variants = register.variants(name)
        known = sorted({_led_by(leader, first[each]) for each in variants if each in first}, key=_plainness)
        leader[name] = known[0] if known else name
        leader.update(dict.fromkeys(known[1:], leader[name]))
        for each in variants:
            first.setdefault(each, name)
    groups: dict[str, list[str]] = {}
    for name in spellings:
        groups.setdefault(_led_by(leader, name), []).append(name)
    units = {name: ReportingUnit("", head, tuple(others[1:])) for head, others in groups.items() for name in others}
    return Strangers(
        units, _alike(spellings, register, {each: units[name].name for each, name in first.items()}, units)
    )


def _plainness(name: str) -> tuple[int, int, str]:
    return len(fold(name)), len(name), name


def _led_by(leader: Mapping[str, str], name: str) -> str:
    while leader[name] != name:
        name = leader[name]
    return name


def _alike(
    spellings: Iterable[str], register: Register, owners: Mapping[str, str], units: Mapping[str, ReportingUnit]
) -> dict[str, tuple[str, ...]]:
    """Units that differ by a region before the name, which may be theirs or another one."""
    found: dict[str, set[str]] = {}
    for name in spellings:
        mine = units[name].name
        for rest in register.without_any_region(name):
            other = next((owners[each] for each in register.variants(rest) if each in owners), mine)
            if other != mine:
                found.setdefault(mine, set()).add(other)
                found.setdefault(other, set()).add(mine)
    return {name: tuple(sorted(others)) for name, others in found.items()}
